"""Articles from PubMed: what is fetched, what is not fetched again, and what can't be."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.graph.port import GraphStore
from app.ingest.entrez import Access, Entrez
from app.model.account import Job, JobStatus
from app.model.article import Article
from app.model.errors import BadInput, Unavailable
from app.model.fetch import FetchRequest
from app.services import fetching, jobs
from app.services.fetch_job import FETCH, fetch_work, submit_fetch
from app.services.fetching import FetchPlan, TooManyHits, fetched, plan
from app.services.ingest import Fate, IngestReport, ingest
from app.services.job_runner import JobRunner
from tests.support.entrez_server import BROKEN, LIMITED, LOST, EntrezServer, Fault, entrez_server

UNKNOWN = "99000001"


@pytest.fixture(scope="module")
def files(shared_dir: Path) -> list[Path]:
    return sorted((shared_dir / "data" / "pubmed").glob("pubmed21n*.xml.gz"))


@pytest.fixture
def server(files: list[Path]) -> Iterator[EntrezServer]:
    with entrez_server(*files) as running:
        yield running


def take(
    store: GraphStore, server: EntrezServer, most: int = 1000, **request: object
) -> tuple[FetchPlan, IngestReport]:
    """Fetch within a session that does not wait; return the plan, and what became of it."""
    entrez = Entrez(Access(base_url=server.url, api_key="k"))
    with entrez.session(lambda _: None) as pubmed:
        planned = plan(store, pubmed, FetchRequest(**request), most)  # type: ignore[arg-type]
        return planned, ingest(store, fetched(pubmed, planned), actor="ann", message="fetch")


def revise(server: EntrezServer, pmid: str, year: int, title: str) -> None:
    """Let PubMed revise a record at the first of May."""
    before = server.records[pmid]
    start, end = before.index(b"<DateRevised>"), before.index(b"</DateRevised>")
    day = f"<DateRevised><Year>{year}</Year><Month>05</Month><Day>01</Day>".encode()
    after = before[:start] + day + before[end:]
    start, end = after.index(b"<ArticleTitle>"), after.index(b"</ArticleTitle>")
    after = after[:start] + b"<ArticleTitle>" + title.encode() + after[end:]
    server.hold_xml(b"<PubmedArticleSet>" + after + b"</PubmedArticleSet>")


def article_of(store: GraphStore, pmid: str) -> Article:
    with store.view() as view:
        found = view.article_ids([f"PMID:{pmid}"])
        return view.articles(list(found.values())).popitem()[1]


def test_what_is_there_and_unrevised_is_not_fetched_again(
    store: GraphStore, server: EntrezServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "BATCH", 50)
    every = tuple(server.records)
    planned, report = take(store, server, pmids=(*every[:120], f"PMID:{every[0]}"))
    assert (planned.total, report.counts) == (120, {Fate.CREATED: 120})
    assert [utility for utility, _ in server.asked] == ["epost", "efetch", "efetch", "efetch"]
    assert sorted(server.fetched()) == sorted(every[:120])
    head = store.head().number

    server.asked.clear()
    planned, report = take(store, server, pmids=every[:130])
    assert planned.unrevised == 120
    assert server.fetched() == list(every[120:130])
    assert report.counts == {Fate.CREATED: 10}

    # Revised at PubMed since: fetched again, and nothing else is.
    server.asked.clear()
    revise(server, every[3], 2024, "A better title.")
    planned, report = take(store, server, pmids=every[:130])
    assert (server.fetched(), planned.unrevised) == ([every[3]], 129)
    assert report.counts == {Fate.UPDATED: 1}
    article = article_of(store, every[3])
    assert (article.text, article.revised) == ("A better title.", date(2024, 5, 1))
    assert store.head().number == head + 2
    assert store.head().message == "fetch"

    server.asked.clear()
    planned, report = take(store, server, pmids=every[:3], again=True)
    assert server.fetched() == list(every[:3])
    assert report.counts == {Fate.UNCHANGED: 3}


def test_pmids_that_pubmed_lacks_are_told_one_by_one(
    store: GraphStore, server: EntrezServer
) -> None:
    known, gone, *_ = server.records
    take(store, server, pmids=(gone,))
    del server.records[gone]
    _, report = take(store, server, pmids=(UNKNOWN, known, gone))
    assert report.counts == {Fate.CREATED: 1, Fate.FAILED: 2}
    assert [error.reason.split(" is not in PubMed")[0] for error in report.errors] == [
        f"PMID:{gone}",
        f"PMID:{UNKNOWN}",
    ]
    # What is in the graph stays: it may have been a slip of the server.
    assert article_of(store, gone) is not None


def test_a_query_takes_its_set_from_the_history_server(
    store: GraphStore, server: EntrezServer
) -> None:
    planned, report = take(store, server, query="cancer[tiab]")
    assert planned.hits == report.counts[Fate.CREATED] > 3
    assert "epost" not in [utility for utility, _ in server.asked]
    server.asked.clear()
    planned, report = take(store, server, query="cancer[tiab]")
    assert (planned.unrevised, report.done, server.fetched()) == (planned.hits, 0, [])


def test_too_many_hits_are_not_fetched_unasked(store: GraphStore, server: EntrezServer) -> None:
    with pytest.raises(TooManyHits, match="hits, more than the 10 that are fetched") as error:
        take(store, server, most=10, query="the")
    assert server.fetched() == []
    newest = sorted(server.records, key=int, reverse=True)
    planned, _ = take(store, server, most=10, query="the", limit=12)
    assert planned.hits == error.value.hits
    assert set(server.fetched()) == set(planned.wanted) < set(newest)
    assert len(planned.wanted) == 12
    # And beyond what one search gives out.
    server.most = 20
    server.asked.clear()
    planned, report = take(store, server, most=10, query="the", limit=70)
    assert (planned.unrevised, report.counts) == (12, {Fate.CREATED: 58})


def test_a_query_without_hits_is_no_error(store: GraphStore, server: EntrezServer) -> None:
    planned, report = take(store, server, query="zzyzx")
    assert (planned.hits, report.done) == (0, 0)
    assert planned.remarks


def test_faults_on_the_way_lose_nothing(
    store: GraphStore, server: EntrezServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "BATCH", 40)
    cut = Fault(cut=True, only="efetch")
    server.faults = [LIMITED, LOST, cut, BROKEN, LOST]
    every = tuple(server.records)
    _, report = take(store, server, pmids=every)
    assert server.faults == []
    assert report.counts == {Fate.CREATED: len(every)}
    assert [utility for utility, _ in server.asked].count("epost") == 3


def test_a_set_that_is_forgotten_again_and_again(store: GraphStore, server: EntrezServer) -> None:
    server.faults = [LOST] * 9
    with pytest.raises(Unavailable, match="Cannot retrieve history data"):
        take(store, server, pmids=tuple(server.records)[:3])


def test_a_book_is_named_and_not_missing(store: GraphStore, server: EntrezServer) -> None:
    book = b"<PubmedBookArticle><BookDocument><PMID>77</PMID></BookDocument></PubmedBookArticle>"
    server.records["77"] = book
    _, report = take(store, server, pmids=("77",))
    assert [error.reason for error in report.errors] == [
        "book articles (PubmedBookArticle) are not read: PMID 77"
    ]


@pytest.mark.parametrize(
    "fields", [{}, {"pmids": ["1"], "query": "x"}, {"pmids": ["x1"]}, {"pmids": ["1"], "limit": 3},
               {"query": " "}, {"query": "x", "limit": 0}],
)  # fmt: skip
def test_requests_that_say_nothing_or_too_much(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"either|pattern|limit|greater"):
        FetchRequest.model_validate(fields)


def run_job(store: GraphStore, server: EntrezServer, most: int = 1000, **fields: object) -> Job:
    entrez = Entrez(Access(base_url=server.url, api_key="k", attempts=2))
    request = FetchRequest(**fields)  # type: ignore[arg-type]
    queued = submit_fetch(store.accounts, request, owner="ann")
    JobRunner(store.accounts, {FETCH: fetch_work(store, entrez, most)}).run_waiting()
    return jobs.job(store.accounts, queued.id)


def test_a_job_says_what_became_of_each(store: GraphStore, server: EntrezServer) -> None:
    every = tuple(server.records)
    done = run_job(store, server, pmids=(*every[:5], UNKNOWN))
    assert (done.status, done.done, done.total) == (JobStatus.SUCCEEDED, 6, 6)
    assert done.counts == {"created": 5, "failed": 1}
    assert len(done.result) == 5
    done = run_job(store, server, query="the", limit=30)
    assert done.counts["hits"] > 30
    assert done.parameters == {"query": "the"}
    head = store.head()
    assert (head.actor, head.message) == ("ann", f"job {done.id}: fetch")
    done = run_job(store, server, query="the", limit=30)
    assert done.counts["unrevised"] == 30
    assert done.status is JobStatus.SUCCEEDED


def test_a_job_that_can_t_be_done_says_why(store: GraphStore, server: EntrezServer) -> None:
    done = run_job(store, server, most=3, query="the")
    assert done.status is JobStatus.FAILED
    assert "more than the 3 that are fetched unasked" in (done.detail or "")
    server.faults = [LIMITED, LIMITED]
    done = run_job(store, server, query="the", limit=3)
    assert (done.status, done.detail) == (
        JobStatus.FAILED,
        "PubMed: API rate limit exceeded, 2 times",
    )


def test_a_job_that_was_cut_off_goes_on_where_it_was(
    store: GraphStore, server: EntrezServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "BATCH", 50)
    every = tuple(server.records)
    request = FetchRequest(pmids=(*every[:20], UNKNOWN))
    queued = submit_fetch(store.accounts, request, owner="ann")
    # What the first worker stored before it was killed, and told.
    take(store, server, pmids=every[:8])
    told = queued.model_copy(update={"done": 8, "counts": {"created": 8}})
    store.accounts.put_job(told)
    server.asked.clear()
    entrez = Entrez(Access(base_url=server.url, api_key="k"))
    JobRunner(store.accounts, {FETCH: fetch_work(store, entrez, 10)}).run_waiting()
    done = jobs.job(store.accounts, queued.id)
    assert server.fetched() == [*every[8:20], UNKNOWN]
    assert (done.done, done.total) == (21, 21)
    assert done.counts == {"created": 20, "failed": 1}


def test_a_wrong_query_is_refused(store: GraphStore, server: EntrezServer) -> None:
    server.faults = [
        Fault(body=b"<eSearchResult><ERROR>Empty term and query_key</ERROR></eSearchResult>")
    ]
    with pytest.raises(BadInput, match="Empty term"):
        take(store, server, query="()")
