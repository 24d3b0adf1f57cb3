"""Statements that the REACH system read and a curator judged: right ones, and wrong ones.

The right ones are to be found; the wrong ones are traps.

Limits. Only statements of effect are taken (Activation, Inhibition, IncreaseAmount,
DecreaseAmount); their agents are found by the words that REACH took for them. A judgement says that
this statement is right or wrong, not what else the sentence says, so other claims stay unjudged. A
wrong statement may be wrong for its grounding alone, which our claim on the same words would not
show. No licence stands beside the file, so only figures are kept.
"""

import csv
import re

from benchmarks.extraction.abstracts import data_dir
from benchmarks.extraction.corpora.split import is_unseen
from benchmarks.extraction.units import Said, Spans, Unit

_SIGN = {
    "Activation": "+",
    "IncreaseAmount": "+",
    "Inhibition": "-",
    "DecreaseAmount": "-",
}


def load_right(unseen: bool) -> list[Unit]:
    """Return the sentences whose statement was judged right."""
    return _load("1", unseen)


def load_wrong(unseen: bool) -> list[Unit]:
    """Return the sentences whose statement was judged wrong; the gold claim is that wrong one."""
    return _load("0", unseen)


def _load(judged: str, unseen: bool) -> list[Unit]:
    path = data_dir() / "extraction" / "reach-judged" / "reach_sample_curated_2019-11-20.tsv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [
            row
            for row in csv.DictReader(lines, delimiter="\t")
            if row["CORRECT"] == judged and row["TYPE"] in _SIGN
        ]
    units = (_unit(row) for row in rows if is_unseen("reach", row["PMID"]) is unseen)
    return [unit for unit in units if unit.golds]


def _unit(row: dict[str, str]) -> Unit:
    text = row["TEXT"]
    agent, outcome = _find(text, row["AG_A_TEXT"]), _find(text, row["AG_B_TEXT"])
    golds = (Said(agent, outcome, _SIGN[row["TYPE"]]),) if agent and outcome else ()
    return Unit(
        id=row["INDEX"],
        document=row["PMID"],
        text=text,
        golds=golds,
        exhaustive=False,
        repeats=True,
    )


def _find(text: str, words: str) -> Spans:
    if not words:
        return ()
    return tuple(found.span() for found in re.finditer(re.escape(words), text, re.IGNORECASE))
