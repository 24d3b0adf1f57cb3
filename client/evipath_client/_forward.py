"""Questions for what follows from interventions."""

from __future__ import annotations

from collections.abc import Sequence

import httpx

from evipath_client import models as m
from evipath_client._calls import AsOf, Many, get, reading
from evipath_client._wire import Call
from evipath_client.pages import Listing


def consequences(
    target: str,
    *,
    direction: m.AskedChange | None = None,
    effect: m.AskedEffect | None = None,
    category: Sequence[m.Category] = (),
    context: Many = (),
    max_hops: int | None = None,
    include_candidates: bool | None = None,
    include_background: bool | None = None,
    matched_only: bool | None = None,
    order: m.AnswerOrder | None = None,
    limit: int | None = None,
    as_of: AsOf = None,
) -> Call[m.ConsequenceAnswer]:
    """Ask what follows from lowering ``target`` (or raising it: ``direction="positive"``).

    Without ``effect`` everything that falls or rises is asked for; the best ``limit`` (25) of it.
    """
    return get(
        "find_consequences",
        "/reasoning/consequences",
        m.ConsequenceAnswer,
        target=target,
        direction=direction,
        effect=effect,
        category=category,
        context=context,
        max_hops=max_hops,
        include_candidates=include_candidates,
        include_background=include_background,
        matched_only=matched_only,
        order=order,
        limit=limit,
        as_of=as_of,
    )


def all_consequences(
    target: str,
    *,
    direction: m.AskedChange | None = None,
    effect: m.AskedEffect | None = None,
    category: Sequence[m.Category] = (),
    context: Many = (),
    max_hops: int | None = None,
    include_candidates: bool | None = None,
    include_background: bool | None = None,
    matched_only: bool | None = None,
    order: m.AnswerOrder | None = None,
    page_size: int = 100,
    as_of: AsOf = None,
) -> Call[Listing[m.Consequence]]:
    """Go through all that follows from an intervention, best first."""
    return reading(
        "find_consequences",
        "/reasoning/consequences",
        _page,
        target=target,
        direction=direction,
        effect=effect,
        category=category,
        context=context,
        max_hops=max_hops,
        include_candidates=include_candidates,
        include_background=include_background,
        matched_only=matched_only,
        order=order,
        limit=page_size,
        as_of=as_of,
    )


def consequences_graph(
    target: str,
    *,
    direction: m.AskedChange | None = None,
    effect: m.AskedEffect | None = None,
    category: Sequence[m.Category] = (),
    context: Many = (),
    max_hops: int | None = None,
    include_candidates: bool | None = None,
    include_background: bool | None = None,
    matched_only: bool | None = None,
    order: m.AnswerOrder | None = None,
    consequences: int | None = None,
    limit: int | None = None,
    as_of: AsOf = None,
) -> Call[m.Subgraph]:
    """Ask for the same as a graph: the paths to the first ``consequences`` (25) outcomes."""
    return get(
        "draw_consequences",
        "/reasoning/consequences/graph",
        m.Subgraph,
        target=target,
        direction=direction,
        effect=effect,
        category=category,
        context=context,
        max_hops=max_hops,
        include_candidates=include_candidates,
        include_background=include_background,
        matched_only=matched_only,
        order=order,
        consequences=consequences,
        limit=limit,
        as_of=as_of,
    )


def _page(response: httpx.Response) -> Listing[m.Consequence]:
    answer = m.ConsequenceAnswer.model_validate_json(response.content)
    return Listing[m.Consequence](
        items=answer.consequences, total=answer.total, next=answer.next, snapshot=answer.snapshot
    )
