"""Cutting a sentence into tokens that are mentions, compounds or words.

Each mention is one token, so that the parser sees a noun where the text has a name of many parts.
What stands in brackets is set aside: it seldom belongs to the clause and mostly breaks its parse.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from app.extraction.rules.sentences import SentenceSpan
from app.extraction.rules.tokens import Sentence, Token
from app.extraction.rules.words import words
from app.model.reading import TextMention
from app.model.vocabulary import Category, PerturbationType

_PIECE: Final = re.compile(
    r"[A-Za-z]+(?:[-\u2010\u2011][A-Za-z]+)+|\d+(?:[.,]\d+)*|\w+(?:['\u2019](?:s|t)\b)?|[^\w\s]"
)
_PROTEINS: Final = frozenset(
    {Category.GENE, Category.PROTEIN, Category.GENE_FAMILY, Category.MACROMOLECULAR_COMPLEX}
)
_KNOCKOUT: Final = re.compile(r"\s?\(?[-\u2212\u2013]\s?/\s?[-\u2212\u2013]\)?")
_SUBSTITUTIONS: Final = re.compile(
    r" (?:[ST]\d{1,3}(?:/\d{1,3})?A(?:/[ST]\d{1,3}A)*\b|"
    r"\([ST]\d{1,3}(?:/\d{1,3})?A(?:[/,] ?[ST]\d{1,3}A)*\))"
)
"""Serines or threonines that can't be phosphorylated any more."""

RESISTANT: Final = "resistant"
"""The tie of a mention with such substitutions."""

_DASHES: Final = frozenset("-\u2010\u2011\u2013\u2212")
_OPEN: Final = {"(": ")", "[": "]", "{": "}"}
_NAMES: Final = frozenset(
    {Category.BIOLOGICAL_PROCESS, Category.PHENOTYPIC_FEATURE, Category.DISEASE}
)
"""What may stand before a name with a hyphen and leave it what it is."""

_SUSPENDED: Final = 6
"""Tokens after "Ras-" within which the word that its hyphen waits for must stand."""


def tokenise(
    text: str,
    span: SentenceSpan,
    mentions: Sequence[TextMention],
    earlier: Sequence[TextMention] = (),
) -> Sentence:
    """Cut a sentence into tokens; ``mentions`` are those within it, ``earlier`` those before."""
    flat = list(_pieces(text, span, mentions))
    tokens = _without_asides(flat)
    tokens = _joined(text, tokens)
    for number, token in enumerate(tokens):
        token.i = number
        token.head = number
    return Sentence(text, span, tokens, earlier)


def _pieces(text: str, span: SentenceSpan, mentions: Sequence[TextMention]) -> Iterator[Token]:
    at = span.start
    for mention in mentions:
        if mention.start < at or mention.end > span.end or _is_method(mention):
            continue
        yield from _plain(text, at, mention.start)
        yield _named(mention)
        at = mention.end
    yield from _plain(text, at, span.end)


def _is_method(mention: TextMention) -> bool:
    """Tell whether a mention is a phrase of the grammar ("ectopic expression"), not a thing."""
    name = mention.mention.text
    if name in words().verbs or all(word in words().transparent for word in name.lower().split()):
        return True
    altered = words().changes.get(name.lower().rpartition(" ")[2])
    if altered is not None and altered.perturbation is PerturbationType.MUTATION:
        return True
    first, _, rest = name.lower().partition(" ")
    return first in words().lists.methods and rest in words().measures


def _plain(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _PIECE.finditer(text, start, end):
        word = match[0].lower().replace("\u2010", "-").replace("\u2011", "-")
        yield Token(match.start(), match.end(), match[0], word, _parsed_as(match[0]))


def _parsed_as(word: str) -> str:
    """Return the form that a parser of everyday English reads best."""
    low = word.lower()
    if low in ("signaling", "signalling"):
        return "signal"
    if low.startswith(("up-regulat", "upregulat", "up-modulat")):
        return "increas" + low.partition("lat")[2]
    if low.startswith(("down-regulat", "downregulat", "down-modulat")):
        return "reduc" + low.partition("lat")[2]
    return word


def _named(mention: TextMention) -> Token:
    words_of = mention.mention.text.split()
    last = words_of[-1]
    if len(words_of) == 1 or (mention.category in _NAMES and last.isalpha() and last.islower()):
        form = last
    else:
        form = "protein"
    return Token(
        mention.start,
        mention.end,
        mention.mention.text,
        mention.mention.text.lower(),
        form,
        mentions=(mention,),
    )


def _without_asides(tokens: Iterable[Token]) -> list[Token]:
    """Return the tokens outside of brackets; mentions within hang on the token before them."""
    kept: list[Token] = []
    closing: list[str] = []
    inside: list[TextMention] = []
    for token in tokens:
        if token.text in _OPEN:
            closing.append(_OPEN[token.text])
        elif closing and token.text == closing[-1]:
            closing.pop()
            if not closing and kept:
                kept[-1].aside += tuple(inside)
                kept[-1].aside_end = token.end
                inside = []
        elif closing:
            inside += token.mentions
        else:
            kept.append(token)
    return kept


def _joined(text: str, tokens: list[Token]) -> list[Token]:
    """Join what hyphens and slashes tie to a mention."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.is_name and _is_part_of_name(found, token):
            token = _unnamed(text, found, token)
        elif token.is_name:
            at = _substituted(text, tokens, at, token)
            at = _slashed(text, tokens, at, token)
            at = _tied(text, tokens, at, token)
            if _is_anti(found, token):
                token.start = found[-2].start
                del found[-2:]
                _become(text, token, token.end, "anti", "anti")
        found.append(token)
        at += 1
    _settle_suspended(text, found)
    return found


def _is_part_of_name(found: list[Token], token: Token) -> bool:
    """Tell whether a mention is the end of a longer name that nothing grounds ("DETA-NO")."""
    if len(found) < 2 or found[-1].text not in _DASHES or found[-1].end != token.start:
        return False
    before = found[-2]
    tied = before.end == found[-1].start and before.compound is None
    return tied and before.word not in words().lists.prefixes and before.text[0].isalnum()


def _unnamed(text: str, found: list[Token], token: Token) -> Token:
    found.pop()
    first = found.pop()
    name = text[first.start : token.end]
    return Token(first.start, token.end, name, name.lower(), name)


def stays_active(mention: TextMention) -> bool:
    """Tell whether a mention is an inhibitor whose phosphorylation-resistant form acts for good."""
    listed = words().closed.kept_active
    names = (mention.mention.text, *(each.name for each in mention.groundings[:1]))
    return any(name.lower() in listed for name in names)


def _substituted(text: str, tokens: list[Token], at: int, token: Token) -> int:
    """Take "S32A/S36A" into the name of an inhibitor before it; return the last index."""
    found = _SUBSTITUTIONS.match(text, token.end)
    if found is None or not stays_active(token.mentions[-1]):
        return at
    while at + 1 < len(tokens) and tokens[at + 1].start < found.end():
        at += 1
    token.end = max(token.end, found.end())
    token.text = text[token.start : token.end]
    token.tie = RESISTANT
    return at


def _slashed(text: str, tokens: list[Token], at: int, token: Token) -> int:
    """Take the mentions that slashes join into the token; return the index of the last one."""
    while (
        at + 2 < len(tokens)
        and (tokens[at + 1].text == "/" or _are_bound(tokens[at], tokens[at + 1], tokens[at + 2]))
        and tokens[at + 2].mentions
        and tokens[at + 1].start == token.end
        and tokens[at + 2].start == tokens[at + 1].end
    ):
        token.mentions += tokens[at + 2].mentions
        token.end = tokens[at + 2].end
        token.text = text[token.start : token.end]
        token.aside = tokens[at + 2].aside
        token.aside_end = tokens[at + 2].aside_end
        at += 2
    return at


def _are_bound(first: Token, joint: Token, second: Token) -> bool:
    """Tell whether a hyphen joins two proteins to one complex ("MDM2-p53")."""
    both = (first.mentions, second.mentions)
    return joint.text in _DASHES and all(m and m[-1].category in _PROTEINS for m in both)


def _tied(text: str, tokens: list[Token], at: int, token: Token) -> int:
    """Make the token a compound where a hyphen ties a known word to it; return the last index."""
    kinds = words().compounds
    lost = _KNOCKOUT.match(text, token.end)
    if lost is not None and token.aside_end in (None, lost.end()):
        while at + 1 < len(tokens) and tokens[at + 1].start < lost.end():
            at += 1
        _become(text, token, lost.end(), "knockout", "null")
        return at
    if at + 1 < len(tokens) and _is_named_tie(token, tokens[at + 1]):
        _become(text, token, tokens[at + 1].end, "other", tokens[at + 1].word)
        return at + 1
    if at + 2 >= len(tokens) or tokens[at + 1].text not in _DASHES:
        return at
    hyphen, tie = tokens[at + 1], tokens[at + 2]
    if hyphen.start != token.end or tie.start != hyphen.end or tie.mentions:
        return at
    first, _, _ = tie.word.partition("-")
    kind = kinds.get(tie.word) or kinds.get(first)
    if kind is None:
        return at
    _become(text, token, tie.end, kind, tie.word)
    token.aside, token.aside_end = tie.aside, tie.aside_end
    return at + 2


def _is_named_tie(token: Token, after: Token) -> bool:
    """Tell whether a name only begins an adjective: "histone acetylation-regulated"."""
    noun, hyphen, tie = after.word.rpartition("-")
    known = noun in words().changes or noun in words().measures
    return bool(hyphen) and known and tie in words().compounds and after.start == token.end + 1


def _become(text: str, token: Token, end: int, kind: str, tie: str) -> None:
    token.end = end
    token.text = text[token.start : end]
    token.compound = kind
    token.tie = tie
    token.word = token.text.lower()
    # Whatever ties, the parser shall see an adjective.
    token.form = "dependent"


def _is_anti(found: list[Token], token: Token) -> bool:
    return (
        len(found) > 1
        and found[-1].text in _DASHES
        and found[-2].word == "anti"
        and found[-1].end == token.start
    )


def _settle_suspended(text: str, tokens: list[Token]) -> None:
    """Give "Ras- and TGF-beta-dependent" the same tie at both mentions, and drop the hyphen."""
    at = 0
    while at + 1 < len(tokens):
        token, hyphen = tokens[at], tokens[at + 1]
        waiting = None
        if _is_suspended(text, token, hyphen):
            rest = tokens[at + 2 : at + 2 + _SUSPENDED]
            waiting = next((each for each in rest if each.compound), None)
        if waiting is None or waiting.compound is None:
            at += 1
            continue
        _become(text, token, hyphen.end, waiting.compound, waiting.tie)
        del tokens[at + 1]


def _is_suspended(text: str, token: Token, hyphen: Token) -> bool:
    """Tell whether a hyphen behind a mention waits for a word further on."""
    bound = token.is_name and hyphen.text in _DASHES and hyphen.start == token.end
    return bound and text[hyphen.end : hyphen.end + 1] in (" ", ",")
