"""EviPath: a literature-curated knowledge graph that reasons over paths of claims."""

__version__ = "0.1.0"
