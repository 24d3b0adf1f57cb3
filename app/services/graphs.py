"""Which of the paths that are given hold graphs, and which hold documents."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.ingest.bel import BelGraph, bel_files, is_bel
from app.ingest.imported import Graph
from app.ingest.indra import IndraGraph, indra_files, is_indra
from app.ingest.kgx import KgxGraph, as_nodes_or_edges, pair_of, pairs_in
from app.services.bel_names import LexiconNames


@dataclass(slots=True)
class Found:
    """The graphs, and the paths that are left for the readers of documents."""

    graphs: list[Graph] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)


def sort_out(paths: Sequence[str], *, correlations: bool = False) -> Found:
    """Tell graphs from documents.

    Files of nodes and of edges make a pair; a directory gives the pairs, the BEL files and those of
    INDRA statements below it, and is left for the readers of documents where it has none.
    ``correlations`` is passed to the readers of pairs. Raises BadInput for half a pair.
    """
    found = Found()
    halves: list[Path] = []
    scripts: list[Path] = []
    statements: list[Path] = []
    for given in paths:
        path = Path(given)
        if given != "-" and path.is_dir():
            _directory(given, path, found, correlations=correlations)
        elif given != "-" and as_nodes_or_edges(path) is not None:
            halves.append(path)
        elif given != "-" and is_bel(path):
            scripts.append(path)
        elif given != "-" and is_indra(path):
            statements.append(path)
        else:
            found.documents.append(given)
    if halves:
        found.graphs.append(KgxGraph(pair_of(halves), correlations=correlations))
    if scripts:
        found.graphs.append(BelGraph(_named(scripts), scripts, LexiconNames.load()))
    if statements:
        found.graphs.append(IndraGraph(_named(statements), statements, LexiconNames.load()))
    return found


def _named(files: Sequence[Path]) -> str:
    more = f" and {len(files) - 3} more" if len(files) > 3 else ""
    return ", ".join(path.name for path in files[:3]) + more


def _directory(given: str, path: Path, found: Found, *, correlations: bool) -> None:
    pairs = list(pairs_in(path))
    scripts = list(bel_files(path))
    found.graphs += [KgxGraph(pair, correlations=correlations) for pair in pairs]
    if scripts:
        found.graphs.append(BelGraph(path.resolve().name, scripts, LexiconNames.load()))
    statements = list(indra_files(path))
    if statements:
        found.graphs.append(IndraGraph(path.resolve().name, statements, LexiconNames.load()))
    if not pairs and not scripts and not statements:
        found.documents.append(given)
