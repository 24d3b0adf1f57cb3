"""The write-side use cases give one graph on every engine."""

from pathlib import Path

from app.graph.port import GraphStore, GraphView
from app.graph.sqlite import open_sqlite
from app.ingest import read
from app.ingest.kgx import KgxGraph
from app.model.account import JobStatus
from app.model.answer import InterventionQuestion, NamedEntity
from app.model.consequence import ConsequenceQuestion
from app.model.decision import DecisionRequest
from app.model.vocabulary import Effect, Sign, Status
from app.services import jobs
from app.services.claims import ClaimQuery, claim_list, claims_of_article, history
from app.services.consequences import consequences
from app.services.curation import decide
from app.services.entities import resolve, search
from app.services.importing import import_graph
from app.services.ingest import ingest
from app.services.ingest_job import INGEST, ingest_work, submit_ingest
from app.services.job_runner import JobRunner
from app.services.reasoning import Reasoner
from app.services.rereading import reread
from app.services.seeds import load_seeds
from app.services.why import why
from tests.ingest.kgx.pairs import pair
from tests.services.test_candidates import put, reading
from tests.services.test_importing import CAUSES
from tests.services.test_ingest import record
from tests.support.factories import paper
from tests.support.seeded import changed, seed_claim
from tests.support.tiny_reader import TinyReader

SEED = Path(__file__).resolve().parents[1] / "data" / "seed"


def statuses(store: GraphStore) -> dict[str, tuple[Status, tuple[str, ...], int]]:
    with store.view() as view:
        claims = claim_list(view, ClaimQuery(), limit=100).items
    return {claim.id: (claim.status, claim.superseded_by, len(claim.edges)) for claim in claims}


def decide_on_all_sorts(store: GraphStore) -> None:
    """Reject, correct, undo, merge and link, on the seeds."""
    c5, c6, c1, c8 = (seed_claim(name).id for name in ("C5", "C6", "C1", "C8"))

    def do(claim_id: str, actor: str, **body: object) -> None:
        decide(store, claim_id, DecisionRequest.model_validate(body), actor=actor)

    new = changed(seed_claim("C5"), strength="complete")
    do(c8, "ann", type="reject", reason="not shown")
    do(c5, "ann", type="correct", claims=[new.model_dump(mode="json")])
    with store.view() as view:
        correction = history(view, c5)[-1].id
    do(c5, "bob", type="undo", decision=correction)
    do(c6, "ann", type="merge", into=c1)
    do(c1, "bob", type="link", link={"type": "refines", "claim": c8})


def test_decisions_give_what_they_give_on_sqlite(store: GraphStore, tmp_path: Path) -> None:
    oracle = open_sqlite(f"sqlite:///{tmp_path / 'oracle.db'}")
    for each in (store, oracle):
        assert load_seeds(each).changed is True
        assert load_seeds(each).changed is False
        decide_on_all_sorts(each)
    assert statuses(store) == statuses(oracle)
    with store.view() as here, oracle.view() as there:
        assert here.counts() == there.counts()
    oracle.close()


def test_a_paper_by_authors_of_two_others_takes_nothing_from_a_belief(
    store: GraphStore, tmp_path: Path
) -> None:
    papers = [
        paper(1, authors=("Ann",)), paper(2, authors=("Bob",)), paper(3, authors=("Ann", "Bob")),
    ]  # fmt: skip
    store.write("ada", "papers", lambda writer: [each.put(writer) for each in papers])
    told = [{**CAUSES, "id": f"e{n}", "publications": f"PMID:{n}"} for n in (1, 2, 3)]
    reasoner = Reasoner(store)
    question = InterventionQuestion(
        outcome=NamedEntity(id="HGNC:2", name="BBB"), effect=Effect.PROMOTES
    )
    found = []
    for count in (2, 3):
        import_graph(store, KgxGraph(pair(tmp_path, told[:count])), actor="ada")
        (answer,) = reasoner.interventions(question).interventions
        found.append((answer.belief, answer.papers, answer.independent_papers))
    assert found == [(0.455, 2, 2), (0.455, 3, 2)]

    (explained,) = why(store, reasoner, question, NamedEntity(id="HGNC:1", name="AAA")).answers
    (link,) = explained.links
    counting = {one.claim for one in link.claims if one.counts}
    assert (link.together, len(counting)) == (0.91, 2)
    assert [one.instead in counting for one in link.claims if not one.counts] == [True]


def test_the_seed_is_one_article_from_every_source(store: GraphStore) -> None:
    load_seeds(store)
    for name in ("page.txt", "article.xml", "article.nbib", "article.json", "page.txt"):
        ingest(store, read(SEED / name, name=name), actor="ann")
    with store.view() as view:
        counts = view.counts()
    assert (counts.articles, counts.claims) == (1, {Status.ACCEPTED: 18})


def test_names_are_found_in_the_same_order(store: GraphStore, tmp_path: Path) -> None:
    oracle = open_sqlite(f"sqlite:///{tmp_path / 'oracle.db'}")
    load_seeds(store)
    load_seeds(oracle)
    with store.view() as here, oracle.view() as there:
        for query in ("EMT", "epithelial", "metastasys", "nf kb", "IκBα", "TGF"):
            assert search(here, query) == search(there, query)
        assert resolve(here, "NFκB").id == "FPLX:NFkappaB"
    oracle.close()


def test_links_of_candidates_come_and_go_with_readings(store: GraphStore) -> None:
    text = "p65 inhibition reverses EMT."
    one = record(text, f"{text} Thus {text}", ids=("PMID:1",))
    put(store, one, reads=reading(TinyReader(stances=True)))
    with store.view() as view:
        before = {each.id: each.links for each in claims_of_article(view, article_of(view))}
    assert sorted(link.type.value for links in before.values() for link in links) == [
        "inferred_from", "summarises", "summarises",
    ]  # fmt: skip
    head = store.head().number
    reread(store, reading(TinyReader(stances=True)).start, actor="ann")
    assert store.head().number == head
    reread(store, reading(TinyReader(verbs=(), version="2")).start, actor="ann")
    reread(store, reading(TinyReader(stances=True)).start, actor="ann")
    with store.view() as view:
        after = {each.id: each.links for each in claims_of_article(view, article_of(view))}
    assert after == before


def article_of(view: GraphView) -> str:
    return view.article_ids(["PMID:1"])["PMID:1"]


def test_a_job_runs(store: GraphStore) -> None:
    body = (SEED / "article.xml").read_bytes()
    queued = submit_ingest(store.accounts, body, owner="ann")
    assert JobRunner(store.accounts, {INGEST: ingest_work(store)}).run_waiting() == 1
    done = jobs.job(store.accounts, queued.id)
    assert (done.status, done.counts) == (JobStatus.SUCCEEDED, {"created": 1})


def test_consequences_are_those_of_sqlite(store: GraphStore, tmp_path: Path) -> None:
    oracle = open_sqlite(f"sqlite:///{tmp_path / 'oracle.db'}")
    question = ConsequenceQuestion(
        target=NamedEntity(id="FPLX:NFkappaB", name="NF-kappaB"), direction=Sign.NEGATIVE
    )
    found = []
    for one in (store, oracle):
        load_seeds(one)
        answer = consequences(one, Reasoner(one), question)
        found.append(answer.model_dump(mode="json", exclude={"snapshot"}))
    oracle.close()
    assert found[0]["total"] == 4
    assert found[0] == found[1]
