"""The rules reader: a document in, candidate claims out."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Final

from app.extraction.rules.build import Builder, Ground
from app.extraction.rules.confidence import confidence
from app.extraction.rules.events import Event
from app.extraction.rules.forms import settle
from app.extraction.rules.frames import Frames
from app.extraction.rules.gate import bears
from app.extraction.rules.parser import parse
from app.extraction.rules.phrases import Phrases
from app.extraction.rules.sentences import MAX_LENGTH, SentenceSpan, sentences
from app.extraction.rules.species import species_of
from app.extraction.rules.stance import Course, Stances, course_of
from app.extraction.rules.tokenise import tokenise
from app.extraction.rules.tokens import Sentence
from app.model.claim import Claim, Extraction
from app.model.reading import Candidate, Document, TextMention

RULES_VERSION: Final = "4"
"""Raised whenever the rules read something else."""

_EARLIER: Final = 200
"""Mentions before a sentence among which an anaphor's antecedent is looked for."""


class RulesReader:
    """Reads claims by rules over the dependency graph.

    ``ground`` grounds the name of a composite ("the IKK-2/IkappaBalpha/NF-kappaB pathway");
    ``lexicon`` is the version of the lexicon that the mentions come from.
    """

    name = "rules"

    def __init__(self, ground: Ground | None = None, lexicon: str = "") -> None:
        self._ground = ground
        self._lexicon = lexicon

    @property
    def version(self) -> str:
        """The version of the rules, with that of the lexicon."""
        return f"{RULES_VERSION} {self._lexicon}".strip()

    def read(self, document: Document) -> tuple[Candidate, ...]:
        """Return the candidates of a document in the order of its text."""
        spans = list(sentences(document.text, document.title_end))
        course = course_of(document.text, spans)
        sha256, species = document.sha256, species_of(document, self._ground)
        found: dict[str, Candidate] = {}
        for sentence in parse(self._bearing(document, spans)):
            for each in self._sentence(sentence, course, sha256):
                candidate = each.model_copy(update={"claim": species.told(each.claim)})
                found.setdefault(candidate.claim.id, candidate)
        return tuple(found.values())

    def _bearing(self, document: Document, spans: Iterable[SentenceSpan]) -> Iterator[Sentence]:
        """Yield the sentences that may hold a claim, cut into tokens for the parser."""
        mentions = document.mentions
        for span in spans:
            if span.end - span.start > MAX_LENGTH:
                continue
            first = bisect_left(mentions, span.start, key=_start)
            last = bisect_right(mentions, span.end, lo=first, key=_end)
            if not bears(document.text, span, mentions[first:last]):
                continue
            before = bisect_right(mentions, span.start, key=_end)
            earlier = mentions[max(0, before - _EARLIER) : before]
            sentence = tokenise(document.text, span, mentions[first:last], earlier)
            settle(sentence.tokens)
            yield sentence

    def _sentence(self, sentence: Sentence, course: Course, sha256: str) -> Iterator[Candidate]:
        stances = Stances(sentence, course)
        builder = Builder(sentence, sha256, self._ground)
        for event in Frames(sentence, Phrases(sentence)).events():
            stance = stances.of(event)
            claim = builder.claim(event, stance) if stance is not None else None
            if claim is not None:
                extraction = self._extraction(sentence, event, claim)
                yield Candidate(claim=claim, extraction=extraction)

    def _extraction(self, sentence: Sentence, event: Event, claim: Claim) -> Extraction:
        return Extraction(
            reader=self.name,
            version=self.version,
            rule=event.rule,
            confidence=confidence(sentence, event, claim),
        )


def _start(mention: TextMention) -> int:
    return mention.start


def _end(mention: TextMention) -> int:
    return mention.end
