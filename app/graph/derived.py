"""What every engine derives the same way from what it stores."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from enum import StrEnum

from app.model.article import Article, ArticleFacts
from app.model.claim import Claim, ContextItem, Extraction, Participant
from app.model.entity import Entity
from app.model.history import Revision
from app.model.text import Grounding

EMPTY = Revision(
    number=0,
    id="empty",
    created_at=datetime(1970, 1, 1, tzinfo=UTC),
    actor="evipath",
    message="the empty graph",
)
"""Revision 0: what an empty graph shows."""

UNREAD_CONFIDENCE = 1.0
"""The confidence of a claim that no reader found: a person stated it."""


class Slot(StrEnum):
    """Where a claim names an entity."""

    AGENT = "agent"
    OUTCOME = "outcome"
    MEANS = "means"
    CONTEXT = "context"


def slot_entities(claim: Claim) -> tuple[tuple[Slot, str], ...]:
    """Return every (slot, entity id) that the claim names in any grounding, each once.

    The members of a composite and the ends of a relation count for the slot they stand in.
    """
    return tuple(dict.fromkeys(_slot_entities(claim)))


def facts_of(article: Article) -> ArticleFacts:
    """Return what reasoning needs of an article."""
    published = article.citation.published or article.citation.published_electronic
    return ArticleFacts(
        id=article.id,
        curie=article.curie,
        retracted=article.citation.retracted,
        authors=tuple(author.name for author in article.citation.authors),
        year=published.year if published else None,
    )


def confidence_of(extractions: Iterable[Extraction]) -> float:
    """Return the confidence of the surest reading, or 1 where no reader found the claim."""
    return max((reading.confidence for reading in extractions), default=UNREAD_CONFIDENCE)


def names_of(entity: Entity) -> tuple[tuple[str, bool], ...]:
    """Return every name of an entity once, with whether it is the preferred one."""
    synonyms = dict.fromkeys(entity.synonyms)
    synonyms.pop(entity.name, None)
    return ((entity.name, True), *((name, False) for name in synonyms))


def name_key(name: str) -> str:
    """Return the form in which names are compared: one space between words, case folded."""
    return " ".join(name.casefold().split())


def trigrams(key: str) -> tuple[str, ...]:
    """Return the three-letter pieces of a name's key, each once, in order of appearance."""
    return tuple(dict.fromkeys(key[i : i + 3] for i in range(len(key) - 2)))


def _slot_entities(claim: Claim) -> Iterator[tuple[Slot, str]]:
    means = claim.perturbation.means
    relation = claim.outcome.relation
    ends = (relation.subject, relation.object) if relation else ()
    slots = (
        (Slot.AGENT, _participants(claim.agent)),
        (Slot.OUTCOME, _participants(claim.outcome, *ends)),
        (Slot.MEANS, means.groundings if means else ()),
        (Slot.CONTEXT, _context(claim.context)),
    )
    return ((slot, grounding.id) for slot, groundings in slots for grounding in groundings)


def _participants(*participants: Participant) -> Iterator[Grounding]:
    for participant in participants:
        yield from participant.groundings
        for member in participant.composition.members if participant.composition else ():
            yield from member.groundings


def _context(items: Iterable[ContextItem]) -> Iterator[Grounding]:
    for item in items:
        yield from item.groundings
        for background in item.background:
            yield from background.groundings
