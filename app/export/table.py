"""An answer as a table for a spreadsheet: a row for each quote."""

import csv
import io
from collections.abc import Iterator
from typing import Final

from app.model.answer import AnswerEvidence, CounterEvidence, Intervention, InterventionAnswer
from app.model.vocabulary import Sign

COLUMNS: Final = (
    "rank", "target", "target_name", "perturbation", "change", "tier", "matched", "contradicted",
    "belief", "weakest", "context", "claims", "papers", "independent_papers", "arithmetic", "role",
    "differs_in", "claim", "statement", "stated_as", "status", "article", "quote", "start", "end",
    "verified", "outcome", "effect", "revision", "snapshot",
)  # fmt: skip

_CHANGE: Final = {Sign.POSITIVE: "raised", Sign.NEGATIVE: "lowered", Sign.UNSIGNED: ""}
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def answer_table(answer: InterventionAnswer) -> str:
    """Return an answer as CSV (RFC 4180), one row for each quote that speaks for or against it.

    An intervention without a quote has one row. A cell that a spreadsheet would compute gets an
    apostrophe before it; the words as they stand are in the bundle's JSON.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for rank, found in enumerate(answer.interventions, start=1):
        for row in _rows(answer, rank, found):
            writer.writerow([_cell(row.get(column)) for column in COLUMNS])
    return out.getvalue()


def _rows(
    answer: InterventionAnswer, rank: int, found: Intervention
) -> Iterator[dict[str, object]]:
    shared: dict[str, object] = {
        "rank": rank,
        "target": found.target.id,
        "target_name": found.target.name,
        "perturbation": found.perturbation.type,
        "change": _CHANGE[found.perturbation.direction],
        "tier": found.tier,
        "matched": found.matched,
        "contradicted": found.contradicted,
        "belief": found.belief,
        "weakest": found.weakest,
        "context": found.agreement,
        "claims": found.claim_count,
        "papers": found.papers,
        "independent_papers": found.independent_papers,
        "arithmetic": found.paths[0].arithmetic if found.paths else None,
        "outcome": answer.query.outcome.id,
        "effect": answer.query.effect,
        "revision": answer.snapshot.revision,
        "snapshot": answer.snapshot.id,
    }
    quotes: list[AnswerEvidence | CounterEvidence] = [*found.evidence, *found.counter_evidence]
    if not quotes:
        yield shared
    for quote in quotes:
        yield {**shared, **_quoted(quote)}


def _quoted(quote: AnswerEvidence | CounterEvidence) -> dict[str, object]:
    said = quote.model_dump(include={"claim", "statement", "quote", "start", "end", "verified"})
    if isinstance(quote, CounterEvidence):
        role = {"role": quote.relation, "differs_in": ", ".join(quote.scope)}
    else:
        role = {"role": quote.role, "stated_as": quote.epistemic, "status": quote.status}
    return {**said, **role, "article": quote.pmid}


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return safe_cell(str(value)) or ""


def safe_cell(text: str | None) -> str | None:
    """Return a text as a spreadsheet may show it: with an apostrophe where it would compute it."""
    return f"'{text}" if text is not None and text.startswith(_FORMULA) else text
