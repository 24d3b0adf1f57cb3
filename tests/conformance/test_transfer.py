"""Dump, load, backup, restore, purge."""

from pathlib import Path

import pytest

from app.graph.port import ROW_KINDS, GraphStore, GraphWriter, Row
from app.graph.rows import row_line, row_of_line
from app.model.claim import ClaimState, Link
from app.model.errors import BadInput, Conflict, EviPathError, NotFound
from app.model.vocabulary import LinkType, Status
from tests.conformance.test_writes import everything
from tests.support.factories import claim, decision, edge, entity, extraction, paper, user

ONE, TWO = paper(1, key="k1"), paper(2, title="Something else about EMT and NF-kappaB.")
C1 = claim(ONE.text)
C2 = claim(ONE.text, agent="Curcumin", agent_id="CHEBI:3962")
OTHER = claim(TWO.text)


def history(store: GraphStore) -> None:
    """Some revisions with versions of every kind, open and closed."""
    store.write("ada", "first", everything)
    store.write("eve", "second \U0001f9ec", lambda w: (TWO.put(w), w.put_claim(TWO.id, OTHER)))
    store.write("ada", "newer record", paper(1, title="A newer title.", version=2, key="k2").put)

    def more(writer: GraphWriter) -> None:
        writer.put_entity(entity(name="renamed", synonyms=("EMT",)))
        writer.put_state(C1.id, ClaimState(status=Status.REJECTED))
        writer.put_edges(C1.id, [edge(subject="A:1"), edge(subject="A:2")], 2)
        writer.close_link(C1.id, Link(type=LinkType.SUPPORTS, claim=C2.id))
        writer.put_link(OTHER.id, Link(type=LinkType.CONTRADICTS, claim=C1.id))
        writer.add_extraction(C1.id, extraction("2", 0.25))
        writer.add_extraction(C1.id, extraction("3", 0.75))
        writer.add_decision(decision("d0", C1.id, revision=4))

    store.write("ada", "more", more)


def lines(store: GraphStore) -> bytes:
    return b"\n".join(row_line(row) for row in store.dump())


def kinds(store: GraphStore) -> set[str]:
    return {row.kind for row in store.dump()}


def test_a_dump_has_every_kind_in_order(store: GraphStore) -> None:
    history(store)
    rows = list(store.dump())
    order = [ROW_KINDS.index(row.kind) for row in rows]
    assert order == sorted(order)
    assert {row.kind for row in rows} == set(ROW_KINDS) - {"article_decision", "tombstone"}
    assert list(rows[0].fields) == ["number", "id", "created_at", "actor", "message"]
    assert str(rows[0].fields["created_at"]).endswith("Z")


def test_a_loaded_dump_is_the_same_graph(store: GraphStore, other: GraphStore) -> None:
    history(store)
    store.purge("claim", C2.id, "ada", "asked for")
    rows = list(store.dump())
    assert other.load(rows) == len(rows)
    assert lines(other) == lines(store)
    assert other.head() == store.head()
    assert other.changes(0, 9, None, 500) == store.changes(0, 9, None, 500)
    for number in range(store.head().number + 1):
        with store.view(number) as here, other.view(number) as there:
            assert here.counts() == there.counts()
            assert list(here.edges()) == list(there.edges())
            assert here.article_page(None, 9) == there.article_page(None, 9)
            ids = [C1.id, C2.id, OTHER.id]
            assert here.claims(ids) == there.claims(ids)
            assert here.extractions_of(ids) == there.extractions_of(ids)
            assert here.articles_with_citation("k1") == there.articles_with_citation("k1")
            assert here.name_hits("EMT", None, 9) == there.name_hits("EMT", None, 9)


def test_a_loaded_store_goes_on(store: GraphStore, other: GraphStore) -> None:
    history(store)
    other.load(store.dump())
    other.write("ada", "again", everything)
    other.write("ada", "next", lambda w: w.put_entity(entity("A:9")))
    assert other.head().created_at > store.head().created_at
    with other.view() as view:
        assert view.entities(["A:9"])


def test_rows_survive_as_lines(store: GraphStore, other: GraphStore) -> None:
    history(store)
    other.load(row_of_line(line) for line in lines(store).split(b"\n"))
    assert lines(other) == lines(store)


def test_only_an_empty_store_is_loaded(store: GraphStore, other: GraphStore) -> None:
    history(store)
    other.write("ada", "first", lambda w: w.put_entity(entity("A:9")))
    before = lines(other)
    with pytest.raises(Conflict, match="empty"):
        other.load(store.dump())
    assert lines(other) == before


def _spoil(rows: list[Row], kind: str, **fields: object) -> list[Row]:
    place = next(i for i, row in enumerate(rows) if row.kind == kind)
    return [
        *rows[:place],
        Row(kind, {**rows[place].fields, **fields}),
        *rows[place + 1 :],
    ]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("text", {"text": "another text"}),
        ("claim", {"id": "0" * 64}),
        ("entity", {"entity": {"id": "A:1", "name": "x", "category": "Dragon"}}),
        ("record", {"article_id": "nobody"}),
        ("edge", {"claim": "0" * 64}),
        ("revision", {"number": 7}),
        ("state", {"rev_from": "1"}),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_loaded(
    store: GraphStore, other: GraphStore, kind: str, fields: dict[str, object]
) -> None:
    history(store)
    rows = _spoil(list(store.dump()), kind, **fields)
    with pytest.raises(EviPathError, match=kind):
        other.load(rows)
    assert other.head().number == 0
    assert list(other.dump()) == []


def test_an_unknown_kind_is_refused(other: GraphStore) -> None:
    with pytest.raises(BadInput, match="dragon"):
        other.load([Row("dragon", {})])


def test_a_failing_source_loads_nothing(store: GraphStore, other: GraphStore) -> None:
    history(store)

    def broken() -> object:
        yield from list(store.dump())[:-3]
        raise OSError("the line broke")

    with pytest.raises(OSError, match="broke"):
        other.load(broken())  # type: ignore[arg-type]
    assert list(other.dump()) == []


def test_a_backup_is_restored_without_accounts(
    store: GraphStore, other: GraphStore, tmp_path: Path
) -> None:
    history(store)
    store.accounts.put_user(user("ada"))
    store.backup(tmp_path / "graph.backup")
    other.accounts.put_user(user("eve"))
    other.restore(tmp_path / "graph.backup")
    assert lines(other) == lines(store)
    assert [u.name for u in other.accounts.users()] == ["eve"]


def test_only_an_empty_store_is_restored(store: GraphStore, tmp_path: Path) -> None:
    history(store)
    store.backup(tmp_path / "graph.backup")
    before = lines(store)
    with pytest.raises(Conflict, match="empty"):
        store.restore(tmp_path / "graph.backup")
    assert lines(store) == before


def test_a_backup_does_not_overwrite(store: GraphStore, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    with pytest.raises(BadInput, match="there"):
        store.backup(tmp_path / "there")
    assert (tmp_path / "there").read_text() == "mine"


@pytest.mark.parametrize("content", [b"", b"not a backup", b"\0" * 5000])
def test_what_is_no_backup_is_refused(store: GraphStore, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "wrong").write_bytes(content)
    with pytest.raises(EviPathError, match="wrong"):
        store.restore(tmp_path / "wrong")
    with pytest.raises(EviPathError, match="missing"):
        store.restore(tmp_path / "missing")
    assert store.head().number == 0


def test_a_truncated_backup_is_refused(
    store: GraphStore, other: GraphStore, tmp_path: Path
) -> None:
    history(store)
    whole = tmp_path / "graph.backup"
    store.backup(whole)
    content = whole.read_bytes()
    whole.write_bytes(content[: len(content) * 2 // 3])
    with pytest.raises(EviPathError):
        other.restore(whole)
    assert list(other.dump()) == []


def test_a_purged_article_is_gone_from_every_revision(store: GraphStore) -> None:
    history(store)
    before = len(list(store.dump()))
    gone = store.purge("article", ONE.id, "root", "the publisher asked")
    rows = list(store.dump())
    assert gone == before + 1 + 3 - len(rows)
    left = b"\n".join(row_line(row) for row in rows if row.kind != "tombstone")
    for trace in (ONE.record.citation.title, "A newer title", C1.id, C2.id):
        assert trace.encode() not in left
    assert store.head().message == f"purge article {ONE.id}: the publisher asked"
    assert store.head().actor == "root"
    for number in range(store.head().number + 1):
        with store.view(number) as view:
            assert view.articles([ONE.id]) == {}
            assert view.article_ids(["PMID:1"]) == {}
            assert view.text(ONE.sha256) is None
            assert view.claims([C1.id, C2.id]) == {}
            assert [e.claim for e in view.edges()] == []
            assert view.decision("d1") is None
    with store.view() as view:
        assert view.claims([OTHER.id]).keys() == {OTHER.id}
        assert view.links_of([OTHER.id]) == {OTHER.id: ()}
    tombstones = [row.fields for row in rows if row.kind == "tombstone"]
    assert [(t["kind"], t["key"]) for t in tombstones] == [
        ("article", ONE.id),
        *(("claim", key) for key in sorted((C1.id, C2.id))),
    ]
    purged = [c for c in store.changes(4, 5, None, 9).items if c.action == "purged"]
    assert [(c.kind, c.key) for c in purged] == [(t["kind"], t["key"]) for t in tombstones]


def test_a_purged_claim_leaves_its_article(store: GraphStore) -> None:
    history(store)
    assert store.purge("claim", C1.id, "root", "wrong paper") > 5
    with store.view() as view:
        assert view.articles([ONE.id]).keys() == {ONE.id}
        assert view.claims([C1.id, C2.id]).keys() == {C2.id}
        assert view.edges_of([C1.id]) == {C1.id: ()}
    with store.view(1) as view:
        assert view.claims([C1.id]) == {}


def test_a_text_that_another_article_has_stays(store: GraphStore) -> None:
    twin = paper(9, identifiers=())
    store.write("ada", "twins", lambda w: (paper(1).put(w), twin.put(w)))
    store.purge("article", "a0001", "root", "double")
    with store.view() as view:
        assert view.text(twin.sha256) == twin.text
        assert view.articles_with_text(twin.sha256) == (twin.id,)


def test_a_purge_of_nothing_is_refused(store: GraphStore) -> None:
    history(store)
    before = lines(store)
    for kind, key, error in (
        ("article", "nobody", NotFound),
        ("claim", "0" * 64, NotFound),
        ("entity", "GO:0001837", BadInput),
    ):
        with pytest.raises(error):
            store.purge(kind, key, "root", "why")
    with pytest.raises(BadInput, match="reason"):
        store.purge("article", ONE.id, "root", " ")
    assert lines(store) == before


def test_what_was_purged_may_come_again(store: GraphStore) -> None:
    history(store)
    store.purge("article", ONE.id, "root", "by mistake")
    again = paper(1)
    store.write("ada", "again", lambda w: (again.put(w), w.put_claim(again.id, C1)))
    with store.view() as view:
        assert view.claims([C1.id])[C1.id].state.status is Status.CANDIDATE
    store.purge("claim", C1.id, "root", "after all")
    assert "tombstone" in kinds(store)
