"""The tables of contexts tested like code: columns, order, identifiers, and what they say."""

from pathlib import Path

import pytest

from app.grounding import Lexicon
from app.model.identifiers import normalise_curie
from app.model.vocabulary import Category
from app.services.contexts import PLACED, table

FOLDER = Path(__file__).resolve().parents[2] / "seeds" / "context"
PLACING = ["id", "name", "is_a", "part_of", "same", "axis", "source"]
COLUMNS = {
    "species": PLACING,
    "tissues": PLACING,
    "cells": PLACING,
    "cell_line_tissues": ["tissue", "id", "source"],
    "cell_organisms": ["id", "name", "taxon", "source"],
}
AXES = {"species": {"species"}, "tissues": {"organ", ""}, "cells": {"lineage", ""}}
SOURCES = {
    "NCBITaxon": "NCBI Taxonomy",
    "UBERON": "Uberon",
    "CL": "Cell Ontology",
    "MESH": "MeSH",
    "EVIPATH": "EviPath",
}
ABOVE = {
    "CL:0002327": {"CL:0000066", "UBERON:0001911", "UBERON:0000310", "UBERON:0000483"},
    "UBERON:0001155": {"UBERON:0000059", "UBERON:0000160", "UBERON:0001555"},
    "NCBITaxon:10116": {
        "NCBITaxon:10067", "NCBITaxon:9989", "NCBITaxon:40674", "NCBITaxon:7742",
        "NCBITaxon:33208",
    },
}  # fmt: skip


def placed() -> list[dict[str, str]]:
    return [row for name in PLACED for row in table(name)]


def wider(row: dict[str, str]) -> list[str]:
    return [each for column in ("is_a", "part_of") for each in row[column].split("|") if each]


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_columns_and_order(name: str) -> None:
    header, *body = (
        line.split("\t") for line in (FOLDER / f"{name}.tsv").read_text("utf-8").splitlines()
    )
    assert header == COLUMNS[name]
    assert all(len(row) == len(header) and all(row[-1:]) for row in body)
    assert all(cell == " ".join(cell.split()) for row in body for cell in row)
    assert body == sorted(body)


def test_there_is_no_other_table() -> None:
    assert sorted(each.stem for each in FOLDER.glob("*.tsv")) == sorted(COLUMNS)


def test_every_entity_stands_once_and_is_written_canonically() -> None:
    ids = [one for row in placed() for one in (row["id"], *filter(None, row["same"].split("|")))]
    assert len(ids) == len(set(ids))
    assert all(normalise_curie(one) == one for one in ids)
    assert len({row["name"] for row in placed()}) == len(placed())


def test_what_is_wider_has_a_row_and_nothing_lies_within_itself() -> None:
    up = {row["id"]: wider(row) for row in placed()}
    for start in up:
        seen: set[str] = set()
        waiting = list(up[start])
        while waiting:
            one = waiting.pop()
            assert one in up, one
            assert one != start, start
            if one not in seen:
                seen.add(one)
                waiting += up[one]
        if start in ABOVE:
            assert seen == ABOVE[start]


@pytest.mark.parametrize("name", sorted(AXES))
def test_axes_and_sources(name: str) -> None:
    rows = list(table(name))
    assert {row["axis"] for row in rows} <= AXES[name]
    assert all(row["source"] == SOURCES[row["id"].partition(":")[0]] for row in rows)


def test_identifiers_of_the_lexicon_are_what_their_rows_say() -> None:
    lexicon = Lexicon.load()
    kinds = {"cells": Category.CELL, "tissues": Category.ANATOMICAL_ENTITY}
    for name, category in kinds.items():
        for row in table(name):
            for one in (row["id"], *filter(None, row["same"].split("|"))):
                if one.startswith(("MESH:", "EVIPATH:")):
                    entity = lexicon.entity(one)
                    assert entity is not None, one
                    assert entity.category is category, one


def test_every_tissue_and_species_of_a_cell_line_is_known() -> None:
    lines = (FOLDER.parent / "lexicon" / "own" / "cell_lines.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines[1:]]
    tissues = {row["tissue"]: row["id"] for row in table("cell_line_tissues")}
    ids = {row["id"] for row in placed()}
    assert set(tissues) == {row[4] for row in rows}
    assert {one for one in tissues.values() if one} <= ids
    assert {row[3] for row in rows} <= {row["id"] for row in table("species")}


def test_cells_that_imply_a_species_are_placed() -> None:
    ids = {row["id"] for row in placed()}
    for row in table("cell_organisms"):
        assert {row["id"], row["taxon"]} <= ids
