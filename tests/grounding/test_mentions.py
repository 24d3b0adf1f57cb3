"""What a text mentions: where, and what it may mean."""

from itertools import pairwise

import pytest

from app.grounding import Grounder
from app.model.reading import TextMention
from app.model.vocabulary import Category


@pytest.fixture(scope="module")
def grounder() -> Grounder:
    return Grounder.load()


def found(grounder: Grounder, text: str) -> dict[str, str]:
    """Return the best id of each mention by its words."""
    return {each.mention.text: each.groundings[0].id for each in grounder.mentions(text)}


def only(grounder: Grounder, text: str, words: str) -> TextMention:
    """Return the one mention with these words."""
    (mention,) = [each for each in grounder.mentions(text) if each.mention.text == words]
    return mention


@pytest.mark.parametrize(
    ("spelling", "curie"),
    [
        ("NF-kappaB", "FPLX:NFkappaB"),
        ("NF-κB", "FPLX:NFkappaB"),
        ("NF-kappa B", "FPLX:NFkappaB"),
        ("NFkB", "FPLX:NFkappaB"),
        ("NF-kappa(B)", "FPLX:NFkappaB"),
        ("TGF-β1", "HGNC:11766"),
        ("TGFbeta1", "HGNC:11766"),
        ("TGF-beta 1", "HGNC:11766"),
        ("TNF-α", "HGNC:11892"),
        ("TNFalpha", "HGNC:11892"),
        ("E-cadherin", "HGNC:1748"),
        ("E‑cadherin", "HGNC:1748"),
        ("IkappaBalpha", "HGNC:7797"),
        ("IκBα", "HGNC:7797"),
        ("IKK-2", "HGNC:5960"),
        ("p53", "HGNC:11998"),
        ("c-Myc", "HGNC:7553"),
        ("Ha-Ras", "HGNC:5173"),
        ("IL-6", "HGNC:6018"),
        ("HIF-1α", "HGNC:4910"),
        ("ERK1/2", "FPLX:ERK"),
        ("MMPs", "FPLX:MMP"),
        ("caspases", "FPLX:Caspase"),
        ("SB431542", "CHEBI:91108"),
        ("SB-431542", "CHEBI:91108"),
        ("U0126", "CHEBI:90693"),
        ("tumour growth", "EVIPATH:tumor-growth"),
        ("metastatic potential", "MESH:D009362"),
        ("invasiveness", "MESH:D009361"),
        ("cell viability", "MESH:D002470"),
        ("epithelial–mesenchymal transition", "GO:0001837"),
        ("Wnt/β-catenin signalling", "GO:0060070"),
        ("MCF-7", "MESH:D061986"),
    ],
)
def test_spellings(grounder: Grounder, spelling: str, curie: str) -> None:
    assert found(grounder, f"We studied {spelling} in detail.") == {spelling: curie}
    assert grounder.ground(spelling)[0].id == curie


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TGF-beta-induced EMT", {"TGF-beta": "FPLX:TGFB", "EMT": "GO:0001837"}),
        ("p53-deficient mice", {"p53": "HGNC:11998", "mice": "NCBITaxon:10090"}),
        ("anti-TNF", {"TNF": "HGNC:11892"}),
        ("pro-caspase-3", {"caspase-3": "HGNC:1504"}),
        ("phospho-ERK1/2", {"ERK1/2": "FPLX:ERK"}),
        ("levels of pAKT", {"AKT": "FPLX:AKT"}),
        ("pSmad2 and siSnail", {"Smad2": "HGNC:6768", "Snail": "HGNC:11128"}),
        ("the MEK inhibitor U0126", {"MEK": "FPLX:MEK", "U0126": "CHEBI:90693"}),
        ("beta(2)-microglobulin", {"beta(2)-microglobulin": "HGNC:914"}),
    ],
)
def test_inside_compounds(grounder: Grounder, text: str, expected: dict[str, str]) -> None:
    assert found(grounder, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "the rat was set to rest and had an impact on the large cat",
        "It was met with a clock. Rest and Large are words; Impact too.",
        "a 50 kDa protein and the antibodies",
        "OR 1.5, CI 1.2-3.4",
        "at 3 h and 1 h",
        "Bad prognosis. Twist of fate. Notch.",
    ],
)
def test_words_are_no_genes(grounder: Grounder, text: str) -> None:
    kinds = {Category.GENE, Category.GENE_FAMILY}
    assert [each for each in grounder.mentions(text) if each.category in kinds] == []


def test_a_symbol_among_words_is_a_gene(grounder: Grounder) -> None:
    assert found(grounder, "expression of CAT and WAS")["WAS"] == "HGNC:12731"
    assert found(grounder, "We silenced Twist in these.")["Twist"] == "HGNC:12428"
    assert found(grounder, "Twist represses it.")["Twist"] == "HGNC:12428"
    assert found(grounder, "Seen. Snail and Slug act.")["Snail"] == "HGNC:11128"


def test_a_part_of_a_longer_symbol_is_none(grounder: Grounder) -> None:
    assert found(grounder, "in MDA-MB-231 cells")["MDA-MB-231 cells"] == "MESH:D000092302"
    assert "MDA" not in found(grounder, "in MDA-MB-999 cells")


def test_emt_is_the_transition_and_other_readings_stay_visible(grounder: Grounder) -> None:
    mention = only(grounder, "EMT was seen.", "EMT")
    assert mention.groundings[0].id == "GO:0001837"
    assert "HGNC:10967" in [each.id for each in mention.groundings]
    scores = [each.score for each in mention.groundings]
    assert scores == sorted(scores, reverse=True)


def test_met_is_the_transition_only_where_the_text_speaks_of_it(grounder: Grounder) -> None:
    assert found(grounder, "MET amplification drives resistance.")["MET"] == "HGNC:7029"
    assert found(grounder, "EMT and MET are opposites.")["MET"] == "GO:0060231"
    assert found(grounder, "EMT needs Met, the receptor.")["Met"] == "HGNC:7029"


def test_a_family_is_not_its_member(grounder: Grounder) -> None:
    assert [each.id for each in grounder.ground("NF-kappaB")] == ["FPLX:NFkappaB"]


class TestAbbreviations:
    def test_a_defined_one_means_its_long_form_everywhere(self, grounder: Grounder) -> None:
        text = "Congenital hypothyroidism (CAT) is rare. CAT was treated."
        mentions = [each for each in grounder.mentions(text) if each.mention.text == "CAT"]
        assert [each.groundings[0].id for each in mentions] == ["MESH:D003409"] * 2
        assert all(each.abbreviation for each in mentions)

    def test_an_unknown_long_form_takes_the_meaning_away(self, grounder: Grounder) -> None:
        assert "CAT" not in found(grounder, "the computer adaptive testing (CAT) of pupils; CAT")

    def test_a_long_form_that_agrees_with_the_gene_keeps_it(self, grounder: Grounder) -> None:
        text = "the iodide importer protein (NIS) was lost"
        assert found(grounder, text)["NIS"] == "HGNC:11040"

    def test_it_holds_in_its_text_alone(self, grounder: Grounder) -> None:
        grounder.mentions("Congenital hypothyroidism (CAT) is rare.")
        assert found(grounder, "expression of CAT")["CAT"] == "HGNC:1516"


def test_mentions_are_sorted_and_stand_verbatim(grounder: Grounder) -> None:
    text = "TGF-β–induced EMT in p53‑null MCF-7 cells; Gru\u0308nert’s NF-κB 🧬 IκBα."
    mentions = grounder.mentions(text)
    assert len(mentions) >= 5
    assert all(each.mention.matches(text) for each in mentions)
    assert all(one.end <= other.start for one, other in pairwise(mentions))
    for each in mentions:
        entity = grounder.entity(each.groundings[0].id)
        assert entity is not None
        assert entity.category is each.category


def test_the_version_tells_lexicon_and_code_apart(grounder: Grounder) -> None:
    code, _, hashed = grounder.version.partition(".")
    assert code.isdigit()
    assert len(hashed) == 12
