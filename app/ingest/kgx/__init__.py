"""KGX pairs: a file of nodes and a file of edges, streamed, into entities and claims."""

from app.ingest.kgx.graph import KgxGraph
from app.ingest.kgx.pair import Pair, as_nodes_or_edges, pair_of, pairs_in

__all__ = ["KgxGraph", "Pair", "as_nodes_or_edges", "pair_of", "pairs_in"]
