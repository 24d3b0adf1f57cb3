"""Neo4j's constraints and indexes rendered from the schema."""

from collections.abc import Sequence

from graph_schema.schema import EdgeType, Schema, Type

HEAD = """\
// Constraints and indexes of the typed graph, one statement a line.
// Generated from graph_schema/evipath.yaml by `python -m graph_schema.generate`; do not edit.
"""


def statements(schema: Schema) -> str:
    """Return ``app/graph/neo4j/schema.cypher``; a statement may be run again without harm."""
    lines = [
        *(_unique(each) for each in schema.nodes),
        *(_edge_index(each) for each in schema.edge_types if each.key is not None),
        *_fulltext([each for each in schema.nodes if each.fulltext]),
    ]
    return HEAD + "\n".join(lines) + "\n"


def _unique(node: Type) -> str:
    name = f"{str(node.label).lower()}_{node.key}"
    target = f"(n:{node.label}) REQUIRE n.{node.key} IS UNIQUE"
    return f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR {target}"


def _edge_index(edge: EdgeType) -> str:
    name = f"{edge.name.lower()}_{edge.key}"
    return f"CREATE INDEX {name} IF NOT EXISTS FOR ()-[r:{edge.name}]-() ON (r.{edge.key})"


def _fulltext(searched: Sequence[Type]) -> list[str]:
    """Return the indexes over names, if the schema has nodes that are searched by name.

    Each name is a ``Name`` node of its own, with its words and its trigrams, so that a prefix and
    a misspelt name find it. Both are prepared text, which an analyser must leave alone.
    """
    if not searched:
        return []
    plain = "OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}"
    return [
        f"CREATE FULLTEXT INDEX name_{part} IF NOT EXISTS FOR (n:Name) ON EACH [n.{part}] {plain}"
        for part in ("words", "trigrams")
    ]
