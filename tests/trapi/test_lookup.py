"""Lookup by the claims: what is bound, under which name, and what every edge says of itself."""

from typing import Any

import pytest

from app.model.article import text_of
from app.services.seeds import read_seeds
from tests.trapi.conftest import EMT, NFKB, Trapi, bound, edges_of, qualifiers

DOWN = {"biolink:object_direction_qualifier": "decreased"}
UP = {"biolink:object_direction_qualifier": "increased"}


def attributes(edge: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [each for each in edge["attributes"] if each["attribute_type_id"] == kind]


def subjects(body: dict[str, Any]) -> set[str]:
    return {each for result in body["message"]["results"] for each in bound(result, "s")}


def test_an_edge_says_who_knows_it_and_in_whose_words(trapi: Trapi) -> None:
    body = trapi.one_hop({"ids": [NFKB]}, {"ids": [EMT]}, predicates=["biolink:affects"])
    (result,) = body["message"]["results"]
    assert (bound(result, "s"), bound(result, "o")) == ([NFKB], [EMT])
    assert 0 < result["analyses"][0]["score"] <= 1
    text = text_of(read_seeds().articles[0].record.citation)
    for edge in edges_of(body, result):
        assert edge["sources"] == [
            {"resource_id": "infores:evipath", "resource_role": "primary_knowledge_source"}
        ]
        said = edge
        if trapi.version == "1.6":
            said = {each["attribute_type_id"].partition(":")[2]: each["value"]
                    for each in edge["attributes"]}  # fmt: skip
        assert said["knowledge_level"] == "knowledge_assertion"
        assert said["agent_type"] == "manual_agent"
        assert attributes(edge, "biolink:publications")[0]["value"] == ["PMID:15314694"]
        for words in attributes(edge, "biolink:supporting_text"):
            inner = {each["attribute_type_id"]: each["value"] for each in words["attributes"]}
            assert text[inner["evipath:start"] : inner["evipath:end"]] == words["value"]


def test_predicates_and_categories_are_expanded(trapi: Trapi) -> None:
    exact = subjects(trapi.one_hop({"categories": ["biolink:GeneFamily"]}, {"ids": [EMT]}))
    assert NFKB in exact
    wide = trapi.one_hop(
        {"categories": ["biolink:BiologicalEntity"]},
        {"ids": [EMT]},
        predicates=["biolink:related_to_at_instance_level"],
    )
    assert exact <= subjects(wide)
    assert not subjects(trapi.one_hop({"categories": ["biolink:Disease"]}, {"ids": [EMT]}))
    assert not subjects(
        trapi.one_hop({}, {"ids": [EMT]}, predicates=["biolink:physically_interacts_with"])
    )


def test_an_inverse_predicate_turns_the_edge_round(trapi: Trapi) -> None:
    body = trapi.one_hop({"ids": [EMT]}, {"ids": [NFKB]}, predicates=["biolink:affected_by"])
    (result,) = body["message"]["results"]
    assert {(e["subject"], e["object"]) for e in edges_of(body, result)} == {(NFKB, EMT)}
    assert not trapi.one_hop({"ids": [EMT]}, {"ids": [NFKB]}, predicates=["biolink:affects"])[
        "message"
    ]["results"]


def test_an_equivalent_identifier_has_the_same_answer_under_its_own_name(trapi: Trapi) -> None:
    here = trapi.one_hop({}, {"ids": [EMT]})["message"]
    there = trapi.one_hop({}, {"ids": ["MESH:D058750"]})["message"]
    assert len(here["results"]) == len(there["results"]) > 0
    assert {each for r in there["results"] for each in bound(r, "o")} == {"MESH:D058750"}
    assert EMT not in there["knowledge_graph"]["nodes"]


def test_qualifiers_narrow(trapi: Trapi) -> None:
    for wanted, said in ((DOWN, "decreased"), (UP, "increased")):
        body = trapi.one_hop({}, {"ids": [EMT]}, constraints={"qualifiers": [wanted]})
        found = [e for r in body["message"]["results"] for e in edges_of(body, r)]
        assert found
        assert {qualifiers(e)["object_direction_qualifier"] for e in found} == {said}
    impossible = {"biolink:object_direction_qualifier": "decreased",
                  "biolink:object_aspect_qualifier": "secretion"}  # fmt: skip
    body = trapi.one_hop({}, {"ids": [EMT]}, constraints={"qualifiers": [impossible]})
    assert body["message"]["results"] == []


@pytest.mark.parametrize(
    ("constraint", "found"),
    [
        ({"operator": "==", "value": ["PMID:15314694", "PMID:1"]}, True),
        ({"operator": "==", "value": "PMID:1"}, False),
        ({"operator": "==", "value": "PMID:1", "not": True}, True),
        ({"operator": "===", "value": ["PMID:15314694"]}, True),
        ({"operator": "===", "value": "PMID:15314694"}, False),
        ({"operator": "matches", "value": "^PMID:153"}, True),
        ({"operator": "matches", "value": "(a+)+$"}, False),
    ],
)
def test_attribute_constraints(trapi: Trapi, constraint: dict[str, Any], found: bool) -> None:
    asked = {"id": "biolink:publications", "name": "publications", **constraint}
    body = trapi.one_hop({}, {"ids": [EMT]}, constraints={"attributes": [asked]})
    assert bool(body["message"]["results"]) is found


def test_the_kind_of_agent_and_the_source_can_be_denied(newest: Trapi) -> None:
    for name, value in (("agent_type", "manual_agent"), ("sources", "infores:evipath")):
        for behavior, found in (("ALLOW", True), ("DENY", False)):
            limits = {name: {"behavior": behavior, "values": [value]}}
            body = newest.one_hop({}, {"ids": [EMT]}, constraints=limits)
            assert bool(body["message"]["results"]) is found


def test_two_hops_share_their_middle(trapi: Trapi) -> None:
    body = trapi.ask(
        {
            "nodes": {"a": {"categories": ["biolink:NamedThing"]}, "b": {"ids": [NFKB]}, "c": {}},
            "edges": {
                "first": {"subject": "a", "object": "b"},
                "second": {"subject": "b", "object": "c"},
            },
        }
    )
    results = body["message"]["results"]
    assert results
    for result in results:
        assert bound(result, "b") == [NFKB]
        for edge in edges_of(body, result, "second"):
            assert {edge["subject"], edge["object"]} == {NFKB, *bound(result, "c")}


def test_sets(trapi: Trapi) -> None:
    members = sorted(subjects(trapi.one_hop({}, {"ids": [EMT]})))[:2]
    asked = {"ids": ["UUID:1"], "member_ids": members, "set_interpretation": "ALL"}
    (result,) = trapi.one_hop(asked, {"ids": [EMT]})["message"]["results"]
    assert sorted(bound(result, "s")) == members
    lacking = {**asked, "member_ids": [*members, "MONDO:0000001"]}
    assert trapi.one_hop(lacking, {"ids": [EMT]})["message"]["results"] == []
    many = {**lacking, "set_interpretation": "MANY"}
    (result,) = trapi.one_hop(many, {"ids": [EMT]})["message"]["results"]
    assert sorted(bound(result, "s")) == members
    batch = trapi.one_hop({"ids": members}, {"ids": [EMT]})["message"]["results"]
    assert len(batch) == 2


def test_collated_nodes_are_one_result(newest: Trapi) -> None:
    found = subjects(newest.one_hop({}, {"ids": [EMT]}))
    (result,) = newest.one_hop({"set_interpretation": "COLLATE"}, {"ids": [EMT]})["message"][
        "results"
    ]
    assert set(bound(result, "s")) == found


def test_a_null_result_is_no_answer_unless_asked_for(trapi: Trapi) -> None:
    plain = trapi.one_hop({}, {"ids": [EMT]})["message"]["knowledge_graph"]["edges"]
    assert not any(attributes(e, "biolink:negated") for e in plain.values())


def test_unknown_things_are_no_errors(trapi: Trapi) -> None:
    for subject, fields in (
        ({"ids": ["MONDO:0000001"]}, {}),
        ({"categories": ["biolink:Nonsense"]}, {}),
        ({}, {"predicates": ["biolink:zaps"]}),
    ):
        body = trapi.one_hop(subject, {"ids": [EMT]}, **fields)
        assert body["message"]["results"] == []


def test_identifiers_by_the_thousand(trapi: Trapi) -> None:
    ids = [f"MONDO:{number:07d}" for number in range(2900)] + [NFKB]
    body = trapi.one_hop({"ids": ids}, {"ids": [EMT]})
    assert subjects(body) == {NFKB}
    response = trapi.post(
        {
            "message": {
                "query_graph": {
                    "nodes": {
                        "s": {"ids": ids + ids},
                        "o": {"ids": [f"GO:{n}" for n in range(200)]},
                    },
                    "edges": {"e": {"subject": "s", "object": "o"}},
                }
            }
        }
    )
    assert response.status_code == 413
    assert "at most 3000" in response.json()
