"""How surely a claim is right: a small logistic model over what is known when it is built.

*Right* means that agent, outcome, sign and negation are what the sentence says. The coefficients
stand in ``words/confidence.toml``; ``python -m benchmarks.extraction.calibrate --write`` fits and
stores them. What makes a reading harder can only lower its confidence: a participant that nothing
grounds never makes a claim surer than one that is grounded.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Final

from app.extraction.rules.events import Event
from app.extraction.rules.tokens import Sentence, Token
from app.model.base import Frozen
from app.model.claim import Claim, Participant
from app.model.text import Grounding
from app.model.vocabulary import PredicateType

FILE: Final = resources.files("app.extraction.rules").joinpath("words", "confidence.toml")

_LEAST: Final = 0.01
"""Confidence lies within this of 0 and 1, and is told to as many digits."""

_MOST_COUNTED: Final = 3
"""More verbs, breaks or changes than this say no more."""

_TYPICAL_LENGTH: Final = 25
"""Tokens of an average sentence that bears a claim."""

_UNSIGNED: Final = frozenset({PredicateType.ASSOCIATED_WITH, PredicateType.ACTIVE_IN})
_BREAKS: Final = frozenset(",;:")


@dataclass(frozen=True, slots=True)
class Features:
    """What a claim's confidence rests on; the more, the harder the reading.

    ``ungrounded`` and ``anaphora`` count participants; ``doubt`` and ``ambiguity`` sum, over both,
    what their best grounding lacks to a score of 1, and how near the second one comes to it (1 for
    what nothing grounds). ``distance`` is the logarithm of one more than the tokens between
    agent and outcome, in which ``verbs``, ``breaks`` and ``brackets`` are counted; ``depth`` counts
    the verbs above the one that states the claim, ``changes`` the words that turn or name a change,
    ``conjuncts`` the participants that are one of a list; ``length`` is the logarithm of the
    sentence's tokens to the typical number.
    """

    ungrounded: float = 0.0
    doubt: float = 0.0
    ambiguity: float = 0.0
    anaphora: float = 0.0
    distance: float = 0.0
    verbs: float = 0.0
    breaks: float = 0.0
    brackets: float = 0.0
    depth: float = 0.0
    changes: float = 0.0
    conjuncts: float = 0.0
    length: float = 0.0
    title: float = 0.0
    negated: float = 0.0
    unsigned: float = 0.0
    presupposed: float = 0.0

    def values(self) -> dict[str, float]:
        """Return the features by name, in their order."""
        return asdict(self)


FREE: Final = frozenset({"title", "negated", "unsigned", "presupposed"})
"""Features whose weight may have either sign; all others can only lower confidence."""

NAMES: Final = tuple(Features().values())


class Weights(Frozen):
    """The coefficients: a claim's logit is the sum of those that apply to it.

    ``groups`` are of the word that states the claim (:func:`group_of`); those of ``rules`` are
    deviations from the group, none for a rule that was too rare to be measured.
    """

    intercept: float
    groups: Mapping[str, float]
    rules: Mapping[str, float]
    features: Mapping[str, float]

    def confidence(self, rule: str, group: str, features: Features) -> float:
        """Return how surely a claim with these features is right, within (0, 1)."""
        logit = self.intercept + self.groups.get(group, 0.0) + self.rules.get(rule, 0.0)
        for name, value in features.values().items():
            logit += self.features.get(name, 0.0) * value
        share = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))
        return min(1.0 - _LEAST, max(_LEAST, round(share, 2)))


def checked(data: Mapping[str, Any]) -> Weights:
    """Return the weights of a stored model.

    Raises :class:`ValueError` for a feature that nobody knows, or whose weight raises confidence
    though it makes a reading harder.
    """
    weights = Weights.model_validate({name: data[name] for name in Weights.model_fields})
    for name, weight in weights.features.items():
        if name not in NAMES:
            raise ValueError(f"no feature is called {name!r}")
        if name not in FREE and weight > 0:
            raise ValueError(f"{name} can only lower confidence, and not weigh {weight}")
    return weights


@lru_cache(maxsize=1)
def weights() -> Weights:
    """Return the stored weights."""
    return checked(tomllib.loads(FILE.read_text(encoding="utf-8")))


def confidence(sentence: Sentence, event: Event, claim: Claim) -> float:
    """Return how surely a claim is right that a rule read from an event of a sentence."""
    features = features_of(sentence, event, claim)
    return weights().confidence(event.rule, group_of(event.anchor), features)


def group_of(anchor: Token) -> str:
    """Return the class of the word that states a claim: ``verb``, ``adjective`` or ``noun``."""
    return {"V": "verb", "J": "adjective"}.get(anchor.tag[:1], "noun")


def features_of(sentence: Sentence, event: Event, claim: Claim) -> Features:
    """Return what is known of a claim when it is built."""
    agent, outcome = event.agent, event.outcome
    between = _between(sentence, event)
    ends = [_best_and_next(claim.agent), _best_and_next(_target(claim))]
    verbs = sum(token.tag[:1] == "V" and token is not event.anchor for token in between)
    above = sum(token.tag[:1] == "V" for token in sentence.ancestors(event.anchor))
    null = event.negated or event.predicate is PredicateType.NO_EFFECT
    return Features(
        ungrounded=sum(best == 0.0 for best, _ in ends),
        doubt=sum(1.0 - best for best, _ in ends),
        ambiguity=sum(near for _, near in ends),
        anaphora=sum(thing.antecedent is not None for thing in (agent, outcome)),
        distance=math.log1p(len(between)),
        verbs=_counted(verbs),
        breaks=_counted(sum(token.text in _BREAKS for token in between)),
        brackets=_counted(sum(token.aside_end is not None for token in between)),
        depth=_counted(above),
        changes=_counted(len(agent.changes) + len(outcome.changes)),
        conjuncts=sum(thing.head.dep == "conj" for thing in (agent, outcome)),
        length=math.log(max(1, len(sentence.tokens)) / _TYPICAL_LENGTH),
        title=float(sentence.span.title),
        negated=float(null),
        unsigned=float(event.predicate in _UNSIGNED),
        presupposed=float(event.presupposed),
    )


def _counted(number: int) -> float:
    return float(min(number, _MOST_COUNTED))


def _between(sentence: Sentence, event: Event) -> list[Token]:
    agent, outcome = event.agent, event.outcome
    start, end = min(agent.end, outcome.end), max(agent.start, outcome.start)
    return [token for token in sentence.tokens if start <= token.start and token.end <= end]


def _target(claim: Claim) -> Participant:
    relation = claim.outcome.relation
    return relation.object if relation is not None else claim.outcome


def _best_and_next(participant: Participant) -> tuple[float, float]:
    """Return the best score, and the share of it that the next one has; (0, 1) if ungrounded.

    Of a composite its least sure member counts.
    """
    if not participant.groundings and participant.composition is not None:
        members = [_scores(member.groundings) for member in participant.composition.members]
        return min(best for best, _ in members), max(near for _, near in members)
    return _scores(participant.groundings)


def _scores(groundings: tuple[Grounding, ...]) -> tuple[float, float]:
    if not groundings or groundings[0].score <= 0.0:
        return 0.0, 1.0
    best = groundings[0].score
    return best, groundings[1].score / best if len(groundings) > 1 else 0.0
