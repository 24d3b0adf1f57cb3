"""The tools that tell with what, what was tried, where it holds, and what it needs."""

from typing import Annotated, Literal

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.tools import Tool
from pydantic import Field

from app.mcp import shown
from app.mcp.arguments import AsOf, Candidates, Contexts, Excluding, Hops, Name, Quotes
from app.mcp.compared import (
    ContrastRowShown,
    ContrastShown,
    MeansShown,
    NeedShown,
    NeedsShown,
    ShownCell,
    ShownMeans,
    Told,
    Touched,
    TriedCell,
    TriedShown,
)
from app.mcp.parts import Parts
from app.mcp.registering import READING, tool
from app.model.answer import InterventionQuestion
from app.model.contrast import (
    ContrastCell,
    Requirement,
    RequirementQuestion,
)
from app.model.matrix import CellResult, ContextPart, MatrixCell, MatrixQuestion
from app.model.means import ActedOn, Means
from app.services import questions, revisions
from app.services.contrast import contrast
from app.services.matrix import matrix
from app.services.means import means
from app.services.questions import DEFAULT_HOPS, AskedEffect
from app.services.requirements import requirements

ACTED_ON_SHOWN = 8

Limit = Annotated[int, Field(ge=1, le=50, description="How many rows at most.")]
Offset = Annotated[int, Field(ge=0, le=100_000, description="How many to leave out first.")]
AnEffect = Annotated[AskedEffect, Field(description="What it should do to the outcome.")]


def comparing_tools(parts: Parts) -> list[Tool]:
    """Return the tools that compare experiments."""
    tools = _Comparing(parts)
    return [
        tool(tools.find_means, title="Find compounds and constructs", annotations=READING),
        tool(tools.what_was_tried, title="What was tried", annotations=READING),
        tool(tools.contrast, title="Here but not there", annotations=READING),
        tool(tools.requirements, title="What a cause needs", annotations=READING),
    ]


class _Comparing:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def find_means(
        self,
        outcome: Name,
        effect: AnEffect,
        context: Context,
        where: Contexts = [],  # noqa: B006 - validated into a new list for each call
        excluding: Excluding = [],  # noqa: B006
        max_hops: Hops = DEFAULT_HOPS,
        include_candidates: Candidates = False,
        as_of: AsOf = None,
        limit: Limit = 5,
        offset: Offset = 0,
        quotes: Quotes = 2,
    ) -> MeansShown:
        """Find compounds and constructs that have an effect on an outcome, best first.

        `acts_on` says what else each is known to act on. What is not known to act on anything else
        is not known to be selective; never say so.
        """
        self._parts.reader(context)
        revision = revisions.resolve(self._parts.store, as_of)
        with self._parts.store.view(revision.number) as view:
            question = InterventionQuestion(
                outcome=questions.resolved(view, outcome),
                effect=effect.effect,
                context=questions.contexts(view, where),
                excluding=questions.side_effects(view, excluding),
                max_hops=max_hops,
                include_candidates=include_candidates,
                as_of=str(revision.number),
            )
        found = means(self._parts.store, self._parts.reasoner, question, limit=limit, offset=offset)
        last = offset + len(found.means)
        return MeansShown(
            outcome=found.query.outcome,
            snapshot=found.snapshot,
            means=tuple(_means(each, quotes) for each in found.means),
            without_means=found.without_means,
            total=found.total,
            complete=found.complete,
            cut=shown.said((_more("means", last, found.total), found.note)),
        )

    def what_was_tried(
        self,
        target: Name,
        outcome: Name,
        context: Context,
        include_candidates: Candidates = False,
        as_of: AsOf = None,
        limit: Annotated[int, Field(ge=1, le=50, description="How many contexts at most.")] = 10,
        quotes: Quotes = 2,
    ) -> TriedShown:
        """Lay out what was tried with a target and an outcome, by side, aspect and context.

        A cell that is not listed is untested, which is not *no effect*. `deciding` are the
        experiments that would resolve a conflict or turn an extrapolated hop into a matched one.
        """
        self._parts.reader(context)
        revision = revisions.resolve(self._parts.store, as_of)
        with self._parts.store.view(revision.number) as view:
            question = MatrixQuestion(
                target=questions.resolved(view, target),
                outcome=questions.resolved(view, outcome),
                include_candidates=include_candidates,
                as_of=str(revision.number),
            )
        found = matrix(self._parts.store, self._parts.reasoner, question, limit=limit)
        return TriedShown(
            target=found.query.target,
            outcome=found.query.outcome,
            snapshot=found.snapshot,
            cells=tuple(
                _tried(cell, each.parts, quotes)
                for each in found.contexts
                for cell in each.cells
                if cell.result is not CellResult.UNTESTED
            ),
            deciding=found.deciding,
            cut=shown.said((_more("contexts", len(found.contexts), found.total),)),
        )

    def contrast(
        self,
        outcome: Name,
        effect: AnEffect,
        context: Context,
        where: Contexts = [],  # noqa: B006
        versus: Contexts = [],  # noqa: B006
        versus_outcome: Name | None = None,
        include_candidates: Candidates = False,
        as_of: AsOf = None,
        limit: Limit = 5,
        offset: Offset = 0,
        quotes: Quotes = 2,
    ) -> ContrastShown:
        """Compare what has an effect here (`where`) with what is known there (`versus`).

        Untested there means that nobody tried it, never that it has no effect there.
        """
        self._parts.reader(context)
        revision = revisions.resolve(self._parts.store, as_of)
        with self._parts.store.view(revision.number) as view:
            question = questions.contrast(
                view, outcome, effect, context=where, versus=versus,
                versus_outcome=versus_outcome, include_candidates=include_candidates,
                as_of=str(revision.number),
            )  # fmt: skip
        parts = self._parts
        found = contrast(parts.store, parts.reasoner, question, limit=limit, offset=offset)
        return ContrastShown(
            snapshot=found.snapshot,
            rows=tuple(
                ContrastRowShown(
                    target=row.target,
                    perturbation=row.perturbation,
                    kind=row.kind,
                    here=_cell(row.here, quotes),
                    there=_cell(row.there, quotes),
                    words=row.words,
                )
                for row in found.rows
            ),
            total=found.total,
            cut=shown.said((_more("rows", offset + len(found.rows), found.total),)),
        )

    def requirements(
        self,
        cause: Name,
        outcome: Name,
        context: Context,
        include_candidates: Candidates = False,
        as_of: AsOf = None,
        limit: Limit = 10,
        offset: Offset = 0,
        quotes: Quotes = 2,
    ) -> NeedsShown:
        """Tell what a cause needs for its effect on an outcome, and what it does without."""
        self._parts.reader(context)
        revision = revisions.resolve(self._parts.store, as_of)
        with self._parts.store.view(revision.number) as view:
            question = RequirementQuestion(
                cause=questions.resolved(view, cause),
                outcome=questions.resolved(view, outcome),
                include_candidates=include_candidates,
                as_of=str(revision.number),
            )
        parts = self._parts
        found = requirements(parts.store, parts.reasoner, question, limit=limit, offset=offset)
        last = offset + len(found.requirements)
        return NeedsShown(
            cause=found.query.cause,
            outcome=found.query.outcome,
            snapshot=found.snapshot,
            requirements=tuple(_need(each, quotes) for each in found.requirements),
            of_outcome=tuple(_need(each, quotes) for each in found.of_outcome[:limit]),
            total=found.total,
            cut=shown.said((_more("requirements", last, found.total),)),
        )


def _more(
    what: Literal["means", "contexts", "rows", "requirements"], last: int, total: int
) -> str | None:
    how = "limit" if what == "contexts" else f"offset={last}"
    return shown.left_out(what, last, total, how)


def _means(each: Means, quotes: int) -> ShownMeans:
    evidence = each.shown or each.intervention.evidence
    return ShownMeans(
        means=each.means,
        name=each.name,
        tier=each.tier,
        belief=each.belief,
        target=each.intervention.target,
        perturbation=each.intervention.perturbation,
        paths=tuple(shown.path_of(path) for path in each.intervention.paths[:1]),
        evidence=tuple(shown.cited_evidence(one) for one in evidence[:quotes]),
        through=tuple(_touched(one, quotes) for one in each.through),
        selectivity=each.selectivity,
        acts_on=tuple(_touched(one, 1) for one in each.acts_on[:ACTED_ON_SHOWN]),
        acts_on_total=each.acts_on_total,
        exclusions=tuple(shown.exclusion(one, quotes) for one in each.exclusions),
    )


def _touched(one: ActedOn, quotes: int) -> Touched:
    return Touched(
        target=one.target,
        directions=one.directions,
        named=one.named,
        claim_count=one.claim_count,
        evidence=tuple(shown.cited_evidence(each) for each in one.evidence[:quotes]),
    )


def _tried(cell: MatrixCell, context: tuple[ContextPart, ...], quotes: int) -> TriedCell:
    return TriedCell(
        context=context,
        side=cell.side,
        aspect=cell.aspect,
        result=cell.result,
        total=cell.total,
        evidence=tuple(shown.cited_evidence(each) for each in cell.claims[:quotes]),
    )


def _cell(cell: ContrastCell, quotes: int) -> ShownCell:
    return ShownCell(
        result=cell.result,
        opposite=cell.opposite,
        evidence=tuple(shown.cited_evidence(each) for each in cell.claims[:quotes]),
        against=tuple(shown.cited_evidence(each) for each in cell.against[:quotes]),
        total=cell.total,
        unplaced=cell.unplaced,
    )


def _need(need: Requirement, quotes: int) -> NeedShown:
    return NeedShown(
        entities=need.entities,
        name=need.name,
        result=need.result,
        partial=need.partial,
        told=tuple(
            Told(
                aspect=cell.aspect,
                context=cell.context,
                result=cell.result,
                opposite=cell.opposite,
                sources=cell.sources,
                evidence=tuple(shown.cited_evidence(each) for each in cell.claims[:quotes]),
            )
            for cell in need.cells
        ),
        words=need.words,
    )
