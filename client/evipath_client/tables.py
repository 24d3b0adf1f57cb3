"""Answers as tables: a plain row for each item, and data frames of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import singledispatch
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from evipath_client import models as m

if TYPE_CHECKING:
    import pandas

Row = dict[str, Any]


def frame(rows: Sequence[Row], answer: BaseModel | None = None) -> pandas.DataFrame:
    """Return rows as a data frame; the answer's snapshot and query are in its ``attrs``."""
    try:
        import pandas
    except ImportError as error:
        raise ImportError("to_pandas needs pandas: pip install 'evipath-client[pandas]'") from error
    made = pandas.DataFrame(list(rows))
    for name in ("snapshot", "query"):
        if isinstance(part := getattr(answer, name, None), BaseModel):
            made.attrs[name] = part.model_dump(mode="json")
    return made


@singledispatch
def rows(answer: object) -> list[Row]:
    """Return the rows of an answer, in its order."""
    raise TypeError(f"{type(answer).__name__} is no table.")


@rows.register
def _(answer: m.InterventionAnswer) -> list[Row]:
    return [intervention_row(one) for one in answer.interventions]


@rows.register
def _(answer: m.ConsequenceAnswer) -> list[Row]:
    return [consequence_row(one) for one in answer.consequences]


@rows.register
def _(answer: m.PathAnswer) -> list[Row]:
    return [path_row(one) for one in answer.paths]


@rows.register
def _(answer: m.SignatureAnswer) -> list[Row]:
    return [
        {
            "target": one.target.id,
            "name": one.target.name,
            "direction": one.perturbation.direction,
            "correlation": one.correlation,
            "p": one.p,
            "adjusted_p": one.adjusted_p,
            "agreeing": one.agreeing,
            "opposing": one.opposing,
        }
        for one in answer.matches
    ]


@rows.register
def _(answer: m.SimulationAnswer) -> list[Row]:
    return [
        {
            "target": " + ".join(each.target.id for each in one.targets),
            "name": " + ".join(each.target.name for each in one.targets),
            "direction": " ".join(each.perturbation.direction for each in one.targets),
            "effect": one.effect,
            "standard_error": one.standard_error,
            "gain": one.gain,
        }
        for one in answer.interventions
    ]


def intervention_row(one: m.Intervention) -> Row:
    """Return an intervention as a row; ``quote`` is that of its first evidence with one."""
    quoted = next((each for each in one.evidence if each.quote), None)
    return {
        "target": one.target.id,
        "name": one.target.name,
        "category": one.target.category,
        "perturbation": one.perturbation.type,
        "direction": one.perturbation.direction,
        "tier": one.tier,
        "matched": one.matched,
        "contradicted": one.contradicted,
        "belief": one.belief,
        "weakest": one.weakest,
        "agreement": one.agreement,
        "influence": one.influence,
        "simulated_effect": one.simulated_effect,
        "claim_count": one.claim_count,
        "papers": one.papers,
        "independent_papers": one.independent_papers,
        "counter_evidence": len(one.counter_evidence),
        "arithmetic": one.paths[0].arithmetic if one.paths else None,
        "pmid": quoted.pmid if quoted else None,
        "quote": quoted.quote if quoted else None,
        "quote_verified": quoted.verified if quoted else None,
    }


def consequence_row(one: m.Consequence) -> Row:
    """Return a consequence as a row: the outcome, then what holds of the intervention on it."""
    row = intervention_row(m.Intervention.model_validate(one.model_dump()))
    return {
        "outcome": one.outcome.id,
        "outcome_name": one.outcome.name,
        "change": one.direction,
        "effect": one.effect,
        **row,
    }


def path_row(one: m.Path) -> Row:
    """Return a path as a row."""
    return {
        "source": one.steps[0].subject if one.steps else None,
        "target": one.steps[-1].object if one.steps else None,
        "sign": one.sign,
        "hops": len(one.steps),
        "matched": one.matched,
        "belief": one.belief,
        "weakest": one.weakest,
        "arithmetic": one.arithmetic,
        "claims": [claim for step in one.steps for claim in step.claims],
    }


def claim_row(one: m.ClaimView) -> Row:
    """Return a claim as a row; several groundings or quotes are parted by `` | ``."""
    return {
        "id": one.id,
        "status": one.status,
        "article": one.article,
        "agent": _grounded(one.agent.groundings),
        "agent_text": one.agent.mention.text if one.agent.mention else None,
        "perturbation": one.perturbation.type,
        "direction": one.perturbation.direction,
        "predicate": one.predicate.type,
        "outcome": _grounded(one.outcome.groundings),
        "outcome_text": one.outcome.mention.text if one.outcome.mention else None,
        "outcome_direction": one.outcome.direction,
        "aspect": one.outcome.aspect,
        "negated": one.negated,
        "evidence": one.evidence.type,
        "epistemic": one.epistemic,
        "confidence": one.confidence,
        "statement": one.statement,
        "quote": " | ".join(each.text for each in one.quotes) or None,
        "quotes_verified": all(each.verified for each in one.quotes) if one.quotes else None,
    }


def item_row(item: object) -> Row:
    """Return an item of a list as a row: those above, all others by their own fields."""
    if isinstance(item, m.Intervention):
        return intervention_row(item)
    if isinstance(item, m.Consequence):
        return consequence_row(item)
    if isinstance(item, m.ClaimView):
        return claim_row(item)
    return _flat(item.model_dump(mode="json")) if isinstance(item, BaseModel) else {"item": item}


def _flat(fields: Row, before: str = "") -> Row:
    """Return fields of fields as ``outer.inner``; lists stay as they are."""
    found: Row = {}
    for name, value in fields.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{before}{name}.")
        else:
            found[f"{before}{name}"] = value
    return found


def _grounded(groundings: Iterable[m.Grounding]) -> str | None:
    return " | ".join(one.id for one in groundings) or None
