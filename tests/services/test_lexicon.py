"""The lexicon's entities enter the graph when claims name them."""

from app.graph.port import GraphStore
from app.model.vocabulary import RelationType
from app.services.lexicon import put_named


def _put(store: GraphStore, *curies: str) -> tuple[str, ...]:
    return store.write("test", "put", lambda writer: put_named(writer, curies))


def test_what_is_named_enters_with_what_it_belongs_to(store: GraphStore) -> None:
    assert _put(store, "HGNC:6769", "GO:9999999") == ("HGNC:6769",)
    with store.view() as view:
        held = view.entities(["HGNC:6769", "FPLX:SMAD", "GO:9999999"])
        assert sorted(held) == ["FPLX:SMAD", "HGNC:6769"]
        assert held["HGNC:6769"].name == "SMAD3"
        assert "NCBIGene:4088" in held["HGNC:6769"].xrefs
        relations = view.relations(["HGNC:6769"], [RelationType.MEMBER_OF])
        assert "FPLX:SMAD" in {each.object for each in relations}


def test_what_is_there_already_stays_as_it_is(seeded: GraphStore) -> None:
    before = seeded.head().number
    with seeded.view() as view:
        held = view.entities(["GO:0001837"])
    assert _put(seeded, "GO:0001837", "FPLX:NFkappaB") == ()
    with seeded.view() as view:
        assert view.entities(["GO:0001837"]) == held
    assert seeded.head().number == before


def test_an_equivalent_brings_what_it_is_the_same_as(store: GraphStore) -> None:
    _put(store, "MESH:D058750")
    with store.view() as view:
        (same,) = view.relations(["MESH:D058750"], [RelationType.SAME_AS])
        assert same.object == "GO:0001837"
        assert "GO:0001837" in view.entities(["GO:0001837"])
