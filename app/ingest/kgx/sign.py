"""What an edge says: perturbation, predicate, direction, aspect and measures."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

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


class Cells(NamedTuple):
    """All of an edge that its sign depends on; edges that agree in it say the same."""

    reading: Reading
    subject_direction: str
    subject_aspect: str
    subject_form: str
    object_direction: str
    object_aspect: str
    other_form: str | None
    chemical: bool
    stabilised: bool
    sided_evidence: bool


def said(edge: "EdgeRow", nodes: Mapping[str, Node], *, correlations: bool = False) -> Said:
    """Return what an edge says; whatever can't be read surely makes it unsigned, with a mark."""
    reading, row = edge.reading, edge.row
    if reading.kind is Kind.UNSIGNED:
        return _PLAIN
    if reading.kind is Kind.CORRELATION:
        return _correlated(reading, weak_sign=correlations)
    chemical = nodes[edge.subject].category in _CHEMICAL
    return _said(
        Cells(
            reading,
            row.one("subject_direction_qualifier"),
            row.one("subject_aspect_qualifier"),
            row.one("subject_form_or_variant_qualifier"),
            row.one("object_direction_qualifier"),
            row.one("object_aspect_qualifier"),
            next((column for column in _STATES if column in row.cells), None),
            chemical,
            edge.subject in STABILISED_WHEN_DOMINANT_NEGATIVE,
            chemical and _has_sided_evidence(edge),
        )
    )


_PLAIN: Final = Said()


@lru_cache(16_384)
def _said(cells: Cells) -> Said:
    try:
        return _signed(cells)
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


def _signed(cells: Cells) -> Said:
    reading = cells.reading
    if cells.other_form is not None:
        raise _Unsure(f"unsigned: {cells.other_form} names another form of the thing")
    subject_direction = _direction(cells.subject_direction)
    predicate, direction = _verb(reading, _direction(cells.object_direction))
    return Said(
        predicate=predicate,
        direction=direction,
        perturbation=_perturbation(cells, subject_direction),
        aspect=reading.aspect,
        subject_measure=_measure(cells.subject_aspect),
        object_measure=_measure(cells.object_aspect) or reading.measure,
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


def _perturbation(cells: Cells, direction: Sign | None) -> Perturbation:
    """Return what was done to the subject: a substance acts by being given (rule 2)."""
    sideless = cells.reading.kind is Kind.SIDELESS
    if cells.subject_form:
        made = _form(plain(cells.subject_form), direction, stabilised=cells.stabilised)
    elif direction is not None:
        kinds = _GIVEN if cells.chemical else _MADE
        made = Perturbation(type=kinds[direction], direction=direction)
    elif cells.chemical and not sideless and not cells.sided_evidence:
        return Perturbation(type=PerturbationType.TREATMENT, direction=Sign.POSITIVE)
    else:
        return _NOTHING
    if sideless and made.direction is not Sign.UNSIGNED:
        return Perturbation(type=_OBSERVED[made.direction], direction=made.direction)
    return made


def _form(form: str, direction: Sign | None, *, stabilised: bool) -> Perturbation:
    if form not in FORMS:
        raise _Unsure(f"unsigned: the subject's form {form}")
    kind, change = FORMS[form]
    if kind is PerturbationType.DOMINANT_NEGATIVE and stabilised:
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
