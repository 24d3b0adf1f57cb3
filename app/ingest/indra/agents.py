"""INDRA's agents to participants: what they are, in which measure, and in which form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.ingest.bel.names import Names
from app.model.claim import Composition, Member, Participant
from app.model.entity import Entity
from app.model.errors import BadInput
from app.model.identifiers import normalise_curie
from app.model.text import Grounding
from app.model.vocabulary import Category, CompositionOp, Measure

_NAMESPACES: Final = {
    "FPLX": ("FPLX", Category.GENE_FAMILY),
    "HGNC": ("HGNC", Category.GENE),
    "UP": ("UniProtKB", Category.PROTEIN),
    "EGID": ("NCBIGene", Category.GENE),
    "CHEBI": ("CHEBI", Category.CHEMICAL_ENTITY),
    "PUBCHEM": ("PUBCHEM.COMPOUND", Category.CHEMICAL_ENTITY),
    "DRUGBANK": ("DRUGBANK", Category.CHEMICAL_ENTITY),
    "CHEMBL": ("CHEMBL.COMPOUND", Category.CHEMICAL_ENTITY),
    "GO": ("GO", Category.BIOLOGICAL_PROCESS),
    "MESH": ("MESH", Category.NAMED_THING),
    "DOID": ("DOID", Category.DISEASE),
    "HP": ("HP", Category.PHENOTYPIC_FEATURE),
    "EFO": ("EFO", Category.NAMED_THING),
    "CL": ("CL", Category.CELL),
    "CLO": ("CLO", Category.CELL_LINE),
    "UBERON": ("UBERON", Category.ANATOMICAL_ENTITY),
    "TAXONOMY": ("NCBITaxon", Category.ORGANISM_TAXON),
}
"""INDRA's namespaces in the order in which one is taken, with our prefix and a category."""

MODIFICATIONS: Final = {
    "phosphorylation": Measure.PHOSPHORYLATION,
    "acetylation": Measure.ACETYLATION,
    "methylation": Measure.METHYLATION,
    "ubiquitination": Measure.UBIQUITINATION,
    "sumoylation": Measure.SUMOYLATION,
    "glycosylation": Measure.GLYCOSYLATION,
}
_CHEMICAL: Final = frozenset({Category.CHEMICAL_ENTITY, Category.SMALL_MOLECULE})


class Unmapped(ValueError):
    """Why a statement gives nothing: the reason that it is counted by, and the detail."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Agent:
    """An agent: its entities (several make a complex), what of it is meant, and how it is written.

    ``state`` tells that it is a form of the thing, so that nothing signed follows for the thing
    itself (rule 4); ``mutated`` that this form is a mutant.
    """

    entities: tuple[Entity, ...]
    written: str
    measure: Measure | None = None
    state: bool = False
    mutated: bool = False

    @property
    def is_substance(self) -> bool:
        """Whether it is one chemical, which a subject is treated with."""
        return len(self.entities) == 1 and self.entities[0].category in _CHEMICAL

    def participant(self, measure: Measure | None = None) -> Participant:
        """Return it as a participant, in this measure where it says none itself."""
        each = tuple(Grounding(id=entity.id, name=entity.name) for entity in self.entities)
        chosen = self.measure or measure
        if len(each) == 1:
            return Participant(groundings=each, measure=chosen)
        members = tuple(Member(groundings=(grounding,)) for grounding in each)
        made = Composition(op=CompositionOp.COMPLEX, members=members)
        return Participant(composition=made, measure=chosen)


class Agents:
    """Reads agents; entities are the lexicon's where it knows them."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._held: dict[tuple[str, str], Entity | None] = {}

    def read(self, fields: object) -> Agent:
        """Return the agent that a JSON object says; Unmapped for what the graph has no slot for."""
        if not isinstance(fields, Mapping):
            raise Unmapped("an agent is missing")
        entity = self.entity(fields)
        bound = _list(fields, "bound_conditions")
        others = tuple(self.entity(each.get("agent") or {}) for each in bound)
        measure, state = _form(fields)
        free = any(each.get("is_bound") is False for each in bound)
        return Agent(
            entities=(entity, *others),
            written=entity.name + "".join(f":{other.name}" for other in others),
            measure=measure,
            state=state or free,
            mutated=bool(_list(fields, "mutations")),
        )

    def entity(self, fields: Mapping[str, Any]) -> Entity:
        """Return the entity that ``db_refs`` name; raise Unmapped where there is none."""
        name = str(fields.get("name") or "")
        references = fields.get("db_refs")
        for curie, category in _curies(references if isinstance(references, Mapping) else {}):
            key = (curie, name)
            if key not in self._held:
                known = self._names.known(curie)
                made = Entity(id=curie, name=name or curie, category=category, source="INDRA")
                self._held[key] = known or made
            found = self._held[key]
            if found is not None:
                return found
        raise Unmapped("an agent without a grounding", name)


def _curies(references: Mapping[str, Any]) -> Iterator[tuple[str, Category]]:
    for namespace, (prefix, category) in _NAMESPACES.items():
        given = references.get(namespace)
        text = given[0] if isinstance(given, list) and given else given
        if not isinstance(text, str) or not text:
            continue
        local = text.removeprefix(f"{namespace}:")
        try:
            yield normalise_curie(f"{prefix}:{local}"), category
        except BadInput:
            continue


def _form(fields: Mapping[str, Any]) -> tuple[Measure | None, bool]:
    """Return what is meant of an agent, and whether it is a form that no measure stands for."""
    modified = _list(fields, "mods")
    if _list(fields, "mutations"):
        return None, True
    if modified:
        kinds = {MODIFICATIONS.get(str(each.get("mod_type"))) for each in modified}
        present = all(each.get("is_modified") is not False for each in modified)
        measure = kinds.pop() if len(kinds) == 1 else None
        return (measure, False) if measure is not None and present else (None, True)
    if fields.get("location"):
        return Measure.LOCALISATION, False
    activity = fields.get("activity")
    if isinstance(activity, Mapping):
        return Measure.ACTIVITY, activity.get("is_active") is False
    return None, False


def _list(fields: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    given = fields.get(name)
    return [each for each in given if isinstance(each, Mapping)] if isinstance(given, list) else []
