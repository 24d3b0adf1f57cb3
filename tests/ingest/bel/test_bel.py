"""BEL through pybel: what each statement becomes, and what can't be mapped."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from app.ingest.bel import BelGraph, bel_files, is_bel
from app.ingest.imported import ImportedClaim, ImportedEntity, ImportedRelation, LeftOut
from app.model.entity import Entity
from app.model.errors import BadInput
from app.model.vocabulary import Category, PredicateType
from app.reasoning.rules import derive_edges

HEAD = """SET DOCUMENT Name = "A test"
SET DOCUMENT Version = "1.0.0"
SET DOCUMENT Description = "x"
SET DOCUMENT Authors = "x"
SET DOCUMENT ContactInfo = "x"
DEFINE NAMESPACE HGNC AS URL "https://nowhere.invalid/hgnc.belns"
DEFINE NAMESPACE CHEBI AS URL "https://nowhere.invalid/chebi.belns"
DEFINE NAMESPACE GO AS URL "https://nowhere.invalid/go.belns"
DEFINE ANNOTATION Species AS PATTERN "[0-9]+"
DEFINE ANNOTATION Confidence AS LIST {"High", "Low"}
SET Citation = {"PubMed", "15314694"}
SET Evidence = "A sentence
 over two lines."
SET Species = "9606"
SET Confidence = "High"
"""
KNOWN = {
    "AKT1": ("HGNC:391", Category.GENE),
    "EGFR": ("HGNC:3236", Category.GENE),
    "aspirin": ("CHEBI:15365", Category.SMALL_MOLECULE),
    "ethanol": ("CHEBI:16236", Category.SMALL_MOLECULE),
    "acetaldehyde": ("CHEBI:15343", Category.SMALL_MOLECULE),
    "apoptotic process": ("GO:0006915", Category.BIOLOGICAL_PROCESS),
    "cell death": ("GO:0008219", Category.BIOLOGICAL_PROCESS),
    "Akt1": ("HGNC:391", Category.GENE),
}


class Names:
    """A look-up of a few names."""

    def named(self, name: str, prefixes: Sequence[str]) -> Entity | None:
        found = KNOWN.get(name)
        if found is None or found[0].partition(":")[0] not in prefixes:
            return None
        return Entity(id=found[0], name=name, category=found[1], source="test")

    def known(self, _: str) -> Entity | None:
        return None


Item = ImportedClaim | ImportedRelation | LeftOut


def read(folder: Path, *lines: str) -> tuple[list[Item], list[ImportedEntity]]:
    script = folder / "a.bel"
    script.write_text(HEAD + "\n".join(lines) + "\n")
    items: list[Item] = []
    entities: list[ImportedEntity] = []
    for item in BelGraph("test", [script], Names()).items():
        if isinstance(item, ImportedEntity):
            entities.append(item)
        elif isinstance(item, LeftOut):
            items.append(item)
        else:
            read_ = item.read({})
            items.append(read_)
    return items, entities


def claim(folder: Path, line: str) -> ImportedClaim:
    claims = [item for item in read(folder, line)[0] if isinstance(item, ImportedClaim)]
    assert len(claims) == 1, claims
    return claims[0]


def edges(item: ImportedClaim) -> list[tuple[str, str, str, str | None]]:
    return [
        (e.subject, e.sign.value, e.object, e.side.value if e.side else None)
        for e in derive_edges(item.claim, judged=True)
    ]


AKT, EGFR, DEATH = "HGNC:391", "HGNC:3236", "GO:0006915"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("p(HGNC:AKT1) -> p(HGNC:EGFR)", [(AKT, "+", EGFR, None)]),
        ("p(HGNC:AKT1) => p(HGNC:EGFR)", [(AKT, "+", EGFR, None)]),
        ("p(HGNC:AKT1) -| p(HGNC:EGFR)", [(AKT, "-", EGFR, None)]),
        ("p(HGNC:AKT1) =| p(HGNC:EGFR)", [(AKT, "-", EGFR, None)]),
        ("act(p(HGNC:AKT1), ma(kin)) -| bp(GO:\"apoptotic process\")", [(AKT, "-", DEATH, None)]),
        ("r(HGNC:AKT1) -> act(p(HGNC:EGFR))", [(AKT, "+", EGFR, None)]),
        ("p(HGNC:AKT1) -> deg(p(HGNC:EGFR))", [(AKT, "-", EGFR, None)]),
        ("deg(p(HGNC:AKT1)) -> p(HGNC:EGFR)", [(AKT, "-", EGFR, None)]),
        ("p(HGNC:AKT1) -> p(HGNC:EGFR, pmod(Ph))", [(AKT, "0", EGFR, None)]),
        ("p(HGNC:AKT1, pmod(Ph)) -> p(HGNC:EGFR)", [(AKT, "0", EGFR, None)]),
        ("p(HGNC:AKT1) -> p(HGNC:EGFR, var(\"p.Leu858Arg\"))", [(AKT, "0", EGFR, None)]),
        ("p(HGNC:AKT1, var(\"p.Glu17Lys\")) -> p(HGNC:EGFR)", [(AKT, "0", EGFR, None)]),
        ("p(HGNC:AKT1) -> sec(p(HGNC:EGFR))", [(AKT, "0", EGFR, None)]),
        ("p(HGNC:AKT1) -> p(HGNC:EGFR, loc(GO:\"cell death\"))", [(AKT, "0", EGFR, None)]),
        ("a(CHEBI:aspirin) -| p(HGNC:EGFR)", [("CHEBI:15365", "-", EGFR, "gain")]),
        ("p(HGNC:AKT1) -- p(HGNC:EGFR)", [(AKT, "0", EGFR, None)]),
        ("p(HGNC:AKT1) pos p(HGNC:EGFR)", [(AKT, "0", EGFR, None)]),
        ("p(HGNC:AKT1) neg p(HGNC:EGFR)", [(AKT, "0", EGFR, None)]),
        ("p(HGNC:AKT1) reg p(HGNC:EGFR)", [(AKT, "0", EGFR, None)]),
        ("p(HGNC:AKT1) causesNoChange p(HGNC:EGFR)", []),
        ("complex(p(HGNC:AKT1), p(HGNC:EGFR)) -> bp(GO:\"apoptotic process\")", []),
        ("composite(p(HGNC:AKT1), a(CHEBI:aspirin)) -> bp(GO:\"apoptotic process\")", []),
        ("bp(GO:\"cell death\") -> composite(p(HGNC:AKT1), p(HGNC:EGFR))", []),
        (
            "p(HGNC:AKT1) -> rxn(reactants(a(CHEBI:ethanol)), products(a(CHEBI:acetaldehyde)))",
            [(AKT, "+", "CHEBI:15343", None)],
        ),
    ],
)  # fmt: skip
def test_what_a_statement_becomes(
    tmp_path: Path, line: str, expected: list[tuple[str, str, str, str | None]]
) -> None:
    assert edges(claim(tmp_path, line)) == expected


def test_a_null_result_is_a_claim(tmp_path: Path) -> None:
    item = claim(tmp_path, "p(HGNC:AKT1) causesNoChange p(HGNC:EGFR)")
    assert item.claim.predicate.type is PredicateType.NO_EFFECT


def test_sentence_citation_and_context_come_along(tmp_path: Path) -> None:
    item = claim(tmp_path, "p(HGNC:AKT1) -> p(HGNC:EGFR)")
    said = item.claim
    assert [(q.text, q.verified, q.start) for q in said.quotes] == [
        ("A sentence over two lines.", None, None)
    ]
    assert said.source is not None
    assert said.source.publications == ("PMID:15314694",)
    assert said.source.columns == ("Confidence=High",)
    assert [(each.type, each.groundings[0].id) for each in said.context] == [
        ("organism", "NCBITaxon:9606")
    ]
    assert item.manual
    assert item.place.line > 10


def test_a_complex_keeps_its_members_and_makes_no_single_edge(tmp_path: Path) -> None:
    item = claim(tmp_path, 'complex(p(HGNC:AKT1), p(HGNC:EGFR)) -> bp(GO:"apoptotic process")')
    assert item.claim.agent.composition is not None
    assert item.claim.entity_ids()[:2] == (AKT, EGFR)


def test_is_a_becomes_a_relation(tmp_path: Path) -> None:
    items, entities = read(tmp_path, 'bp(GO:"apoptotic process") isA bp(GO:"cell death")')
    (item,) = items
    assert isinstance(item, ImportedRelation)
    assert item.relation.key == ("GO:0006915", "is_a", "GO:0008219")
    assert {each.entity.id for each in entities} == {"GO:0006915", "GO:0008219"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("p(HGNC:NOSUCH) -> p(HGNC:EGFR)", "a name of HGNC that is not resolved"),
        (
            "p(HGNC:AKT1) -> (p(HGNC:EGFR) -> bp(GO:\"apoptotic process\"))",
            "a statement within a statement",
        ),
        ("p(HGNC:AKT1) -> p(HGNC:EGFR", "BEL: belsyntax error"),
        (
            "rxn(reactants(a(CHEBI:ethanol)), products(a(CHEBI:acetaldehyde))) -> p(HGNC:EGFR)",
            "a reaction as the subject",
        ),
    ],
)  # fmt: skip
def test_what_gives_no_claim_is_told_by_reason(tmp_path: Path, line: str, reason: str) -> None:
    items, _ = read(tmp_path, line)
    assert reason in [item.reason for item in items if isinstance(item, LeftOut)]
    assert not any(isinstance(item, ImportedClaim) for item in items)


def test_a_symmetric_statement_is_one_claim(tmp_path: Path) -> None:
    items, _ = read(tmp_path, "p(HGNC:EGFR) -- p(HGNC:AKT1)", "p(HGNC:AKT1) pos p(HGNC:EGFR)")
    assert sum(isinstance(item, ImportedClaim) for item in items) == 2


def test_node_link_json_says_the_same(tmp_path: Path) -> None:
    import pybel

    from app.ingest.bel.scripts import parsed

    line = "p(HGNC:AKT1) -| p(HGNC:EGFR)"
    ours = claim(tmp_path, line)
    graph, _ = parsed(tmp_path / "a.bel")
    target = tmp_path / "graph.json"
    pybel.to_nodelink_file(graph, str(target))
    assert is_bel(target)
    (theirs,) = [
        read_.claim.id
        for item in BelGraph("x", [target], Names()).items()
        if not isinstance(item, ImportedEntity | LeftOut)
        and isinstance(read_ := item.read({}), ImportedClaim)
    ]
    assert theirs == ours.claim.id


def test_a_file_that_is_no_bel_is_told(tmp_path: Path) -> None:
    bad = tmp_path / "bad.bel"
    bad.write_text('SET DOCUMENT Nonsense = "x"\n')
    with pytest.raises(BadInput, match=r"bad\.bel"):
        list(BelGraph("x", [bad], Names()).items())
    assert list(bel_files(tmp_path)) == [bad]


@pytest.mark.slow
def test_a_real_collection(shared_dir: Path) -> None:
    folder = shared_dir / "data" / "graphs" / "bel-cc0" / "hemekg"
    files = list(bel_files(folder))
    assert len(files) == 47
    reasons = {item.reason for item in BelGraph("x", files[:3], Names()).items()
               if isinstance(item, LeftOut) and item.bad}  # fmt: skip
    assert reasons == set()
