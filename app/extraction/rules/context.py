"""What a claim holds under: cells, organism, disease, co-stimulus and setting in its clause."""

import re
from typing import Final

from app.extraction.rules.events import Event
from app.extraction.rules.tokens import Sentence, Token
from app.extraction.rules.words import words
from app.model.claim import Background, ContextItem
from app.model.vocabulary import Category, ContextType, Presence, Setting

_TYPES: Final = {
    Category.CELL: ContextType.CELL,
    Category.CELL_LINE: ContextType.CELL,
    Category.ORGANISM_TAXON: ContextType.ORGANISM,
    Category.DISEASE: ContextType.DISEASE,
}
_STOPS: Final = frozenset(
    {",", ";", ":", "while", "whereas", "but", "which", "that", "suggesting", "indicating"}
)
_SETTING: Final = re.compile(r"\bin (vitro|vivo)\b", re.IGNORECASE)
_PRESENCE: Final = re.compile(r"\bin the (presence|absence) of ", re.IGNORECASE)
_MODIFICATION: Final = {"transformed": "oncogenic transformation"}


def bounds(sentence: Sentence, event: Event) -> tuple[int, int]:
    """Return the token indexes, end-exclusive, of the clause that states an event."""
    marks = (event.agent.phrase_start, event.outcome.phrase_start, event.start)
    ends = (event.agent.phrase_end, event.outcome.phrase_end, event.end)
    first = next(t.i for t in sentence.tokens if t.end > min(marks))
    last = next((t.i for t in sentence.tokens if t.start >= max(ends)), len(sentence.tokens))
    end = last
    while end < len(sentence.tokens) and not _stops(sentence.tokens[end]):
        end += 1
    return first, end


def _stops(token: Token) -> bool:
    return token.word in _STOPS or token.tag in ("VBD", "VBZ", "VBP", "MD") or token.text == "."


def items(sentence: Sentence, event: Event) -> tuple[ContextItem, ...]:
    """Return the context items of an event, in the order of the text."""
    first, end = bounds(sentence, event)
    found: dict[int, ContextItem] = {}
    taken = [
        (event.agent.phrase_start, event.agent.phrase_end),
        (event.outcome.start, event.outcome.end),
    ]
    for token in (*_leading(sentence, first), *sentence.tokens[first:end]):
        mention = token.mention
        if mention is None or token.compound is not None:
            continue
        kind = _TYPES.get(mention.category)
        inside = any(start <= token.start < stop for start, stop in taken)
        if kind is None or (inside and kind is not ContextType.ORGANISM):
            continue
        start, stop, background = _widened(sentence, token, kind)
        found[start] = ContextItem(
            type=kind,
            mention=sentence.quote(start, stop),
            groundings=mention.groundings,
            background=background,
        )
    found |= _carrier(sentence, event)
    found |= _stimuli(sentence, event, first, end)
    found |= _settings(sentence, first, end)
    return tuple(found[start] for start in sorted(found))


def _leading(sentence: Sentence, first: int) -> list[Token]:
    """Return the tokens of "In MCF-7 cells, …" before the clause."""
    tokens = sentence.tokens
    if not tokens or tokens[0].word not in ("in", "using"):
        return []
    comma = next((t.i for t in tokens[:first] if t.text == ","), None)
    if comma is None or any(t.tag in ("VBD", "VBZ", "VBP") for t in tokens[:comma]):
        return []
    return tokens[1:comma]


def _widened(
    sentence: Sentence, token: Token, kind: ContextType
) -> tuple[int, int, tuple[Background, ...]]:
    """Widen a cell to "Ras-transformed MCF10A cells" and read its background."""
    if kind is not ContextType.CELL:
        return token.start, token.end, ()
    tokens = sentence.tokens
    stop = token.end
    after = tokens[token.i + 1] if token.i + 1 < len(tokens) else None
    if after is not None and after.word in words().cells:
        stop = after.end
    start = token.start
    background: list[Background] = []
    at = token.i - 1
    while at >= 0 and (tokens[at].compound is not None or tokens[at].tag in ("JJ", "VBN")):
        held = tokens[at]
        start = held.start
        if held.compound == "background" and held.mention is not None:
            background.append(
                Background(
                    mention=sentence.quote(held.start, held.end),
                    groundings=held.mention.groundings,
                    modification=_MODIFICATION.get(held.tie, held.tie),
                )
            )
        at -= 1
    return start, stop, tuple(background)


def _carrier(sentence: Sentence, event: Event) -> dict[int, ContextItem]:
    carrier = event.agent.carrier
    if carrier is None:
        return {}
    kind = ContextType.ORGANISM if carrier.word in words().organisms else ContextType.CELL
    return {
        carrier.start: ContextItem(type=kind, mention=sentence.quote(carrier.start, carrier.end))
    }


def _stimuli(sentence: Sentence, event: Event, first: int, end: int) -> dict[int, ContextItem]:
    found: dict[int, ContextItem] = {}
    for token in event.outcome.inducers:
        if token.mention is not None:
            found[token.start] = ContextItem(
                type=ContextType.CO_STIMULUS,
                mention=sentence.quote(token.start, token.end),
                groundings=token.mentions[-1].groundings,
                name=token.mentions[-1].mention.text,
                state=Presence.PRESENT,
            )
    if first >= end:
        return found
    begin, stop = sentence.tokens[first].start, sentence.tokens[end - 1].end
    for match in _PRESENCE.finditer(sentence.text, begin, stop):
        token_ = next((t for t in sentence.tokens if t.start >= match.end() and t.mentions), None)
        if token_ is None or token_.start - match.end() > 12 or token_.mention is None:
            continue
        found[match.start()] = ContextItem(
            type=ContextType.CO_STIMULUS,
            mention=sentence.quote(match.start(), token_.end),
            groundings=token_.mention.groundings,
            name=token_.mention.mention.text,
            state=Presence.PRESENT if match[1].lower() == "presence" else Presence.ABSENT,
        )
    return found


def _settings(sentence: Sentence, first: int, end: int) -> dict[int, ContextItem]:
    if first >= end:
        return {}
    begin, stop = sentence.tokens[first].start, sentence.tokens[end - 1].end
    return {
        match.start(): ContextItem(
            type=ContextType.SETTING,
            mention=sentence.quote(match.start(), match.end()),
            value=Setting.IN_VITRO if match[1].lower() == "vitro" else Setting.IN_VIVO,
        )
        for match in _SETTING.finditer(sentence.text, begin, stop)
    }
