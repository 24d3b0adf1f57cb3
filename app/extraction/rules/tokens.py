"""A sentence as the grammar reads it: tokens that are mentions, compounds or words, parsed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.extraction.rules.sentences import SentenceSpan
from app.model.reading import TextMention
from app.model.text import Span


@dataclass(slots=True, eq=False)
class Token:
    """A word, a mention, or a compound of a mention and what a hyphen ties to it.

    ``word`` is the lower-case form that the vocabulary knows; ``form`` is what the parser gets.
    ``compound`` is the kind of tie ("TGF-beta-induced": ``induced``). ``aside`` are the mentions
    of the brackets behind the token. ``tag``, ``dep``, ``head`` and ``children`` come from the
    parser; the root is its own head.
    """

    start: int
    end: int
    text: str
    word: str
    form: str
    mentions: tuple[TextMention, ...] = ()
    compound: str | None = None
    tie: str = ""
    aside: tuple[TextMention, ...] = ()
    aside_end: int | None = None
    i: int = 0
    tag: str = ""
    dep: str = ""
    head: int = 0
    children: list[int] = field(default_factory=list)

    @property
    def mention(self) -> TextMention | None:
        """The mention that the token is or holds; the last of several."""
        return self.mentions[-1] if self.mentions else None

    @property
    def is_name(self) -> bool:
        """Whether the token is a mention by itself."""
        return bool(self.mentions) and self.compound is None


@dataclass(slots=True, eq=False)
class Sentence:
    """A sentence of a text with its tokens and their parse.

    ``earlier`` are the mentions of the text before the sentence.
    """

    text: str
    span: SentenceSpan
    tokens: list[Token]
    earlier: Sequence[TextMention] = ()

    def words(self) -> str:
        """Return the sentence in lower case, as long as it is, to look for cues in."""
        said = self.text[self.span.start : self.span.end]
        low = said.lower()
        if len(low) == len(said):
            return low
        # A dotted capital I becomes two characters in lower case.
        return "".join(char if len(char.lower()) > 1 else char.lower() for char in said)

    def children(self, token: Token, *deps: str) -> list[Token]:
        """Return the token's children by one of these relations (all without any), in order."""
        found = (self.tokens[i] for i in token.children)
        return [child for child in found if not deps or child.dep in deps]

    def head(self, token: Token) -> Token:
        """Return the token that this one depends on."""
        return self.tokens[token.head]

    def ancestors(self, token: Token) -> Iterator[Token]:
        """Yield the tokens above this one, nearest first."""
        while token.head != token.i:
            token = self.tokens[token.head]
            yield token

    def subtree(self, token: Token) -> list[Token]:
        """Return the token and all that hangs on it, in the order of the text."""
        found = [token]
        stack = [token]
        while stack:
            below = [self.tokens[i] for i in stack.pop().children]
            found += below
            stack += below
        return sorted(found, key=lambda each: each.i)

    def quote(self, start: int, end: int) -> Span:
        """Return the verbatim span of the text between two offsets."""
        return Span(start=start, end=end, text=self.text[start:end])
