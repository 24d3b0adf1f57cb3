"""The store on Neo4j: a server or a cluster that a team shares."""

from app.graph.neo4j.store import Neo4jStore, open_neo4j

__all__ = ["Neo4jStore", "open_neo4j"]
