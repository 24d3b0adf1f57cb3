"""Whether two claims say the same: another test than having the same id."""

from collections.abc import Callable, Iterable

from app.model.claim import Claim, Participant
from app.model.text import Span, one_space


def same_statement(
    first: Claim, second: Claim, canonical: Callable[[str], str] = lambda entity: entity
) -> bool:
    """Tell whether two claims make one statement.

    They do when they quote one sentence of one text (their quotes overlap) and agree in agent,
    perturbation direction, outcome, its direction and aspect, and negation. Participants agree
    when their first groundings mean one entity, or, ungrounded, when their words are the same.
    """
    return (
        _one_sentence(first, second)
        and first.negated is second.negated
        and first.perturbation.direction is second.perturbation.direction
        and first.outcome.direction is second.outcome.direction
        and first.outcome.aspect is second.outcome.aspect
        and _meaning(first.agent, canonical) == _meaning(second.agent, canonical)
        and _outcome(first, canonical) == _outcome(second, canonical)
    )


def _one_sentence(first: Claim, second: Claim) -> bool:
    if first.text_sha256 is None or first.text_sha256 != second.text_sha256:
        return False
    here, there = _quoted(first), _quoted(second)
    return any(a.start < b.end and b.start < a.end for a in here for b in there)


def _quoted(claim: Claim) -> list[Span]:
    return [quote.span for quote in claim.quotes if quote.span is not None]


def _outcome(claim: Claim, canonical: Callable[[str], str]) -> object:
    relation = claim.outcome.relation
    if relation is None:
        return _meaning(claim.outcome, canonical)
    ends = (_meaning(end, canonical) for end in (relation.subject, relation.object))
    return (*ends, relation.sign)


def _meaning(participant: Participant, canonical: Callable[[str], str]) -> object:
    if participant.composition is not None:
        members = participant.composition.members
        return (
            participant.composition.op,
            frozenset(
                canonical(member.groundings[0].id) if member.groundings else _words(member.mention)
                for member in members
            ),
            participant.measure,
        )
    top = participant.top
    meant = canonical(top.id) if top else _words(participant.antecedent or participant.mention)
    return (meant, participant.measure)


def _words(span: Span | None) -> str:
    return one_space(span.text).casefold() if span else ""


def doubles(claim: Claim, others: Iterable[Claim], canonical: Callable[[str], str]) -> Claim | None:
    """Return the first of ``others`` that says the same as ``claim`` and is not it."""
    return next(
        (o for o in others if o.id != claim.id and same_statement(claim, o, canonical)), None
    )
