"""CSV, JSON Lines and the RO-Crate: as records, with nothing lost."""

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pandas
import pytest
from rocrate.rocrate import ROCrate

from app.export.claim_table import COLUMNS, JSON_COLUMNS
from app.model.claim import ClaimView, Composition, ContextItem, Relation
from app.model.edge import Edge
from app.model.text import Quote
from app.model.vocabulary import Epistemic, PredicateType, Status
from app.services.export import FORMATS
from tests.export.conftest import Graph
from tests.export.validators import crate_errors

SIGN = {"positive": "+", "negative": "-", "none": "0"}


def table(graph: Graph, **query: object) -> list[dict[str, str]]:
    """The table as pandas reads it, every cell as its text."""
    raw = graph.bytes("csv", **query)
    frame = pandas.read_csv(io.BytesIO(raw), dtype=str, keep_default_na=False)
    assert tuple(frame.columns) == COLUMNS
    return frame.to_dict("records")


def test_pandas_refuses_a_broken_table(graph: Graph) -> None:
    broken = graph.bytes("csv") + b",b" * 60 + b"\r\n"
    with pytest.raises(pandas.errors.ParserError):
        pandas.read_csv(io.BytesIO(broken))


def test_the_table_holds_the_claims(larger: Graph) -> None:
    claims = larger.claims()
    rows = table(larger)
    standing = {i for i, c in claims.items() if c.status in FORMATS["csv"].statuses}
    assert {row["id"] for row in rows} == standing
    for row in rows:
        same(row, claims[row["id"]])


def same(row: dict[str, str], claim: ClaimView) -> None:
    """Hold a row against its claim."""
    held = {name: json.loads(row[name]) for name in JSON_COLUMNS if row[name]}
    plain = {
        "status": claim.status,
        "article": claim.article,
        "agent": claim.agent.top and claim.agent.top.id,
        "agent_measure": claim.agent.measure,
        "perturbation": claim.perturbation.type,
        "predicate": claim.predicate.type,
        "outcome": claim.outcome.top and claim.outcome.top.id,
        "outcome_direction": claim.outcome.direction,
        "outcome_aspect": claim.outcome.aspect,
        "outcome_measure": claim.outcome.measure,
        "strength": claim.strength,
        "timing": claim.timing,
        "evidence": claim.evidence.type,
        "supports": claim.evidence.supports,
        "epistemic": claim.epistemic,
        "negated": str(claim.negated),
        "retracted": str(claim.retracted),
    }
    assert {name: row[name] for name in plain} == {n: v or "" for n, v in plain.items()}
    assert SIGN[row["perturbation_direction"]] == claim.perturbation.direction
    assert float(row["confidence"]) == claim.confidence
    assert tuple(Quote.model_validate(each) for each in held.get("quotes", ())) == claim.quotes
    assert tuple(Edge.model_validate(each) for each in held.get("edges", ())) == claim.edges
    found = tuple(ContextItem.model_validate(each) for each in held.get("context", ()))
    assert found == claim.context
    assert held.get("eco", []) == list(claim.evidence.eco)
    assert [each["claim"] for each in held.get("links", [])] == [e.claim for e in claim.links]
    named = claim.source.publications if claim.source else ()
    assert held.get("publications", []) == list(named)
    members = held.get("agent_members")
    assert (members and Composition.model_validate(members)) == claim.agent.composition
    relation = held.get("outcome_relation")
    assert (relation and Relation.model_validate(relation)) == claim.outcome.relation


def test_no_cell_is_a_formula(graph: Graph) -> None:
    for row in table(graph):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())


def test_a_selection_of_rows(graph: Graph) -> None:
    rejected = table(graph, status=(Status.REJECTED,))
    assert [row["id"] for row in rejected] == [graph.traps["rejected"]]
    assert {row["epistemic"] for row in table(graph, epistemic=(Epistemic.HYPOTHESIS,))} == {
        "hypothesis"
    }
    null = table(graph, agent=("HGNC:1001",), predicate=(PredicateType.NO_EFFECT,))
    assert [row["id"] for row in null] == [graph.traps["null"]]
    assert table(graph, article=("PMID:404",)) == []


def test_lines_of_a_selection(graph: Graph) -> None:
    lines = [json.loads(each) for each in graph.bytes("jsonl", article=("PMID:77",)).splitlines()]
    held: dict[str, list[dict[str, object]]] = {}
    for line in lines:
        held.setdefault(line["type"], []).append(line["data"])
    assert [each["id"] for each in held["article"]] == ["a0077"]
    named = {each["id"] for each in held["entity"]}
    assert {"HGNC:1001", "HGNC:1002", "HGNC:1003"} <= named
    assert all(each["subject"] in named for each in held.get("relation", []))
    claims = {each["id"]: ClaimView.model_validate(each) for each in held["claim"]}
    assert claims == {i: c for i, c in graph.claims().items() if c.article == "PMID:77"}


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_snapshot_gives_the_same_bytes(graph: Graph, form: str) -> None:
    assert graph.bytes(form) == graph.bytes(form) != b""


def test_a_crate_says_what_is_in_it(graph: Graph, tmp_path: Path) -> None:
    folder, broken = tmp_path / "crate", tmp_path / "broken"
    for each in (folder, broken):
        with zipfile.ZipFile(io.BytesIO(graph.bytes("ro-crate"))) as archive:
            archive.extractall(each)
    metadata = json.loads((broken / "ro-crate-metadata.json").read_text())
    root = next(each for each in metadata["@graph"] if each["@id"] == "./")
    del root["datePublished"]
    (broken / "ro-crate-metadata.json").write_text(json.dumps(metadata))
    whole, lacking = crate_errors(folder, broken)
    assert whole == []
    assert any("datePublished" in each for each in lacking)
    crate = ROCrate(str(folder))
    snapshot = graph.made("csv").source.exported.snapshot
    assert snapshot.id in crate.root_dataset["identifier"]
    files = {str(each.id): each for each in crate.data_entities}
    assert files.keys() == {
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()
    } - {"ro-crate-metadata.json"}
    for name, told in files.items():
        held = (folder / name).read_bytes()
        assert int(told["contentSize"]) == len(held)
        assert told["sha256"] == hashlib.sha256(held).hexdigest()
    assert (folder / "claims.csv").read_bytes() == graph.bytes("csv")
