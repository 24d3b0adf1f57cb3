"""The tools that ask what follows from an intervention."""

from typing import Annotated, Literal

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.tools import Tool
from pydantic import Field

from app.mcp import shown
from app.mcp.arguments import (
    AsOf,
    Background,
    Candidates,
    Contexts,
    Hops,
    Matched,
    Name,
    Names,
    Quotes,
)
from app.mcp.parts import Parts
from app.mcp.registering import READING, tool
from app.mcp.shown import ShownIntervention
from app.model.answer import InterventionPerturbation, InterventionQuestion, NamedEntity
from app.model.base import Frozen
from app.model.bypass import BypassSimulation, OpenRoute, SecondTarget
from app.model.consequence import ConsequenceQuestion, GroundedEffect
from app.model.history import Snapshot
from app.model.signature import SignatureAnswer, SignatureGoal, SignatureQuestion
from app.model.vocabulary import Effect, Sign, Tier
from app.services import questions, revisions
from app.services.bypass import bypass
from app.services.consequences import consequences
from app.services.questions import DEFAULT_HOPS, AskedEffect
from app.services.signatures import match_signature, weights_of

SHOWN_PATHS = 2

ManyNames = Annotated[list[Name], Field(max_length=500, description="CURIEs or names.")]


class ShownConsequence(ShownIntervention):
    """One outcome of the intervention, and how it changes."""

    outcome: NamedEntity
    direction: Sign
    effect: Effect
    also: tuple[GroundedEffect, ...]


class ConsequencesShown(Frozen):
    """What follows from an intervention, best first; ``total`` counts all of it."""

    target: NamedEntity
    perturbation: InterventionPerturbation
    snapshot: Snapshot
    consequences: tuple[ShownConsequence, ...]
    total: int
    complete: bool
    cut: tuple[str, ...] = ()


class RouteShown(Frozen):
    """A route that is left open, as the intervention that would close it at its source."""

    source: NamedEntity
    perturbation: InterventionPerturbation
    tier: Tier | None
    path: shown.ShownPath
    evidence: tuple[shown.Cited, ...]


class BypassShown(Frozen):
    """Routes that an intervention leaves open, strongest first, and what closes most of them."""

    outcome: NamedEntity
    target: NamedEntity
    perturbation: InterventionPerturbation
    snapshot: Snapshot
    closed: tuple[NamedEntity, ...]
    routes: tuple[RouteShown, ...]
    seconds: tuple[SecondTarget, ...]
    simulation: BypassSimulation | None
    complete: bool
    cut: tuple[str, ...] = ()


def forward_tools(parts: Parts) -> list[Tool]:
    """Return the tools that ask forward."""
    tools = _Forward(parts)
    return [
        tool(tools.find_consequences, title="What follows", annotations=READING),
        tool(tools.find_bypass, title="What is left open", annotations=READING),
        tool(tools.match_signature, title="Match a signature", annotations=READING),
    ]


class _Forward:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def find_consequences(
        self,
        target: Name,
        context: Context,
        direction: Annotated[
            Literal["+", "-"], Field(description="What is done to it: raised or lowered.")
        ] = "-",
        where: Contexts = [],  # noqa: B006 - validated into a new list for each call
        max_hops: Hops = DEFAULT_HOPS,
        include_candidates: Candidates = False,
        include_background: Background = False,
        matched_only: Matched = False,
        as_of: AsOf = None,
        limit: Annotated[int, Field(ge=1, le=50, description="How many outcomes at most.")] = 5,
        offset: Annotated[int, Field(ge=0, le=100_000, description="How many to leave out.")] = 0,
        quotes: Quotes = 3,
    ) -> ConsequencesShown:
        """Find what falls and what rises when a target is lowered or raised, surest first.

        `tier` says how it is known, as for find_interventions; `also` names effects that an
        experiment states of the outcome besides.
        """
        self._parts.reader(context)
        revision = revisions.resolve(self._parts.store, as_of)
        with self._parts.store.view(revision.number) as view:
            question = ConsequenceQuestion(
                target=questions.resolved(view, target),
                direction=Sign(direction),
                context=questions.contexts(view, where),
                max_hops=max_hops,
                include_candidates=include_candidates,
                include_background=include_background,
                matched_only=matched_only,
                as_of=str(revision.number),
            )
        found = consequences(
            self._parts.store, self._parts.reasoner, question, limit=limit, offset=offset
        )
        last = offset + len(found.consequences)
        more = f"find_consequences with offset={last}"
        return ConsequencesShown(
            target=found.target,
            perturbation=found.perturbation,
            snapshot=found.snapshot,
            consequences=tuple(
                ShownConsequence(
                    **dict(shown.intervention(each, paths=SHOWN_PATHS, quotes=quotes)),
                    outcome=each.outcome,
                    direction=each.direction,
                    effect=each.effect,
                    also=each.also,
                )
                for each in found.consequences
            ),
            total=found.total,
            complete=found.complete,
            cut=shown.said((shown.left_out("consequences", last, found.total, more), found.note)),
        )

    def find_bypass(
        self,
        target: Name,
        outcome: Name,
        effect: Annotated[AskedEffect, Field(description="What the target should do to it.")],
        context: Context,
        direction: Annotated[
            Literal["+", "-"] | None,
            Field(description="What is done to the target; by default what has the effect."),
        ] = None,
        avoid: Names = [],  # noqa: B006 - validated into a new list for each call
        where: Contexts = [],  # noqa: B006
        max_hops: Hops = DEFAULT_HOPS,
        include_candidates: Candidates = False,
        simulate: Annotated[
            bool, Field(description="Also try second targets with the first, in a model.")
        ] = False,
        as_of: AsOf = None,
        limit: Annotated[int, Field(ge=1, le=50, description="How many routes at most.")] = 10,
        quotes: Quotes = 2,
    ) -> BypassShown:
        """Find the routes into an outcome that changing a target leaves open, and what closes them.

        `seconds` are exact for the routes shown alone; say so. A route that nobody wrote of may be
        open too. `avoid` is taken for closed besides the target and its kin.
        """
        self._parts.reader(context)
        revision = revisions.resolve(self._parts.store, as_of)
        with self._parts.store.view(revision.number) as view:
            question = InterventionQuestion(
                outcome=questions.resolved(view, outcome),
                effect=effect.effect,
                context=questions.contexts(view, where),
                max_hops=max_hops,
                include_candidates=include_candidates,
                simulate=simulate,
                as_of=str(revision.number),
            )
            named = questions.resolved(view, target)
            closed = [questions.resolved(view, name) for name in avoid]
        found = bypass(
            self._parts.store, self._parts.reasoner, question, named,
            direction=None if direction is None else Sign(direction), closed=closed, limit=limit,
        )  # fmt: skip
        more = "weaker routes are open besides: ask with a higher limit" if found.more else None
        return BypassShown(
            outcome=found.query.outcome,
            target=found.target,
            perturbation=found.perturbation,
            snapshot=found.snapshot,
            closed=found.closed,
            routes=tuple(_route(each, quotes) for each in found.routes),
            seconds=found.seconds,
            simulation=found.simulation,
            complete=found.complete,
            cut=shown.said((more, found.note)),
        )

    def match_signature(
        self,
        up: ManyNames,
        down: ManyNames,
        context: Context,
        goal: SignatureGoal = SignatureGoal.REVERSE,
        max_hops: Hops = 4,
        as_of: AsOf = None,
        limit: Annotated[int, Field(ge=1, le=20, description="How many at most.")] = 5,
    ) -> SignatureAnswer:
        """Rank interventions by how well they reverse, or explain, what went up and down.

        They are predictions. `adjusted_p` is corrected for all interventions tested; `hits` have
        the paths, `evidence` the quotes that they rest on; `unused` says what could not be used.
        """
        self._parts.reader(context)
        question = SignatureQuestion(
            weights=weights_of(up, down, {}), goal=goal, max_hops=max_hops, as_of=as_of
        )
        return match_signature(self._parts.store, self._parts.reasoner, question, limit=limit)


def _route(route: OpenRoute, quotes: int) -> RouteShown:
    return RouteShown(
        source=route.source,
        perturbation=route.perturbation,
        tier=route.path.tier,
        path=shown.path_of(route.path),
        evidence=tuple(shown.cited_evidence(one) for one in route.evidence[:quotes]),
    )
