"""Entities that claims name and the graph lacks, taken into it from the lexicon."""

from collections.abc import Iterable

from app.graph.port import GraphWriter
from app.grounding import Lexicon
from app.model.entity import EntityRelation
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
    _put_entities(writer, lexicon, [*fresh, *(each.object for each in relations)])
    for relation in _fitting(writer, relations):
        writer.put_relation(relation)
    return tuple(fresh)


def _put_entities(writer: GraphWriter, lexicon: Lexicon, curies: Iterable[str]) -> None:
    wanted = sorted(set(curies))
    known = writer.entities(wanted)
    for curie in wanted:
        if curie not in known and (entity := lexicon.entity(curie)) is not None:
            writer.put_entity(entity)


def _fitting(
    writer: GraphWriter, relations: tuple[EntityRelation, ...]
) -> Iterable[EntityRelation]:
    """Return the relations that the typed graph can hold between entities as it holds them."""
    ends = sorted({end for each in relations for end in (each.subject, each.object)})
    entities = writer.entities(ends)
    return [each for each in relations if misfit(each, entities) is None]
