"""Annotated sentences as the repository holds them: places and labels, never words.

A line is one sentence: PMID, the sha256 of the abstract's text, the sentence's offsets in it, and
the claims with their spans as offsets. Annotators work with words (docs/reference/annotation.md);
:func:`placed` turns their lines into this form, and :func:`read` finds the words again where the
abstracts are at hand.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import orjson
from pydantic import model_validator

from app.model.base import Frozen
from app.model.claim import PERTURBATION_DIRECTION
from app.model.vocabulary import (
    Aspect,
    ContextType,
    Epistemic,
    Measure,
    OutcomeDirection,
    PerturbationType,
    PredicateType,
    Sign,
    Strength,
)
from benchmarks.extraction.units import Labels, Pair, Said, sign_by_rule

DATA = Path(__file__).parent / "data"
NULL = PredicateType.NO_EFFECT


class ContextPlace(Frozen):
    """A context item of the sentence: its type and span."""

    type: ContextType
    span: Pair


class ClaimPlace(Frozen):
    """One annotated claim; every span counts in the abstract's text."""

    agent: Pair
    agent_antecedent: Pair | None = None
    perturbation: PerturbationType
    trigger: Pair | None = None
    means: Pair | None = None
    predicate: PredicateType
    outcome: Pair
    outcome_antecedent: Pair | None = None
    direction: OutcomeDirection
    sign: Sign
    aspect: Aspect | None = None
    measure: Measure | None = None
    negated: bool = False
    strength: Strength | None = None
    epistemic: Epistemic
    composite: bool = False
    context: tuple[ContextPlace, ...] = ()
    doubtful: bool = False

    @model_validator(mode="after")
    def _sign_follows_rule_1(self) -> "ClaimPlace":
        made = PERTURBATION_DIRECTION[self.perturbation] or Sign.UNSIGNED
        wanted = sign_by_rule(self.perturbation, made, self.predicate, self.direction, self.negated)
        if self.sign is not wanted:
            raise ValueError(f"the labels make the sign {wanted.value}, not {self.sign.value}")
        return self

    def said(self) -> Said:
        """Return the claim in the form that is scored."""
        null = self.negated or self.predicate is NULL
        return Said(
            agent=_both(self.agent, self.agent_antecedent),
            outcome=_both(self.outcome, self.outcome_antecedent),
            sign=self.sign.value,
            null=null,
            unsigned=not null and self.sign is Sign.UNSIGNED,
            labels=Labels(
                self.perturbation.value,
                self.predicate.value,
                self.direction.value,
                self.aspect.value if self.aspect else None,
                self.epistemic.value,
                stated=True,
            ),
            context=frozenset((item.type.value, item.span) for item in self.context),
            doubtful=self.doubtful,
            directed=null or self.sign is not Sign.UNSIGNED,
        )


class SentencePlace(Frozen):
    """One annotated sentence: where it stands, whether it bears a claim, and its claims."""

    pmid: str
    sha256: str
    start: int
    end: int
    bearing: bool
    claims: tuple[ClaimPlace, ...] = ()

    @model_validator(mode="after")
    def _bearing_agrees(self) -> "SentencePlace":
        if not self.bearing and self.claims:
            raise ValueError("a sentence that bears no claim has none")
        return self


class Misplaced(ValueError):
    """Words of an annotation that do not stand where it says, or a text that has changed."""


def _both(span: Pair, antecedent: Pair | None) -> tuple[Pair, ...]:
    return (span,) if antecedent is None else (span, antecedent)


def placed(row: Mapping[str, Any], drawn: Mapping[str, Any]) -> SentencePlace:
    """Return an annotator's line, which holds words, as places in the drawn sentence's text.

    Raises :class:`Misplaced` where words do not stand in the sentence, and pydantic's
    ``ValidationError`` where a label is none of the vocabulary.
    """
    return SentencePlace(
        pmid=drawn["pmid"],
        sha256=drawn["sha256"],
        start=drawn["start"],
        end=drawn["end"],
        bearing=row["bearing"],
        claims=tuple(_claim_place(claim, drawn) for claim in row["claims"]),
    )


def _claim_place(claim: Mapping[str, Any], drawn: Mapping[str, Any]) -> ClaimPlace:
    kept = {key: claim[key] for key in _LABELS if claim.get(key) is not None}
    spans = {
        "agent": _find(drawn, claim["agent"], claim.get("agent_n", 1)),
        "outcome": _find(drawn, claim["outcome"], claim.get("outcome_n", 1)),
    }
    spans |= {key: _find(drawn, claim[key]) for key in ("trigger", "means") if claim.get(key)}
    for key in ("agent_antecedent", "outcome_antecedent"):
        if claim.get(key) and (found := _find_antecedent(drawn, claim[key])):
            spans[key] = found
    context = tuple(
        ContextPlace(type=item["type"], span=_find(drawn, item["text"]))
        for item in claim.get("context", ())
    )
    return ClaimPlace.model_validate({**kept, **spans, "context": context})


_LABELS = (
    "perturbation predicate direction sign aspect measure negated strength epistemic composite "
    "doubtful"
).split()


def _find(drawn: Mapping[str, Any], words: str, occurrence: int = 1) -> Pair:
    at = -1
    for _ in range(occurrence):
        at = drawn["sentence"].find(words, at + 1)
        if at < 0:
            raise Misplaced(f"sentence {drawn['n']}: {words!r} does not stand {occurrence} times")
    start = drawn["start"] + at
    return start, start + len(words)


def _find_antecedent(drawn: Mapping[str, Any], words: str) -> Pair | None:
    """Find the nearest mention before the sentence's end, else the first one after it.

    An antecedent that the abstract puts in other words has no place and is left out.
    """
    at = drawn["text"].rfind(words, 0, drawn["end"])
    if at < 0:
        at = drawn["text"].find(words)
    return (at, at + len(words)) if at >= 0 else None


def lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a file that holds one JSON object a line."""
    return [orjson.loads(line) for line in path.read_bytes().splitlines() if line.strip()]


def write(path: Path, sentences: Iterable[SentencePlace]) -> None:
    """Write sentences, one a line; what is null, false or empty is left out."""
    rows = [sentence.model_dump(mode="json", exclude_defaults=True) for sentence in sentences]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(orjson.dumps(r, option=orjson.OPT_APPEND_NEWLINE) for r in rows))


def read(path: Path) -> list[SentencePlace]:
    """Return the sentences of a file that :func:`write` made."""
    return [SentencePlace.model_validate(row) for row in lines(path)]
