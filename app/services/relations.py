"""Relations between entities, held to the typed graph before they are stored."""

from collections.abc import Iterable, Mapping

from app.graph.port import GraphWriter
from app.model.entity import Entity, EntityRelation
from app.model.errors import BadInput, FieldError
from app.model.schema import edge_allowed


def put_relations(writer: GraphWriter, relations: Iterable[EntityRelation]) -> None:
    """Put relations whose ends are stored.

    Raises :class:`~app.model.errors.BadInput`, before any is put, that names every relation with
    an unknown end, or whose type the schema does not allow between such entities.
    """
    relations = tuple(relations)
    ends = sorted({end for each in relations for end in (each.subject, each.object)})
    entities = writer.entities(ends)
    wrong = [
        FieldError(f"/relations/{number}", reason)
        for number, relation in enumerate(relations)
        if (reason := misfit(relation, entities)) is not None
    ]
    if wrong:
        raise BadInput(f"{wrong[0].pointer}: {wrong[0].detail}", wrong)
    for relation in relations:
        writer.put_relation(relation)


def misfit(relation: EntityRelation, entities: Mapping[str, Entity]) -> str | None:
    """Return why the typed graph can't hold a relation, or None."""
    for end in (relation.subject, relation.object):
        if end not in entities:
            return f"{end} is no known entity"
    subject, target = entities[relation.subject], entities[relation.object]
    if edge_allowed(subject.category, relation.type, target.category):
        return None
    return (
        f"{relation.subject} ({subject.category}) can't be {relation.type} "
        f"{relation.object} ({target.category})"
    )
