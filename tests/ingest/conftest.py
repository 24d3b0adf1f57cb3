"""Where the tests of ingest find real records and the seed."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def pubmed() -> Path:
    shared = Path(os.environ.get("EVIPATH_SHARED") or ROOT.parent / "shared")
    folder = shared / "data" / "pubmed"
    if not folder.is_dir():
        pytest.skip(f"no PubMed records in {folder}; set EVIPATH_SHARED to the shared folder")
    return folder


@pytest.fixture(scope="session")
def seed() -> Path:
    return ROOT / "tests" / "data" / "seed"
