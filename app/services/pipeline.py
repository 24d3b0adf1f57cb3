"""Texts read for claims: grounding, then every reader, then what they agree on."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from typing import Protocol

from app.curation.duplicates import same_statement
from app.curation.validation import verify
from app.model.claim import Claim
from app.model.entity import Entity, EntityRelation
from app.model.errors import BadInput, QuoteMismatch
from app.model.reading import (
    Candidate,
    ClaimReader,
    Counted,
    CountingReader,
    Document,
    ReadClaim,
    ReaderReport,
    Reading,
    TextMention,
)
from app.reasoning.linking import propose_links

_log = logging.getLogger(__name__)

MISPLACED = "words that are not in the text"
CONTRADICTORY = "slots that contradict each other"
FAULT = "an internal error, which the log has"


class Grounds(Protocol):
    """Finds the mentions of a text: the grounder, as this stage needs it."""

    def mentions(self, text: str) -> tuple[TextMention, ...]:
        """Return the mentions, sorted and without overlap."""
        ...


class Knows(Protocol):
    """Knows entities and their hierarchy: the lexicon, as this stage needs it."""

    def entity(self, curie: str) -> Entity | None:
        """Return the entity with this id, or None."""
        ...

    def relations(self, curies: Iterable[str]) -> tuple[EntityRelation, ...]:
        """Return the relations that start at these entities."""
        ...


Start = Callable[[Sequence[str]], Callable[[], list[Reading]]]
"""Begins to read texts; the function that it returns waits for their readings, in order."""


class Reads(Protocol):
    """Reads texts, here or in other processes; see :mod:`app.services.reading_pool`.

    ``model`` asks the language model, too, where the pipeline has one.
    """

    def start(self, texts: Sequence[str], *, model: bool = False) -> Callable[[], list[Reading]]:
        """Begin to read texts; the function that is returned waits for their readings."""
        ...

    def close(self) -> None:
        """End what was begun for reading."""
        ...


class Pipeline:
    """Reads one text after the other with a grounder and some readers.

    Args:
        grounder: finds the mentions.
        lexicon: knows the entities that they mean.
        readers: read every text; the first one's claims come first.
        model: reads a text where it is asked to, too.

    """

    def __init__(
        self,
        grounder: Grounds,
        lexicon: Knows,
        readers: Sequence[ClaimReader],
        model: ClaimReader | None = None,
    ) -> None:
        self._grounder = grounder
        self._lexicon = lexicon
        self._readers = tuple(readers)
        self._model = model

    def read(self, text: str, *, model: bool = False) -> Reading:
        """Read a text; a reader that fails is named in its report, and the others' claims stand.

        A candidate whose words do not stand in the text, or whose slots contradict each other, is
        dropped and counted, whichever reader proposed it.
        """
        second = (self._model,) if model and self._model is not None else ()
        readers = (*self._readers, *second)
        try:
            mentions = self._grounder.mentions(text)
        except Exception:  # noqa: BLE001  one text's fault must not end the ingest of ten thousand
            _log.exception("a text could not be grounded")
            failed = Counted(failure=FAULT)
            return Reading(text=text, reports=tuple(_report(each, failed) for each in readers))
        title_end = text.find("\n")
        document = Document(
            text=text, title_end=title_end if title_end >= 0 else len(text), mentions=mentions
        )
        read = [_sound(_counted(reader, document), text) for reader in readers]
        claims = merged(each.candidates for each in read)
        entities, relations = self._known(each.claim for each in claims)
        return Reading(
            text=text,
            mentions=mentions,
            claims=claims,
            reports=tuple(map(_report, readers, read)),
            entities=entities,
            relations=relations,
            links=propose_links([each.claim for each in claims], relations),
        )

    def _known(
        self, claims: Iterable[Claim]
    ) -> tuple[tuple[Entity, ...], tuple[EntityRelation, ...]]:
        """Return the entities that claims name, all above them, and what relates them."""
        entities: dict[str, Entity] = {}
        relations: list[EntityRelation] = []
        level = {curie for claim in claims for curie in claim.entity_ids()}
        while level:
            known = {curie: self._lexicon.entity(curie) for curie in sorted(level)}
            entities |= {curie: entity for curie, entity in known.items() if entity is not None}
            found = self._lexicon.relations(sorted(level))
            relations += found
            level = {relation.object for relation in found} - entities.keys()
            level -= {curie for curie, entity in known.items() if entity is None}
        held = (e for e in relations if e.subject in entities and e.object in entities)
        return tuple(entities.values()), tuple(held)


class ReadingHere:
    """Reads texts in this process, one at a time; the pipeline is made with the first text."""

    def __init__(self, make: Callable[[], Pipeline]) -> None:
        self._make = make
        self._pipeline: Pipeline | None = None
        self._lock = Lock()

    def start(self, texts: Sequence[str], *, model: bool = False) -> Callable[[], list[Reading]]:
        """Return a function that reads the texts when it is called."""
        return lambda: [self._read(text, model) for text in texts]

    def close(self) -> None:
        """Do nothing: there is nothing to end."""

    def _read(self, text: str, model: bool) -> Reading:
        with self._lock:
            if self._pipeline is None:
                self._pipeline = self._make()
            return self._pipeline.read(text, model=model)


def merged(found: Iterable[Sequence[Candidate]]) -> tuple[ReadClaim, ...]:
    """Return the candidates of several readers, each statement once, in the order of the text.

    Where two readers say the same, the claim is that of the reader who comes first, with both
    readings; where one reader says it twice, the surer candidate stays.
    """
    claims: list[ReadClaim] = []
    for candidates in found:
        for each in sorted(candidates, key=lambda one: -one.extraction.confidence):
            _take(claims, each)
    return tuple(sorted(claims, key=_place))


def _take(claims: list[ReadClaim], new: Candidate) -> None:
    for number, held in enumerate(claims):
        if held.claim.id == new.claim.id or same_statement(held.claim, new.claim):
            readers = {each.reader for each in held.extractions}
            if new.extraction.reader not in readers:
                extractions = (*held.extractions, new.extraction)
                claims[number] = held.model_copy(update={"extractions": extractions})
            return
    claims.append(ReadClaim(claim=new.claim, extractions=(new.extraction,)))


def _place(read: ReadClaim) -> tuple[int, int, str]:
    first = read.claim.quotes[0]
    return (first.start or 0, first.end or 0, read.claim.id)


def _counted(reader: ClaimReader, document: Document) -> Counted:
    try:
        if isinstance(reader, CountingReader):
            return reader.read_counted(document)
        return Counted(candidates=reader.read(document))
    except Exception:  # noqa: BLE001  as above
        _log.exception("reader %s failed", reader.name)
        return Counted(failure=FAULT)


def _sound(counted: Counted, text: str) -> Counted:
    """Drop the candidates that the text or their own slots contradict."""
    dropped = Counter(counted.dropped)
    sound: list[Candidate] = []
    for each in counted.candidates:
        try:
            claim = verify(each.claim, text)
        except QuoteMismatch:
            dropped[MISPLACED] += 1
        except BadInput:
            dropped[CONTRADICTORY] += 1
        else:
            sound.append(each.model_copy(update={"claim": claim}))
    return counted.model_copy(update={"candidates": tuple(sound), "dropped": dict(dropped)})


def _report(reader: ClaimReader, counted: Counted) -> ReaderReport:
    return ReaderReport(
        reader=reader.name,
        version=reader.version,
        dropped=counted.dropped,
        usage=counted.usage if counted.usage.requests else None,
        failure=counted.failure,
    )
