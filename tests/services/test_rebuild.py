"""Edges derived again."""

from app.graph.port import GraphStore
from app.graph.sqlite import open_sqlite
from app.reasoning.rules import RULE_VERSION
from app.services.check import check
from app.services.rebuild import Rebuilt, rebuild
from app.services.seeds import load_seeds, read_seeds
from tests.support.factories import edge

CLAIMS = [each.id for each in read_seeds().claims[0].claims]


def seeded() -> GraphStore:
    store = open_sqlite("sqlite:///:memory:")
    load_seeds(store)
    return store


def test_nothing_changes_where_nothing_is_stale() -> None:
    store = seeded()
    head = store.head()
    done = rebuild(store, "ada")
    assert (done.claims, done.changed) == (len(CLAIMS), 0)
    assert done.edges > 0
    assert store.head() == head


def test_stale_edges_are_derived_again_in_batches() -> None:
    store = seeded()
    with store.view() as view:
        before = list(view.edges())

    def spoil(writer: object) -> None:
        for number, claim in enumerate(CLAIMS):
            held = writer.edges_of([claim]).get(claim, ())  # type: ignore[attr-defined]
            made = held if number % 2 else [edge("HGNC:1", rule="old")]
            writer.put_edges(claim, made, 99)  # type: ignore[attr-defined]

    store.write("eve", "an older rule", spoil)
    assert list(check(store))
    head = store.head().number
    done = rebuild(store, "ada", batch=5)
    assert done.changed >= len(CLAIMS) // 2
    assert 1 < store.head().number - head <= (len(CLAIMS) + 4) // 5
    assert store.head().actor == "ada"
    assert str(RULE_VERSION) in store.head().message
    with store.view() as view:
        assert list(view.edges()) == before
    assert list(check(store)) == []
    again = rebuild(store, "ada")
    assert again == Rebuilt(done.claims, 0, done.edges)
