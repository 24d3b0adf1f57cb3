"""Interventions by way of families, members, equivalents, opposites and narrower outcomes."""

import pytest

from app.model.entity import EntityRelation
from app.model.vocabulary import (
    Aspect,
    Category,
    RelationType,
    Sign,
    Tier,
)
from tests.reasoning.asking import ask, rows
from tests.reasoning.claims import claim, view

INDUCTION, MAINTENANCE = Aspect.INDUCTION, Aspect.MAINTENANCE


def _relation(
    subject: str, kind: RelationType, whole: str, role: Sign | None = None
) -> EntityRelation:
    return EntityRelation(subject=subject, type=kind, object=whole, role=role, source="test")


MEMBER_OF = RelationType.MEMBER_OF
PATHWAY = {"P": Category.PATHWAY, "FAM": Category.GENE_FAMILY}


@pytest.mark.parametrize(
    ("relation", "target", "expected"),
    [
        (_relation("M", MEMBER_OF, "P", Sign.POSITIVE), "P", ("M", "-", "kinship", False)),
        (_relation("M", MEMBER_OF, "P", Sign.NEGATIVE), "P", ("M", "+", "kinship", False)),
        (_relation("M", MEMBER_OF, "P"), "P", None),
        (_relation("M", MEMBER_OF, "FAM"), "FAM", ("M", "-", "kinship", False)),
        (_relation("FAM", MEMBER_OF, "FAM"), "FAM", None),
        (_relation("M", RelationType.PART_OF, "P", Sign.POSITIVE), "P", None),
        (_relation("P", MEMBER_OF, "Q", Sign.POSITIVE), "P", None),
    ],
)
def test_kinship_at_the_intervention(
    relation: EntityRelation, target: str, expected: tuple[str, str, str, bool] | None
) -> None:
    views = [view(claim(target, "required_for", "EMT", aspect=MAINTENANCE))]
    answers = rows(ask(views, "reverses", relations=(relation,), categories=PATHWAY))
    assert answers[1:] == ([expected] if expected else [])


def test_losing_a_family_loses_its_members_and_gaining_it_proves_nothing() -> None:
    relations = (_relation("M", RelationType.MEMBER_OF, "FAM"),)
    lost = [view(claim("M", "required_for", "EMT", aspect=MAINTENANCE))]
    assert rows(ask(lost, "reverses", relations=relations, categories=PATHWAY))[1] == (
        "FAM", "-", "kinship", True,
    )  # fmt: skip
    gained = [view(claim("M", "sufficient_for", "EMT", aspect=MAINTENANCE))]
    assert rows(ask(gained, "maintains", relations=relations, categories=PATHWAY))[1] == (
        "FAM", "+", "kinship", False,
    )  # fmt: skip


def test_kinship_never_jumps_to_a_sibling() -> None:
    relations = (
        _relation("M", RelationType.MEMBER_OF, "FAM"),
        _relation("N", RelationType.MEMBER_OF, "FAM"),
    )
    views = [view(claim("N", "required_for", "EMT", aspect=MAINTENANCE))]
    targets = {
        row[0] for row in rows(ask(views, "reverses", relations=relations, categories=PATHWAY))
    }
    assert targets == {"N", "FAM"}


def test_a_narrower_outcome_counts_for_the_broader() -> None:
    relations = (_relation("EMT2", RelationType.IS_A, "EMT"),)
    views = [view(claim("X", "required_for", "EMT2", aspect=MAINTENANCE))]
    (answer,) = ask(
        views, "reverses", relations=relations, categories={"EMT": Category.BIOLOGICAL_PROCESS}
    )
    assert (answer.tier, answer.matched) == (Tier.KINSHIP, True)
    assert "EMT2 is a narrower EMT" in answer.paths[0].arithmetic


OPPOSITE = (_relation("MET", RelationType.OPPOSITE_OF, "EMT"),)


def test_inducing_the_opposite_is_reversing() -> None:
    views = [
        view(claim("X", "induces", "MET", "up", perturbation="overexpression", aspect=INDUCTION))
    ]
    assert rows(ask(views, "reverses", relations=OPPOSITE)) == [("X", "+", "observed", True)]
    assert ask(views, "prevents", relations=OPPOSITE) == []
    assert rows(ask(views, "induces", "MET", relations=OPPOSITE)) == [("X", "+", "observed", True)]


def test_asking_by_an_equivalent_gives_the_same_answer() -> None:
    relations = (_relation("MESH:1", RelationType.SAME_AS, "EMT"),)
    views = [
        view(claim("X", "reverses", "EMT", "down", perturbation="inhibition")),
        view(claim("Y", "reverses", "MESH:1", "down", perturbation="inhibition")),
    ]
    one = ask(views, "reverses", "EMT", relations=relations)
    assert len(one) == 2
    assert ask(views, "reverses", "MESH:1", relations=relations) == one


def test_regulation_of_a_process_is_signed_on_the_process() -> None:
    relations = (_relation("NEG", RelationType.NEGATIVELY_REGULATES, "EMT"),)
    views = [view(claim("X", "promotes", "NEG", "up", perturbation="overexpression"))]
    assert rows(ask(views, "lowers", relations=relations)) == [("X", "+", "observed", True)]
    assert ask(views, "promotes", relations=relations)[0].perturbation.direction == "-"
