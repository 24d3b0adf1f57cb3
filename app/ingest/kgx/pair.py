"""Finding KGX pairs: which files hold nodes, which edges, and which belong together."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from app.ingest.kgx.rows import header
from app.model.errors import BadInput

_FILE: Final = re.compile(r".*\.(?:tsv|jsonl|ndjson)(?:\.gz)?", re.IGNORECASE)
_EDGES: Final = re.compile(r"edges", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pair:
    """The two files of a graph."""

    nodes: Path
    edges: Path

    @property
    def name(self) -> str:
        """The names of both files."""
        return f"{self.nodes.name} + {self.edges.name}"


def as_nodes_or_edges(path: Path) -> Literal["nodes", "edges"] | None:
    """Tell by a file's columns whether it holds nodes or edges; None for anything else.

    A file whose name says that it is one of them, but whose columns are not whole, is taken for
    it: reading it then tells what is missing.
    """
    if not _FILE.fullmatch(path.name) or not path.is_file():
        return None
    columns = header(path)
    if columns >= {"subject", "object"} or (columns and "subject" in columns - {"id"}):
        return "edges"
    if "id" in columns and columns & {"category", "name"} and "title" not in columns:
        return "nodes"
    stem = path.name.casefold()
    if ".tsv" in stem:
        return "edges" if "edges" in stem else "nodes" if "nodes" in stem else None
    return None


def pair_of(files: Sequence[Path]) -> Pair:
    """Return the pair that two files are, in either order.

    Raises BadInput that says which file is missing or too many.
    """
    kinds = {
        kind: [f for f in files if as_nodes_or_edges(f) == kind] for kind in ("nodes", "edges")
    }
    nodes, edges = kinds["nodes"], kinds["edges"]
    if len(nodes) == 1 and len(edges) == 1:
        return Pair(nodes[0], edges[0])
    if not nodes:
        raise BadInput(
            f"{_listed(edges)} holds edges of a KGX pair, but no file of nodes was given: name both"
        )
    if not edges:
        raise BadInput(
            f"{_listed(nodes)} holds nodes of a KGX pair, but no file of edges was given: name both"
        )
    raise BadInput(
        f"more than one KGX pair: nodes {_listed(nodes)}; edges {_listed(edges)}; name one pair at "
        "a time, or a directory in which their names tell which belong together"
    )


def pairs_in(folder: Path) -> Iterator[Pair]:
    """Yield the pairs below a directory: files of one name but for ``nodes`` and ``edges``."""
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(root) / name
            if not _EDGES.search(name) or not _FILE.fullmatch(name):
                continue
            for other in dict.fromkeys((_EDGES.sub("nodes", name), _EDGES.sub("Nodes", name))):
                if other in names and as_nodes_or_edges(path) == "edges":
                    yield Pair(Path(root) / other, path)


def _listed(files: Sequence[Path]) -> str:
    return ", ".join(str(each) for each in files)
