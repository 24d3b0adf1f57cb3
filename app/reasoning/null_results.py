"""Interventions for which a null result was seen: what *no effect* asks for; none is inferred."""

from collections.abc import Sequence

import numpy as np

from app.model.answer import Intervention
from app.model.claim import ClaimView
from app.model.vocabulary import Sign, Tier
from app.reasoning.belief import reported_reliability
from app.reasoning.canon import Canon
from app.reasoning.context import agreement_of, findings
from app.reasoning.counter import is_standing
from app.reasoning.effects import is_null_result
from app.reasoning.grounds import evidence_item
from app.reasoning.interventions import Assembly, named, perturbation
from app.reasoning.lens import BESIDE
from app.reasoning.papers import bylines, independent_count, publication_count
from app.reasoning.signs import number
from app.reasoning.steps import agreement_order, rounded


def without_effect(assembly: Assembly) -> list[Intervention]:
    """Return the interventions that were tried without effect, best first."""
    by_intervention: dict[tuple[str, int], list[ClaimView]] = {}
    for claim in assembly.about:
        made = null_intervention(claim, assembly.lens.canon)
        if made is not None and _counts(claim, assembly):
            by_intervention.setdefault(made, []).append(claim)
    answers = [
        _intervention(target, change, claims, assembly)
        for (target, change), claims in by_intervention.items()
    ]
    return sorted(answers, key=_order)


def null_intervention(claim: ClaimView, canon: Canon) -> tuple[str, int] | None:
    """Return (target, change) of the intervention that a null result was seen for."""
    agent = claim.agent.top
    direction = claim.perturbation.direction
    if agent is None or direction is Sign.UNSIGNED or not is_null_result(claim):
        return None
    meaning = canon.meaning(agent.id)
    return meaning.id, number(direction) * meaning.sign


def _counts(claim: ClaimView, assembly: Assembly) -> bool:
    outcome = claim.outcome.top
    return (
        outcome is not None
        and assembly.lens.canon.canonical(outcome.id) == assembly.outcome
        and is_standing(claim, candidates=assembly.question.include_candidates)
        and claim.epistemic not in BESIDE
    )


def _order(answer: Intervention) -> tuple[object, ...]:
    return (
        agreement_order(answer.agreement),
        -answer.belief,
        -answer.independent_papers,
        answer.target.id,
        answer.perturbation.direction,
    )


def _intervention(
    target: str, change: int, claims: list[ClaimView], assembly: Assembly
) -> Intervention:
    claims.sort(key=lambda c: (-reported_reliability(c), c.id))
    agreement = min(
        (agreement_of(findings(claim, assembly.reading.asked)) for claim in claims),
        key=agreement_order,
    )
    papers, independent = _papers(claims, assembly)
    return Intervention(
        target=named(target, assembly.reading),
        perturbation=perturbation(target, change, assembly.reading),
        tier=Tier.OBSERVED,
        matched=True,
        belief=rounded(reported_reliability(claims[0])),
        weakest=rounded(reported_reliability(claims[0])),
        agreement=agreement,
        paths=(),
        evidence=tuple(evidence_item(claim, "ground") for claim in claims),
        claim_count=len(claims),
        papers=papers,
        independent_papers=independent,
    )


def _papers(claims: Sequence[ClaimView], assembly: Assembly) -> tuple[int, int]:
    """Return how many publications the claims name, and how many papers are independent at most."""
    known = {name: fact.id for name, fact in (assembly.articles or {}).items()}
    named = {frozenset(known.get(n, n) for n in c.publications) for c in claims if c.publications}
    papers = sorted(sorted(each) for each in named)
    by = bylines(papers, {fact.id: fact for fact in (assembly.articles or {}).values()})
    places = np.arange(len(papers), dtype=np.int32)
    return publication_count(places, by), independent_count(places, by)
