"""What the stages of reading hand to each other: a document, its mentions, candidate claims."""

from typing import Protocol

from app.model.base import Frozen
from app.model.claim import Claim, Extraction
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
