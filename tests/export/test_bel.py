"""BEL through pybel: what is read is what was written, and no sign is wrong."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.export import bel
from app.export.bel_terms import Named, term_of
from app.ingest.bel.scripts import parsed
from app.model.errors import BadInput
from app.model.vocabulary import Category, Measure, PredicateType, Sign
from app.services.export_forms import _named
from tests.export.conftest import QUOTE, Graph

SIGNED = {"increases": 1, "decreases": -1}
NUMBER = {Sign.POSITIVE: 1, Sign.NEGATIVE: -1, Sign.UNSIGNED: 0}
STRUCTURE = ("partOf", "hasVariant")
Link = tuple[str, str, str, dict[str, Any]]


def statements(graph: Graph) -> Iterator[bel.Statement]:
    source = graph.made("bel").source
    return bel.statements(source.claims(), _named(source), source.exported)


def annotation(data: dict[str, Any], name: str) -> list[str]:
    return [each["identifier"] for each in data.get("annotations", {}).get(name, ())]


def bare(text: str) -> str:
    """A statement without quotation marks, which pybel sets otherwise, and with BEL's own code."""
    plain = text.replace('"', "").replace("\\", "")
    return plain.replace("go:0006468 ! protein phosphorylation", "Ph")


def unescaped(text: str) -> str:
    return text.replace('\\"', '"').replace("\\\\", "\\")


@pytest.fixture(scope="module")
def script(larger: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bel") / "graph.bel"
    path.write_bytes(larger.bytes("bel"))
    return path


@pytest.fixture(scope="module")
def links(larger: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bel") / "graph.json"
    path.write_bytes(larger.bytes("bel-json"))
    return path


def test_pybel_refuses_what_is_broken(script: Path, links: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.bel"
    broken.write_text(script.read_text().replace(" increases ", " raises ", 1))
    assert parsed(broken)[1]
    body = json.loads(links.read_text())
    del body["nodes"][0]["function"]
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(body))
    with pytest.raises(BadInput):
        parsed(bad)


def test_pybel_reads_what_was_written(larger: Graph, script: Path, links: Path) -> None:
    wanted: dict[tuple[str, str], set[str]] = {}
    for each in statements(larger):
        ends = [each.subject.bel(), each.object.bel()]
        for one, other in (ends, ends[::-1]) if each.relation == "association" else (ends,):
            key = (bare(f"{one} {each.relation} {other}"), each.evidence)
            wanted.setdefault(key, set()).add(dict(each.annotations)["Claim"][0])
    assert len(wanted) > 100
    for path in (script, links):
        found, unread = parsed(path)
        assert unread == []
        read: dict[tuple[str, str], set[str]] = {}
        for u, v, data in found.edges(data=True):
            if data["relation"] not in STRUCTURE:
                text = bare(found.edge_to_bel(u, v, data))
                evidence = data["evidence"] if path is links else unescaped(data["evidence"])
                read.setdefault((text, evidence), set()).update(annotation(data, "Claim"))
        assert read.keys() == wanted.keys()
        # Claims of the same terms and words are one edge to pybel, which keeps one of them.
        assert all(read[key] <= claims for key, claims in wanted.items())


def test_evidence_citation_and_annotations_are_the_claims(
    larger: Graph, script: Path, links: Path
) -> None:
    claims = larger.claims()
    for path in (script, links):
        found, _ = parsed(path)
        seen: dict[str, set[str]] = {}
        for _, _, data in found.edges(data=True):
            if data["relation"] in STRUCTURE:
                continue
            [name] = annotation(data, "Claim")
            claim = claims[name]
            text = data["evidence"] if path is links else unescaped(data["evidence"])
            if annotation(data, "QuoteVerified") == ["none"]:
                assert text == bel.NO_SENTENCE
                assert claim.quotes == ()
            else:
                assert text in [quote.text for quote in claim.quotes]
            seen.setdefault(name, set()).add(text)
            kind, reference = data["citation"]["namespace"], data["citation"]["identifier"]
            if claim.article:
                assert (kind, f"PMID:{reference}") == ("pubmed", claim.article)
            assert annotation(data, "Status") == [claim.status]
            assert annotation(data, "Predicate") == [claim.predicate.type]
            assert annotation(data, "Perturbation") == [claim.perturbation.type]
            assert (annotation(data, "Negated") == ["true"]) is claim.negated
            assert (annotation(data, "Retracted") == ["true"]) is claim.retracted
            assert annotation(data, "OutcomeAspect") == (
                [claim.outcome.aspect] if claim.outcome.aspect else []
            )
        for name, texts in seen.items():
            assert len(texts) == max(1, len({quote.text for quote in claims[name].quotes}))


def test_no_statement_has_another_sign_than_its_edge(larger: Graph) -> None:
    claims = larger.claims()
    held = 0
    for each in statements(larger):
        told = dict(each.annotations)
        claim = claims[told["Claim"][0]]
        for edge in claim.edges:
            if ends(each) == (edge.subject, edge.object) and NUMBER[edge.sign]:
                held += 1
                assert sign_of_entities(each) == NUMBER[edge.sign], claim.statement
        if claim.negated or claim.predicate.type is PredicateType.NO_EFFECT:
            assert each.relation == "causesNoChange"
    assert held > 100


def ends(each: bel.Statement) -> tuple[str | None, str | None]:
    return tuple(term.entity.id if term.entity else None for term in (each.subject, each.object))  # type: ignore[return-value]


def sign_of_entities(each: bel.Statement) -> int:
    """What a statement says of the entities: a degradation turns it (rule 4)."""
    sign = SIGNED[each.relation]
    for term in (each.subject, each.object):
        sign *= -1 if term.modifier == "deg" else 1
    return sign


def test_the_traps(graph: Graph) -> None:
    told: dict[str, tuple[str, str, str]] = {}
    names = {claim: name for name, claim in graph.traps.items()}
    for each in statements(graph):
        name = names.get(dict(each.annotations)["Claim"][0])
        if name is not None:
            told[name] = (each.subject.bel(), each.relation, each.object.bel())
    abc = 'p(HGNC:1001 ! "ABC \\"one\\" & <two>")'
    assert told == {
        "knockdown": (abc, "increases", "p(HGNC:1002 ! XYZ)"),
        "null": (abc, "causesNoChange", "p(HGNC:1002 ! XYZ)"),
        "odd": (abc, "increases", "p(HGNC:1002 ! XYZ)"),
        "degradation": (abc, "increases", "deg(p(HGNC:1002 ! XYZ))"),
        "phosphorylation": (abc, "increases", "p(HGNC:1002 ! XYZ, pmod(Ph))"),
        "localisation": (abc, "association", "p(HGNC:1002 ! XYZ)"),
        "mutation": (abc, "regulates", "p(HGNC:1002 ! XYZ)"),
        "joint": (f"composite({abc}, p(HGNC:1003 ! DEF))", "increases", "p(HGNC:1002 ! XYZ)"),
        "retracted": (abc, "increases", "p(HGNC:1002 ! XYZ)"),
    }
    evidence = [s.evidence for s in statements(graph) if QUOTE[:12] in s.evidence]
    assert evidence == [QUOTE]


@pytest.mark.parametrize(
    ("category", "measure", "wanted"),
    [
        (Category.GENE, None, "p(X:1 ! x)"),
        (Category.PROTEIN, Measure.ACTIVITY, "act(p(X:1 ! x))"),
        (Category.GENE_FAMILY, Measure.EXPRESSION, "r(X:1 ! x)"),
        (Category.GENE, Measure.STABILITY, "p(X:1 ! x)"),
        (Category.GENE, Measure.SECRETION, "sec(p(X:1 ! x))"),
        (Category.GENE, Measure.CLEAVAGE, 'p(X:1 ! x, frag("?"))'),
        (Category.GENE, Measure.METHYLATION, None),
        (Category.PROTEIN, Measure.METHYLATION, "p(X:1 ! x, pmod(Me))"),
        (Category.GENE, Measure.BINDING, None),
        (Category.MACROMOLECULAR_COMPLEX, Measure.ACTIVITY, "act(complex(X:1 ! x))"),
        (Category.SMALL_MOLECULE, Measure.ABUNDANCE, "a(X:1 ! x)"),
        (Category.SMALL_MOLECULE, Measure.ACTIVITY, None),
        (Category.BIOLOGICAL_PROCESS, Measure.ACTIVITY, "bp(X:1 ! x)"),
        (Category.PATHWAY, None, "bp(X:1 ! x)"),
        (Category.DISEASE, None, "path(X:1 ! x)"),
        (Category.PHENOTYPIC_FEATURE, Measure.EXPRESSION, None),
        (Category.CELL_LINE, None, "pop(X:1 ! x)"),
        (Category.ANATOMICAL_ENTITY, None, None),
        (Category.NAMED_THING, None, None),
    ],
)
def test_terms(category: Category, measure: Measure | None, wanted: str | None) -> None:
    made = term_of(Named("X:1", "x", category), measure)
    assert (made and made.bel()) == wanted
