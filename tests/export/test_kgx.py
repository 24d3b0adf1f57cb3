"""KGX rows: every name in them is Biolink's, every cell is one cell."""

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.bootstrap import build
from app.export import kgx
from app.model.vocabulary import Category, Measure
from app.services import export, revisions
from app.services.seeds import load_seeds
from app.settings import Settings
from tests.support import factories


@cache
def biolink() -> Any:
    source = files("biolink_model.schema").joinpath("biolink_model.yaml").read_text()
    return yaml.load(source, Loader=yaml.CSafeLoader)


def permitted(enum: str) -> set[str]:
    return set(biolink()["enums"][enum]["permissible_values"])


def tables(tmp_path: Path) -> dict[str, list[dict[str, str]]]:
    parts = build(Settings(store=f"sqlite:///{tmp_path / 'graph.db'}"))
    load_seeds(parts.store)
    head = revisions.resolve(parts.store, None)
    found = {}
    for name, lines in export.kgx_tables(parts.store, head):
        header, *rows = (line.rstrip("\n").split("\t") for line in lines)
        found[name] = [dict(zip(header, row, strict=True)) for row in rows]
    parts.close()
    return found


def test_the_seed_as_kgx(tmp_path: Path) -> None:
    found = tables(tmp_path)
    nodes = {row["id"]: row for row in found["nodes.tsv"]}
    edges, omitted = found["edges.tsv"], found["omitted.tsv"]
    assert len(edges) + len(omitted) == 18
    assert edges
    for edge in edges:
        assert edge["subject"] in nodes
        assert edge["object"] in nodes
        assert edge["publications"] == "PMID:15314694"
        assert edge["knowledge_level"] in permitted("KnowledgeLevelEnum")
        assert edge["agent_type"] in permitted("AgentTypeEnum")
        for end in ("subject", "object"):
            direction = edge[f"{end}_direction_qualifier"]
            assert direction in permitted("DirectionQualifierEnum") | {""}
    reversal = next(e for e in edges if e["evipath_predicate"] == "reverses")
    assert reversal["subject"] == "FPLX:NFkappaB"
    assert reversal["object"] == "GO:0001837"
    assert reversal["object_direction_qualifier"] == "decreased"


@pytest.mark.parametrize("measure", Measure)
def test_every_measure_is_an_aspect_of_biolink(measure: Measure) -> None:
    assert kgx.aspect(measure) in permitted("GeneOrGeneProductOrChemicalEntityAspectEnum")


@pytest.mark.parametrize("category", Category)
def test_every_category_is_a_class_of_biolink(category: Category) -> None:
    names = {name.title().replace(" ", "") for name in biolink()["classes"]}
    assert category.value in names


def test_a_cell_stays_one_cell() -> None:
    row = kgx.node(factories.entity("X:1", "a\tname\nof | two", synonyms=("one|other", "b")))
    assert row["name"] == "a name of | two"
    assert row["synonym"] == "one/other|b"
