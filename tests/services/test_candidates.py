"""What readers find goes into the store with its article; what reading again does."""

from collections.abc import Iterable
from functools import partial

import pytest

from app.graph.port import GraphStore
from app.ingest import Item
from app.model.article import AbstractPart, Record
from app.model.claim import ClaimView, Extraction
from app.model.decision import DecisionRequest
from app.model.reading import Candidate, Counted, Document, Usage
from app.model.text import Quote
from app.model.vocabulary import DecisionType, DocumentFormat, Status
from app.services.articles import article
from app.services.candidates import Taken
from app.services.check import check
from app.services.claims import claims_of_article
from app.services.curation import decide
from app.services.ingest import IngestReport, ingest, store_record
from app.services.pipeline import Pipeline, ReadingHere
from app.services.rereading import Reread, reread
from app.services.seeds import read_seeds
from tests.services.test_ingest import fates, record
from tests.support.seeded import seed_claim
from tests.support.tiny_reader import FAULTY, TinyGrounder, TinyLexicon, TinyReader, tiny_pipeline

ONE = record("A title.", "p65 induces EMT. p65 inhibition reverses EMT.", ids=("PMID:1",))


def reading(*readers: TinyReader) -> ReadingHere:
    return ReadingHere(lambda: tiny_pipeline(*readers))


def put(store: GraphStore, *records: Record, reads: ReadingHere | None = None) -> IngestReport:
    items = [Item("test", number, None, record=each) for number, each in enumerate(records, 1)]
    return ingest(store, items, actor="ann", start=(reads or reading()).start)


def again(store: GraphStore, *readers: TinyReader) -> Reread:
    return reread(store, reading(*readers).start, actor="ann")


def claims(store: GraphStore, identifier: str = "PMID:1") -> list[ClaimView]:
    with store.view() as view:
        return list(claims_of_article(view, article(view, identifier).id))


def sound(store: GraphStore) -> bool:
    found = list(check(store))
    assert found == []
    return True


def versions(claim: ClaimView) -> list[tuple[str, str]]:
    return [(each.reader, each.version) for each in claim.extractions]


def test_an_article_comes_with_its_candidates_in_one_revision(store: GraphStore) -> None:
    report = put(store, ONE)
    assert fates(report) == {"created": 1}
    assert store.head().number == 1
    first, second = claims(store)
    assert {first.status, second.status} == {Status.CANDIDATE}
    assert first.extractions == (
        Extraction(reader="rules", version="1", rule="induces", confidence=0.7, revision=1),
    )
    assert [edge.sign for edge in second.edges] == ["+"]
    assert second.confidence == 0.7
    assert report.extracted.taken == Taken(new=2)
    assert report.extracted.readers == {"rules": "1"}
    with store.view() as view:
        assert set(view.entities(["HGNC:9955", "FPLX:NFkappaB", "GO:0008150"])) == {
            "HGNC:9955",
            "FPLX:NFkappaB",
            "GO:0008150",
        }
        assert len(view.relations()) == 2
    assert sound(store)


def test_what_the_graph_knows_of_an_entity_stays(seeded: GraphStore) -> None:
    with seeded.view() as view:
        before = view.entities(["GO:0001837"])["GO:0001837"]
        relations = view.relations(["FPLX:NFkappaB"])
    put(seeded, ONE)
    with seeded.view() as view:
        assert view.entities(["GO:0001837"])["GO:0001837"] == before
        assert set(relations) <= set(view.relations(["FPLX:NFkappaB"]))


def test_the_same_again_changes_nothing(store: GraphStore) -> None:
    put(store, ONE)
    head, rows = store.head(), list(store.dump())
    report = put(store, ONE)
    assert fates(report) == {"unchanged": 1}
    assert report.extracted.articles == 0
    assert again(store).extracted.taken == Taken(again=2)
    assert (store.head(), list(store.dump())) == (head, rows)


def test_without_extraction_none_are_there_until_the_article_is_read(store: GraphStore) -> None:
    ingest(store, [Item("test", 1, None, record=ONE)], actor="ann")
    assert claims(store) == []
    assert again(store).extracted.taken == Taken(new=2)
    assert len(claims(store)) == 2
    assert sound(store)


def test_a_newer_version_adds_a_line_to_what_it_finds_again(store: GraphStore) -> None:
    put(store, ONE)
    before = [claim.id for claim in claims(store)]
    report = again(store, TinyReader(version="2", confidence=0.6))
    assert report.extracted.taken == Taken(again=2)
    assert [claim.id for claim in claims(store)] == before
    assert {tuple(versions(claim)) for claim in claims(store)} == {(("rules", "1"), ("rules", "2"))}
    assert {claim.confidence for claim in claims(store)} == {0.6}


def test_what_is_no_longer_found_is_superseded_and_what_is_found_again_comes_back(
    store: GraphStore,
) -> None:
    put(store, ONE)
    report = again(store, TinyReader(version="2", verbs=("induces",)))
    assert report.extracted.taken == Taken(again=1, dropped=1)
    kept, gone = claims(store)
    assert (kept.status, gone.status) == (Status.CANDIDATE, Status.SUPERSEDED)
    assert (gone.superseded_by, gone.edges) == ((), ())
    assert sound(store)
    head = store.head()
    assert again(store, TinyReader(version="2", verbs=("induces",))).extracted.taken.dropped == 0
    assert store.head() == head
    assert again(store, TinyReader(version="3")).extracted.taken == Taken(again=2)
    assert [claim.status for claim in claims(store)] == [Status.CANDIDATE] * 2
    assert all(claim.edges for claim in claims(store))
    assert sound(store)


def test_a_candidate_in_other_words_takes_the_place_of_the_old_one(store: GraphStore) -> None:
    put(store, record("A title.", "Now p65 induces EMT.", ids=("PMID:1",)))
    (old,) = claims(store)
    report = again(store, TinyReader(version="2", quote_all=True))
    assert report.extracted.taken == Taken(new=1, dropped=1)
    status = {claim.id: claim for claim in claims(store)}
    (new,) = (claim for claim in status.values() if claim.id != old.id)
    assert status[old.id].superseded_by == (new.id,)
    assert new.status is Status.CANDIDATE
    assert sound(store)


@pytest.mark.parametrize("verdict", [DecisionType.ACCEPT, DecisionType.REJECT])
def test_what_a_curator_judged_stays_as_it_is(store: GraphStore, verdict: DecisionType) -> None:
    put(store, ONE)
    first, second = claims(store)
    reason = "The sentence says otherwise." if verdict is DecisionType.REJECT else None
    decide(store, second.id, DecisionRequest(type=verdict, reason=reason), actor="cur")
    report = again(store, TinyReader(version="2", verbs=()))
    assert report.extracted.taken == Taken(dropped=1)
    judged = next(claim for claim in claims(store) if claim.id == second.id)
    assert judged.status == {"accept": "accepted", "reject": "rejected"}[verdict]
    # In other words it is the same claim, not a new candidate beside a judged one.
    wide = TinyReader(version="3", quote_all=True, verbs=("reverses",))
    assert again(store, wide).extracted.taken == Taken(recognised=1)
    assert [claim.id for claim in claims(store)] == [first.id, second.id]
    judged = claims(store)[1]
    assert versions(judged) == [("rules", "1"), ("rules", "3")]
    assert judged.quotes == second.quotes
    assert sound(store)


def test_a_superseded_candidate_can_be_accepted_and_the_undo_supersedes_it_again(
    store: GraphStore,
) -> None:
    put(store, ONE)
    again(store, TinyReader(version="2", verbs=("induces",)))
    gone = claims(store)[1]
    accepted = decide(store, gone.id, DecisionRequest(type=DecisionType.ACCEPT), actor="cur")
    assert accepted.status is Status.ACCEPTED
    assert accepted.edges
    with store.view() as view:
        (made,) = view.decisions_on([gone.id])[gone.id]
    undo = DecisionRequest(type=DecisionType.UNDO, decision=made.id)
    undone = decide(store, gone.id, undo, actor="cur")
    assert (undone.status, undone.edges) == (Status.SUPERSEDED, ())
    assert sound(store)


class Model:
    """A second reader that finds one claim, or fails."""

    name = "model"
    version = "m1"

    def __init__(self, failure: str | None = None) -> None:
        self.failure = failure

    def read(self, document: Document) -> tuple[Candidate, ...]:
        return self.read_counted(document).candidates

    def read_counted(self, document: Document) -> Counted:
        usage = Usage(requests=1, input_tokens=10, output_tokens=5, cost=0.25)
        if self.failure:
            return Counted(failure=self.failure, usage=usage)
        found = TinyReader(name="model", version="m1", confidence=0.5, verbs=("reverses",))
        return Counted(candidates=found.read(document), usage=usage)


def both(model: Model, rules: TinyReader) -> ReadingHere:
    return ReadingHere(lambda: Pipeline(TinyGrounder(), TinyLexicon(), (rules,), model))


def test_a_claim_that_another_reader_found_waits_for_that_reader(store: GraphStore) -> None:
    blind = TinyReader(verbs=("induces",))
    start = partial(both(Model(), blind).start, model=True)
    report = ingest(store, [Item("test", 1, None, record=ONE)], actor="ann", start=start)
    assert report.extracted.taken == Taken(new=2)
    assert report.extracted.usage.cost == 0.25
    # The rules alone, and then with a model that fails: neither says anything of its claim.
    assert again(store, blind).extracted.taken == Taken(again=1)
    failing = partial(both(Model("it could not be reached"), blind).start, model=True)
    failed = reread(store, failing, actor="ann")
    assert failed.extracted.taken == Taken(again=1)
    assert [each.reason for each in failed.errors] == ["not read by model: it could not be reached"]
    assert [claim.status for claim in claims(store)] == [Status.CANDIDATE] * 2
    # Where both say it, both lines stand, and the confidence says so.
    assert reread(
        store, partial(both(Model(), TinyReader()).start, model=True), actor="ann"
    ).extracted.taken == Taken(again=2)
    agreed = claims(store)[1]
    assert {each.reader for each in agreed.extractions} == {"rules", "model"}
    assert agreed.confidence == pytest.approx(0.85)


def test_a_failing_model_leaves_the_rules_claims_and_a_note(store: GraphStore) -> None:
    start = partial(both(Model("it answered with status 500"), TinyReader()).start, model=True)
    report = ingest(store, [Item("a.xml", 4, 9, record=ONE)], actor="ann", start=start)
    assert fates(report) == {"created": 1}
    assert len(claims(store)) == 2
    (note,) = report.errors
    assert (note.source, note.record, note.line) == ("a.xml", 4, 9)
    assert note.reason == "stored, but not read by model: it answered with status 500"
    assert report.extracted.failed == {"model": 1}


def test_a_fault_of_a_reader_is_told_and_the_article_is_stored(store: GraphStore) -> None:
    faulty = record("Second.", f"{FAULTY} p65 induces EMT.", ids=("PMID:2",))
    report = put(store, ONE, faulty)
    assert fates(report) == {"created": 2}
    assert len(claims(store)) == 2
    assert claims(store, "PMID:2") == []
    assert "an internal error" in report.errors[0].reason


def test_two_records_of_one_article_in_one_batch(store: GraphStore) -> None:
    """The second gives the article a text that nobody foresaw; it is read all the same."""
    newer = record("A title.", "Now p65 induces EMT.", ids=("PMID:1",), version=2)
    page = record("Another title.", None, ids=("PMID:1",), kind=DocumentFormat.MEDLINE, version=3)
    report = put(store, ONE, newer, page)
    assert fates(report) == {"created": 1, "updated": 2}
    assert store.head().number == 1
    (claim,) = claims(store)
    with store.view() as view:
        text = article(view, "PMID:1").text
    assert text == "Another title.\nNow p65 induces EMT."
    assert claim.quotes[0].span is not None
    assert claim.quotes[0].span.matches(text)
    assert report.extracted.articles == 1
    assert sound(store)


def test_a_new_text_supersedes_the_candidates_of_the_old_one(store: GraphStore) -> None:
    put(store, ONE)
    accepted = claims(store)[1]
    decide(store, accepted.id, DecisionRequest(type=DecisionType.ACCEPT), actor="cur")
    revised = record(
        "A title.", "Corrected. p65 inhibition reverses EMT.", ids=("PMID:1",), version=2
    )
    report = put(store, revised)
    assert report.extracted.taken == Taken(recognised=1, dropped=1)
    by_id = {claim.id: claim for claim in claims(store)}
    assert len(by_id) == 2
    assert by_id[accepted.id].status is Status.ACCEPTED
    assert [quote.verified for quote in by_id[accepted.id].quotes] == [True]
    assert sound(store)


def test_two_articles_with_one_text_do_not_take_each_others_claims(store: GraphStore) -> None:
    twin = record("A title.", "p65 induces EMT. p65 inhibition reverses EMT.", ids=("PMID:2",))
    put(store, ONE)
    owner = [claim.article for claim in claims(store)]
    put(store, twin)
    again(store, TinyReader(version="2"))
    assert [claim.article for claim in claims(store)] == owner == ["PMID:1"] * 2
    assert claims(store, "PMID:2") == []
    assert sound(store)


class SeedReader:
    """Reads a seed claim, with its quote cut short: the same claim in other words."""

    name = "rules"
    version = "1"

    def read(self, document: Document) -> tuple[Candidate, ...]:
        found = []
        for group in read_seeds().claims:
            for each in group.claims:
                if each.claim.text_sha256 != document.sha256:
                    continue
                (quote, *_) = each.claim.quotes
                assert quote.start is not None
                wider = (
                    Quote(
                        text=document.text[quote.start - 1 : quote.end],
                        start=quote.start - 1,
                        end=quote.end,
                        sha256=document.sha256,
                        verified=True,
                    )
                    if quote.start
                    else quote
                )
                claim = each.claim.model_copy(update={"quotes": (wider,)})
                extraction = Extraction(reader="rules", version="1", confidence=0.7)
                found.append(Candidate(claim=claim, extraction=extraction))
        return tuple(found)


def test_the_seed_abstract_gives_no_double_of_a_curated_claim(seeded: GraphStore) -> None:
    seed = read_seeds().articles[0].record
    touched = seed.model_copy(update={"version": 2})
    reads = ReadingHere(lambda: Pipeline(TinyGrounder(), TinyLexicon(), (SeedReader(),)))
    report = ingest(seeded, [Item("test", 1, None, record=touched)], actor="ann", start=reads.start)
    assert report.extracted.taken.new == 0
    assert report.extracted.taken.recognised + report.extracted.taken.again == 18
    with seeded.view() as view:
        assert view.counts().claims == {Status.ACCEPTED: 18}
    c5 = next(claim for claim in claims(seeded, "15314694") if claim.id == seed_claim("C5").id)
    assert [each.reader for each in c5.extractions] == ["curation", "rules"]
    assert c5.confidence == 1.0
    assert sound(seeded)


def test_an_imported_claim_without_a_reader_is_never_dropped(store: GraphStore) -> None:
    (other,) = TinyReader(name="imported", verbs=("induces",)).read(
        Document(
            text="A title.\np65 induces EMT. p65 inhibition reverses EMT.",
            title_end=8,
            mentions=TinyGrounder().mentions(
                "A title.\np65 induces EMT. p65 inhibition reverses EMT."
            ),
        )
    )

    def work(writer: object) -> None:
        stored = store_record(writer, ONE)  # type: ignore[arg-type]
        writer.put_claim(stored.article_id, other.claim)  # type: ignore[attr-defined]

    store.write("ann", "import", work)
    assert again(store, TinyReader(verbs=())).extracted.taken == Taken()
    assert [claim.status for claim in claims(store)] == [Status.CANDIDATE]


def test_reread_takes_identifiers_and_batches(store: GraphStore) -> None:
    def records() -> Iterable[Record]:
        for number in range(1, 6):
            yield record(f"T{number}.", "p65 induces EMT.", ids=(f"PMID:{number}",))

    items = [Item("t", n, None, record=each) for n, each in enumerate(records(), 1)]
    ingest(store, items, actor="ann")
    start = reading().start
    one = reread(store, start, actor="ann", identifiers=["PMID:3", "3"])
    assert (one.done, one.extracted.taken) == (1, Taken(new=1))
    seen: list[int] = []
    every = reread(store, start, actor="ann", batch=2, progress=lambda step: seen.append(step.done))
    assert (every.done, seen) == (5, [2, 4, 5])
    assert every.extracted.taken == Taken(new=4, again=1)


def test_parts_of_an_abstract_are_one_text(store: GraphStore) -> None:
    citation = ONE.citation.model_copy(
        update={"abstract": (AbstractPart(text="p65 induces EMT.", label="RESULTS"),)}
    )
    put(store, ONE.model_copy(update={"citation": citation}))
    (claim,) = claims(store)
    assert claim.quotes[0].start == len("A title.\nRESULTS: ")
