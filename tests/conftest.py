"""What all tests share: where the development data lie, and that CI takes no skip.

How they are spread over processes stands in :mod:`tests.support.spread`.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.settings import Settings

if TYPE_CHECKING:
    from tests.support.neo4j_server import Neo4jServer

pytest_plugins = ("tests.support.scratch", "tests.support.spread")

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("EVIPATH_SHARED") or ROOT.parent / "shared")
IN_CI = os.environ.get("CI") == "true"


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Return the folder of development data: ``$EVIPATH_SHARED`` or ``../shared``; skip without."""
    if not (SHARED / "data").is_dir():
        pytest.skip(f"no development data at {SHARED}: set EVIPATH_SHARED to their folder")
    return SHARED


@pytest.fixture
def neo4j_server() -> "Iterator[Neo4jServer]":
    """Lend a Neo4j server with an empty graph, started when first needed."""
    from tests.support.neo4j_pool import lent_server

    with lent_server() as server:
        yield server


@pytest.fixture(scope="session", autouse=True)
def _own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the settings, the stores and the terminal of whoever runs the tests out of them.

    A test that wants articles read for claims says so: reading takes its time. Nobody listens
    where PubMed is asked, unless a test serves it.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name, field in Settings.model_fields.items():
            patch.delenv(str(field.validation_alias or f"EVIPATH_{name}").upper(), raising=False)
        patch.delenv("COLUMNS", raising=False)
        patch.setenv("EVIPATH_EXTRACTION", "false")
        patch.setenv("EVIPATH_NCBI_BASE_URL", "http://127.0.0.1:9")
        patch.setenv("EVIPATH_DATA_DIR", str(tmp_path_factory.mktemp("evipath-data")))
        yield


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run of CI that skipped something."""
    if IN_CI and session.exitstatus == pytest.ExitCode.OK and list(_left_out(session.config)):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Name what was skipped where CI takes no skip."""
    if IN_CI and (left_out := list(_left_out(config))):
        terminalreporter.section("CI takes no skip", red=True)
        for line in left_out:
            terminalreporter.line(line)


def _left_out(config: pytest.Config) -> Iterator[str]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    for report in reporter.stats.get("skipped", ()) if reporter else ():
        yield f"{report.nodeid}: {report.longrepr[2]}"
