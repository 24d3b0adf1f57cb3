"""Claims as a table: a row for each, whatever becomes of it in a graph."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import orjson

from app.export.record import ClaimRecord, Exported, Plain, top, words
from app.export.table import safe_cell

COLUMNS: Final = (
    "id", "status", "article", "publications", "retracted",
    "agent", "agent_name", "agent_text", "agent_measure", "agent_members",
    "perturbation", "perturbation_direction", "means", "means_text", "predicate",
    "outcome", "outcome_name", "outcome_text", "outcome_direction", "outcome_aspect",
    "outcome_measure", "outcome_members", "outcome_relation",
    "negated", "strength", "timing", "context", "evidence", "eco", "supports", "epistemic",
    "quotes", "edges", "links", "confidence", "source", "source_edge", "revision", "snapshot",
)  # fmt: skip
JSON_COLUMNS: Final = frozenset(
    {"publications", "agent_members", "outcome_members", "outcome_relation", "context", "eco",
     "quotes", "edges", "links"}
)  # fmt: skip
"""The columns that hold JSON; all others hold plain text."""

_DIRECTION: Final = {"+": "positive", "-": "negative", "0": "none"}
_BATCH: Final = 500


def lines(claims: Iterable[ClaimRecord], exported: Exported) -> Iterator[str]:
    """Yield the table (RFC 4180) in pieces, the header first.

    Directions are ``positive``, ``negative`` and ``none``, since a bare sign is taken for a
    formula. A text that a spreadsheet would compute gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    snapshot = exported.snapshot.id
    for number, claim in enumerate(claims, start=1):
        writer.writerow(_row(claim, snapshot))
        if number % _BATCH == 0:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _row(claim: ClaimRecord, snapshot: str) -> list[object]:
    said = claim.said
    agent, outcome, made = said["agent"], said["outcome"], said.get("perturbation", {})
    evidence, source = said["evidence"], said.get("source", {})
    acting, changed = top(agent) or {}, top(outcome) or {}
    means: Plain = made.get("means") or {}
    used = top(means) or {}
    return [
        claim.id, claim.status, claim.article,
        _json(source.get("publications")), claim.retracted,
        acting.get("id"), safe_cell(acting.get("name")), safe_cell(words(agent)),
        agent.get("measure"), _json(agent.get("composition")),
        made.get("type", "none"), _DIRECTION[made.get("direction", "0")],
        used.get("id"), safe_cell(words(means)), said["predicate"]["type"],
        changed.get("id"), safe_cell(changed.get("name")), safe_cell(words(outcome)),
        outcome["direction"], outcome.get("aspect"), outcome.get("measure"),
        _json(outcome.get("composition")), _json(outcome.get("relation")),
        bool(said.get("negated")), said.get("strength"), said.get("timing"),
        _json(said.get("context")), evidence["type"], _json(evidence.get("eco")),
        evidence.get("supports", "none"), said["epistemic"],
        _json(claim.quotes), _edges(claim), _links(claim), claim.confidence,
        safe_cell(source.get("resource")), safe_cell(source.get("edge")),
        claim.revision, snapshot,
    ]  # fmt: skip


def _json(value: Any) -> str | None:
    return orjson.dumps(value).decode() if value else None


def _edges(claim: ClaimRecord) -> str | None:
    def plain() -> Iterator[Mapping[str, object]]:
        for edge in claim.edges:
            yield edge.model_dump(mode="json", exclude_defaults=True)

    return _json(list(plain())) if claim.edges else None


def _links(claim: ClaimRecord) -> str | None:
    return _json([{"type": each.type, "claim": each.claim} for each in claim.links])
