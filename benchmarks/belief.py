"""How well belief predicts whether what machines read is right; ``make bench-belief``.

Read claims are judged against their text alone, so that what is tested is the part of belief that
is about reading, and how papers add up; that a claim which is read well is also true is not.
"""

import argparse
from collections.abc import Callable, Sequence

import numpy as np

from benchmarks.extraction.abstracts import NoData
from benchmarks.extraction.intervals import wilson
from benchmarks.extraction.report import write_page
from benchmarks.judgements import (
    Cases,
    claims_as_cases,
    reach_extractions,
    reach_statements,
    read_claims,
    same_claim,
    same_link,
    same_sign,
)
from benchmarks.probabilities import (
    Chances,
    Flags,
    brier,
    calibration_error,
    curve,
    difference,
    folds,
    log_loss,
)

FORMER_FACTOR = 0.8
"""What the reading of a candidate was worth beside its confidence, before it was measured."""

FOLDS = 10
FACTORS = tuple(np.arange(0.5, 1.45, 0.05).round(2).tolist())
CEILINGS = (0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)
FURTHER = (0.0, 0.1, 0.2, 0.3, 0.5, 1.0)

Method = Callable[[Cases], Chances]
Setting = tuple[float, ...]
"""A setting of a family of methods: a factor, and what the family adds."""

Family = Callable[[Cases, Setting], Chances]


def indra(cases: Cases) -> Chances:
    """Take INDRA's simple belief with its priors for REACH: every mention counts for itself."""
    return (1 - 0.05 - 0.3**cases.mentions).astype(np.float64)


def constant(cases: Cases) -> Chances:
    """Give every case the share of right ones in the other folds."""
    found = np.zeros(len(cases.right))
    for left_out in folds(cases.documents, FOLDS):
        found[left_out] = cases.right[~left_out].mean()
    return found


def under_a_ceiling(cases: Cases, setting: Setting) -> Chances:
    """Let papers together reach no more than a ceiling: some errors they all share."""
    factor, ceiling = setting
    alone = np.minimum(_alone(cases, factor) / ceiling, 1.0)
    return (ceiling * (1 - (1 - alone) ** cases.papers)).astype(np.float64)


def further_for_less(cases: Cases, setting: Setting) -> Chances:
    """Let each paper after the first count for a share of what the first one counts."""
    factor, share = setting
    alone = _alone(cases, factor)
    return 1 - (1 - alone) * (1 - share * alone) ** (cases.papers - 1)


def _alone(cases: Cases, factor: float) -> Chances:
    """Return what a statement's surest paper gives; REACH's are all alike."""
    return 1 - (1 - cases.belief(factor)) ** (1 / cases.papers)


def fitted(family: Family, settings: Sequence[Setting]) -> Method:
    """Return the method that takes for each fold the setting that is best on the others."""

    def method(cases: Cases) -> Chances:
        table = np.array([family(cases, setting) for setting in settings])
        found = np.zeros(len(cases.right))
        for left_out in folds(cases.documents, FOLDS):
            scores = ((table - cases.right) ** 2)[:, ~left_out].mean(axis=1)
            found[left_out] = table[int(scores.argmin()), left_out]
        return found

    return method


COMMON: tuple[tuple[str, Method], ...] = (
    ("the table", lambda cases: cases.belief()),
    ("the table with candidates × 0.8", lambda cases: cases.belief(FORMER_FACTOR)),
    ("one constant, of the other folds", constant),
    ("INDRA-like, each mention counts", indra),
    ("the table, factor of candidates fitted",
     fitted(lambda c, s: c.belief(s[0]), [(f,) for f in FACTORS])),
)  # fmt: skip
OF_READERS: tuple[tuple[str, Method], ...] = (
    ("confidence alone", lambda cases: cases.reading()),
    ("confidence × 0.8 alone", lambda cases: cases.reading(FORMER_FACTOR)),
    ("confidence alone, its factor fitted",
     fitted(lambda c, s: c.reading(s[0]), [(f,) for f in FACTORS])),
)  # fmt: skip
OF_STATEMENTS: tuple[tuple[str, Method], ...] = (
    ("factor and a ceiling fitted",
     fitted(under_a_ceiling, [(f, c) for f in FACTORS for c in CEILINGS])),
    ("factor and the share of further papers fitted",
     fitted(further_for_less, [(f, s) for f in FACTORS for s in FURTHER])),
)  # fmt: skip


def section(title: str, cases: Cases, methods: Sequence[tuple[str, Method]]) -> str:
    """Return a data set's table of methods, and the calibration curve of the first of them."""
    right = cases.right
    first = methods[0][1](cases)
    lines = [
        f"**{title}: {len(right)}, {int(right.sum())} right; {FOLDS} folds**",
        "",
        "| probability by | Brier | log loss | calibration error | Brier above the table's |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [_line(name, method(cases), first, cases) for name, method in methods]
    lines += ["", "| the table promises | cases | right |", "| --- | --- | --- |"]
    for one in curve(first, right):
        figure = one.right
        share = f"{figure.value:.3f} ({figure.low:.2f}–{figure.high:.2f})"
        lines.append(f"| {one.promised:.3f} | {one.cases} | {share} |")
    return "\n".join(lines)


def _line(name: str, chances: Chances, first: Chances, cases: Cases) -> str:
    right = cases.right
    gap = "–"
    if chances is not first and name != "the table":
        figure = difference(chances, first, right, cases.documents)
        gap = f"{figure.value:+.3f} ({figure.low:+.3f} to {figure.high:+.3f})"
    scores = brier(chances, right), log_loss(chances, right), calibration_error(chances, right)
    return f"| {name} | " + " | ".join(f"{score:.3f}" for score in scores) + f" | {gap} |"


def by_papers(cases: Cases) -> str:
    """Return what is right by the number of papers, beside what two ways of adding up promise."""
    ours, theirs = cases.belief(), indra(cases)
    lines = ["| papers | statements | right | the table | INDRA-like |", "| --- " * 5 + "|"]
    for number in np.unique(cases.papers).tolist():
        inside: Flags = cases.papers == number
        figure = wilson(int(cases.right[inside].sum()), int(inside.sum()))
        share = f"{figure.value:.3f} ({figure.low:.2f}–{figure.high:.2f})"
        promised = f"{ours[inside].mean():.3f} | {theirs[inside].mean():.3f}"
        lines.append(f"| {number} | {int(inside.sum())} | {share} | {promised} |")
    return "\n".join(lines)


def page() -> str:
    """Return all tables."""
    claims = read_claims()
    levels = (
        ("pair, sign and negation", same_sign),
        ("with perturbation and aspect", same_link),
        ("full claim", same_claim),
    )
    parts = [
        section(f"Our reader's claims, {name}", claims_as_cases(claims, right), COMMON + OF_READERS)
        for name, right in levels
    ]
    statements = reach_statements()
    tried = f"{len(FACTORS)} factors, {len(FACTORS) * len(CEILINGS)} pairs of factor and ceiling, "
    tried += f"{len(FACTORS) * len(FURTHER)} of factor and share"
    parts += [
        section("REACH, extractions", reach_extractions(), COMMON),
        section("REACH, statements", statements, COMMON + OF_STATEMENTS),
        by_papers(statements),
        f"Settings tried in each fold: {tried}.",
    ]
    return "\n\n".join(parts)


def main() -> int:
    """Print the tables, and write them into the page when asked; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.belief", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/quality.md")
    asked = parser.parse_args()
    try:
        tables = page()
    except NoData as error:
        parser.exit(2, f"{error}\n")
    print(tables)
    if asked.write:
        write_page({"belief": tables})
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
