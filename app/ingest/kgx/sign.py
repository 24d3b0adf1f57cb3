"""What an edge says: perturbation, predicate, direction, aspect and measures."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from app.ingest.imported import Node
from app.ingest.kgx.readings import (
    CORRELATION_CLAIMS,
    DIRECTIONS,
    DOWN,
    FORMS,
    STABILISED_WHEN_DOMINANT_NEGATIVE,
    UP,
    Kind,
    Reading,
    measures,
    plain,
)
from app.model.claim import PERTURBATION_DIRECTION, Perturbation
from app.model.eco import ECO_SIDE
from app.model.vocabulary import (
    Aspect,
    Category,
    EvidenceType,
    Measure,
    OutcomeDirection,
    PerturbationType,
    PredicateType,
    Sign,
)

if TYPE_CHECKING:
    from app.ingest.kgx.edges import EdgeRow

_CHEMICAL: Final = frozenset({Category.CHEMICAL_ENTITY, Category.SMALL_MOLECULE})
_NOTHING: Final = Perturbation()
_OBSERVED: Final = {Sign.POSITIVE: PerturbationType.GAIN, Sign.NEGATIVE: PerturbationType.LOSS}
_MADE: Final = {
    Sign.POSITIVE: PerturbationType.ACTIVATION,
    Sign.NEGATIVE: PerturbationType.INHIBITION,
}
_GIVEN: Final = {
    Sign.POSITIVE: PerturbationType.TREATMENT,
    Sign.NEGATIVE: PerturbationType.WITHDRAWAL,
}
_STATES: Final = ("object_form_or_variant_qualifier", "object_derivative_qualifier",
                  "subject_derivative_qualifier")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What an edge says; ``sided`` tells whether its evidence may give a side."""

    predicate: PredicateType = PredicateType.ASSOCIATED_WITH
    direction: OutcomeDirection = OutcomeDirection.NONE
    perturbation: Perturbation = _NOTHING
    aspect: Aspect | None = None
    subject_measure: Measure | None = None
    object_measure: Measure | None = None
    evidence: EvidenceType = EvidenceType.NONE_IN_THIS_STUDY
    sided: bool = True
    marks: tuple[str, ...] = ()


def said(edge: "EdgeRow", nodes: Mapping[str, Node], *, correlations: bool = False) -> Said:
    """Return what an edge says; whatever can't be read surely makes it unsigned, with a mark."""
    reading = edge.reading
    if reading.kind is Kind.UNSIGNED:
        return Said()
    if reading.kind is Kind.CORRELATION:
        return _correlated(reading, weak_sign=correlations)
    try:
        return _signed(edge, nodes[edge.subject])
    except _Unsure as unsure:
        return Said(marks=(str(unsure),))


class _Unsure(ValueError):
    """Why no sign is read."""


def _correlated(reading: Reading, *, weak_sign: bool) -> Said:
    shown = Said(evidence=EvidenceType.OBSERVATIONAL, sided=False)
    if not weak_sign or reading.direction is None:
        return shown
    gained = Perturbation(type=PerturbationType.GAIN, direction=Sign.POSITIVE)
    return replace(
        shown,
        predicate=CORRELATION_CLAIMS[reading.direction],
        direction=reading.direction,
        perturbation=gained,
        marks=("correlation read as a weak sign",),
    )


def _signed(edge: "EdgeRow", subject: Node) -> Said:
    reading, row = edge.reading, edge.row
    for column in _STATES:
        if row.one(column):
            raise _Unsure(f"unsigned: {column} names another form of the thing")
    subject_direction = _direction(row.one("subject_direction_qualifier"))
    object_direction = _direction(row.one("object_direction_qualifier"))
    predicate, direction = _verb(reading, object_direction)
    return Said(
        predicate=predicate,
        direction=direction,
        perturbation=_perturbation(edge, subject, subject_direction),
        aspect=reading.aspect,
        subject_measure=_measure(row.one("subject_aspect_qualifier")),
        object_measure=_measure(row.one("object_aspect_qualifier")) or reading.measure,
        sided=reading.kind is not Kind.SIDELESS,
    )


def _verb(reading: Reading, given: Sign | None) -> tuple[PredicateType, OutcomeDirection]:
    """Return verb and direction of the outcome, which agree with each other."""
    stated = reading.direction
    if given is None:
        if reading.claim is None or stated is None:
            raise _Unsure(f"unsigned: {reading.predicate} without a direction of its object")
        return reading.claim, stated
    direction = UP if given is Sign.POSITIVE else DOWN
    free = reading.kind is Kind.CAUSAL and stated is not DOWN
    if not free and direction is not stated:
        raise _Unsure(f"unsigned: {reading.predicate} contradicts the direction of its object")
    if reading.kind is not Kind.CAUSAL and reading.claim is not None:
        return reading.claim, direction
    return CORRELATION_CLAIMS[direction], direction


def _perturbation(edge: "EdgeRow", subject: Node, direction: Sign | None) -> Perturbation:
    form = plain(edge.row.one("subject_form_or_variant_qualifier"))
    sideless = edge.reading.kind is Kind.SIDELESS
    chemical = subject.category in _CHEMICAL
    if form:
        made = _form(form, subject.id, direction)
    elif direction is not None:
        kinds = _GIVEN if chemical else _MADE
        made = Perturbation(type=kinds[direction], direction=direction)
    elif chemical and not sideless and not _has_sided_evidence(edge):
        return Perturbation(type=PerturbationType.TREATMENT, direction=Sign.POSITIVE)
    else:
        return _NOTHING
    if sideless and made.direction is not Sign.UNSIGNED:
        return Perturbation(type=_OBSERVED[made.direction], direction=made.direction)
    return made


def _form(form: str, subject: str, direction: Sign | None) -> Perturbation:
    if form not in FORMS:
        raise _Unsure(f"unsigned: the subject's form {form}")
    kind, change = FORMS[form]
    if kind is PerturbationType.DOMINANT_NEGATIVE and subject in STABILISED_WHEN_DOMINANT_NEGATIVE:
        kind, change = PerturbationType.CONSTITUTIVE_ACTIVATION, Sign.POSITIVE
    if direction is Sign.NEGATIVE and change is not Sign.UNSIGNED:
        change = Sign.NEGATIVE if change is Sign.POSITIVE else Sign.POSITIVE
    if PERTURBATION_DIRECTION[kind] not in (None, change):
        kind = PerturbationType.MUTATION
    return Perturbation(type=kind, direction=change)


def _direction(given: str) -> Sign | None:
    if not given:
        return None
    try:
        return DIRECTIONS[plain(given)]
    except KeyError:
        raise _Unsure("unsigned: a direction that is none of Biolink's") from None


def _measure(aspect: str) -> Measure | None:
    if not aspect:
        return None
    name = plain(aspect)
    if name not in measures():
        raise _Unsure(f"unsigned: the aspect {name} is a state (rule 4)")
    return measures()[name]


def _has_sided_evidence(edge: "EdgeRow") -> bool:
    row = edge.row
    given = (*row.many("has_evidence_of_type"), *row.many("has_evidence"))
    return any(ECO_SIDE.get(each.strip()) for each in given)
