"""Node rows to entities."""

from collections.abc import Iterator, Sequence
from typing import Final

from app.ingest.imported import ImportedEntity, LeftOut
from app.ingest.kgx.readings import nearest_categories
from app.ingest.kgx.rows import Row
from app.ingest.prefixes import ImportPrefixes
from app.model.entity import Entity
from app.model.errors import BadInput
from app.model.text import one_space
from app.model.vocabulary import Category

NEEDED: Final = ("id",)
UNNAMED_SOURCE: Final = "a KGX pair that names no source"

_OWN: Final = frozenset(each.value for each in Category)
_BROAD: Final = (
    Category.NAMED_THING,
    Category.CHEMICAL_ENTITY,
    Category.BIOLOGICAL_PROCESS,
)
"""Categories that hold others of the schema, broadest first: of two that fit the other counts."""


def entity_of(row: Row, prefixes: ImportPrefixes) -> ImportedEntity | LeftOut:
    """Return the entity of a node, or why there is none."""
    try:
        curie, prefix = prefixes.node(row.one("id"))
    except BadInput as error:
        return LeftOut(row.place, "a node whose id is no CURIE", str(error), bad=True)
    name = one_space(row.one("name"))
    category, others, marks = _categories(row.many("category"))
    taxon = next(iter(_curies(row.many("in_taxon") or row.many("taxon"), prefixes)), None)
    entity = Entity(
        id=curie,
        name=name or curie,
        category=category,
        synonyms=tuple(dict.fromkeys(one_space(each) for each in row.many("synonym"))),
        xrefs=row.many("xref"),
        description=one_space(row.one("description")) or None,
        taxon=taxon,
        imported_categories=others,
        source=row.one("provided_by") or UNNAMED_SOURCE,
    )
    same = row.many("same_as") or row.many("equivalent_identifiers")
    if not name:
        marks = (*marks, "node without a name: its id stands for it")
    same_as = tuple(each for each in _curies(same, prefixes) if each != curie)
    return ImportedEntity(row.place, entity, same_as, prefix, marks)


def _categories(
    given: Sequence[str],
) -> tuple[Category, tuple[str, ...], tuple[str, ...]]:
    """Return the category, those that the schema does not know, and a mark for each of these."""
    names = [each.removeprefix("biolink:") for each in given]
    others = tuple(name for name in names if name not in _OWN)
    near = nearest_categories()
    known = [near[name] for name in (*(n for n in names if n in _OWN), *others) if name in near]
    marks = tuple(f"category outside the schema, kept: {name}" for name in others)
    return _narrowest(known), others, marks


def _narrowest(known: Sequence[Category]) -> Category:
    for broad in _BROAD:
        narrower = [each for each in known if each is not broad]
        if narrower:
            known = narrower
    return known[0] if known else Category.NAMED_THING


def _curies(given: Sequence[str], prefixes: ImportPrefixes) -> Iterator[str]:
    for each in given:
        try:
            yield prefixes.curie(each)
        except BadInput:
            continue
