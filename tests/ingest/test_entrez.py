"""The E-utilities on bad days: asked within the rate, again where that helps, never leaking."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.ingest.entrez import Access, Entrez, HistoryLost, PubMed
from app.model.errors import BadInput, Unavailable
from tests.support import entrez_server as served
from tests.support.entrez_server import EntrezServer, Fault, entrez_server

KEY = "s3cret"


@pytest.fixture(scope="module")
def files(shared_dir: Path) -> list[Path]:
    return sorted((shared_dir / "data" / "pubmed").glob("pubmed21n100[0-2].xml.gz"))


@pytest.fixture
def server(files: list[Path]) -> Iterator[EntrezServer]:
    with entrez_server(*files) as running:
        yield running


def asking(server: EntrezServer, waits: list[float], **access: object) -> Iterator[PubMed]:
    given: dict[str, object] = {"api_key": KEY, "email": "lab@example.org", **access}
    with Entrez(Access(base_url=server.url, **given)).session(waits.append) as pubmed:  # type: ignore[arg-type]
        yield pubmed


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def pubmed(server: EntrezServer, waits: list[float]) -> Iterator[PubMed]:
    yield from asking(server, waits)


def test_a_request_names_who_asks_and_holds_the_key_in_its_body_alone(
    server: EntrezServer, pubmed: PubMed, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        hits = pubmed.search("cancer")
        body = pubmed.fetch(pubmed.post(hits.pmids[:3]), 0, 200)
    assert hits.count == len(hits.pmids) > 3
    assert body.count(b"<PubmedArticle>") == 3
    for _, fields in server.asked:
        named = {name: fields[name] for name in ("db", "tool", "email", "api_key")}
        assert named == {
            "db": "pubmed",
            "tool": "evipath",
            "email": "lab@example.org",
            "api_key": KEY,
        }
    assert [utility for utility, _ in server.asked] == ["esearch", "epost", "efetch"]
    assert KEY not in caplog.text + " ".join(server.lines) + repr(Access(api_key=KEY))


@pytest.mark.parametrize(
    "fault",
    [served.LIMITED, served.BROKEN, served.BAD_GATEWAY, served.CUT, served.BACKEND,
     Fault(200, b'{"error":"API rate limit exceeded"}'), Fault(200, b"<html><p>Sorry.</html>"),
     Fault(503), Fault(200, b"<eSearchResult><Count>3</Count><IdLi"), Fault(200, b"")],
)  # fmt: skip
def test_what_passes_is_asked_again(
    server: EntrezServer, pubmed: PubMed, waits: list[float], fault: Fault
) -> None:
    server.faults = [fault, fault]
    assert pubmed.search("cancer").count > 3
    if fault is served.LIMITED:
        assert waits == [2.0, 2.0]
    else:
        assert 1 <= waits[0] <= 1.5
        assert 2 <= waits[1] <= 3


def test_it_is_not_asked_for_ever(server: EntrezServer, pubmed: PubMed, waits: list[float]) -> None:
    server.faults = [served.LIMITED] * 9
    with pytest.raises(Unavailable, match="PubMed: API rate limit exceeded, 6 times") as error:
        pubmed.search("cancer")
    assert len(server.times) == 6
    assert KEY not in str(error.value)
    server.faults = [Fault(503, headers={"Retry-After": "86400"})]
    with pytest.raises(Unavailable, match="asks to come again in 86400 s"):
        pubmed.search("cancer")


def test_a_wrong_key_is_said_at_once_and_not_repeated(
    server: EntrezServer, pubmed: PubMed, waits: list[float]
) -> None:
    server.faults = [Fault(400, f'{{"error":"API key invalid: {KEY}"}}'.encode())]
    with pytest.raises(BadInput, match="PubMed refuses the request: API key invalid") as error:
        pubmed.search("cancer")
    assert KEY not in str(error.value)
    assert (waits, len(server.times)) == ([], 1)


def test_a_server_that_is_not_there(waits: list[float]) -> None:
    access = Access(base_url="http://127.0.0.1:9", attempts=2)
    with (
        Entrez(access).session(waits.append) as pubmed,
        pytest.raises(Unavailable, match="can't be reached"),
    ):
        pubmed.search("cancer")
    assert len(waits) == 1


def test_what_the_history_server_forgot_is_told_apart(server: EntrezServer, pubmed: PubMed) -> None:
    held = pubmed.post(["1"])
    server.faults = [served.LOST]
    with pytest.raises(HistoryLost):
        pubmed.fetch(held, 0, 200)
    # Nothing of the set is a record: an answer, not an error.
    assert b"<PubmedArticle>" not in pubmed.fetch(held, 0, 200)


def test_a_search_without_hits_says_what_it_does_not_know(pubmed: PubMed) -> None:
    hits = pubmed.search("zzyzx[tiab]")
    assert (hits.count, hits.pmids) == (0, ())
    assert hits.remarks[0] == "PubMed does not know the phrase 'zzyzx[tiab]'"


def test_more_hits_than_a_search_gives_out_come_by_ranges_of_pmids(
    server: EntrezServer, pubmed: PubMed
) -> None:
    every = sorted(server.records, key=int, reverse=True)
    server.most = 20
    assert len(pubmed.search("the").pmids) == 20
    server.asked.clear()
    found = [pmid for part in pubmed.search_all("the OR a") for pmid in part]
    assert found == [pmid for pmid in every if pmid in set(found)]
    assert len(found) == pubmed.search("the OR a").count > 60
    assert all("(the OR a) AND " in fields["term"] for _, fields in server.asked[:-1])


@pytest.mark.parametrize(("key", "allowed"), [(None, 3), (KEY, 10)])
def test_no_second_sees_more_requests_than_are_allowed(
    server: EntrezServer, waits: list[float], key: str | None, allowed: int
) -> None:
    for pubmed in asking(server, waits, api_key=key):
        for _ in range(allowed + 2):
            pubmed.search("cancer")
    first, last = server.times[0], server.times[allowed]
    # The clocks of both sides differ by what lies on the way.
    assert last - first > 0.9
