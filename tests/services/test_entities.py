"""Names and identifiers of entities."""

import pytest

from app.graph.port import GraphStore
from app.model.entity import Entity
from app.model.errors import Ambiguous, BadInput, NotFound
from app.model.vocabulary import Category
from app.services import entities


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EMT", "GO:0001837"),
        ("emt", "GO:0001837"),
        (" epithelial-mesenchymal  transition ", "GO:0001837"),
        ("Epithelial-Mesenchymal Transition", "GO:0001837"),
        ("GO:0001837", "GO:0001837"),
        ("go:0001837", "GO:0001837"),
        ("MESH:D058750", "GO:0001837"),
        ("http://purl.obolibrary.org/obo/GO_0001837", "GO:0001837"),
        ("NF-kappaB", "FPLX:NFkappaB"),
        ("NF-kB", "FPLX:NFkappaB"),
        ("NFκB", "FPLX:NFkappaB"),
        ("nf kb", "FPLX:NFkappaB"),
        ("IKK2", "HGNC:5960"),
        ("IKKbeta", "HGNC:5960"),
        ("IkBa", "HGNC:7797"),
        ("IκBα", "HGNC:7797"),
        ("TGF-beta", "FPLX:TGFB"),
        ("Ras", "FPLX:RAS"),
        ("metastasis", "MESH:D009362"),
        ("apoptosis", "GO:0006915"),
        ("mice", "NCBITaxon:10090"),
        ("IKK-2/IkappaBalpha/NF-kappaB pathway", "GO:0007249"),
        ("MET", "GO:0060231"),
    ],
)
def test_resolve(seeded: GraphStore, text: str, expected: str) -> None:
    with seeded.view() as view:
        assert entities.resolve(view, text).id == expected


@pytest.mark.parametrize("text", ["", "   ", "x" * 300, "GO:12", "nosuchprefix:1"])
def test_what_can_be_no_entity_is_refused(seeded: GraphStore, text: str) -> None:
    with seeded.view() as view, pytest.raises(BadInput) as caught:
        entities.resolve(view, text, pointer="/query/outcome")
    assert caught.value.errors[0].pointer == "/query/outcome"


@pytest.mark.parametrize("text", ["metastasys", "GO:0000001", "epithelial to mesenchymal transit"])
def test_what_is_not_there_is_not_found(seeded: GraphStore, text: str) -> None:
    with seeded.view() as view, pytest.raises(NotFound):
        entities.resolve(view, text)


def test_the_nearest_are_named(seeded: GraphStore) -> None:
    with seeded.view() as view, pytest.raises(NotFound) as caught:
        entities.resolve(view, "metastasys")
    assert caught.value.nearest[0] == ("MESH:D009362", "Neoplasm Metastasis")


def test_an_ambiguous_name_gives_its_candidates(seeded: GraphStore) -> None:
    def put(gene: str, *synonyms: str) -> None:
        entity = Entity(id=gene, name=gene, category=Category.GENE, synonyms=synonyms)
        seeded.write("ann", "add", lambda writer: writer.put_entity(entity))

    put("HGNC:1", "p65", "EMT")
    put("HGNC:2", "p65")
    with seeded.view() as view:
        with pytest.raises(Ambiguous) as caught:
            entities.resolve(view, "P65")
        assert [each[0] for each in caught.value.candidates] == ["HGNC:1", "HGNC:2"]


def test_a_name_means_what_a_text_would_mean_by_it(seeded: GraphStore) -> None:
    """Reading stores the unlikely meanings of a mention too; they make no question ambiguous."""
    known = Entity(id="HGNC:10967", name="SLC22A3", category=Category.GENE, synonyms=("EMT",))
    seeded.write("ann", "add", lambda writer: writer.put_entity(known))
    with seeded.view() as view:
        assert entities.resolve(view, "EMT").id == "GO:0001837"

    unknown = Entity(id="HGNC:1", name="odd", category=Category.GENE, synonyms=("EMT",))
    seeded.write("ann", "add", lambda writer: writer.put_entity(unknown))
    with seeded.view() as view, pytest.raises(Ambiguous) as caught:
        entities.resolve(view, "EMT")
    assert {each[0] for each in caught.value.candidates} == {"GO:0001837", "HGNC:1"}


def test_a_preferred_name_outranks_a_synonym(seeded: GraphStore) -> None:
    gene = Entity(
        id="HGNC:7794", name="NFKB1", category=Category.GENE, synonyms=("NF-kappaB", "NF-kB")
    )
    seeded.write("ann", "add", lambda writer: writer.put_entity(gene))
    with seeded.view() as view:
        assert entities.resolve(view, "NF-kappaB").id == "FPLX:NFkappaB"


def test_search_ranks_and_shows_equivalents_once(seeded: GraphStore) -> None:
    with seeded.view() as view:
        page = entities.search(view, "EMT", limit=3)
        assert page.items[0].entity.id == "GO:0001837"
        ids = [hit.entity.id for hit in entities.search(view, "epithelial", limit=100).items]
        assert len(ids) == len(set(ids))
        assert "MESH:D058750" not in ids
        typo = entities.search(view, "apoptotik proces").items
        assert typo[0].entity.id == "GO:0006915"
        prefix = entities.search(view, "metas").items
        assert prefix[0].entity.id == "MESH:D009362"


def test_search_pages_without_gaps(seeded: GraphStore) -> None:
    with seeded.view() as view:
        whole = entities.search(view, "epithelial", limit=100)
        found: list[str] = []
        offset: str | None = "0"
        while offset is not None:
            page = entities.search(view, "epithelial", limit=2, offset=int(offset))
            found += [hit.entity.id for hit in page.items]
            offset = page.next_after
        assert found == [hit.entity.id for hit in whole.items]
        assert len(found) == whole.total > 2


def test_search_keeps_to_a_category(seeded: GraphStore) -> None:
    with seeded.view() as view:
        hits = entities.search(view, "epithelial", category=Category.CELL, limit=100).items
    assert hits
    assert {hit.entity.category for hit in hits} == {Category.CELL}


def test_ground(seeded: GraphStore) -> None:
    with seeded.view() as view:
        first, none, blank = entities.ground(view, ["NFkB", "qqqqqq", " "])
    assert first.groundings[0].id == "FPLX:NFkappaB"
    assert first.groundings[0].score == 1.0
    assert none.groundings == ()
    assert blank.groundings == ()


def test_equivalents(seeded: GraphStore) -> None:
    with seeded.view() as view:
        expected = ("GO:0001837", "MESH:D058750")
        assert entities.equivalents(view, "MESH:D058750") == expected
        assert entities.equivalents(view, "GO:0001837") == expected
        assert entities.equivalents(view, "GO:0060231") == ("GO:0060231",)
