"""Mentions of a text with ranked groundings, and the groundings of a name."""

import hashlib
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Final

from app.grounding import rules
from app.grounding.abbreviations import definitions
from app.grounding.lexicon import Lexicon, Meaning
from app.grounding.matcher import Match, Matcher
from app.model.entity import Entity
from app.model.reading import TextMention
from app.model.text import Grounding, Span

CODE: Final = "1"
"""Raised with every change of the code that changes what is found."""

MOST: Final = 5
"""How many groundings a mention keeps."""


class Grounder:
    """Grounds texts and names to the entities of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._matcher = Matcher(lexicon)

    @classmethod
    def load(cls) -> "Grounder":
        """Return the grounder over the lexicon of ``seeds``; made once."""
        return _loaded()

    @cached_property
    def version(self) -> str:
        """The version of the code and the hash of the lexicon."""
        mixed = hashlib.sha256(f"{CODE} {self.lexicon.version}".encode()).hexdigest()
        return f"{CODE}.{mixed[:12]}"

    def entity(self, curie: str) -> Entity | None:
        """Return the entity of the lexicon with a CURIE, or None."""
        return self.lexicon.entity(curie)

    def mentions(self, text: str) -> tuple[TextMention, ...]:
        """Return the mentions of a text, sorted, none overlapping another.

        Offsets are code points of ``text``. A short form that the text defines means what its
        long form does, wherever it stands.
        """
        matches = self._matcher.matches(text)
        bound = self._bound(text, matches)
        found = []
        for match in matches:
            surface = text[match.start : match.end]
            held = bound.get(surface) or bound.get(surface.rstrip("s"))
            groundings = held if held is not None else self._ranked(match.meanings)
            if groundings:
                found.append(self._mention(match, surface, groundings, held is not None))
        return tuple(found)

    def ground(self, name: str) -> tuple[Grounding, ...]:
        """Return the entities that a whole name may mean, best first."""
        match = self._matcher.exact(name)
        return self._ranked(match.meanings) if match else ()

    def _bound(self, text: str, matches: Sequence[Match]) -> dict[str, tuple[Grounding, ...]]:
        """Return what each short form that the text defines means."""
        bound: dict[str, tuple[Grounding, ...]] = {}
        for each in definitions(text):
            long = self._matcher.exact(text[each.long_start : each.long_end])
            meanings = long.meanings if long else ()
            if not meanings:
                meanings = next(
                    (m.meanings for m in matches if m.end == each.long_end
                     and m.start >= each.long_start), ()
                )  # fmt: skip
            if meanings:
                bound[each.short] = self._ranked(meanings)
        return bound

    def _mention(
        self, match: Match, surface: str, groundings: tuple[Grounding, ...], short: bool
    ) -> TextMention:
        best = self.lexicon.entity(groundings[0].id)
        assert best is not None  # noqa: S101
        return TextMention(
            mention=Span(start=match.start, end=match.end, text=surface),
            groundings=groundings,
            category=best.category,
            abbreviation=short,
        )

    @lru_cache(maxsize=1 << 14)  # noqa: B019
    def _ranked(self, meanings: tuple[Meaning, ...]) -> tuple[Grounding, ...]:
        best: dict[int, float] = {}
        for meaning in meanings:
            rivals = sum(
                other.kind.lower() in "apr" and other.entity != meaning.entity
                for other in meanings
            )
            value = rules.score(meaning, rivals)
            best[meaning.entity] = max(best.get(meaning.entity, 0.0), value)
        order = sorted(best.items(), key=lambda each: (-each[1], each[0]))[:MOST]
        return tuple(
            Grounding(
                id=self.lexicon.curie(number), name=self.lexicon.label(number)[0], score=value
            )
            for number, value in order
        )


@lru_cache(maxsize=1)
def _loaded() -> Grounder:
    return Grounder(Lexicon.load())
