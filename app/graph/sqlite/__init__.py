"""The embedded store: one SQLite file."""

from app.graph.sqlite.store import SqliteStore, open_sqlite

__all__ = ["SqliteStore", "open_sqlite"]
