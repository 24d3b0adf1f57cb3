"""How the tests are spread over processes, where there are several (``make test``).

The tests on Neo4j share one process, and so one server; those in the browser share another, and so
one Chromium. Of the others, each file stays in one process. What takes longest is begun first.
"""

import pytest
from xdist.scheduler import LoadScopeScheduling

NEO4J, BROWSER = "neo4j", "tests/browser/"


class ByServer(LoadScopeScheduling):
    """Keeps together what shares a server, and the tests of a file."""

    def _split_scope(self, nodeid: str) -> str:
        return _together(nodeid)


def _together(nodeid: str) -> str:
    """Return what a test has in common with those that stay in its process."""
    if NEO4J in nodeid:
        return NEO4J
    return BROWSER if nodeid.startswith(BROWSER) else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByServer:
    """Spread by servers and files."""
    return ByServer(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Compile the kernel once, before several processes would at the same time."""
    from app.reasoning.engine import compile_ahead

    compile_ahead().join()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put first what takes longest, where there are several processes."""
    for item in items:
        if item.get_closest_marker(NEO4J) and NEO4J not in item.nodeid:
            raise pytest.UsageError(f"{item.nodeid} is on Neo4j: its name must say {NEO4J}")
    if hasattr(config, "workerinput"):
        slow = {item.path for item in items if item.get_closest_marker("slow")}
        first = {NEO4J: 0, BROWSER: 1}
        items.sort(
            key=lambda item: first.get(_together(item.nodeid), 2 if item.path in slow else 3)
        )
