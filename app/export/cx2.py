"""CX2, the format of Cytoscape and NDEx: entities as nodes, what claims draw as edges."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import orjson

from app.export import attributes
from app.export.arrows import arrows
from app.export.attributes import Value
from app.export.record import ClaimRecord, Exported
from app.model.entity import Entity

_TYPES: Final = {"list": "list_of_string"}
_HEAD: Final = b'[{"CXVersion":"2.0","hasFragments":false},\n'
_TAIL: Final = b'\n]},\n{"status":[{"success":true,"error":""}]}\n]\n'
_ASPECTS: Final = ("attributeDeclarations", "networkAttributes", "nodes", "edges")
_UNTOLD: Final[tuple[Value, ...]] = (None, "", (), [])


def head(exported: Exported) -> Iterator[bytes]:
    """Yield what comes before the nodes."""
    yield _HEAD
    yield orjson.dumps({"metaData": [{"name": name} for name in _ASPECTS]}) + b",\n"
    declared = {
        "networkAttributes": _declared(attributes.GRAPH_TYPES),
        "nodes": _declared(attributes.NODE_TYPES),
        "edges": _declared(attributes.EDGE_TYPES),
    }
    yield orjson.dumps({"attributeDeclarations": [declared]}) + b",\n"
    told = _told(attributes.of_graph(exported.snapshot))
    yield orjson.dumps({"networkAttributes": [told]}) + b',\n{"nodes":['


def node(number: int, entity: Entity) -> bytes:
    """Return an entity under its number; the first is 0."""
    value = {"id": number, "v": _told(attributes.of_node(entity))}
    return (b",\n" if number else b"\n") + orjson.dumps(value)


def edges(
    claims: Iterable[ClaimRecord], numbers: Mapping[str, int], exported: Exported
) -> Iterator[bytes]:
    """Yield what claims draw; ``numbers`` are those of the nodes, by CURIE."""
    yield b'\n]},\n{"edges":['
    number = 0
    for claim in claims:
        shared: dict[str, Value] | None = None
        for arrow in arrows(claim, numbers, exported):
            shared = shared or _told(attributes.of_claim(claim))
            value = {
                "id": number,
                "s": numbers[arrow.subject],
                "t": numbers[arrow.object],
                "v": {**_told(attributes.of_arrow(arrow, claim)), **shared},
            }
            yield (b",\n" if number else b"\n") + orjson.dumps(value)
            number += 1


def tail() -> bytes:
    """Return the end of the document, which says that it is whole."""
    return _TAIL


def _declared(types: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {name: {"d": _TYPES.get(kind, kind)} for name, kind in types.items()}


def _told(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value not in _UNTOLD}
