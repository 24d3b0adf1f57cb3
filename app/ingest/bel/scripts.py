"""BEL scripts and node-link JSON, read by pybel (optional: ``evipath[bel]``)."""

import contextlib
import gc
import io
import json
import logging
import os
import re
import sys
import tempfile
import warnings
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from app.ingest.imported import LeftOut, Place
from app.model.errors import BadInput

_MAX_BYTES: Final = 256 * 1024 * 1024
_HEAD: Final = 65_536
_NESTED: Final = "NestedRelationWarning"


def is_bel(path: Path) -> bool:
    """Tell whether a file is a BEL script (by its name) or a graph in pybel's node-link JSON."""
    if path.suffix.casefold() == ".bel":
        return path.is_file()
    if path.suffix.casefold() != ".json" or not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return b'"multigraph"' in head and b'"pybel_version"' in head


def parsed(path: Path) -> tuple[Any, list[LeftOut]]:
    """Return pybel's graph of a file, and the lines that it could not read.

    Namespaces are not fetched: names are taken as the script gives them.

    Raises BadInput for a file that can't be read at all.
    """
    pybel = _pybel()
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise BadInput(f"{path} is larger than the {_MAX_BYTES} bytes that BEL is read of")
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} can't be read: {error}") from error
    if path.suffix.casefold() == ".json":
        return _from_json(pybel, path, text), []
    graph = pybel.BELGraph()
    graph.raise_on_missing_annotations = False
    from pybel.io.line_utils import parse_lines

    try:
        with _quiet():
            parse_lines(
                graph,
                text.splitlines(),
                manager=object(),
                no_identifier_validation=True,
                allow_redefinition=True,
                allow_definition_failures=True,
                allow_naked_names=True,
                disallow_nested=True,
            )
    except Exception as error:
        raise BadInput(f"{path} is no BEL script that can be read: {_short(error)}") from error
    unread = list(_unread(graph, path))
    # A parser of pybel is some 40 MB of cycles, of which there is one a file.
    gc.collect()
    return graph, unread


def _from_json(pybel: Any, path: Path, text: str) -> Any:
    try:
        with _quiet():
            return pybel.from_nodelink(json.loads(text))
    except Exception as error:
        raise BadInput(f"{path} is no graph of pybel: {_short(error)}") from error


def _unread(graph: Any, path: Path) -> Iterator[LeftOut]:
    for _, warning, _ in graph.warnings:
        kind = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(warning).__name__).casefold()
        line = getattr(warning, "line_number", None)
        place = Place(str(path), int(line) if line else 1)
        if type(warning).__name__ == _NESTED:
            yield LeftOut(place, "a statement within a statement", _short(warning))
        elif "version" not in kind and "metadata" not in kind:
            yield LeftOut(place, f"BEL: {kind}", _short(warning), bad=True)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep pybel's prints, logs and warnings out of ours."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)


def _pybel() -> Any:
    """Import pybel, which asks for a module that setuptools gave up, and makes a folder of its own.

    Raises BadInput where it is not installed.
    """
    if "pybel" in sys.modules:
        return sys.modules["pybel"]
    shim = "pkg_resources" not in sys.modules
    if shim:
        sys.modules["pkg_resources"] = _entry_points()
    home = os.environ.get("PYSTOW_HOME")
    os.environ["PYSTOW_HOME"] = home or tempfile.mkdtemp(prefix="evipath-bel-")
    try:
        with _quiet():
            import pybel
    except ImportError as error:
        raise BadInput(
            f"BEL is read by pybel, which is not installed ({error}): pip install 'evipath[bel]'"
        ) from error
    finally:
        if shim:
            del sys.modules["pkg_resources"]
        if home is None:
            del os.environ["PYSTOW_HOME"]
    return pybel


def _entry_points() -> ModuleType:
    """Return the one function of ``pkg_resources`` that pybel calls."""
    module = ModuleType("pkg_resources")
    module.iter_entry_points = (  # type: ignore[attr-defined]
        lambda group: iter(metadata.entry_points(group=group))
    )
    return module


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
