"""INDRA's statements to claims, by the rules of reading.

A statement says what follows from experiments, not what was done: its perturbation is *none*, but
for a substance, which is given. One evidence is one claim of its publication.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.ingest.imported import Imported, ImportedClaim, LeftOut
from app.ingest.indra.agents import MODIFICATIONS, Agent, Agents, Unmapped
from app.ingest.indra.files import RawStatement
from app.model.claim import (
    Claim,
    ContextItem,
    Evidence,
    ImportSource,
    Outcome,
    Perturbation,
    Predicate,
)
from app.model.entity import Entity
from app.model.errors import BadInput
from app.model.identifiers import normalise_curie
from app.model.text import Grounding, Quote, one_space
from app.model.vocabulary import (
    Category,
    ContextType,
    Epistemic,
    EvidenceType,
    Measure,
    OutcomeDirection,
    PerturbationType,
    PredicateType,
    Sign,
)

_UP: Final = (PredicateType.INCREASES, OutcomeDirection.UP)
_DOWN: Final = (PredicateType.DECREASES, OutcomeDirection.DOWN)
_UNSIGNED: Final = (PredicateType.ASSOCIATED_WITH, OutcomeDirection.NONE)
_NONE: Final = Perturbation()
_TREATED: Final = Perturbation(type=PerturbationType.TREATMENT, direction=Sign.POSITIVE)
_MUTATED: Final = Perturbation(type=PerturbationType.MUTATION, direction=Sign.UNSIGNED)
_MANUAL: Final = frozenset({"bel", "biogrid", "ctd", "hprd", "phosphoelm", "signor", "trrust"})
"""Sources that people curate by hand, as INDRA names them."""

_REGULATES: Final = {
    "Activation": (_UP, Measure.ACTIVITY, "subj", "obj"),
    "Inhibition": (_DOWN, Measure.ACTIVITY, "subj", "obj"),
    "IncreaseAmount": (_UP, Measure.ABUNDANCE, "subj", "obj"),
    "DecreaseAmount": (_DOWN, Measure.ABUNDANCE, "subj", "obj"),
    "Gef": (_UP, Measure.ACTIVITY, "gef", "ras"),
    "Gap": (_DOWN, Measure.ACTIVITY, "gap", "ras"),
}
_PROCESSES: Final = frozenset(
    {Category.BIOLOGICAL_PROCESS, Category.DISEASE, Category.PHENOTYPIC_FEATURE, Category.PATHWAY}
)
_CONTEXT: Final = {
    "species": ContextType.ORGANISM,
    "cell_line": ContextType.CELL,
    "cell_type": ContextType.CELL,
    "organ": ContextType.CELL,
    "disease": ContextType.DISEASE,
}
_PAIR: Final = 2


@dataclass(frozen=True, slots=True)
class _Said:
    """What a statement says, whoever says it."""

    agent: Agent
    outcome: Agent
    verb: tuple[PredicateType, OutcomeDirection]
    measure: Measure | None
    written: str


def read_statement(
    raw: RawStatement, agents: Agents
) -> tuple[tuple[Imported, ...], tuple[Entity, ...]]:
    """Return what a statement becomes, a claim for each evidence, and the entities it names."""
    kind = str(raw.fields["type"])
    try:
        said = _said(kind, raw.fields, agents)
    except Unmapped as reason:
        detail = f"statement {raw.number}, {kind}: {reason.detail}".rstrip(": ")
        return (LeftOut(raw.place, str(reason), detail),), ()
    given = raw.fields.get("evidence")
    evidence = [each for each in given if isinstance(each, Mapping)] if given else []
    found: list[Imported] = []
    entities = [*said.agent.entities, *said.outcome.entities]
    for each in evidence or [{}]:
        contexts = tuple(_contexts(each, agents))
        entities += [entity for _, entity in contexts if entity is not None]
        found.append(_claim(raw, kind, said, each, tuple(item for item, _ in contexts)))
    return tuple(found), tuple(dict.fromkeys(entities))


def _said(kind: str, fields: Mapping[str, Any], agents: Agents) -> _Said:
    if kind in _REGULATES:
        verb, measure, subject, target = _REGULATES[kind]
        agent, outcome = agents.read(fields.get(subject)), agents.read(fields.get(target))
        if outcome.entities[0].category in _PROCESSES:
            measure = None  # type: ignore[assignment]  # a process has no activity of its own
        return _Said(agent, outcome, verb, measure, _written(kind, agent, outcome))
    if kind == "Complex":
        return _complex(fields, agents)
    name = kind.lower()
    removed = name.startswith("de") and name[2:] in _ALL_MODIFICATIONS
    name = name[2:] if removed else name
    if name in _ALL_MODIFICATIONS and "sub" in fields:
        agent, outcome = agents.read(fields.get("enz")), agents.read(fields.get("sub"))
        measure = MODIFICATIONS.get(name)  # type: ignore[assignment]
        verb = _DOWN if removed else _UP
        site = [str(fields[each]) for each in ("residue", "position") if fields.get(each)]
        written = _written(kind, agent, outcome, *site)
        return _Said(agent, outcome, verb if measure else _UNSIGNED, measure, written)
    raise Unmapped(f"{kind}: no claim of one thing about another")


_ALL_MODIFICATIONS: Final = frozenset(
    {*MODIFICATIONS, "hydroxylation", "farnesylation", "geranylgeranylation", "palmitoylation",
     "myristoylation", "ribosylation"}
)  # fmt: skip


def _complex(fields: Mapping[str, Any], agents: Agents) -> _Said:
    members = [agents.read(each) for each in fields.get("members") or ()]
    if len(members) != _PAIR:
        raise Unmapped("a complex of one or of more than two")
    first, second = sorted(members, key=lambda each: each.entities[0].id)
    return _Said(first, second, _UNSIGNED, Measure.BINDING, _written("Complex", first, second))


def _written(kind: str, *parts: Agent | str) -> str:
    listed = (each if isinstance(each, str) else each.written for each in parts)
    return f"{kind}({', '.join(listed)})"


def _claim(
    raw: RawStatement,
    kind: str,
    said: _Said,
    evidence: Mapping[str, Any],
    contexts: tuple[ContextItem, ...],
) -> ImportedClaim:
    verb, perturbation, marks = _signed(said)
    source = str(evidence.get("source_api") or "INDRA")
    epistemics = evidence.get("epistemics")
    stance = epistemics if isinstance(epistemics, Mapping) else {}
    guess = any(stance.get(each) is True for each in ("hypothesis", "speculation", "speculative"))
    text = one_space(str(evidence.get("text") or ""))
    outcome = said.outcome.participant(said.measure)
    claim = Claim(
        text_sha256=None,
        agent=said.agent.participant(),
        perturbation=perturbation,
        predicate=Predicate(type=verb[0]),
        outcome=Outcome(**dict(outcome), direction=verb[1]),
        negated=stance.get("negated") is True,
        context=contexts,
        evidence=Evidence(type=EvidenceType.NONE_IN_THIS_STUDY),
        epistemic=Epistemic.HYPOTHESIS if guess else Epistemic.UNSTATED,
        quotes=(Quote(text=text),) if text else (),
        source=ImportSource(
            resource=f"INDRA: {source}",
            edge=said.written,
            qualifiers=(f"type={kind}",),
            publications=tuple(dict.fromkeys(_publications(evidence))),
            columns=tuple(_columns(raw.fields, evidence, stance)),
        ),
    )
    return ImportedClaim(raw.place, claim, source in _MANUAL and not guess, kind, marks)


def _signed(
    said: _Said,
) -> tuple[tuple[PredicateType, OutcomeDirection], Perturbation, tuple[str, ...]]:
    """Return verb, perturbation and remarks; a form of the outcome is no change of the thing."""
    if said.verb is _UNSIGNED:
        return _UNSIGNED, _NONE, ()
    if said.outcome.state or said.outcome.measure is not None:
        return _UNSIGNED, _NONE, ("unsigned: a form of the thing as object",)
    if said.agent.state:
        mark = ("unsigned: a form of the thing as subject",)
        return (said.verb, _MUTATED, mark) if said.agent.mutated else (_UNSIGNED, _NONE, mark)
    return said.verb, _TREATED if said.agent.is_substance else _NONE, ()


def _publications(evidence: Mapping[str, Any]) -> Iterator[str]:
    references = evidence.get("text_refs")
    more = references if isinstance(references, Mapping) else {}
    for prefix, text in (
        ("PMID", evidence.get("pmid") or more.get("PMID")),
        ("PMC", more.get("PMCID")),
        ("doi", more.get("DOI")),
    ):
        if text:
            try:
                yield normalise_curie(f"{prefix}:{str(text).removeprefix('PMC')}")
            except BadInput:
                yield f"{prefix}:{text}"


def _columns(
    statement: Mapping[str, Any], evidence: Mapping[str, Any], stance: Mapping[str, Any]
) -> Iterator[str]:
    for name in ("belief", "matches_hash"):
        if statement.get(name) is not None:
            yield f"{name}={statement[name]}"
    if evidence.get("source_id"):
        yield f"source_id={evidence['source_id']}"
    yield from (f"{name}={str(value).lower()}" for name, value in sorted(stance.items()))


def _contexts(
    evidence: Mapping[str, Any], agents: Agents
) -> Iterator[tuple[ContextItem, Entity | None]]:
    context = evidence.get("context")
    for name, kind in _CONTEXT.items():
        found = context.get(name) if isinstance(context, Mapping) else None
        if not isinstance(found, Mapping) or not found.get("name"):
            continue
        try:
            entity = agents.entity(found)
        except Unmapped:
            yield ContextItem(type=kind, name=str(found["name"])), None
            continue
        grounding = Grounding(id=entity.id, name=entity.name)
        yield ContextItem(type=kind, groundings=(grounding,), name=entity.name), entity
