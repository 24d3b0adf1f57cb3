"""*What a KGX pair becomes*, row by row of its table."""

from pathlib import Path

import pytest

from app.ingest.imported import ImportedRelation, LeftOut
from app.model.vocabulary import EvidenceType, PredicateType, RelationType, Sign, Supports
from app.reasoning.rules import derive_edges
from tests.ingest.kgx.pairs import claim_of, edges_of, relation_of, statements

UP, DOWN = "increased", "decreased"
OBJECT = "object_direction_qualifier"
SUBJECT = "subject_direction_qualifier"
ASPECT = "object_aspect_qualifier"
SUBJECT_ASPECT = "subject_aspect_qualifier"
FORM = "subject_form_or_variant_qualifier"
OBJECT_FORM = "object_form_or_variant_qualifier"
QUALIFIED = "qualified_predicate"
MEMBER = {"subject": "HGNC:1", "object": "FPLX:AB", "predicate": "biolink:member_of"}
LOST = "loss_of_function_variant_form"


def signed(folder: Path, **cells: str) -> tuple[str, str | None]:
    """Return sign and side of the one edge of a qualified ``affects``."""
    item = claim_of(folder, predicate="biolink:affects", **cells)
    ((_, sign, _, side, _),) = edges_of(item)
    return sign, side


TABLE = [
    ("causes", "induces", "+", None),
    ("contributes_to", "promotes", "+", None),
    ("disrupts", "inhibits", "-", None),
    ("affects", "associated_with", "0", None),
    ("regulates", "associated_with", "0", None),
    ("preventative_for_condition", "prevents", "-", "induction"),
    ("ameliorates_condition", "attenuates", "-", "maintenance"),
    ("treats", "attenuates", "-", None),
    ("beneficial_in_models_for", "attenuates", "-", None),
    ("exacerbates_condition", "worsens", "+", "maintenance"),
    ("promotes_condition", "promotes", "+", "induction"),
    ("predisposes_to_condition", "promotes", "+", None),
    ("has_side_effect", "induces", "+", None),
    ("acts_upstream_of_positive_effect", "promotes", "+", None),
    ("acts_upstream_of_or_within_positive_effect", "promotes", "+", None),
    ("acts_upstream_of_negative_effect", "inhibits", "-", None),
    ("acts_upstream_of_or_within_negative_effect", "inhibits", "-", None),
    ("positively_correlated_with", "associated_with", "0", None),
    ("negatively_correlated_with", "associated_with", "0", None),
    ("associated_with", "associated_with", "0", None),
    ("gene_associated_with_condition", "associated_with", "0", None),
    *(
        (name, "associated_with", "0", None)
        for name in (
            "studied_to_treat", "applied_to_treat", "in_clinical_trials_for", "contraindicated_in",
            "has_adverse_event", "affects_sensitivity_to", "target_for", "has_phenotype",
            "a_predicate_of_tomorrow",
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize(("predicate", "verb", "sign", "aspect"), TABLE)
def test_each_row_of_the_table(
    tmp_path: Path, predicate: str, verb: str, sign: str, aspect: str | None
) -> None:
    item = claim_of(tmp_path, predicate=f"biolink:{predicate}")
    assert item.claim.predicate.type == verb
    assert edges_of(item) == [("HGNC:1", sign, "HGNC:2", None, aspect)]
    assert item.claim.source is not None
    assert f"predicate=biolink:{predicate}" in item.claim.source.qualifiers


@pytest.mark.parametrize(
    ("cells", "verb", "sign"),
    [
        ({OBJECT: UP}, "increases", "+"),
        ({OBJECT: "upregulated"}, "increases", "+"),
        ({OBJECT: DOWN}, "decreases", "-"),
        ({OBJECT: "downregulated"}, "decreases", "-"),
        ({OBJECT: UP, ASPECT: "degradation"}, "increases", "-"),
        ({OBJECT: DOWN, ASPECT: "degradation"}, "decreases", "+"),
        ({OBJECT: UP, ASPECT: "activity_or_abundance"}, "increases", "+"),
        ({OBJECT: UP, ASPECT: "phosphorylation"}, "increases", "0"),
        ({OBJECT: UP, ASPECT: "localization"}, "increases", "0"),
        ({OBJECT: UP, ASPECT: "uptake"}, "associated_with", "0"),
        ({OBJECT: "sideways"}, "associated_with", "0"),
        ({OBJECT: UP, SUBJECT_ASPECT: "degradation"}, "increases", "-"),
        ({OBJECT: UP, OBJECT_FORM: "mutant_form"}, "associated_with", "0"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("relation", ["causes", "contributes_to", "affects", "regulates"])
def test_a_direction_signs_by_the_product(
    tmp_path: Path, relation: str, cells: dict[str, str], verb: str, sign: str
) -> None:
    item = claim_of(
        tmp_path, predicate="biolink:affects", qualified_predicate=f"biolink:{relation}", **cells
    )
    assert item.claim.predicate.type == verb
    assert [edge[1] for edge in edges_of(item)] == [sign]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({SUBJECT: UP, OBJECT: UP}, ("+", "gain")),
        ({SUBJECT: UP, OBJECT: DOWN}, ("-", "gain")),
        ({SUBJECT: DOWN, OBJECT: DOWN}, ("+", "loss")),
        ({SUBJECT: DOWN, OBJECT: UP}, ("-", "loss")),
        ({FORM: LOST, OBJECT: UP}, ("-", "loss")),
        ({FORM: "dominant_negative_variant_form", OBJECT: UP}, ("-", "loss")),
        ({FORM: "gain_of_function_variant_form", OBJECT: UP}, ("+", "gain")),
        ({FORM: "snp_form", OBJECT: UP}, ("0", None)),
        ({FORM: "analog_form", OBJECT: UP}, ("0", None)),
        ({FORM: LOST, QUALIFIED: "biolink:causes"}, ("-", "loss")),
        ({SUBJECT: DOWN, QUALIFIED: "biolink:causes"}, ("-", "loss")),
    ],
)  # fmt: skip
def test_what_was_done_to_the_subject_gives_the_side(
    tmp_path: Path, cells: dict[str, str], expected: tuple[str, str | None]
) -> None:
    assert signed(tmp_path, **cells) == expected


def test_a_direction_of_the_subject_alone_tells_nothing_of_the_object(tmp_path: Path) -> None:
    assert signed(tmp_path, subject_direction_qualifier=DOWN) == ("0", None)


def test_a_dominant_negative_inhibitor_is_stabilised(tmp_path: Path) -> None:
    sign, side = signed(
        tmp_path,
        subject="HGNC:7797",
        subject_form_or_variant_qualifier="dominant_negative_variant_form",
        object_direction_qualifier=DOWN,
    )
    assert (sign, side) == ("-", "gain")


def test_predisposition_has_no_side(tmp_path: Path) -> None:
    item = claim_of(
        tmp_path,
        predicate="biolink:predisposes_to_condition",
        subject_form_or_variant_qualifier=LOST,
        has_evidence="ECO:0000016",
    )
    assert edges_of(item) == [("HGNC:1", "-", "HGNC:2", None, None)]


def test_a_substance_acts_by_being_given(tmp_path: Path) -> None:
    item = claim_of(tmp_path, subject="CHEBI:1", object="MONDO:0000001", predicate="biolink:treats")
    assert edges_of(item) == [("CHEBI:1", "-", "MONDO:0000001", "gain", None)]


def test_a_verb_that_contradicts_its_direction_is_unsigned(tmp_path: Path) -> None:
    item = claim_of(tmp_path, predicate="biolink:treats", object_direction_qualifier=UP)
    assert edges_of(item)[0][1] == "0"
    assert item.marks == ("unsigned: treats contradicts the direction of its object",)


@pytest.mark.parametrize(
    ("predicate", "sign"),
    [("caused_by", "+"), ("disrupted_by", "-"), ("condition_ameliorated_by", "-")],
)
def test_inverse_predicates_are_turned_round(tmp_path: Path, predicate: str, sign: str) -> None:
    item = claim_of(tmp_path, predicate=f"biolink:{predicate}")
    ((subject, found, target, _, _),) = edges_of(item)
    assert (subject, found, target) == ("HGNC:2", sign, "HGNC:1")


def test_the_qualifiers_of_an_inverse_go_with_their_ends(tmp_path: Path) -> None:
    item = claim_of(
        tmp_path,
        predicate="biolink:affected_by",
        qualified_predicate="biolink:caused_by",
        subject_direction_qualifier=DOWN,
        object_direction_qualifier=UP,
    )
    assert edges_of(item) == [("HGNC:2", "-", "HGNC:1", "gain", None)]


@pytest.mark.parametrize(
    ("predicate", "sign", "aspect"),
    [
        ("positively_regulates", "+", None),
        ("negatively_regulates", "-", None),
        ("process_negatively_regulates_process", "-", None),
        ("increases_activity_of", "+", None),
        ("decreases_expression_of", "-", None),
        ("increases_degradation_of", "-", None),
        ("increases_localization_of", "0", None),
        ("increases_uptake_of", "0", None),
        ("prevents", "-", "induction"),
        ("ameliorates", "-", "maintenance"),
        ("exacerbates", "+", "maintenance"),
    ],
)
def test_older_names_are_read_and_marked(
    tmp_path: Path, predicate: str, sign: str, aspect: str | None
) -> None:
    item = claim_of(tmp_path, predicate=f"biolink:{predicate}")
    assert edges_of(item) == [("HGNC:1", sign, "HGNC:2", None, aspect)]
    assert f"older predicate: {predicate}" in item.marks
    assert item.rule == predicate


@pytest.mark.parametrize(
    ("predicate", "sign"),
    [("positively_correlated_with", "+"), ("negatively_correlated_with", "-")],
)
def test_a_correlation_may_be_read_as_a_weak_sign(
    tmp_path: Path, predicate: str, sign: str
) -> None:
    item = claim_of(tmp_path, correlations=True, predicate=f"biolink:{predicate}")
    assert edges_of(item) == [("HGNC:1", sign, "HGNC:2", None, None)]
    assert item.claim.evidence.type is EvidenceType.OBSERVATIONAL


@pytest.mark.parametrize(
    ("evidence", "sides"),
    [
        ("ECO:0000016", ["loss"]),
        ("ECO:0000017", ["gain"]),
        ("ECO:0000016|ECO:0000017", ["loss", "gain"]),
        ("ECO:0000017|ECO:0000016|ECO:0000019", ["loss", "gain"]),
        ("ECO:0000204", [None]),
        ("ECO:0000059", [None]),
        ("", [None]),
    ],
)
@pytest.mark.parametrize("column", ["has_evidence", "has_evidence_of_type"])
def test_evidence_codes_give_the_side_and_both_sides_an_edge_each(
    tmp_path: Path, column: str, evidence: str, sides: list[str | None]
) -> None:
    cells = {OBJECT: DOWN, column: evidence}
    item = claim_of(tmp_path, predicate="biolink:affects", **cells)
    assert [(edge[1], edge[3]) for edge in edges_of(item)] == [("-", side) for side in sides]


def test_a_rescue_holds_where_the_subject_itself_was_lost(tmp_path: Path) -> None:
    item = claim_of(
        tmp_path,
        predicate="biolink:affects",
        object_direction_qualifier=UP,
        has_evidence="ECO:0000012",
    )
    (edge,) = derive_edges(item.claim, judged=True)
    assert (edge.side, item.claim.evidence.supports) == ("gain", Supports.RESCUE)
    assert [condition.name for condition in edge.condition] == ["own AAA lost"]


def test_negated_is_a_claim_without_an_edge(tmp_path: Path) -> None:
    item = claim_of(tmp_path, predicate="biolink:causes", negated="true")
    assert item.claim.negated
    assert edges_of(item) == []


@pytest.mark.parametrize(
    ("level", "agent", "manual"),
    [
        ("knowledge_assertion", "manual_agent", True),
        ("observation", "manual_agent", True),
        ("knowledge_assertion", "manual_validation_of_automated_agent", True),
        ("prediction", "manual_agent", False),
        ("text_co_occurrence", "manual_agent", False),
        ("knowledge_assertion", "text_mining_agent", False),
        ("knowledge_assertion", "automated_agent", False),
        ("not_provided", "not_provided", False),
        ("", "", False),
    ],
)
def test_what_is_asserted_by_hand(tmp_path: Path, level: str, agent: str, manual: bool) -> None:
    cells = {"knowledge_level": level, "agent_type": agent}
    assert claim_of(tmp_path, predicate="biolink:causes", **cells).manual is manual


def test_everything_else_is_kept(tmp_path: Path) -> None:
    item = claim_of(
        tmp_path,
        id="e1",
        predicate="biolink:causes",
        publications="PMID:1|DOI:10.1/ABC|a book",
        supporting_text="X causes Y.|Y follows X.",
        primary_knowledge_source="infores:x",
        species_context_qualifier="NCBITaxon:9606",
        anatomical_context_qualifier="somewhere",
        score="0.5",
        has_evidence="ECO:0000204|a table",
    )
    claim, source = item.claim, item.claim.source
    assert source is not None
    assert (source.resource, source.edge) == ("infores:x", "e1")
    assert source.publications == ("PMID:1", "doi:10.1/abc", "a book")
    assert [(quote.text, quote.verified) for quote in claim.quotes] == [
        ("X causes Y.", None),
        ("Y follows X.", None),
    ]
    assert [item.name for item in claim.context] == ["NCBITaxon:9606", "somewhere"]
    assert {"score=0.5", "agent_type=manual_agent", "has_evidence=a table"} <= set(source.columns)
    assert claim.epistemic == "unstated"


def test_further_columns_are_no_part_of_the_id(tmp_path: Path) -> None:
    first = claim_of(tmp_path, predicate="biolink:causes", score="1")
    other = claim_of(tmp_path, predicate="biolink:causes", score="2")
    edge = claim_of(tmp_path, predicate="biolink:causes", id="e2")
    assert first.claim.id == other.claim.id != edge.claim.id


@pytest.mark.parametrize(
    ("predicate", "ends", "kind", "role"),
    [
        ("subclass_of", ("GO:0000001", "GO:0000002"), RelationType.IS_A, Sign.POSITIVE),
        ("superclass_of", ("GO:0000002", "GO:0000001"), RelationType.IS_A, Sign.POSITIVE),
        ("member_of", ("HGNC:1", "FPLX:AB"), RelationType.MEMBER_OF, Sign.POSITIVE),
        ("has_member", ("FPLX:AB", "HGNC:1"), RelationType.MEMBER_OF, Sign.POSITIVE),
        ("member_of", ("HGNC:6773", "FPLX:AB"), RelationType.MEMBER_OF, Sign.UNSIGNED),
        ("member_of", ("HGNC:1", "GO:0000001"), RelationType.MEMBER_OF, None),
        ("part_of", ("HGNC:1", "FPLX:AB_complex"), RelationType.SUBUNIT_OF, None),
        ("has_part", ("FPLX:AB_complex", "HGNC:1"), RelationType.SUBUNIT_OF, None),
        ("part_of", ("GO:0000001", "GO:0000002"), RelationType.PART_OF, None),
        ("same_as", ("HGNC:1", "HGNC:2"), RelationType.SAME_AS, None),
    ],
)
def test_hierarchy_becomes_a_relation_with_its_role(
    tmp_path: Path, predicate: str, ends: tuple[str, str], kind: RelationType, role: Sign | None
) -> None:
    item = relation_of(tmp_path, subject=ends[0], predicate=f"biolink:{predicate}", object=ends[1])
    assert isinstance(item, ImportedRelation), item
    assert (item.relation.type, item.relation.role) == (kind, role)
    inverse = predicate in ("superclass_of", "has_member", "has_part")
    assert item.relation.subject == (ends[1] if inverse else ends[0])


@pytest.mark.parametrize(
    "cells",
    [
        {"subject": "HGNC:1", "object": "MONDO:0000001", "predicate": "biolink:part_of"},
        {"subject": "HGNC:1", "object": "HGNC:1", "predicate": "biolink:subclass_of"},
        {**MEMBER, "negated": "true"},
        {**MEMBER, "agent_type": "text_mining_agent"},
        {"subject": "HGNC:1", "object": "HGNC:2", "predicate": "biolink:close_match"},
    ],
)  # fmt: skip
def test_what_is_no_relation_is_told_by_reason(tmp_path: Path, cells: dict[str, str]) -> None:
    item = relation_of(tmp_path, **cells)
    assert isinstance(item, LeftOut)
    assert not item.bad


def test_bad_rows_are_told_with_their_line_and_the_rest_goes_in(tmp_path: Path) -> None:
    good = {"subject": "HGNC:1", "predicate": "biolink:causes", "object": "HGNC:2"}
    found = statements(
        tmp_path,
        good,
        {**good, "object": "no curie"},
        {**good, "object": "HGNC:99"},
        {**good, "negated": "perhaps"},
        {**good, "predicate": ""},
        good,
    )
    bad = [(item.place.line, item.bad) for item in found if isinstance(item, LeftOut)]
    assert bad == [(3, True), (4, True), (5, True), (6, True)]
    assert len(found) == 6


def test_the_verb_agrees_with_its_direction_in_every_reading(tmp_path: Path) -> None:
    from app.curation.validation import disagreements

    for predicate, *_ in TABLE:
        claim = claim_of(tmp_path, predicate=f"biolink:{predicate}").claim
        if claim.predicate.type is not PredicateType.ASSOCIATED_WITH:
            assert list(disagreements(claim)) == []
