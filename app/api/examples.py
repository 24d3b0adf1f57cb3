"""An example of each operation's answer, by its operationId: what it answers on the seed.

``python -m tools.api_examples`` writes them.
"""

from importlib.resources import files
from typing import Any

import orjson


def examples() -> dict[str, Any]:
    """Return the examples."""
    loaded: dict[str, Any] = orjson.loads(files("app.api").joinpath("examples.json").read_bytes())
    return loaded
