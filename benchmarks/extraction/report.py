"""Tables and figures of runs, as Markdown and as JSON; errors with their sentences."""

import math
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from benchmarks.extraction.abstracts import ROOT
from benchmarks.extraction.intervals import Figure
from benchmarks.extraction.levels import Level, agrees
from benchmarks.extraction.run import Run
from benchmarks.extraction.scoring import (
    Judged,
    Score,
    Share,
    Verdict,
    by_rule,
    exact_spans,
    inversions,
    mentions,
    null_told_as_effect,
    participants,
    score,
    told_as_finding,
)
from benchmarks.extraction.units import Said

PAGE = ROOT / "docs" / "quality.md"
_COLUMNS = ("precision", "recall", "F")


def levels(run: Run) -> dict[str, Score]:
    """Return a run's scores by the name of their row; rows without a count are left out."""
    judged = run.judged
    rows: dict[str, Score] = {}
    if not any(unit.repeats or unit.closed for unit, _ in run.documents):
        rows["entity, in claims"] = participants(judged)
    rows["pair, all claims"] = score(judged, Level.PAIR, unsigned=None)
    rows |= {str(level): score(judged, level) for level in Level}
    rows["unsigned: pair"] = score(judged, Level.PAIR, unsigned=True)
    return {name: row for name, row in rows.items() if row.counts.wanted}


def faults(run: Run) -> dict[str, Share]:
    """Return the faults that are counted apart."""
    found = {
        "sign inverted": inversions(run.judged),
        "background or hypothesis told as finding": told_as_finding(run.judged),
        "null result read as effect": null_told_as_effect(run.judged),
        "spans exact": exact_spans(run.judged),
    }
    return {name: share for name, share in found.items() if share.total}


def entities(run: Run) -> dict[str, Score]:
    """Return the scores of the mentions of each kind that the corpus annotates."""
    if run.mentions == "gold":
        return {}
    rows = {}
    for kind in run.corpus.kinds:
        rows[f"{kind}, overlapping"] = mentions(run.documents, kind)
        rows[f"{kind}, exact"] = mentions(run.documents, kind, exact=True)
    return rows


def heading(run: Run) -> str:
    """Return what is measured, on how much."""
    part = "unseen part" if run.unseen else "seen part"
    mentioned = ", gold mentions" if run.mentions == "gold" else ""
    wanted = sum(1 for unit, _ in run.documents for gold in unit.golds if not gold.doubtful)
    named = f" of {run.named:,} named" if run.named else ""
    return (
        f"{run.corpus.title} ({part}{mentioned}): {len(run.documents):,} texts, "
        f"{wanted:,} claims{named}, {run.seconds:.1f} s"
    )


def tables(run: Run, rules: bool = True) -> str:
    """Return a run's tables as Markdown."""
    parts = [f"**{heading(run)}**"]
    if run.corpus.traps:
        parts.append("The claims here are wrong ones: the recall is the share that was repeated.")
    if run.crashed:
        first = "; ".join(run.crashed[:3])
        parts.append(f"The reader failed on {len(run.crashed)} texts: {first}")
    parts.append(_score_table("level", levels(run)))
    if found := faults(run):
        apart = [(n, f"{s.hits} of {s.total}", _percent(s.figure)) for n, s in found.items()]
        parts.append(table(("counted apart", "number", "share"), apart))
    if kinds := entities(run):
        parts.append(_score_table("mentions", kinds))
    if rules and (fired := by_rule(run.judged)):
        rows = [
            (f"`{rule}`", *(str(n) for n in (count.total(), *(count[v] for v in _VERDICTS))))
            for rule, count in fired.items()
        ]
        parts.append(table(("rule", "fired", *map(str, _VERDICTS)), rows))
    return "\n\n".join(parts)


_VERDICTS = (
    Verdict.RIGHT,
    Verdict.INVERTED,
    Verdict.WRONG_SIGN,
    Verdict.SPURIOUS,
    Verdict.UNJUDGED,
)


def _score_table(head: str, scores: dict[str, Score]) -> str:
    rows = [
        (
            name,
            _percent(one.precision),
            _percent(one.recall),
            _percent(one.f),
            f"{one.counts.right} of {one.counts.read}",
            f"{one.counts.found} of {one.counts.wanted}",
        )
        for name, one in scores.items()
    ]
    return table((head, *_COLUMNS, "right", "found"), rows)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows of cells under their head as a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _percent(figure: Figure) -> str:
    if math.isnan(figure.value):
        return "–"
    return f"{figure.value:.3f} ({figure.low:.2f}–{figure.high:.2f})"


def as_json(run: Run) -> dict[str, object]:
    """Return a run's figures as plain values; what was not counted is null."""
    return {
        "corpus": run.corpus.name,
        "mentions": run.mentions,
        "unseen": run.unseen,
        "texts": len(run.documents),
        "seconds": round(run.seconds, 3),
        "crashed": len(run.crashed),
        "levels": {name: _plain_score(one) for name, one in levels(run).items()},
        "faults": {
            name: {"hits": s.hits, "total": s.total, **_plain(s.figure)}
            for name, s in faults(run).items()
        },
        "mentions_by_kind": {name: _plain_score(one) for name, one in entities(run).items()},
        "rules": {
            rule: {str(verdict): number for verdict, number in count.items()}
            for rule, count in by_rule(run.judged).items()
        },
    }


def _plain_score(one: Score) -> dict[str, object]:
    figures = {"precision": one.precision, "recall": one.recall, "f": one.f}
    counts = one.counts
    return {
        **{name: _plain(figure) for name, figure in figures.items()},
        "right": counts.right,
        "read": counts.read,
        "found": counts.found,
        "wanted": counts.wanted,
    }


def _plain(figure: Figure) -> dict[str, float | None]:
    pairs = {"value": figure.value, "low": figure.low, "high": figure.high}
    return {name: None if math.isnan(v) else round(v, 4) for name, v in pairs.items()}


def errors(run: Run, number: int, hidden: Collection[str] = ()) -> str:
    """Return up to ``number`` errors of each kind with their sentences, inversions first.

    Errors in ``hidden`` documents, which hold a held-out sentence, are counted and not shown.
    Raises :class:`ValueError` for an unseen part, which nobody may look at.
    """
    if run.unseen:
        raise ValueError("the errors of an unseen part are not shown")
    kinds = (Verdict.RIGHT,) if run.corpus.traps else _WRONG
    judged = [one for one in run.judged if one.unit.document not in hidden]
    parts = [f"== {heading(run)}"]
    if len(judged) < len(run.judged):
        parts.append(f"-- not shown, in held-out abstracts: {len(run.judged) - len(judged)} claims")
    for verdict in kinds:
        found = [one for one in judged if one.verdict is verdict]
        parts.append(f"-- {verdict}: {len(found)}")
        parts += [_error(one) for one in found[:number]]
    slots = [one for one in judged if _only_slots_differ(one)]
    if slots:
        parts.append(f"-- sign right, other slots differ: {len(slots)}")
        parts += [_error(one) for one in slots[:number]]
    return "\n".join(parts)


_WRONG: tuple[Verdict, ...] = (
    Verdict.INVERTED,
    Verdict.WRONG_SIGN,
    Verdict.SPURIOUS,
    Verdict.MISSED,
)


def _only_slots_differ(one: Judged) -> bool:
    if one.verdict is not Verdict.RIGHT or one.gold is None or one.read is None:
        return False
    return one.gold.labels.stated and not agrees(Level.FULL, one.gold, one.read)


def _error(one: Judged) -> str:
    text = one.unit.text
    lines = [f"[{one.unit.id}] {_sentence(one)}"]
    for name, said in (("gold", one.gold), ("read", one.read)):
        if said is not None:
            lines.append(f"    {name}: {_words(text, said)}")
    return "\n".join(lines)


def _words(text: str, said: Said) -> str:
    agent, outcome = (
        " / ".join(text[start:end] for start, end in spans[:2])
        for spans in (said.agent, said.outcome)
    )
    slots = said.labels
    told = (slots.perturbation, slots.predicate, slots.direction, slots.aspect, slots.epistemic)
    shown = " ".join(value or "·" for value in told)
    rule = f" [{said.rule}]" if said.rule else ""
    null = " null" if said.null else ""
    return f"{agent} ({said.sign}{null}) {outcome} | {shown}{rule}"


def _sentence(one: Judged) -> str:
    if one.unit.window:
        return one.unit.text[slice(*one.unit.window)]
    said = one.read or one.gold
    assert said is not None
    text = one.unit.text
    places = [*said.agent[:1], *said.outcome[:1]]
    first, last = min(place[0] for place in places), max(place[1] for place in places)
    start = max(text.rfind(". ", 0, first) + 1, text.rfind("\n", 0, first), 0)
    ends = [end for end in (text.find(". ", last), text.find("\n", last)) if end >= 0]
    return text[start : min(ends, default=len(text) - 1) + 1].strip()


def write_page(blocks: dict[str, str], page: Path = PAGE) -> None:
    """Put each block between its markers in the page; a block without markers is an error.

    Markers are ``<!-- bench:NAME -->`` and ``<!-- /bench:NAME -->``, each on its own line.
    """
    text = page.read_text("utf-8")
    for name, block in blocks.items():
        first, last = f"<!-- bench:{name} -->", f"<!-- /bench:{name} -->"
        before, found, rest = text.partition(first)
        _, closed, after = rest.partition(last)
        if not found or not closed:
            raise KeyError(f"{page.name} has no markers for {name}")
        text = f"{before}{first}\n\n{block}\n\n{last}{after}"
    page.write_text(text, "utf-8")
