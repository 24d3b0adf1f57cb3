"""Texts read for claims: what readers agree on, what is dropped, what a fault leaves."""

from app.ingest import Item
from app.model.claim import Extraction
from app.model.errors import ParseError
from app.model.reading import Candidate, Counted, Document, Usage
from app.services.extraction import extract
from app.services.pipeline import CONTRADICTORY, FAULT, MISPLACED, Pipeline, ReadingHere, merged
from app.services.reading_pool import ENDED, ReadingPool
from tests.services.test_ingest import record
from tests.support.tiny_reader import (
    FATAL,
    FAULTY,
    TinyGrounder,
    TinyLexicon,
    TinyReader,
    default_pipeline,
    tiny_pipeline,
)

TEXT = "A title.\np65 induces EMT. p65 inhibition reverses EMT."


class Second:
    """A reader that says the same in other words, and gives account of itself."""

    name = "model"
    version = "m1"

    def __init__(self, *, failure: str | None = None) -> None:
        self._failure = failure

    def read(self, document: Document) -> tuple[Candidate, ...]:
        return self.read_counted(document).candidates

    def read_counted(self, document: Document) -> Counted:
        usage = Usage(requests=1, input_tokens=10, output_tokens=5, cost=0.5)
        if self._failure:
            return Counted(usage=usage, failure=self._failure)
        found = TinyReader(name="model", version="m1", confidence=0.5, quote_all=True)
        return Counted(candidates=found.read(document), dropped={"why": 2}, usage=usage)


def test_two_readers_who_say_the_same_make_one_claim_with_both_readings() -> None:
    pipeline = Pipeline(TinyGrounder(), TinyLexicon(), (TinyReader(),), Second())
    alone = pipeline.read(TEXT)
    both = pipeline.read(TEXT, model=True)
    assert [each.claim for each in both.claims] == [each.claim for each in alone.claims]
    assert len(both.claims) == 2
    assert [[e.reader for e in each.extractions] for each in both.claims] == [
        ["rules", "model"],
        ["rules", "model"],
    ]
    assert [(each.reader, each.usage is not None) for each in both.reports] == [
        ("rules", False),
        ("model", True),
    ]
    assert [each.reader for each in alone.reports] == ["rules"]


def test_a_model_that_fails_leaves_the_claims_of_the_rules() -> None:
    failing = Second(failure="it could not be reached")
    reading = Pipeline(TinyGrounder(), TinyLexicon(), (TinyReader(),), failing).read(
        TEXT, model=True
    )
    assert len(reading.claims) == 2
    assert reading.reports[1].failure == "it could not be reached"
    assert reading.reports[1].usage is not None


def test_what_one_reader_says_twice_is_one_claim_the_surer() -> None:
    document = Document(text=TEXT, title_end=8, mentions=TinyGrounder().mentions(TEXT))
    sure = TinyReader(quote_all=True, confidence=0.9).read(document)
    unsure = TinyReader().read(document)
    (first, second) = merged([(*unsure, *sure)])
    assert {len(each.extractions) for each in (first, second)} == {1}
    assert {each.extractions[0].confidence for each in (first, second)} == {0.9}


def test_entities_come_with_all_above_them() -> None:
    reading = tiny_pipeline().read(TEXT)
    assert {each.id for each in reading.entities} == {
        "HGNC:9955",
        "FPLX:NFkappaB",
        "GO:0001837",
        "GO:0008150",
    }
    assert len(reading.relations) == 2


class Wrong:
    """A reader whose spans or slots are wrong."""

    name = "wrong"
    version = "1"

    def read(self, document: Document) -> tuple[Candidate, ...]:
        (good,) = TinyReader(verbs=("induces",)).read(document)
        shifted = good.claim.model_dump()
        shifted["agent"]["mention"] = {"start": 0, "end": 3, "text": "p65"}
        slots = good.claim.model_dump()
        slots["outcome"]["direction"] = "down"
        return tuple(
            Candidate(claim=type(good.claim).model_validate(each), extraction=good.extraction)
            for each in (shifted, slots)
        )


def test_words_and_slots_are_held_to_the_text_whoever_read() -> None:
    reading = Pipeline(TinyGrounder(), TinyLexicon(), (Wrong(),)).read(TEXT)
    assert reading.claims == ()
    assert reading.reports[0].dropped == {MISPLACED: 1, CONTRADICTORY: 1}


def test_a_fault_is_told_and_ends_nothing() -> None:
    reading = tiny_pipeline().read(f"A title.\n{FAULTY} p65 induces EMT.")
    assert reading.claims == ()
    assert reading.reports[0].failure == FAULT


def test_a_text_that_ends_its_process_is_told_and_the_others_are_read() -> None:
    pool = ReadingPool(default_pipeline, 2)
    texts = [f"Title {number}.\np65 induces EMT." for number in range(12)]
    texts[5] = f"Title 5.\n{FATAL}"
    try:
        readings = pool.start(texts)()
        assert [each.text for each in readings] == texts
        assert [len(each.claims) for each in readings] == [1] * 5 + [0] + [1] * 6
        assert readings[5].reports[0].failure == ENDED
        assert len(pool.start(texts[:2])()) == 2
    finally:
        pool.close()


def test_documents_are_extracted_in_the_form_of_any_claim() -> None:
    items = [
        Item("a.json", 1, None, record=record("A title.", "p65 induces EMT.", ids=("PMID:7",))),
        Item("a.json", 2, 9, error=ParseError("it is broken", source="a.json")),
        Item("a.json", 3, None, record=record("p65 inhibition reverses EMT", None)),
    ]
    found = list(extract(items, ReadingHere(default_pipeline).start))
    assert [each.error is not None for each in found] == [False, True, False]
    assert found[1].error is not None
    assert (found[1].error.record, found[1].error.line) == (2, 9)
    first, third = found[0].document, found[2].document
    assert first is not None
    assert third is not None
    assert (first.id, third.id[:4]) == ("PMID:7", "ART:")
    assert first.text == "A title.\np65 induces EMT."
    (claim,) = first.claims
    assert (claim.article, claim.status, claim.revision) == ("PMID:7", "candidate", 0)
    (edge,) = claim.edges
    assert (edge.subject, edge.sign, edge.object) == ("HGNC:9955", "+", "GO:0001837")
    assert claim.extractions == (
        Extraction(reader="rules", version="1", rule="induces", confidence=0.7),
    )
    assert claim.confidence == 0.7
