"""Sentences whose mentions are marked, as ``rules.toml`` writes them, and claims in one line."""

import re
from typing import Final

from app.extraction.rules import RulesReader
from app.model.claim import Claim
from app.model.reading import Candidate, Document, TextMention
from app.model.text import Grounding, Span
from app.model.vocabulary import Category, ContextType

CATEGORIES: Final = {
    "": Category.GENE,
    "p": Category.BIOLOGICAL_PROCESS,
    "c": Category.SMALL_MOLECULE,
    "d": Category.DISEASE,
    "k": Category.CELL_LINE,
    "o": Category.ORGANISM_TAXON,
}
_MARKED: Final = re.compile(r"\{(?:([a-z]):)?([^{}]*)\}")


def marked(text: str, *, title: str = "") -> Document:
    """Return the document of a marked text; a name grounds to ``X:`` and itself."""
    parts: list[str] = []
    mentions: list[TextMention] = []
    at = length = 0
    title_end = 0
    whole = f"{title}\n{text}"
    for match in _MARKED.finditer(whole):
        parts.append(whole[at : match.start()])
        length += len(parts[-1])
        kind, name = match[1] or "", match[2]
        mentions.append(
            TextMention(
                mention=Span(start=length, end=length + len(name), text=name),
                groundings=(Grounding(id=f"X:{name}", name=name),),
                category=CATEGORIES[kind],
            )
        )
        parts.append(name)
        length += len(name)
        at = match.end()
    plain = "".join(parts) + whole[at:]
    title_end = plain.index("\n")
    return Document(text=plain, title_end=title_end, mentions=tuple(mentions))


def read(text: str, *, title: str = "") -> list[Claim]:
    """Return the claims that the rules read in a marked text."""
    return [candidate.claim for candidate in candidates(text, title=title)]


def candidates(text: str, *, title: str = "") -> tuple[Candidate, ...]:
    """Return the candidates that the rules read in a marked text."""
    return RulesReader().read(marked(text, title=title))


def line(claim: Claim) -> str:
    """Return agent, perturbation, predicate, outcome and direction of a claim, as examples do."""
    outcome = claim.outcome
    return " ; ".join(
        (
            claim.agent.mention.text if claim.agent.mention else "",
            claim.perturbation.type.value,
            f"{'!' if claim.negated else ''}{claim.predicate.type.value}",
            outcome.mention.text if outcome.mention else "",
            outcome.direction.value,
        )
    )


def lines(text: str, *, title: str = "") -> list[str]:
    """Return the claims of a marked text in one line each."""
    return [line(claim) for claim in read(text, title=title)]


def holds(claim: Claim, more: str) -> bool:
    """Tell whether a claim has what an expectation says beyond the first five parts."""
    slot, _, value = more.partition(" ")
    match slot:
        case "means":
            means = claim.perturbation.means
            return means is not None and means.mention is not None and means.mention.text == value
        case "measure":
            return value in (claim.agent.measure, claim.outcome.measure)
        case "stimulus" | "perturbed":
            kind = {"stimulus": ContextType.CO_STIMULUS, "perturbed": ContextType.CO_PERTURBATION}
            return any(
                item.type is kind[slot] and item.mention is not None and item.mention.text == value
                for item in claim.context
            )
        case "induction" | "maintenance":
            return claim.outcome.aspect == slot
        case "partial" | "complete":
            return claim.strength == slot
        case "supports":
            return claim.evidence.supports == value
        case "relation":
            relation = claim.outcome.relation
            subject = relation.subject.mention if relation else None
            return subject is not None and subject.text == value
    return claim.epistemic == slot
