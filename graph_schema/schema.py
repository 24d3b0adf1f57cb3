"""The schema as plain values, read from LinkML once.

Everything that is generated is rendered from these, so that only this module knows LinkML.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from linkml_runtime.linkml_model.meta import (  # type: ignore[import-untyped]
    ClassDefinition,
    EnumDefinition,
    PermissibleValue,
    SlotDefinition,
)
from linkml_runtime.utils.schemaview import SchemaView  # type: ignore[import-untyped]

SCHEMA_FILE = Path(__file__).parent / "evipath.yaml"
MAPPINGS = ("exact", "close", "related", "narrow", "broad")
EDGE_GROUPS = ("relation", "claim", "record", "signed")
UNSPECIFIED = "unspecified"

Fact = str | int | bool
Mappings = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a vocabulary; ``facts`` are its annotations, ``meaning`` a CURIE."""

    text: str
    definition: str
    title: str | None
    meaning: str | None
    is_a: str | None
    kind: str | None
    facts: Mapping[str, Fact]
    mappings: Mappings

    @property
    def member(self) -> str:
        """The name of the enum member: ``GeneFamily`` and ``gene_family`` give ``GENE_FAMILY``."""
        named = self.facts.get("member")
        if isinstance(named, str):
            return named
        broken = "".join(
            f"_{char}" if char.isupper() and place else char for place, char in enumerate(self.text)
        )
        return broken.upper()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed vocabulary."""

    name: str
    definition: str
    values: tuple[Value, ...]
    mappings: Mappings


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot of a type; ``range`` names a type, a vocabulary or a LinkML type."""

    name: str
    definition: str
    range: str
    required: bool
    multivalued: bool
    uri: str | None
    mappings: Mappings


@dataclass(frozen=True, slots=True)
class Type:
    """A type of stored value; a ``label`` makes it a node that ``key`` identifies."""

    name: str
    definition: str
    parent: str | None
    uri: str | None
    slots: tuple[Slot, ...]
    mappings: Mappings
    label: str | None
    key: str | None
    fulltext: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EdgeType:
    """A type of stored edge.

    ``subject`` and ``object`` are node types; ``domain`` and ``range`` the categories that an
    entity at that end may have, empty where no entity stands there; with ``same_kind`` both ends
    are of one kind, or one of them is unspecified. ``group`` is one of
    ``EDGE_GROUPS``. ``allowed`` lists the pairs (subject, object), each a category or a node
    type.
    """

    name: str
    definition: str
    group: str
    subject: str
    object: str
    symmetric: bool
    domain: tuple[str, ...]
    range: tuple[str, ...]
    same_kind: bool
    allowed: tuple[tuple[str, str], ...]
    key: str | None
    mappings: Mappings


@dataclass(frozen=True, slots=True)
class Schema:
    """The whole schema."""

    title: str
    version: str
    description: str
    licence: str
    kinds: Mapping[str, str]
    categories: tuple[Value, ...]
    vocabularies: tuple[Vocabulary, ...]
    evidence_codes: Vocabulary
    types: tuple[Type, ...]
    edge_types: tuple[EdgeType, ...]
    prefixes: Mapping[str, str]

    @property
    def nodes(self) -> tuple[Type, ...]:
        """The types that are nodes of the graph."""
        return tuple(each for each in self.types if each.label is not None)

    def vocabulary(self, name: str) -> Vocabulary:
        """Return the vocabulary of this name."""
        return next(each for each in self.vocabularies if each.name == name)


def load(path: Path = SCHEMA_FILE) -> Schema:
    """Read the schema from its LinkML files.

    Raises:
        ValueError: an edge type names a category or kind that does not exist.
    """
    view = SchemaView(str(path))
    view.imports_closure()
    top = view.schema
    vocabularies = tuple(_vocabulary(each) for each in _enums(view, "vocabulary"))
    categories = next(each for each in vocabularies if each.name == "Category").values
    return Schema(
        title=_text(top.title),
        version=_text(top.version),
        description=_text(top.description),
        licence=_text(top.license),
        kinds={str(name): _text(each.description) for name, each in view.all_subsets().items()},
        categories=categories,
        vocabularies=vocabularies,
        evidence_codes=next(_vocabulary(each) for each in _enums(view, "evidence_codes")),
        types=tuple(_types(view)),
        edge_types=tuple(_edge_types(view, categories)),
        prefixes=dict(sorted(_prefixes(view))),
    )


def _enums(view: SchemaView, module: str) -> Iterable[EnumDefinition]:
    enums: Mapping[str, EnumDefinition] = view.schema_map[module].enums
    return enums.values()


def _vocabulary(enum: EnumDefinition) -> Vocabulary:
    values: Mapping[str, PermissibleValue] = enum.permissible_values
    return Vocabulary(
        name=str(enum.name),
        definition=_text(enum.description),
        values=tuple(_value(each) for each in values.values()),
        mappings=_mappings(enum),
    )


def _value(value: PermissibleValue) -> Value:
    subsets = [str(each) for each in value.in_subset]
    return Value(
        text=str(value.text),
        definition=_text(value.description),
        title=_maybe(value.title),
        meaning=_maybe(value.meaning),
        is_a=_maybe(value.is_a),
        kind=subsets[0] if subsets else None,
        facts=_facts(value),
        mappings=_mappings(value),
    )


def _types(view: SchemaView) -> Iterator[Type]:
    for name, each in view.all_classes().items():
        if "EdgeType" in view.class_ancestors(name):
            continue
        facts = _facts(each)
        node = bool(facts.get("node"))
        yield Type(
            name=str(name),
            definition=_text(each.description),
            parent=_maybe(each.is_a),
            uri=_maybe(each.class_uri),
            slots=tuple(_slot(slot) for slot in view.class_induced_slots(name)),
            mappings=_mappings(each),
            label=str(facts.get("label", name)) if node else None,
            key=str(facts["key"]) if node else None,
            fulltext=tuple(str(facts.get("fulltext", "")).split()),
        )


def _slot(slot: SlotDefinition) -> Slot:
    return Slot(
        name=str(slot.name),
        definition=_text(slot.description),
        range=str(slot.range),
        required=bool(slot.required),
        multivalued=bool(slot.multivalued),
        uri=_maybe(slot.slot_uri),
        mappings=_mappings(slot),
    )


def _edge_types(view: SchemaView, categories: tuple[Value, ...]) -> Iterator[EdgeType]:
    for name in view.class_descendants("EdgeType", reflexive=False):
        each = view.get_class(name)
        facts = _facts(each)
        ends = {str(slot.name): str(slot.range) for slot in view.class_induced_slots(name)}
        domain = _categories(str(facts.get("domain", "")), categories)
        range_ = _categories(str(facts.get("range", "")), categories)
        yield EdgeType(
            name=str(facts["type"]),
            definition=_text(each.description),
            group=str(facts["group"]),
            subject=ends["relation_subject"],
            object=ends["relation_object"],
            symmetric=bool(facts.get("symmetric", False)),
            domain=domain,
            range=range_,
            same_kind=bool(facts.get("same_kind", False)),
            allowed=_allowed(ends, domain, range_, bool(facts.get("same_kind")), categories),
            key=_maybe(facts.get("key")),
            mappings=_mappings(each),
        )


def _categories(listed: str, categories: tuple[Value, ...]) -> tuple[str, ...]:
    """Return the categories that a list of kinds and categories means; unspecified ones fit all."""
    wanted = set(listed.split())
    known = {each.text for each in categories} | {each.kind for each in categories}
    if unknown := wanted - known:
        raise ValueError(f"no such category or kind: {', '.join(sorted(unknown))}")
    if not wanted:
        return ()
    return tuple(
        each.text
        for each in categories
        if each.kind == UNSPECIFIED or wanted & {each.text, each.kind}
    )


def _allowed(
    ends: Mapping[str, str],
    domain: tuple[str, ...],
    range_: tuple[str, ...],
    same_kind: bool,
    categories: tuple[Value, ...],
) -> tuple[tuple[str, str], ...]:
    kind = {each.text: each.kind for each in categories}
    return tuple(
        (subject, object_)
        for subject in domain or (ends["relation_subject"],)
        for object_ in range_ or (ends["relation_object"],)
        if not same_kind
        or kind[subject] == kind[object_]
        or UNSPECIFIED in (kind[subject], kind[object_])
    )


def _prefixes(view: SchemaView) -> Iterator[tuple[str, str]]:
    for schema in view.schema_map.values():
        for name, prefix in schema.prefixes.items():
            yield str(name), str(prefix.prefix_reference)


def _facts(element: ClassDefinition | PermissibleValue) -> dict[str, Fact]:
    notes = element.annotations
    items = notes.items() if isinstance(notes, dict) else vars(notes).items()
    return {str(name): note.value for name, note in items}


def _mappings(
    element: ClassDefinition | EnumDefinition | PermissibleValue | SlotDefinition,
) -> Mappings:
    found = {kind: tuple(map(str, getattr(element, f"{kind}_mappings"))) for kind in MAPPINGS}
    return {kind: curies for kind, curies in found.items() if curies}


def _text(value: object) -> str:
    return " ".join(str(value).split())


def _maybe(value: object) -> str | None:
    return None if value is None else str(value)
