"""Where the tests of ingest find real records and the seed."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def pubmed(shared_dir: Path) -> Path:
    return shared_dir / "data" / "pubmed"


@pytest.fixture(scope="session")
def seed() -> Path:
    return ROOT / "tests" / "data" / "seed"
