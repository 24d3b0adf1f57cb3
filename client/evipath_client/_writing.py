"""What needs a curator's token, and reading texts for claims.

Every write bears an ``Idempotency-Key`` of its own: sent again, it is not done twice.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from pathlib import Path

from evipath_client import models as m
from evipath_client._calls import BASE, Many, given, many, model_of, segment
from evipath_client._calls import query as as_query
from evipath_client._core import Core
from evipath_client._jobs import Progress, waited
from evipath_client._reading import article_with_tag, claim_with_tag
from evipath_client._wire import Call, Flow
from evipath_client.errors import Changed

OCTETS = "application/octet-stream"


def ingest(
    core: Core,
    documents: bytes | str | Path,
    *,
    format: m.DocumentFormat | None = None,  # noqa: A002 - the service calls it so
    pmid: str | None = None,
    name: str | None = None,
    model: bool | None = None,
    wait: bool = True,
    timeout: float | None = None,
    progress: Progress = False,
) -> Flow[m.Job]:
    """Ingest documents: the bytes or text of them, or the path of a file.

    Returns the job when it has ended, with ``wait=False`` as soon as it is in line. A record that
    can't be read is in the job's ``errors`` with its place, under ``name`` (by default that of the
    file); the others go in.
    """
    if name is None and isinstance(documents, Path):
        name = documents.name
    parameters = {"format": format, "pmid": pmid, "name": name, "model": model}
    call = Call(
        "ingest_articles",
        "POST",
        f"{BASE}/articles",
        model_of(m.Job),
        query=as_query(parameters),
        content=_bytes(documents),
        headers={**_once(), "Content-Type": OCTETS},
    )
    job = yield from core.call(call)
    if not wait:
        return job
    return (yield from waited(core, job, timeout=timeout, progress=progress))


def fetch(
    core: Core,
    pmids: Many = (),
    *,
    query: str | None = None,
    limit: int | None = None,
    again: bool | None = None,
    model: bool | None = None,
    wait: bool = True,
    timeout: float | None = None,
    progress: Progress = False,
) -> Flow[m.Job]:
    """Ingest articles from PubMed: by PMIDs, or those that a query in PubMed's language finds.

    A query that finds more than the service fetches unasked fails, unless ``limit`` says how many
    of the newest are wanted. What is in the graph and was not revised since is not fetched again
    (``unrevised`` in the job's counts), unless ``again`` asks for it. Returns the job, as
    :meth:`ingest` does; a PMID that PubMed does not have is in its ``errors``.
    """
    body = {
        "pmids": many(pmids) or None,
        "query": query,
        "limit": limit,
        "again": again,
        "model": model,
    }
    call = Call(
        "fetch_articles",
        "POST",
        f"{BASE}/articles:fetch",
        model_of(m.Job),
        body=given(body),
        headers=_once(),
    )
    job = yield from core.call(call)
    if not wait:
        return job
    return (yield from waited(core, job, timeout=timeout, progress=progress))


def extract(
    documents: bytes | str | Path,
    *,
    format: m.DocumentFormat | None = None,  # noqa: A002
    model: bool | None = None,
) -> Call[m.ExtractedDocuments]:
    """Read at most fifty documents for claims, and store nothing."""
    return Call(
        "extract_claims",
        "POST",
        f"{BASE}/articles:extract",
        model_of(m.ExtractedDocuments),
        query=as_query({"format": format, "model": model}),
        content=_bytes(documents),
        headers={"Content-Type": OCTETS},
    )


def add_claim(
    claim: m.Claim | Mapping[str, object], *, article: str | None = None
) -> Call[m.ClaimView]:
    """Add a claim whose spans and quotes stand verbatim in the text that it names by its hash."""
    return Call(
        "add_claim",
        "POST",
        f"{BASE}/claims",
        model_of(m.ClaimView),
        query=as_query({"article": article}),
        body=_body(claim),
        headers=_once(),
    )


def decide_claim(
    core: Core,
    claim: m.ClaimView | str,
    decision: m.DecisionRequest,
) -> Flow[m.ClaimView]:
    """Accept, reject, correct, split, merge, link, unlink or undo; return the claim as it is then.

    Give the claim as you saw it: when it has changed since, :class:`~evipath_client.Changed` is
    raised and nothing is done. Given by its id, it is decided on as it stands.
    """
    seen = None if isinstance(claim, str) else claim
    wanted = claim if isinstance(claim, str) else claim.id
    present, tag = yield from core.call(claim_with_tag(wanted))
    if seen is not None and seen.revision != present.revision:
        raise Changed(f"Claim {wanted} has changed since it was read: read it and decide again.")
    call = Call(
        "decide_claim",
        "POST",
        f"{BASE}/claims/{segment(wanted)}/decisions",
        model_of(m.ClaimView),
        body=_body(decision),
        headers={**_once(), "If-Match": tag},
    )
    return (yield from core.call(call))


def decide_article(
    core: Core,
    article: m.ArticleDetail | str,
    decision: m.ArticleDecisionRequest,
) -> Flow[m.ArticleDetail]:
    """Merge an article into another, or undo that; return the article as it is then.

    Given as you saw it, it must be unchanged (as in :meth:`decide_claim`): any later write to the
    graph counts as a change, as the service has it.
    """
    seen = None if isinstance(article, str) else article
    wanted = article if isinstance(article, str) else article.curie
    present, tag = yield from core.call(article_with_tag(wanted))
    if seen is not None and seen.snapshot.revision != present.snapshot.revision:
        raise Changed("The graph has changed since the article was read: read it again.")
    call = Call(
        "decide_article",
        "POST",
        f"{BASE}/articles/{segment(wanted)}/decisions",
        model_of(m.ArticleDetail),
        body=_body(decision),
        headers={**_once(), "If-Match": tag},
    )
    return (yield from core.call(call))


def _bytes(documents: bytes | str | Path) -> bytes:
    if isinstance(documents, Path):
        return documents.read_bytes()
    return documents.encode() if isinstance(documents, str) else documents


def _body(
    value: m.Claim | m.DecisionRequest | m.ArticleDecisionRequest | Mapping[str, object],
) -> dict[str, object]:
    if isinstance(value, Mapping):
        return dict(value)
    return value.model_dump(mode="json", exclude_unset=True)


def _once() -> dict[str, str]:
    return {"Idempotency-Key": uuid.uuid4().hex}
