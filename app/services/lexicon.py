"""Entities that claims name and the graph lacks, taken into it from the lexicon."""

from collections.abc import Iterable, Sequence

from app.graph.port import GraphWriter
from app.grounding import Lexicon
from app.model.entity import Entity, EntityRelation
from app.services.relations import misfit


def put_named(writer: GraphWriter, curies: Iterable[str]) -> tuple[str, ...]:
    """Put those entities that the graph lacks and the lexicon has; return their ids, sorted.

    With each come the families, complexes and wider processes that it belongs to directly, the
    entity that it is the same as, and the relations to them. An entity that is there already
    stays as it is; one that neither knows is left to whoever needs it.
    """
    lexicon = Lexicon.load()
    wanted = sorted(set(curies))
    known = writer.entities(wanted)
    fresh = [curie for curie in wanted if curie not in known and lexicon.entity(curie)]
    relations = lexicon.relations(fresh)
    named = sorted({*fresh, *(each.object for each in relations)})
    found = [entity for curie in named if (entity := lexicon.entity(curie)) is not None]
    put_lacking(writer, found, relations)
    return tuple(fresh)


def put_lacking(
    writer: GraphWriter, entities: Sequence[Entity], relations: Sequence[EntityRelation]
) -> None:
    """Put what the graph lacks of these entities and of the relations that go out from them.

    What it holds already stays as it is. A relation that the typed graph can't hold between the
    entities as it knows them stays in the lexicon.
    """
    ids = sorted({each.id for each in entities})
    known = writer.entities(ids)
    for entity in entities:
        if entity.id not in known:
            writer.put_entity(entity)
    held = {each.key for each in writer.relations(ids)} if ids else set()
    ends = writer.entities(
        sorted({end for each in relations for end in (each.subject, each.object)})
    )
    for relation in relations:
        if relation.key not in held and misfit(relation, ends) is None:
            writer.put_relation(relation)
