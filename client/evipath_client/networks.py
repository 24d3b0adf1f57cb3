"""Answers as networks: one directed edge for each signed link."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch
from typing import TYPE_CHECKING, Any

from evipath_client import models as m

if TYPE_CHECKING:
    import networkx


def network(answer: object) -> networkx.MultiDiGraph[str]:
    """Return the network of an answer; its snapshot is in the network's attributes.

    Nodes are CURIEs with ``name``; edges have ``sign`` (``+``, ``-``, ``0``), ``aspect``, ``side``,
    ``belief`` and ``claims``. Links of the same two entities that differ in these are parallel.
    """
    try:
        import networkx
    except ImportError as error:
        raise ImportError(
            "to_networkx needs networkx: pip install 'evipath-client[networkx]'"
        ) from error
    made: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    snapshot = getattr(answer, "snapshot", None)
    if isinstance(snapshot, m.Snapshot):
        made.graph["snapshot"] = snapshot.model_dump(mode="json")
    _fill(answer, made)
    return made


@singledispatch
def _fill(answer: object, _: networkx.MultiDiGraph[str]) -> None:
    raise TypeError(f"{type(answer).__name__} is no network.")


@_fill.register
def _(answer: m.Subgraph, made: Any) -> None:
    made.graph["cut"] = answer.cut
    for node in answer.nodes:
        made.add_node(node.id, name=node.name, category=node.category, distance=node.distance)
    for edge in answer.edges:
        made.add_edge(
            edge.subject,
            edge.object,
            key=edge.id,
            sign=edge.sign,
            aspect=edge.aspect,
            side=edge.side,
            belief=edge.belief,
            claims=edge.claims,
        )


@_fill.register
def _(answer: m.PathAnswer, made: Any) -> None:
    _steps(answer.paths, made)


@_fill.register
def _(answer: m.InterventionAnswer, made: Any) -> None:
    outcome = answer.query.outcome
    made.add_node(outcome.id, name=outcome.name, role="outcome")
    for one in answer.interventions:
        _steps(one.paths, made)
        made.add_node(
            one.target.id,
            name=one.target.name,
            role="target",
            tier=one.tier,
            direction=one.perturbation.direction,
            target_belief=one.belief,
        )


@_fill.register
def _(answer: m.ConsequenceAnswer, made: Any) -> None:
    made.add_node(answer.target.id, name=answer.target.name, role="target")
    for one in answer.consequences:
        _steps(one.paths, made)
        made.add_node(one.outcome.id, name=one.outcome.name, role="outcome", tier=one.tier)


def _steps(paths: Iterable[m.Path], made: Any) -> None:
    """Add each step once, under what tells it from others between the same two."""
    for path in paths:
        for step in path.steps:
            made.add_node(step.subject, name=step.subject_name)
            made.add_node(step.object, name=step.object_name)
            made.add_edge(
                step.subject,
                step.object,
                key=(step.sign, step.aspect, step.side, step.rule),
                sign=step.sign,
                aspect=step.aspect,
                side=step.side,
                rule=step.rule,
                belief=step.belief,
                claims=step.claims,
            )
