"""RO-Crate 1.1: what the files of an export are, for people and machines that find it later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import orjson

from app.model.history import Snapshot

NAME: Final = "ro-crate-metadata.json"
_SPECIFICATION: Final = "https://w3id.org/ro/crate/1.1"
_TERMS: Final = (
    "Claims, groundings and decisions are those of the graph that this was exported from; ask "
    "whoever runs it for their terms. Quotes are sentences of abstracts, whose rights stay with "
    "the holders that the articles name."
)


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the crate, as it was written."""

    name: str
    about: str
    media_type: str
    size: int
    sha256: str


def metadata(snapshot: Snapshot, parts: Sequence[Part], selected: str) -> bytes:
    """Return the description of a crate; ``selected`` says in words which claims are in it."""
    created = snapshot.created_at.isoformat().replace("+00:00", "Z")
    graph: list[Mapping[str, object]] = [
        {
            "@id": NAME,
            "@type": "CreativeWork",
            "conformsTo": {"@id": _SPECIFICATION},
            "about": {"@id": "./"},
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "name": f"EviPath, revision {snapshot.revision}",
            "description": f"A literature-curated knowledge graph: {selected}. "
            "Each claim stands with the words of its article.",
            "datePublished": created,
            "identifier": f"urn:evipath:snapshot:{snapshot.id}",
            "version": str(snapshot.revision),
            "license": {"@id": "#terms"},
            "publisher": {"@id": "#evipath"},
            "hasPart": [{"@id": part.name} for part in parts],
            "mentions": [{"@id": "#export"}],
        },
        {"@id": "#terms", "@type": "CreativeWork", "name": "Terms", "description": _TERMS},
        {
            "@id": "#evipath",
            "@type": "Organization",
            "name": "The service that this was exported from",
        },
        {
            "@id": "#software",
            "@type": "SoftwareApplication",
            "name": "EviPath",
            "version": snapshot.version,
            "softwareVersion": snapshot.version,
        },
        {
            "@id": "#export",
            "@type": "CreateAction",
            "name": "Export of a snapshot",
            "instrument": {"@id": "#software"},
            "result": [{"@id": part.name} for part in parts],
        },
        *(_file(part) for part in parts),
    ]
    # The context of 1.1 is older than schema.org's term for a hash.
    context = [f"{_SPECIFICATION}/context", {"sha256": "https://schema.org/sha256"}]
    whole = {"@context": context, "@graph": graph}
    return orjson.dumps(whole, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _file(part: Part) -> Mapping[str, object]:
    return {
        "@id": part.name,
        "@type": "File",
        "name": part.name,
        "description": part.about,
        "encodingFormat": part.media_type,
        "contentSize": str(part.size),
        "sha256": part.sha256,
    }
