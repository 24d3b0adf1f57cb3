import pytest

from app.model.reading import Document
from benchmarks.extraction.corpora import CORPORA, bionlp, hbp
from benchmarks.extraction.corpora.split import is_unseen
from benchmarks.extraction.corpora.standoff import Bound, Event, Standoff
from benchmarks.extraction.draw import bears_cue, sentences
from benchmarks.extraction.levels import Level
from benchmarks.extraction.scoring import judge, score
from benchmarks.extraction.units import Unit, with_gold_mentions
from tests.benchmarks.said import place

TEXT = "siRNA of SNAI1 blocked loss of E-cadherin and did not raise growth."


def standoff(**events: Event) -> Standoff:
    words = {"T1": ("Gene_or_gene_product", "SNAI1"), "T2": ("Gene_or_gene_product", "E-cadherin")}
    triggers = {
        "T3": ("x", "siRNA"),
        "T4": ("x", "blocked"),
        "T5": ("x", "loss"),
        "T6": ("x", "growth"),
    }
    bound = {
        key: Bound(kind, place(TEXT, word)) for key, (kind, word) in {**words, **triggers}.items()
    }
    return Standoff(TEXT, bound=bound, events=dict(events), entities=set(words))


def test_nested_regulations_turn_the_sign() -> None:
    found = standoff(
        E1=Event("Negative_regulation", "T3", (("Theme", "T1"),)),
        E2=Event("Negative_regulation", "T5", (("Theme", "T2"),)),
        E3=Event("Negative_regulation", "T4", (("Cause", "E1"), ("Theme", "E2"))),
    )
    (claim,) = bionlp.claims(found)
    assert claim.sign == "-"
    assert claim.agent[0] == place(TEXT, "SNAI1")


def test_negation_is_null_and_speculation_is_no_finding() -> None:
    found = standoff(
        E1=Event("Growth", "T6", ()),
        E2=Event("Positive_regulation", "T4", (("Cause", "T1"), ("Theme", "E1"))),
    )
    found.negated.add("E2")
    found.speculated.add("E2")
    (claim,) = bionlp.claims(found)
    assert (claim.sign, claim.null, claim.told) == ("0", True, "hypothesis")
    assert claim.outcome == (place(TEXT, "growth"),)


def test_a_denied_expression_is_a_deficiency() -> None:
    found = standoff(
        E1=Event("Gene_expression", "T3", (("Theme", "T1"),)),
        E2=Event("Negative_regulation", "T4", (("Cause", "E1"), ("Theme", "T2"))),
    )
    assert [claim.sign for claim in bionlp.claims(found)] == ["-"]
    found.negated.add("E1")
    assert [claim.sign for claim in bionlp.claims(found)] == ["+"]


@pytest.mark.parametrize(("trigger", "sign"), [("regulates", "0"), ("mediates", None)])
def test_a_regulation_is_unsigned_only_where_its_word_says_so(
    trigger: str, sign: str | None
) -> None:
    text = f"SNAI1 {trigger} growth."
    words = {"T1": "SNAI1", "T2": trigger, "T3": "growth"}
    bound = {key: Bound("Gene_or_gene_product", place(text, word)) for key, word in words.items()}
    event = Event("Regulation", "T2", (("Cause", "T1"), ("Theme", "T3")))
    (claim,) = bionlp.claims(Standoff(text, bound=bound, events={"E1": event}))
    assert (claim.sign, claim.unsigned) == (sign, sign == "0")


def test_a_presupposed_event_is_not_demanded() -> None:
    found = standoff(
        E1=Event("Positive_regulation", "T5", (("Cause", "T1"), ("Theme", "T2"))),
        E2=Event("Negative_regulation", "T4", (("Cause", "T1"), ("Theme", "E1"))),
    )
    assert [claim.doubtful for claim in bionlp.claims(found)] == [True, False]


EDGE = {"relation": "increases", "subject_mod": None, "object_mod": None}
A, B = "p(HGNC:MAPT, pmod(Ph))", 'bp(GO:"cell death")'


@pytest.mark.parametrize(
    ("change", "sign", "null"),
    [
        ({}, "+", False),
        ({"relation": "directlyDecreases"}, "-", False),
        ({"relation": "causesNoChange"}, "0", True),
        ({"relation": "association"}, "0", False),
        ({"relation": "regulates"}, None, False),
        ({"object_mod": {"modifier": "Degradation"}}, "-", False),
        ({"object_mod": {"modifier": "Activity"}}, "+", False),
    ],
)
def test_edges_of_bel_become_claims_by_name(change: dict, sign: str | None, null: bool) -> None:
    found = hbp.claim({**EDGE, "subject": A, "object": B, **change})
    assert found is not None
    assert (found.agent, found.outcome) == (("MAPT",), ("cell death",))
    assert (found.said.sign, found.said.null) == (sign, null)


@pytest.mark.parametrize(
    "change",
    [
        {"relation": "isA"},
        {"subject": "complex(p(HGNC:A), p(HGNC:B))"},
        {"object": A},
        {"subject_mod": {"modifier": "Translocation"}},
    ],
)
def test_edges_that_say_no_effect_of_one_on_another_are_left_out(change: dict) -> None:
    assert hbp.claim({**EDGE, "subject": A, "object": B, **change}) is None


def test_a_named_claim_is_demanded_only_where_both_names_are_found() -> None:
    named = hbp.claim({**EDGE, "subject": A, "object": B})
    assert named is not None
    for text, found in (("Mapt drives cell death.", 1), ("Tau drives cell death.", 0)):
        unit = Unit(id="1", document="1", text=text, names=(named,))
        assert len(hbp.locate(unit, Document(text=text, title_end=0)).golds) == found


def test_the_unseen_part_is_a_quarter_and_fixed() -> None:
    names = [str(number) for number in range(4000)]
    unseen = [name for name in names if is_unseen("cg", name)]
    assert 900 < len(unseen) < 1100
    assert unseen[:3] == ["0", "10", "22"]
    assert unseen != [name for name in names if is_unseen("pc", name)]


def test_drawing_cuts_at_stops_and_wants_a_word_of_effect() -> None:
    text = (
        "Title here.\nFirst sentence is quite long enough. Then SNAI1 raised the level of vimentin."
    )
    parts = [text[slice(*span)] for span in sentences(text, text.index("\n"))]
    assert parts[0] == "Title here."
    assert len(parts) == 3
    assert not bears_cue(parts[2])
    assert bears_cue("Then SNAI1 increased the level of vimentin in the cells.")


@pytest.mark.parametrize("name", [n for n in CORPORA if n not in ("seed", "heldout")])
def test_every_corpus_loads_and_agrees_with_itself(name: str, shared_dir: object) -> None:
    corpus = CORPORA[name]
    units = corpus.load(False)
    if corpus.locate:
        units = [corpus.locate(unit, Document(text=unit.text, title_end=0)) for unit in units]
    judged = [one for unit in units[:60] for one in judge(unit, unit.golds)]
    counts = score(judged, Level.SIGN).counts
    assert counts.wanted > 0
    assert counts.right == counts.read
    for unit in units:
        for entity in unit.entities:
            assert 0 <= entity.span[0] < entity.span[1] <= len(unit.text)


@pytest.mark.parametrize("name", [name for name in CORPORA if name != "heldout"])
def test_no_document_is_both_seen_and_unseen(name: str, shared_dir: object) -> None:
    load = CORPORA[name].load
    seen, unseen = ({unit.document for unit in load(part)} for part in (False, True))
    assert seen | unseen
    assert not seen & unseen


def test_the_seed_is_wanted_whole() -> None:
    (unit,) = CORPORA["seed"].load(False)
    assert len(unit.golds) == 18
    assert all(0 <= start < end <= len(unit.text) for g in unit.golds for start, end in g.agent)


@pytest.mark.usefixtures("shared_dir")
def test_gold_mentions_stand_in_the_text_and_do_not_overlap() -> None:
    for unit in CORPORA["cg"].load(False)[:40]:
        document = with_gold_mentions(unit)
        assert document.mentions
        for before, after in zip(document.mentions, document.mentions[1:], strict=False):
            assert before.end <= after.start
        assert all(mention.mention.matches(unit.text) for mention in document.mentions)
