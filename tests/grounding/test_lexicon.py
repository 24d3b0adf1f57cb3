"""Entities and relations of the lexicon, and that what is compiled is well-formed."""

import pytest

from app.grounding import Grounder, Lexicon
from app.model.identifiers import normalise_curie
from app.model.vocabulary import Category, RelationType, Sign
from app.services.seeds import read_seeds


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def test_a_gene_with_its_names_and_references(lexicon: Lexicon) -> None:
    gene = lexicon.entity("HGNC:11128")
    assert gene is not None
    assert gene.name == "SNAI1"
    assert gene.category is Category.GENE
    assert "Snail" in gene.synonyms
    assert {"NCBIGene:6615", "UniProtKB:O95863"} <= set(gene.xrefs)
    assert gene.taxon == "NCBITaxon:9606"


def test_a_seeded_entity_is_the_one_that_is_seeded(lexicon: Lexicon) -> None:
    for entity in read_seeds().entities:
        assert lexicon.entity(entity.id) == entity


def test_an_unknown_one_is_none(lexicon: Lexicon) -> None:
    assert lexicon.entity("GO:9999999") is None
    assert lexicon.relations(["GO:9999999"]) == ()


def test_members_act_for_their_family_but_those_that_act_against_it(lexicon: Lexicon) -> None:
    roles = {
        each.subject: each.role
        for each in lexicon.relations(["HGNC:6769", "HGNC:6772", "HGNC:6773"])
        if each.object == "FPLX:SMAD" and each.type is RelationType.MEMBER_OF
    }
    assert roles == {
        "HGNC:6769": Sign.POSITIVE, "HGNC:6772": Sign.NEGATIVE, "HGNC:6773": Sign.NEGATIVE,
    }  # fmt: skip


def test_a_process_is_a_wider_one(lexicon: Lexicon) -> None:
    (relation,) = [
        each for each in lexicon.relations(["GO:0043542"]) if each.type is RelationType.IS_A
    ]
    assert relation.role is Sign.POSITIVE
    assert lexicon.entity(relation.object) is not None


def test_a_secondary_id_is_the_same_as_its_primary(lexicon: Lexicon) -> None:
    entity = lexicon.entity("MESH:D053782")
    assert entity is None or entity.source == "MeSH"
    (same,) = lexicon.relations(["MESH:D058750"])
    assert (same.type, same.object) == (RelationType.SAME_AS, "GO:0001837")


def test_what_a_compound_acts_on(lexicon: Lexicon) -> None:
    (target,) = lexicon.targets("CHEBI:90693")
    assert (target.id, target.sign) == ("FPLX:MEK", Sign.NEGATIVE)
    assert lexicon.targets("HGNC:11128") == ()


def test_every_entity_is_valid_and_numbered_in_order(lexicon: Lexicon) -> None:
    curies = [lexicon.curie(number) for number in range(len(lexicon))]
    assert curies == sorted(set(curies))
    for curie in curies:
        assert normalise_curie(curie) == curie
    for curie in curies[::97]:
        entity = lexicon.entity(curie)
        assert entity is not None
        assert entity.name


def test_every_relation_leads_from_and_to_an_entity(lexicon: Lexicon) -> None:
    curies = [lexicon.curie(number) for number in range(0, len(lexicon), 53)]
    for relation in lexicon.relations(curies):
        assert lexicon.entity(relation.subject) is not None
        assert lexicon.entity(relation.object) is not None, relation


def test_loading_is_done_once() -> None:
    assert Grounder.load() is Grounder.load()
    assert Lexicon.load() is Grounder.load().lexicon
