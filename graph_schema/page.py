"""The reference page of the schema: a drawing and a table of everything."""

from collections.abc import Iterable, Iterator, Sequence

from graph_schema.schema import UNSPECIFIED, Mappings, Schema, Type, Value, Vocabulary

HEAD = """\
<!-- Generated from graph_schema/evipath.yaml by `python -m graph_schema.generate`; do not edit. -->

# The typed graph

{description}

Version {version}. `GET /api/v1/schema` serves the same as JSON.

"""


def page(schema: Schema) -> str:
    """Return ``docs/reference/schema.md``."""
    parts = [
        HEAD.format(description=schema.description, version=schema.version),
        *_drawing(schema),
        *_categories(schema),
        *_edges(schema),
        *_types(schema),
        "## Vocabularies\n\n",
        *(part for each in schema.vocabularies for part in _vocabulary(each)),
        *_evidence(schema.evidence_codes),
    ]
    return "".join(parts).rstrip() + "\n"


def _drawing(schema: Schema) -> Iterator[str]:
    yield "```mermaid\nflowchart LR\n"
    yield '  decision(["<b>Decision</b>"])\n  claim(["<b>Claim</b>"])\n'
    yield '  article(["<b>Article</b>"])\n  subgraph entity["<b>Entity</b>"]\n'
    for kind in schema.kinds:
        members = [each.text for each in schema.categories if each.kind == kind]
        yield f'    {kind}["<i>{kind}</i><br/>{"<br/>".join(members)}"]\n'
    yield "  end\n"
    for start, label, end in _arrows(schema):
        yield f'  {start} -->|"{label}"| {end}\n'
    for edge in schema.edge_types:
        if edge.group == "signed":
            yield f'  claim -.->|"implies"| signed["Entity {edge.name} Entity,<br/>signed"]\n'
    yield "```\n\n"
    yield (
        "An arrow goes from subject to object. *Unspecified* things may stand at any end of any\n"
        "relation; those arrows are left out.\n\n"
    )


def _arrows(schema: Schema) -> Iterator[tuple[str, str, str]]:
    """Yield one arrow for each pair of ends, with the names of all edge types between them."""
    names: dict[tuple[str, str], list[str]] = {}
    kind = {each.text: str(each.kind) for each in schema.categories}
    for edge in schema.edge_types:
        if edge.group == "relation":
            pairs = sorted({(kind[subject], kind[object_]) for subject, object_ in edge.allowed})
        elif edge.group == "signed":
            pairs = []
        else:
            pairs = [(edge.subject.lower(), edge.object.lower())]
        for pair in pairs:
            if UNSPECIFIED not in pair:
                names.setdefault(pair, []).append(edge.name)
    for (start, end), types in names.items():
        yield start, "<br/>".join(types), end


def _categories(schema: Schema) -> Iterator[str]:
    yield "## Categories of entities\n\n"
    yield _table(
        ("category", "kind", "what", "mapped to"),
        ((f"`{e.text}`", e.kind or "", e.definition, _mapped(e)) for e in schema.categories),
    )
    yield "Kinds: " + " ".join(f"*{name}*: {text}" for name, text in schema.kinds.items()) + "\n\n"


def _edges(schema: Schema) -> Iterator[str]:
    yield "## Edge types\n\n"
    yield _table(
        ("edge", "what", "domain", "range", "mapped to"),
        (
            (
                f"`{e.name}`" + (" (symmetric)" if e.symmetric else ""),
                e.definition,
                _end(e.subject, e.domain, schema),
                _end(e.object, e.range, schema) + (", of the same kind" if e.same_kind else ""),
                _curies(e.mappings),
            )
            for e in schema.edge_types
        ),
    )


def _end(node: str, categories: Sequence[str], schema: Schema) -> str:
    if not categories:
        return node
    if len(categories) == len(schema.categories):
        return "any entity"
    kinds = {kind: [e.text for e in schema.categories if e.kind == kind] for kind in schema.kinds}
    whole = [kind for kind, members in kinds.items() if set(members) <= set(categories)]
    single = [c for c in categories if not any(c in kinds[kind] for kind in whole)]
    named = [kind for kind in whole if kind != UNSPECIFIED]
    return ", ".join([*named, *(f"`{each}`" for each in single)])


def _types(schema: Schema) -> Iterator[str]:
    yield "## Types and their slots\n\n"
    for each in schema.types:
        if each.name == "EdgeType":
            continue
        yield f"### {each.name}\n\n{each.definition}{_node(each)}{_also(each)}\n\n"
        yield _table(
            ("slot", "range", "what"),
            (
                (
                    f"`{slot.name}`" + ("" if slot.required else " ?"),
                    f"{slot.range}{' …' if slot.multivalued else ''}",
                    slot.definition,
                )
                for slot in each.slots
            ),
        )
    yield "`?` marks a slot that may be left out, `…` one with several values.\n\n"


def _node(each: Type) -> str:
    return f" A node, identified by `{each.key}`." if each.label else ""


def _also(each: Type) -> str:
    curies = _curies({**({"exact": (each.uri,)} if each.uri else {}), **each.mappings})
    return f" Mapped to {curies}." if curies else ""


def _vocabulary(vocabulary: Vocabulary) -> Iterator[str]:
    yield f"### {vocabulary.name}\n\n{vocabulary.definition}\n\n"
    yield _table(
        ("value", "what", "facts", "mapped to"),
        ((f"`{e.text}`", e.definition, _facts(e), _mapped(e)) for e in vocabulary.values),
    )


def _evidence(codes: Vocabulary) -> Iterator[str]:
    yield f"## Evidence codes\n\n{codes.definition}\n\n"
    yield _table(
        ("term", "label", "shown by", "side"),
        (
            (e.text, e.title or "", e.definition, str(e.facts.get("side", "none")))
            for e in codes.values
        ),
    )


def _facts(value: Value) -> str:
    return ", ".join(f"{name}: `{fact}`" for name, fact in value.facts.items() if name != "member")


def _mapped(value: Value) -> str:
    own = {"exact": (value.meaning,)} if value.meaning else {}
    return _curies({**own, **value.mappings})


def _curies(mappings: Mappings) -> str:
    return ", ".join(
        f"`{curie}`" + ("" if kind == "exact" else f" ({kind})")
        for kind, curies in mappings.items()
        for curie in curies
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines) + "\n"
