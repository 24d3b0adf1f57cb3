"""Machine readings that people judged, as rows that belief is computed from.

Our reader's claims on annotated sentences, and what the REACH system read (``reach-judged`` of the
shared data: 2,177 extractions of 395 statements, 298 of them, those of 102 statements, judged).
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.curation.confidence import IMPORTED_BY_MACHINE
from app.model.edge_columns import EPISTEMICS, EVIDENCES, STATUSES
from app.model.vocabulary import Epistemic, EvidenceType, Status
from app.reasoning.belief import combined, reliabilities
from benchmarks.extraction import readers
from benchmarks.extraction.abstracts import data_dir
from benchmarks.extraction.corpora import CORPORA
from benchmarks.extraction.levels import Level, agrees
from benchmarks.extraction.run import Bench
from benchmarks.extraction.scoring import Judged, Verdict
from benchmarks.extraction.units import Said
from benchmarks.probabilities import Chances, Flags

Row = tuple[str, Epistemic, EvidenceType, float]
"""One reading: its paper, how it is told, how it was shown, and its reader's confidence."""


@dataclass(frozen=True, slots=True)
class Cases:
    """Statements with their readings, and whether each is right.

    ``case`` has the statement of each reading, sorted; ``paper`` is a number. ``documents`` names
    what is drawn or left out as a whole.
    """

    right: Flags
    documents: tuple[str, ...]
    case: NDArray[np.int32]
    paper: NDArray[np.int32]
    epistemic: NDArray[np.int8]
    evidence: NDArray[np.int8]
    confidence: Chances

    @property
    def mentions(self) -> NDArray[np.int64]:
        """The number of readings of each statement."""
        return np.bincount(self.case, minlength=len(self.right))

    @property
    def papers(self) -> NDArray[np.int64]:
        """The number of papers of each statement."""
        pairs = np.unique(np.stack([self.case, self.paper]), axis=1)
        return np.bincount(pairs[0], minlength=len(self.right))

    def belief(self, factor: float = 1.0) -> Chances:
        """Return what the table gives each statement, with all confidences times a factor."""
        status = np.full(len(self.case), STATUSES.index(Status.CANDIDATE), dtype=np.int8)
        confidence = np.minimum(self.confidence * factor, 1.0)
        worth = reliabilities(status, self.epistemic, self.evidence, confidence)
        order = np.lexsort((-worth, self.case))
        papers = np.stack([self.case[order], self.paper[order]])
        share = np.zeros(len(order))
        share[np.unique(papers, axis=1, return_index=True)[1]] = 1.0
        return combined(self.case[order], share, worth[order], len(self.right))

    def reading(self, factor: float = 1.0) -> Chances:
        """Return the surest reader's confidence in each statement, times a factor."""
        surest = np.zeros(len(self.right))
        np.maximum.at(surest, self.case, np.minimum(self.confidence * factor, 1.0))
        return surest


def cases_of(statements: Iterable[tuple[bool, str, list[Row]]]) -> Cases:
    """Return statements as arrays: whether each is right, its document, and its readings."""
    held = list(statements)
    rows = [(number, *row) for number, (_, _, rows) in enumerate(held) for row in rows]
    papers = {paper: place for place, paper in enumerate(sorted({row[1] for row in rows}))}
    return Cases(
        right=np.array([right for right, _, _ in held], dtype=np.bool_),
        documents=tuple(document for _, document, _ in held),
        case=np.array([row[0] for row in rows], dtype=np.int32),
        paper=np.array([papers[row[1]] for row in rows], dtype=np.int32),
        epistemic=np.array([EPISTEMICS.index(row[2]) for row in rows], dtype=np.int8),
        evidence=np.array([EVIDENCES.index(row[3]) for row in rows], dtype=np.int8),
        confidence=np.array([row[4] for row in rows], dtype=np.float64),
    )


def reach_extractions() -> Cases:
    """Return each judged extraction of REACH by itself."""
    return cases_of(
        (row["CORRECT"] == "1", name, [_reach_row(row)])
        for name, rows in _reach_statements().items()
        for row in rows
    )


def reach_statements() -> Cases:
    """Return REACH's judged statements; one is right where at least one extraction of it is."""
    return cases_of(
        (any(row["CORRECT"] == "1" for row in rows), name, [_reach_row(row) for row in rows])
        for name, rows in _reach_statements().items()
    )


def _reach_statements() -> dict[str, list[dict[str, str]]]:
    """Return the extractions of each statement all of whose extractions were judged."""
    path = data_dir() / "extraction" / "reach-judged" / "reach_sample_curated_2019-11-20.tsv"
    found: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            found[row["UUID"]].append(row)
    return {name: rows for name, rows in found.items() if all(row["CORRECT"] for row in rows)}


def _reach_row(row: dict[str, str]) -> Row:
    # As an import has it: no status is told, and no experiment.
    return row["PMID"], Epistemic.UNSTATED, EvidenceType.NONE_IN_THIS_STUDY, IMPORTED_BY_MACHINE


def same_sign(one: Judged) -> bool:
    """Tell whether agent, outcome, sign and negation of a read claim are right."""
    return one.verdict is Verdict.RIGHT


def same_link(one: Judged) -> bool:
    """Tell whether perturbation and aspect are right too, which is what an edge says."""
    gold, read = one.gold, one.read
    return (
        same_sign(one)
        and gold is not None
        and read is not None
        and gold.labels.perturbation == read.labels.perturbation
        and gold.labels.aspect == read.labels.aspect
    )


def same_claim(one: Judged) -> bool:
    """Tell whether the full claim is right, its epistemic status included."""
    gold, read = one.gold, one.read
    return gold is not None and read is not None and agrees(Level.FULL, gold, read)


def read_claims() -> list[Judged]:
    """Return the judged claims that our reader reads in the development sentences."""
    bench = Bench(readers.load_reader(), readers.load_ground())
    return [
        one
        for name in ("dev", "more")
        for one in bench.run(CORPORA[name], unseen=False).judged
        if one.read is not None and one.verdict is not Verdict.UNJUDGED
    ]


def claims_as_cases(claims: Iterable[Judged], right: Callable[[Judged], bool]) -> Cases:
    """Return read claims as cases, right where the given level says so."""
    return cases_of(
        (right(one), one.unit.document, [_own_row(one.unit.document, one.read)])
        for one in claims
        if one.read is not None
    )


def _own_row(document: str, read: Said) -> Row:
    told, shown = read.labels.epistemic, read.evidence
    assert told is not None
    assert shown is not None
    return document, Epistemic(told), EvidenceType(shown), read.confidence
