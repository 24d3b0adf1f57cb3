"""Questions for what follows from interventions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import TYPE_CHECKING

import httpx

from evipath_client import models as m
from evipath_client._calls import AsOf, Many, get, many, model_of, post, reading
from evipath_client._wire import Call
from evipath_client.pages import Listing

if TYPE_CHECKING:
    import pandas


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


def signature(
    weights: Mapping[str, float] | pandas.Series[float] | None = None,
    *,
    up: Many = (),
    down: Many = (),
    goal: m.SignatureGoal | None = None,
    max_hops: int | None = None,
    background: int | None = None,
    permutations: int | None = None,
    seed: int | None = None,
    include_candidates: bool | None = None,
    include_background: bool | None = None,
    limit: int | None = None,
    as_of: AsOf = None,
) -> Call[m.SignatureAnswer]:
    """Ask which interventions reverse (``goal="explain"``: explain) what was measured.

    ``weights`` is a mapping or a pandas Series by CURIE or name, such as a log fold change: above 0
    is up, 0 unchanged. A name that stands twice in its index, or a weight that is no finite number,
    raises ValueError: drop or join them first.
    """
    body = {
        "up": many(up) or None,
        "down": many(down) or None,
        "weights": None if weights is None else _numbers(weights),
        "goal": goal,
        "max_hops": max_hops,
        "background": background,
        "permutations": permutations,
        "seed": seed,
        "include_candidates": include_candidates,
        "include_background": include_background,
        "limit": limit,
        "as_of": as_of,
    }
    return post("match_signature", "/reasoning/signature", model_of(m.SignatureAnswer), body)


def _numbers(weights: Mapping[str, float] | pandas.Series[float]) -> dict[str, float]:
    """Return weights as they are sent; JSON has no NaN, and no key twice."""
    pairs = [(str(name), float(weight)) for name, weight in weights.items()]
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands more than once in the signature's index")
    bad = [name for name, weight in pairs if not isfinite(weight)]
    if bad:
        raise ValueError(f"{len(bad)} weights are no finite numbers, such as that of {bad[0]}")
    return found


def _page(response: httpx.Response) -> Listing[m.Consequence]:
    answer = m.ConsequenceAnswer.model_validate_json(response.content)
    return Listing[m.Consequence](
        items=answer.consequences, total=answer.total, next=answer.next, snapshot=answer.snapshot
    )
