"""Every example of ``rules.toml``: the claims that it states, and no other."""

import pytest

from app.extraction.rules.words import words
from app.model.vocabulary import Aspect, Epistemic
from tests.extraction.marked import candidates, holds, line, read
from tools.reference.extraction import Example, Rule, rules

EXAMPLES = [(rule.name, example) for rule in rules() for example in rule.examples]
GUARDS = {"unread", "stance"}
"""Entries of ``rules.toml`` that say what keeps a claim from being made, or how it is marked."""


@pytest.mark.parametrize(
    ("name", "example"), EXAMPLES, ids=[f"{name}: {example.text}" for name, example in EXAMPLES]
)
def test_example(name: str, example: Example) -> None:
    found = read(example.text)
    wanted = [claim.split(" ; ") for claim in example.claims]
    assert sorted(map(line, found)) == sorted(" ; ".join(parts[:5]) for parts in wanted)
    for parts in wanted:
        told = " ; ".join(parts[:5])
        assert any(
            all(holds(claim, more) for more in parts[5:]) for claim in found if line(claim) == told
        ), f"no claim of {told!r} holds {parts[5:]}"


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_a_rule_has_examples_that_it_reads(rule: Rule) -> None:
    fired = {c.extraction.rule for example in rule.examples for c in candidates(example.text)}
    assert rule.examples
    assert rule.name in fired | GUARDS


def test_every_rule_that_reads_is_described() -> None:
    described = {rule.name for rule in rules()}
    states = {f"state-{s.predicate.value.replace('_', '-')}" for s in words().states.values()}
    fired = {c.extraction.rule for _, example in EXAMPLES for c in candidates(example.text)}
    assert fired | states <= described


def test_every_further_part_of_an_expectation_is_known() -> None:
    slots = {"means", "measure", "stimulus", "perturbed", "supports", "relation"}
    known = slots | {*Aspect, *Epistemic, "partial", "complete"}
    more = [part for _, e in EXAMPLES for claim in e.claims for part in claim.split(" ; ")[5:]]
    assert {part.partition(" ")[0] for part in more} <= known
