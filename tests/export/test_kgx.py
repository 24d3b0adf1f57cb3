"""KGX rows: every name in them is Biolink's, every cell is one cell."""

import io
import json
import zipfile
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.export import kgx
from app.model.vocabulary import Category, Measure
from tests.export.conftest import QUOTE, Graph
from tests.export.validators import kgx_errors
from tests.support import factories


@cache
def biolink() -> Any:
    source = files("biolink_model.schema").joinpath("biolink_model.yaml").read_text()
    return yaml.load(source, Loader=yaml.CSafeLoader)


def permitted(enum: str) -> set[str]:
    return set(biolink()["enums"][enum]["permissible_values"])


def unpacked(graph: Graph, form: str, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(graph.bytes(form))) as archive:
        archive.extractall(folder)
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    header, *found = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return [dict(zip(header, row, strict=True)) for row in found]


def objects(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_the_seed_as_kgx(graph: Graph, tmp_path: Path) -> None:
    folder = unpacked(graph, "kgx", tmp_path)
    nodes = {row["id"]: row for row in rows(folder / "nodes.tsv")}
    edges, omitted = rows(folder / "edges.tsv"), rows(folder / "omitted.tsv")
    standing = [c for c in graph.claims().values() if c.status in ("accepted", "candidate")]
    assert len(edges) + len(omitted) == len(standing)
    assert len(edges) > 20
    for edge in edges:
        assert edge["subject"] in nodes
        assert edge["object"] in nodes
        assert edge["publications"].startswith("PMID:")
        assert edge["knowledge_level"] in permitted("KnowledgeLevelEnum")
        assert edge["agent_type"] in permitted("AgentTypeEnum")
        for end in ("subject", "object"):
            direction = edge[f"{end}_direction_qualifier"]
            assert direction in permitted("DirectionQualifierEnum") | {""}
    reversal = next(e for e in edges if e["evipath_predicate"] == "reverses")
    assert reversal["subject"] == "FPLX:NFkappaB"
    assert reversal["object"] == "GO:0001837"
    assert reversal["object_direction_qualifier"] == "decreased"


def test_the_traps_in_both_forms(graph: Graph, tmp_path: Path) -> None:
    table = {row["id"]: row for row in rows(unpacked(graph, "kgx", tmp_path) / "edges.tsv")}
    lines = objects(unpacked(graph, "kgx-jsonl", tmp_path) / "edges.jsonl")
    by_id = {line["id"]: line for line in lines}
    assert table.keys() == by_id.keys()
    trap = {name: by_id.get(claim) for name, claim in graph.traps.items()}
    assert trap["rejected"] is trap["joint"] is None
    for name in ("null", "negated"):
        assert trap[name]["negated"] is True
    assert trap["knockdown"]["negated"] is False
    assert trap["hypothesis"]["knowledge_level"] == "prediction"
    assert trap["candidate"]["agent_type"] == "text_mining_agent"
    assert trap["retracted"]["evipath_retracted"] == "true"
    assert trap["odd"]["supporting_text"] == [QUOTE]
    assert table[graph.traps["odd"]]["supporting_text"] == QUOTE.replace("|", "/")


@pytest.mark.slow
def test_kgx_validates_what_is_written(larger: Graph, tmp_path: Path, shared_dir: Path) -> None:
    bad = shared_dir / "standards" / "kgx" / "bad"
    unpacked(larger, "kgx", tmp_path)
    unpacked(larger, "kgx-jsonl", tmp_path)
    broken, tsv, jsonl = kgx_errors(
        [
            ("tsv", bad / "nodes.tsv", bad / "edges.tsv"),
            ("tsv", tmp_path / "nodes.tsv", tmp_path / "edges.tsv"),
            ("jsonl", tmp_path / "nodes.jsonl", tmp_path / "edges.jsonl"),
        ],
        "FPLX,BOOL",
    )
    assert "INVALID_EDGE_PROPERTY_VALUE" in broken
    assert tsv == jsonl == {}


@pytest.mark.parametrize("measure", Measure)
def test_every_measure_is_an_aspect_of_biolink(measure: Measure) -> None:
    assert kgx.aspect(measure) in permitted("GeneOrGeneProductOrChemicalEntityAspectEnum")


@pytest.mark.parametrize("category", Category)
def test_every_category_is_a_class_of_biolink(category: Category) -> None:
    names = {name.title().replace(" ", "") for name in biolink()["classes"]}
    assert category.value in names


def test_a_cell_stays_one_cell() -> None:
    row = kgx.node(factories.entity("X:1", "a\tname\nof | two", synonyms=("one|other", "b")))
    line = kgx.tsv_row(("id", "name", "synonym"), row)
    assert line.decode() == "X:1\ta name of | two\tone/other|b\n"
    held = json.loads(kgx.json_row(("id", "name", "synonym"), row))
    assert held["name"] == "a\tname\nof | two"
    assert held["synonym"] == ["one|other", "b"]
