"""RDF through rdflib, pyoxigraph and SHACL: nanopublications that say what the claims say."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph
import pyshacl
import pytest
import rdflib
from rdflib import RDF, RDFS, Dataset, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic, to_isomorphic

from app.export.rdf import claim_iri, entity_iri, snapshot_iri
from app.model import vocabulary
from app.model.vocabulary import Epistemic, Sign, Status
from tests.export.conftest import QUOTE, Graph

SHAPES = Path(__file__).parents[2] / "graph_schema" / "shapes.ttl"
EVIPATH = Namespace("urn:evipath:schema:")
NP = Namespace("http://www.nanopub.org/nschema#")
PROV = Namespace("http://www.w3.org/ns/prov#")
SH = Namespace("http://www.w3.org/ns/shacl#")
PARSERS = {"nquads": "nquads", "jsonld": "json-ld"}
WORD = {Sign.POSITIVE: "positive", Sign.NEGATIVE: "negative", Sign.UNSIGNED: "unsigned"}


def quads(graph: Graph, form: str = "nquads", **query: object) -> Dataset:
    found = Dataset()
    found.parse(
        data=graph.bytes(form, **query), format={"nquads": "nquads", "jsonld": "json-ld"}[form]
    )
    return found


def union(dataset: Dataset) -> rdflib.Graph:
    found = rdflib.Graph()
    for triple in dataset.quads():
        found.add(triple[:3])
    return found


@pytest.fixture(scope="module")
def dataset(larger: Graph) -> Dataset:
    return quads(larger)


def conforms(found: rdflib.Graph) -> bool:
    done, _, text = pyshacl.validate(found, shacl_graph=str(SHAPES), advanced=True)
    return bool(done) or bool(print(text[:4000]))


def test_the_parsers_refuse_what_is_broken(graph: Graph) -> None:
    broken = graph.bytes("nquads").replace(b"> .", b" .", 1)
    with pytest.raises(Exception, match=r"line|[Ee]xpected|Invalid"):
        Dataset().parse(data=broken, format="nquads")
    with pytest.raises(SyntaxError):
        list(pyoxigraph.parse(broken, format=pyoxigraph.RdfFormat.N_QUADS))
    broken = graph.bytes("turtle").replace(b" ;\n", b" \n", 1)
    with pytest.raises(Exception, match=r"[Ee]xpected|syntax"):
        rdflib.Graph().parse(data=broken, format="turtle")


def test_all_three_forms_say_the_same(larger: Graph, dataset: Dataset) -> None:
    by_graph = {str(g.identifier): g for g in dataset.graphs() if len(g)}
    theirs = {str(g.identifier): g for g in quads(larger, "jsonld").graphs() if len(g)}
    assert by_graph.keys() == theirs.keys()
    assert all(set(by_graph[name]) == set(theirs[name]) for name in by_graph)
    turtle = rdflib.Graph().parse(data=larger.bytes("turtle"), format="turtle")
    assert isomorphic(turtle, union(dataset))
    read = set(pyoxigraph.parse(larger.bytes("nquads"), format=pyoxigraph.RdfFormat.N_QUADS))
    assert len(read) == sum(len(each) for each in by_graph.values())


def test_rdflib_writes_and_reads_it_again(larger: Graph, dataset: Dataset) -> None:
    again = Dataset()
    again.parse(data=dataset.serialize(format="trig"), format="trig")
    assert to_isomorphic(union(again)) == to_isomorphic(union(dataset))


def test_the_shapes_hold(dataset: Dataset) -> None:
    assert conforms(union(dataset))


BROKEN: dict[str, Callable[[rdflib.Graph, URIRef], object]] = {
    "no verb": lambda g, c: g.remove((c, EVIPATH.predicate, None)),
    "a word that is none": lambda g, c: g.set((c, EVIPATH.evidence, Literal("hearsay"))),
    "no quote and no source": lambda g, c: g.remove((c, EVIPATH.quote, None)),
    "denied, with an edge": lambda g, c: g.set((c, EVIPATH.negated, Literal(True))),
    "an edge without a sign": lambda g, c: g.remove((g.value(c, EVIPATH.edge), EVIPATH.sign, None)),
    "a quote that ends before it begins": lambda g, c: g.set(
        (g.value(c, EVIPATH.quote), EVIPATH.end, Literal(0))
    ),
    "no provenance": lambda g, _: g.remove((None, NP.hasProvenance, None)),
    "a confidence beyond 1": lambda g, c: g.set((c, EVIPATH.confidence, Literal(1.5))),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_shapes_refuse_what_is_broken(graph: Graph, name: str) -> None:
    found = union(quads(graph, entity=("HGNC:1001",)))
    claim = URIRef(claim_iri(graph.traps["knockdown"]))
    assert (claim, RDF.type, EVIPATH.Claim) in found
    BROKEN[name](found, claim)
    assert not conforms(found)


def test_the_words_of_the_shapes_are_those_of_the_schema() -> None:
    shapes = rdflib.Graph().parse(SHAPES)
    enums: dict[str, Any] = {
        "predicate": vocabulary.PredicateType,
        "perturbation": vocabulary.PerturbationType,
        "outcome_direction": vocabulary.OutcomeDirection,
        "outcome_aspect": vocabulary.Aspect,
        "aspect": vocabulary.Aspect,
        "evidence": vocabulary.EvidenceType,
        "supports": vocabulary.Supports,
        "epistemic": vocabulary.Epistemic,
        "status": vocabulary.Status,
        "side": vocabulary.Side,
    }
    told = {}
    for shape, held in shapes.subject_objects(SH["in"]):
        name = str(shapes.value(shape, SH.path)).removeprefix(str(EVIPATH))
        told[name] = {str(each) for each in Collection(shapes, held)}
    for name, enum in enums.items():
        assert told[name] == {each.value for each in enum}, name


def test_each_claim_is_a_nanopublication_of_four_graphs(larger: Graph, dataset: Dataset) -> None:
    claims = {i: c for i, c in larger.claims().items() if c.status is Status.ACCEPTED}
    names = {str(each.identifier) for each in dataset.graphs() if len(each)}
    for name, claim in claims.items():
        about = URIRef(claim_iri(name))
        parts = {p: URIRef(f"{about}:{p}") for p in ("head", "assertion", "provenance", "pubinfo")}
        assert set(map(str, parts.values())) <= names
        head, said, shown, told = (dataset.graph(each) for each in parts.values())
        whole = URIRef(f"{about}:nanopublication")
        assert head.value(whole, NP.hasAssertion) == parts["assertion"]
        assert str(said.value(about, EVIPATH.predicate)) == claim.predicate.type
        assert said.value(about, EVIPATH.negated).toPython() is claim.negated
        assert str(said.value(about, EVIPATH.outcome_direction)) == claim.outcome.direction
        if claim.agent.top:
            assert said.value(about, EVIPATH.agent) == URIRef(entity_iri(claim.agent.top.id))
        edges = {
            (
                str(said.value(edge, EVIPATH.subject)),
                str(said.value(edge, EVIPATH.sign)),
                str(said.value(edge, EVIPATH.object)),
                str(said.value(edge, EVIPATH.side)),
            )
            for edge in said.objects(about, EVIPATH.edge)
        }
        assert edges == {
            (entity_iri(e.subject), WORD[e.sign], entity_iri(e.object), str(e.side))
            for e in claim.edges
        }
        quotes = {
            (
                str(shown.value(quote, EVIPATH.text)),
                shown.value(quote, EVIPATH.start, default=Literal(None)).toPython(),
            )
            for quote in shown.objects(about, EVIPATH.quote)
        }
        assert {text for text, _ in quotes} == {quote.text for quote in claim.quotes}
        if claim.article:
            article = shown.value(parts["assertion"], PROV.wasDerivedFrom)
            assert article == URIRef(entity_iri(claim.article))
            assert shown.value(article, EVIPATH.retracted).toPython() is claim.retracted
        assert str(told.value(about, EVIPATH.status)) == claim.status
    heads = {n for n in names if n.endswith(":head")}
    assert len(heads) == len(claims)


def test_the_snapshot_holds_the_entities(larger: Graph, dataset: Dataset) -> None:
    snapshot = larger.made("nquads").source.exported.snapshot
    found = dataset.graph(URIRef(snapshot_iri(snapshot)))
    with larger.store.view() as view:
        total = view.counts().entities
        relations = view.relations()
    assert len(set(found.subjects(EVIPATH.curie))) == total
    for each in relations:
        triple = (entity_iri(each.subject), EVIPATH[each.type], entity_iri(each.object))
        assert (URIRef(triple[0]), triple[1], URIRef(triple[2])) in found
    label = found.value(URIRef(entity_iri("HGNC:1001")), RDFS.label)
    assert str(label) == 'ABC "one" & <two>'


def test_the_traps(graph: Graph) -> None:
    found = quads(graph)
    everything = union(found)
    xyz = URIRef(entity_iri("HGNC:1002"))
    plain = [
        (name, str(prop).removeprefix(str(EVIPATH)))
        for name, claim in graph.traps.items()
        for _, prop, target in found.graph(URIRef(f"{claim_iri(claim)}:assertion"))
        if target == xyz and prop in (EVIPATH.raises, EVIPATH.lowers)
    ]
    assert sorted(plain) == [("degradation", "lowers"), ("knockdown", "raises"), ("odd", "raises")]
    quote = URIRef(claim_iri(graph.traps["odd"]) + ":quote:0")
    assert str(everything.value(quote, EVIPATH.text)) == QUOTE
    there = {
        name for name, c in graph.traps.items() if (URIRef(claim_iri(c)), None, None) in everything
    }
    assert not there & {"rejected", "candidate"}
    assert {"null", "negated", "hypothesis", "joint"} <= there
    asked = union(quads(graph, status=(Status.CANDIDATE,), epistemic=(Epistemic.DEMONSTRATED,)))
    assert list(asked.subjects(EVIPATH.status)) == [URIRef(claim_iri(graph.traps["candidate"]))]
    assert not list(asked.triples((None, EVIPATH.raises, None)))
