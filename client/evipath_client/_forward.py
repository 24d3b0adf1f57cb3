"""Questions for what follows from interventions."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import TYPE_CHECKING, Unpack

import httpx

from evipath_client import models as m
from evipath_client._calls import AsOf, Many, get, many, model_of, post, reading
from evipath_client._settings import Following, spelled_out
from evipath_client._wire import Call
from evipath_client.pages import Listing

if TYPE_CHECKING:
    import pandas

_CONSEQUENCES = ("find_consequences", "/reasoning/consequences")


@spelled_out
def consequences(
    target: str, *, limit: int | None = None, **settings: Unpack[Following]
) -> Call[m.ConsequenceAnswer]:
    """Ask what follows from lowering ``target`` (or raising it: ``direction="positive"``).

    Without ``effect`` everything that falls or rises is asked for; the best ``limit`` (25) of it.
    """
    return get(*_CONSEQUENCES, m.ConsequenceAnswer, target=target, limit=limit, **settings)


@spelled_out
def all_consequences(
    target: str, *, page_size: int = 100, **settings: Unpack[Following]
) -> Call[Listing[m.Consequence]]:
    """Go through all that follows from an intervention, best first."""
    return reading(*_CONSEQUENCES, _page, target=target, limit=page_size, **settings)


@spelled_out
def consequences_graph(
    target: str,
    *,
    consequences: int | None = None,
    limit: int | None = None,
    **settings: Unpack[Following],
) -> Call[m.Subgraph]:
    """Ask for the same as a graph: the paths to the first ``consequences`` (25) outcomes."""
    return get(
        "draw_consequences",
        "/reasoning/consequences/graph",
        m.Subgraph,
        target=target,
        consequences=consequences,
        limit=limit,
        **settings,
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
