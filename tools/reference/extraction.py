"""The reference page of the rules by which claims are read, from ``rules.toml``."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

HEAD = """\
<!-- Generated from app/extraction/rules/rules.toml by `make generate`; do not edit. -->

# Rules of extraction

The rules reader finds the mentions of a text, parses each sentence that may bear a claim, and reads
it by the rules below. Each claim names its rule. The examples are tests. What is in *italics* is a
mention; a claim is shown as agent, what was done to it, predicate, outcome, direction of the
outcome, and what else the reading holds. Where a word that turns a sign stands beside a participant
and no rule reads it, nothing is claimed.
"""

_MENTION = re.compile(r"\{(?:(?P<kind>[a-z]):)?(?P<name>[^}]*)\}")
_COLUMNS = ("agent", "perturbation", "predicate", "outcome", "direction", "with")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence whose mentions are marked, and the claims in it, as ``rules.toml`` writes them."""

    text: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name in extractions, what it reads, the standard behind it, and examples."""

    name: str
    reads: str
    source: str
    examples: tuple[Example, ...]


def rules() -> tuple[Rule, ...]:
    """Return the rules in the order of ``rules.toml``."""
    file = resources.files("app.extraction.rules").joinpath("rules.toml")
    return tuple(
        Rule(
            name=entry["name"],
            reads=entry["reads"],
            source=entry["source"],
            examples=tuple(
                Example(example["text"], tuple(example["claims"])) for example in entry["example"]
            ),
        )
        for entry in tomllib.loads(file.read_text("utf-8"))["rule"]
    )


def extraction() -> str:
    """Return the page."""
    return HEAD + "".join(line for rule in rules() for line in _section(rule))


def _section(rule: Rule) -> Iterator[str]:
    yield f"\n## `{rule.name}`\n\n{rule.reads} Source: {rule.source}.\n"
    for example in rule.examples:
        yield "\n> " + _MENTION.sub(r"*\g<name>*", example.text) + "\n\n"
        if not example.claims:
            yield "No claim.\n"
            continue
        yield f"| {' | '.join(_COLUMNS)} |\n| {' | '.join('---' for _ in _COLUMNS)} |\n"
        for claim in example.claims:
            first, *more = claim.split(" ; ", 5)
            cells = [first, *more, ""][:6]
            cells[2] = cells[2].replace("!", "not ")
            yield f"| {' | '.join(cell.replace(' ; ', ', ') for cell in cells)} |\n"
