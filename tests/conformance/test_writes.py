"""A write is one revision, or nothing at all."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from app.graph.port import GraphStore, GraphWriter
from app.model.claim import ClaimState, Link
from app.model.errors import NotFound
from app.model.vocabulary import LinkType, RelationType, Status
from tests.support.factories import claim, decision, edge, entity, extraction, paper, relation

ONE = paper(1)
C1 = claim(ONE.text)
C2 = claim(ONE.text, agent="Curcumin", agent_id="CHEBI:3962")
IS_A = relation("A:1", RelationType.IS_A, "A:2")
LINK = Link(type=LinkType.SUPPORTS, claim=C2.id)


def everything(writer: GraphWriter) -> None:
    """Put one thing of every kind."""
    ONE.put(writer)
    writer.put_entity(entity())
    writer.put_relation(IS_A)
    writer.put_claim(ONE.id, C1)
    writer.put_claim(ONE.id, C2)
    writer.put_state(C1.id, ClaimState(status=Status.ACCEPTED, quotes=C1.quotes))
    writer.add_extraction(C1.id, extraction())
    writer.add_decision(decision("d1", C1.id, revision=1))
    writer.put_link(C1.id, LINK)
    writer.put_edges(C1.id, [edge()], 1)


def test_an_empty_graph_is_at_revision_0(store: GraphStore) -> None:
    head = store.head()
    assert head.number == 0
    assert store.revision(0) == head
    assert store.revision(1) is None
    assert store.revisions(0, 10) == ()
    with store.view() as view:
        assert view.revision == head
        assert (view.counts().articles, view.counts().revisions) == (0, 0)
        assert list(view.edges()) == []


def test_a_write_makes_one_revision_and_returns_what_its_work_returns(store: GraphStore) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    assert store.write("ada", "a message", lambda w: (everything(w), 42)[1]) == 42
    head = store.head()
    assert (head.number, head.actor, head.message) == (1, "ada", "a message")
    assert before < head.created_at < datetime.now(UTC) + timedelta(seconds=1)
    assert head.created_at.utcoffset() == timedelta(0)


def test_putting_what_is_there_changes_nothing(store: GraphStore) -> None:
    store.write("ada", "first", everything)
    rows = list(store.dump())
    store.write("eve", "again", everything)
    assert store.head().number == 1
    assert list(store.dump()) == rows


def test_a_write_without_changes_makes_no_revision(store: GraphStore) -> None:
    assert store.write("ada", "nothing", lambda w: w.next_revision) == 1
    assert store.head().number == 0
    store.write("ada", "something", everything)
    assert store.write("ada", "nothing", lambda w: w.next_revision) == 2
    assert store.head().number == 1


def test_what_is_put_back_in_one_write_leaves_no_trace(store: GraphStore) -> None:
    store.write("ada", "first", everything)
    rows = list(store.dump())

    def there_and_back(writer: GraphWriter) -> None:
        writer.put_entity(entity(name="another name"))
        writer.put_entity(entity())
        writer.put_state(C1.id, ClaimState(status=Status.REJECTED))
        writer.put_state(C1.id, ClaimState(status=Status.ACCEPTED, quotes=C1.quotes))
        writer.close_link(C1.id, LINK)
        writer.put_link(C1.id, LINK)
        writer.close_relation(IS_A.key)
        writer.put_relation(IS_A)
        writer.put_edges(C1.id, [], 1)
        writer.put_edges(C1.id, [edge()], 1)

    store.write("ada", "there and back", there_and_back)
    assert store.head().number == 1
    assert list(store.dump()) == rows


def test_of_several_puts_in_one_write_the_last_stands(store: GraphStore) -> None:
    store.write("ada", "first", everything)

    def twice(writer: GraphWriter) -> None:
        writer.put_entity(entity(name="second"))
        writer.put_entity(entity(name="third"))

    store.write("ada", "twice", twice)
    versions = [row.fields["entity"] for row in store.dump() if row.kind == "entity"]
    assert [version["name"] for version in versions] == [entity().name, "third"]  # type: ignore[index]


def test_a_writer_reads_what_it_wrote(store: GraphStore) -> None:
    store.write("ada", "first", lambda w: w.put_entity(entity()))

    def work(writer: GraphWriter) -> None:
        ONE.put(writer)
        assert (writer.revision.number, writer.next_revision) == (1, 2)
        assert writer.articles([ONE.id]).keys() == {ONE.id}
        assert writer.article_ids(["PMID:1"]) == {"PMID:1": ONE.id}
        writer.put_claim(ONE.id, C1)
        writer.put_edges(C1.id, [edge()], 1)
        assert writer.claims([C1.id])[C1.id].revision == 2
        assert len(list(writer.edges())) == 1
        writer.put_entity(entity(name="new name"))
        assert writer.entities([entity().id])[entity().id].name == "new name"
        assert "new name" in {hit.name for hit in writer.name_hits("new name", None, 5)}
        assert writer.counts().articles == 1

    store.write("ada", "reads", work)


def test_an_exception_undoes_everything(store: GraphStore) -> None:
    store.write("ada", "first", lambda w: w.put_entity(entity()))
    rows = list(store.dump())

    def fails(writer: GraphWriter) -> None:
        everything(writer)
        writer.put_entity(entity(name="changed"))
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        store.write("ada", "fails", fails)
    assert store.head().number == 1
    assert list(store.dump()) == rows
    store.write("ada", "goes on", everything)
    assert store.head().number == 2


def test_revisions_have_strictly_increasing_times(store: GraphStore) -> None:
    for number in range(20):
        store.write("ada", str(number), lambda w, n=number: w.put_entity(entity(f"A:{n}")))
    found = store.revisions(0, 100)
    assert [r.number for r in found] == list(range(1, 21))
    assert all(a.created_at < b.created_at for a, b in pairwise(found))
    assert len({r.id for r in found}) == 20
    assert [r.number for r in store.revisions(18, 1)] == [19]
    assert store.revision(7) == found[6]


def test_the_revision_at_a_time(store: GraphStore) -> None:
    for number in (1, 2):
        store.write("ada", str(number), lambda w, n=number: w.put_entity(entity(f"A:{n}")))
    first, second = store.revisions(0, 2)
    step = timedelta(microseconds=1)
    assert store.revision_at(first.created_at - step) is None
    assert store.revision_at(first.created_at) == first
    assert store.revision_at(second.created_at - step) == first
    assert store.revision_at(second.created_at + timedelta(days=1)) == second


def test_a_view_of_a_revision_that_is_not_there(store: GraphStore) -> None:
    store.write("ada", "first", everything)
    for number in (2, -1):
        with pytest.raises(NotFound, match=str(number)), store.view(number):
            pass


def test_every_read_shows_its_own_revision(store: GraphStore) -> None:
    store.write("ada", "first", everything)
    store.write("ada", "second", paper(2).put)
    with store.view(1) as view:
        assert view.revision == store.revision(1)
        assert (view.counts().articles, view.counts().revisions) == (1, 1)
        assert view.articles(["a0002"]) == {}
        assert view.article_facts(["a0002"]) == {}


def test_changes_name_what_was_opened_and_closed(store: GraphStore) -> None:
    store.write("ada", "first", everything)
    store.write("ada", "second", lambda w: w.put_entity(entity(name="second")))
    store.write("ada", "third", lambda w: (w.put_edges(C1.id, [], 1), w.close_relation(IS_A.key)))
    later = store.changes(1, 3, None, 50)
    assert [(c.revision, c.kind, c.key, c.action) for c in later.items] == [
        (2, "entity", "GO:0001837", "closed"),
        (2, "entity", "GO:0001837", "opened"),
        (3, "relation", "A:1 is_a A:2", "closed"),
        (3, "edge", f"{C1.id} 0", "closed"),
    ]
    first = store.changes(0, 1, None, 50)
    low, high = sorted((C1.id, C2.id))
    assert [(c.kind, c.key) for c in first.items] == [
        ("article", ONE.id),
        ("alias", "PMID:1"),
        ("record", f"{ONE.id} pubmed_xml"),
        ("text", ONE.id),
        ("entity", "GO:0001837"),
        ("relation", "A:1 is_a A:2"),
        ("claim", low),
        ("claim", high),
        ("extraction", C1.id),
        ("state", low),
        ("state", high),
        ("decision", "d1"),
        ("link", f"{C1.id} supports {C2.id}"),
        ("edge", f"{C1.id} 0"),
    ]
    assert {c.action for c in first.items} == {"opened"}
    assert store.changes(3, 3, None, 50).total == 0


def test_changes_come_in_pages(store: GraphStore) -> None:
    store.write("ada", "first", everything)
    store.write("ada", "second", lambda w: w.put_entity(entity(name="second")))
    whole = store.changes(0, 2, None, 100)
    pieces = []
    after = None
    for _ in range(whole.total):
        page = store.changes(0, 2, after, 3)
        assert page.total == whole.total
        pieces += page.items
        after = page.next_after
        if after is None:
            break
    assert tuple(pieces) == whole.items
