"""A question in words, read as the structured query that it stands for.

The grammar is small and stands as data in :mod:`app.services.ask_words`: a question asks which
interventions have one effect on one outcome, and may add contexts, a number of hops, a past state
of the graph, and what to include. What it does not say is not guessed; what can't be read is
refused with what can be asked.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import Final

from app.model.answer import MAX_HOPS_LIMIT
from app.model.errors import BadInput, FieldError
from app.model.text import one_space
from app.model.vocabulary import ContextType, Effect
from app.services import ask_words as words

MAX_QUESTION = 500


@dataclass(frozen=True, slots=True)
class SaidContext:
    """A context as the question says it: its type and id where known, else only its name."""

    name: str
    type: ContextType | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class AskedQuery:
    """What a question asks; ``outcome`` and unknown contexts still stand as names."""

    outcome: str
    effect: Effect
    context: tuple[SaidContext, ...] = ()
    max_hops: int | None = None
    include_candidates: bool = False
    include_background: bool = False
    matched_only: bool = False
    as_of: str | None = None


class NotUnderstood(BadInput):
    """A question that is not of the kinds that can be asked; ``can_be_asked`` holds examples."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail, [FieldError("/query/q", detail)])
        self.can_be_asked = words.CAN_BE_ASKED


def read(question: str) -> AskedQuery:
    """Read a question in words.

    Raises :class:`NotUnderstood` for a question that is empty, longer than 500 characters, asks
    for something else, or asks for more than one thing.
    """
    rest = _tidy(question)
    said = AskedQuery(outcome="", effect=Effect.REVERSES)
    while True:
        for effect, form in _forms():
            match = form.fullmatch(rest)
            if match is not None:
                return _finish(effect, match["outcome"], said)
        shorter = _take_qualifier(rest, said)
        if shorter is None:
            raise NotUnderstood(_why_not(rest))
        said, rest = shorter


def _tidy(question: str) -> str:
    text = one_space(question.replace("’", "'")).rstrip(" ?!.")
    if not text:
        raise NotUnderstood("The question is empty.")
    if len(text) > MAX_QUESTION:
        raise NotUnderstood(f"The question is longer than {MAX_QUESTION} characters.")
    return text


def _finish(effect: Effect, outcome: str, said: AskedQuery) -> AskedQuery:
    """Take the qualifiers that stand behind the outcome, and check what is left."""
    name = outcome
    while (shorter := _take_qualifier(name, said)) is not None:
        said, name = shorter
    name = re.sub(r"^(?:the|an?) (?:process of )?", "", name.strip(" ,"), flags=re.IGNORECASE)
    refused = _refused_outcome(name)
    if refused:
        raise NotUnderstood(refused)
    return replace(said, outcome=name, effect=effect, context=said.context[::-1])


def _refused_outcome(name: str) -> str | None:
    if not name:
        return "The question names no outcome."
    if re.search(rf"\b(?:and|or|but)\b.*\b(?:{_any_verb()})\b", name, re.IGNORECASE):
        return "Ask for one effect on one outcome at a time."
    if re.search(r"\b(?:without|except|unless|but not|not)\b", name, re.IGNORECASE):
        return "What an answer must not do can't be asked in words; ask for one effect alone."
    return None


# Qualifiers: taken from the end of the question, one at a time


def _take_qualifier(text: str, said: AskedQuery) -> tuple[AskedQuery, str] | None:
    """Take the last qualifier off ``text``; None when it ends with none."""
    for pattern, reader in _QUALIFIERS:
        match = pattern.fullmatch(text)
        if match is not None:
            return reader(said, match), re.sub(r"(?:[ ,]|\band$)+$", "", match["rest"])
    return None


def _read_as_of(said: AskedQuery, match: re.Match[str]) -> AskedQuery:
    when = match["when"]
    return replace(said, as_of=when.removeprefix("revision ").removeprefix("Revision "))


def _read_including(said: AskedQuery, match: re.Match[str]) -> AskedQuery:
    what = match["what"].lower()
    return replace(
        said,
        include_candidates=said.include_candidates or "candidate" in what,
        include_background=said.include_background or "background" in what,
    )


def _read_hops(said: AskedQuery, match: re.Match[str]) -> AskedQuery:
    number = _NUMBERS.get(match["hops"].lower()) or int(match["hops"])
    if not 1 <= number <= MAX_HOPS_LIMIT:
        raise NotUnderstood(f"Paths have 1 to {MAX_HOPS_LIMIT} hops, not {number}.")
    return replace(said, max_hops=number)


def _read_matched(said: AskedQuery, _: re.Match[str]) -> AskedQuery:
    return replace(said, matched_only=True)


def _read_context(said: AskedQuery, match: re.Match[str]) -> AskedQuery:
    name = match["context"]
    for known in words.KNOWN_CONTEXTS:
        if re.fullmatch(known.phrase, name, re.IGNORECASE):
            context = SaidContext(name, known.type, known.id)
            break
    else:
        context = SaidContext(name)
    return replace(said, context=(*said.context, context))


_NUMBERS: Final = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_WHEN = r"\d{4}-\d{2}-\d{2}(?:[Tt ][0-9:.]+(?:[Zz]|[+-]\d{2}:\d{2})?)?|(?:revision )?\d{1,9}"


def _tail(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<rest>.+?),? ?\b{pattern}", re.IGNORECASE)


_QUALIFIERS: Final = (
    (_tail(rf"as of (?P<when>{_WHEN})"), _read_as_of),
    (
        _tail(
            r"(?:including|include|with|and) (?P<what>(?:candidates?|background)(?: claims?)?"
            r"(?: and (?:candidates?|background)(?: claims?)?)?)"
        ),
        _read_including,
    ),
    (
        _tail(
            r"(?:with)?in (?:at most |up to |no more than )?"
            r"(?P<hops>\d{1,2}|one|two|three|four|five|six) (?:hops?|steps?)"
        ),
        _read_hops,
    ),
    (
        _tail(r"(?:matched (?:paths |hops )?only|only matched(?: paths| hops)?)"),
        _read_matched,
    ),
    (
        re.compile(
            r"(?P<rest>.+),? (?:with)?in (?:the |an? )?(?P<context>(?!situ\b)(?:(?! in ).)+)",
            re.IGNORECASE,
        ),
        _read_context,
    ),
)


# Forms: the grammar of ask_words with its verbs filled in


@cache
def _forms() -> tuple[tuple[Effect, re.Pattern[str]], ...]:
    """Return every form with the verbs of one effect each, in the order in which they are tried."""
    built = [
        (effect, _compiled(form, parts))
        for form, (effect, parts) in product(words.FORMS, _verb_parts().items())
    ]
    no_effect = {"active": "(?:" + "|".join(words.NO_EFFECT_PHRASES) + ")"}
    return (
        *(
            (Effect.NO_EFFECT, _compiled(form, no_effect))
            for form in words.FORMS
            if not re.search(r"\{(?:noun|gerund|participle)\}", form)
        ),
        *built,
    )


@cache
def _verb_parts() -> dict[Effect, dict[str, str]]:
    parts: dict[Effect, dict[str, str]] = {}
    for effect, verbs in words.EFFECT_VERBS.items():
        base, third, participle, gerund, noun = zip(*(v.split() for v in verbs), strict=True)
        parts[effect] = {
            "active": _any_of((*base, *third)),
            "participle": _any_of(participle),
            "gerund": _any_of(gerund),
            "noun": _any_of([word for word in noun if word != "-"]),
        }
    return parts


def _compiled(form: str, parts: dict[str, str]) -> re.Pattern[str]:
    return re.compile(
        form.format(
            subject=_any_of(words.SUBJECTS),
            helper=_any_of(words.HELPERS),
            that=words.THAT,
            show=words.SHOW,
            cause=words.CAUSE,
            be="(?:is|are|was|were)",
            outcome="(?P<outcome>.+?)",
            **{"active": "", "participle": "", "gerund": "", "noun": "", **parts},
        ),
        re.IGNORECASE,
    )


def _any_of(choices: tuple[str, ...] | list[str]) -> str:
    return "(?:" + "|".join(choices) + ")"


@cache
def _any_verb() -> str:
    return "|".join(
        form
        for verbs in words.EFFECT_VERBS.values()
        for verb in verbs
        for form in verb.split()
        if form != "-"
    )


# Refusals that say what stands in the way


def _why_not(text: str) -> str:
    lower = text.lower()
    for pattern, reason in _REFUSALS:
        if re.search(pattern, lower):
            return reason
    if not re.search(rf"\b(?:{_any_verb()})\b", lower):
        return "The question names no effect, such as reverses, prevents, lowers or promotes."
    return "The question is not of a form that can be read."


_REFUSALS: Final = (
    (
        r"^(?:does|do|did|is|are|can|could|will|would|has|have)\b",
        "Yes-or-no questions about one target can't be asked; ask which interventions have "
        "the effect, and look for the target in the answer.",
    ),
    (
        rf"^(?:which|what|list|find|show(?: me)?) (?:{'|'.join(words.UNKNOWN_SUBJECTS)})\b",
        "Answers are interventions on targets of every kind; ask for interventions.",
    ),
    (r"^(?:why|who|when|where)\b", "Only interventions and their effects can be asked for."),
    (r"\b(?:not|never|no)\b|n't\b", "A denied effect can't be asked, but for 'have no effect on'."),
    (r"^what (?:is|are|does|do)\b", "Only what has an effect on a named outcome can be asked."),
)
