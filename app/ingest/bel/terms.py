"""Terms of BEL to participants: what they name, in which measure, and in which form.

Nodes are pybel's, which are mappings of plain values; an edge's modifier stands beside them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from app.ingest.bel.names import Found, NameReader, table
from app.model.claim import Composition, Member
from app.model.text import Grounding
from app.model.vocabulary import Category, CompositionOp, Measure

_CATEGORIES: Final = {
    "Gene": Category.GENE,
    "RNA": Category.GENE,
    "miRNA": Category.GENE,
    "Protein": Category.PROTEIN,
    "Abundance": Category.CHEMICAL_ENTITY,
    "BiologicalProcess": Category.BIOLOGICAL_PROCESS,
    "Pathology": Category.DISEASE,
    "Complex": Category.MACROMOLECULAR_COMPLEX,
    "Population": Category.NAMED_THING,
}
_MEASURES: Final = {
    "Protein": Measure.ABUNDANCE,
    "Abundance": Measure.ABUNDANCE,
    "Complex": Measure.ABUNDANCE,
    "miRNA": Measure.ABUNDANCE,
    "RNA": Measure.EXPRESSION,
}
_SECRETED: Final = frozenset({"extracellular space", "extracellular region"})
_CHEMICAL: Final = frozenset({Category.CHEMICAL_ENTITY, Category.SMALL_MOLECULE})


class Unmapped(ValueError):
    """Why a statement gives nothing: the reason that it is counted by, and the detail."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Term:
    """A term as a participant is made of it.

    ``state`` tells that it is a form of the thing (a variant, a fragment, a modification that no
    measure stands for), so that nothing signed follows for the thing itself (rule 4).
    """

    found: tuple[Found, ...]
    measure: Measure | None = None
    op: CompositionOp | None = None
    state: bool = False

    @property
    def groundings(self) -> tuple[Grounding, ...]:
        """The grounding of the whole; none for a composite."""
        return () if self.op is not None else (_grounding(self.found[0]),)

    @property
    def composition(self) -> Composition | None:
        """The members of a composite."""
        if self.op is None:
            return None
        members = tuple(Member(groundings=(_grounding(each),)) for each in self.found)
        return Composition(op=self.op, members=members)

    @property
    def is_substance(self) -> bool:
        """Whether the term is the abundance of a chemical, which a subject is treated with."""
        return (
            self.op is None
            and self.measure is Measure.ABUNDANCE
            and self.found[0].entity.category in _CHEMICAL
        )


def term_of(node: Mapping[str, Any], modifier: Mapping[str, Any] | None, names: NameReader) -> Term:
    """Return the term of a node; raise :class:`Unmapped` for what the graph has no slot for."""
    function = str(node["function"])
    if "fusion" in node:
        raise Unmapped("a fusion")
    if function == "Reaction":
        return _reaction(node, names)
    if function == "Composite" or (function == "Complex" and "concept" not in node):
        op = CompositionOp.AND if function == "Composite" else CompositionOp.COMPLEX
        members = [_simple(member, names) for member in node["members"]]
        return Term(tuple(found for found, _ in members), op=op)
    found, state = _simple(node, names)
    measure, stated = _measure(node, modifier or {})
    return Term((found,), measure, state=state or stated)


def _simple(node: Mapping[str, Any], names: NameReader) -> tuple[Found, bool]:
    """Return the entity of a node that is no list of others, and whether it is a form of it."""
    concept = node.get("concept")
    function = str(node["function"])
    if concept is None:
        raise Unmapped(f"a member that is a list itself ({function.casefold()})")
    namespace = str(concept.get("namespace", ""))
    text = str(concept.get("identifier") or concept.get("name") or "")
    category = _CATEGORIES.get(function, Category.NAMED_THING)
    found = names.find(namespace, text, category)
    if found is None:
        names.missing[namespace] += 1
        raise Unmapped(f"a name of {namespace} that is not resolved", f"{namespace}:{text}")
    return found, bool(node.get("variants"))


def _measure(node: Mapping[str, Any], modifier: Mapping[str, Any]) -> tuple[Measure | None, bool]:
    """Return what is measured of a node, and whether no measure stands for its form."""
    variants: Sequence[Mapping[str, Any]] = node.get("variants") or ()
    kind = modifier.get("modifier")
    if variants:
        if len(variants) == 1 and variants[0].get("kind") in ("pmod", "gmod") and kind is None:
            measure = _modifications().get(str(variants[0]["concept"].get("name")))
            return measure, measure is None
        return None, True
    if kind == "Degradation":
        return Measure.DEGRADATION, False
    if kind == "Translocation":
        return _translocated(modifier), False
    if "location" in modifier:
        return Measure.LOCALISATION, False
    if kind == "Activity":
        name = str(modifier.get("effect", {}).get("name", ""))
        return (Measure.BINDING if name.endswith("binding") else Measure.ACTIVITY), False
    return _MEASURES.get(str(node["function"])), False


def _translocated(modifier: Mapping[str, Any]) -> Measure:
    target = str(modifier.get("effect", {}).get("toLoc", {}).get("name", ""))
    return Measure.SECRETION if target in _SECRETED else Measure.LOCALISATION


def _reaction(node: Mapping[str, Any], names: NameReader) -> Term:
    """Read a reaction as the synthesis of its products."""
    consumed = {_key(each) for each in node["reactants"]}
    products = [each for each in node["products"] if _key(each) not in consumed]
    read = [_simple(each, names) for each in products]
    if not read:
        raise Unmapped("a reaction without a product of its own")
    found = tuple(each for each, _ in read)
    op = CompositionOp.AND if len(found) > 1 else None
    return Term(found, Measure.SYNTHESIS, op, state=any(state for _, state in read))


def _key(node: Mapping[str, Any]) -> str:
    return repr(dict(node.get("concept") or node))


def _grounding(found: Found) -> Grounding:
    return Grounding(id=found.entity.id, name=found.entity.name)


@cache
def _modifications() -> dict[str, Measure]:
    return {row["modification"]: Measure(row["measure"]) for row in table("modifications.tsv")}
