"""Our own lists tested like code: columns, order, identifiers, and that each row is used."""

from pathlib import Path

import pytest

from app.grounding import Grounder, Lexicon
from app.grounding.tokens import key_of
from app.model.identifiers import normalise_curie
from app.model.vocabulary import Category

OWN = Path(__file__).resolve().parents[2] / "seeds" / "lexicon" / "own"
COLUMNS = {
    "cell_lines.tsv": ["id", "name", "synonyms", "taxon", "tissue"],
    "compounds.tsv": ["id", "name", "synonyms", "targets"],
    "concepts.tsv": ["id", "name", "category", "names"],
    "contexts.tsv": ["form", "id", "words", "otherwise", "reason"],
    "names.tsv": ["id", "symbol", "names"],
    "roles.tsv": ["member", "family", "reason"],
    "stop.tsv": ["form", "reason"],
    "words.tsv": ["form", "reason"],
}


def rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (OWN / name).read_text(encoding="utf-8").splitlines()]


def test_there_is_no_other_list() -> None:
    assert sorted(each.name for each in OWN.iterdir()) == sorted(COLUMNS)


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_columns_and_order(name: str) -> None:
    header, *body = rows(name)
    assert header == COLUMNS[name]
    assert all(len(row) == len(header) for row in body)
    assert all(cell == " ".join(cell.split()) for row in body for cell in row)
    named = header.index("name") if name in ("cell_lines.tsv", "compounds.tsv") else 0
    if named:
        assert body == sorted(body, key=lambda row: (row[1].casefold(), row[1]))
    else:
        assert body == sorted(body)
    assert all(row[named] for row in body)


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_nothing_stands_twice(name: str) -> None:
    header, *body = rows(name)
    keys = [
        tuple(row[:2]) if name in ("contexts.tsv", "roles.tsv") else key_of(row[_key(name)])
        for row in body
    ]
    assert len(keys) == len(set(keys)), [key for key in keys if keys.count(key) > 1]
    for column in {"names", "synonyms", "words"} & set(header):
        for row in body:
            several = row[header.index(column)].split("|")
            assert len(several) == len(set(several)), row


def _key(name: str) -> int:
    return 1 if name in ("cell_lines.tsv", "compounds.tsv") else 0


@pytest.mark.parametrize("name", ["concepts.tsv", "contexts.tsv", "names.tsv", "roles.tsv"])
def test_identifiers_are_written_canonically_and_known(name: str) -> None:
    header, *body = rows(name)
    lexicon = Lexicon.load()
    columns = [index for index, each in enumerate(header) if each in ("id", "member", "family")]
    for row in body:
        for index in columns:
            assert normalise_curie(row[index]) == row[index]
            assert lexicon.entity(row[index]) is not None, row


def test_a_gene_is_named_beside_its_identifier() -> None:
    for curie, symbol, _ in rows("names.tsv")[1:]:
        entity = Lexicon.load().entity(curie)
        assert entity is not None
        if curie.startswith("FPLX:"):
            assert symbol == curie.removeprefix("FPLX:")
        elif curie not in {"HGNC:5173", "HGNC:5960", "HGNC:7797"}:
            assert symbol == entity.name


def test_concepts_have_a_category() -> None:
    for _, _, category, _ in rows("concepts.tsv")[1:]:
        assert category in {each.value for each in Category}


def test_there_are_as_many_as_the_field_needs() -> None:
    compounds, cells = rows("compounds.tsv")[1:], rows("cell_lines.tsv")[1:]
    assert sum(bool(row[3]) for row in compounds) >= 150
    assert len(cells) >= 200


def test_every_compound_is_found_and_acts_on_something_known() -> None:
    grounder = Grounder.load()
    for _, name, _, targets in rows("compounds.tsv")[1:]:
        groundings = grounder.ground(name)
        assert groundings, name
        for each in filter(None, targets.split("|")):
            sign, _, target = each.partition(" ")
            assert sign in ("+", "-")
            assert any(
                (acts.id, acts.sign) == (target, sign)
                for grounding in groundings
                for acts in grounder.lexicon.targets(grounding.id)
            ), (name, each)


def test_stopped_forms_are_forms_and_have_a_reason() -> None:
    for name in ("stop.tsv", "words.tsv"):
        for form, reason in rows(name)[1:]:
            assert form == key_of(form)
            assert reason


def test_a_form_that_needs_a_context_has_that_meaning() -> None:
    lexicon = Lexicon.load()
    for form, curie, words, *_ in rows("contexts.tsv")[1:]:
        assert curie in [lexicon.curie(each.entity) for each in lexicon.meanings(form)], form
        assert all(word.isalpha() and word.islower() for word in words.split("|"))


def test_what_happens_otherwise_is_one_of_two() -> None:
    assert {row[3] for row in rows("contexts.tsv")[1:]} == {"drop", "keep"}
