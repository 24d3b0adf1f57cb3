"""Limits that the doors say in their help, too: this module imports nothing."""

from typing import Final

MOST_NETWORKS: Final = 1000
"""Networks that one simulation draws at most."""

MOST_NODES: Final = 300
"""Entities that one simulation holds at most."""

MOST_TARGETS: Final = 50
"""Entities that one question names in one place at most."""

MOST_SIGNATURE: Final = 5000
"""Entities that one signature names at most."""
