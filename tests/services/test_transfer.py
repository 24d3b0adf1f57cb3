"""Copies that are compared, backups, and the one true deletion."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.graph.port import GraphStore, Row
from app.graph.sqlite import open_sqlite
from app.graph.sqlite.store import SqliteStore
from app.model.errors import BadInput, Conflict, NotFound, StoreError
from app.services import transfer
from app.services.check import check
from app.services.seeds import load_seeds, read_seeds

CLAIM = read_seeds().claims[0].claims[0].id


@pytest.fixture
def store() -> GraphStore:
    made = open_sqlite("sqlite:///:memory:")
    load_seeds(made)
    return made


def empty() -> SqliteStore:
    return open_sqlite("sqlite:///:memory:")


def test_a_copy_is_the_same_graph(store: GraphStore) -> None:
    there = empty()
    done = transfer.copy(store, there)
    assert list(there.dump()) == list(store.dump())
    assert (done.rows, done.head) == (len(list(store.dump())), store.head())
    assert transfer.copy(there, empty()).sha256 == done.sha256


def test_a_copy_that_reads_differently_is_told(store: GraphStore) -> None:
    class Forgetful(SqliteStore):
        def dump(self) -> Iterator[Row]:
            rows = list(super().dump())
            yield from rows[:-1]

    with pytest.raises(StoreError, match="differs"):
        transfer.copy(store, Forgetful.open("sqlite:///:memory:"))


def test_only_an_empty_store_is_copied_to(store: GraphStore) -> None:
    with pytest.raises(Conflict, match="empty"):
        transfer.copy(store, store)


def test_a_backup_restores(store: GraphStore, tmp_path: Path) -> None:
    head = transfer.backup(store, tmp_path / "graph.backup")
    there = empty()
    assert transfer.restore(there, tmp_path / "graph.backup") == head == store.head()
    assert list(there.dump()) == list(store.dump())


def test_an_article_is_purged_by_any_identifier(store: GraphStore) -> None:
    done = transfer.purge(store, "15314694", actor="root", reason=" asked for ")
    assert done.kind == "article"
    assert done.key.startswith("ART:")
    with store.view() as view:
        assert view.counts().articles == 0
        assert view.claims([CLAIM]) == {}
    assert list(check(store)) == []


def test_a_claim_is_purged_by_its_id(store: GraphStore) -> None:
    assert transfer.purge(store, CLAIM.upper(), actor="root", reason="x").kind == "claim"
    with store.view() as view:
        assert view.claims([CLAIM]) == {}
        assert view.counts().articles == 1


@pytest.mark.parametrize("identifier", ["PMID:1", "0" * 64, "ART:0"])
def test_what_is_not_there_is_not_purged(store: GraphStore, identifier: str) -> None:
    with pytest.raises(NotFound):
        transfer.purge(store, identifier, actor="root", reason="x")


def test_a_purge_needs_a_reason(store: GraphStore) -> None:
    with pytest.raises(BadInput, match="reason"):
        transfer.purge(store, CLAIM, actor="root", reason="  ")
