"""A small true reader with a small true grounder: "X inhibition reverses Y", "X induces Y".

Tests of what is done with a reading need one that is quick and whose claims are foreseeable.
"""

import os
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass

from app.model.claim import (
    Claim,
    Evidence,
    Extraction,
    Outcome,
    Participant,
    Perturbation,
    Predicate,
)
from app.model.entity import Entity, EntityRelation
from app.model.reading import Candidate, Document, TextMention
from app.model.text import Grounding, Quote, Span
from app.model.vocabulary import (
    Category,
    Epistemic,
    EvidenceType,
    OutcomeDirection,
    PerturbationType,
    PredicateType,
    RelationType,
    Sign,
)
from app.services.pipeline import Pipeline
from tests.support import factories

ENTITIES = {
    each.id: each
    for each in (
        factories.entity(synonyms=("EMT",)),
        factories.entity("GO:0008150", "process"),
        factories.entity("HGNC:9955", "RELA", Category.GENE, ("p65",)),
        factories.entity("FPLX:NFkappaB", "NFkappaB", Category.GENE_FAMILY, ("NF-kappaB",)),
        factories.entity("CHEBI:3962", "curcumin", Category.SMALL_MOLECULE),
    )
}
RELATIONS = (
    factories.relation("HGNC:9955", RelationType.MEMBER_OF, "FPLX:NFkappaB", Sign.POSITIVE),
    factories.relation("GO:0001837", RelationType.IS_A, "GO:0008150"),
)
NAMES = {
    "EMT": "GO:0001837",
    "p65": "HGNC:9955",
    "NF-kappaB": "FPLX:NFkappaB",
    "Curcumin": "CHEBI:3962",
}
FATAL = "END OF THE PROCESS"
"""Words at which the grounder ends its process, as a fault in a library would."""

FAULTY = "FAULT"
"""Words at which the reader raises."""

_VERBS = {
    "reverses": (PredicateType.REVERSES, OutcomeDirection.DOWN),
    "induces": (PredicateType.INDUCES, OutcomeDirection.UP),
    "raises": (PredicateType.REVERSES, OutcomeDirection.UP),
}


class TinyLexicon:
    def entity(self, curie: str) -> Entity | None:
        return ENTITIES.get(curie)

    def relations(self, curies: Iterable[str]) -> tuple[EntityRelation, ...]:
        wanted = set(curies)
        return tuple(each for each in RELATIONS if each.subject in wanted)


class TinyGrounder:
    def mentions(self, text: str) -> tuple[TextMention, ...]:
        if FATAL in text:
            os._exit(3)
        found = []
        for match in re.finditer("|".join(NAMES), text):
            entity = ENTITIES[NAMES[match.group()]]
            found.append(
                TextMention(
                    mention=Span(start=match.start(), end=match.end(), text=match.group()),
                    groundings=(Grounding(id=entity.id, name=entity.name, score=0.9),),
                    category=entity.category,
                )
            )
        return tuple(found)


@dataclass(frozen=True)
class TinyReader:
    """Reads "X verb Y" and "X inhibition verb Y"; ``quote_all`` quotes the whole text's line.

    With ``stances`` a title sums up, and what follows "thus" is concluded.
    """

    name: str = "rules"
    version: str = "1"
    confidence: float = 0.7
    verbs: tuple[str, ...] = tuple(_VERBS)
    quote_all: bool = False
    stances: bool = False
    pause: float = 0.0

    def read(self, document: Document) -> tuple[Candidate, ...]:
        if FAULTY in document.text:
            raise RuntimeError("a fault in the reader")
        time.sleep(self.pause)
        verbs = "|".join(self.verbs) or "(?!)"
        pattern = re.compile(rf"(\S+)( inhibition)? ({verbs}) (\w+)")
        return tuple(
            Candidate(claim=claim, extraction=self._extraction(match.group(3)))
            for match in pattern.finditer(document.text)
            if (claim := self._claim(document, match)) is not None
        )

    def _extraction(self, rule: str) -> Extraction:
        return Extraction(
            reader=self.name, version=self.version, rule=rule, confidence=self.confidence
        )

    def _claim(self, document: Document, match: re.Match[str]) -> Claim | None:
        agent = _participant(document, match, 1)
        outcome = _participant(document, match, 4)
        if agent is None or outcome is None:
            return None
        verb, direction = _VERBS[match.group(3)]
        start, end = match.span()
        if self.quote_all:
            start = document.text.rfind("\n", 0, start) + 1
        inhibited = match.group(2) is not None
        kind = PerturbationType.INHIBITION if inhibited else PerturbationType.NONE
        return Claim(
            text_sha256=document.sha256,
            agent=agent,
            perturbation=Perturbation(
                type=kind, direction=Sign.NEGATIVE if inhibited else Sign.UNSIGNED
            ),
            predicate=Predicate(type=verb, trigger=_span(match, 3)),
            outcome=Outcome(**dict(agent_of(outcome)), direction=direction),
            evidence=Evidence(type=EvidenceType.LOSS_OF_FUNCTION),
            epistemic=self._epistemic(document, start),
            quotes=(
                Quote(
                    text=document.text[start:end],
                    start=start,
                    end=end,
                    sha256=document.sha256,
                    verified=True,
                ),
            ),
        )

    def _epistemic(self, document: Document, start: int) -> Epistemic:
        if not self.stances:
            return Epistemic.DEMONSTRATED
        if start < document.title_end:
            return Epistemic.SUMMARY
        thus = document.text[:start].lower().endswith("thus ")
        return Epistemic.INTERPRETATION if thus else Epistemic.DEMONSTRATED


def agent_of(participant: Participant) -> dict[str, object]:
    return {"mention": participant.mention, "groundings": participant.groundings}


def _participant(document: Document, match: re.Match[str], group: int) -> Participant | None:
    span = _span(match, group)
    meant = next((each for each in document.mentions if each.mention == span), None)
    return Participant(mention=span, groundings=meant.groundings) if meant else None


def _span(match: re.Match[str], group: int) -> Span:
    return Span(start=match.start(group), end=match.end(group), text=match.group(group))


def tiny_pipeline(*readers: TinyReader) -> Pipeline:
    return Pipeline(TinyGrounder(), TinyLexicon(), readers or (TinyReader(),))


def default_pipeline() -> Pipeline:
    """Make the pipeline of a process of its own."""
    return tiny_pipeline()
