"""GraphML: entities as nodes, what claims draw as edges, each with all its attributes.

GraphML has no lists: those are JSON arrays in a text.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import orjson

from app.export import attributes
from app.export.arrows import arrows
from app.export.attributes import Value
from app.export.record import ClaimRecord, Exported
from app.model.entity import Entity

_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
    'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)
_XML_TYPES: Final = {
    "string": "string",
    "list": "string",
    "boolean": "boolean",
    "integer": "long",
    "double": "double",
}
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_UNTOLD: Final[tuple[Value, ...]] = (None, "", (), [])


def head(exported: Exported) -> Iterator[str]:
    """Yield the declarations, and what the graph is of."""
    yield _HEAD
    for domain, types in (
        ("graph", attributes.GRAPH_TYPES),
        ("node", attributes.NODE_TYPES),
        ("edge", attributes.EDGE_TYPES),
    ):
        for name, kind in types.items():
            yield (
                f'<key id="{domain}_{name}" for="{domain}" attr.name="{name}" '
                f'attr.type="{_XML_TYPES[kind]}"/>\n'
            )
    yield '<graph id="evipath" edgedefault="directed">\n'
    yield _data("graph", attributes.of_graph(exported.snapshot)) + "\n"


def node(entity: Entity) -> str:
    """Return the element of an entity."""
    held = _data("node", attributes.of_node(entity))
    return f"<node id={quoteattr(entity.id)}>{held}</node>\n"


def edges(
    claims: Iterable[ClaimRecord], known: Container[str], exported: Exported
) -> Iterator[str]:
    """Yield an element for each thing that a claim draws, its id that of the claim and a number."""
    for claim in claims:
        shared: str | None = None
        for number, arrow in enumerate(arrows(claim, known, exported)):
            shared = shared or _data("edge", attributes.of_claim(claim))
            own = _data("edge", attributes.of_arrow(arrow, claim))
            yield (
                f'<edge id="{claim.id}.{number}" source={quoteattr(arrow.subject)} '
                f"target={quoteattr(arrow.object)}>{own}{shared}</edge>\n"
            )


def tail() -> str:
    """Return the end of the document."""
    return "</graph>\n</graphml>\n"


def _data(domain: str, values: Mapping[str, Value]) -> str:
    return "".join(
        f'<data key="{domain}_{name}">{_text(value)}</data>'
        for name, value in values.items()
        if value not in _UNTOLD
    )


def _text(value: Value) -> str:
    if isinstance(value, str):
        text = value
    elif isinstance(value, bool):
        return "true" if value else "false"
    elif isinstance(value, int | float) or value is None:
        return str(value)
    else:
        text = orjson.dumps(list(value)).decode()
    # What XML can't hold is shown as unknown; a line end would be read as a space or another one.
    return escape(_NOT_XML.sub("\ufffd", text), {"\r": "&#13;"})
