"""The words of the grammar: verbs, nouns, adjectives and cues, read from ``words/*.toml``."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, Final

from app.extraction.rules.lists import Closed, Lists
from app.model.vocabulary import Aspect, Measure, PerturbationType, PredicateType

_DIRECTION: Final = {"up": 1, "down": -1, "none": 0}


class Frame(StrEnum):
    """Where agent and outcome stand at a verb; see ``words/verbs.toml``."""

    TRANSITIVE = "transitive"
    PREPOSITIONAL = "prepositional"
    CONVERSE = "converse"
    PROTECTIVE = "protective"


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb that states an effect; ``change`` is what it does to its object."""

    lemma: str
    predicate: PredicateType
    change: int
    frame: Frame
    prepositions: frozenset[str]
    alone: bool
    measure: Measure | None


@dataclass(frozen=True, slots=True)
class ChangeNoun:
    """A noun that says what happened to its target, and what was done to it as an agent."""

    word: str
    change: int
    predicate: PredicateType
    perturbation: PerturbationType | None
    aspect: Aspect | None
    prepositions: frozenset[str]


@dataclass(frozen=True, slots=True)
class AgentNoun:
    """A noun that says what its bearer does: X is an INHIBITOR of Y; ``converse``, what Y does."""

    word: str
    predicate: PredicateType
    change: int
    converse: bool


@dataclass(frozen=True, slots=True)
class State:
    """A predicate adjective: X is ADJECTIVE PREPOSITION Y."""

    word: str
    predicate: PredicateType
    change: int
    prepositions: frozenset[str]
    converse: bool
    negated: bool


@dataclass(frozen=True, slots=True)
class Cues:
    """What tells how a sentence is meant: patterns over its lower-case words."""

    hypothesis: re.Pattern[str]
    modal: re.Pattern[str]
    aim: re.Pattern[str]
    background: re.Pattern[str]
    interpretation: re.Pattern[str]
    demonstrated: re.Pattern[str]
    summary: re.Pattern[str]
    own: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Words:
    """The whole vocabulary of the grammar, by the form that stands in a text."""

    verbs: Mapping[str, tuple[Verb, ...]]
    gerunds: Mapping[str, PerturbationType]
    changes: Mapping[str, ChangeNoun]
    measures: Mapping[str, Measure]
    transparent: frozenset[str]
    partitive: frozenset[str]
    vague: frozenset[str]
    treatment: frozenset[str]
    pretreatment: frozenset[str]
    tools: Mapping[str, PerturbationType]
    organisms: frozenset[str]
    cells: frozenset[str]
    adjectives: Mapping[str, int]
    altered: frozenset[str]
    compounds: Mapping[str, str]
    forms: Mapping[str, PerturbationType]
    states: Mapping[str, State]
    agent_nouns: Mapping[str, AgentNoun]
    empty: frozenset[str]
    ligand: re.Pattern[str]
    cues: Cues
    lists: Lists
    closed: Closed
    constructs: Mapping[str, PerturbationType]
    ties: Mapping[str, PredicateType]
    carried: Mapping[str, PerturbationType]
    done: Mapping[str, PerturbationType]
    null_nouns: frozenset[str]


@cache
def words() -> Words:
    """Return the vocabulary, read once."""
    verbs, nouns, adjectives, cues, closed = (
        _read(name) for name in ("verbs", "nouns", "adjectives", "cues", "closed")
    )
    return Words(
        verbs=_verbs(verbs),
        gerunds=_gerunds(nouns),
        changes=_changes([*nouns["change"], *closed["change"]]),
        measures={
            word: Measure(name) for name, listed in nouns["measure"].items() for word in listed
        },
        transparent=frozenset(nouns["transparent"]["nouns"]),
        partitive=frozenset(nouns["partitive"]["nouns"]),
        vague=frozenset(nouns["vague"]["nouns"]),
        treatment=frozenset(nouns["treatment"]["nouns"]),
        pretreatment=frozenset(nouns["treatment"]["before"]),
        tools={
            word: PerturbationType(entry["perturbation"])
            for entry in nouns["tool"]
            for word in entry["nouns"]
        },
        organisms=frozenset(nouns["carrier"]["organism"]),
        cells=frozenset(nouns["carrier"]["cell"]),
        adjectives={
            word: _DIRECTION[name]
            for name, listed in adjectives["change"].items()
            for word in listed
        },
        altered=frozenset(adjectives["altered"]["words"]),
        compounds={
            word: name for name, listed in adjectives["compound"].items() for word in listed
        },
        forms={
            word: PerturbationType(name)
            for name, listed in adjectives["form"].items()
            for word in listed
        },
        states=_states(adjectives["state"]),
        agent_nouns=_agent_nouns(nouns["agent_noun"]),
        empty=frozenset(nouns["empty"]["nouns"]),
        ligand=re.compile(nouns["ligand"]["names"]),
        cues=_cues(cues),
        lists=Lists(**_sets(_read("lists"))),
        closed=Closed(**_sets(closed["lists"])),
        constructs={word: PerturbationType(kind) for word, kind in closed["construct"].items()},
        ties={word: PredicateType(name) for word, name in closed["ties"].items()},
        carried={word: PerturbationType(name) for word, name in closed["carried"].items()},
        done={word: PerturbationType(name) for word, name in closed["done"].items()},
        null_nouns=frozenset(cues["null"]["nouns"]),
    )


def inflect(lemma: str) -> tuple[str, ...]:
    """Return the forms of a regular English verb, the lemma among them."""
    if lemma.endswith("e"):
        return (lemma, f"{lemma}s", f"{lemma}d", f"{lemma[:-1]}ing")
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return (lemma, f"{lemma[:-1]}ies", f"{lemma[:-1]}ied", f"{lemma}ing")
    if lemma.endswith(("s", "x", "ch", "sh")):
        return (lemma, f"{lemma}es", f"{lemma}ed", f"{lemma}ing")
    return (lemma, f"{lemma}s", f"{lemma}ed", f"{lemma}ing")


def _verbs(data: Mapping[str, Any]) -> dict[str, tuple[Verb, ...]]:
    found: dict[str, tuple[Verb, ...]] = {}
    for entry in data["verb"]:
        for lemma in entry["lemmas"]:
            verb = Verb(
                lemma,
                PredicateType(entry["predicate"]),
                _DIRECTION[entry["change"]],
                Frame(entry["frame"]),
                frozenset(entry.get("prepositions", ())),
                entry.get("alone", False),
                Measure(entry["measure"]) if "measure" in entry else None,
            )
            forms = (lemma, *data["irregular"].get(lemma, inflect(lemma)))
            for form in dict.fromkeys(forms):
                found[form] = (*found.get(form, ()), verb)
    return found


def _changes(entries: Iterable[Mapping[str, Any]]) -> dict[str, ChangeNoun]:
    return {
        word: ChangeNoun(
            word,
            _DIRECTION[entry["change"]],
            PredicateType(entry["predicate"]),
            PerturbationType(entry["perturbation"]) if "perturbation" in entry else None,
            Aspect(entry["aspect"]) if "aspect" in entry else None,
            frozenset(entry.get("prepositions", ("of", "for"))),
        )
        for entry in entries
        for word in entry["nouns"]
    }


def _agent_nouns(entries: Iterable[Mapping[str, Any]]) -> dict[str, AgentNoun]:
    return {
        word: AgentNoun(
            word,
            PredicateType(entry["predicate"]),
            _DIRECTION[entry["change"]],
            entry.get("converse", False),
        )
        for entry in entries
        for word in entry["nouns"]
    }


def _sets(data: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    return {name: frozenset(listed) for name, listed in data.items()}


def _gerunds(nouns: Mapping[str, Any]) -> dict[str, PerturbationType]:
    """Return the gerunds that say what was done to their object: "silencing X"."""
    return {
        word: PerturbationType(name) for name, listed in nouns["gerund"].items() for word in listed
    }


def _states(entries: Iterable[Mapping[str, Any]]) -> dict[str, State]:
    return {
        word: State(
            word,
            PredicateType(entry["predicate"]),
            _DIRECTION[entry["change"]],
            frozenset(entry["prepositions"]),
            entry.get("converse", False),
            entry.get("negated", False),
        )
        for entry in entries
        for word in entry["adjectives"]
    }


def _cues(data: Mapping[str, Any]) -> Cues:
    return Cues(
        hypothesis=_any(data["hypothesis"]["before"]),
        modal=_any(data["hypothesis"]["modal"]),
        aim=_any(data["aim"]["lead"]),
        background=_any(data["background"]["lead"]),
        interpretation=_any(data["interpretation"]["lead"]),
        demonstrated=_any(data["demonstrated"]["lead"]),
        summary=_any(data["summary"]["lead"]),
        own=_any(data["own"]["lead"]),
    )


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _read(name: str) -> Mapping[str, Any]:
    file = resources.files("app.extraction.rules").joinpath("words", f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))
