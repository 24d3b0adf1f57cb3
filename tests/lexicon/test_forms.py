"""Forms that are compiled: variants of spelling, and which meaning outdoes which."""

import pytest

from app.grounding.tokens import key_of
from app.model.vocabulary import Category
from tools.lexicon.forms import forms, variants
from tools.lexicon.own import spelled_out
from tools.lexicon.sources import all_memberships
from tools.lexicon.terms import Term, is_symbol


def term(curie: str, category: Category, **names: str) -> Term:
    made = Term(curie, curie, category, "test")
    for kind, name in names.items():
        made.add(kind, [name])
    return made


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("TGF-beta 1", ["tgf b 1", "tgf beta i"]),
        ("HIF1A", ["hif 1 alpha"]),
        ("collagen IV", ["collagen 4"]),
        ("caspase 3", ["caspase iii"]),
        ("Cadherins", ["cadherin"]),
        ("Fibroblast Growth Factors", ["fibroblast growth factor"]),
        ("p53", []),
    ],
)
def test_variants(name: str, expected: list[str]) -> None:
    assert list(variants(name, key_of(name))) == expected


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("MMP9", True),
        ("p53", True),
        ("NF-kappaB", True),
        ("vimentin", False),
        ("E-cadherin", False),
    ],
)
def test_symbols(name: str, symbol: bool) -> None:
    assert is_symbol(name) is symbol


def test_a_family_outdoes_the_alias_of_its_member() -> None:
    terms = {
        "FPLX:X": term("FPLX:X", Category.GENE_FAMILY, f="XY-1"),
        "HGNC:1": term("HGNC:1", Category.GENE, a="XY1"),
        "HGNC:2": term("HGNC:2", Category.GENE, a="XY1"),
    }
    found = forms(terms, [("HGNC:1", "member_of", "FPLX:X", "+", "")])
    assert [curie for curie, _, _ in found["xy 1"]] == ["FPLX:X", "HGNC:2"]


def test_a_disease_outdoes_the_gene_that_is_called_after_it() -> None:
    terms = {
        "MESH:D1": term("MESH:D1", Category.DISEASE, n="odd disease"),
        "HGNC:1": term("HGNC:1", Category.GENE, n="odd disease"),
    }
    assert [curie for curie, _, _ in forms(terms, [])["odd disease"]] == ["MESH:D1"]


@pytest.mark.parametrize("name", ["MEK inhibitor", "Snail siRNA", "50 kDa", "AB"])
def test_what_names_no_gene_is_no_form(name: str) -> None:
    assert forms({"HGNC:1": term("HGNC:1", Category.GENE, a=name)}, []) == {}


def test_members_belong_to_the_families_above_theirs() -> None:
    direct = [("SMAD3", "isa", "SMAD2_3"), ("SMAD2_3", "isa", "SMAD"), ("SMAD", "partof", "Q")]
    assert set(all_memberships(direct)) == {*direct, ("SMAD3", "isa", "SMAD")}


def test_a_star_stands_for_the_endings_of_pathways() -> None:
    assert "Wnt signaling pathway" in list(spelled_out(["Wnt *"]))
    assert list(spelled_out(["Wnt"])) == ["Wnt"]
