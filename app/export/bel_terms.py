"""Terms of BEL: which function stands for an entity, and for the property of it that is meant.

A term says what rises or falls when the claim says so: the entity's amount, its activity, its
RNA, its modified form. Where BEL has no term for the property, or the claim does not tell which
is meant, there is none, and nothing causal is written.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from app.model.vocabulary import Category, Measure

_FUNCTION: Final = {
    Category.GENE: "p",
    Category.PROTEIN: "p",
    Category.GENE_FAMILY: "p",
    Category.MACROMOLECULAR_COMPLEX: "complex",
    Category.PATHWAY: "bp",
    Category.BIOLOGICAL_PROCESS: "bp",
    Category.PHENOTYPIC_FEATURE: "path",
    Category.DISEASE: "path",
    Category.CHEMICAL_ENTITY: "a",
    Category.SMALL_MOLECULE: "a",
    Category.CELL: "pop",
    Category.CELL_LINE: "pop",
    Category.ORGANISM_TAXON: "pop",
}
"""The function of each category; of anatomy and of things of no kind BEL has none."""

_WRITTEN: Final = {
    "p": "Protein",
    "r": "RNA",
    "complex": "Complex",
    "bp": "BiologicalProcess",
    "path": "Pathology",
    "a": "Abundance",
    "pop": "Population",
    "composite": "Composite",
}
"""What pybel's node-link JSON calls the functions."""

_FORMS: Final = {
    Measure.PHOSPHORYLATION: ("Ph", "0006468", "protein phosphorylation"),
    Measure.ACETYLATION: ("Ac", "0006473", "protein acetylation"),
    Measure.UBIQUITINATION: ("Ub", "0016567", "protein ubiquitination"),
    Measure.SUMOYLATION: ("Sumo", "0016925", "protein sumoylation"),
    Measure.GLYCOSYLATION: ("Glyco", "0006486", "protein glycosylation"),
    Measure.METHYLATION: ("Me", "0006479", "protein methylation"),
}
"""The modified forms: BEL's code, and the process of GO that pybel reads it as."""

_SAME: Final = frozenset({Measure.ABUNDANCE, Measure.STABILITY, Measure.SYNTHESIS})
"""Measures that stand for the amount (rule 4); which of them it is goes to an annotation."""

_OF_PROTEINS: Final = frozenset({Measure.ACTIVITY, Measure.EXPRESSION, Measure.CLEAVAGE, *_FORMS})

_PLAIN: Final = re.compile(r"[A-Za-z0-9_]+")
_INSIDE: Final = {"namespace": "go", "name": "intracellular", "identifier": "0005622"}
_OUTSIDE: Final = {"namespace": "go", "name": "extracellular space", "identifier": "0005615"}

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """An entity as a term needs it."""

    id: str
    name: str
    category: Category


@dataclass(frozen=True, slots=True)
class Term:
    """A term: its function over an entity or over members, in a form, with a modifier.

    ``form`` is a measure of :data:`_FORMS`, or cleavage; ``modifier`` is ``act``, ``deg`` or
    ``sec``.
    """

    function: str
    entity: Named | None = None
    members: tuple["Term", ...] = ()
    form: Measure | None = None
    modifier: str | None = None

    def bel(self) -> str:
        """Return the term as a script writes it."""
        inner = self.node_bel()
        return f"{self.modifier}({inner})" if self.modifier else inner

    def node_bel(self) -> str:
        """Return the term without its modifier, which belongs to a statement."""
        if self.entity is None:
            return f"{self.function}({', '.join(each.node_bel() for each in self.members)})"
        prefix, _, local = self.entity.id.partition(":")
        named = f"{prefix}:{_quoted(local)} ! {_quoted(self.entity.name)}"
        if self.form is None:
            return f"{self.function}({named})"
        form = f"pmod({_FORMS[self.form][0]})" if self.form in _FORMS else 'frag("?")'
        return f"{self.function}({named}, {form})"

    def node(self) -> Node:
        """Return the term, without its modifier, as a node of pybel's node-link JSON."""
        made: Node = {"function": _WRITTEN[self.function]}
        if self.entity is None:
            return {**made, "members": [each.node() for each in self.members]}
        prefix, _, local = self.entity.id.partition(":")
        made["concept"] = {"namespace": prefix, "name": self.entity.name, "identifier": local}
        if self.form in _FORMS:
            _, number, name = _FORMS[self.form]
            concept = {"namespace": "go", "name": name, "identifier": number}
            made["variants"] = [{"kind": "pmod", "concept": concept}]
        elif self.form is not None:
            made["variants"] = [{"kind": "frag", "missing": "?"}]
        return made

    def link_modifier(self) -> Node | None:
        """Return the modifier as a link of node-link JSON holds it."""
        match self.modifier:
            case "act":
                return {"modifier": "Activity"}
            case "deg":
                return {"modifier": "Degradation"}
            case "sec":
                effect = {"fromLoc": _INSIDE, "toLoc": _OUTSIDE}
                return {"modifier": "Translocation", "effect": effect}
            case _:
                return None


def plain_term(entity: Named) -> Term | None:
    """Return the term of an entity itself; None for what BEL has no function for."""
    function = _FUNCTION.get(entity.category)
    return None if function is None else Term(function, entity)


def term_of(entity: Named, measure: str | None) -> Term | None:
    """Return the term of a property of an entity; None where BEL has no term for it."""
    plain = plain_term(entity)
    if plain is None or measure is None:
        return plain
    meant = Measure(measure)
    if plain.function == "p" and meant in _OF_PROTEINS:
        return _of_protein(entity, meant)
    if meant is Measure.ACTIVITY:
        # A process is its activity; of a substance or a cell BEL knows none.
        made = {"bp": plain, "path": plain, "complex": replace(plain, modifier="act")}
        return made.get(plain.function)
    if plain.function not in ("p", "a", "complex"):
        return None
    if meant in _SAME:
        return plain
    modifier = {Measure.DEGRADATION: "deg", Measure.SECRETION: "sec"}.get(meant)
    return None if modifier is None else replace(plain, modifier=modifier)


def _of_protein(entity: Named, meant: Measure) -> Term | None:
    if meant is Measure.ACTIVITY:
        return Term("p", entity, modifier="act")
    if meant is Measure.EXPRESSION:
        return Term("r", entity)
    # A gene's methylation may be that of its DNA, which represses what its protein's may raise.
    unclear = meant is Measure.METHYLATION and entity.category is Category.GENE
    return None if unclear else Term("p", entity, form=meant)


def joined(op: str, members: tuple[Term, ...]) -> Term:
    """Return the term of several together: as a complex, or as what acts jointly."""
    return Term("complex" if op == "complex" else "composite", members=members)


def quoted(text: str) -> str:
    """Return a text in quotation marks, on one line."""
    one_line = " ".join(text.splitlines())
    return '"' + one_line.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else quoted(text)


def namespaces(known: Mapping[str, Named]) -> list[str]:
    """Return the namespaces that terms of these entities use, sorted."""
    return sorted({each.partition(":")[0] for each in known})
