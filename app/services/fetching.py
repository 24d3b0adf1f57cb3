"""Articles from PubMed: which are to be fetched, and the documents that are.

What is in the graph is asked for by its date alone: PubMed says which PMIDs it has, and which of
them it modified after the day that the stored record was revised. Only those are fetched.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from app.graph.port import GraphStore, GraphView
from app.ingest import Item, read
from app.ingest.entrez import HistoryLost, HistorySet, PubMed
from app.ingest.item import Place
from app.model.article import Article
from app.model.errors import BadInput, Unavailable
from app.model.fetch import FetchRequest
from app.model.vocabulary import DocumentFormat

SOURCE: Final = "PubMed"
"""What the documents' source is called in errors."""

BATCH: Final = 200
"""Records of one request."""

POSTED: Final = 5000
"""PMIDs that are put on the history server at once."""

_ASKED: Final = 200
_LOSSES: Final = 3
_RECORD = re.compile(rb"<(?:PubmedArticle|PubmedBookArticle|DeleteCitation)\b")


class TooManyHits(BadInput):
    """A query has more hits than are fetched unasked; ``hits`` says how many."""

    def __init__(self, hits: int, most: int) -> None:
        super().__init__(
            f"The query has {hits:,} hits, more than the {most:,} that are fetched unasked: "
            f"narrow it, or say how many with the limit ({hits} for all)."
        )
        self.hits = hits


@dataclass(frozen=True, slots=True)
class FetchPlan:
    """What is to be fetched.

    ``wanted`` are PMIDs (bare digits) in the order asked, ``posted`` their set on the history
    server where a search made it. ``unrevised`` counts those that are in the graph as PubMed has
    them, ``missing`` are those that PubMed does not have. ``hits`` is None where no query was
    made; ``remarks`` are PubMed's on it.
    """

    wanted: tuple[str, ...]
    unrevised: int = 0
    missing: tuple[str, ...] = ()
    hits: int | None = None
    remarks: tuple[str, ...] = ()
    posted: HistorySet | None = None

    @property
    def total(self) -> int:
        """How many documents, or errors in their place, there will be."""
        return len(self.wanted) + len(self.missing)


def plan(store: GraphStore, pubmed: PubMed, request: FetchRequest, most: int) -> FetchPlan:
    """Find out what is to be fetched; ``most`` hits of a query are fetched unasked.

    Raises TooManyHits, BadInput where PubMed refuses the query, and Unavailable.
    """
    found = _found(pubmed, request, most)
    if request.again:
        return found
    with store.view() as view:
        held = dict(_held(view, found.wanted))
    if not held:
        return found
    missing = () if request.query is not None else tuple(_missing(pubmed, held))
    revised = _revised(pubmed, held)
    kept = held.keys() - revised - set(missing)
    wanted = tuple(
        pmid for pmid in found.wanted if pmid not in held or pmid in revised.difference(missing)
    )
    posted = found.posted if len(wanted) == len(found.wanted) else None
    return replace(found, wanted=wanted, unrevised=len(kept), missing=missing, posted=posted)


def fetched(pubmed: PubMed, planned: FetchPlan) -> Iterator[Item]:
    """Yield the documents of a plan as they arrive, and an error for each PMID without one."""
    number = 0
    for pmid in planned.missing:
        number += 1
        yield _unknown(pmid, number)
    whole = planned.posted is not None and len(planned.wanted) <= POSTED
    for start in range(0, len(planned.wanted), POSTED):
        part = planned.wanted[start : start + POSTED]
        lacking = dict.fromkeys(part)
        for body in _bodies(pubmed, part, planned.posted if whole else None):
            for item in _read(body):
                number += 1
                for pmid in _pmids(item):
                    lacking.pop(pmid, None)
                yield replace(item, number=number, line=None)
        for pmid in lacking:
            number += 1
            yield _unknown(pmid, number)


def _found(pubmed: PubMed, request: FetchRequest, most: int) -> FetchPlan:
    if request.query is None:
        return FetchPlan(tuple(dict.fromkeys(map(bare, request.pmids))))
    hits = pubmed.search(request.query)
    if request.limit is None and hits.count > most:
        raise TooManyHits(hits.count, most)
    limit = request.limit if request.limit is not None else hits.count
    pmids: tuple[str, ...] = hits.pmids[:limit]
    if len(pmids) < min(limit, hits.count):
        pmids = tuple(_first(pubmed.search_all(request.query), limit))
    posted = hits.held if len(pmids) == hits.count else None
    return FetchPlan(pmids, hits=hits.count, remarks=hits.remarks, posted=posted)


def _first(parts: Iterable[Sequence[str]], limit: int) -> Iterator[str]:
    for part in parts:
        yield from part[:limit]
        limit -= min(limit, len(part))
        if not limit:
            return


def _held(view: GraphView, pmids: Sequence[str]) -> Iterator[tuple[str, date]]:
    """Yield the PMIDs whose record is in the graph, with the day of its last revision."""
    for start in range(0, len(pmids), POSTED):
        part = [f"PMID:{pmid}" for pmid in pmids[start : start + POSTED]]
        owners = view.article_ids(part)
        articles = view.articles(sorted(set(owners.values())))
        for curie in part:
            article = articles.get(owners.get(curie, ""))
            if article is not None and (day := _revised_on(article, curie)) is not None:
                yield bare(curie), day


def _revised_on(article: Article, curie: str) -> date | None:
    """Return when the article's record with this PMID was revised, if that is PubMed's XML."""
    whole = article.records[0] is DocumentFormat.PUBMED_XML
    return article.revised if whole and curie in article.citation.identifiers else None


def _missing(pubmed: PubMed, held: dict[str, date]) -> Iterator[str]:
    """Yield those of the PMIDs that PubMed does not have."""
    for part in _parts(sorted(held, key=int)):
        there = set(pubmed.search(_any_of(part)).pmids)
        yield from (pmid for pmid in part if pmid not in there)


def _revised(pubmed: PubMed, held: dict[str, date]) -> set[str]:
    """Return those of the PMIDs that PubMed modified after the day that is stored."""
    found: set[str] = set()
    for part in _parts(sorted(held, key=lambda pmid: (held[pmid], int(pmid)))):
        terms = (
            f'(({_any_of(list(same))}) AND ("{day + timedelta(days=1):%Y/%m/%d}"[MDAT] : '
            '"3000"[MDAT]))'
            for day, same in groupby(part, key=held.__getitem__)
        )
        found.update(pubmed.search(" OR ".join(terms)).pmids)
    return found & held.keys()


def _parts(pmids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(pmids), _ASKED):
        yield pmids[start : start + _ASKED]


def _any_of(pmids: Iterable[str]) -> str:
    return " OR ".join(f"{pmid}[UID]" for pmid in pmids)


def _bodies(pubmed: PubMed, pmids: Sequence[str], posted: HistorySet | None) -> Iterator[bytes]:
    """Yield sets of records; a set that the history server forgets is posted again."""
    held, base, start, losses = posted, 0, 0, 0
    while start < len(pmids):
        if held is None:
            held, base = pubmed.post(pmids[start:]), start
        try:
            body = pubmed.fetch(held, start - base, BATCH)
        except HistoryLost as error:
            losses += 1
            if losses > _LOSSES:
                raise Unavailable(SOURCE, f"{error}, {losses} times") from error
            held = None
            continue
        yield body
        start += BATCH


def _read(body: bytes) -> Iterator[Item]:
    if _RECORD.search(body):
        yield from read(body, name=SOURCE, format=DocumentFormat.PUBMED_XML)


def _pmids(item: Item) -> Iterator[str]:
    if item.record is not None:
        yield from (bare(c) for c in item.record.citation.identifiers if c.startswith("PMID:"))
    yield from map(bare, item.pmids)


def bare(pmid: str) -> str:
    """Return a PMID's digits."""
    return pmid.removeprefix("PMID:")


def _unknown(pmid: str, number: int) -> Item:
    return Place(SOURCE, number).fault(
        f"PMID:{pmid} is not in PubMed: it was never given, or its record was withdrawn"
    )
