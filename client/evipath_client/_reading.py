"""Entities, claims, articles, the graph and its history, the service."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Literal, cast

import httpx

from evipath_client import models as m
from evipath_client._calls import (
    BASE,
    AsOf,
    Many,
    get,
    many,
    model_of,
    post,
    reading,
    segment,
    text,
)
from evipath_client._core import Core
from evipath_client._wire import Call, Flow
from evipath_client.pages import Listing

NAMES_AT_ONCE, TEXTS_AT_ONCE = 500, 100
"""What the service grounds in one call."""


def search_entities(
    q: str | None = None,
    *,
    category: m.Category | None = None,
    page_size: int = 25,
    as_of: AsOf = None,
) -> Call[Listing[m.EntityHit]]:
    """Go through the entities that a name may mean, best first; without ``q`` through all."""
    read = model_of(Listing[m.EntityHit])
    return reading(
        "search_entities", "/entities", read, q=q, category=category, limit=page_size, as_of=as_of
    )


def entity(curie: str, *, as_of: AsOf = None) -> Call[m.EntityDetail]:
    """Return one entity, by its CURIE or name, with the identifiers that mean the same."""
    return get("get_entity", f"/entities/{segment(curie)}", m.EntityDetail, as_of=as_of)


def neighbours(
    curie: str,
    *,
    sign: m.AskedSign | Sequence[m.AskedSign] = (),
    relation: m.RelationType | Sequence[m.RelationType] = (),
    category: m.Category | Sequence[m.Category] = (),
    include_candidates: bool | None = None,
    page_size: int = 100,
    as_of: AsOf = None,
) -> Call[Listing[m.Neighbour]]:
    """Go through what stands next to an entity: signed links, then stable relations."""
    return reading(
        "list_neighbours",
        f"/entities/{segment(curie)}/neighbours",
        model_of(Listing[m.Neighbour]),
        sign=sign,
        relation=relation,
        category=category,
        include_candidates=include_candidates,
        limit=page_size,
        as_of=as_of,
    )


def ground(
    core: Core,
    names: Many = (),
    *,
    texts: Many = (),
    limit: int | None = None,
    as_of: AsOf = None,
) -> Flow[m.GroundAnswer]:
    """Look many names or texts up at once: ranked entities for each, in the order given.

    However many there are, they are sent in parts that the service takes, all on one snapshot.
    """
    left, right = many(names), many(texts)
    parts = [
        *({"names": one} for one in _parts(left, NAMES_AT_ONCE)),
        *({"texts": one} for one in _parts(right, TEXTS_AT_ONCE)),
    ] or [{"names": ()}]
    if len(parts) == 2 and left and right:
        parts = [{"names": left, "texts": right}]
    answers: list[m.GroundAnswer] = []
    for part in parts:
        pinned = as_of if not answers or as_of is not None else answers[0].snapshot
        body = {**part, "limit": limit, "as_of": pinned}
        call = post("ground_names", "/entities/ground", model_of(m.GroundAnswer), body)
        answers.append((yield from core.call(call)))
    return m.GroundAnswer(
        items=tuple(item for one in answers for item in one.items),
        texts=tuple(item for one in answers for item in one.texts),
        snapshot=answers[0].snapshot,
    )


def claims(
    *,
    agent: Many = (),
    outcome: Many = (),
    context: Many = (),
    entity: Many = (),
    predicate: m.PredicateType | Sequence[m.PredicateType] = (),
    status: m.Status | Sequence[m.Status] = (),
    epistemic: m.Epistemic | Sequence[m.Epistemic] = (),
    evidence: m.EvidenceType | Sequence[m.EvidenceType] = (),
    pmid: Many = (),
    order: m.ClaimOrder | None = None,
    page_size: int = 100,
    as_of: AsOf = None,
) -> Call[Listing[m.ClaimView]]:
    """Go through the claims, with their quotes; several values of a filter mean any of them."""
    return reading(
        "list_claims",
        "/claims",
        model_of(Listing[m.ClaimView]),
        agent=agent,
        outcome=outcome,
        context=context,
        entity=entity,
        predicate=predicate,
        status=status,
        epistemic=epistemic,
        evidence=evidence,
        pmid=pmid,
        order=order,
        limit=page_size,
        as_of=as_of,
    )


def claim(claim_id: str, *, as_of: AsOf = None) -> Call[m.ClaimView]:
    """Return one claim."""
    return get("get_claim", f"/claims/{segment(claim_id)}", m.ClaimView, as_of=as_of)


def claim_history(claim_id: str, *, as_of: AsOf = None) -> Call[m.DecisionList]:
    """Return all decisions on a claim, oldest first."""
    path = f"/claims/{segment(claim_id)}/history"
    return get("get_claim_history", path, m.DecisionList, as_of=as_of)


def conflicts(
    *,
    entity: Many = (),
    kind: m.ConflictKind | None = None,
    include_candidates: bool | None = None,
    page_size: int = 25,
    as_of: AsOf = None,
) -> Call[Listing[m.Conflict]]:
    """Go through contradictions and differences of scope, weightiest first."""
    return reading(
        "list_conflicts",
        "/claims/conflicts",
        model_of(Listing[m.Conflict]),
        entity=entity,
        kind=kind,
        include_candidates=include_candidates,
        limit=page_size,
        as_of=as_of,
    )


def articles(*, page_size: int = 100, as_of: AsOf = None) -> Call[Listing[m.ArticleSummary]]:
    """Go through all articles with their citations."""
    read = model_of(Listing[m.ArticleSummary])
    return reading("list_articles", "/articles", read, limit=page_size, as_of=as_of)


def article(article_id: str, *, as_of: AsOf = None) -> Call[m.ArticleDetail]:
    """Return one article with text, mentions and claims, by PMID, PMC, DOI or internal id."""
    return get("get_article", f"/articles/{segment(article_id)}", m.ArticleDetail, as_of=as_of)


def article_history(article_id: str, *, as_of: AsOf = None) -> Call[m.ArticleDecisionList]:
    """Return all decisions on an article, oldest first."""
    path = f"/articles/{segment(article_id)}/history"
    return get("get_article_history", path, m.ArticleDecisionList, as_of=as_of)


def graph(
    center: str | None = None,
    *,
    among: Many = (),
    answer: str | None = None,
    outcome: str | None = None,
    effect: m.AskedEffect | None = None,
    hops: int | None = None,
    interventions: int | None = None,
    sign: m.AskedSign | Sequence[m.AskedSign] = (),
    category: m.Category | Sequence[m.Category] = (),
    status: m.Status | Sequence[m.Status] = (),
    min_belief: float | None = None,
    year_from: int | None = None,
    year_to: int | None = None,
    organism: Many = (),
    direction: Literal["outgoing", "incoming"] | None = None,
    tier: m.Tier | Sequence[m.Tier] = (),
    context: Many = (),
    max_hops: int | None = None,
    include_candidates: bool | None = None,
    include_background: bool | None = None,
    matched_only: bool | None = None,
    order: m.AnswerOrder | None = None,
    simulate: bool | None = None,
    limit: int | None = None,
    as_of: AsOf = None,
) -> Call[m.Subgraph]:
    """Return a part of the graph, bounded: ``cut`` says whether something was left out.

    Give one of: ``center``, the entity in the middle; ``among``, entities whose links with each
    other are meant; ``answer``, a question in words; ``outcome`` with ``effect``, a question.
    """
    return get(
        "get_graph",
        "/graph",
        m.Subgraph,
        center=center,
        among=among,
        answer=answer,
        outcome=outcome,
        effect=effect,
        hops=hops,
        interventions=interventions,
        sign=sign,
        category=category,
        status=status,
        min_belief=min_belief,
        year_from=year_from,
        year_to=year_to,
        organism=organism,
        direction=direction,
        tier=tier,
        context=context,
        max_hops=max_hops,
        include_candidates=include_candidates,
        include_background=include_background,
        matched_only=matched_only,
        order=order,
        simulate=simulate,
        limit=limit,
        as_of=as_of,
    )


def export_call(
    format: str,  # noqa: A002
    *,
    agent: Many = (),
    outcome: Many = (),
    context: Many = (),
    entity: Many = (),
    predicate: m.PredicateType | Sequence[m.PredicateType] = (),
    status: m.Status | Sequence[m.Status] = (),
    epistemic: m.Epistemic | Sequence[m.Epistemic] = (),
    evidence: m.EvidenceType | Sequence[m.EvidenceType] = (),
    pmid: Many = (),
    as_of: AsOf = None,
) -> Call[bytes]:
    """Return the call of an export, of the claims that are asked for; its answer is a stream."""
    return reading(
        "export_graph",
        f"/export/{segment(format)}",
        lambda found: found.content,
        agent=agent,
        outcome=outcome,
        context=context,
        entity=entity,
        predicate=predicate,
        status=status,
        epistemic=epistemic,
        evidence=evidence,
        pmid=pmid,
        as_of=as_of,
    )


def revisions(*, page_size: int = 100, as_of: AsOf = None) -> Call[Listing[m.Revision]]:
    """Go through every committed write, oldest first."""
    read = model_of(Listing[m.Revision])
    return reading("list_revisions", "/revisions", read, limit=page_size, as_of=as_of)


def changes(since: AsOf, *, page_size: int = 500, as_of: AsOf = None) -> Call[Listing[m.Change]]:
    """Go through what changed after ``since``, for mirrors; 0 is the beginning."""
    read = model_of(Listing[m.Change])
    return reading(
        "list_changes", "/changes", read, since=text(since), limit=page_size, as_of=as_of
    )


def stats(*, as_of: AsOf = None) -> Call[m.Stats]:
    """Return how much the graph holds, and its snapshot."""
    return get("get_stats", "/stats", m.Stats, as_of=as_of)


def schema() -> Call[dict[str, Any]]:
    """Return the typed graph: categories, slots, vocabularies and edge types."""
    return reading("get_schema", "/schema", _object, pin=False)


def me() -> Call[m.Me]:
    """Return who the service takes this client for."""
    return get("get_me", "/me", m.Me, pin=False)


def health() -> Call[m.Health]:
    """Return whether the service is alive, and its version."""
    return get("healthz", "/healthz", m.Health, pin=False)


def ready() -> Call[m.Readiness]:
    """Return whether the service can answer; Unavailable names the part that can't."""
    return get("readyz", "/readyz", m.Readiness, pin=False)


def claim_with_tag(claim_id: str) -> Call[tuple[m.ClaimView, str]]:
    """Return a claim as it stands now, with the tag that a decision on it needs."""
    return Call(
        "get_claim",
        "GET",
        f"{BASE}/claims/{segment(claim_id)}",
        lambda found: (m.ClaimView.model_validate_json(found.content), found.headers["etag"]),
    )


def article_with_tag(article_id: str) -> Call[tuple[m.ArticleDetail, str]]:
    """Return an article as it stands now, with the tag that a decision on it needs."""
    return Call(
        "get_article",
        "GET",
        f"{BASE}/articles/{segment(article_id)}",
        lambda found: (m.ArticleDetail.model_validate_json(found.content), found.headers["etag"]),
    )


def _object(response: httpx.Response) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads(response.content))


def _parts(items: Sequence[str], size: int) -> list[tuple[str, ...]]:
    return [tuple(items[start : start + size]) for start in range(0, len(items), size)]
