"""Where compiled code is kept: under the hash of its sources."""

import hashlib
from pathlib import Path
from types import ModuleType

import numba
from platformdirs import user_cache_path


def keep_under(name: str, *sources: ModuleType) -> None:
    """Keep what is compiled from here on in a folder of these sources.

    Numba looks at the file of an entry alone to tell whether what it kept is out of date.
    """
    text = b"".join(Path(str(module.__file__)).read_bytes() for module in sources)
    folder = f"{name}-{hashlib.sha256(text).hexdigest()[:16]}"
    numba.config.CACHE_DIR = str(  # type: ignore[attr-defined]  # numba sets it by name
        user_cache_path("evipath", appauthor=False) / folder
    )
