"""Mentions of a text with ranked groundings, and the groundings of a name."""

import hashlib
import re
from functools import cached_property, lru_cache
from typing import Final

from app.grounding import rules
from app.grounding.abbreviations import definitions
from app.grounding.lexicon import Lexicon, Meaning
from app.grounding.matcher import Match, Matcher, ShortForms
from app.grounding.tokens import key_of
from app.model.entity import Entity
from app.model.reading import TextMention
from app.model.text import Grounding, Span
from app.model.vocabulary import Category

CODE: Final = "1"
"""Raised with every change of the code that changes what is found."""

_PROTEIN = re.compile(
    r"(?:protein|receptor|factor|porter|exchanger|channel|antigen|ligand|hormone|globulin|homolog|"
    r"gene|[a-z]{3,}[^e]ase)(?: [A-Za-z0-9-]{1,3})?$"
)
"""How the long form of a protein's symbol ends."""

BROADER: Final = 0.8
"""What remains of a score where a short form is known only by the end of its long form."""

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
        bound = self._bound(text)
        said = _Words(text)
        found = []
        for match in self._matcher.matches(text, ShortForms(tuple(bound))):
            if match.short:
                groundings = bound[match.short]
            elif match.key in rules.contexts():
                groundings = self._in_context(match, said)
            else:
                groundings = self._ranked(match.meanings)
            if groundings:
                found.append(self._mention(match, text, groundings))
        return tuple(found)

    def ground(self, name: str) -> tuple[Grounding, ...]:
        """Return the entities that a whole name may mean, best first."""
        match = self._matcher.exact(name)
        return self._ranked(match.meanings) if match else ()

    def _in_context(self, match: Match, said: "_Words") -> tuple[Grounding, ...]:
        """Return the groundings of a form that means some things only where the text says so."""
        wanted = rules.contexts()[match.key]
        found = []
        for each in self._ranked(match.meanings):
            context = wanted.get(each.id)
            if context is None or said.any_of(context.words):
                found.append(each)
            elif not context.dropped:
                score = round(each.score - rules.UNCUED, 2)
                found.append(each.model_copy(update={"score": score}))
        return tuple(sorted(found, key=lambda each: -each.score))

    def _bound(self, text: str) -> dict[str, tuple[Grounding, ...]]:
        """Return what each short form that the text defines means; nothing where unknown."""
        bound: dict[str, tuple[Grounding, ...]] = {}
        for each in definitions(text):
            if not bound.get(each.short):
                bound[each.short] = self._defined(text[each.long_start : each.long_end], each.short)
        return bound

    def _defined(self, long: str, short: str) -> tuple[Grounding, ...]:
        """Return what a short form with this long form means."""
        whole = self._matcher.exact(long)
        if whole is not None:
            return self._ranked(whole.meanings)
        agreeing = tuple(
            meaning for meaning in self._lexicon_meanings(short) if self._agrees(meaning, long)
        )
        if agreeing:
            return self._ranked(agreeing)
        inside = self._matcher.matches(long)
        if inside and inside[-1].end == len(long) and _covers(inside[-1], long):
            return tuple(
                each.model_copy(update={"score": round(each.score * BROADER, 2)})
                for each in self._ranked(inside[-1].meanings)
            )
        return ()

    def _lexicon_meanings(self, short: str) -> tuple[Meaning, ...]:
        match = self._matcher.exact(short)
        return match.meanings if match else ()

    def _agrees(self, meaning: Meaning, long: str) -> bool:
        """Tell whether an entity has a name that shares most words with the long form."""
        is_gene = self.lexicon.category(meaning.entity) is Category.GENE
        if meaning.symbol and is_gene and _PROTEIN.search(long):
            return True
        wanted = {each for each in key_of(long).split() if len(each) > 2}
        entity = self.lexicon.entity(self.lexicon.curie(meaning.entity))
        names = (entity.name, *entity.synonyms) if entity else ()
        return any(len(wanted & set(key_of(name).split())) * 2 >= len(wanted) > 0 for name in names)

    def _mention(self, match: Match, text: str, groundings: tuple[Grounding, ...]) -> TextMention:
        return TextMention(
            mention=Span(start=match.start, end=match.end, text=text[match.start : match.end]),
            groundings=groundings,
            category=self._category(groundings[0].id),
            abbreviation=match.short is not None,
        )

    @lru_cache(maxsize=1 << 14)  # noqa: B019  a grounder lives as long as its process
    def _category(self, curie: str) -> Category:
        entity = self.lexicon.entity(curie)
        return entity.category if entity else Category.NAMED_THING

    @lru_cache(maxsize=1 << 11)  # noqa: B019  as above; an entry takes some kilobytes
    def _ranked(self, meanings: tuple[Meaning, ...]) -> tuple[Grounding, ...]:
        best: dict[int, float] = {}
        for meaning in meanings:
            rivals = sum(
                other.kind.lower() in "apr" and other.entity != meaning.entity for other in meanings
            )
            value = rules.score(meaning, rivals)
            best[meaning.entity] = max(best.get(meaning.entity, 0.0), round(value, 2))
        order = sorted(best.items(), key=lambda each: (-each[1], each[0]))[:MOST]
        return tuple(
            Grounding(
                id=self.lexicon.curie(number), name=self.lexicon.label(number)[0], score=value
            )
            for number, value in order
        )


class _Words:
    """The words of a text, taken from it when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(re.findall(r"[a-z]+", self._text.lower()))

    def any_of(self, words: frozenset[str]) -> bool:
        """Tell whether one of these stands in the text."""
        return not words.isdisjoint(self._words)


def _covers(match: Match, long: str) -> bool:
    return (match.end - match.start) * 2 >= len(long)


@lru_cache(maxsize=1)
def _loaded() -> Grounder:
    return Grounder(Lexicon.load())
