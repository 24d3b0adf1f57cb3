"""What the standard refuses, and what it lets pass."""

from typing import Any

import pytest

from tests.trapi.conftest import EMT, NFKB, Trapi, strict_errors

GRAPH: dict[str, Any] = {
    "nodes": {"s": {}, "o": {"ids": [EMT]}},
    "edges": {"e": {"subject": "s", "object": "o"}},
}


def query(**changes: Any) -> dict[str, Any]:
    """The query with changes; ``nodes__o__ids`` reaches into its graph."""
    import copy

    graph = copy.deepcopy(GRAPH)
    for path, value in changes.items():
        *parents, last = path.split("__")
        place = graph
        for parent in parents:
            place = place[parent]
        place[last] = value
    return {"message": {"query_graph": graph}}


BROKEN = {
    "no message": {},
    "not an object": [],
    "no query graph": {"message": {}},
    "unknown in the message": {"message": {"query_graph": GRAPH, "extra": 1}},
    "no node": query(nodes={}),
    "an end that is not there": query(edges__e__subject="x"),
    "no CURIE": query(nodes__o__ids=["EMT"]),
    "no ids": query(nodes__o__ids=[]),
    "no categories": query(nodes__s__categories=[]),
    "a category that is none": query(nodes__s__categories=["Gene"]),
    "a predicate that is none": query(edges__e__predicates=["affects"]),
    "unknown kind of knowledge": query(edges__e__knowledge_type="guess"),
    "a set without members": query(nodes__o__set_interpretation="ALL"),
    "a path without ends": {
        "message": {
            "query_graph": {
                "nodes": {"a": {}, "b": {"ids": [EMT]}},
                "paths": {"p": {"subject": "a", "object": "b"}},
            }
        }
    },
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_queries_are_refused_in_both_versions(trapi: Trapi, name: str) -> None:
    response = trapi.post(BROKEN[name])
    assert response.status_code == 400, response.text
    assert isinstance(response.json(), str)


def test_what_is_no_json_is_refused(trapi: Trapi) -> None:
    response = trapi.client.post(f"/trapi/{trapi.version}/query", content=b"{")
    assert (response.status_code, response.json()[:15]) == (400, "The body is no ")


OLD = {
    "attribute constraints": query(edges__e__attribute_constraints=[]),
    "qualifier constraints": query(edges__e__qualifier_constraints=[]),
    "log level": {**query(), "log_level": "DEBUG"},
    "a null": query(nodes__s__categories=None),
    "a null parameter": {**query(), "parameters": {"timeout": None}},
}


@pytest.mark.parametrize("name", OLD)
def test_spellings_and_nulls_of_1_6_pass_there_and_not_in_2_0(newest: Trapi, name: str) -> None:
    refused = newest.post(OLD[name])
    assert refused.status_code == 400
    if name == "a null parameter":
        return
    older = Trapi(newest.client, "1.6")
    passed = older.post(OLD[name])
    assert passed.status_code == 200, passed.text
    assert strict_errors("1.6", "Response", passed.json()) == []


def test_unknown_fields_pass_where_the_standard_is_open(trapi: Trapi) -> None:
    body = query(nodes__s__colour="red", edges__e__weight=3, note="mine")
    response = trapi.post({**body, "submitter": "tests", "own": {"x": 1}})
    assert response.status_code == 200
    assert response.json()["message"]["results"]


def test_parameters_are_repeated(newest: Trapi) -> None:
    parameters = {"timeout": 30, "log_level": "WARNING", "own": "kept"}
    assert newest.ask(GRAPH, parameters=parameters)["parameters"] == parameters


def test_a_query_without_a_pinned_node_is_not_traversable(trapi: Trapi) -> None:
    body = trapi.ask({**GRAPH, "nodes": {"s": {}, "o": {}}})
    assert (body["status"], body["message"]["results"]) == ("QueryNotTraversable", [])


def test_what_is_not_done_here_is_said(trapi: Trapi) -> None:
    other = {**query(), "workflow": [{"id": "overlay_fisher_exact_test"}]}
    assert trapi.post(other).status_code == 501
    two = {
        "nodes": {"s": {}, "o": {"ids": [EMT]}, "m": {"ids": [NFKB]}},
        "edges": {
            "e": {"subject": "s", "object": "m", "knowledge_type": "inferred"},
            "f": {"subject": "m", "object": "o"},
        },
    }
    assert trapi.post({"message": {"query_graph": two}}).status_code == 501


def test_a_wrong_token_is_refused(trapi: Trapi) -> None:
    response = trapi.client.post(
        f"/trapi/{trapi.version}/query",
        json=query(),
        headers={"Authorization": "Bearer evp_wrong"},
    )
    assert response.status_code == 401
