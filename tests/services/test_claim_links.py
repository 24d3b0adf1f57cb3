"""Links that a reading proposes come with its candidates, and follow it until a curator judges."""

from functools import partial
from pathlib import Path

import orjson
import pytest

from app.graph.port import GraphStore
from app.graph.sqlite import open_sqlite
from app.ingest import Item
from app.model.decision import DecisionRequest
from app.model.reading import Reading
from app.model.vocabulary import LinkType, Status
from app.services.check import check
from app.services.curation import decide
from app.services.extraction import extract
from app.services.ingest import ingest
from app.services.pipeline import Pipeline, ReadingHere
from app.services.rereading import reread
from app.services.transfer import copy
from tests.services.test_candidates import claims, put, reading
from tests.services.test_ingest import record
from tests.support.tiny_reader import TinyGrounder, TinyLexicon, TinyReader

SUMMARISES, INFERRED_FROM = LinkType.SUMMARISES, LinkType.INFERRED_FROM
STANCES = TinyReader(stances=True)
ONE = record(
    "p65 inhibition reverses EMT.",
    "p65 inhibition reverses EMT. Thus p65 inhibition reverses EMT.",
    ids=("PMID:1",),
)
TITLE, FINDING, CONCLUSION = range(3)


def linked(store: GraphStore) -> list[tuple[int, LinkType, int]]:
    found = claims(store)
    found.sort(key=lambda one: one.quotes[0].start or 0)
    place = {each.id: n for n, each in enumerate(found)}
    return [(n, each.type, place[each.claim]) for n, one in enumerate(found) for each in one.links]


ALL = [
    (TITLE, SUMMARISES, FINDING),
    (TITLE, SUMMARISES, CONCLUSION),
    (CONCLUSION, INFERRED_FROM, FINDING),
]


@pytest.fixture
def read(store: GraphStore) -> GraphStore:
    put(store, ONE, reads=reading(STANCES))
    return store


def again(store: GraphStore, reader: TinyReader) -> None:
    reread(store, reading(reader).start, actor="ann")
    assert list(check(store)) == []


def ids(store: GraphStore) -> list[str]:
    return [each.id for each in sorted(claims(store), key=lambda one: one.quotes[0].start or 0)]


def test_candidates_come_with_their_links(read: GraphStore) -> None:
    assert sorted(linked(read)) == sorted(ALL)
    assert {each.status for each in claims(read)} == {Status.CANDIDATE}
    assert list(check(read)) == []


def test_reading_the_same_again_writes_nothing(read: GraphStore) -> None:
    before = read.head().number
    again(read, STANCES)
    assert read.head().number == before
    assert sorted(linked(read)) == sorted(ALL)


def test_links_survive_a_copy(read: GraphStore, tmp_path: Path) -> None:
    other = open_sqlite(f"sqlite:///{tmp_path / 'copy.db'}")
    copy(read, other)
    assert sorted(linked(other)) == sorted(ALL)
    other.close()


def test_a_reader_that_sees_no_link_takes_it_away(read: GraphStore) -> None:
    # Without stances the claims have other ids, so that the old ones are dropped.
    plain = TinyReader(version="2")
    again(read, plain)
    standing = [each for each in claims(read) if each.status is Status.CANDIDATE]
    assert [each.links for each in standing] == [()] * len(standing)


def test_a_link_to_what_is_no_longer_found_ends(read: GraphStore) -> None:
    class Half(TinyReader):
        def read(self, document):  # type: ignore[no-untyped-def]
            return tuple(c for n, c in enumerate(super().read(document)) if n != FINDING)

    again(read, Half(version="2", stances=True))
    assert linked(read) == [(TITLE, SUMMARISES, CONCLUSION)]
    again(read, STANCES)
    assert sorted(linked(read)) == sorted(ALL)


def test_a_claim_that_a_curator_judged_keeps_its_links(read: GraphStore) -> None:
    title, finding, _ = ids(read)
    gone = {"type": "unlink", "link": {"type": "summarises", "claim": finding}}
    decide(read, title, DecisionRequest.model_validate(gone), actor="ann")
    again(read, STANCES)
    assert (TITLE, SUMMARISES, FINDING) not in linked(read)
    assert (CONCLUSION, INFERRED_FROM, FINDING) in linked(read)


def test_a_link_to_another_readers_claim_waits_for_that_reader(store: GraphStore) -> None:
    class Title(TinyReader):
        def read(self, document):  # type: ignore[no-untyped-def]
            return super().read(document)[:1]

    class Model(TinyReader):
        def read(self, document):  # type: ignore[no-untyped-def]
            return super().read(document)[1:2]

    rules, model = Title(stances=True), Model(name="model", stances=True)
    reads = ReadingHere(lambda: Pipeline(TinyGrounder(), TinyLexicon(), (rules,), model))
    ingest(
        store,
        [Item("test", 1, None, record=ONE)],
        actor="ann",
        start=partial(reads.start, model=True),
    )
    assert linked(store) == [(0, SUMMARISES, 1)]
    again(store, rules)
    assert linked(store) == [(0, SUMMARISES, 1)]


def test_extracted_documents_show_their_links() -> None:
    (found,) = extract([Item("test", 1, None, record=ONE)], reading(STANCES).start)
    assert found.document is not None
    shown = [each for claim in found.document.claims for each in claim.links]
    assert [each.type for each in shown] == [SUMMARISES, SUMMARISES, INFERRED_FROM]
    assert found.reading is not None
    again = Reading.model_validate(orjson.loads(found.reading.model_dump_json()))
    assert again.links == found.reading.links
