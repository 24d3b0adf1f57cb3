"""A claim as the writers of exports read it: plain JSON, as a million of them go by."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.model.claim import Extraction, Link
from app.model.edge import Edge
from app.model.history import Snapshot

Plain = Mapping[str, Any]
"""A part of a claim as plain JSON; what is at its default is not there."""


@dataclass(slots=True)
class ClaimRecord:
    """A claim with what stands beside it.

    ``said`` has the fields of :class:`~app.model.claim.Claim`. ``article`` is the identifier that
    answers show; ``retracted`` says that the article was. ``null_result`` says that nothing
    changed (rule 11); a claim may be denied otherwise, too.
    """

    id: str
    status: str
    article: str | None
    retracted: bool
    revision: int
    confidence: float
    said: Plain
    quotes: Sequence[Plain]
    edges: tuple[Edge, ...] = ()
    links: tuple[Link, ...] = ()
    readings: tuple[Extraction, ...] = ()
    null_result: bool = False

    @property
    def publications(self) -> list[str]:
        """The article, or else the publications that the import names."""
        if self.article is not None:
            return [self.article]
        return list(self.said.get("source", {}).get("publications", ()))

    @property
    def denied(self) -> bool:
        """Whether the claim says that something is not so, or has no effect."""
        return bool(self.said.get("negated")) or self.said["predicate"]["type"] == "no_effect"

    @property
    def context(self) -> list[str]:
        """The things that the claim holds under, in short: ``cell: mesenchymal cells``."""
        return [context_text(item) for item in self.said.get("context", ())]


@dataclass(slots=True)
class Exported:
    """What an export is of, and what became of it.

    ``left_out`` counts, by reason, the claims that the format has no place for; it is whole when
    the stream ends.
    """

    snapshot: Snapshot
    left_out: Counter[str] = field(default_factory=Counter)


def top(participant: Plain) -> Plain | None:
    """Return the best grounding of a participant, or None."""
    groundings: Sequence[Plain] = participant.get("groundings", ())
    return groundings[0] if groundings else None


def words(participant: Plain) -> str:
    """Return the words that name a participant in the text; empty for an import without text."""
    span = participant.get("antecedent") or participant.get("mention")
    return str(span["text"]) if span else ""


def context_text(item: Plain) -> str:
    """Return a context item in short, with its best CURIE where it has one."""
    found = top(item)
    name = item.get("value") or (found or {}).get("name") or item.get("name") or words(item)
    named = f"{name} ({found['id']})" if found else str(name)
    state = item.get("state") or _CHANGES.get(item.get("direction", ""))
    return f"{item['type']}: {named}{f', {state}' if state else ''}"


_CHANGES = {"+": "raised", "-": "lowered", "0": "changed"}


def one_line(text: str) -> str:
    """Return a text with every run of white space made one space."""
    return " ".join(text.split())
