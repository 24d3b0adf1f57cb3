"""The table of hops that the kernel searches: links that claims carry, and hops by kinship.

Hops are sorted by subject, object, sign, then side or kind of kinship, then aspect, all by name.
A hop's place in the table is thus what breaks ties between paths, the same way everywhere.
"""

from dataclasses import dataclass

import numpy as np

from app.model.edge import Edge
from app.model.edge_columns import ASPECTS, SIDES
from app.model.vocabulary import Aspect, Side
from app.reasoning.canon import OPPOSITE_ASPECT, OPPOSITE_SIDE, Canon
from app.reasoning.columns import Bytes, Ints
from app.reasoning.kinship import KinHop
from app.reasoning.signs import number

KINDS = ("", "family of", Side.GAIN.value, Side.LOSS.value, "member of", "narrower",
         "obligate subunit of")  # fmt: skip
"""Sides and kinds of kinship in the order of their names; the first is a link without side."""

KIND_OF_SIDE = np.array([KINDS.index(side or "") for side in SIDES], dtype=np.int8)
SIDE_OF_KIND: dict[int, Side | None] = {
    KINDS.index(side or ""): side for side in (None, Side.GAIN, Side.LOSS)
}

CAUSAL, KIN, KIN_AT_THE_END, KIN_AT_THE_START = 0, 1, 2, 3
"""What a hop is: ``role`` of the table. The last but one may only end a path, the last only begin
one: what ends a path begins it where the table is turned.
"""

BOTH = 2
"""``matched_for`` of a hop that is matched whatever change arrives."""

MATCHED_FOR_KIND = np.zeros(len(KINDS), dtype=np.int8)
MATCHED_FOR_KIND[KINDS.index(Side.GAIN.value)] = 1
MATCHED_FOR_KIND[KINDS.index(Side.LOSS.value)] = -1


@dataclass(frozen=True, slots=True)
class Hops:
    """Columns of the table; ``subject`` and ``object`` are places of entities.

    ``matched_for`` is the change at the subject for which the hop is matched: +1, -1, 0 for none,
    :data:`BOTH`.
    """

    subject: Ints
    object: Ints
    sign: Bytes
    kind: Bytes
    aspect: Bytes
    role: Bytes
    matched_for: Bytes

    def __len__(self) -> int:
        return len(self.subject)


@dataclass(frozen=True, slots=True)
class LinkKey:
    """What makes edges one link."""

    subject: str
    object: str
    sign: int
    side: Side | None
    aspect: Aspect | None

    @property
    def order(self) -> tuple[str, str, int, str, str]:
        """A total order that does not depend on the order of ingestion."""
        return (self.subject, self.object, self.sign, self.side or "", self.aspect or "")


def sort_keys(hops: Hops, entities: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return a number for each hop by whose order the table is sorted."""
    keys = hops.subject.astype(np.int64) * entities + hops.object
    keys = keys * 3 + (hops.sign + 1)
    keys = keys * len(KINDS) + hops.kind
    return keys * len(ASPECTS) + hops.aspect


def kin_table(kin: tuple[KinHop, ...], place: dict[str, int]) -> Hops:
    """Return hops of kinship as a table."""

    def column(values: list[int]) -> Bytes:
        return np.array(values, dtype=np.int8)

    return Hops(
        subject=np.array([place[hop.subject] for hop in kin], dtype=np.int32),
        object=np.array([place[hop.object] for hop in kin], dtype=np.int32),
        sign=column([hop.sign for hop in kin]),
        kind=column([KINDS.index(hop.name) for hop in kin]),
        aspect=column([0] * len(kin)),
        role=column([KIN_AT_THE_END if hop.outcome_side else KIN for hop in kin]),
        matched_for=column([hop.matched_for for hop in kin]),
    )


def links_table(subject: Ints, target: Ints, sign: Bytes, side: Bytes, aspect: Bytes) -> Hops:
    """Return edges in canonical terms as a table, a row for each edge."""
    kind = KIND_OF_SIDE[side]
    return Hops(
        subject=subject,
        object=target,
        sign=sign,
        kind=kind,
        aspect=aspect,
        role=np.full(len(subject), CAUSAL, dtype=np.int8),
        matched_for=MATCHED_FOR_KIND[kind],
    )


def canonical_key(edge: Edge, canon: Canon) -> LinkKey:
    """Return an edge in canonical terms: opposites turn signs and map sides and aspects."""
    subject, target = canon.meaning(edge.subject), canon.meaning(edge.object)
    return LinkKey(
        subject=subject.id,
        object=target.id,
        sign=number(edge.sign) * subject.sign * target.sign,
        side=OPPOSITE_SIDE[edge.side] if subject.sign < 0 else edge.side,
        aspect=OPPOSITE_ASPECT[edge.aspect] if target.opposite else edge.aspect,
    )
