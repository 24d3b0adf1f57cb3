"""What is asked of PubMed: which PMIDs a query finds, and the records of PMIDs."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import httpx

from app.ingest.entrez.access import Access
from app.ingest.entrez.answers import (
    HistorySet,
    Hits,
    read_hits,
    read_posted,
    read_records,
)
from app.ingest.entrez.calling import Caller, Rate

MOST_HITS: Final = 9_999
"""Hits of one search whose PMIDs PubMed gives out."""

HIGHEST: Final = 99_999_999
"""No PMID is higher."""


class PubMed:
    """PubMed within one session."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def search(self, query: str) -> Hits:
        """Search; at most :data:`MOST_HITS` PMIDs come with the count. BadInput, Unavailable."""
        fields = {"term": query, "usehistory": "y", "retmax": str(MOST_HITS), "retmode": "xml"}
        return self._caller.call("esearch", fields, read_hits)

    def search_all(self, query: str) -> Iterator[tuple[str, ...]]:
        """Yield the PMIDs of all hits, however many: highest first, a range of PMIDs at a time."""
        waiting = [(1, HIGHEST)]
        while waiting:
            low, high = waiting.pop()
            hits = self.search(f"({query}) AND {low}:{high}[UID]")
            if hits.count <= len(hits.pmids) or low == high:
                yield tuple(sorted(hits.pmids, key=int, reverse=True))
                continue
            middle = (low + high) // 2
            waiting += [(low, middle), (middle + 1, high)]

    def post(self, pmids: Sequence[str]) -> HistorySet:
        """Put PMIDs on the history server. BadInput, Unavailable."""
        return self._caller.call("epost", {"id": ",".join(pmids)}, read_posted)

    def fetch(self, held: HistorySet, start: int, count: int) -> bytes:
        """Return records of a set as PubMed XML, from place ``start`` (from 0) on.

        A PMID that PubMed has no record of is missing in it. Raises HistoryLost, BadInput and
        Unavailable.
        """
        fields = {
            "WebEnv": held.environment,
            "query_key": held.key,
            "retstart": str(start),
            "retmax": str(count),
            "retmode": "xml",
        }
        return self._caller.call("efetch", fields, read_records)


class Entrez:
    """The way to PubMed; all sessions together keep to the rate. Safe among threads."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._rate = Rate(access.per_second)

    @property
    def email(self) -> str | None:
        """The address that NCBI may write to."""
        return self._access.email

    @contextmanager
    def session(self, pause: Callable[[float], None] = time.sleep) -> Iterator[PubMed]:
        """Lend PubMed, over connections that are kept for as long as it is lent.

        ``pause`` waits so many seconds before a request is sent again.
        """
        base = self._access.base_url.rstrip("/") + "/"
        with httpx.Client(base_url=base, timeout=self._access.timeout) as client:
            yield PubMed(Caller(self._access, self._rate, client, pause))
