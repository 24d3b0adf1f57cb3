"""The schema as the JSON document that ``GET /api/v1/schema`` serves."""

import orjson

from graph_schema.schema import EdgeType, Mappings, Schema, Slot, Type, Value, Vocabulary


def document(schema: Schema) -> bytes:
    """Return ``app/model/schema.json``: indented UTF-8 with a newline at its end."""
    body = {
        "title": schema.title,
        "version": schema.version,
        "description": schema.description,
        "licence": schema.licence,
        "kinds": [
            {"name": name, "definition": definition} for name, definition in schema.kinds.items()
        ],
        "categories": [_category(each) for each in schema.categories],
        "types": [_type(each) for each in schema.types],
        "edge_types": [_edge_type(each) for each in schema.edge_types],
        "vocabularies": [_vocabulary(each) for each in schema.vocabularies],
        "evidence_codes": [_value(each) for each in schema.evidence_codes.values],
        "prefixes": dict(schema.prefixes),
    }
    return orjson.dumps(body, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _category(value: Value) -> dict[str, object]:
    return {
        "name": value.text,
        "definition": value.definition,
        "kind": value.kind,
        "is_a": value.is_a,
        "mappings": _mappings(value.mappings, value.meaning),
    }


def _type(each: Type) -> dict[str, object]:
    return {
        "name": each.name,
        "definition": each.definition,
        "is_a": each.parent,
        "node": each.label,
        "key": each.key,
        "slots": [_slot(slot) for slot in each.slots],
        "mappings": _mappings(each.mappings, each.uri),
    }


def _slot(slot: Slot) -> dict[str, object]:
    return {
        "name": slot.name,
        "definition": slot.definition,
        "range": slot.range,
        "required": slot.required,
        "multivalued": slot.multivalued,
        "mappings": _mappings(slot.mappings, slot.uri),
    }


def _edge_type(edge: EdgeType) -> dict[str, object]:
    return {
        "name": edge.name,
        "definition": edge.definition,
        "group": edge.group,
        "subject": edge.subject,
        "object": edge.object,
        "symmetric": edge.symmetric,
        "domain": list(edge.domain),
        "range": list(edge.range),
        "same_kind": edge.same_kind,
        "mappings": _mappings(edge.mappings, None),
    }


def _vocabulary(vocabulary: Vocabulary) -> dict[str, object]:
    return {
        "name": vocabulary.name,
        "definition": vocabulary.definition,
        "values": [_value(each) for each in vocabulary.values],
        "mappings": _mappings(vocabulary.mappings, None),
    }


def _value(value: Value) -> dict[str, object]:
    facts = {name: fact for name, fact in value.facts.items() if name != "member"}
    return {
        "value": value.text,
        "label": value.title,
        "definition": value.definition,
        "facts": facts,
        "mappings": _mappings(value.mappings, value.meaning),
    }


def _mappings(mappings: Mappings, meaning: str | None) -> dict[str, list[str]]:
    found = {kind: list(curies) for kind, curies in mappings.items()}
    if meaning is not None and meaning not in found.get("exact", []):
        found["exact"] = [meaning, *found.get("exact", [])]
    return found
