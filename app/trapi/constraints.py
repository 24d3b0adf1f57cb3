"""Whether a node or an edge conforms to what is asked of it."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import StringConstraints, TypeAdapter, ValidationError
from pydantic_core import SchemaError

from app.model.errors import BadInput
from app.trapi import biolink
from app.trapi.query import AllowDeny, AttributeConstraint, EdgeConstraints, Json

LONGEST_PATTERN = 500


def edge_conforms(edge: Json, asked: EdgeConstraints) -> bool:
    """Tell whether an edge of 2.0 conforms to all constraints."""
    if asked.knowledge_level and not _allowed([edge["knowledge_level"]], asked.knowledge_level):
        return False
    if asked.agent_type and not _allowed([edge["agent_type"]], asked.agent_type):
        return False
    if asked.sources and not _allowed(_sources(edge, asked.sources), asked.sources):
        return False
    if asked.qualifiers and not any(_qualified(edge, each) for each in asked.qualifiers):
        return False
    beside = [
        {"attribute_type_id": f"biolink:{name}", "value": edge[name]}
        for name in ("knowledge_level", "agent_type")
    ]
    return conforms([*edge.get("attributes", ()), *beside], asked.attributes)


def conforms(attributes: Sequence[Json], asked: Sequence[AttributeConstraint]) -> bool:
    """Tell whether attributes conform to all constraints.

    Raises BadInput for a regular expression that can't be read.
    """
    return all(_fulfils(attributes, each) for each in asked)


def names(asked: EdgeConstraints, attribute: str) -> bool:
    """Tell whether a constraint is about an attribute."""
    return any(each.id == attribute for each in asked.attributes)


def allows(asked: EdgeConstraints, agent_type: str) -> bool:
    """Tell whether knowledge of this kind of agent is asked for by name."""
    named = asked.agent_type
    if named is not None and named.behavior == "ALLOW":
        return any(biolink.is_value(agent_type, each) for each in named.values)
    return any(
        each.id == "biolink:agent_type" and not each.negated and agent_type in _listed(each.value)
        for each in asked.attributes
    )


def _allowed(held: Sequence[str], asked: AllowDeny) -> bool:
    found = any(biolink.is_value(value, each) for value in held for each in asked.values)
    return found if asked.behavior == "ALLOW" else not found


def _sources(edge: Json, asked: AllowDeny) -> list[str]:
    return [
        source["resource_id"]
        for source in edge["sources"]
        if not asked.primary_only or source["resource_role"] == "primary_knowledge_source"
    ]


def _qualified(edge: Json, asked: dict[str, str]) -> bool:
    held = {q["qualifier_type_id"]: q["qualifier_value"] for q in edge.get("qualifiers", ())}
    return all(
        name in held and biolink.is_value(held[name], value) for name, value in asked.items()
    )


def _fulfils(attributes: Sequence[Json], asked: AttributeConstraint) -> bool:
    held = [each["value"] for each in attributes if each["attribute_type_id"] == asked.id]
    found = any(_compares(value, asked) for value in held)
    return found != asked.negated


def _compares(held: Any, asked: AttributeConstraint) -> bool:
    if asked.operator == "===":
        return type(held) is type(asked.value) and bool(held == asked.value)
    return any(
        _compare(one, asked.operator, other)
        for one in _listed(held)
        for other in _listed(asked.value)
    )


def _compare(held: Any, operator: str, wanted: Any) -> bool:
    match operator:
        case "==":
            return bool(held == wanted)
        case "matches":
            return isinstance(held, str) and _matches(held, wanted)
        case _:
            if not isinstance(held, int | float):
                return False
            return bool(held > wanted if operator == ">" else held < wanted)


def _matches(text: str, pattern: str) -> bool:
    if len(pattern) > LONGEST_PATTERN:
        raise BadInput(f"A regular expression has at most {LONGEST_PATTERN} characters.")
    try:
        # pydantic's own engine takes time linear in the text, whatever the expression.
        TypeAdapter(Annotated[str, StringConstraints(pattern=pattern)]).validate_python(text)
    except SchemaError as error:
        raise BadInput(f"{pattern!r} is no regular expression that is read here.") from error
    except ValidationError:
        return False
    return True


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | dict) else [value]
