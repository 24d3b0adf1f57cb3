"""Both validators pass our answers, and are seen to fail on broken ones first."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.trapi.conftest import (
    EMT,
    NFKB,
    STANDARDS,
    VERSIONS,
    Trapi,
    need_standards,
    strict_errors,
    tom_errors,
    without,
)

DOWN = {"biolink:object_direction_qualifier": "decreased"}


def sample(name: str) -> Any:
    need_standards()
    return json.loads((STANDARDS / "trapi" / name).read_text("utf-8"))


def test_tom_validate_fails_on_the_broken_example(tmp_path: Path) -> None:
    assert len([e for e in tom_errors("2.0", "Response", sample("bad_2_0.json"), tmp_path)
                if e.startswith("  [")]) == 4  # fmt: skip


@pytest.mark.parametrize("version", VERSIONS)
def test_the_strict_schema_fails_on_a_null_and_an_empty_array(version: str) -> None:
    body = sample(f"onehop_{version.replace('.', '_')}.json")
    assert strict_errors(version, "Response", body) == []
    edge = next(iter(body["message"]["knowledge_graph"]["edges"].values()))
    edge["qualifiers"] = [] if version == "2.0" else None
    assert strict_errors(version, "Response", body)
    body = sample(f"onehop_{version.replace('.', '_')}.json")
    body["message"]["results"] = None
    assert strict_errors(version, "Response", body)
    body["message"] = without(body, "message")
    assert strict_errors(version, "Response", body)


def answers(trapi: Trapi) -> dict[str, Any]:
    pinned = {"ids": [EMT]}
    middle = {"n0": {}, "n1": {"ids": [NFKB]}, "n2": {"categories": ["biolink:NamedThing"]}}
    return {
        "one hop": trapi.one_hop({}, pinned),
        "unknown": trapi.one_hop({"ids": ["MONDO:0000001"]}, pinned),
        "two hops": trapi.ask(
            {
                "nodes": middle,
                "edges": {
                    "a": {"subject": "n0", "object": "n1"},
                    "b": {"subject": "n1", "object": "n2"},
                },
            }
        ),
        "inferred": trapi.one_hop(
            {}, pinned, knowledge_type="inferred", constraints={"qualifiers": [DOWN]}
        ),
        "pathfinder": trapi.ask(
            {
                "nodes": {"a": {"ids": [NFKB]}, "b": pinned},
                "paths": {"p": {"subject": "a", "object": "b"}},
            }
        ),
    }


def test_every_kind_of_answer_passes_tom_validate(trapi: Trapi, tmp_path: Path) -> None:
    for kind, body in answers(trapi).items():
        assert tom_errors(trapi.version, "Response", body, tmp_path) == [], kind


def test_a_broken_answer_of_ours_fails(trapi: Trapi, tmp_path: Path) -> None:
    body = trapi.one_hop({}, {"ids": [EMT]})
    edge = next(iter(body["message"]["knowledge_graph"]["edges"].values()))
    edge["predicate"] = "biolink:zaps"
    assert tom_errors(trapi.version, "Response", body, tmp_path)


def test_the_meta_knowledge_graph_is_valid(trapi: Trapi, tmp_path: Path) -> None:
    body = trapi.client.get(f"/trapi/{trapi.version}/meta_knowledge_graph").json()
    assert strict_errors(trapi.version, "MetaKnowledgeGraph", body) == []
    assert tom_errors(trapi.version, "MetaKnowledgeGraph", body, tmp_path) == []
    process = body["nodes"]["biolink:BiologicalProcess"]
    assert "GO" in process["id_prefixes"]
    kinds = {(e["subject"], e["predicate"], e["object"]) for e in body["edges"]}
    assert ("biolink:GeneFamily", "biolink:affects", "biolink:BiologicalProcess") in kinds
