"""How strongly a sentence says it: finding, summary, interpretation, background, hypothesis, aim."""

import re
from dataclasses import dataclass
from typing import Final

from app.extraction.rules.events import Event
from app.extraction.rules.sentences import SentenceSpan
from app.extraction.rules.tokens import Sentence, Token
from app.extraction.rules.words import words
from app.model.text import Span
from app.model.vocabulary import Epistemic

_BACKGROUND_LABELS: Final = (
    "background",
    "introduction",
    "context",
    "rationale",
    "objective",
    "aim",
    "purpose",
)
_RESULT_LABELS: Final = ("result", "finding", "outcome")
_CONCLUSION_LABELS: Final = (
    "conclusion",
    "interpretation",
    "significance",
    "discussion",
    "implication",
)
_METHOD_LABELS: Final = (
    "method",
    "design",
    "setting",
    "material",
    "intervention",
    "participants",
    "patients",
)
_STUDIED: Final = re.compile(
    r"\b(?:was|were|is|are) (?:\w+ )?(?:investigated|examined|studied|assessed|evaluated|measured|"
    r"tested|analy[sz]ed|compared|determined|described|discussed)\b"
)
_PAST: Final = ("VBD",)
_MODALS: Final = frozenset({"may", "might", "could", "would", "should"})
_SURE: Final = frozenset({"can", "cannot", "will"})


@dataclass(frozen=True, slots=True)
class Stance:
    """The epistemic status of a statement and the words that tell it."""

    epistemic: Epistemic
    cue: Span | None


@dataclass(frozen=True, slots=True)
class Course:
    """Where the abstract turns from what was known to what was done: the first own sentence."""

    first_own: int
    last: int


def course_of(text: str, spans: list[SentenceSpan]) -> Course:
    """Return the course of an abstract by its sentences."""
    own = words().cues.own
    body = [span for span in spans if not span.title]
    found = next((s.number for s in body if own.search(text[s.start : s.end].lower())), None)
    # What is known fills the beginning: at most half of an abstract, two sentences if untold.
    known = 2 if found is None else min(found, (len(body) + 1) // 2)
    return Course(known, len(body) - 1)


class Stances:
    """Tells the stance of the events of one sentence."""

    def __init__(self, sentence: Sentence, course: Course) -> None:
        self._sentence = sentence
        self._course = course
        self._cues = words().cues
        self._low = sentence.words()

    def of(self, event: Event) -> Stance | None:
        """Return how an event is meant; None for an aim or a question, which claim nothing."""
        span = self._sentence.span
        before = self._low[: max(0, event.anchor.start - span.start)]
        around = self._low[: max(0, self._clause_end(event.anchor) - span.start)]
        if self._is_aim(before) or self._low.rstrip().endswith("?"):
            return None
        if event.rule == "nominal-by" and _STUDIED.search(self._low):
            return None
        if self._is_labelled(_METHOD_LABELS) and not self._is_labelled(_RESULT_LABELS):
            return None
        if event.known:
            return Stance(Epistemic.BACKGROUND, None)
        modal = self._modal(event.anchor)
        hypothesis = self._last(self._cues.hypothesis, before)
        if hypothesis is not None and "whether" not in hypothesis.text:
            return Stance(Epistemic.HYPOTHESIS, hypothesis)
        if span.title:
            return Stance(Epistemic.HYPOTHESIS if modal else Epistemic.SUMMARY, modal)
        if modal is not None and modal.text.lower() == "could" and self._has_shown(before):
            modal = None
        background = self._last(self._cues.background, around)
        shown = self._last(self._cues.demonstrated, before)
        if background is not None and (shown is None or background.start > shown.start):
            return Stance(Epistemic.BACKGROUND, background)
        meant = self._last(self._cues.interpretation, before)
        if meant is not None and (shown is None or meant.start > shown.start):
            return Stance(Epistemic.INTERPRETATION, meant)
        if modal is not None:
            known = span.number < self._course.first_own or self._is_labelled(_BACKGROUND_LABELS)
            return Stance(Epistemic.HYPOTHESIS if known else Epistemic.INTERPRETATION, modal)
        return self._by_place(event.anchor, shown)

    def _has_shown(self, before: str) -> bool:
        return self._cues.demonstrated.search(before) is not None

    def _by_place(self, anchor: Token, shown: Span | None) -> Stance:
        span = self._sentence.span
        if self._is_labelled(_BACKGROUND_LABELS):
            return Stance(Epistemic.BACKGROUND, None)
        summary = self._last(self._cues.summary, self._low)
        if self._is_labelled(_CONCLUSION_LABELS):
            return Stance(Epistemic.SUMMARY, summary)
        if summary is not None:
            return Stance(Epistemic.SUMMARY, summary)
        if self._is_aside(anchor) and not self._is_labelled(_RESULT_LABELS):
            return Stance(Epistemic.BACKGROUND, None)
        if self._is_labelled(_RESULT_LABELS) or shown is not None:
            return Stance(Epistemic.DEMONSTRATED, shown)
        if span.number < self._course.first_own and not self._is_past(anchor):
            return Stance(Epistemic.BACKGROUND, None)
        return Stance(Epistemic.DEMONSTRATED, shown)

    def _is_aside(self, anchor: Token) -> bool:
        """Tell whether a relative clause only recalls what is known: ", which activates X"."""
        return anchor.dep == "relcl" and anchor.tag in ("VBZ", "VBP")

    def _is_labelled(self, names: tuple[str, ...]) -> bool:
        return any(name in self._sentence.span.label for name in names)

    def _is_past(self, anchor: Token) -> bool:
        tags = [anchor.tag, *(c.tag for c in self._sentence.children(anchor, "aux", "auxpass"))]
        if any(tag in _PAST for tag in tags):
            return True
        above = list(self._sentence.ancestors(anchor))
        return any(token.tag in _PAST for token in above[:3])

    def _is_aim(self, before: str) -> bool:
        aim = None
        for aim in self._cues.aim.finditer(before):
            pass
        asked = re.search(r"\bwhether\b", before)
        last = aim or asked
        if last is None:
            return False
        if asked is not None and asked.end() > last.end():
            last = asked
        shown = None
        for shown in self._cues.demonstrated.finditer(before):
            pass
        # "To test this, we silenced X and found that Y": what is found is no aim.
        if shown is not None and shown.start() >= last.start():
            return False
        between = before[last.end() :]
        return not re.search(
            r"\b(?:showed|found|revealed|demonstrated|resulted|observed)\b|[,;:] (?:we|and) ",
            between,
        ) or (asked is not None and last is asked)

    def _modal(self, anchor: Token) -> Span | None:
        chain = [anchor]
        for above in self._sentence.ancestors(anchor):
            if chain[-1].dep not in ("xcomp", "conj", "pcomp", "prep", "advcl"):
                break
            chain.append(above)
        for token in chain:
            for child in self._sentence.children(token, "aux", "advmod"):
                if child.word in _MODALS or (
                    child.dep == "advmod"
                    and 0 < token.i - child.i < 3
                    and self._cues.modal.fullmatch(child.word)
                ):
                    return self._sentence.quote(child.start, child.end)
        return None

    def _clause_end(self, anchor: Token) -> int:
        return anchor.end

    def _last(self, pattern: re.Pattern[str], within: str) -> Span | None:
        match = None
        for match in pattern.finditer(within):
            pass
        if match is None:
            return None
        start = self._sentence.span.start
        return self._sentence.quote(start + match.start(), start + match.end())
