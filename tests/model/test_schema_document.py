from app.model import vocabulary
from app.model.schema import schema_document
from app.model.vocabulary import Category


def listed(document: dict[str, object], name: str) -> list[dict[str, object]]:
    part = document[name]
    assert isinstance(part, list)
    return part


def test_it_holds_every_part_of_the_typed_graph() -> None:
    document = schema_document()
    assert document["version"] == "1.0.0"
    assert [each["name"] for each in listed(document, "categories")] == list(Category)
    edges = {each["name"]: each for each in listed(document, "edge_types")}
    assert edges["member_of"]["range"] == [
        "GeneFamily",
        "Pathway",
        "BiologicalProcess",
        "NamedThing",
    ]
    assert (edges["FROM"]["subject"], edges["FROM"]["object"]) == ("Claim", "Article")


def test_every_enum_is_a_vocabulary_with_a_definition_of_every_value() -> None:
    vocabularies = {each["name"]: each for each in listed(schema_document(), "vocabularies")}
    for name, each in vocabularies.items():
        enum = getattr(vocabulary, str(name))
        assert [value["value"] for value in listed(each, "values")] == list(enum)
        assert each["definition"] == enum.__doc__
        assert all(value["definition"] for value in listed(each, "values"))


def test_the_claims_slots_are_served() -> None:
    claim = next(each for each in listed(schema_document(), "types") if each["name"] == "Claim")
    slots = {slot["name"]: slot["range"] for slot in listed(claim, "slots")}
    assert slots["predicate"] == "Predicate"
    assert slots["epistemic"] == "Epistemic"


def test_the_caller_owns_what_it_gets() -> None:
    schema_document().clear()
    assert schema_document()
