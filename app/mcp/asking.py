"""The tools that ask the reasoning kernel."""

from collections.abc import Callable
from typing import Annotated, Literal

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.tools import Tool
from pydantic import Field

from app.graph.port import GraphView
from app.mcp import shown
from app.mcp.arguments import (
    AsOf,
    Background,
    Candidates,
    Contexts,
    Excluding,
    Hops,
    Matched,
    Name,
    Quotes,
)
from app.mcp.parts import Parts
from app.mcp.registering import READING, tool
from app.mcp.shown import Cited, InterventionsShown, PathsShown, ShownIntervention
from app.model.answer import InterventionQuestion, NamedEntity, PathQuestion
from app.model.base import Frozen
from app.model.history import Revision, Snapshot
from app.model.vocabulary import Effect, Sign
from app.model.why import Lacking, LinkWorth, Why
from app.services import ask as words
from app.services import questions, revisions
from app.services.ask import MAX_QUESTION
from app.services.claims import claim_views
from app.services.excluding import selective
from app.services.questions import DEFAULT_HOPS, AskedEffect
from app.services.why import why as explain

SHOWN_PATHS = 2

Interventions = Annotated[int, Field(ge=1, le=50, description="How many interventions at most.")]
Offset = Annotated[int, Field(ge=0, le=100_000, description="How many to leave out first.")]


class Figures(Frozen):
    """What an answer's belief was computed from."""

    intervention: ShownIntervention
    links: tuple[LinkWorth, ...]


class Missing(Frozen):
    """What keeps one direction of change from being an answer, and the nearest path."""

    direction: Sign
    reason: str
    note: str
    path: shown.ShownPath | None
    evidence: tuple[Cited, ...]


class WhyShown(Frozen):
    """Why a target is an answer to a question, or what is missing that it is none."""

    target: NamedEntity
    outcome: NamedEntity
    effect: Effect
    snapshot: Snapshot
    answers: tuple[Figures, ...]
    lacking: tuple[Missing, ...]


def asking_tools(parts: Parts) -> list[Tool]:
    """Return the tools that ask."""
    tools = _Asking(parts)
    return [
        tool(tools.ask, title="Ask in words", annotations=READING),
        tool(tools.find_interventions, title="Find interventions", annotations=READING),
        tool(tools.find_paths, title="Find signed paths", annotations=READING),
        tool(tools.why, title="Why, or why not", annotations=READING),
    ]


class _Asking:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def ask(
        self,
        question: Annotated[
            str,
            Field(
                max_length=MAX_QUESTION,
                description="One effect on one outcome, such as: which interventions reverse EMT",
            ),
        ],
        context: Context,
        limit: Interventions = 5,
        quotes: Quotes = 3,
    ) -> InterventionsShown:
        """Ask in words which interventions have an effect on an outcome.

        The answer names the snapshot, and each intervention has the verbatim sentences it rests
        on. Cite only these quotes, each with its PMID.
        """
        self._parts.reader(context)
        read = words.read(question)

        def asked(view: GraphView) -> InterventionQuestion:
            return questions.from_words(view, read)

        return self._interventions(asked, read.as_of, limit, 0, quotes)

    def find_interventions(
        self,
        outcome: Name,
        effect: Annotated[AskedEffect, Field(description="What it should do to the outcome.")],
        context: Context,
        where: Contexts = [],  # noqa: B006 - validated into a new list for each call
        max_hops: Hops = DEFAULT_HOPS,
        include_candidates: Candidates = False,
        include_background: Background = False,
        matched_only: Matched = False,
        excluding: Excluding = [],  # noqa: B006
        as_of: AsOf = None,
        limit: Interventions = 5,
        offset: Offset = 0,
        quotes: Quotes = 3,
    ) -> InterventionsShown:
        """Find the interventions that have an effect on an outcome, best first.

        `tier` says how: observed (stated so), entailed (by one matched link), predicted (by a
        path), kinship (by membership). Counter-evidence stands beside each answer.
        """
        self._parts.reader(context)

        def asked(view: GraphView) -> InterventionQuestion:
            return InterventionQuestion(
                outcome=questions.resolved(view, outcome),
                effect=effect.effect,
                context=questions.contexts(view, where),
                max_hops=max_hops,
                include_candidates=include_candidates,
                include_background=include_background,
                matched_only=matched_only,
                excluding=questions.side_effects(view, excluding),
            )

        return self._interventions(asked, as_of, limit, offset, quotes)

    def find_paths(
        self,
        sources: Annotated[list[Name], Field(min_length=1, max_length=20)],
        targets: Annotated[list[Name], Field(min_length=1, max_length=20)],
        context: Context,
        direction: Annotated[
            Literal["+", "-"], Field(description="The change made at the source.")
        ] = "-",
        sign: Annotated[
            Literal["+", "-"] | None,
            Field(description="The product of the path's signs; null for both."),
        ] = None,
        where: Contexts = [],  # noqa: B006
        max_hops: Hops = DEFAULT_HOPS,
        include_candidates: Candidates = False,
        include_background: Background = False,
        matched_only: Matched = False,
        as_of: AsOf = None,
        limit: Annotated[int, Field(ge=1, le=50, description="How many paths at most.")] = 5,
    ) -> PathsShown:
        """Find the best signed paths from any source to any target, with the quote of each hop."""
        self._parts.reader(context)
        revision = revisions.resolve(self._parts.store, as_of)
        with self._parts.store.view(revision.number) as view:
            question = PathQuestion(
                sources=tuple(questions.resolved(view, name) for name in sources),
                targets=tuple(questions.resolved(view, name) for name in targets),
                direction=Sign(direction),
                sign=None if sign is None else Sign(sign),
                max_hops=max_hops,
                k=limit + 1,
                context=questions.contexts(view, where),
                include_candidates=include_candidates,
                include_background=include_background,
                matched_only=matched_only,
                as_of=str(revision.number),
            )
            found = self._parts.reasoner.paths(question)
            kept = found.paths[:limit]
            claims = claim_views(view, shown.first_claims(kept))
        more = "more paths are not shown; ask with a greater limit"
        return PathsShown(
            snapshot=found.snapshot,
            paths=tuple(shown.path_of(each) for each in kept),
            evidence=tuple(shown.cited(each) for each in claims.values()),
            complete=found.complete,
            cut=shown.said((more if len(found.paths) > limit else None,)),
        )

    def why(
        self,
        target: Name,
        outcome: Name,
        context: Context,
        effect: AskedEffect = AskedEffect.REVERSES,
        where: Contexts = [],  # noqa: B006
        max_hops: Hops = DEFAULT_HOPS,
        as_of: AsOf = None,
        quotes: Quotes = 3,
    ) -> WhyShown:
        """Say why changing a target has an effect on an outcome, or what is missing for it.

        For an answer: from which claims its belief was computed, and how. For none: what alone
        would make it one, with the nearest path.
        """
        self._parts.reader(context)
        revision = revisions.resolve(self._parts.store, as_of)
        with self._parts.store.view(revision.number) as view:
            question = InterventionQuestion(
                outcome=questions.resolved(view, outcome),
                effect=effect.effect,
                context=questions.contexts(view, where),
                max_hops=max_hops,
                as_of=str(revision.number),
            )
            named = questions.resolved(view, target)
            found = explain(self._parts.store, self._parts.reasoner, question, named)
            missing = tuple(_missing(view, each) for each in found.lacking)
        return _why_shown(found, missing, quotes)

    def _interventions(
        self,
        asked: Callable[[GraphView], InterventionQuestion],
        as_of: str | None,
        limit: int,
        offset: int,
        quotes: int,
    ) -> InterventionsShown:
        revision: Revision = revisions.resolve(self._parts.store, as_of)
        with self._parts.store.view(revision.number) as view:
            question = asked(view)
        fixed = question.model_copy(update={"as_of": str(revision.number)})
        parts = self._parts
        found = selective(parts.store, parts.reasoner, fixed, limit=limit, offset=offset)
        last = offset + len(found.interventions)
        more = f"find_interventions with offset={last}"
        return InterventionsShown(
            outcome=found.query.outcome,
            effect=found.query.effect,
            snapshot=found.snapshot,
            interventions=tuple(
                shown.intervention(each, paths=SHOWN_PATHS, quotes=quotes)
                for each in found.interventions
            ),
            total=found.total,
            complete=found.complete,
            cut=shown.said((shown.left_out("interventions", last, found.total, more), found.note)),
        )


def _missing(view: GraphView, lacking: Lacking) -> Missing:
    first = shown.first_claims([lacking.path]) if lacking.path else []
    return Missing(
        direction=lacking.direction,
        reason=lacking.reason,
        note=lacking.note,
        path=shown.path_of(lacking.path) if lacking.path else None,
        evidence=tuple(shown.cited(each) for each in claim_views(view, first).values()),
    )


def _why_shown(found: Why, missing: tuple[Missing, ...], quotes: int) -> WhyShown:
    return WhyShown(
        target=found.target,
        outcome=found.query.outcome,
        effect=found.query.effect,
        snapshot=found.snapshot,
        answers=tuple(
            Figures(
                intervention=shown.intervention(
                    each.intervention, paths=SHOWN_PATHS, quotes=quotes
                ),
                links=each.links,
            )
            for each in found.answers
        ),
        lacking=missing,
    )
