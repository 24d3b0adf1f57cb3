"""Tokens of a sentence: mentions, compounds, brackets, knockouts, suspended hyphens."""

import pytest

from app.extraction.rules.sentences import sentences
from app.extraction.rules.tokenise import tokenise
from app.extraction.rules.tokens import Token
from tests.extraction.marked import marked


def tokens(text: str) -> list[Token]:
    """Return the tokens of a marked sentence."""
    document = marked(text)
    [span] = sentences(document.text, document.title_end)
    found = tokenise(document.text, span, document.mentions).tokens
    for token in found:
        assert document.text[token.start : token.end] == token.text
    return found


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("{TGF-beta}-induced {p:EMT} rose.", "TGF-beta-induced", "induced"),
        ("{TGF-beta}\u2010induced {p:EMT} rose.", "TGF-beta\u2010induced", "induced"),
        ("{TP53}-deficient mice died.", "TP53-deficient", "knockout"),
        ("{TP53}-/- mice died.", "TP53-/-", "knockout"),
        ("{TP53} (-/-) mice died.", "TP53 (-/-)", "knockout"),
        ("{TP53}\u2212/\u2212 mice died.", "TP53\u2212/\u2212", "knockout"),
        ("{RAS}-transformed cells grew.", "RAS-transformed", "background"),
        ("{c:LPS}-treated cells grew.", "LPS-treated", "treated"),
        ("anti-{TNF} antibodies bound.", "anti-TNF", "anti"),
        ("{MYC}-overexpressing cells grew.", "MYC-overexpressing", "overexpression"),
    ],
)
def test_a_tie_makes_a_compound(text: str, name: str, kind: str) -> None:
    first = tokens(text)[0]
    assert (first.text, first.compound) == (name, kind)
    assert not first.is_name


def test_a_name_without_a_tie_is_a_name() -> None:
    first, second, *_ = tokens("{TP53}-like genes grew.")
    assert first.compound == "other"
    assert second.text == "genes"
    assert tokens("{TP53} grew.")[0].is_name


def test_suspended_hyphens_get_the_tie_that_they_wait_for() -> None:
    found = tokens("{Ras}- and {TGF-beta}-dependent pathways grew.")
    assert [(t.text, t.compound) for t in found[:3]] == [
        ("Ras-", "induced"),
        ("and", None),
        ("TGF-beta-dependent", "induced"),
    ]


def test_a_hyphen_that_waits_for_nothing_stays() -> None:
    found = tokens("{Ras}- and {TGF-beta} grew.")
    assert [t.text for t in found] == ["Ras", "-", "and", "TGF-beta", "grew", "."]


def test_slashes_join_mentions_to_one_token() -> None:
    [first, *_] = tokens("{IKK-2}/{IkappaBalpha}/{NF-kappaB} pathway grew.")
    assert first.text == "IKK-2/IkappaBalpha/NF-kappaB"
    assert len(first.mentions) == 3


def test_a_hyphen_joins_two_proteins_and_nothing_else() -> None:
    assert len(tokens("{MDM2}-{TP53} grew.")[0].mentions) == 2
    assert tokens("{MDM2}-{c:nutlin} grew.")[0].mentions == ()


def test_brackets_are_set_aside_and_their_mentions_kept() -> None:
    first, second, *rest = tokens("{NF-kappaB} ({RELA} (p65)) and {MYC} grew.")
    assert (first.text, [m.mention.text for m in first.aside]) == ("NF-kappaB", ["RELA"])
    assert second.text == "and"
    assert not any(token.text in "()" for token in rest)


def test_a_bracket_that_never_closes_hides_the_rest_and_loses_no_offset() -> None:
    assert [token.text for token in tokens("{MYC} grew ({RELA} and {JUN} fell.")] == ["MYC", "grew"]


def test_the_end_of_a_longer_name_is_no_mention() -> None:
    [first, *_] = tokens("DETA-{c:NO} grew.")
    assert (first.text, first.mentions) == ("DETA-NO", ())


@pytest.mark.parametrize("prefix", ["phospho", "anti", "human"])
def test_a_known_prefix_leaves_a_mention(prefix: str) -> None:
    assert any(token.mentions for token in tokens(f"{prefix}-{{TP53}} grew."))


@pytest.mark.parametrize("name", ["ectopic expression", "inhibits", "signal transduction pathway"])
def test_a_word_of_the_grammar_is_no_mention(name: str) -> None:
    named = any(token.mentions for token in tokens(f"The {{p:{name}}} grew."))
    assert named == (name == "signal transduction pathway")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("{MYC} upregulated {JUN}.", "increased"),
        ("{MYC} down-regulates {JUN}.", "reduces"),
        ("{MYC} signaling rose.", "signal"),
    ],
)
def test_the_parser_gets_everyday_words(text: str, form: str) -> None:
    assert tokens(text)[1].form == form


def test_a_name_of_many_parts_is_one_noun_for_the_parser() -> None:
    assert tokens("{interleukin 6 receptor-2} grew.")[0].form == "protein"
    assert tokens("{p:cell migration} grew.")[0].form == "migration"
    assert tokens("{IL6} grew.")[0].form == "IL6"


@pytest.mark.parametrize("substitution", ["S32A/S36A", "(S32A/S36A)", "S32/36A"])
def test_substitutions_belong_to_the_name_of_an_inhibitor(substitution: str) -> None:
    assert tokens(f"{{IkappaBalpha}} {substitution} grew.")[0].text.endswith(substitution)
    assert tokens(f"{{TP53}} {substitution} grew.")[0].text == "TP53"
