"""The schema's facts: definitions, mappings, edges, and that nothing contradicts the code."""

from collections.abc import Iterator
from importlib import resources

import pytest
import yaml

from app.model import vocabulary
from app.model.claim import PERTURBATION_DIRECTION
from app.model.eco import ECO_LABEL, ECO_SIDE, ECO_SIDE_OF_PERTURBATION, ECO_SUPPORTS
from app.model.identifiers import normalise_curie
from app.model.schema import edge_allowed
from app.model.vocabulary import RelationType, Side, Supports
from graph_schema.schema import EdgeType, Schema, Slot, Type, Value, Vocabulary, load

Named = Type | EdgeType | Vocabulary | Slot


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load()


@pytest.fixture(scope="module")
def biolink() -> frozenset[str]:
    """Every class and slot of Biolink as a CURIE."""
    file = resources.files("biolink_model") / "schema" / "biolink_model.yaml"
    model = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
    classes = {"".join(w[:1].upper() + w[1:] for w in name.split()) for name in model["classes"]}
    slots = {name.replace(" ", "_") for name in model["slots"]}
    return frozenset(f"biolink:{name}" for name in classes | slots)


def mapping_curies(schema: Schema) -> Iterator[str]:
    mapped: list[Named | Value] = [
        *schema.types,
        *schema.edge_types,
        *schema.vocabularies,
        *values(schema),
    ]
    mapped += [slot for each in schema.types for slot in each.slots]
    for each in mapped:
        for curies in each.mappings.values():
            yield from curies
        own = each.meaning if isinstance(each, Value) else getattr(each, "uri", None)
        if own is not None:
            yield own


def values(schema: Schema) -> list[Value]:
    vocabularies = [*schema.vocabularies, schema.evidence_codes]
    return [value for each in vocabularies for value in each.values]


def test_everything_has_a_definition(schema: Schema) -> None:
    named: list[Named] = [*schema.types, *schema.edge_types, *schema.vocabularies]
    for each in named:
        assert each.definition.endswith("."), each.name
    for slot in (slot for each in schema.types for slot in each.slots):
        assert slot.definition.endswith("."), slot
    for value in values(schema):
        assert value.definition.endswith("."), value


def test_every_mapping_is_a_curie_of_a_declared_prefix(schema: Schema) -> None:
    found = set(mapping_curies(schema))
    assert len(found) > 60
    for curie in found:
        assert curie.partition(":")[0] in schema.prefixes, curie
        assert normalise_curie(curie) == curie


def test_every_biolink_term_exists(schema: Schema, biolink: frozenset[str]) -> None:
    named = {curie for curie in mapping_curies(schema) if curie.startswith("biolink:")}
    assert len(named) > 30
    assert named <= biolink


def test_categories_bear_the_names_of_biolink_classes(schema: Schema) -> None:
    for category in schema.categories:
        assert category.meaning == f"biolink:{category.text}"
        assert category.kind in schema.kinds


def test_enums_hold_exactly_the_schemas_values(schema: Schema) -> None:
    for each in schema.vocabularies:
        enum = getattr(vocabulary, each.name)
        assert [member.value for member in enum] == [value.text for value in each.values]


def test_perturbation_directions_are_those_of_the_code(schema: Schema) -> None:
    stated = {
        value.text: value.facts.get("direction")
        for value in schema.vocabulary("PerturbationType").values
    }
    assert stated == {
        kind.value: sign and sign.value for kind, sign in PERTURBATION_DIRECTION.items()
    }


def test_degradation_turns_the_sign_and_modifications_have_none(schema: Schema) -> None:
    signed = {v.text: v.facts["signed"] for v in schema.vocabulary("Measure").values}
    assert {name for name, sign in signed.items() if sign == "-"} == {"degradation"}
    assert {name for name, sign in signed.items() if sign == "+"} == {
        "activity",
        "abundance",
        "expression",
        "synthesis",
        "stability",
    }


ECO_LOSS = "0000016 0000019 0001583 0000018 0000292 0001091 0001030 0001042 0000020 0000184 0000341"
ECO_GAIN = "0000042 0001032 0000120 0000017 0000012 0000013 0000038"
ECO_NONE = "0006053 0000059 0000204 0000033 0006185"


def test_evidence_codes_show_the_side_that_the_design_gives_them() -> None:
    expected: dict[str, Side | None] = {f"ECO:{n}": Side.LOSS for n in ECO_LOSS.split()}
    expected |= {f"ECO:{n}": Side.GAIN for n in ECO_GAIN.split()}
    expected |= {f"ECO:{n}": None for n in ECO_NONE.split()}
    assert expected == ECO_SIDE
    assert {"ECO:0000059"} == ECO_SIDE_OF_PERTURBATION
    rescues = {"ECO:0000012", "ECO:0000013", "ECO:0000038"}
    assert dict.fromkeys(rescues, Supports.RESCUE) == ECO_SUPPORTS
    assert ECO_LABEL.keys() == ECO_SIDE.keys()


@pytest.mark.parametrize("broader", ["ECO:0000015", "ECO:0005027"])
def test_terms_that_hold_both_sides_have_none(broader: str) -> None:
    assert broader not in ECO_SIDE


def test_every_relation_type_is_an_edge_type(schema: Schema) -> None:
    named = {each.name for each in schema.edge_types if each.group == "relation"}
    assert named == {each.value for each in RelationType}
    others = {each.name for each in schema.edge_types} - named
    assert others == {"AGENT", "OUTCOME", "MEANS", "IN_CONTEXT", "FROM", "ON", "REGULATES"}


@pytest.mark.parametrize(
    "edge",
    [
        ("Gene", "member_of", "GeneFamily"),
        ("Protein", "member_of", "Pathway"),
        ("Protein", "subunit_of", "MacromolecularComplex"),
        ("BiologicalProcess", "same_as", "PhenotypicFeature"),
        ("BiologicalProcess", "positively_regulates", "BiologicalProcess"),
        ("NamedThing", "member_of", "GeneFamily"),
        ("Claim", "AGENT", "GeneFamily"),
        ("Claim", "IN_CONTEXT", "CellLine"),
        ("Claim", "FROM", "Article"),
        ("Decision", "ON", "Claim"),
        ("SmallMolecule", "REGULATES", "Disease"),
    ],
)
def test_an_edge_within_domain_and_range_is_allowed(edge: tuple[str, str, str]) -> None:
    assert edge_allowed(*edge)


@pytest.mark.parametrize(
    "edge",
    [
        ("GeneFamily", "member_of", "Gene"),
        ("Cell", "member_of", "GeneFamily"),
        ("BiologicalProcess", "subunit_of", "MacromolecularComplex"),
        ("Gene", "same_as", "Disease"),
        ("OrganismTaxon", "part_of", "OrganismTaxon"),
        ("Claim", "MEANS", "BiologicalProcess"),
        ("Article", "FROM", "Claim"),
        ("Entity", "AGENT", "Claim"),
    ],
)
def test_an_edge_outside_of_them_is_not(edge: tuple[str, str, str]) -> None:
    assert not edge_allowed(*edge)
