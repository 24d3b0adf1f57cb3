"""What the stages of reading hand to each other: a document, its mentions, candidate claims."""

from typing import Protocol, runtime_checkable

from pydantic import Field

from app.model.base import Frozen
from app.model.claim import Claim, ClaimId, Extraction, Link
from app.model.entity import Entity, EntityRelation
from app.model.text import Grounding, Span, sha256_of
from app.model.vocabulary import Category


class TextMention(Frozen):
    """A span of a text that names an entity, as grounding found it.

    ``groundings`` are ranked, best first, and never empty; ``category`` is that of the best one.
    ``abbreviation`` tells that the span is a short form which the same text defines.
    """

    mention: Span
    groundings: tuple[Grounding, ...]
    category: Category
    abbreviation: bool = False

    @property
    def start(self) -> int:
        """Where the span begins in the text."""
        return self.mention.start

    @property
    def end(self) -> int:
        """Where the span ends in the text, exclusive."""
        return self.mention.end


class Document(Frozen):
    """A text as a reader gets it: the article's one text and the mentions in it.

    ``title_end`` is the offset at which the title ends; mentions are sorted and do not overlap.
    """

    text: str
    title_end: int
    mentions: tuple[TextMention, ...] = ()

    @property
    def sha256(self) -> str:
        """The hash of the text."""
        return sha256_of(self.text)


class Candidate(Frozen):
    """A claim that a reader proposes, and the reading that found it."""

    claim: Claim
    extraction: Extraction


class ClaimReader(Protocol):
    """Reads candidate claims out of a document; the rules are one, a language model another.

    ``name`` and ``version`` stand in every extraction that the reader makes.
    """

    @property
    def name(self) -> str:
        """What the reader is called: ``rules`` or ``model``."""
        ...

    @property
    def version(self) -> str:
        """The version of the reader with all that its reading depends on."""
        ...

    def read(self, document: Document) -> tuple[Candidate, ...]:
        """Return the candidates in the order of the text; every span of theirs is verbatim."""
        ...


class Usage(Frozen):
    """What a reading by a language model took.

    ``cost`` is in the currency of the prices that were set, and null where none were; ``retries``
    counts requests that were sent again.
    """

    requests: int = 0
    retries: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = None

    def __add__(self, other: "Usage") -> "Usage":
        costs = [each.cost for each in (self, other) if each.cost is not None]
        return Usage(
            requests=self.requests + other.requests,
            retries=self.retries + other.retries,
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            cost=sum(costs) if costs else None,
        )


class Counted(Frozen):
    """A reading with its account.

    ``dropped`` counts proposals that could not be used, by reason; ``failure`` says why the
    document could not be read, and then there are no candidates.
    """

    candidates: tuple[Candidate, ...] = ()
    dropped: dict[str, int] = Field(default_factory=dict)
    usage: Usage = Usage()
    failure: str | None = None


@runtime_checkable
class CountingReader(ClaimReader, Protocol):
    """A reader that may fail, drop proposals and cost something, and gives account of it."""

    def read_counted(self, document: Document) -> Counted:
        """Return what :meth:`read` returns, with its account; it never raises."""
        ...


class ReadClaim(Frozen):
    """A candidate claim with all readings of one pass that found it, each reader once."""

    claim: Claim
    extractions: tuple[Extraction, ...]


class ReadLink(Frozen):
    """A link that a reading proposes from one of its claims to another."""

    claim: ClaimId
    link: Link


class ReaderReport(Frozen):
    """What became of a text in one reader's hands; with ``failure`` it was not read."""

    reader: str
    version: str
    dropped: dict[str, int] = Field(default_factory=dict)
    usage: Usage | None = None
    failure: str | None = None


class Reading(Frozen):
    """A text as all readers of a pass read it.

    ``entities`` and ``relations`` are what the lexicon knows of the entities that the claims name,
    with their hierarchy. ``links`` are those that the claims have among each other.
    """

    text: str
    mentions: tuple[TextMention, ...] = ()
    claims: tuple[ReadClaim, ...] = ()
    reports: tuple[ReaderReport, ...] = ()
    entities: tuple[Entity, ...] = ()
    relations: tuple[EntityRelation, ...] = ()
    links: tuple[ReadLink, ...] = ()

    @property
    def text_sha256(self) -> str:
        """The hash of the text."""
        return sha256_of(self.text)
