"""The rules reader: a document in, candidate claims out."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from app.extraction.rules.build import Builder, Ground
from app.extraction.rules.forms import settle
from app.extraction.rules.frames import Frames
from app.extraction.rules.gate import bears
from app.extraction.rules.parser import parse
from app.extraction.rules.phrases import Phrases
from app.extraction.rules.sentences import MAX_LENGTH, SentenceSpan, sentences
from app.extraction.rules.stance import Course, Stances, course_of
from app.extraction.rules.tokens import Sentence, tokenise
from app.model.claim import Claim, Extraction
from app.model.reading import Candidate, Document, TextMention

RULES_VERSION: Final = "1"


class RulesReader:
    """Reads claims by rules over the dependency graph.

    ``ground`` grounds the name of a composite ("the IKK-2/IkappaBalpha/NF-kappaB pathway").
    """

    name = "rules"

    def __init__(self, ground: Ground | None = None) -> None:
        self._ground = ground

    @property
    def version(self) -> str:
        """The version of the rules."""
        return RULES_VERSION

    def read(self, document: Document) -> tuple[Candidate, ...]:
        """Return the candidates of a document in the order of its text."""
        spans = list(sentences(document.text, document.title_end))
        course = course_of(document.text, spans)
        sha256 = document.sha256
        found: dict[str, Candidate] = {}
        for sentence in parse(self._bearing(document, spans)):
            for candidate in self._sentence(sentence, course, sha256):
                found.setdefault(candidate.claim.id, candidate)
        return tuple(found.values())

    def _bearing(self, document: Document, spans: Iterable[SentenceSpan]) -> Iterator[Sentence]:
        for span in spans:
            if span.end - span.start > MAX_LENGTH:
                continue
            mentions = _within(document.mentions, span)
            if bears(document.text, span, mentions):
                earlier = [m for m in document.mentions if m.end <= span.start]
                sentence = tokenise(document.text, span, mentions, earlier)
                settle(sentence.tokens)
                yield sentence

    def _sentence(self, sentence: Sentence, course: Course, sha256: str) -> Iterator[Candidate]:
        stances = Stances(sentence, course)
        builder = Builder(sentence, sha256, self._ground)
        for event in Frames(sentence, Phrases(sentence)).events():
            stance = stances.of(event)
            claim = builder.claim(event, stance) if stance is not None else None
            if claim is not None:
                yield Candidate(claim=claim, extraction=self._extraction(event.rule, claim))

    def _extraction(self, rule: str, claim: Claim) -> Extraction:
        return Extraction(reader=self.name, version=self.version, rule=rule, confidence=0.7)


def _within(mentions: Sequence[TextMention], span: SentenceSpan) -> list[TextMention]:
    return [m for m in mentions if m.start >= span.start and m.end <= span.end]
