"""The tables of the reading: what predicates, aspects, directions and categories become.

The predicates, aspects and categories are data (``*.tsv`` beside this file); *Graphs* in the guide
explains them.
"""

from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from typing import Final, NamedTuple

from app.model.vocabulary import (
    Aspect,
    Category,
    Measure,
    OutcomeDirection,
    PerturbationType,
    PredicateType,
    Sign,
)

_HELD: Final = 4096
"""How many names are held: a graph says the same few again and again."""


class Kind(StrEnum):
    """What a predicate is read as.

    *Causal* ones are signed by their qualifiers, *stated* ones by themselves; *sideless* are
    stated ones that no experiment's side is taken for.
    """

    CAUSAL = "causal"
    STATED = "stated"
    SIDELESS = "sideless"
    CORRELATION = "correlation"
    UNSIGNED = "unsigned"
    HIERARCHY = "hierarchy"
    SAME = "same"
    OPPOSITE = "opposite"
    NAMING = "naming"


class Reading(NamedTuple):
    """How one predicate is read; ``turn`` names the predicate that it is the inverse of."""

    predicate: str
    kind: Kind
    claim: PredicateType | None = None
    direction: OutcomeDirection | None = None
    aspect: Aspect | None = None
    measure: Measure | None = None
    turn: str | None = None
    older: bool = False


UP: Final = OutcomeDirection.UP
DOWN: Final = OutcomeDirection.DOWN

DIRECTIONS: Final = {
    "increased": Sign.POSITIVE,
    "upregulated": Sign.POSITIVE,
    "decreased": Sign.NEGATIVE,
    "downregulated": Sign.NEGATIVE,
}

FORMS: Final = {
    "loss_of_function_variant_form": (PerturbationType.MUTATION, Sign.NEGATIVE),
    "dominant_negative_variant_form": (PerturbationType.DOMINANT_NEGATIVE, Sign.NEGATIVE),
    "gain_of_function_variant_form": (PerturbationType.MUTATION, Sign.POSITIVE),
    "genetic_variant_form": (PerturbationType.MUTATION, Sign.UNSIGNED),
    "non_loss_of_function_variant_form": (PerturbationType.MUTATION, Sign.UNSIGNED),
    "polymorphic_form": (PerturbationType.MUTATION, Sign.UNSIGNED),
    "snp_form": (PerturbationType.MUTATION, Sign.UNSIGNED),
    "mutant_form": (PerturbationType.MUTATION, Sign.UNSIGNED),
}
"""Forms of the subject, with what they do to its function."""

STABILISED_WHEN_DOMINANT_NEGATIVE: Final = frozenset(
    {"HGNC:7797", "NCBIGene:4792", "UniProtKB:P25963", "ENSEMBL:ENSG00000100906"}
)
"""Inhibitors whose dominant-negative form is one that can't be degraded (rule 3): IkappaBalpha."""

OTHER_ROLE: Final = frozenset({"HGNC:6772", "HGNC:6773"})
"""Members that do not act as their family does: SMAD6 and SMAD7."""

CORRELATION_CLAIMS: Final = {UP: PredicateType.INCREASES, DOWN: PredicateType.DECREASES}


@cache
def readings() -> dict[str, Reading]:
    """Return how each predicate of the table is read, by its name without a prefix."""
    return {row["predicate"]: _reading(row) for row in _table("predicates.tsv")}


@lru_cache(_HELD)
def reading_of(predicate: str) -> Reading:
    """Return how a predicate is read; one that the table does not hold is unsigned."""
    name = plain(predicate)
    return readings().get(name) or Reading(name, Kind.UNSIGNED)


@lru_cache(_HELD)
def plain(name: str) -> str:
    """Return a Biolink name without prefix, in lower case and with underscores."""
    return name.strip().removeprefix("biolink:").strip().lower().replace(" ", "_")


@cache
def measures() -> dict[str, Measure]:
    """Return the measure that each aspect of Biolink is read as; other aspects are unsigned."""
    return {row["aspect"]: Measure(row["measure"]) for row in _table("aspects.tsv")}


@cache
def nearest_categories() -> dict[str, Category]:
    """Return the category of the schema that each further class of Biolink falls under."""
    near = {row["biolink"]: Category(row["category"]) for row in _table("categories.tsv")}
    return {**near, **{each.value: each for each in Category}}


def _reading(row: dict[str, str]) -> Reading:
    return Reading(
        predicate=row["predicate"],
        kind=Kind(row["reading"]),
        claim=PredicateType(row["claim"]) if row["claim"] else None,
        direction=OutcomeDirection(row["direction"]) if row["direction"] else None,
        aspect=Aspect(row["aspect"]) if row["aspect"] else None,
        measure=Measure(row["measure"]) if row["measure"] else None,
        turn=row["turn"] or None,
        older=row["older"] == "older",
    )


def _table(name: str) -> Iterator[dict[str, str]]:
    text = resources.files("app.ingest.kgx").joinpath(name).read_text("utf-8")
    columns, *rows = (line.split("\t") for line in text.splitlines())
    for row in rows:
        yield dict(zip(columns, row + [""] * (len(columns) - len(row)), strict=True))
