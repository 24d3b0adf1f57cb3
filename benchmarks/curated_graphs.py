"""Curated graphs of the shared data, each loaded into a scratch store by the product's own import.

BEL that curators wrote beside the sentences that they read (conib, covid19kg, the Human Brain
Pharmacome), and DrugMechDB's mechanisms. Loading takes minutes of CPU, so that stores are kept in
``.cache/bench`` and made again only where they are missing.
"""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from app.bootstrap import open_store
from app.graph.port import ClaimFilter, GraphView
from app.ingest.bel import BelGraph
from app.ingest.imported import Graph
from app.ingest.kgx import KgxGraph, pairs_in
from app.model.edge_columns import EdgeColumns
from app.reasoning.columns import Flags
from app.reasoning.index import Index, build_index
from app.services.bel_names import LexiconNames
from app.services.graphs import sort_out
from app.services.importing import import_graph
from app.settings import Settings
from benchmarks.extraction.abstracts import ROOT, data_dir
from tools import drugmechdb

STORES = ROOT / ".cache" / "bench"
BEL = ("conib", "covid19kg", "hbp-knowledge")
_PAGE = 5000


@dataclass(frozen=True, slots=True)
class Curated:
    """A graph's edges.

    ``texts`` says for each claim which words it was read from; 0 where there are none.
    """

    name: str
    columns: EdgeColumns
    relations: tuple[Any, ...]
    categories: dict[str, Any]
    texts: np.ndarray[tuple[int], np.dtype[np.int32]]

    def index(self, kept: Flags | None = None) -> Index:
        """Return the index of the edges that are kept."""
        columns = self.columns if kept is None else _some(self.columns, kept)
        return build_index(columns, self.relations, self.categories, {})


def curated(name: str) -> Curated:
    """Return a graph from its store, which is loaded first where there is none."""
    with (
        closing(open_store(f"sqlite:///{_loaded(name)}", Settings())) as store,
        store.view() as view,
    ):
        columns = view.edge_columns()
        relations = tuple(view.relations())
        known = view.entities(sorted({each.object for each in relations}))
        texts = _texts(view, columns)
    categories = {each.id: each.category for each in known.values()}
    return Curated(name, columns, relations, categories, texts)


def _texts(view: GraphView, columns: EdgeColumns) -> Any:
    place = {
        claim: number for number, claim in enumerate(columns.claim_ids(range(len(columns.claims))))
    }
    texts = np.zeros(len(place), dtype=np.int32)
    seen: dict[str, int] = {}
    after = None
    while True:
        page = view.claim_page(ClaimFilter(), after, _PAGE)
        for stored in page.items:
            at = place.get(stored.id)
            if at is None:
                continue
            words = stored.claim.quotes[0].text if stored.claim.quotes else ""
            texts[at] = seen.setdefault(words, len(seen) + 1) if words else 0
        after = page.next_after
        if after is None:
            return texts


def _some(columns: EdgeColumns, kept: Flags) -> EdgeColumns:
    rows = {
        name: getattr(columns, name)[kept]
        for name in (
            "subject", "object", "claim", "place", "paper", "sign", "side", "aspect", "status",
            "epistemic", "evidence", "confidence", "conditioned",
        )
    }  # fmt: skip
    return replace(columns, **rows)


def _loaded(name: str) -> Path:
    path = STORES / f"{name}.db"
    if not path.exists():
        STORES.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        unfinished.unlink(missing_ok=True)
        with closing(open_store(f"sqlite:///{unfinished}", Settings())) as store:
            for graph in _graphs(name):
                import_graph(store, graph, actor="bench")
        unfinished.rename(path)
    return path


def _graphs(name: str) -> list[Graph]:
    shared = data_dir()
    if name == "drugmechdb":
        folder = STORES / name
        drugmechdb.convert(shared / "graphs" / name / "indication_paths.jsonl.gz", folder)
        return [KgxGraph(pair, correlations=True) for pair in pairs_in(folder)]
    if name == "hbp-knowledge":
        script = STORES / f"{name}.bel"
        source = shared / "extraction" / name / "edges_with_evidence.jsonl.gz"
        script.write_text("\n".join(_script(source)), encoding="utf-8")
        return [BelGraph(name, [script], LexiconNames.load())]
    return sort_out([str(shared / "graphs" / "bel-cc0" / name)]).graphs


def _script(source: Path) -> Iterator[str]:
    """Yield the Human Brain Pharmacome's edges as a BEL script."""
    said: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        for edge in map(json.loads, lines):
            ends = [_term(edge[end], edge[f"{end}_mod"]) for end in ("subject", "object")]
            if edge["citation_type"] == "PubMed" and all(ends):
                statement = f"{ends[0]} {edge['relation']} {ends[1]}"
                said[edge["pmid"], edge["evidence"]].append(statement)
    yield 'SET DOCUMENT Name = "Human Brain Pharmacome"'
    yield 'SET DOCUMENT Version = "1.0.0"'
    for (pmid, words), statements in said.items():
        escaped = " ".join(words.split()).replace("\\", " ").replace('"', '\\"')
        yield f'SET Citation = {{"PubMed", "{pmid}"}}'
        yield f'SET Evidence = "{escaped}"'
        yield from dict.fromkeys(statements)


def _term(term: str, change: dict[str, Any] | None) -> str | None:
    """Return an end of an edge with what is said of it; None for a translocation."""
    modifier = (change or {}).get("modifier")
    match modifier:
        case None:
            return term
        case "Activity":
            return f"act({term})"
        case "Degradation":
            return f"deg({term})"
        case _:
            return None
