"""Entities, the search by name, relations."""

from app.graph.port import GraphStore, GraphWriter
from app.model.vocabulary import Category, RelationType, Sign
from tests.support.factories import entity, relation

EMT = entity(synonyms=("EMT", "Epithelial-Mesenchymal Transition"))
MET = entity("GO:0060231", "mesenchymal to epithelial transition", synonyms=("MET",))
NFKB = entity("FPLX:NFkappaB", "NF-kappaB", Category.MACROMOLECULAR_COMPLEX, ("NFkB", "NF-κB"))
NFKB1 = entity("HGNC:7794", "NFKB1", Category.GENE, ("NF-kappaB p105",))
RELA = entity("HGNC:9955", "RELA", Category.GENE, ("p65",))
ALL = (EMT, MET, NFKB, NFKB1, RELA)


def put_all(writer: GraphWriter) -> None:
    for each in ALL:
        writer.put_entity(each)


def names(store: GraphStore, query: str, category: Category | None = None) -> set[str]:
    with store.view() as view:
        hits = view.name_hits(query, category, 50)
    assert list(hits) == sorted(hits, key=lambda hit: (hit.entity, hit.name))
    return {hit.entity for hit in hits}


def test_entities_by_id(store: GraphStore) -> None:
    store.write("ada", "all", put_all)
    with store.view() as view:
        assert view.entities([EMT.id, "X:1", RELA.id]) == {EMT.id: EMT, RELA.id: RELA}
        assert view.entities([]) == {}
    with store.view(0) as view:
        assert view.entities([EMT.id]) == {}


def test_pages_of_entities_by_category(store: GraphStore) -> None:
    store.write("ada", "all", put_all)
    with store.view() as view:
        genes = view.entity_page(Category.GENE, None, 1)
        rest = view.entity_page(Category.GENE, genes.next_after, 1)
        everything = view.entity_page(None, None, 10)
    assert (genes.items, genes.total) == ((NFKB1,), 2)
    assert (rest.items, rest.total, rest.next_after) == ((RELA,), 2, None)
    assert [each.id for each in everything.items] == sorted(each.id for each in ALL)


def test_a_changed_entity_is_a_new_version(store: GraphStore) -> None:
    store.write("ada", "all", put_all)
    renamed = entity(RELA.id, "RELA proto-oncogene", Category.GENE, ("p65 subunit",))
    store.write("ada", "rename", lambda w: w.put_entity(renamed))
    with store.view() as view:
        assert view.entities([RELA.id])[RELA.id] == renamed
        assert view.counts().entities == len(ALL)
        assert {h.name for h in view.name_hits("rela", None, 9)} == {"RELA proto-oncogene"}
    with store.view(1) as view:
        assert view.entities([RELA.id])[RELA.id] == RELA
        assert "RELA" in {h.name for h in view.name_hits("rela", None, 9)}


def test_names_are_found_whole_in_any_case(store: GraphStore) -> None:
    store.write("ada", "all", put_all)
    assert EMT.id in names(store, "emt")
    assert NFKB.id in names(store, "  nf-KAPPAB ")
    with store.view() as view:
        hit = next(h for h in view.name_hits("EMT", None, 9) if h.name == "EMT")
    assert (hit.entity, hit.category, hit.preferred) == (EMT.id, EMT.category, False)


def test_names_are_found_by_their_beginning_and_by_that_of_a_word(store: GraphStore) -> None:
    store.write("ada", "all", put_all)
    assert EMT.id in names(store, "epithelial to mes")
    assert {EMT.id, MET.id} <= names(store, "transit")
    assert NFKB1.id in names(store, "p105")


def test_names_are_found_despite_a_slip(store: GraphStore) -> None:
    store.write("ada", "all", put_all)
    assert EMT.id in names(store, "epithelail mesenchymal transition")
    assert NFKB.id in names(store, "NFkappaB")


def test_names_in_other_scripts(store: GraphStore) -> None:
    store.write("ada", "all", put_all)
    assert NFKB.id in names(store, "nf-κb")


def test_a_category_restricts_the_search(store: GraphStore) -> None:
    store.write("ada", "all", put_all)
    assert names(store, "NF-kappaB", Category.GENE) == {NFKB1.id}


def test_the_best_kind_of_match_stays_within_the_limit(store: GraphStore) -> None:
    store.write("ada", "all", put_all)
    with store.view() as view:
        assert [hit.entity for hit in view.name_hits("MET", None, 1)] == [MET.id]
        assert len(view.name_hits("mesenchymal transition", None, 2)) == 2


def test_a_query_of_any_characters_is_only_a_name(store: GraphStore) -> None:
    store.write("ada", "all", put_all)
    for query in ("", " ", "*", '"', "'; --", "a AND", "NEAR(", "^x", "-", "x:y~2", "\\", "%_"):
        names(store, query)
    assert names(store, "zzzzqqq") == set()
    assert NFKB.id in names(store, 'NF-kappaB" OR "')
    names(store, "x" * 100_000)


def test_relations_at_either_end_and_by_type(store: GraphStore) -> None:
    member = relation(NFKB1.id, RelationType.MEMBER_OF, NFKB.id, Sign.POSITIVE)
    opposite = relation(MET.id, RelationType.OPPOSITE_OF, EMT.id)

    def work(writer: GraphWriter) -> None:
        put_all(writer)
        writer.put_relation(opposite)
        writer.put_relation(member)

    store.write("ada", "relations", work)
    with store.view() as view:
        assert view.relations() == (opposite, member)
        assert view.relations([NFKB.id]) == (member,)
        assert view.relations([NFKB1.id]) == (member,)
        assert view.relations(types=[RelationType.OPPOSITE_OF]) == (opposite,)
        assert view.relations([NFKB.id], [RelationType.OPPOSITE_OF]) == ()
        assert view.relations([]) == ()
        assert view.counts().relations == 2


def test_a_relation_changes_and_ends(store: GraphStore) -> None:
    first = relation(NFKB1.id, RelationType.MEMBER_OF, NFKB.id, Sign.POSITIVE)
    second = first.model_copy(update={"role": None})
    store.write("ada", "all", lambda w: (put_all(w), w.put_relation(first)))
    store.write("ada", "change", lambda w: w.put_relation(second))
    store.write("ada", "end", lambda w: w.close_relation(first.key))
    store.write("ada", "end again", lambda w: w.close_relation(first.key))
    assert store.head().number == 3
    for number, expected in ((1, (first,)), (2, (second,)), (3, ())):
        with store.view(number) as view:
            assert view.relations() == expected
