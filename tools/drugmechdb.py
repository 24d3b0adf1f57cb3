"""DrugMechDB's paths as a KGX pair: ``python -m tools.drugmechdb indication_paths.jsonl.gz OUT``.

Each path is a line of node-link JSON. Equal links of several paths become one edge; the paths that
it stands in, and the diseases that they end in, are kept as columns. References are those of a
whole path, so that they are kept as a column and are no publication of a single edge.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

SOURCE = "infores:drugmechdb"
CATEGORY = {"Drug": "Drug", "ChemicalSubstance": "ChemicalEntity"}
PREFIX = {"DB": "DRUGBANK", "taxonomy": "NCBITaxon", "reactome": "REACT"}
NODE_COLUMNS = ("id", "category", "name", "provided_by")
EDGE_COLUMNS = (
    "id", "subject", "predicate", "object", "category", "primary_knowledge_source",
    "knowledge_level", "agent_type", "drugmechdb_paths", "drugmechdb_references",
)  # fmt: skip


def main() -> int:
    """Write ``nodes.tsv`` and ``edges.tsv``; print how many of each there are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("paths", type=Path)
    parser.add_argument("out", type=Path)
    asked = parser.parse_args()
    nodes, edges = convert(asked.paths, asked.out)
    print(f"{nodes} nodes, {edges} edges")
    return 0


def convert(source: Path, out: Path) -> tuple[int, int]:
    """Write the pair into a folder; return how many nodes and edges there are."""
    nodes: dict[str, dict[str, str]] = {}
    edges: dict[str, dict[str, list[str]]] = {}
    for path in _paths(source):
        for node in path["nodes"]:
            nodes.setdefault(curie(node["id"]), _node(node))
        for link in path["links"]:
            key = "\t".join((curie(link["source"]), _predicate(link["key"]), curie(link["target"])))
            held = edges.setdefault(key, {"paths": [], "references": []})
            held["paths"].append(path["graph"]["_id"])
            held["references"] += path.get("references", [])
    out.mkdir(parents=True, exist_ok=True)
    _write(out / "nodes.tsv", NODE_COLUMNS, (nodes[key] for key in sorted(nodes)))
    _write(out / "edges.tsv", EDGE_COLUMNS, (_edge(key, edges[key]) for key in sorted(edges)))
    return len(nodes), len(edges)


def _paths(source: Path) -> Iterator[dict[str, Any]]:
    opened: IO[str]
    with (gzip.open if source.suffix == ".gz" else open)(source, "rt", encoding="utf-8") as opened:
        for line in opened:
            yield json.loads(line)


def _node(node: dict[str, str]) -> dict[str, str]:
    label = node["label"]
    return {
        "id": curie(node["id"]),
        "category": f"biolink:{CATEGORY.get(label, label)}",
        "name": _cell(node["name"]),
        "provided_by": SOURCE,
    }


def _edge(key: str, held: dict[str, list[str]]) -> dict[str, str]:
    subject, predicate, target = key.split("\t")
    return {
        "id": f"drugmechdb:{subject}-{predicate}-{target}",
        "subject": subject,
        "predicate": f"biolink:{predicate}",
        "object": target,
        "category": "biolink:Association",
        "primary_knowledge_source": SOURCE,
        "knowledge_level": "knowledge_assertion",
        "agent_type": "manual_agent",
        "drugmechdb_paths": "|".join(dict.fromkeys(held["paths"])),
        "drugmechdb_references": "|".join(dict.fromkeys(map(_cell, held["references"]))),
    }


def curie(text: str) -> str:
    """Return an id of DrugMechDB with the prefix that Biolink has for it."""
    prefix, _, local = text.partition(":")
    return f"{PREFIX.get(prefix, prefix)}:{local}"


def _predicate(text: str) -> str:
    return text.strip().replace(" ", "_")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "/")


def _write(target: Path, columns: tuple[str, ...], rows: Iterator[dict[str, str]]) -> None:
    with target.open("w", encoding="utf-8") as out:
        out.write("\t".join(columns) + "\n")
        out.writelines("\t".join(row[column] for column in columns) + "\n" for row in rows)


if __name__ == "__main__":
    sys.exit(main())
