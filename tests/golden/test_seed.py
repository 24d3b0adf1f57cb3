"""The seed, answered: every effect on EMT and metastasis, from the founding abstract alone.

The table says what a careful reader of the abstract expects. The files beside this one hold the
whole answers; ``EVIPATH_UPDATE_GOLDEN=1`` writes them anew, for a reader to compare.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.graph.sqlite import open_sqlite
from app.model.answer import AskedContext, InterventionAnswer, InterventionQuestion, NamedEntity
from app.model.claim import ClaimView
from app.model.vocabulary import Agreement, ContextType, Effect, Tier
from app.services.claims import claim_views
from app.services.reasoning import Reasoner
from app.services.seeds import load_seeds

NFKB, PATHWAY, IKK2, IKBA = "FPLX:NFkappaB", "GO:0007249", "HGNC:5960", "HGNC:7797"
EMT, EMT_MESH, METASTASIS = "GO:0001837", "MESH:D058750", "MESH:D009362"
RAS_AND_TGFB = {
    "FPLX:RAS", "HGNC:5173", "FPLX:TGFB", "MESH:D016212", "GO:0007265", "GO:0007179",
}  # fmt: skip
HERE = Path(__file__).parent

PLACES = {
    (0, "required_for", None, EMT): "T1",
    (0, "required_for", None, METASTASIS): "T2",
    (557, "required_for", "induction", EMT): "C1",
    (557, "required_for", "maintenance", EMT): "C2",
    (688, "prevents", "induction", EMT): "C3",
    (779, "promotes", None, EMT): "C4",
    (903, "reverses", "maintenance", EMT): "C5",
    (999, "required_for", "induction", EMT): "C6",
    (999, "required_for", "maintenance", EMT): "C7",
    (1118, "abrogates", None, METASTASIS): "C8",
}
"""Where each claim's quote starts and what it says, and the letter a reader knows it by."""

KIN_DOWN = [(IKK2, "-", "kinship", False), (IKBA, "+", "kinship", False)]
KIN_UP = [(IKK2, "+", "kinship", False), (IKBA, "-", "kinship", False)]

EXPECTED: dict[tuple[str, Effect], list[tuple[str, str, str, bool]]] = {
    (EMT, Effect.REVERSES): [
        (NFKB, "-", "observed", True), (PATHWAY, "-", "entailed", True), *KIN_DOWN,
    ],
    (EMT, Effect.PREVENTS): [
        (NFKB, "-", "observed", True), (PATHWAY, "-", "entailed", True), *KIN_DOWN,
    ],
    (EMT, Effect.LOWERS): [
        (NFKB, "-", "observed", True), (PATHWAY, "-", "entailed", True), *KIN_DOWN,
    ],
    (EMT, Effect.PROMOTES): [
        (NFKB, "+", "observed", True), (PATHWAY, "+", "predicted", False), *KIN_UP,
    ],
    (EMT, Effect.INDUCES): [
        (NFKB, "+", "entailed", True), (PATHWAY, "+", "predicted", False), *KIN_UP,
    ],
    (EMT, Effect.MAINTAINS): [
        (NFKB, "+", "predicted", True), (PATHWAY, "+", "predicted", False), *KIN_UP,
    ],
    (EMT, Effect.WORSENS): [
        (NFKB, "+", "predicted", True), (PATHWAY, "+", "predicted", False), *KIN_UP,
    ],
    (EMT, Effect.NO_EFFECT): [],
    (METASTASIS, Effect.LOWERS): [(NFKB, "-", "observed", True)],
    (METASTASIS, Effect.REVERSES): [(NFKB, "-", "predicted", True)],
    (METASTASIS, Effect.PREVENTS): [(NFKB, "-", "predicted", True)],
    (METASTASIS, Effect.PROMOTES): [(NFKB, "+", "predicted", False)],
    (METASTASIS, Effect.INDUCES): [(NFKB, "+", "predicted", False)],
    (METASTASIS, Effect.MAINTAINS): [(NFKB, "+", "predicted", False)],
    (METASTASIS, Effect.WORSENS): [(NFKB, "+", "predicted", False)],
    (METASTASIS, Effect.NO_EFFECT): [],
}  # fmt: skip

GROUNDS: dict[tuple[str, Effect], list[list[str]]] = {
    (EMT, Effect.REVERSES): [["C5"], ["C2"], ["C2"], ["C2"]],
    (EMT, Effect.PREVENTS): [["C3"], ["C1"], ["C1"], ["C1"]],
    (EMT, Effect.PROMOTES): [["C4"]],
    (EMT, Effect.INDUCES): [["C4"], ["C1"]],
    (EMT, Effect.MAINTAINS): [["C4"], ["C2"], ["C2"], ["C2"]],
    (METASTASIS, Effect.LOWERS): [["C8"]],
}


class Seed:
    """A store that holds the seeds and nothing else."""

    def __init__(self, url: str) -> None:
        self.store = open_sqlite(url)
        load_seeds(self.store)
        self.reasoner = Reasoner(self.store)

    def ask(self, outcome: str, effect: Effect, **more: object) -> InterventionAnswer:
        question = InterventionQuestion.model_validate(
            {"outcome": NamedEntity(id=outcome, name=outcome), "effect": effect, **more}
        )
        return self.reasoner.interventions(question, limit=100)

    def claims(self, ids: list[str]) -> dict[str, ClaimView]:
        with self.store.view() as view:
            return claim_views(view, ids)

    def letters(self, ids: list[str]) -> list[str]:
        """Return the letters of claims; ``?`` for one that no answer may rest on."""
        claims = self.claims(ids)
        return [_letter(claims[one]) for one in ids]


def _letter(claim: ClaimView) -> str:
    start, top = claim.quotes[0].start, claim.outcome.top
    aspect = claim.outcome.aspect
    place = (start or 0, claim.predicate.type.value, aspect and aspect.value, top and top.id)
    return PLACES.get(place, "?")  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seed]:
    seed = Seed(f"sqlite:///{tmp_path_factory.mktemp('seed') / 'graph.db'}")
    yield seed
    seed.store.close()


def _rows(answer: InterventionAnswer) -> list[tuple[str, str, str, bool]]:
    return [
        (a.target.id, a.perturbation.direction.value, a.tier.value, a.matched)
        for a in answer.interventions
    ]


@pytest.mark.parametrize(("outcome", "effect"), EXPECTED)
def test_each_effect(seed: Seed, outcome: str, effect: Effect) -> None:
    answer = seed.ask(outcome, effect)
    assert _rows(answer) == EXPECTED[outcome, effect]
    assert answer.total == len(answer.interventions)


@pytest.mark.parametrize(("outcome", "effect"), GROUNDS)
def test_each_answer_rests_on_the_right_sentence(seed: Seed, outcome: str, effect: Effect) -> None:
    expected = GROUNDS[outcome, effect]
    answers = seed.ask(outcome, effect).interventions[: len(expected)]
    found = [
        seed.letters([e.claim for e in answer.evidence if e.role == "ground"]) for answer in answers
    ]
    assert found == expected


@pytest.mark.parametrize("effect", list(Effect))
def test_an_equivalent_identifier_gives_the_same_bytes(seed: Seed, effect: Effect) -> None:
    one, other = seed.ask(EMT, effect), seed.ask(EMT_MESH, effect)
    assert one.model_dump_json() == other.model_dump_json()


@pytest.mark.parametrize(("outcome", "effect"), EXPECTED)
def test_every_answer_can_be_traced_to_its_sentence(
    seed: Seed, outcome: str, effect: Effect
) -> None:
    for answer in seed.ask(outcome, effect).interventions:
        assert answer.papers == answer.independent_papers == 1
        assert (answer.influence is not None) == (answer.tier is Tier.PREDICTED)
        assert answer.simulated_effect is None
        assert answer.counter_evidence == ()
        for item in answer.evidence:
            assert item.verified is True
            assert item.pmid == "PMID:15314694"
            with seed.store.view() as view:
                (article,) = view.articles(list(view.article_ids([item.pmid]).values())).values()
            assert article.text[item.start : item.end] == item.quote


@pytest.mark.parametrize(("outcome", "effect"), EXPECTED)
def test_ras_and_tgf_beta_are_no_targets(seed: Seed, outcome: str, effect: Effect) -> None:
    for more in ({}, {"include_candidates": True}):
        targets = {answer.target.id for answer in seed.ask(outcome, effect, **more).interventions}
        assert not targets & RAS_AND_TGFB


def test_what_stands_beside_raises_no_belief(seed: Seed) -> None:
    first = seed.ask(EMT, Effect.REVERSES).interventions[0]
    beside = seed.letters([e.claim for e in first.evidence if e.role == "beside"])
    assert {"C7", "T1"} <= set(beside)
    assert (first.belief, first.claim_count) == (0.9, 1)
    assert first.paths[0].arithmetic == (
        "inhibition (−) × NF-kappaB raises EMT maintenance (+) = EMT falls (−): reverses"
    )


def test_background_hypothesis_and_aim_are_never_a_ground(seed: Seed) -> None:
    for outcome, effect in EXPECTED:
        for answer in seed.ask(outcome, effect).interventions:
            grounds = [e for e in answer.evidence if e.role == "ground"]
            assert grounds
            assert {e.epistemic for e in grounds} <= {"demonstrated", "summary", "interpretation"}


def test_c10_makes_no_edge_to_ras_or_tgf_beta_signalling(seed: Seed) -> None:
    with seed.store.view() as view:
        edges = [stored.edge for stored in view.edges()]
    from_nfkb = {edge.object for edge in edges if edge.subject == NFKB}
    assert not from_nfkb & RAS_AND_TGFB
    (requirement,) = [
        edge for edge in edges if edge.subject == NFKB and edge.object == "MESH:D063646"
        and edge.side == "loss"
    ]  # fmt: skip
    assert requirement.condition[0].state == "present"


def test_sufficiency_names_its_background_and_the_absent_input(seed: Seed) -> None:
    (step,) = seed.ask(EMT, Effect.PROMOTES).interventions[0].paths[0].steps
    assert any("absent" in condition for condition in step.condition)
    assert "Ras-transformed" in step.condition


def test_ikappabalpha_is_never_inhibited_to_lower_emt(seed: Seed) -> None:
    for effect in (Effect.REVERSES, Effect.PREVENTS, Effect.LOWERS):
        directions = {
            a.perturbation.direction for a in seed.ask(EMT, effect).interventions
            if a.target.id == IKBA
        }  # fmt: skip
        assert directions == {"+"}


def test_a_question_about_human_tissue_lists_the_mouse_as_mismatch(seed: Seed) -> None:
    human = (AskedContext(type=ContextType.ORGANISM, id="NCBITaxon:9606"),)
    (answer,) = seed.ask(METASTASIS, Effect.LOWERS, context=human).interventions
    assert answer.agreement is Agreement.MISMATCH
    assert answer.paths[0].context[ContextType.ORGANISM].found == "mouse"
    mouse = (AskedContext(type=ContextType.ORGANISM, id="NCBITaxon:10090"),)
    (answer,) = seed.ask(METASTASIS, Effect.LOWERS, context=mouse).interventions
    assert answer.agreement is Agreement.MATCH


def test_tiers_are_told_in_words(seed: Seed) -> None:
    rows = seed.ask(EMT, Effect.REVERSES).interventions
    assert [row.tier for row in rows] == [
        Tier.OBSERVED, Tier.ENTAILED, Tier.KINSHIP, Tier.KINSHIP,
    ]  # fmt: skip
    assert "by kinship: member of, extrapolated" in rows[2].paths[0].arithmetic


@pytest.mark.parametrize(("outcome", "effect"), EXPECTED)
def test_whole_answers(seed: Seed, outcome: str, effect: Effect) -> None:
    answer = seed.ask(outcome, effect).model_dump(mode="json", exclude={"snapshot"})
    name = "emt" if outcome == EMT else "metastasis"
    path = HERE / f"{name}.{effect.value}.json"
    if os.environ.get("EVIPATH_UPDATE_GOLDEN"):
        path.write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert answer == json.loads(path.read_text(encoding="utf-8"))
