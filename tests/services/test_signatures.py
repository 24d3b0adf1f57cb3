"""Signatures on the seed, and those that say nothing."""

import pytest

from app.graph.port import GraphStore
from app.model.errors import BadInput, TooLarge
from app.model.signature import SignatureAnswer, SignatureQuestion
from app.services.reasoning import Reasoner
from app.services.signatures import match_signature, weights_of

NFKB, EMT, METASTASIS, MET = "FPLX:NFkappaB", "GO:0001837", "MESH:D009362", "GO:0060231"
PATHWAY = "GO:0007249"


def ask(store: GraphStore, weights: dict[str, float], **more: object) -> SignatureAnswer:
    question = SignatureQuestion.model_validate({"weights": weights, **more})
    return match_signature(store, Reasoner(store), question)


def best(answer: SignatureAnswer) -> tuple[str, str]:
    first = answer.matches[0]
    return first.target.id, first.perturbation.direction.value


def test_what_brings_emt_and_metastasis_is_found_and_what_takes_them_away(
    seeded: GraphStore,
) -> None:
    weights = {EMT: 1.0, METASTASIS: 2.0}
    reverse, explain = ask(seeded, weights), ask(seeded, weights, goal="explain")
    assert best(reverse) == (NFKB, "-")
    assert best(explain) == (NFKB, "+")
    first = reverse.matches[0]
    assert (first.agreeing, first.opposing) == (2, 0)
    assert first.hits[0].entity.id == METASTASIS
    assert first.hits[0].predicted < 0
    assert first.hits[0].path is not None
    assert first.hits[0].path.sign == "+"
    assert first.evidence[0].verified is True
    assert 0 < first.p <= first.adjusted_p <= 1
    assert reverse.query.used == reverse.query.given == 2
    assert f"{reverse.tested} targets" in reverse.method


def test_the_same_seed_gives_the_same_answer(seeded: GraphStore) -> None:
    one, other = (ask(seeded, {EMT: 1.0}, seed=4).model_dump_json() for _ in range(2))
    assert one == other


def test_any_identifier_that_means_an_entity_is_that_entity(seeded: GraphStore) -> None:
    plain = ask(seeded, {EMT: 1.0})
    for name in ("MESH:D058750", "EMT", "epithelial to mesenchymal transition"):
        again = ask(seeded, {name: 1.0})
        assert again.matches == plain.matches, name
        assert again.unused == ()
    opposite = ask(seeded, {MET: 1.0})
    # Of all that leads to EMT this leads to nothing else, so that nothing speaks against it.
    assert (best(plain), best(opposite)) == ((PATHWAY, "-"), (PATHWAY, "+"))


def test_several_names_of_an_entity_are_merged_or_reported(seeded: GraphStore) -> None:
    merged = ask(seeded, {EMT: 1.0, "MESH:D058750": 3.0, METASTASIS: 2.0})
    assert (merged.query.used, merged.query.merged) == (2, 1)
    both = ask(seeded, {EMT: 1.0, "MESH:D058750": -3.0, METASTASIS: 2.0, "no such": 1.0})
    assert [(one.name, one.reason.value) for one in both.unused] == [
        ("no such", "unknown"), (EMT, "contradictory"), ("MESH:D058750", "contradictory"),
    ]  # fmt: skip


def test_what_cannot_be_compared_is_refused_with_the_reason(seeded: GraphStore) -> None:
    for weights, more, said in (
        ({EMT: float("nan")}, {}, "finite"),
        ({EMT: float("inf"), METASTASIS: 1.0}, {}, "finite"),
        ({EMT: 0.0, METASTASIS: 0.0}, {}, "same weight"),
        ({EMT: 1.0, METASTASIS: 1.0}, {"background": 0}, "same weight"),
        ({"no such thing": 1.0}, {}, "No entity"),
    ):
        with pytest.raises(BadInput, match=said):
            ask(seeded, weights, **more)


def test_parts_of_a_signature_must_not_disagree() -> None:
    assert weights_of(["A"], ["B"], {"C": 0.0}) == {"A": 1.0, "B": -1.0, "C": 0.0}
    for up, down, weights in ((["A"], ["A"], {}), (["A"], [], {"A": 2.0}), ([], [], {})):
        with pytest.raises(BadInput):
            weights_of(up, down, weights)
    with pytest.raises(TooLarge):
        weights_of([f"X{n}" for n in range(5000)], ["Y"], {})


def test_five_thousand_entities_and_huge_weights_are_answered(seeded: GraphStore) -> None:
    weights = {f"HGNC:{900_000 + n}": 1.0 for n in range(4998)} | {EMT: 1e300, METASTASIS: 1e-300}
    answer = ask(seeded, weights, permutations=100)
    assert answer.query.used == 2
    assert len(answer.unused) == 4998
    assert best(answer) == (PATHWAY, "-")


def test_nothing_that_is_measured_is_reached(seeded: GraphStore) -> None:
    answer = ask(seeded, {NFKB: 1.0, EMT: 0.0}, background=0)
    assert answer.matches == () or answer.matches[0].agreeing == 0
