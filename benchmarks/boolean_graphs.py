"""The Boolean models of ``boolean`` in the shared data: graph and answers that the rules give."""

import csv
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.model.edge_columns import (
    EPISTEMICS,
    EVIDENCES,
    NO_PAPER,
    SIDES,
    STATUSES,
    EdgeColumns,
)
from app.model.vocabulary import Epistemic, EvidenceType, Side, Status
from app.reasoning.index import build_index
from app.reasoning.lens import Lens, make_lens

SHARED = Path(os.environ.get("EVIPATH_SHARED") or Path(__file__).parents[2] / "shared")

LOSS, GAIN = "ECO:0000016", "ECO:0000017"


@dataclass(frozen=True, slots=True)
class Arrow:
    """One edge of a model; ``necessary`` and ``sufficient`` say which experiment shows it."""

    subject: str
    object: str
    sign: int
    necessary: bool
    sufficient: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One candidate intervention and whether it has the effect."""

    target: str
    change: int
    works: bool


Inputs = dict[str, bool]
"""The state of every input."""


@dataclass(frozen=True, slots=True)
class Model:
    """One Boolean model.

    ``settings`` are those in which each question was asked, as the inputs before and after: the
    same twice for *reverses*, before and after the induction for *prevents*.
    """

    name: str
    outcome: str
    nodes: tuple[str, ...]
    arrows: tuple[Arrow, ...]
    questions: dict[str, tuple[Asked, ...]]
    inputs: tuple[str, ...]
    settings: dict[str, tuple[tuple[Inputs, Inputs], ...]]

    def lens(self, *, sided: bool) -> Lens:
        """Return the model's graph as the product sees it, with or without sides."""
        rows = [
            (arrow, side) for arrow in self.arrows for side in (_sides(arrow) if sided else (None,))
        ]
        return make_lens(build_index(_columns(rows), (), {}, {}), candidates=False, background=True)


def models(folder: Path) -> Iterator[Model]:
    """Read all models of a folder, in the order of their names."""
    for gold in sorted(folder.glob("*/gold.json")):
        answers = json.loads(gold.read_text(encoding="utf-8"))
        yield Model(
            name=gold.parent.name,
            outcome=answers["outcome"]["id"],
            nodes=tuple(row["id"] for row in _rows(gold.parent / "nodes.tsv")),
            arrows=tuple(_arrow(row) for row in _rows(gold.parent / "edges.evidence.tsv")),
            questions={
                effect: tuple(
                    Asked(
                        one["target"], 1 if one["direction"] == "+" else -1, one["label"] == "yes"
                    )
                    for one in asked
                    if one["label"] in ("yes", "none")
                )
                for effect, asked in answers["questions"].items()
            },
            inputs=tuple(answers["inputs"]),
            settings=_settings(answers),
        )


def _settings(answers: dict[str, Any]) -> dict[str, tuple[tuple[Inputs, Inputs], ...]]:
    def whole(on: dict[str, int]) -> Inputs:
        return {name: bool(on.get(name, 0)) for name in answers["inputs"]}

    contexts = [whole(each["inputs_on"]) for each in answers["contexts"]]
    inductions = [(whole(each["before"]), whole(each["after"])) for each in answers["inductions"]]
    return {
        "reverses": tuple((each, each) for each in contexts),
        "prevents": tuple(inductions),
    }


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _arrow(row: dict[str, str]) -> Arrow:
    evidence = row["has_evidence"] or ""
    sign = -1 if row["object_direction_qualifier"] == "decreased" else 1
    return Arrow(row["subject"], row["object"], sign, LOSS in evidence, GAIN in evidence)


def _sides(arrow: Arrow) -> tuple[Side | None, ...]:
    sides = [Side.LOSS] * arrow.necessary + [Side.GAIN] * arrow.sufficient
    return tuple(sides) or (None,)


def _columns(rows: list[tuple[Arrow, Side | None]]) -> EdgeColumns:
    names = sorted({end for arrow, _ in rows for end in (arrow.subject, arrow.object)})
    place = {name: number for number, name in enumerate(names)}
    count = len(rows)
    numbers = np.arange(count, dtype=np.int32)
    claims = np.zeros((count, 32), dtype=np.uint8)
    claims[:, -4:] = numbers.astype(">u4").view(np.uint8).reshape(-1, 4)

    def codes(value: int) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
        return np.full(count, value, dtype=np.int8)

    return EdgeColumns(
        subject=np.array([place[arrow.subject] for arrow, _ in rows], dtype=np.int32),
        object=np.array([place[arrow.object] for arrow, _ in rows], dtype=np.int32),
        claim=numbers,
        place=np.zeros(count, dtype=np.int32),
        paper=np.full(count, NO_PAPER, dtype=np.int32),
        sign=np.array([arrow.sign for arrow, _ in rows], dtype=np.int8),
        side=np.array([SIDES.index(side) for _, side in rows], dtype=np.int8),
        aspect=codes(0),
        status=codes(STATUSES.index(Status.ACCEPTED)),
        epistemic=codes(EPISTEMICS.index(Epistemic.DEMONSTRATED)),
        evidence=codes(EVIDENCES.index(EvidenceType.LOSS_OF_FUNCTION)),
        confidence=np.ones(count),
        conditioned=np.zeros(count, dtype=np.bool_),
        entities=tuple(names),
        papers=(),
        claims=claims,
    )
