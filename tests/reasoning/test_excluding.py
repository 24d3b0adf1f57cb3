"""Which claims measure a side effect, and which only seem to."""

import pytest

from app.model.claim import Claim
from app.model.vocabulary import Aspect, Effect, Epistemic, Status
from app.reasoning.canon import Canon
from app.reasoning.context import Asked
from app.reasoning.excluding import Doing, measured
from app.reasoning.hierarchy import NOTHING_KNOWN
from app.reasoning.steps import Reading
from tests.reasoning.claims import claim, view

CANON = Canon(())
INDUCED = Doing("X", -1, "P", Effect.INDUCES)


def verdict(one: Claim, doing: Doing = INDUCED, **more: object) -> str:
    shown = view(one, **more)  # type: ignore[arg-type]
    reading = Reading({shown.id: shown}, {}, Asked((), CANON, NOTHING_KNOWN))
    found = measured([shown], doing, reading, candidates=False)
    return "shown" if found.shown else "denied" if found.denied else "nothing"


def said(predicate: str, direction: str, perturbation: str = "knockdown", **more: object) -> Claim:
    return claim("X", predicate, "P", direction, perturbation=perturbation, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "found"),
    [
        (said("induces", "up"), "shown"),
        (said("increases", "up"), "shown"),
        (said("decreases", "down"), "denied"),
        (said("no_effect", "none"), "denied"),
        (said("increases", "up", negated=True), "denied"),
        # "Did not lower it" says nothing of whether it rose.
        (said("decreases", "down", negated=True), "nothing"),
        # Only the opposite change was made.
        (said("decreases", "down", "overexpression"), "nothing"),
        (said("increases", "up", "overexpression"), "nothing"),
        (said("no_effect", "none", "overexpression"), "nothing"),
        # A change that was seen and not made; a sign that is only stated.
        (said("increases", "up", "loss"), "nothing"),
        (claim("X", "inhibits", "P", "down"), "nothing"),
        # Another aspect than that of the effect.
        (said("no_effect", "none", aspect=Aspect.MAINTENANCE), "nothing"),
        (said("decreases", "down", aspect=Aspect.MAINTENANCE), "nothing"),
        (said("no_effect", "none", aspect=Aspect.INDUCTION), "denied"),
        # What the authors only cite or suppose.
        (said("induces", "up", epistemic=Epistemic.BACKGROUND), "nothing"),
        (said("no_effect", "none", epistemic=Epistemic.HYPOTHESIS), "nothing"),
        (claim("Y", "induces", "P", "up", perturbation="knockdown"), "nothing"),
    ],
)
def test_only_the_same_change_measures(one: Claim, found: str) -> None:
    assert verdict(one) == found


def test_what_does_not_count_measures_nothing() -> None:
    made = said("induces", "up")
    assert verdict(made, status=Status.CANDIDATE) == "nothing"
    assert verdict(made, status=Status.REJECTED) == "nothing"
    assert verdict(made, retracted=True) == "nothing"


def test_lowering_is_denied_by_a_rise() -> None:
    lowered = Doing("X", -1, "P", Effect.LOWERS)
    assert verdict(said("increases", "up"), lowered) == "denied"
    assert verdict(said("decreases", "down"), lowered) == "shown"
    assert verdict(said("decreases", "down", negated=True), lowered) == "denied"
