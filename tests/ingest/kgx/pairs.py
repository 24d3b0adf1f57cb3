"""Small KGX pairs for tests, and what their edges become."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from app.ingest.imported import (
    Imported,
    ImportedClaim,
    ImportedEntity,
    ImportedRelation,
    LeftOut,
    Node,
)
from app.ingest.kgx import KgxGraph, Pair
from app.model.edge import Edge
from app.reasoning.rules import derive_edges

NODES = (
    {"id": "HGNC:1", "category": "biolink:Gene", "name": "AAA"},
    {"id": "HGNC:2", "category": "biolink:Gene", "name": "BBB"},
    {"id": "HGNC:7797", "category": "biolink:Gene", "name": "NFKBIA"},
    {"id": "HGNC:6773", "category": "biolink:Gene", "name": "SMAD7"},
    {"id": "FPLX:AB", "category": "biolink:GeneFamily", "name": "AB family"},
    {"id": "FPLX:AB_complex", "category": "biolink:MacromolecularComplex", "name": "AB complex"},
    {"id": "GO:0000001", "category": "biolink:BiologicalProcess", "name": "a process"},
    {"id": "GO:0000002", "category": "biolink:BiologicalProcess", "name": "a wider process"},
    {"id": "MONDO:0000001", "category": "biolink:Disease", "name": "a disease"},
    {"id": "CHEBI:1", "category": "biolink:SmallMolecule", "name": "a drug"},
)
MANUAL = {"knowledge_level": "knowledge_assertion", "agent_type": "manual_agent"}


def write(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = ["\t".join(columns)]
    lines += ["\t".join(row.get(column, "") for column in columns) for row in rows]
    path.write_text("\n".join(lines) + "\n")
    return path


def pair(
    folder: Path,
    edges: Sequence[Mapping[str, str]],
    nodes: Sequence[Mapping[str, str]] = NODES,
) -> Pair:
    return Pair(write(folder / "nodes.tsv", nodes), write(folder / "edges.tsv", edges))


def read(graph: KgxGraph) -> list[Imported | ImportedEntity]:
    """Return all that a graph gives, its statements read with its own nodes."""
    nodes: dict[str, Node] = {}
    found: list[Imported | ImportedEntity] = []
    for item in graph.items():
        if isinstance(item, ImportedEntity):
            nodes[item.entity.id] = Node(item.entity.id, item.entity.name, item.entity.category)
            found.append(item)
        elif isinstance(item, LeftOut):
            found.append(item)
        else:
            found.append(item.read(nodes))
    return found


def statements(
    folder: Path, *edges: Mapping[str, str], correlations: bool = False
) -> list[Imported]:
    """Return what edges between :data:`NODES` become."""
    graph = KgxGraph(pair(folder, edges), correlations=correlations)
    return [item for item in read(graph) if not isinstance(item, ImportedEntity)]


def claim_of(folder: Path, *, correlations: bool = False, **cells: str) -> ImportedClaim:
    """Return the claim of one edge, from HGNC:1 to HGNC:2 unless said otherwise."""
    edge = {"subject": "HGNC:1", "object": "HGNC:2", **MANUAL, **cells}
    (item,) = statements(folder, edge, correlations=correlations)
    assert isinstance(item, ImportedClaim), item
    return item


def relation_of(folder: Path, **cells: str) -> ImportedRelation | LeftOut:
    (item,) = statements(folder, {**MANUAL, **cells})
    assert not isinstance(item, ImportedClaim)
    return item


def edges_of(item: ImportedClaim) -> list[tuple[str, str, str, str | None, str | None]]:
    """Return (subject, sign, object, side, aspect) of each edge of a claim."""
    return [_short(edge) for edge in derive_edges(item.claim, judged=item.manual)]


def _short(edge: Edge) -> tuple[str, str, str, str | None, str | None]:
    side, aspect = edge.side, edge.aspect
    return (
        edge.subject,
        edge.sign.value,
        edge.object,
        side.value if side else None,
        aspect.value if aspect else None,
    )
