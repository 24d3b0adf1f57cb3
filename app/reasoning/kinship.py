"""Hops by membership: who acts for whom, with which sign, and in which direction that is shown.

The table is that of *Kinship* in ``docs/reference/reasoning.md``. A hop of kinship may stand only
at an end of a path.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.model.entity import EntityRelation
from app.model.vocabulary import Category, RelationType, Sign
from app.reasoning.canon import Canon
from app.reasoning.signs import number


@dataclass(frozen=True, slots=True)
class KinHop:
    """One directed hop of kinship.

    ``matched_for`` is the change at the subject (+1 or -1) for which the hop is matched; 0 is
    never, 2 is both. ``outcome_side`` hops may only end a path.
    """

    subject: str
    object: str
    sign: int
    matched_for: int
    name: str
    outcome_side: bool = False

    def is_matched(self, change: int) -> bool:
        """Tell whether the hop is matched for this change at its subject."""
        return self.matched_for in (2, change)


def kin_hops(
    relations: Iterable[EntityRelation], categories: Mapping[str, Category], canon: Canon
) -> tuple[KinHop, ...]:
    """Return all hops that the relations allow, in canonical ids, sorted."""
    found: set[KinHop] = set()
    for relation in relations:
        part, whole = canon.meaning(relation.subject), canon.meaning(relation.object)
        if part.id == whole.id:
            continue
        turn = part.sign * whole.sign
        category = categories.get(relation.object)
        for hop in _hops(relation, part.id, whole.id, category):
            found.add(
                KinHop(
                    hop.subject, hop.object, hop.sign * turn, hop.matched_for, hop.name,
                    hop.outcome_side,
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda h: (h.subject, h.object, h.name, h.sign)))


def _hops(
    relation: EntityRelation, part: str, whole: str, category: Category | None
) -> list[KinHop]:
    role = None if relation.role is None else number(relation.role)
    match relation.type:
        case RelationType.IS_A if category is not Category.GENE_FAMILY:
            return [KinHop(part, whole, 1, 2, "narrower", outcome_side=True)]
        case RelationType.MEMBER_OF | RelationType.IS_A if category is Category.GENE_FAMILY:
            # A gene's role in its family is + unless listed otherwise.
            sign = 1 if role is None else role
            return [
                KinHop(whole, part, sign, -1, "family of"),
                KinHop(part, whole, sign, 1, "member of"),
            ] * (sign != 0)
        case RelationType.SUBUNIT_OF if relation.obligate:
            sign = 1 if role is None else role
            return [KinHop(part, whole, sign, -1, "obligate subunit of")] * (sign != 0)
        case RelationType.MEMBER_OF if role:
            return [KinHop(part, whole, role, 0, "member of")]
        case _:
            return []


def role_word(sign: int) -> Sign:
    """Return the sign of a role."""
    return Sign.POSITIVE if sign > 0 else Sign.NEGATIVE
