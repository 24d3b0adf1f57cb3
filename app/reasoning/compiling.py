"""How functions are compiled, and where what was compiled is kept."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import TypeVar, cast

import numba
from platformdirs import user_cache_path

Function = TypeVar("Function", bound=Callable[..., object])

_CHOOSING_A_FOLDER = Lock()


def compiler(name: str, *sources: ModuleType) -> Callable[[Function], Function]:
    """Return what compiles functions and keeps them in a folder of these sources.

    Numba looks at the file of an entry alone to tell whether what it kept is out of date.
    """
    text = b"".join(Path(str(module.__file__)).read_bytes() for module in sources)
    folder = f"{name}-{hashlib.sha256(text).hexdigest()[:16]}"
    kept_in = str(user_cache_path("evipath", appauthor=False) / folder)

    def compiled(function: Function) -> Function:
        # The setting is the process's, and another thread may be about to choose another folder.
        with _CHOOSING_A_FOLDER:
            numba.config.CACHE_DIR = kept_in  # type: ignore[attr-defined]  # numba sets it by name
            return cast("Function", numba.njit(nogil=True, cache=True)(function))

    return compiled
