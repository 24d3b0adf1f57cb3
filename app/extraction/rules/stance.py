"""How strongly a sentence says it: as finding, summary, interpretation, background or guess."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from app.extraction.rules.events import Event
from app.extraction.rules.sentences import SentenceSpan
from app.extraction.rules.tokens import Sentence, Token
from app.extraction.rules.words import words
from app.model.text import Span
from app.model.vocabulary import Epistemic

_STUDIED: Final = re.compile(
    r"\b(?:was|were|is|are) (?:\w+ )?(?:investigated|examined|studied|assessed|evaluated|measured|"
    r"tested|analy[sz]ed|compared|determined|described|discussed)\b"
)
_WHETHER: Final = re.compile(r"\bwhether\b")
_FOUND: Final = re.compile(
    r"\b(?:showed|found|revealed|demonstrated|resulted|observed)\b|[,;:] (?:we|and) "
)
_OTHERS: Final = re.compile(r" ?(?:(?:work|study|studies|reports?|evidence|experiments) )?")
"""What may stand between "previous" and "showed that"."""

_REASON: Final = re.compile(r"\s*(?:because|since|as|given that|although|while)\b")
_ACTED: Final = re.compile(r", (?:we|this study|the present|our)\b")
_CITED: Final = re.compile(r"\bet al\b")
_CHAIN: Final = ("xcomp", "conj", "pcomp", "prep", "advcl")
"""Relations over which a modal of the governor holds for a verb, too."""

_KNOWN: Final = 2
"""Sentences of an abstract without own words that may tell what was known before."""

_REACH: Final = 3
"""Tokens above or before an anchor within which its tense or its hedge stands."""


@dataclass(frozen=True, slots=True)
class Stance:
    """The epistemic status of a statement and the words that tell it."""

    epistemic: Epistemic
    cue: Span | None


@dataclass(frozen=True, slots=True)
class Course:
    """Where the abstract turns from what was known to what was done: the first own sentence."""

    first_own: int


def course_of(text: str, spans: list[SentenceSpan]) -> Course:
    """Return the course of an abstract by its sentences."""
    own = words().cues.own
    body = [span for span in spans if not span.title]
    found = next((s.number for s in body if own.search(text[s.start : s.end].lower())), None)
    # What is known fills the beginning: at most half of an abstract, two sentences if untold.
    known = _KNOWN if found is None else min(found, (len(body) + 1) // 2)
    return Course(known)


class Stances:
    """Tells the stance of the events of one sentence."""

    def __init__(self, sentence: Sentence, course: Course) -> None:
        self._sentence = sentence
        self._course = course
        self._cues = words().cues
        self._closed = words().closed
        self._low = sentence.words()

    def of(self, event: Event) -> Stance | None:
        """Return how an event is meant; None for an aim or a question, which claim nothing."""
        before = self._low[: max(0, event.anchor.start - self._sentence.span.start)]
        if self._claims_nothing(event, before):
            return None
        if event.known or self._describes(event.anchor):
            return Stance(Epistemic.BACKGROUND, None)
        hypothesis = self._last(self._cues.hypothesis, before)
        if hypothesis is not None and "whether" not in hypothesis.text:
            return Stance(Epistemic.HYPOTHESIS, hypothesis)
        modal = self._modal(event.anchor)
        if self._sentence.span.title:
            return Stance(Epistemic.HYPOTHESIS if modal else Epistemic.SUMMARY, modal)
        shown = self._last(self._cues.demonstrated, before)
        told = self._by_lead(event, before, shown)
        return told or self._by_modal(before, modal) or self._by_place(event.anchor, shown)

    def _claims_nothing(self, event: Event, before: str) -> bool:
        if self._is_aim(before) or self._low.rstrip().endswith("?"):
            return True
        if event.rule == "nominal-by" and _STUDIED.search(self._low):
            return True
        if self._is_conditional(event.anchor):
            return True
        return self._is_labelled(self._closed.method_labels) and not self._is_result()

    def _is_conditional(self, anchor: Token) -> bool:
        """Tell whether a verb stands in the clause of an "unless" or "if"."""
        marks = self._sentence.children(anchor, "mark", "advmod")
        above = self._sentence.head(anchor)
        if anchor.dep == "conj":
            marks += self._sentence.children(above, "mark", "advmod")
        return any(each.word in self._closed.conditional for each in marks)

    def _describes(self, anchor: Token) -> bool:
        """Tell whether a statement only says of what kind a thing is: "X, an inhibitor of Y,"."""
        above = islice(self._sentence.ancestors(anchor), _REACH)
        return any(token.dep == "appos" for token in (anchor, *above))

    def _by_lead(self, event: Event, before: str, shown: Span | None) -> Stance | None:
        """Return the stance that a leading clause gives where no "we show that" follows it."""
        start = self._sentence.span.start
        around = self._low[: max(0, event.anchor.end - start)]
        background = self._last(self._cues.background, around) or self._last(_CITED, self._low)
        if background is not None and (shown is None or self._is_of(background, shown)):
            return Stance(Epistemic.BACKGROUND, background)
        meant = self._last(self._cues.interpretation, before)
        if meant is not None and (shown is None or meant.start > shown.start):
            return Stance(Epistemic.INTERPRETATION, meant)
        return None

    def _is_of(self, background: Span, shown: Span) -> bool:
        """Tell whether words of background follow "we show that", or say whose finding it is.

        "Previous work showed that" tells of others; "unlike in previous work, we show" does not.
        """
        start = self._sentence.span.start
        between = self._low[background.end - start : max(background.end, shown.start) - start]
        return background.start > shown.start or _OTHERS.fullmatch(between) is not None

    def _by_modal(self, before: str, modal: Span | None) -> Stance | None:
        if modal is None:
            return None
        if modal.text.lower() == "could" and self._cues.demonstrated.search(before):
            # "We show that X could inhibit Y" is a finding.
            return None
        known = self._is_before_own() or self._is_labelled(self._closed.background_labels)
        return Stance(Epistemic.HYPOTHESIS if known else Epistemic.INTERPRETATION, modal)

    def _by_place(self, anchor: Token, shown: Span | None) -> Stance:
        if self._is_labelled(self._closed.background_labels):
            return Stance(Epistemic.BACKGROUND, None)
        summary = self._last(self._cues.summary, self._low)
        if summary is not None or self._is_labelled(self._closed.conclusion_labels):
            return Stance(Epistemic.SUMMARY, summary)
        result = self._is_result()
        if self._is_ground(anchor):
            return Stance(Epistemic.BACKGROUND, None)
        if self._is_aside(anchor) and not result:
            return Stance(Epistemic.BACKGROUND, None)
        past = result or shown is not None or self._is_past(anchor)
        if self._is_before_own() and not past:
            return Stance(Epistemic.BACKGROUND, None)
        return Stance(Epistemic.DEMONSTRATED, shown)

    def _is_before_own(self) -> bool:
        return self._sentence.span.number < self._course.first_own

    def _is_ground(self, anchor: Token) -> bool:
        """Tell whether "because X acts on Y, we …" gives what is known for a reason to look."""
        after = self._low[anchor.end - self._sentence.span.start :]
        reason = _REASON.match(self._low) is not None and _ACTED.search(after) is not None
        return reason and anchor.tag in ("VBZ", "VBP")

    def _is_aside(self, anchor: Token) -> bool:
        """Tell whether a relative clause only recalls what is known: ", which activates X"."""
        return anchor.dep == "relcl" and anchor.tag in ("VBZ", "VBP")

    def _is_result(self) -> bool:
        return self._is_labelled(self._closed.result_labels)

    def _is_labelled(self, names: Iterable[str]) -> bool:
        return any(name in self._sentence.span.label for name in names)

    def _is_past(self, anchor: Token) -> bool:
        auxiliaries = self._sentence.children(anchor, "aux", "auxpass")
        above = islice(self._sentence.ancestors(anchor), _REACH)
        return any(token.tag == "VBD" for token in (anchor, *auxiliaries, *above))

    def _is_aim(self, before: str) -> bool:
        """Tell whether the words before an anchor say what was looked for, not what was found."""
        aim, asked = _last(self._cues.aim, before), _WHETHER.search(before)
        last = aim or asked
        if last is None:
            return False
        if asked is not None and asked.end() > last.end():
            last = asked
        shown = _last(self._cues.demonstrated, before)
        # "To test this, we silenced X and found that Y": what is found is no aim.
        if shown is not None and shown.start() >= last.start():
            return False
        return last is asked or not _FOUND.search(before[last.end() :])

    def _modal(self, anchor: Token) -> Span | None:
        chain = [anchor]
        for above in self._sentence.ancestors(anchor):
            if chain[-1].dep not in _CHAIN:
                break
            chain.append(above)
        for token in chain:
            for child in self._sentence.children(token, "aux", "advmod"):
                if self._hedges(child, token):
                    return self._sentence.quote(child.start, child.end)
        return None

    def _hedges(self, child: Token, verb: Token) -> bool:
        if child.word in self._closed.modals:
            return True
        near = child.dep == "advmod" and 0 < verb.i - child.i < _REACH
        return near and self._cues.modal.fullmatch(child.word) is not None

    def _last(self, pattern: re.Pattern[str], within: str) -> Span | None:
        match = _last(pattern, within)
        if match is None:
            return None
        start = self._sentence.span.start
        return self._sentence.quote(start + match.start(), start + match.end())


def _last(pattern: re.Pattern[str], within: str) -> re.Match[str] | None:
    """Return the last match of a pattern."""
    return max(pattern.finditer(within), key=lambda match: match.start(), default=None)
