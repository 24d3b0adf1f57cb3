"""What the typed graph can't hold is not stored."""

from pathlib import Path

import pytest

from app.graph.port import GraphWriter
from app.graph.sqlite import open_sqlite
from app.model.entity import Entity, EntityRelation
from app.model.errors import BadInput
from app.model.vocabulary import Category, RelationType
from app.services.relations import put_relations

ENTITIES = (
    Entity(id="HGNC:5960", name="IKBKB", category=Category.GENE),
    Entity(id="GO:0007249", name="canonical NF-kappaB", category=Category.PATHWAY),
    Entity(id="NCBITaxon:9606", name="Homo sapiens", category=Category.ORGANISM_TAXON),
)


def _relation(subject: str, kind: RelationType, whole: str) -> EntityRelation:
    return EntityRelation(subject=subject, type=kind, object=whole, source="test")


@pytest.mark.parametrize(
    ("relation", "reason"),
    [
        (_relation("HGNC:5960", RelationType.MEMBER_OF, "GO:1"), "GO:1 is no known entity"),
        (
            _relation("NCBITaxon:9606", RelationType.MEMBER_OF, "GO:0007249"),
            r"NCBITaxon:9606 \(OrganismTaxon\) can't be member_of",
        ),
        (_relation("HGNC:5960", RelationType.SAME_AS, "NCBITaxon:9606"), "can't be same_as"),
    ],
)
def test_a_relation_that_does_not_fit_leaves_nothing(
    tmp_path: Path, relation: EntityRelation, reason: str
) -> None:
    store = open_sqlite(f"sqlite:///{tmp_path / 'graph.db'}")
    good = _relation("HGNC:5960", RelationType.MEMBER_OF, "GO:0007249")

    def work(writer: GraphWriter) -> None:
        for entity in ENTITIES:
            writer.put_entity(entity)
        put_relations(writer, (good, relation))

    with pytest.raises(BadInput, match=f"/relations/1: .*{reason}"):
        store.write("test", "relations", work)
    assert store.head().number == 0
    store.close()
