"""Entities and the stable relations between them."""

from pydantic import Field

from app.model.base import Frozen
from app.model.vocabulary import Category, RelationType, Sign


class Xref(Frozen):
    """A cross reference to another resource; it does not say that both mean the same."""

    id: str


class Entity(Frozen):
    """A gene, process, phenotype or other thing that claims are about.

    ``categories`` starts with the category of the schema; what an import brought besides is kept
    behind it. ``obligate`` marks complexes whose every subunit is needed.
    """

    id: str
    name: str = Field(min_length=1)
    category: Category
    synonyms: tuple[str, ...] = ()
    xrefs: tuple[str, ...] = ()
    description: str | None = None
    taxon: str | None = None
    imported_categories: tuple[str, ...] = ()
    source: str | None = None


class EntityRelation(Frozen):
    """A relation between two entities, as a curator or a curated resource states it.

    ``role`` is the sign with which a member acts for the whole: ``+``, ``-``, or null where it is
    unknown, which blocks a signed path. ``obligate`` marks a subunit without which the complex
    does not work. ``source`` says who states it.
    """

    subject: str
    type: RelationType
    object: str
    role: Sign | None = None
    obligate: bool = False
    source: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What identifies the relation: subject, type and object."""
        return (self.subject, self.type.value, self.object)
