"""Answers as agents read them: small, each statement with the words that it rests on.

What a limit leaves out is said in ``cut``, with the call that shows it.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from app.model.answer import (
    AnswerEvidence,
    CounterEvidence,
    Exclusion,
    ExclusionVerdict,
    Intervention,
    InterventionPerturbation,
    NamedEntity,
    Path,
)
from app.model.base import Frozen
from app.model.claim import ClaimView
from app.model.conflict import ConflictClaim
from app.model.history import Snapshot
from app.model.vocabulary import Aspect, Effect, Epistemic, Side, Sign, Status, Tier

NO_SENTENCE: Final = "imported, no sentence"
UNPLACED: Final = "imported words, whose place in the text is unknown"
NOT_FOUND: Final = "the words do not stand in the article's text: do not cite them"


class Cited(Frozen):
    """A claim in words, with the verbatim quote that it rests on.

    ``start`` and ``end`` count Unicode code points of the article's text, end-exclusive.
    ``status`` is ``candidate`` where no curator has judged the claim.
    """

    claim: str
    statement: str
    quote: str | None
    pmid: str | None
    start: int | None
    end: int | None
    verified: bool | None
    status: Status
    epistemic: Epistemic
    note: str | None = None


class CitedAgainst(Frozen):
    """A claim that speaks against an answer, and whether it contradicts or differs in scope."""

    claim: str
    statement: str
    kind: str
    relation: str
    scope: tuple[str, ...]
    quote: str | None
    pmid: str | None
    start: int | None
    end: int | None
    verified: bool | None
    note: str | None = None


class ShownStep(Frozen):
    """One hop; ``claims`` are ids, of which the first stands among the evidence.

    ``matched`` is false where the experiment was made in the opposite direction, so that the hop
    is extrapolated.
    """

    subject: str
    subject_name: str
    sign: Sign
    object: str
    object_name: str
    aspect: Aspect | None
    side: Side | None
    matched: bool
    kinship: str | None
    claims: tuple[str, ...]


class ShownPath(Frozen):
    """A signed path with its arithmetic in words."""

    arithmetic: str
    sign: Sign
    matched: bool
    belief: float
    steps: tuple[ShownStep, ...]


class ShownExclusion(Frozen):
    """Whether an intervention has a side effect; what nobody measured is not clear."""

    outcome: NamedEntity
    effect: Effect
    verdict: ExclusionVerdict
    evidence: tuple[Cited, ...]
    against: tuple[Cited, ...]
    predicted: str | None


class ShownIntervention(Frozen):
    """One answer; ``cut`` says what of it is not shown."""

    target: NamedEntity
    perturbation: InterventionPerturbation
    tier: Tier
    matched: bool
    contradicted: bool
    belief: float
    claim_count: int
    papers: int
    independent_papers: int
    candidates_used: int
    influence: float | None
    paths: tuple[ShownPath, ...]
    evidence: tuple[Cited, ...]
    counter_evidence: tuple[CitedAgainst, ...]
    exclusions: tuple[ShownExclusion, ...] = ()
    cut: tuple[str, ...] = ()


class InterventionsShown(Frozen):
    """The answer to a question for interventions, best first; ``total`` counts all of them."""

    outcome: NamedEntity
    effect: Effect
    snapshot: Snapshot
    interventions: tuple[ShownIntervention, ...]
    total: int
    complete: bool
    cut: tuple[str, ...] = ()


class PathsShown(Frozen):
    """Signed paths, best first, with the quotes that their hops rest on."""

    snapshot: Snapshot
    paths: tuple[ShownPath, ...]
    evidence: tuple[Cited, ...]
    complete: bool
    cut: tuple[str, ...] = ()


def cited(claim: ClaimView) -> Cited:
    """Return a claim by its first quote."""
    quote = claim.quotes[0] if claim.quotes else None
    said = note_on(quote.text if quote else None, quote.verified if quote else None)
    retracted = "the article was retracted" if claim.retracted else None
    if claim.withdrawn:
        retracted = "PubMed withdrew the article's record"
    return Cited(
        claim=claim.id,
        statement=claim.statement,
        quote=quote.text if quote else None,
        pmid=claim.article,
        start=quote.start if quote else None,
        end=quote.end if quote else None,
        verified=quote.verified if quote else None,
        status=claim.status,
        epistemic=claim.epistemic,
        note="; ".join(part for part in (said, retracted) if part) or None,
    )


def note_on(quote: str | None, verified: bool | None) -> str | None:
    """Return what must be said of a quote that is no verified one."""
    if quote is None:
        return NO_SENTENCE
    if verified is None:
        return UNPLACED
    return None if verified else NOT_FOUND


def intervention(found: Intervention, *, paths: int, quotes: int) -> ShownIntervention:
    """Return an answer with at most so many paths, and quotes beside those of its hops."""
    kept = found.paths[:paths]
    needed = {step.claims[0] for path in kept for step in path.steps if step.claims}
    room = max(0, quotes - len(needed))
    evidence: list[AnswerEvidence] = []
    for each in found.evidence:
        if each.claim in needed:
            evidence.append(each)
        elif room:
            evidence.append(each)
            room -= 1
    against = found.counter_evidence[:quotes]
    left = (
        left_out("paths", len(kept), len(found.paths), "find_paths"),
        left_out("quotes", len(evidence), len(found.evidence), "quotes"),
        left_out("counter-claims", len(against), len(found.counter_evidence), "quotes"),
    )
    return ShownIntervention(
        target=found.target,
        perturbation=found.perturbation,
        tier=found.tier,
        matched=found.matched,
        contradicted=found.contradicted,
        belief=found.belief,
        claim_count=found.claim_count,
        papers=found.papers,
        independent_papers=found.independent_papers,
        candidates_used=len(found.candidates_used),
        influence=found.influence,
        paths=tuple(path_of(each) for each in kept),
        evidence=tuple(cited_evidence(each) for each in evidence),
        counter_evidence=tuple(_against(each) for each in against),
        exclusions=tuple(exclusion(each, quotes) for each in found.exclusions),
        cut=said(left),
    )


def exclusion(found: Exclusion, quotes: int) -> ShownExclusion:
    """Return what is known of a side effect."""
    return ShownExclusion(
        outcome=found.outcome,
        effect=found.effect,
        verdict=found.verdict,
        evidence=tuple(cited_evidence(each) for each in found.evidence[:quotes]),
        against=tuple(cited_evidence(each) for each in found.against[:quotes]),
        predicted=found.predicted.arithmetic if found.predicted else None,
    )


def path_of(path: Path) -> ShownPath:
    """Return a path without what only a drawing needs."""
    return ShownPath(
        arithmetic=path.arithmetic,
        sign=path.sign,
        matched=path.matched,
        belief=path.belief,
        steps=tuple(
            ShownStep(
                subject=step.subject,
                subject_name=step.subject_name,
                sign=step.sign,
                object=step.object,
                object_name=step.object_name,
                aspect=step.aspect,
                side=step.side,
                matched=step.matched,
                kinship=step.kinship,
                claims=step.claims,
            )
            for step in path.steps
        ),
    )


def first_claims(paths: Iterable[Path]) -> list[str]:
    """Return the first claim of each hop, each once: those whose quotes are shown."""
    ids = (step.claims[0] for path in paths for step in path.steps if step.claims)
    return list(dict.fromkeys(ids))


def left_out(what: str, shown: int, total: int, how: str) -> str | None:
    """Return the sentence that says what was left out and what to ask for more, if anything was."""
    return f"{total - shown} more {what} are not shown; see {how}" if shown < total else None


def said(sentences: Sequence[str | None]) -> tuple[str, ...]:
    """Return those sentences that there are."""
    return tuple(each for each in sentences if each)


def cited_evidence(found: AnswerEvidence | ConflictClaim) -> Cited:
    """Return a claim as an answer shows it."""
    return Cited(
        claim=found.claim,
        statement=found.statement,
        quote=found.quote,
        pmid=found.pmid,
        start=found.start,
        end=found.end,
        verified=found.verified,
        status=found.status,
        epistemic=found.epistemic,
        note=note_on(found.quote, found.verified),
    )


def _against(found: CounterEvidence) -> CitedAgainst:
    return CitedAgainst(
        claim=found.claim,
        statement=found.statement,
        kind=found.kind,
        relation=found.relation,
        scope=found.scope,
        quote=found.quote,
        pmid=found.pmid,
        start=found.start,
        end=found.end,
        verified=found.verified,
        note=note_on(found.quote, found.verified),
    )
