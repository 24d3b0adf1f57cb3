"""What is gathered for an answer: the knowledge graph, its results, and the log."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

import orjson

from app.graph.port import GraphView
from app.model.entity import Entity
from app.model.history import Snapshot
from app.services.same import SameAs
from app.trapi import biolink, edges
from app.trapi.constraints import conforms
from app.trapi.query import Json, QNode, Query

MOST_RESULTS: Final = 500
LEVELS: Final = ("ERROR", "WARNING", "INFO", "DEBUG")
SCORING: Final = "belief: from independent papers' reliability and matched hops, in (0, 1]"


@dataclass(slots=True)
class Answer:
    """An answer in the making; nodes stand under the identifiers that were asked for."""

    view: GraphView
    query: Query
    same: SameAs
    nodes: dict[str, Json] = field(default_factory=dict)
    edges: dict[str, Json] = field(default_factory=dict)
    graphs: dict[str, Json] = field(default_factory=dict)
    results: list[Json] = field(default_factory=list)
    logs: list[Json] = field(default_factory=list)
    status: str = "Success"
    _asked: dict[str, str] = field(default_factory=dict)
    _entities: dict[str, Entity] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Remember by which identifiers entities were asked for."""
        pinned = [
            each for node in self.query.message.query_graph.nodes.values() for each in node.pinned
        ]
        self.same.learn(pinned)
        for each in pinned:
            self._asked.setdefault(self.same.canonical(each), each)

    def name(self, entity: str) -> str:
        """Return the identifier that an entity has in the answer."""
        canonical = self.same.canonical(entity)
        return self._asked.get(canonical, canonical)

    def entities(self, ids: Iterable[str]) -> dict[str, Entity]:
        """Return entities by their identifiers; those that are not known are left out."""
        lacking = sorted({each for each in ids if each not in self._entities})
        self._entities |= self.view.entities(lacking)
        return self._entities

    def has(self, asked: Iterable[str]) -> bool:
        """Tell whether the graph knows one of these identifiers, or an equivalent."""
        return bool(self.view.entities(sorted({o for e in asked for o in self.same.group(e)})))

    def fits(self, node: QNode, entity: str) -> bool:
        """Tell whether an entity has the categories and attributes that a node asks for."""
        if not node.categories and not node.constraints:
            return True
        group = self.same.group(entity)
        known = self.entities(group)
        held = [known[each] for each in sorted(group) if each in known]
        categories = [each for one in held for each in edges.categories(one)]
        if node.categories and not biolink.has_category(categories, node.categories):
            return False
        attributes = [each for one in held for each in edges.node(one).get("attributes", ())]
        return conforms(attributes, node.constraints)

    def add_edge(self, edge: Json) -> str:
        """Add an edge under the answer's identifiers, with its nodes; return its key."""
        named = {**edge, "subject": self.name(edge["subject"]), "object": self.name(edge["object"])}
        key = sha256(orjson.dumps(named, option=orjson.OPT_SORT_KEYS)).hexdigest()[:20]
        if key not in self.edges:
            for end in (edge["subject"], edge["object"]):
                self.add_node(end)
            self.edges[key] = named
        return key

    def add_node(self, entity: str) -> str:
        """Add the node of an entity; return its identifier."""
        key = self.name(entity)
        if key not in self.nodes:
            group = self.same.group(entity)
            known = self.entities(group)
            canonical = self.same.canonical(entity)
            held = known.get(canonical) or next(
                (known[e] for e in sorted(group) if e in known), None
            )
            self.nodes[key] = (
                edges.node(held) if held else {"name": key, "categories": [biolink.NAMED_THING]}
            )
        return key

    def add_graph(self, keys: Iterable[str]) -> str:
        """Add an auxiliary graph of edges; return its key."""
        held = sorted(set(keys))
        key = sha256(orjson.dumps(held)).hexdigest()[:20]
        self.graphs[key] = {"edges": held}
        return key

    def log(self, level: str, message: str, code: str | None = None) -> None:
        """Say something in the log, if the client wants to hear it."""
        wanted = self.query.parameters.log_level
        if LEVELS.index(level) > LEVELS.index(wanted):
            return
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        entry = {"timestamp": now, "level": level, "message": message}
        self.logs.append({**entry, "code": code} if code else entry)

    def response(self, raw: Mapping[str, Any], schema: str, snapshot: Snapshot) -> Json:
        """Return the whole as a response of TRAPI 2.0."""
        ranked = sorted(self.results, key=_best, reverse=True)
        if len(ranked) > MOST_RESULTS:
            self.log("WARNING", f"Of {len(ranked)} results the best {MOST_RESULTS} are shown.")
            ranked = ranked[:MOST_RESULTS]
        message: Json = {
            "query_graph": raw["message"]["query_graph"],
            "knowledge_graph": {"nodes": self.nodes, "edges": self.edges},
            "results": ranked,
        }
        if self.graphs:
            message["auxiliary_graphs"] = self.graphs
        found = len(ranked)
        made: Json = {
            "message": message,
            "status": self.status,
            "description": f"{self.status}. {found} result{'' if found == 1 else 's'} found.",
            "schema_version": schema,
            "biolink_version": biolink.version(),
            "snapshot": snapshot.model_dump(mode="json"),
        }
        if self.logs:
            made["logs"] = self.logs
        for name in ("parameters", "workflow"):
            if name in raw:
                made[name] = raw[name]
        return made


def _best(result: Json) -> float:
    return max((float(each.get("score", 0.0)) for each in result["analyses"]), default=0.0)
