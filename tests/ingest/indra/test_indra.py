"""INDRA's statements: what each becomes, and what can't be mapped."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from app.ingest.imported import ImportedClaim, ImportedEntity, LeftOut
from app.ingest.indra import IndraGraph, indra_files, is_indra
from app.model.entity import Entity
from app.model.errors import BadInput
from app.model.vocabulary import (
    Category,
    CompositionOp,
    ContextType,
    Epistemic,
    Measure,
    PredicateType,
    Sign,
)
from app.reasoning.rules import derive_edges

BRAF = {"name": "BRAF", "db_refs": {"TEXT": "B-Raf", "HGNC": "1097", "UP": "P15056"}}
ERK = {"name": "ERK", "db_refs": {"FPLX": "ERK", "NCIT": "C26360"}}
DRUG = {"name": "vemurafenib", "db_refs": {"CHEBI": "CHEBI:63637", "PUBCHEM": "42611257"}}
DEATH = {"name": "apoptotic process", "db_refs": {"GO": "GO:0006915"}}
EVIDENCE = {
    "source_api": "reach",
    "pmid": "15314694",
    "text": "B-Raf\nactivates  ERK.",
    "epistemics": {"direct": True},
}


class Names:
    """A lexicon of one entity."""

    def named(self, _: str, __: Sequence[str]) -> Entity | None:
        return None

    def known(self, curie: str) -> Entity | None:
        if curie != "HGNC:1097":
            return None
        return Entity(id=curie, name="BRAF, as the lexicon has it", category=Category.GENE)


def statement(kind: str = "Activation", **fields: Any) -> dict[str, Any]:
    ends = {} if "members" in fields or "enz" in fields else {"subj": BRAF, "obj": ERK}
    return {"type": kind, "id": "u-u-i-d", "belief": 0.86, "evidence": [EVIDENCE], **ends, **fields}


def evidence(**fields: Any) -> dict[str, Any]:
    return {**EVIDENCE, **fields}


def items(path: Path) -> list[object]:
    graph = IndraGraph(path.name, [path], Names())
    return [each if isinstance(each, ImportedEntity | LeftOut) else each.read({}) for each in
            graph.items()]  # fmt: skip


def read(folder: Path, *statements: dict[str, Any]) -> list[object]:
    path = folder / "statements.json"
    path.write_text(json.dumps(statements))
    return [each for each in items(path) if not isinstance(each, ImportedEntity)]


def one(folder: Path, **fields: Any) -> ImportedClaim:
    (found,) = read(folder, statement(**fields))
    assert isinstance(found, ImportedClaim), found
    return found


def signs(found: ImportedClaim) -> list[str]:
    """Return the signs of its edges; unsigned ones are left out."""
    edges = derive_edges(found.claim, judged=True)
    return [each.sign.value for each in edges if each.sign is not Sign.UNSIGNED]


def test_a_statement_is_told_with_its_words_and_its_paper(tmp_path: Path) -> None:
    found = one(tmp_path)
    claim = found.claim
    assert claim.predicate.type is PredicateType.INCREASES
    assert claim.perturbation.type.value == "none"
    assert [each.id for each in claim.agent.groundings] == ["HGNC:1097"]
    assert claim.agent.groundings[0].name == "BRAF, as the lexicon has it"
    assert [each.id for each in claim.outcome.groundings] == ["FPLX:ERK"]
    assert claim.outcome.measure is Measure.ACTIVITY
    assert [(each.text, each.verified) for each in claim.quotes] == [("B-Raf activates ERK.", None)]
    assert claim.source is not None
    assert claim.source.publications == ("PMID:15314694",)
    assert claim.source.columns == ("belief=0.86", "direct=true")
    # A machine read it: it waits for a curator, and INDRA's belief is not taken for ours.
    assert (found.manual, claim.epistemic) == (False, Epistemic.UNSTATED)
    assert one(tmp_path, evidence=[evidence(source_api="signor")]).manual


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"kind": "Activation"}, ["+"]),
        ({"kind": "Inhibition"}, ["-"]),
        ({"kind": "IncreaseAmount"}, ["+"]),
        ({"kind": "DecreaseAmount"}, ["-"]),
        ({"kind": "Inhibition", "obj": DEATH}, ["-"]),
        ({"kind": "Inhibition", "subj": DRUG, "obj": BRAF}, ["-"]),
        ({"kind": "Gap", "gap": BRAF, "ras": ERK}, ["-"]),
        ({"kind": "Phosphorylation", "enz": BRAF, "sub": ERK, "residue": "T"}, []),
        ({"kind": "Desumoylation", "enz": BRAF, "sub": ERK}, []),
        ({"kind": "Farnesylation", "enz": BRAF, "sub": ERK}, []),
        ({"kind": "Complex", "members": [ERK, BRAF]}, []),
        ({"subj": {**BRAF, "mutations": [{"position": "600"}]}}, []),
        ({"subj": {**BRAF, "mods": [{"mod_type": "phosphorylation", "is_modified": True}]}}, []),
        ({"subj": {**BRAF, "activity": {"activity_type": "kinase", "is_active": False}}}, []),
        ({"subj": {**BRAF, "activity": {"activity_type": "kinase", "is_active": True}}}, ["+"]),
        ({"subj": {**BRAF, "bound_conditions": [{"agent": ERK, "is_bound": True}]},
          "obj": DEATH}, []),
        ({"obj": {**ERK, "mods": [{"mod_type": "phosphorylation", "is_modified": True}]}}, []),
        ({"evidence": [evidence(epistemics={"negated": True})]}, []),
    ],
)  # fmt: skip
def test_the_sign_follows_from_the_type_and_the_form(
    tmp_path: Path, fields: dict[str, Any], expected: list[str]
) -> None:
    assert signs(one(tmp_path, **fields)) == expected


def test_a_substance_is_given_and_a_complex_counts_as_a_whole(tmp_path: Path) -> None:
    assert one(tmp_path, subj=DRUG).claim.perturbation.direction is Sign.POSITIVE
    bound = {**BRAF, "bound_conditions": [{"agent": ERK, "is_bound": True}]}
    agent = one(tmp_path, subj=bound, obj=DEATH).claim.agent
    assert agent.groundings == ()
    assert agent.composition is not None
    assert agent.composition.op is CompositionOp.COMPLEX
    assert (
        one(tmp_path, kind="Complex", members=[BRAF, ERK]).claim.id
        == one(tmp_path, kind="Complex", members=[ERK, BRAF]).claim.id
    )


def test_each_evidence_is_a_claim_of_its_own(tmp_path: Path) -> None:
    guess = evidence(pmid="2", text="It may be.", epistemics={"hypothesis": True})
    denied = evidence(pmid="3", text="It is not.", epistemics={"negated": True})
    context = {"type": "bio", "species": {"name": "mouse", "db_refs": {"TAXONOMY": "10090"}},
               "cell_line": {"name": "our cells", "db_refs": {}}}  # fmt: skip
    found = read(tmp_path, statement(evidence=[EVIDENCE, guess, denied, {"context": context}]))
    claims = [each.claim for each in found if isinstance(each, ImportedClaim)]
    assert len({claim.id for claim in claims}) == 4
    assert [claim.epistemic.value for claim in claims] == [
        "unstated", "hypothesis", "unstated", "unstated",
    ]  # fmt: skip
    assert [claim.negated for claim in claims] == [False, False, True, False]
    assert [(each.type, each.name) for each in claims[3].context] == [
        (ContextType.ORGANISM, "mouse"),
        (ContextType.CELL, "our cells"),
    ]
    assert claims[3].quotes == ()
    assert read(tmp_path, statement(evidence=[]))


def test_what_gives_no_claim_is_counted_by_its_reason(tmp_path: Path) -> None:
    nameless = {"name": "it", "db_refs": {"TEXT": "it"}}
    found = read(
        tmp_path,
        statement("ActiveForm", agent=BRAF),
        statement("Autophosphorylation", enz=BRAF),
        statement(subj=nameless),
        statement(subj=None),
        statement("Complex", members=[BRAF, ERK, DEATH]),
        statement("Phosphorylation", enz=None, sub=ERK),
    )
    reasons = [each.reason for each in found if isinstance(each, LeftOut)]
    assert reasons == [
        "ActiveForm: no claim of one thing about another",
        "Autophosphorylation: no claim of one thing about another",
        "an agent without a grounding",
        "an agent is missing",
        "a complex of one or of more than two",
        "an agent is missing",
    ]
    assert all(not each.bad for each in found if isinstance(each, LeftOut))


def test_a_list_the_answer_of_the_service_and_lines_say_the_same(tmp_path: Path) -> None:
    given = [statement(), statement("Inhibition")]
    forms = {
        "list.json": json.dumps(given, indent=1),
        "service.json": json.dumps({"statements": {"-1": given[0], "2": given[1]}}),
        "lines.jsonl": "\n".join(map(json.dumps, given)) + "\n\n",
    }
    for name, text in forms.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "packed.json.gz").write_bytes(gzip.compress(forms["list.json"].encode()))
    found = [
        [each.claim for each in items(path) if isinstance(each, ImportedClaim)]
        for path in indra_files(tmp_path)
    ]
    assert len(found) == 4
    assert found.count(found[0]) == 4


def test_bad_lines_are_placed_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{json.dumps(statement())}\n{{broken\n[1]\n{json.dumps(statement())}\n")
    assert is_indra(path)
    found = items(path)
    bad = [each for each in found if isinstance(each, LeftOut)]
    assert [(each.place.line, each.bad) for each in bad] == [(2, True), (3, True)]
    assert sum(isinstance(each, ImportedClaim) for each in found) == 2


def test_what_is_no_file_of_statements(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"title": "A title.", "identifiers": ["PMID:1"]}')
    assert not is_indra(path)
    path.write_text('[{"type": "Activation", "subj": {"db_refs": {')
    assert is_indra(path)
    with pytest.raises(BadInput, match="is no JSON"):
        items(path)
