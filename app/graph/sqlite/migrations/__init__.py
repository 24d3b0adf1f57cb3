"""Numbered steps from each schema version to the next.

``STEPS[n]`` brings a store from version ``n`` to ``n + 1``; it runs inside the migration's
transaction, ends with ``PRAGMA user_version = n + 1`` (the number written out), and neither
commits nor rolls back. A step, once released, is never edited.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import resources

Step = Callable[[sqlite3.Connection], None]


def statements(package: str, file: str) -> Iterator[str]:
    """Yield the statements of a file of SQL that ships with the code."""
    script = resources.files(package).joinpath(file).read_text("utf-8")
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _run(connection: sqlite3.Connection, file: str) -> None:
    for statement in statements(__name__, file):
        connection.execute(statement)


STEPS: Mapping[int, Step] = {
    1: partial(_run, file="to_2.sql"),
    2: partial(_run, file="to_3.sql"),
    3: partial(_run, file="to_4.sql"),
}
"""The steps, by the version that they start from."""
