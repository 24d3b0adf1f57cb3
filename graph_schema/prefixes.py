"""The prefix map: Biolink's own, and what ``prefixes.yaml`` adds to it."""

from importlib import metadata, resources
from pathlib import Path
from typing import TypedDict

import orjson
import yaml
from curies import Converter
from curies import Record as CurieRecord

ADDITIONS_FILE = Path(__file__).parent / "prefixes.yaml"
UNKNOWN_IRI = "http://example.org/UNKNOWN/"


class Entry(TypedDict, total=False):
    """One prefix as ``app/model/prefixes.json`` holds it; ``iri`` is always there."""

    iri: str
    iris: list[str]
    synonyms: list[str]
    pattern: str
    case: str
    strip: str
    example: str


def prefix_document() -> bytes:
    """Return ``app/model/prefixes.json``.

    Prefixes without a true IRI are left out; of two prefixes for one IRI the first stays and the
    other becomes its synonym.

    Raises:
        ValueError: two entries claim the same prefix or IRI.
    """
    entries = _biolink()
    for prefix, addition in _additions().items():
        for synonym in addition.get("synonyms", []):
            if (merged := entries.pop(synonym, None)) is not None:
                addition.setdefault("iris", []).append(merged["iri"])
        entries[prefix] = {**entries.get(prefix, {}), **addition}
    _check(entries)
    body = {
        "source": f"biolink-model {metadata.version('biolink-model')}",
        "prefixes": dict(sorted(entries.items())),
    }
    return orjson.dumps(body, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _biolink() -> dict[str, Entry]:
    file = resources.files("biolink_model") / "prefixmaps" / "biolink-model-prefix-map.json"
    plain: dict[str, str] = orjson.loads(file.read_bytes())
    by_iri: dict[str, str] = {}
    entries: dict[str, Entry] = {}
    for prefix, iri in sorted(plain.items()):
        if iri.startswith(UNKNOWN_IRI):
            continue
        if (first := by_iri.setdefault(iri, prefix)) == prefix:
            entries[prefix] = {"iri": iri}
        else:
            entries[first].setdefault("synonyms", []).append(prefix)
    return entries


def _additions() -> dict[str, Entry]:
    loaded: dict[str, Entry] = yaml.safe_load(ADDITIONS_FILE.read_text("utf-8"))
    return loaded


def _check(entries: dict[str, Entry]) -> None:
    names = [
        name for prefix, each in entries.items() for name in (prefix, *each.get("synonyms", []))
    ]
    folded = [name.casefold() for name in names]
    if twice := sorted({name for name in folded if folded.count(name) > 1}):
        raise ValueError(f"prefixes that differ in case only: {', '.join(twice)}")
    Converter(
        [
            CurieRecord(
                prefix=prefix,
                uri_prefix=each["iri"],
                prefix_synonyms=each.get("synonyms", []),
                uri_prefix_synonyms=each.get("iris", []),
            )
            for prefix, each in entries.items()
        ]
    )
