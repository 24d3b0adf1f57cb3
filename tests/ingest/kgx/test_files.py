"""The files of a pair: nodes, tables, JSON Lines, gzip, and finding which belong together."""

import contextlib
import gzip
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.ingest.imported import ImportedClaim, ImportedEntity, ImportedRelation, LeftOut
from app.ingest.kgx import KgxGraph, Pair, as_nodes_or_edges, pair_of, pairs_in
from app.model.errors import BadInput
from app.model.vocabulary import Category
from tests.ingest.kgx.pairs import NODES, pair, read, write

EDGE = {"subject": "HGNC:1", "predicate": "biolink:causes", "object": "HGNC:2"}


def entity(folder: Path, **cells: str) -> ImportedEntity:
    item = read(KgxGraph(pair(folder, [EDGE], [{"id": "HGNC:1", **cells}])))[0]
    assert isinstance(item, ImportedEntity), item
    return item


@pytest.mark.parametrize(
    ("given_", "category", "kept"),
    [
        ("biolink:Gene", Category.GENE, ()),
        ("biolink:ChemicalEntity|biolink:SmallMolecule", Category.SMALL_MOLECULE, ()),
        ("biolink:Drug", Category.CHEMICAL_ENTITY, ("Drug",)),
        ("biolink:Drug|biolink:SmallMolecule", Category.SMALL_MOLECULE, ("Drug",)),
        ("biolink:Pathway|biolink:BiologicalProcess", Category.PATHWAY, ()),
        ("biolink:Spaceship", Category.NAMED_THING, ("Spaceship",)),
        ("", Category.NAMED_THING, ()),
    ],
)  # fmt: skip
def test_the_narrowest_category_that_the_schema_knows(
    tmp_path: Path, given_: str, category: Category, kept: tuple[str, ...]
) -> None:
    item = entity(tmp_path, category=given_)
    assert (item.entity.category, item.entity.imported_categories) == (category, kept)
    assert item.marks[: len(kept)] == tuple(f"category outside the schema, kept: {k}" for k in kept)


def test_a_node_becomes_an_entity_with_all_it_says(tmp_path: Path) -> None:
    item = entity(
        tmp_path,
        category="biolink:Gene",
        name="AAA",
        synonym="a|b",
        xref="NCBIGene:1",
        description="what it is",
        in_taxon="NCBITaxon:9606",
        same_as="NCBIGene:1|HGNC:1|junk",
        provided_by="infores:x",
    )
    made = item.entity
    assert (made.id, made.name, made.synonyms) == ("HGNC:1", "AAA", ("a", "b"))
    assert (made.xrefs, made.description) == (("NCBIGene:1",), "what it is")
    assert (made.taxon, made.source, item.same_as) == (
        "NCBITaxon:9606",
        "infores:x",
        ("NCBIGene:1",),
    )


def test_a_further_prefix_is_registered_with_the_import(tmp_path: Path) -> None:
    nodes = [{"id": "BOOL:A"}, {"id": "bool:B"}, {"id": "GO:1"}, {"id": "https://x.y/z"}]
    graph = KgxGraph(pair(tmp_path, [{**EDGE, "subject": "BOOL:A", "object": "BOOL:B"}], nodes))
    items = read(graph)
    assert [i.entity.id for i in items if isinstance(i, ImportedEntity)] == ["BOOL:A", "BOOL:B"]
    assert graph.further_prefixes == ("BOOL",)
    assert [i.place.line for i in items if isinstance(i, LeftOut)] == [4, 5]
    assert any(isinstance(i, ImportedClaim) for i in items)


def test_only_nodes_register_prefixes(tmp_path: Path) -> None:
    graph = KgxGraph(pair(tmp_path, [{**EDGE, "subject": "NOSUCH:1"}]))
    (left,) = [item for item in read(graph) if isinstance(item, LeftOut)]
    assert (left.bad, graph.further_prefixes) == (True, ())


def test_equivalent_nodes_become_relations(tmp_path: Path) -> None:
    nodes = [{"id": "HGNC:1", "category": "biolink:Gene", "same_as": "NCBIGene:1|NCBIGene:2"},
             {"id": "NCBIGene:1", "category": "biolink:Gene"}]  # fmt: skip
    items = read(KgxGraph(pair(tmp_path, [{**EDGE, "object": "NCBIGene:1"}], nodes)))
    relations = [item.relation.key for item in items if isinstance(item, ImportedRelation)]
    assert relations == [("HGNC:1", "same_as", "NCBIGene:1")]
    assert [item.bad for item in items if isinstance(item, LeftOut)] == [False]


def as_jsonl(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows))
    return path


def test_json_lines_say_the_same_as_a_table(tmp_path: Path) -> None:
    edge = {**EDGE, "id": "e", "publications": "PMID:1|PMID:2", "negated": "false"}
    table = read(KgxGraph(pair(tmp_path, [edge])))
    nodes = as_jsonl(
        tmp_path / "n.jsonl", [{**row, "category": [row["category"]]} for row in NODES]
    )
    listed = {**edge, "publications": ["PMID:1", "PMID:2"], "negated": False}
    edges = as_jsonl(tmp_path / "e.jsonl", [listed])
    lines = read(KgxGraph(Pair(nodes, edges)))
    ours = [i.claim.id for i in table if isinstance(i, ImportedClaim)]
    theirs = [i.claim.id for i in lines if isinstance(i, ImportedClaim)]
    assert len(ours) == 1
    assert ours == theirs


def test_gzip_is_read_and_a_torn_one_told(tmp_path: Path) -> None:
    plain = pair(tmp_path, [EDGE])
    packed = Pair(tmp_path / "nodes.tsv.gz", tmp_path / "edges.tsv.gz")
    for source, target in ((plain.nodes, packed.nodes), (plain.edges, packed.edges)):
        target.write_bytes(gzip.compress(source.read_bytes()))
    assert len(read(KgxGraph(packed))) == len(NODES) + 1
    packed.edges.write_bytes(packed.edges.read_bytes()[:-12])
    with pytest.raises(BadInput, match=r"edges\.tsv\.gz"):
        read(KgxGraph(packed))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("id\tsubject\tobject\n", "no column predicate"),
        ("id\tid\tsubject\tpredicate\tobject\n", "twice"),
    ],
)
def test_a_file_that_is_none_is_told(tmp_path: Path, text: str, reason: str) -> None:
    made = pair(tmp_path, [EDGE])
    made.edges.write_text(text)
    with pytest.raises(BadInput, match=reason):
        read(KgxGraph(made))


def test_rows_that_are_no_rows_are_told_with_their_line(tmp_path: Path) -> None:
    made = pair(tmp_path, [EDGE, EDGE])
    lines = made.edges.read_bytes().splitlines()
    made.edges.write_bytes(b"\n".join([lines[0], b"a\tb", b"\xff\xff\tx\ty", b"", lines[1]]))
    items = read(KgxGraph(made))
    assert [i.place.line for i in items if isinstance(i, LeftOut)] == [2, 3]
    assert sum(isinstance(i, ImportedClaim) for i in items) == 1


def test_finding_pairs(tmp_path: Path) -> None:
    made = pair(tmp_path, [EDGE])
    write(tmp_path / "edges.other.tsv", [EDGE])
    below = tmp_path / "below"
    below.mkdir()
    write(below / "x_nodes.tsv", NODES)
    write(below / "x_edges.tsv", [EDGE])
    found = [(p.nodes.name, p.edges.name) for p in pairs_in(tmp_path)]
    assert found == [("nodes.tsv", "edges.tsv"), ("x_nodes.tsv", "x_edges.tsv")]
    assert pair_of([made.edges, made.nodes]) == made
    assert as_nodes_or_edges(tmp_path / "edges.other.tsv") == "edges"
    (tmp_path / "articles.jsonl").write_text('{"title": "x", "id": "PMID:1"}')
    assert as_nodes_or_edges(tmp_path / "articles.jsonl") is None


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (("edges.tsv",), "no file of nodes"),
        (("nodes.tsv",), "no file of edges"),
        (("nodes.tsv", "edges.tsv", "edges.other.tsv"), "more than one"),
    ],
)
def test_half_a_pair_is_told(tmp_path: Path, names: tuple[str, ...], reason: str) -> None:
    pair(tmp_path, [EDGE])
    write(tmp_path / "edges.other.tsv", [EDGE])
    with pytest.raises(BadInput, match=reason):
        pair_of([tmp_path / name for name in names])


CELLS = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\t\n\r\0"), max_size=20
)
WORDS = st.sampled_from(
    ["", "HGNC:1", "HGNC:2", "CHEBI:1", "biolink:causes", "biolink:affects", "biolink:part_of",
     "biolink:caused_by", "increased", "decreased", "degradation", "true", "false", "ECO:0000016",
     "ECO:0000016|ECO:0000017", "ECO:1", "loss_of_function_variant_form", "manual_agent", "|||"]
)  # fmt: skip
COLUMNS = ["id", "subject", "predicate", "object", "qualified_predicate",
           "subject_direction_qualifier", "object_direction_qualifier", "object_aspect_qualifier",
           "subject_form_or_variant_qualifier", "species_context_qualifier", "negated",
           "has_evidence", "publications", "supporting_text", "agent_type", "odd"]  # fmt: skip
ROWS = st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, WORDS | CELLS)), max_size=5)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ROWS)
def test_hostile_rows_never_crash(tmp_path: Path, rows: list[dict[str, str]]) -> None:
    made = pair(tmp_path, rows or [EDGE])
    for item in read(KgxGraph(made)):
        if isinstance(item, ImportedClaim):
            assert len(item.claim.id) == 64


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=200) | st.lists(st.recursive(
    st.none() | st.booleans() | st.text(max_size=5) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(COLUMNS), inner),
)).map(lambda values: "\n".join(json.dumps(v) for v in values).encode()))  # fmt: skip
def test_hostile_bytes_never_crash(tmp_path: Path, data: bytes) -> None:
    made = pair(tmp_path, [EDGE])
    made.edges.write_bytes(data)
    as_nodes_or_edges(made.edges)
    with contextlib.suppress(BadInput):
        read(KgxGraph(made))
