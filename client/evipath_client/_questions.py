"""Questions to the reasoning kernel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Unpack

import httpx

from evipath_client import models as m
from evipath_client._calls import (
    AsOf,
    Many,
    get,
    interventions_page,
    many,
    model_of,
    post,
    reading,
    segment,
)
from evipath_client._core import Core
from evipath_client._jobs import waited
from evipath_client._reading import stats
from evipath_client._settings import Asking, Selecting, Using, spelled_out
from evipath_client._wire import Call, Flow
from evipath_client.pages import Listing

Direction = Literal["+", "-"]

_INTERVENTIONS = ("find_interventions", "/reasoning/interventions")

BATCH = 100
"""Questions that the service takes at once."""


@spelled_out
def interventions(
    outcome: str,
    effect: m.AskedEffect,
    *,
    limit: int | None = None,
    **settings: Unpack[Selecting],
) -> Call[m.InterventionAnswer]:
    """Ask which interventions have an effect on an outcome; the best ``limit`` (25) of them.

    ``outcome`` is a CURIE or a name, ``context`` as in ``organism:NCBITaxon:9606``. What is left
    out is as the service has it. :meth:`all_interventions` goes through all of them.
    """
    return get(
        *_INTERVENTIONS,
        m.InterventionAnswer,
        outcome=outcome,
        effect=effect,
        limit=limit,
        **settings,
    )


@spelled_out
def all_interventions(
    outcome: str,
    effect: m.AskedEffect,
    *,
    page_size: int = 100,
    **settings: Unpack[Selecting],
) -> Call[Listing[m.Intervention]]:
    """Go through all interventions that have an effect on an outcome, best first."""
    return reading(
        *_INTERVENTIONS,
        interventions_page,
        outcome=outcome,
        effect=effect,
        limit=page_size,
        **settings,
    )


@spelled_out
def means(
    outcome: str,
    effect: m.AskedEffect,
    *,
    limit: int | None = None,
    **settings: Unpack[Selecting],
) -> Call[m.MeansAnswer]:
    """Ask which compounds and constructs have an effect on an outcome, the best ``limit`` (25).

    Each row says over which target, and what else the means is known to act on: of what nobody
    looked at nothing is known, so that no row is *selective*.
    """
    return get(
        *_INTERVENTIONS,
        m.MeansAnswer,
        outcome=outcome,
        effect=effect,
        answer="means",
        limit=limit,
        **settings,
    )


@spelled_out
def why(
    target: str, outcome: str, effect: m.AskedEffect, **settings: Unpack[Asking]
) -> Call[m.Why]:
    """Ask from what the figures of ``target`` were computed, or what it lacks to be an answer."""
    return get(
        "explain_intervention",
        f"/reasoning/interventions/{segment(target)}/why",
        m.Why,
        outcome=outcome,
        effect=effect,
        **settings,
    )


@spelled_out
def bypass(
    target: str,
    outcome: str,
    effect: m.AskedEffect,
    *,
    direction: m.AskedChange | None = None,
    avoid: Many = (),
    limit: int | None = None,
    **settings: Unpack[Asking],
) -> Call[m.Bypass]:
    """Ask which routes into ``outcome`` a change of ``target`` leaves open, and what closes them.

    It has the ``limit`` (25) strongest routes and the second targets by what they close of these;
    ``avoid`` is closed besides. ``simulate=True`` also tries each second target with the first.
    """
    return get(
        "find_bypass",
        f"/reasoning/interventions/{segment(target)}/bypass",
        m.Bypass,
        outcome=outcome,
        effect=effect,
        direction=direction,
        avoid=avoid,
        limit=limit,
        **settings,
    )


@spelled_out
def matrix(
    target: str, outcome: str, *, limit: int | None = None, **settings: Unpack[Using]
) -> Call[m.Matrix]:
    """Ask what was tried with ``target`` and ``outcome``, by side, aspect and context.

    It has ``limit`` (25) contexts at most; ``deciding`` names the experiments that would decide.
    """
    return get(
        "get_matrix",
        "/reasoning/matrix",
        m.Matrix,
        target=target,
        outcome=outcome,
        limit=limit,
        **settings,
    )


@spelled_out
def contrast(
    outcome: str,
    effect: m.AskedEffect,
    *,
    context: Many = (),
    versus: Many = (),
    versus_outcome: str | None = None,
    versus_effect: m.AskedEffect | None = None,
    limit: int | None = None,
    **settings: Unpack[Using],
) -> Call[m.Contrast]:
    """Ask what has an effect here and not there: in another context, or on another outcome.

    What nobody tried there is *untested*, which is not *no effect*.
    """
    return get(
        "get_contrast",
        "/reasoning/contrast",
        m.Contrast,
        outcome=outcome,
        effect=effect,
        context=context,
        versus=versus,
        versus_outcome=versus_outcome,
        versus_effect=versus_effect,
        limit=limit,
        **settings,
    )


@spelled_out
def requirements(
    cause: str, outcome: str, *, limit: int | None = None, **settings: Unpack[Using]
) -> Call[m.Requirements]:
    """Ask what ``cause`` needs for its effect on ``outcome``, and what it does without."""
    return get(
        "get_requirements",
        "/reasoning/requirements",
        m.Requirements,
        cause=cause,
        outcome=outcome,
        limit=limit,
        **settings,
    )


@spelled_out
def bundle(
    outcome: str,
    effect: m.AskedEffect,
    *,
    limit: int | None = None,
    **settings: Unpack[Selecting],
) -> Call[m.Bundle]:
    """Ask for an answer as a citable whole: question, snapshot, claims, quotes, citations."""
    return get(
        "get_bundle",
        "/bundle",
        m.Bundle,
        outcome=outcome,
        effect=effect,
        limit=limit,
        **settings,
    )


def ask(question: str, *, limit: int | None = None, as_of: AsOf = None) -> Call[m.AskAnswer]:
    """Ask in words, as in *which interventions reverse EMT*; ``query`` is what was understood."""
    return get("ask", "/ask", m.AskAnswer, q=question, limit=limit, as_of=as_of)


def batch(
    core: Core, questions: Sequence[m.InterventionRequest], *, as_of: AsOf = None
) -> Flow[list[m.BatchResult]]:
    """Ask many questions; return a result for each, in their order, all from one snapshot.

    A question that can't be answered has a ``problem`` and no ``answer``; the others are answered
    all the same. However many there are, they are sent in parts of a hundred.
    """
    if as_of is None and core.pinned is None and len(questions) > BATCH:
        as_of = (yield from core.call(stats())).snapshot
    found: list[m.BatchResult] = []
    for start in range(0, len(questions), BATCH):
        body = {"questions": list(questions[start : start + BATCH]), "as_of": as_of}
        call = post("find_interventions_batch", "/reasoning/batch", model_of(m.BatchAnswer), body)
        found += (yield from core.call(call)).results
    return found


def paths(
    sources: Many,
    targets: Many,
    *,
    direction: Direction | None = None,
    sign: Direction | None = None,
    max_hops: int | None = None,
    k: int | None = None,
    via: Many = (),
    avoid: Many = (),
    categories: Sequence[m.Category] = (),
    context: Many = (),
    min_belief: float | None = None,
    matched_only: bool | None = None,
    include_candidates: bool | None = None,
    include_background: bool | None = None,
    as_of: AsOf = None,
) -> Call[m.PathAnswer]:
    """Ask for the best ``k`` signed paths from any source to any target.

    ``direction`` is the change made at the source (default ``-``), ``sign`` the product of signs.
    """
    body = {
        "sources": many(sources),
        "targets": many(targets),
        "direction": direction,
        "sign": sign,
        "max_hops": max_hops,
        "k": k,
        "via": many(via) or None,
        "avoid": many(avoid) or None,
        "categories": tuple(categories) or None,
        "context": many(context) or None,
        "min_belief": min_belief,
        "matched_only": matched_only,
        "include_candidates": include_candidates,
        "include_background": include_background,
        "as_of": as_of,
    }
    return post("find_paths", "/reasoning/paths", model_of(m.PathAnswer), body)


def simulate(
    core: Core,
    outcome: str,
    effect: m.AskedEffect,
    *,
    targets: Many = (),
    pairs: bool | None = None,
    hold: Sequence[m.HeldRequest] = (),
    inducer: Many = (),
    networks: int | None = None,
    nodes: int | None = None,
    seed: int | None = None,
    include_candidates: bool | None = None,
    include_background: bool | None = None,
    as_of: AsOf = None,
    timeout: float | None = None,
) -> Flow[m.SimulationAnswer]:
    """Ask what the whole network does with interventions, in an ensemble of Boolean networks.

    It is a model and no finding. Where the service makes it a job, this waits for the job, at
    most ``timeout`` seconds (then :class:`~evipath_client.JobStillRunning`).
    """
    body = {
        "outcome": outcome,
        "effect": effect,
        "targets": many(targets) or None,
        "pairs": pairs,
        "hold": tuple(hold) or None,
        "inducer": many(inducer) or None,
        "networks": networks,
        "nodes": nodes,
        "seed": seed,
        "include_candidates": include_candidates,
        "include_background": include_background,
        "as_of": as_of,
    }
    call = post("simulate_interventions", "/reasoning/simulate", _simulated, body)
    found = yield from core.call(call)
    if isinstance(found, m.SimulationAnswer):
        return found
    job = yield from waited(core, found, timeout=timeout)
    return m.SimulationAnswer.model_validate(job.answer)


def _simulated(response: httpx.Response) -> m.SimulationAnswer | m.Job:
    if response.status_code == httpx.codes.ACCEPTED:
        return m.Job.model_validate_json(response.content)
    return m.SimulationAnswer.model_validate_json(response.content)
