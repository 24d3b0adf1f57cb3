"""The two versions of TRAPI: 1.6 is rewritten to 2.0 on the way in, and back on the way out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.model.errors import BadInput, FieldError
from app.trapi.query import Json

_MAY_BE_EMPTY: Final = ("constraints", "attribute_constraints", "qualifier_constraints",
                        "member_ids")  # fmt: skip
_SPELLINGS: Final = {
    "attribute_constraints": "constraints.attributes",
    "qualifier_constraints": "constraints.qualifiers",
}
_TOP: Final = {"log_level": "parameters.log_level", "bypass_cache": "parameters.bypass_cache"}


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the standard: how queries come in and answers go out."""

    name: str
    schema: str
    read: Callable[[object], object]
    write: Callable[[Json], Json]


def _read_2_0(body: object) -> object:
    """Refuse what only 1.6 knows; the standard's openness would let it go unheard."""
    if not isinstance(body, dict):
        return body
    for name, now in _TOP.items():
        if name in body:
            raise _older(f"/{name}", now)
    for key, edge in _parts(body, "edges"):
        for name, now in _SPELLINGS.items():
            if name in edge:
                raise _older(f"/message/query_graph/edges/{key}/{name}", now)
    return body


def _older(place: str, now: str) -> BadInput:
    detail = f"{place} is a spelling of TRAPI 1.6; 2.0 has {now}."
    return BadInput(detail, [FieldError(place, f"write {now}")])


def _read_1_6(body: object) -> object:
    if not isinstance(body, dict):
        return body
    body = {name: value for name, value in body.items() if value is not None}
    parameters = {name: body.pop(name) for name in _TOP if name in body}
    if parameters:
        body["parameters"] = parameters
    message = body.get("message")
    if not isinstance(message, dict):
        return body
    message = {name: value for name, value in message.items() if value is not None}
    body["message"] = message
    graph = message.get("query_graph")
    if not isinstance(graph, dict):
        return body
    graph = without_nulls(graph)
    message["query_graph"] = graph
    for key, node in _parts(body, "nodes"):
        if node.get("set_interpretation") == "COLLATE":
            place = f"/message/query_graph/nodes/{key}/set_interpretation"
            raise BadInput(f"{place}: COLLATE is of TRAPI 2.0.", [FieldError(place, "unknown")])
        graph["nodes"][key] = _without_empty(node)
    for key, edge in _parts(body, "edges"):
        graph["edges"][key] = _edge_up(_without_empty(edge))
    for key, path in _parts(body, "paths"):
        graph["paths"][key] = _without_empty(path)
    return body


def _edge_up(edge: Json) -> Json:
    constraints: Json = {}
    attributes = edge.pop("attribute_constraints", None)
    sets = edge.pop("qualifier_constraints", None)
    if attributes:
        constraints["attributes"] = attributes
    if sets:
        constraints["qualifiers"] = [_qualifiers_up(each) for each in sets]
    return {**edge, "constraints": constraints} if constraints else edge


def _qualifiers_up(held: object) -> object:
    found = held.get("qualifier_set") if isinstance(held, Mapping) else None
    if not isinstance(found, list):
        raise BadInput("A qualifier constraint holds a qualifier_set.")
    try:
        return {each["qualifier_type_id"]: each["qualifier_value"] for each in found}
    except (TypeError, KeyError) as error:
        raise BadInput(
            "Each of a qualifier_set has qualifier_type_id and qualifier_value."
        ) from error


def _without_empty(part: Json) -> Json:
    return {k: v for k, v in part.items() if not (k in _MAY_BE_EMPTY and v == [])}


def _parts(body: Mapping[str, Any], kind: str) -> list[tuple[str, Json]]:
    message = body.get("message")
    graph = message.get("query_graph") if isinstance(message, dict) else None
    parts = graph.get(kind) if isinstance(graph, dict) else None
    found = parts.items() if isinstance(parts, dict) else ()
    return [(key, part) for key, part in found if isinstance(part, dict)]


def without_nulls(value: Any) -> Any:
    """Return JSON without the members that are null, but for what is compared with."""
    if isinstance(value, dict):
        return {
            name: inner if name == "value" else without_nulls(inner)
            for name, inner in value.items()
            if inner is not None
        }
    return [without_nulls(each) for each in value] if isinstance(value, list) else value


def _write_2_0(response: Json) -> Json:
    return response


def _write_1_6(response: Json) -> Json:
    message = dict(response["message"])
    if "query_graph" in message:
        message["query_graph"] = without_nulls(message["query_graph"])
    if "knowledge_graph" in message:
        graph = message["knowledge_graph"]
        message["knowledge_graph"] = {
            "nodes": {key: {"attributes": [], **node} for key, node in graph["nodes"].items()},
            "edges": {key: _edge_down(edge) for key, edge in graph["edges"].items()},
        }
    if "auxiliary_graphs" in message:
        message["auxiliary_graphs"] = {
            key: {**each, "attributes": []} for key, each in message["auxiliary_graphs"].items()
        }
    message["results"] = [_result_down(each) for each in message.get("results", ())]
    kept = {name: value for name, value in response.items() if name != "parameters"}
    return {**kept, "message": message}


def _edge_down(edge: Json) -> Json:
    kept = {k: v for k, v in edge.items() if k not in ("knowledge_level", "agent_type")}
    moved = [
        {"attribute_type_id": f"biolink:{name}", "value": edge[name]}
        for name in ("knowledge_level", "agent_type")
    ]
    return {**kept, "attributes": [*edge.get("attributes", ()), *moved]}


def _result_down(result: Json) -> Json:
    return {
        "node_bindings": {
            key: [{"id": each, "attributes": []} for each in binding["ids"]]
            for key, binding in result["node_bindings"].items()
        },
        "analyses": [_analysis_down(each) for each in result["analyses"]],
    }


def _analysis_down(analysis: Json) -> Json:
    down = dict(analysis)
    if "edge_bindings" in down:
        down["edge_bindings"] = {
            key: [{"id": each, "attributes": []} for each in binding["ids"]]
            for key, binding in down["edge_bindings"].items()
        }
    if "path_bindings" in down:
        down["path_bindings"] = {
            key: [{"id": each} for each in binding["ids"]]
            for key, binding in down["path_bindings"].items()
        }
    return down


VERSIONS: Final = (
    Version("2.0", "2.0.0", _read_2_0, _write_2_0),
    Version("1.6", "1.6.0", _read_1_6, _write_1_6),
)
