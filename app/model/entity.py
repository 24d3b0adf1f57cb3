"""Entities and the stable relations between them."""

from pydantic import Field

from app.model.base import Frozen
from app.model.vocabulary import Category, RelationType, Sign


class Entity(Frozen):
    """A gene, process, phenotype or other thing that claims are about.

    ``abbreviation`` is the short form that arithmetic and drawings use (``EMT``).
    ``imported_categories`` keeps categories of an import that the schema does not know.
    """

    id: str
    name: str = Field(min_length=1)
    abbreviation: str | None = None
    category: Category
    synonyms: tuple[str, ...] = ()
    xrefs: tuple[str, ...] = ()
    description: str | None = None
    taxon: str | None = None
    imported_categories: tuple[str, ...] = ()
    source: str | None = None

    @property
    def label(self) -> str:
        """The abbreviation, or else the name."""
        return self.abbreviation or self.name


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
