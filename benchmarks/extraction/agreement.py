"""Two annotators compared, and their work made into one.

    python -m benchmarks.extraction.agreement WORK PART     WORK holds A., B. and C.PART.jsonl

prints the agreement and writes ``data/PART.jsonl`` and each annotator's own ``data/PART.a.jsonl``
and ``data/PART.b.jsonl``, all without words. Where both annotators say the same of a sentence it
stands; every other sentence is taken from the third pass, ``C``, which must hold it.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.extraction.annotations import DATA, SentencePlace, lines, placed, read, write
from benchmarks.extraction.corpora.annotated import units
from benchmarks.extraction.intervals import Counts, Figure, f_score
from benchmarks.extraction.levels import Level, agrees
from benchmarks.extraction.matching import assign
from benchmarks.extraction.units import Said

PARTS = ("dev", "former", "latter", "heldout")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Cohen's kappa for "bears a claim", and F between the annotators at each level."""

    sentences: int
    kappa: float
    same_bearing: int
    claims: tuple[int, int]
    f: dict[Level, Figure]


def kappa(ones: Sequence[bool], others: Sequence[bool]) -> float:
    """Return Cohen's kappa of two sequences of judgements; 1 where both are all the same."""
    total = len(ones)
    seen = sum(a == b for a, b in zip(ones, others, strict=True)) / total
    yes = sum(ones) / total * sum(others) / total
    no = (1 - sum(ones) / total) * (1 - sum(others) / total)
    chance = yes + no
    return 1.0 if chance == 1 else (seen - chance) / (1 - chance)


def agreement(
    ones: Sequence[SentencePlace], others: Sequence[SentencePlace], texts: Sequence[str]
) -> Agreement:
    """Return how far two annotators agree; doubtful claims of either are left out unless met.

    F is symmetric: taking either annotator for the gold gives the same.
    """
    sure = ([_said(s) for s in ones], [_said(s) for s in others])
    counts: dict[Level, list[Counts]] = {level: [] for level in Level}
    for mine, theirs, text in zip(*sure, texts, strict=True):
        pairs = assign(text, mine, theirs)
        met = {m.gold for m in pairs}, {m.index for m in pairs}
        wanted = sum(not c.doubtful or i in met[0] for i, c in enumerate(mine))
        said = sum(not c.doubtful or i in met[1] for i, c in enumerate(theirs))
        for level in Level:
            hits = sum(agrees(level, mine[m.gold], theirs[m.index]) for m in pairs)
            counts[level].append(Counts(hits, said, hits, wanted))
    bearing = [s.bearing for s in ones], [s.bearing for s in others]
    return Agreement(
        len(ones),
        kappa(*bearing),
        sum(a == b for a, b in zip(*bearing, strict=True)),
        (sum(len(s.claims) for s in ones), sum(len(s.claims) for s in others)),
        {level: f_score(found) for level, found in counts.items()},
    )


def _said(sentence: SentencePlace) -> list[Said]:
    return [claim.said() for claim in sentence.claims]


def same(one: SentencePlace, other: SentencePlace, text: str) -> bool:
    """Tell whether two annotations of a sentence are one: full claims, context left aside."""
    mine, theirs = _said(one), _said(other)
    if one.bearing != other.bearing or len(mine) != len(theirs):
        return False
    pairs = assign(text, mine, theirs)
    return len(pairs) == len(mine) and all(
        agrees(Level.FULL, mine[m.gold], theirs[m.index])
        and mine[m.gold].doubtful == theirs[m.index].doubtful
        for m in pairs
    )


def adjudicated(
    ones: Sequence[SentencePlace],
    others: Sequence[SentencePlace],
    texts: Sequence[str],
    third: dict[int, SentencePlace],
) -> list[SentencePlace]:
    """Return one annotation a sentence: the common one, else the third pass's.

    Raises :class:`KeyError` where the annotators differ and the third pass says nothing.
    """
    merged = []
    for n, (one, other, text) in enumerate(zip(ones, others, texts, strict=True)):
        if n in third:
            merged.append(third[n])
        elif same(one, other, text):
            merged.append(one)
        else:
            raise KeyError(f"sentence {n}: the annotators differ and the third pass lacks it")
    return merged


def table(found: dict[str, Agreement]) -> str:
    """Return the agreement on each part as a Markdown table."""
    heads = ("part", "bearing alike", "kappa", "claims", *(f"F, {level}" for level in Level))
    rows = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    for part, one in found.items():
        figures = [f"{f.value:.2f} ({f.low:.2f}–{f.high:.2f})" for f in one.f.values()]
        alike = f"{one.same_bearing} of {one.sentences}"
        claims = f"{one.claims[0]} and {one.claims[1]}"
        cells = (part, alike, f"{one.kappa:.2f}", claims, *figures)
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)


def stored(parts: Sequence[str] = PARTS) -> dict[str, Agreement]:
    """Return the agreement on the parts that the repository holds, with the abstracts at hand."""
    found = {}
    for part in parts:
        ones, others = (read(DATA / f"{part}.{who}.jsonl") for who in "ab")
        texts = [unit.text for unit in units(ones)]
        found[part] = agreement(ones, others, texts)
    return found


def work_of(folder: Path, part: str, who: str) -> tuple[list[SentencePlace], list[str]]:
    """Return one annotator's sentences as places, in the order of drawing, and their texts."""
    drawn = {row["n"]: row for row in lines(folder / f"{part}.jsonl")}
    rows = {row["n"]: row for row in lines(folder / f"{who}.{part}.jsonl")}
    if rows.keys() != drawn.keys():
        raise KeyError(
            f"{who}.{part}: not the drawn sentences: {sorted(rows.keys() ^ drawn.keys())[:9]}"
        )
    return [placed(rows[n], drawn[n]) for n in drawn], [drawn[n]["text"] for n in drawn]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("part", choices=PARTS)
    options = parser.parse_args()
    work: Path = options.work
    ones, texts = work_of(work, options.part, "A")
    others, _ = work_of(work, options.part, "B")
    print(table({options.part: agreement(ones, others, texts)}))
    write(DATA / f"{options.part}.a.jsonl", ones)
    write(DATA / f"{options.part}.b.jsonl", others)
    drawn = lines(work / f"{options.part}.jsonl")
    first = drawn[0]["n"]
    third_file = work / f"C.{options.part}.jsonl"
    rows = lines(third_file) if third_file.is_file() else []
    third = {r["n"] - first: placed(r, drawn[r["n"] - first]) for r in rows}
    differ = [n for n, trio in enumerate(zip(ones, others, texts, strict=True)) if not same(*trio)]
    left = [n + first for n in differ if n not in third]
    if left:
        print(f"{len(differ)} sentences differ; the third pass lacks {left}")
        return 1
    write(DATA / f"{options.part}.jsonl", adjudicated(ones, others, texts, third))
    return 0


if __name__ == "__main__":
    sys.exit(main())
