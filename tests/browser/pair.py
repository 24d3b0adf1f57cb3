"""A small graph as a KGX pair: a family with members, a contradiction, many neighbours, markup."""

from collections.abc import Sequence
from pathlib import Path

HUB = "HGNC:11998"
"""TP53, with more neighbours than are drawn at first."""

FAMILY = "FPLX:SMAD"
HOSTILE = "<img src=x onerror=alert(1)> \u202egnp"
NEIGHBOURS = 80

_NODES = [
    (HUB, "TP53", "biolink:Gene"),
    (FAMILY, "SMAD", "biolink:GeneFamily"),
    ("HGNC:6768", "SMAD2", "biolink:Gene"),
    ("HGNC:6769", "SMAD3", "biolink:Gene"),
    ("GO:0006915", "apoptotic process", "biolink:BiologicalProcess"),
    ("MESH:C000001", HOSTILE, "biolink:SmallMolecule"),
    ("NCBITaxon:10090", "Mus musculus", "biolink:OrganismTaxon"),
]
_EDGES = [
    (HUB, "increased", "GO:0006915", ""),
    (HUB, "decreased", "GO:0006915", ""),
    (FAMILY, "increased", HUB, "NCBITaxon:10090"),
    ("MESH:C000001", "decreased", HUB, ""),
]
_MEMBERS = [("HGNC:6768", FAMILY), ("HGNC:6769", FAMILY)]


def write(directory: Path) -> list[Path]:
    """Write the pair; return the paths of nodes and edges."""
    genes = [(f"HGNC:{20000 + number}", f"GENE{number}") for number in range(NEIGHBOURS)]
    nodes = directory / "small_nodes.tsv"
    rows = [*_NODES, *((curie, name, "biolink:Gene") for curie, name in genes)]
    nodes.write_text(_table(("id", "name", "category"), rows), encoding="utf-8")
    signs = ("increased", "decreased")
    more = [(HUB, signs[number % 2], curie, "") for number, (curie, _) in enumerate(genes)]
    edges = directory / "small_edges.tsv"
    columns = (
        "id", "subject", "predicate", "object", "object_direction_qualifier",
        "species_context_qualifier", "knowledge_level", "agent_type", "primary_knowledge_source",
    )  # fmt: skip
    said = ("knowledge_assertion", "manual_agent", "infores:test")
    causal = [
        (subject, "biolink:affects", target, direction, organism, *said)
        for subject, direction, target, organism in [*_EDGES, *more]
    ]
    kin = [(member, "biolink:member_of", whole, "", "", *said) for member, whole in _MEMBERS]
    numbered = [(f"e{number}", *row) for number, row in enumerate([*causal, *kin])]
    edges.write_text(_table(columns, numbered), encoding="utf-8")
    return [nodes, edges]


def _table(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    return "".join("\t".join(row) + "\n" for row in [columns, *rows])
