"""Hierarchy edges to relations between entities, each with its role."""

from typing import Final

from app.ingest.imported import ImportedRelation, LeftOut, Node, Place
from app.ingest.kgx.readings import OTHER_ROLE
from app.model.entity import EntityRelation
from app.model.schema import edge_allowed
from app.model.vocabulary import Category, RelationType, Sign

_TYPES: Final = {
    "subclass_of": (RelationType.IS_A,),
    "member_of": (RelationType.MEMBER_OF, RelationType.SUBUNIT_OF),
    "part_of": (RelationType.SUBUNIT_OF, RelationType.PART_OF, RelationType.MEMBER_OF),
    "same_as": (RelationType.SAME_AS,),
    "exact_match": (RelationType.SAME_AS,),
    "opposite_of": (RelationType.OPPOSITE_OF,),
}
"""The relations that a predicate may mean; the first that the typed graph allows counts."""


def relation_of(
    place: Place, predicate: str, subject: Node, target: Node, source: str
) -> ImportedRelation | LeftOut:
    """Return the relation, or why the typed graph has none for it."""
    if subject.id == target.id:
        return LeftOut(place, f"{predicate} of a thing and itself")
    for kind in _TYPES[predicate]:
        if kind is RelationType.SUBUNIT_OF and target.category is Category.GENE_FAMILY:
            continue
        if edge_allowed(subject.category, kind, target.category):
            relation = EntityRelation(
                subject=subject.id,
                type=kind,
                object=target.id,
                role=_role(kind, subject, target),
                source=source,
            )
            return ImportedRelation(place, relation)
    reason = f"{predicate} between {subject.category} and {target.category}: no such relation"
    return LeftOut(place, reason)


def _role(kind: RelationType, subject: Node, target: Node) -> Sign | None:
    """Return the sign with which a part acts for the whole; None where nobody said it."""
    if target.category is Category.GENE_FAMILY:
        return Sign.UNSIGNED if subject.id in OTHER_ROLE else Sign.POSITIVE
    return Sign.POSITIVE if kind is RelationType.IS_A else None
