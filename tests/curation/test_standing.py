"""Which decisions stand, and the status that they give."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.curation.standing import link_stands, standing, stands, status_of
from app.model.claim import Link
from app.model.decision import Decision
from app.model.vocabulary import DecisionType, LinkType, Status

CLAIM, OTHER = "a" * 64, "b" * 64
TIME = datetime(2026, 1, 1, tzinfo=UTC)
LINK = Link(type=LinkType.SUPPORTS, claim=OTHER)


def decided(*steps: tuple[object, ...]) -> list[Decision]:
    """Return decisions numbered from 1: (type, actor) or ("undo", actor, number)."""
    made = []
    for number, (kind, actor, *more) in enumerate(steps, start=1):
        made.append(
            Decision(
                id=str(number),
                type=DecisionType(str(kind)),
                claim=CLAIM,
                actor=str(actor),
                undoes=str(more[0]) if kind == "undo" else None,
                link=LINK if kind in ("link", "unlink") else None,
                replacements=(OTHER,) if kind in ("correct", "split", "merge") else (),
                revision=number,
                created_at=TIME,
            )
        )
    return made


CASES: dict[str, tuple[list[Decision], Status]] = {
    "nothing": (decided(), Status.CANDIDATE),
    "accepted": (decided(("accept", "ann")), Status.ACCEPTED),
    "rejected": (decided(("reject", "ann")), Status.REJECTED),
    "two agree": (decided(("accept", "ann"), ("accept", "bob")), Status.ACCEPTED),
    "two differ": (decided(("accept", "ann"), ("reject", "bob")), Status.DISPUTED),
    "one changes their mind": (decided(("accept", "ann"), ("reject", "ann")), Status.REJECTED),
    "a dispute ends": (
        decided(("accept", "ann"), ("reject", "bob"), ("accept", "bob")),
        Status.ACCEPTED,
    ),
    "undone": (decided(("accept", "ann"), ("undo", "bob", 1)), Status.CANDIDATE),
    "an undo is undone": (
        decided(("accept", "ann"), ("undo", "bob", 1), ("undo", "ann", 2)),
        Status.ACCEPTED,
    ),
    "the earlier verdict comes back": (
        decided(("accept", "ann"), ("reject", "ann"), ("undo", "ann", 2)),
        Status.ACCEPTED,
    ),
    "corrected": (decided(("accept", "ann"), ("correct", "bob")), Status.SUPERSEDED),
    "a correction is undone": (
        decided(("accept", "ann"), ("correct", "bob"), ("undo", "bob", 2)),
        Status.ACCEPTED,
    ),
    "links are no verdict": (decided(("link", "ann"), ("unlink", "ann")), Status.CANDIDATE),
}


@pytest.mark.parametrize("case", CASES)
def test_status(case: str) -> None:
    decisions, expected = CASES[case]
    status, superseded_by = status_of(decisions)
    assert status is expected
    assert superseded_by == ((OTHER,) if expected is Status.SUPERSEDED else ())


@given(st.integers(min_value=0, max_value=12))
def test_a_chain_of_undos_alternates(length: int) -> None:
    steps: list[tuple[object, ...]] = [("accept", "ann")]
    steps += [("undo", "ann", number) for number in range(1, length + 1)]
    decisions = decided(*steps)
    assert stands("1", decisions) is (length % 2 == 0)
    assert bool(standing(decisions)) is (length % 2 == 0)


@pytest.mark.parametrize(
    ("steps", "now", "expected"),
    [
        ((), True, True),
        ((), False, False),
        ((("link", "ann"),), True, True),
        ((("link", "ann"), ("undo", "ann", 1)), True, False),
        ((("unlink", "ann"), ("undo", "ann", 1)), False, True),
        ((("unlink", "ann"), ("link", "bob"), ("undo", "ann", 2)), True, False),
        ((("link", "ann"), ("undo", "ann", 1), ("undo", "ann", 2)), False, True),
    ],
)
def test_links_follow_what_stands(
    steps: tuple[tuple[object, ...], ...], now: bool, expected: bool
) -> None:
    assert link_stands(LINK, decided(*steps), now) is expected
