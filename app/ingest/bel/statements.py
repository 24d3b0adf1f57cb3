"""Statements of BEL to claims, by the rules of reading."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from app.ingest.bel.names import Found, NameReader
from app.ingest.bel.terms import Term, Unmapped, term_of
from app.ingest.imported import ImportedClaim, ImportedRelation, LeftOut, Place
from app.model.claim import (
    Claim,
    ContextItem,
    Evidence,
    ImportSource,
    Outcome,
    Participant,
    Perturbation,
    Predicate,
)
from app.model.entity import Entity, EntityRelation
from app.model.errors import BadInput
from app.model.identifiers import normalise_curie
from app.model.schema import edge_allowed
from app.model.text import Grounding, Quote, one_space
from app.model.vocabulary import (
    Category,
    CompositionOp,
    ContextType,
    Epistemic,
    EvidenceType,
    Measure,
    OutcomeDirection,
    PerturbationType,
    PredicateType,
    RelationType,
    Sign,
)

_SIGNED: Final = {
    "increases": (PredicateType.INCREASES, OutcomeDirection.UP),
    "directlyIncreases": (PredicateType.INCREASES, OutcomeDirection.UP),
    "decreases": (PredicateType.DECREASES, OutcomeDirection.DOWN),
    "directlyDecreases": (PredicateType.DECREASES, OutcomeDirection.DOWN),
}
_SYMMETRIC: Final = frozenset(
    {"association", "positiveCorrelation", "negativeCorrelation", "noCorrelation"}
)
_UNSIGNED: Final = _SYMMETRIC | {
    "regulates", "correlation", "biomarkerFor", "prognosticBiomarkerFor", "rateLimitingStepOf",
    "binds",
}  # fmt: skip
_CLAIMS: Final = frozenset(_SIGNED) | _UNSIGNED | {"causesNoChange"}
_OBSERVED: Final = frozenset(
    {"correlation", "positiveCorrelation", "negativeCorrelation", "noCorrelation"}
)
_CONTEXT: Final = {
    "Species": ContextType.ORGANISM,
    "Custom_Species": ContextType.ORGANISM,
    "MeSHAnatomy": ContextType.CELL,
    "Anatomy": ContextType.CELL,
    "Cell": ContextType.CELL,
    "CellLine": ContextType.CELL,
    "Cell_Line": ContextType.CELL,
    "Custom_CellLine": ContextType.CELL,
    "MeSHDisease": ContextType.DISEASE,
    "Disease": ContextType.DISEASE,
    "Custom_Disease": ContextType.DISEASE,
}
_CATEGORY: Final = {
    ContextType.ORGANISM: Category.ORGANISM_TAXON,
    ContextType.CELL: Category.ANATOMICAL_ENTITY,
    ContextType.DISEASE: Category.DISEASE,
}
_CITATIONS: Final = {"pubmed": "PMID", "pmc": "PMC", "doi": "doi"}
_NONE: Final = Perturbation()
_TREATED: Final = Perturbation(type=PerturbationType.TREATMENT, direction=Sign.POSITIVE)
_MUTATED: Final = Perturbation(type=PerturbationType.MUTATION, direction=Sign.UNSIGNED)


@dataclass(frozen=True, slots=True)
class BelEdge:
    """An edge of pybel's graph: its ends, its data, how BEL writes it, and where it stands."""

    place: Place
    subject: Mapping[str, Any]
    target: Mapping[str, Any]
    data: Mapping[str, Any]
    written: str
    document: str

    @property
    def relation(self) -> str:
        """The relation's name."""
        return str(self.data["relation"])

    @property
    def is_mirror(self) -> bool:
        """Whether it is the second of the two edges that pybel makes of a symmetric statement."""
        ends = self.written.split(f" {self.relation} ", 1)
        return self.relation in _SYMMETRIC and len(ends) == 2 and ends[0] > ends[1]


Read = ImportedClaim | ImportedRelation | LeftOut


def read_edge(edge: BelEdge, names: NameReader) -> tuple[Read, tuple[Entity, ...]]:
    """Return what an edge becomes, and the entities that it names."""
    try:
        if edge.relation == "isA":
            return _hierarchy(edge, names)
        if edge.relation in _CLAIMS:
            return _claim(edge, names)
    except Unmapped as reason:
        return LeftOut(edge.place, str(reason), reason.detail or edge.written), ()
    return LeftOut(edge.place, f"{edge.relation}: structure and no claim", edge.written), ()


def _claim(edge: BelEdge, names: NameReader) -> tuple[ImportedClaim, tuple[Entity, ...]]:
    if edge.subject["function"] == "Reaction":
        raise Unmapped("a reaction as the subject")
    agent = term_of(edge.subject, edge.data.get("source_modifier"), names)
    outcome = term_of(edge.target, edge.data.get("target_modifier"), names)
    predicate, direction, perturbation, marks = _said(edge.relation, agent, outcome)
    contexts = tuple(_contexts(edge, names))
    organisms = dict.fromkeys(f.organism for f in (*agent.found, *outcome.found) if f.organism)
    if organisms:
        marks = (*marks, "a gene of mouse or rat, read as its human counterpart")
    claim = Claim(
        text_sha256=None,
        agent=_participant(agent),
        perturbation=perturbation,
        predicate=Predicate(type=predicate),
        outcome=Outcome(**dict(_participant(_as_a_whole(outcome))), direction=direction),
        context=(*(item for item, _ in contexts), *_organisms(organisms, contexts)),
        evidence=Evidence(type=_shown(edge.relation)),
        epistemic=Epistemic.UNSTATED,
        quotes=tuple(_quotes(edge)),
        source=ImportSource(
            resource=edge.document,
            edge=edge.written,
            qualifiers=(f"relation={edge.relation}",),
            publications=tuple(_publications(edge)),
            columns=tuple(_columns(edge)),
        ),
    )
    found = (*agent.found, *outcome.found, *(found for _, found in contexts if found))
    entities = tuple(dict.fromkeys(each.entity for each in found))
    return ImportedClaim(edge.place, claim, True, edge.relation, marks), entities


def _said(
    relation: str, agent: Term, outcome: Term
) -> tuple[PredicateType, OutcomeDirection, Perturbation, tuple[str, ...]]:
    """Return verb, direction and perturbation; an outcome in a form of its own is unsigned."""
    if relation == "causesNoChange":
        perturbation = _TREATED if agent.is_substance else _NONE
        return PredicateType.NO_EFFECT, OutcomeDirection.NONE, perturbation, ()
    unsigned = (PredicateType.ASSOCIATED_WITH, OutcomeDirection.NONE)
    if relation not in _SIGNED:
        return *unsigned, _NONE, ()
    if outcome.state:
        return *unsigned, _NONE, ("unsigned: a variant, fragment or modified form as outcome",)
    if agent.state:
        mark = "unsigned: a variant, fragment or modified form as agent"
        return *_SIGNED[relation], _MUTATED, (mark,)
    return *_SIGNED[relation], _TREATED if agent.is_substance else _NONE, ()


def _as_a_whole(term: Term) -> Term:
    """Return an outcome of which nothing follows for members: a composite is what they make
    together. Of a reaction each product is made.
    """
    made = term.measure is Measure.SYNTHESIS
    return replace(term, op=CompositionOp.COMPLEX) if term.op is not None and not made else term


def _participant(term: Term) -> Participant:
    return Participant(
        groundings=term.groundings, composition=term.composition, measure=term.measure
    )


def _shown(relation: str) -> EvidenceType:
    if relation in _OBSERVED:
        return EvidenceType.OBSERVATIONAL
    return EvidenceType.NONE_IN_THIS_STUDY


def _contexts(edge: BelEdge, names: NameReader) -> Iterator[tuple[ContextItem, Found | None]]:
    for key, values in sorted(edge.data.get("annotations", {}).items()):
        kind = _CONTEXT.get(key)
        for value in values if kind is not None else ():
            text = str(value.get("name") or value["identifier"])
            found = names.find(key, text, _CATEGORY[kind]) if kind is not None else None
            if found is None:
                yield ContextItem(type=kind or ContextType.CELL, name=text), None
                continue
            entity = found.entity
            grounding = Grounding(id=entity.id, name=entity.name)
            item = ContextItem(
                type=kind or ContextType.CELL, groundings=(grounding,), name=entity.name
            )
            yield item, found


def _organisms(
    organisms: Mapping[str, None], contexts: tuple[tuple[ContextItem, Found | None], ...]
) -> Iterator[ContextItem]:
    """Yield the organisms of the genes where the statement names none itself."""
    if any(item.type is ContextType.ORGANISM for item, _ in contexts):
        return
    for organism in organisms:
        grounding = Grounding(id=organism, name=organism)
        yield ContextItem(
            type=ContextType.ORGANISM, groundings=(grounding,), name=organism, inferred=True
        )


def _quotes(edge: BelEdge) -> Iterator[Quote]:
    text = one_space(str(edge.data.get("evidence") or ""))
    if text:
        yield Quote(text=text)


def _publications(edge: BelEdge) -> Iterator[str]:
    citation = edge.data.get("citation")
    if citation:
        space, text = str(citation["namespace"]), str(citation["identifier"])
        try:
            yield normalise_curie(f"{_CITATIONS.get(space, space)}:{text}")
        except BadInput:
            yield f"{space}:{text}"


def _columns(edge: BelEdge) -> Iterator[str]:
    for key, values in sorted(edge.data.get("annotations", {}).items()):
        if key not in _CONTEXT:
            yield from (f"{key}={each.get('name') or each['identifier']}" for each in values)


def _hierarchy(edge: BelEdge, names: NameReader) -> tuple[Read, tuple[Entity, ...]]:
    part, whole = (term_of(node, None, names) for node in (edge.subject, edge.target))
    if part.op or whole.op or part.state or whole.state:
        raise Unmapped("isA between lists or forms")
    subject, target = part.found[0].entity, whole.found[0].entity
    if subject.id == target.id:
        raise Unmapped("isA of a thing and itself")
    if not edge_allowed(subject.category, RelationType.IS_A, target.category):
        raise Unmapped(f"isA between {subject.category} and {target.category}: no such relation")
    relation = EntityRelation(
        subject=subject.id,
        type=RelationType.IS_A,
        object=target.id,
        role=Sign.POSITIVE,
        source=edge.document,
    )
    return ImportedRelation(edge.place, relation), (subject, target)
