"""What is written by hand for the stores holds the same lists as the schema."""

import re

import pytest

from app.model.edge_columns import ASPECTS, EPISTEMICS, EVIDENCES, SIDES, SIGNS, STATUSES
from app.model.schema import edge_allowed
from app.model.vocabulary import Aspect, Epistemic, EvidenceType, Side, Sign, Status
from graph_schema.generate import ROOT
from graph_schema.schema import load

COLUMNS = {
    ("record", "format"): "DocumentFormat",
    ("entity", "category"): "Category",
    ("relation", "type"): "RelationType",
    ("relation", "role"): "Sign",
    ("claim", "predicate"): "PredicateType",
    ("claim", "epistemic"): "Epistemic",
    ("claim", "evidence"): "EvidenceType",
    ("claim_state", "status"): "Status",
    ("decision", "type"): "DecisionType",
    ("article_decision", "type"): "ArticleDecisionType",
    ("link", "type"): "LinkType",
    ("account", "role"): "Role",
}


def checks() -> dict[tuple[str, str], tuple[str, ...]]:
    """The values that SQLite's tables allow, by table and column."""
    sql = (ROOT / "app/graph/sqlite/schema.sql").read_text("utf-8")
    found = {}
    for table in re.finditer(r"CREATE TABLE (\w+) \((.*?)\n\)", sql, re.DOTALL):
        for check in re.finditer(r"CHECK \((\w+) IN \(([^)]*)\)\)", table[2]):
            found[table[1], check[1]] = tuple(re.findall(r"'([^']*)'", check[2]))
    return found


@pytest.mark.parametrize("column", COLUMNS, ids=".".join)
def test_a_column_allows_exactly_its_vocabulary(column: tuple[str, str]) -> None:
    (vocabulary,) = (v for v in load().vocabularies if v.name == COLUMNS[column])
    assert set(checks()[column]) == {each.text for each in vocabulary.values}


def test_stored_codes_cover_their_vocabularies() -> None:
    for codes, vocabulary in (
        (SIGNS, Sign),
        (SIDES, Side),
        (ASPECTS, Aspect),
        (STATUSES, Status),
        (EPISTEMICS, Epistemic),
        (EVIDENCES, EvidenceType),
    ):
        assert {code for code in codes if code is not None} == set(vocabulary)
        assert len(set(codes)) == len(codes)


def test_the_model_allows_exactly_the_edges_of_the_schema() -> None:
    ends = {each.text for each in load().categories} | {"Claim", "Article", "Decision", "Entity"}
    names = {each.name for each in load().edge_types}
    allowed = {
        (subject, name, object_)
        for subject in ends
        for name in names
        for object_ in ends
        if edge_allowed(subject, name, object_)
    }
    assert allowed == {
        (subject, edge.name, object_)
        for edge in load().edge_types
        for subject, object_ in edge.allowed
    }


def test_cypher_has_one_statement_a_line_that_may_be_run_again() -> None:
    text = (ROOT / "app/graph/neo4j/schema.cypher").read_text("utf-8")
    statements = [line for line in text.splitlines() if not line.startswith("//")]
    assert all(
        re.fullmatch(r"CREATE (CONSTRAINT|INDEX|FULLTEXT INDEX) \w+ IF NOT EXISTS FOR .+[^;]", line)
        for line in statements
    )
    names = [line.split(" IF NOT")[0].split()[-1] for line in statements]
    assert len(set(names)) == len(names)
    for node in ("Article", "ArticleDecision", "Claim", "Decision", "Entity"):
        assert f"FOR (n:{node}) REQUIRE n.id IS UNIQUE" in text
