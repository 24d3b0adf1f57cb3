"""A check finds each thing that can be wrong, and nothing on a store that is as it should be."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from app.graph.port import GraphStore, GraphWriter
from app.graph.sqlite import open_sqlite
from app.model.claim import ClaimState
from app.model.vocabulary import DecisionType, RelationType, Status
from app.services.check import Finding, Kind, check
from app.services.ingest import store_record
from app.services.seeds import load_seeds, read_seeds
from tests.support.factories import claim, decision, edge, entity, quote, record, relation

SEEDED = read_seeds().claims[0].claims[0]
OTHER = read_seeds().claims[0].claims[1]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/graph.db"


@pytest.fixture
def store(url: str) -> GraphStore:
    made = open_sqlite(url)
    load_seeds(made)
    return made


def found(store: GraphStore) -> list[Finding]:
    return list(check(store))


def kinds(store: GraphStore) -> set[Kind]:
    return {finding.kind for finding in check(store)}


def test_an_empty_store_and_the_seeds_are_clean(store: GraphStore) -> None:
    assert found(open_sqlite("sqlite:///:memory:")) == []
    assert found(store) == []


def test_quotes_that_a_newer_text_flagged_are_clean(store: GraphStore) -> None:
    seed = read_seeds().articles[0].record
    shorter = seed.citation.model_copy(update={"abstract": ()})
    newer = seed.model_copy(update={"citation": shorter, "version": 9})
    store.write("ada", "newer", lambda writer: store_record(writer, newer))
    with store.view() as view:
        flags = [q.verified for q in view.claims([SEEDED.id])[SEEDED.id].state.quotes]
    assert flags
    assert found(store) == []


def test_what_was_purged_is_not_missed(store: GraphStore) -> None:
    store.purge("claim", OTHER.id, "root", "asked for")
    assert found(store) == []


def _state(writer: GraphWriter, **update: object) -> None:
    held = writer.claims([SEEDED.id])[SEEDED.id].state
    writer.put_state(SEEDED.id, held.model_copy(update=update))


def _wrong_quote(writer: GraphWriter) -> None:
    text = record().citation.abstract[0].text
    made = claim(text)
    writer.put_claim(None, made)


WRONG: dict[str, tuple[Kind, Callable[[GraphWriter], object]]] = {
    "a status that no decision gave": (
        Kind.STATUS,
        lambda writer: _state(writer, status=Status.DISPUTED),
    ),
    "superseded by a claim that no decision named": (
        Kind.STATUS,
        lambda writer: _state(writer, superseded_by=(OTHER.id,)),
    ),
    "a flag that the text does not bear out": (
        Kind.QUOTE,
        lambda writer: _state(writer, quotes=(quote("x EMT", "EMT"),)),
    ),
    "quotes lost from the state": (Kind.QUOTE, lambda writer: _state(writer, quotes=())),
    "a quote of a text that is not there": (Kind.QUOTE, _wrong_quote),
    "another edge": (Kind.EDGE, lambda writer: writer.put_edges(SEEDED.id, [edge("HGNC:1")], 1)),
    "edges of another rule": (
        Kind.RULE_VERSION,
        lambda writer: writer.put_edges(SEEDED.id, writer.edges_of([SEEDED.id])[SEEDED.id], 99),
    ),
    "an entity without a CURIE": (
        Kind.IDENTIFIER,
        lambda writer: writer.put_entity(entity("NOPREFIX:1", "nothing")),
    ),
    "a CURIE in another spelling": (
        Kind.IDENTIFIER,
        lambda writer: writer.put_entity(entity("go:0001837", "nothing")),
    ),
    "a relation to nothing": (
        Kind.RELATION,
        lambda writer: writer.put_relation(
            relation("GO:0001837", RelationType.PART_OF, "GO:9999999")
        ),
    ),
    "an undo of nothing": (
        Kind.DECISION,
        lambda writer: writer.add_decision(
            decision("d1", SEEDED.id, DecisionType.UNDO).model_copy(update={"undoes": "d0"})
        ),
    ),
    "a merge into nothing": (
        Kind.DECISION,
        lambda writer: writer.add_decision(
            decision("d1", SEEDED.id, DecisionType.MERGE).model_copy(
                update={"replacements": ("0" * 64,)}
            )
        ),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_found(store: GraphStore, name: str) -> None:
    kind, spoil = WRONG[name]
    store.write("eve", "spoil", spoil)
    assert kind in kinds(store)


TAMPERED = {
    "UPDATE text_body SET text = replace(text, 'EMT', 'XYZ')": Kind.TEXT,
    "UPDATE record SET record = replace(record, 'metastasis', 'metastases')": Kind.ARTICLE,
    "UPDATE article_text SET sha256 = (SELECT sha256 FROM text_body WHERE text = 'other')": (
        Kind.ARTICLE
    ),
    "DELETE FROM alias": Kind.ARTICLE,
    "UPDATE claim SET claim = replace(claim, '\"reverses\"', '\"prevents\"')": Kind.CLAIM_ID,
    "UPDATE OR IGNORE link SET target = 999999": Kind.LINK,
    "UPDATE claim SET claim = '{}'": Kind.UNREADABLE,
    "UPDATE record SET record = '{}'": Kind.UNREADABLE,
    "DELETE FROM record": Kind.UNREADABLE,
}


@pytest.mark.parametrize("statement", TAMPERED)
def test_what_was_tampered_with_is_found(store: GraphStore, url: str, statement: str) -> None:
    with sqlite3.connect(url.removeprefix("sqlite:///")) as file:
        file.execute("INSERT INTO text_body VALUES (?, 'other')", ("1" * 64,))
        file.execute("INSERT INTO claim_key VALUES (999999, ?)", ("0" * 64,))
        changed = file.execute(statement).rowcount
    file.close()
    assert changed > 0
    assert TAMPERED[statement] in kinds(store)


def test_a_finding_says_where_and_what(store: GraphStore) -> None:
    store.write("eve", "spoil", lambda writer: _state(writer, status=Status.REJECTED))
    finding = next(each for each in check(store) if each.kind is Kind.STATUS)
    assert finding.key == SEEDED.id
    assert finding.detail == "it is rejected, but its decisions make it accepted"


def test_a_state_without_decision_is_a_candidate(store: GraphStore) -> None:
    made = claim(record().citation.abstract[0].text)
    accepted = ClaimState(status=Status.ACCEPTED, quotes=made.quotes)

    def work(writer: GraphWriter) -> None:
        writer.put_claim(None, made)
        writer.put_state(made.id, accepted)

    store.write("eve", "spoil", work)
    assert Finding(
        Kind.STATUS, made.id, "it is accepted, but its decisions make it candidate"
    ) in found(store)
