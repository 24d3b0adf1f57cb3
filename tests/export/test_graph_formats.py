"""GraphML, CX2 and SIF through the libraries that read them, and what becomes of the traps."""

import io
import json
from collections import Counter
from typing import Any

import networkx as nx
import pytest
from ndex2.cx2 import CX2Network, RawCX2NetworkFactory
from ndex2.exceptions import NDExInvalidCX2Error

from app.export import attributes
from app.model.claim import ClaimView
from app.model.errors import BadInput
from app.model.vocabulary import Epistemic, Sign, Status
from app.services.export import FORMATS
from tests.export.conftest import QUOTE, Graph

FINDINGS = {Epistemic.DEMONSTRATED, Epistemic.SUMMARY, Epistemic.INTERPRETATION, Epistemic.UNSTATED}
NUMBER = {Sign.POSITIVE: 1, Sign.NEGATIVE: -1, Sign.UNSIGNED: 0}
Edge = dict[str, Any]


def findings(graph: Graph) -> dict[str, ClaimView]:
    """The claims that formats of findings get unasked."""
    return {
        name: claim
        for name, claim in graph.claims().items()
        if claim.status is Status.ACCEPTED and claim.epistemic in FINDINGS
    }


def graphml(graph: Graph, **query: object) -> nx.MultiDiGraph:
    return nx.read_graphml(io.BytesIO(graph.bytes("graphml", **query)), force_multigraph=True)


def graphml_edges(graph: Graph, **query: object) -> list[tuple[str, str, Edge]]:
    lists = [name for name, kind in attributes.EDGE_TYPES.items() if kind == "list"]
    return [
        (
            source,
            target,
            {name: json.loads(v) if name in lists else v for name, v in held.items()},
        )
        for source, target, held in graphml(graph, **query).edges(data=True)
    ]


def cx2(graph: Graph) -> CX2Network:
    return RawCX2NetworkFactory().get_cx2network(json.loads(graph.bytes("cx2")))


def cx2_edges(graph: Graph) -> list[tuple[str, str, Edge]]:
    found = cx2(graph)
    nodes = {number: node["v"]["represents"] for number, node in found.get_nodes().items()}
    return [(nodes[e["s"]], nodes[e["t"]], e["v"]) for e in found.get_edges().values()]


def test_networkx_refuses_a_broken_document(graph: Graph) -> None:
    whole = graph.bytes("graphml")
    with pytest.raises(nx.NetworkXError):
        nx.read_graphml(io.BytesIO(whole.replace(b'<key id="edge_sign"', b'<key id="edge_sing"')))
    with pytest.raises(Exception, match=r"no element found|unclosed|mismatched"):
        nx.read_graphml(io.BytesIO(whole[: len(whole) // 2]))


def test_ndex2_refuses_a_broken_document(graph: Graph) -> None:
    broken = json.loads(graph.bytes("cx2"))
    edges = next(part["edges"] for part in broken if "edges" in part)
    del edges[0]["t"]
    with pytest.raises(NDExInvalidCX2Error):
        RawCX2NetworkFactory().get_cx2network(broken)


def test_ndex2_reads_and_writes_the_same(larger: Graph) -> None:
    ours = {name: part[name] for part in json.loads(larger.bytes("cx2")) for name in part}
    theirs = {name: part[name] for part in cx2(larger).to_cx2() for name in part}
    for aspect in ("networkAttributes", "nodes", "edges"):
        assert theirs[aspect] == ours[aspect], aspect
    # The library declares only what is used.
    [declared], [used] = ours["attributeDeclarations"], theirs["attributeDeclarations"]
    assert all(used[kind].items() <= declared[kind].items() for kind in declared)
    counted = {"nodes": len(ours["nodes"]), "edges": len(ours["edges"])}
    assert counted["nodes"] > 40
    assert counted["edges"] > 100
    assert ours["status"] == [{"success": True, "error": ""}]


def test_every_edge_is_there_with_its_sign(larger: Graph) -> None:
    wanted: Counter[tuple[object, ...]] = Counter()
    for claim in findings(larger).values():
        for edge in claim.edges:
            wanted[edge.subject, edge.object, NUMBER[edge.sign], edge.side, claim.id] += 1
    for edges in (graphml_edges(larger), cx2_edges(larger)):
        drawn = Counter(
            (source, target, held["sign"], held.get("side"), held["claim"])
            for source, target, held in edges
            if held["interaction"] != "denied"
        )
        assert drawn == wanted
        for _, _, held in edges:
            name = {1: "raises", -1: "lowers", 0: "unsigned"}[held["sign"]]
            assert held["interaction"] in (name, "denied")


def test_attributes_are_those_of_the_claim(larger: Graph) -> None:
    claims = larger.claims()
    for _, _, held in [*graphml_edges(larger), *cx2_edges(larger)]:
        claim = claims[held["claim"]]
        assert held.get("quotes", []) == [quote.text for quote in claim.quotes]
        assert held["status"] == claim.status
        assert held["epistemic"] == claim.epistemic
        assert held["negated"] is claim.negated
        assert held["retracted"] is claim.retracted
        assert held["confidence"] == claim.confidence
        assert held["predicate"] == claim.predicate.type
        assert held["perturbation"] == claim.perturbation.type
        assert held["perturbation_direction"] == claim.perturbation.direction
        assert held["outcome_direction"] == claim.outcome.direction
        assert held.get("outcome_measure") == claim.outcome.measure
        assert held["supports"] == claim.evidence.supports
        assert held.get("eco", []) == list(claim.evidence.eco)
        named = claim.source.publications if claim.source else ()
        assert held.get("publications", []) == ([claim.article] if claim.article else list(named))
        assert held.get("links", []) == [f"{each.type} {each.claim}" for each in claim.links]
        assert len(held.get("context", [])) == len(claim.context)


def test_nodes_are_the_entities(larger: Graph) -> None:
    nodes = dict(graphml(larger).nodes(data=True))
    by_cx2 = {node["v"]["represents"]: node["v"] for node in cx2(larger).get_nodes().values()}
    with larger.store.view() as view:
        known = view.entities(sorted(nodes))
        assert view.counts().entities == len(nodes) == len(by_cx2)
    for name, entity in known.items():
        assert nodes[name]["name"] == by_cx2[name]["name"] == entity.name
        assert nodes[name]["category"] == by_cx2[name]["category"] == entity.category
        assert json.loads(nodes[name].get("synonyms", "[]")) == list(entity.synonyms)
        assert by_cx2[name].get("synonyms", []) == list(entity.synonyms)


def test_the_snapshot_is_named(graph: Graph) -> None:
    snapshot = graph.made("cx2").source.exported.snapshot
    assert graphml(graph).graph["snapshot"] == snapshot.id
    assert cx2(graph).get_network_attributes()["snapshot"] == snapshot.id
    assert snapshot.id[:12] in graph.made("sif").file_name


def test_sif_is_the_signed_edges_and_nothing_else(larger: Graph) -> None:
    made = larger.made("sif")
    lines = [line.split("\t") for line in b"".join(made.chunks()).decode().splitlines()]
    wanted: Counter[tuple[str, str, str]] = Counter()
    for claim in findings(larger).values():
        for edge in claim.edges:
            if edge.sign is not Sign.UNSIGNED and not claim.retracted:
                name = "raises" if edge.sign is Sign.POSITIVE else "lowers"
                wanted[edge.subject, name, edge.object] += 1
    assert Counter(tuple(line) for line in lines) == wanted
    assert made.left_out["denied: a null result or a negated claim"] == 2
    assert made.left_out["from a retracted article"] == 1


def claims_in(graph: Graph, form: str, **query: object) -> set[str]:
    text = graph.bytes(form, **query).decode()
    return {name for name, claim in graph.traps.items() if claim in text}


@pytest.mark.parametrize("form", ["graphml", "cx2", "bel", "bel-json"])
def test_what_is_no_finding_is_not_there(graph: Graph, form: str) -> None:
    there = claims_in(graph, form)
    assert not there & {"hypothesis", "background", "rejected", "candidate"}
    assert {"knockdown", "null", "odd", "degradation", "retracted"} <= there
    assert "background" in claims_in(graph, form, epistemic=(Epistemic.BACKGROUND,))
    assert claims_in(graph, form, status=(Status.CANDIDATE,)) == {"candidate"}


@pytest.mark.parametrize("form", [name for name, one in FORMATS.items() if one.findings])
def test_what_can_be_no_finding_is_refused(graph: Graph, form: str) -> None:
    with pytest.raises(BadInput, match="takes each edge for a finding") as told:
        graph.made(form, status=(Status.REJECTED,))
    assert told.value.errors[0].pointer == "/query/status"
    with pytest.raises(BadInput, match="takes each edge for a finding"):
        graph.made(form, epistemic=(Epistemic.HYPOTHESIS,))


def test_what_is_denied_has_no_sign(graph: Graph) -> None:
    for edges in (graphml_edges(graph), cx2_edges(graph)):
        told = {held["claim"]: held for _, _, held in edges}
        for name in ("null", "negated"):
            held = told[graph.traps[name]]
            assert (held["interaction"], held["sign"]) == ("denied", 0)
        assert told[graph.traps["knockdown"]]["sign"] == 1
        assert told[graph.traps["degradation"]]["sign"] == -1
        assert told[graph.traps["phosphorylation"]]["sign"] == 0
        assert told[graph.traps["mutation"]]["sign"] == 0
        assert told[graph.traps["odd"]]["quotes"] == [QUOTE]
        assert told[graph.traps["retracted"]]["retracted"] is True
        assert graph.traps["joint"] not in told


def test_a_selection_has_what_its_claims_name(graph: Graph) -> None:
    found = graphml(graph, outcome=("XYZ",))
    assert set(found) == {"HGNC:1001", "HGNC:1002", "HGNC:1003"}
    assert found.number_of_edges() == len(graphml_edges(graph, outcome=("HGNC:1002",))) > 5


def test_what_xml_cannot_hold_is_shown_as_unknown() -> None:
    from app.export.graphml import node
    from tests.support import factories

    text = node(factories.entity("X:1", "a\x00b\x0bc\rd"))
    assert "a\ufffdb\ufffdc&#13;d" in text
