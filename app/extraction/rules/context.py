"""What a claim holds under: cells, organism, disease, co-stimulus and setting in its clause."""

import re
from collections.abc import Iterable
from typing import Final

from app.extraction.rules.events import Event
from app.extraction.rules.tokens import Sentence, Token
from app.extraction.rules.words import words
from app.model.claim import PERTURBATION_DIRECTION, Background, ContextItem
from app.model.vocabulary import Category, ContextType, PerturbationType, Presence, Setting

_TYPES: Final = {
    Category.CELL: ContextType.CELL,
    Category.CELL_LINE: ContextType.CELL,
    Category.ORGANISM_TAXON: ContextType.ORGANISM,
    Category.DISEASE: ContextType.DISEASE,
}
_SETTING: Final = re.compile(r"\bin (vitro|vivo)\b", re.IGNORECASE)
_PRESENCE: Final = re.compile(r"\bin the (presence|absence) of ", re.IGNORECASE)
_NEAR: Final = 12
"""Characters behind "in the presence of" within which the stimulus must stand."""

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
    return (
        token.word in words().closed.context_stops
        or token.tag in ("VBD", "VBZ", "VBP", "MD")
        or token.text == "."
    )


def items(sentence: Sentence, event: Event) -> tuple[ContextItem, ...]:
    """Return the context items of an event, in the order of the text."""
    first, end = bounds(sentence, event)
    found = _named(sentence, event, (*_leading(sentence, first), *sentence.tokens[first:end]))
    found |= _carrier(sentence, event)
    found |= _perturbed(sentence, event, sentence.tokens[first:end])
    found |= _inducers(sentence, event)
    if first < end:
        begin, stop = sentence.tokens[first].start, sentence.tokens[end - 1].end
        found |= _presences(sentence, begin, stop)
        found |= _settings(sentence, begin, stop)
    return tuple(found[start] for start in sorted(found))


def _named(sentence: Sentence, event: Event, tokens: Iterable[Token]) -> dict[int, ContextItem]:
    """Return the cells, organisms and diseases that no participant takes for itself."""
    taken = (
        (event.agent.phrase_start, event.agent.phrase_end),
        (event.outcome.start, event.outcome.end),
    )
    found: dict[int, ContextItem] = {}
    for token in tokens:
        mention = token.mention
        kind = _TYPES.get(mention.category) if mention is not None and token.is_name else None
        inside = any(start <= token.start < stop for start, stop in taken)
        if mention is None or kind is None or (inside and kind is not ContextType.ORGANISM):
            continue
        start, stop, background = _widened(sentence, token, kind)
        found[start] = ContextItem(
            type=kind,
            mention=sentence.quote(start, stop),
            groundings=mention.groundings,
            background=background,
        )
    return found


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


def _perturbed(sentence: Sentence, event: Event, tokens: Iterable[Token]) -> dict[int, ContextItem]:
    """Return what else was lost or given: "in p53-deficient cells", "in cells lacking p53"."""
    taken = [(thing.phrase_start, thing.phrase_end) for thing in (event.agent, event.outcome)]
    found: dict[int, ContextItem] = {}
    for token in tokens:
        kind, start, end = _done_to(sentence, token)
        inside = any(start < stop and begin < end for begin, stop in taken)
        if kind is None or token.mention is None or inside:
            continue
        found[start] = ContextItem(
            type=ContextType.CO_PERTURBATION,
            mention=sentence.quote(start, end),
            groundings=token.mention.groundings,
            name=token.mention.mention.text,
            direction=PERTURBATION_DIRECTION[kind],
        )
    return found


def _done_to(sentence: Sentence, token: Token) -> tuple[PerturbationType | None, int, int]:
    """Return what was done to a mention that cells or animals carry, and the words for it."""
    vocabulary = words()
    if token.compound is not None:
        kind = vocabulary.carried.get(token.compound)
        return (None if token.compound == "treated" else kind), token.start, token.end
    before = sentence.tokens[token.i - 1] if token.i else None
    if before is not None and before.word == "lacking":
        return vocabulary.done["lacking"], before.start, token.end
    after = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else None
    tie = vocabulary.compounds.get(after.word, "") if after is not None else ""
    carriers = sentence.tokens[token.i + 2 : token.i + 3]
    carried = any(t.word in vocabulary.organisms | vocabulary.cells for t in carriers)
    if after is None or tie not in ("knockout", "knockdown") or not carried:
        return None, token.start, token.end
    return vocabulary.carried[tie], token.start, after.end


def _inducers(sentence: Sentence, event: Event) -> dict[int, ContextItem]:
    """Return the stimulus of "TGF-beta-induced EMT"."""
    return {
        token.start: ContextItem(
            type=ContextType.CO_STIMULUS,
            mention=sentence.quote(token.start, token.end),
            groundings=token.mention.groundings,
            name=token.mention.mention.text,
            state=Presence.PRESENT,
        )
        for token in event.outcome.inducers
        if token.mention is not None
    }


def _presences(sentence: Sentence, begin: int, stop: int) -> dict[int, ContextItem]:
    """Return the stimuli of "in the presence of X" and "in the absence of X"."""
    found: dict[int, ContextItem] = {}
    for match in _PRESENCE.finditer(sentence.text, begin, stop):
        named = next((t for t in sentence.tokens if t.start >= match.end() and t.mentions), None)
        if named is None or named.mention is None or named.start - match.end() > _NEAR:
            continue
        found[match.start()] = ContextItem(
            type=ContextType.CO_STIMULUS,
            mention=sentence.quote(match.start(), named.end),
            groundings=named.mention.groundings,
            name=named.mention.mention.text,
            state=Presence.PRESENT if match[1].lower() == "presence" else Presence.ABSENT,
        )
    return found


def _settings(sentence: Sentence, begin: int, stop: int) -> dict[int, ContextItem]:
    """Return "in vitro" and "in vivo"."""
    return {
        match.start(): ContextItem(
            type=ContextType.SETTING,
            mention=sentence.quote(match.start(), match.end()),
            value=Setting.IN_VITRO if match[1].lower() == "vitro" else Setting.IN_VIVO,
        )
        for match in _SETTING.finditer(sentence.text, begin, stop)
    }
