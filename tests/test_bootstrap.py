"""Settings and the putting together of the parts."""

import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.bootstrap import build, open_store
from app.model.errors import BadInput
from app.settings import Settings


def test_settings_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EVIPATH_PORT", "8123")
    monkeypatch.setenv("EVIPATH_REQUIRE_TOKEN", "true")
    monkeypatch.setenv("EVIPATH_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("NEO4J_PASSWORD", "a secret")
    settings = Settings()
    assert (settings.port, settings.require_token) == (8123, True)
    assert settings.store_url == f"sqlite:///{tmp_path}/graph.db"
    assert "a secret" not in f"{settings!r} {settings.model_dump_json()}"


@pytest.mark.parametrize("url", ["neo4j://me:word@host:7687/db", "bolt://me@host"])
def test_an_address_holds_no_credentials(url: str) -> None:
    with pytest.raises(ValidationError, match="no credentials"):
        Settings(store=url)
    with pytest.raises(BadInput, match="no credentials") as refused:
        open_store(url, Settings())
    assert "word" not in str(refused.value)


@pytest.mark.parametrize("url", ["postgres://host/db", "graph.db", ""])
def test_an_address_of_no_store_is_refused(url: str) -> None:
    with pytest.raises(BadInput, match="no address of a store"):
        open_store(url, Settings())


def test_the_default_store_is_made_in_the_data_directory(tmp_path: Path) -> None:
    parts = build(Settings(data_dir=tmp_path / "not yet there"))
    parts.close()
    assert (tmp_path / "not yet there" / "graph.db").is_file()


def test_what_is_not_needed_is_not_loaded() -> None:
    """The first answer waits for every import; it needs numpy, as the index is arrays."""
    code = (
        "import sys, app.main; "
        "print([m for m in ('neo4j', 'scipy', 'numba', 'rispy', 'bibtexparser') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
