"""The tools that ask what follows from an intervention."""

from typing import Annotated, Literal

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.tools import Tool
from pydantic import Field

from app.mcp import shown
from app.mcp.arguments import AsOf, Background, Candidates, Contexts, Hops, Matched, Name, Quotes
from app.mcp.parts import Parts
from app.mcp.registering import READING, tool
from app.mcp.shown import ShownIntervention
from app.model.answer import InterventionPerturbation, NamedEntity
from app.model.base import Frozen
from app.model.consequence import ConsequenceQuestion, GroundedEffect
from app.model.history import Snapshot
from app.model.signature import SignatureAnswer, SignatureGoal, SignatureQuestion
from app.model.vocabulary import Effect, Sign
from app.services import questions, revisions
from app.services.consequences import consequences
from app.services.questions import DEFAULT_HOPS
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


def forward_tools(parts: Parts) -> list[Tool]:
    """Return the tools that ask forward."""
    tools = _Forward(parts)
    return [
        tool(tools.find_consequences, title="What follows", annotations=READING),
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
