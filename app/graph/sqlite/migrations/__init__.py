"""Numbered steps from each schema version to the next.

``STEPS[n]`` brings a store from version ``n`` to ``n + 1``; it runs inside the migration's
transaction, ends with ``PRAGMA user_version = n + 1`` (the number written out), and neither
commits nor rolls back. A step, once released, is never edited.
"""

import sqlite3
from collections.abc import Callable, Mapping

Step = Callable[[sqlite3.Connection], None]

STEPS: Mapping[int, Step] = {}
"""The steps, by the version that they start from."""
