"""Claims as statements of BEL: a term, a relation, a term, and all else in annotations.

The relation's sign is rule 1's: what was done to the agent times what became of the outcome, each
of them the property that its term names. BEL can't say that something is needed or enough; side,
aspect, perturbation and standing go to annotations. A claim that denies is ``causesNoChange``
where it is a null result, and left out where it denies only that the effect is total.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from app.export.arrows import condition_text
from app.export.bel_terms import Named, Term, joined, plain_term, term_of
from app.export.record import ClaimRecord, Exported, Plain, top, words
from app.model.vocabulary import Sign

ANNOTATIONS: Final = (
    "Claim", "Status", "Epistemic", "Predicate", "Perturbation", "Means", "AgentMeasure",
    "OutcomeMeasure", "OutcomeAspect", "Side", "Condition", "Strength", "Timing", "Context",
    "EvidenceType", "ECO", "Supports", "Confidence", "Negated", "Retracted", "QuoteVerified",
    "Publication", "ImportedFrom",
)  # fmt: skip
NO_SENTENCE: Final = "(no sentence: the claim was imported without one)"
"""What stands for the evidence that BEL demands; annotated ``QuoteVerified = none``."""

_ASSOCIATED: Final = frozenset({"associated_with", "active_in"})
_CITATIONS: Final = {"PMID": "pubmed", "PMC": "pmc", "doi": "doi"}

_VERIFIED: Final[dict[bool | None, str]] = {True: "true", False: "false", None: "unknown"}

Values = list[tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, with the words that carry it and its annotations."""

    subject: Term
    relation: str
    object: Term
    evidence: str
    citation: tuple[str, str]
    annotations: Values


def statements(
    claims: Iterator[ClaimRecord], known: Mapping[str, Named], exported: Exported
) -> Iterator[Statement]:
    """Yield a statement for each quote of each claim; claims without one are counted."""
    for claim in claims:
        try:
            said = _said(claim, known)
        except _Unsaid as reason:
            exported.left_out[str(reason)] += 1
            continue
        citation = _citation(claim)
        shared = _annotations(claim)
        for subject, relation, target, own in said:
            for evidence, verified in _evidence(claim):
                told = [*shared, *own, ("QuoteVerified", [verified])]
                yield Statement(subject, relation, target, evidence, citation, told)


class _Unsaid(Exception):
    """Why a claim is no statement."""


_Said = tuple[Term, str, Term, Values]


def _said(claim: ClaimRecord, known: Mapping[str, Named]) -> list[_Said]:
    if claim.denied and not claim.null_result:
        raise _Unsaid("denied: only that the effect is total, or there at all")
    agent, outcome = claim.said["agent"], claim.said["outcome"]
    single = "composition" not in agent and "composition" not in outcome
    if single and not (claim.edges or claim.denied or claim.status == "accepted"):
        raise _Unsaid("an end is not grounded, or not clearly")
    by_edges = "relation" in outcome or _apart(agent) or _apart(outcome)
    if by_edges:
        return _of_edges(claim, known)
    subject, target = _term(agent, known), _term(outcome, known)
    own = _sides(claim)
    if subject is not None and target is not None:
        return [(subject, _relation(claim), target, own)]
    # Of a property that BEL has no term for, it is told only that the two have to do with it.
    plain = [_whole(each, known) for each in (agent, outcome)]
    if claim.denied or plain[0] is None or plain[1] is None:
        raise _Unsaid("BEL has no term for an end, or it is not grounded")
    return [(plain[0], "association", plain[1], own)]


def _apart(participant: Plain) -> bool:
    """Tell whether the members are spoken of one by one, and not as a whole."""
    made = participant.get("composition")
    return made is not None and made["op"] in ("or", "pathway") and top(participant) is None


def _of_edges(claim: ClaimRecord, known: Mapping[str, Named]) -> list[_Said]:
    """Say what the derived edges say, where the claim's own ends are no two terms."""
    if claim.denied:
        raise _Unsaid("denied, of several or of a relation")
    found: list[_Said] = []
    for edge in claim.edges:
        ends = [known.get(end) for end in (edge.subject, edge.object)]
        terms = [None if end is None else plain_term(end) for end in ends]
        if terms[0] is None or terms[1] is None:
            continue
        own: Values = [("Side", [edge.side])] if edge.side else []
        if edge.condition:
            own.append(("Condition", [condition_text(each) for each in edge.condition]))
        found.append((terms[0], _SIGNED[edge.sign], terms[1], own))
    if not found:
        raise _Unsaid("said of several together, or of a relation, and BEL has no term for it")
    return found


_SIGNED: Final = {
    Sign.POSITIVE: "increases",
    Sign.NEGATIVE: "decreases",
    Sign.UNSIGNED: "association",
}


def _relation(claim: ClaimRecord) -> str:
    if claim.denied:
        return "causesNoChange"
    if claim.said["predicate"]["type"] in _ASSOCIATED:
        return "association"
    made = claim.said.get("perturbation", {})
    change = {"up": 1, "down": -1}.get(claim.said["outcome"]["direction"], 0)
    if made.get("type", "none") != "none":
        change *= {"+": 1, "-": -1}.get(made.get("direction", "0"), 0)
    return {1: "increases", -1: "decreases", 0: "regulates"}[change]


def _term(participant: Plain, known: Mapping[str, Named]) -> Term | None:
    found = top(participant)
    if found is not None:
        entity = known.get(found["id"])
        return None if entity is None else term_of(entity, participant.get("measure"))
    return _joined(participant, known)


def _whole(participant: Plain, known: Mapping[str, Named]) -> Term | None:
    found = top(participant)
    if found is None:
        return _joined(participant, known)
    entity = known.get(found["id"])
    return None if entity is None else plain_term(entity)


def _joined(participant: Plain, known: Mapping[str, Named]) -> Term | None:
    made = participant.get("composition")
    if made is None or made["op"] not in ("and", "complex"):
        return None
    members: list[Term] = []
    for member in made["members"]:
        found = top(member)
        entity = known.get(found["id"]) if found is not None else None
        term = None if entity is None else plain_term(entity)
        if term is None:
            return None
        members.append(term)
    return joined(made["op"], tuple(members)) if len(members) > 1 else None


def _sides(claim: ClaimRecord) -> Values:
    sides = sorted({edge.side for edge in claim.edges if edge.side})
    conditions = claim.edges[0].condition if claim.edges else ()
    found: Values = [("Side", [*sides])] if sides else []
    if conditions:
        found.append(("Condition", [condition_text(each) for each in conditions]))
    return found


def _evidence(claim: ClaimRecord) -> Iterator[tuple[str, str]]:
    if not claim.quotes:
        yield NO_SENTENCE, "none"
    for quote in claim.quotes:
        yield quote["text"], _VERIFIED[quote.get("verified")]


def _citation(claim: ClaimRecord) -> tuple[str, str]:
    for publication in claim.publications:
        prefix, _, local = publication.partition(":")
        if prefix in _CITATIONS and local:
            return _CITATIONS[prefix], local
    return "other", (claim.publications or [f"claim {claim.id}"])[0]


def _annotations(claim: ClaimRecord) -> Values:
    said = claim.said
    made, evidence = said.get("perturbation", {}), said["evidence"]
    means = made.get("means") or {}
    used = top(means)
    told = {
        "Claim": claim.id,
        "Status": claim.status,
        "Epistemic": said["epistemic"],
        "Predicate": said["predicate"]["type"],
        "Perturbation": made.get("type", "none"),
        "Means": used["id"] if used else words(means),
        "AgentMeasure": said["agent"].get("measure"),
        "OutcomeMeasure": said["outcome"].get("measure"),
        "OutcomeAspect": said["outcome"].get("aspect"),
        "Strength": said.get("strength"),
        "Timing": said.get("timing"),
        "EvidenceType": evidence["type"],
        "Supports": evidence.get("supports"),
        "Confidence": f"{claim.confidence:g}",
        "Negated": "true" if said.get("negated") else None,
        "Retracted": "true" if claim.retracted else None,
        "ImportedFrom": said.get("source", {}).get("resource"),
    }
    many = {
        "Context": claim.context,
        "ECO": list(evidence.get("eco", ())),
        "Publication": claim.publications,
    }
    found: Values = [(name, [value]) for name, value in told.items() if value]
    return [*found, *((name, values) for name, values in many.items() if values)]
