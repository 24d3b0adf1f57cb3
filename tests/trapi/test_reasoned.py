"""What the kernel answers: interventions with their support, and paths."""

from typing import Any

from tests.trapi.conftest import EMT, NFKB, Trapi, bound, edges_of, qualifiers

DOWN = {
    "biolink:qualified_predicate": "biolink:causes",
    "biolink:object_direction_qualifier": "decreased",
}


def what_lowers(trapi: Trapi, subject: Any, target: str = EMT) -> dict[str, Any]:
    return trapi.one_hop(
        subject,
        {"ids": [target]},
        predicates=["biolink:affects"],
        knowledge_type="inferred",
        constraints={"qualifiers": [DOWN]},
    )


def test_what_lowers_a_process_has_graphs_that_support_it(trapi: Trapi) -> None:
    body = what_lowers(trapi, {"categories": ["biolink:NamedThing"]})
    message = body["message"]
    found = {bound(result, "s")[0]: result for result in message["results"]}
    assert NFKB in found
    edges, graphs = message["knowledge_graph"]["edges"], message["auxiliary_graphs"]
    for target, result in found.items():
        (edge,) = edges_of(body, result)
        assert qualifiers(edge)["object_direction_qualifier"] == "decreased"
        support = [a["value"] for a in edge["attributes"]
                   if a["attribute_type_id"] == "biolink:support_graphs"]  # fmt: skip
        for graph in support[0]:
            steps = [edges[each] for each in graphs[graph]["edges"]]
            assert EMT in {step["object"] for step in steps}
            assert target in {step["subject"] for step in steps}


def test_lowering_is_said_of_a_target_that_must_be_lowered(trapi: Trapi) -> None:
    body = what_lowers(trapi, {"ids": [NFKB]})
    (result,) = body["message"]["results"]
    (edge,) = edges_of(body, result)
    assert qualifiers(edge) == {
        "qualified_predicate": "biolink:causes",
        "subject_direction_qualifier": "decreased",
        "object_direction_qualifier": "decreased",
    }


def test_the_same_as_rest(newest: Trapi) -> None:
    asked = {"outcome": EMT, "effect": "lowers", "limit": 500}
    rest = newest.client.get("/api/v1/reasoning/interventions", params=asked).json()
    wanted = {(i["target"]["id"], i["perturbation"]["direction"], round(i["belief"], 4))
              for i in rest["interventions"]}  # fmt: skip
    body = what_lowers(newest, {})
    signs = {"decreased": "-", "increased": "+", None: "0"}
    found = {
        (
            bound(r, "s")[0],
            signs[qualifiers(edges_of(body, r)[0]).get("subject_direction_qualifier")],
            r["analyses"][0]["score"],
        )
        for r in body["message"]["results"]
    }
    assert found == wanted


def test_an_equivalent_outcome_keeps_its_name(trapi: Trapi) -> None:
    body = what_lowers(trapi, {"ids": [NFKB]}, "MESH:D058750")
    (result,) = body["message"]["results"]
    assert bound(result, "o") == ["MESH:D058750"]


def test_paths_between_pinned_ends(trapi: Trapi) -> None:
    graph: dict[str, Any] = {
        "nodes": {"a": {"ids": ["HGNC:5960"]}, "b": {"ids": [EMT]}},
        "paths": {"p": {"subject": "a", "object": "b", "predicates": ["biolink:related_to"]}},
    }
    body = trapi.ask(graph)
    (result,) = body["message"]["results"]
    message = body["message"]
    assert len(result["analyses"]) > 0
    for analysis in result["analyses"]:
        binding = analysis["path_bindings"]["p"]
        key = binding["ids"][0] if isinstance(binding, dict) else binding[0]["id"]
        steps = [message["knowledge_graph"]["edges"][e]
                 for e in message["auxiliary_graphs"][key]["edges"]]  # fmt: skip
        assert {"HGNC:5960", EMT} <= {end for s in steps for end in (s["subject"], s["object"])}

    graph["paths"]["p"]["constraints"] = [
        {"intermediate_categories": ["biolink:BiologicalProcess"]}
    ]
    narrowed = trapi.ask(graph)["message"]["results"]
    assert narrowed
    graph["paths"]["p"]["constraints"] = [{"intermediate_categories": ["biolink:Disease"]}]
    assert trapi.ask(graph)["message"]["results"] == []
