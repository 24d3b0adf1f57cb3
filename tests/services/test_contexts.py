"""What is known of contexts: our tables, the lexicon's lines and diseases, the store's is_a."""

from collections.abc import Iterator

import pytest

from app.graph.port import GraphStore, GraphWriter
from app.graph.sqlite import open_sqlite
from app.grounding import Lexicon
from app.grounding.tokens import key_of
from app.model.answer import AskedContext
from app.model.vocabulary import Agreement, Category, ContextType, RelationType
from app.reasoning.hierarchy import NOTHING_KNOWN, Hierarchy
from app.services.contexts import PLACED, Contexts, read_hierarchy, table
from tests.services.test_curation import C5, do
from tests.support import factories

HUMAN, MOUSE, RAT, MAMMAL = (f"NCBITaxon:{i}" for i in (9606, 10090, 10116, 40674))
BREAST_CANCER, NEOPLASMS, CARCINOMA = "MESH:D001943", "MESH:D009369", "MONDO:0004993"
LUNG_CANCER, ADENOCARCINOMA = "MONDO:0005138", "MONDO:0005061"
DISEASE = (AskedContext(type=ContextType.DISEASE, id=BREAST_CANCER),)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hierarchy]:
    store = open_sqlite(f"sqlite:///{tmp_path_factory.mktemp('contexts') / 'graph.db'}")
    with store.view() as view:
        yield read_hierarchy(view)
    store.close()


def line(name: str) -> str:
    """Return the id of a cell line by its name."""
    lexicon = Lexicon.load()
    return next(
        lexicon.curie(each.entity)
        for each in lexicon.meanings(key_of(name))
        if lexicon.category(each.entity) is Category.CELL_LINE
    )


@pytest.mark.parametrize(
    ("asked", "found", "agreement"),
    [
        (HUMAN, HUMAN, "match"),
        (HUMAN, MAMMAL, "broader"),
        (MAMMAL, RAT, "narrower"),
        (HUMAN, MOUSE, "mismatch"),
        ("NCBITaxon:10148", MOUSE, "narrower"),
        (HUMAN, "NCBITaxon:1", "unstated"),
        ("CL:0000066", "CL:0002327", "narrower"),
        ("CL:0002327", "CL:0000066", "broader"),
        ("CL:0000066", "MESH:D004847", "match"),
        ("UBERON:0000310", "CL:0002327", "narrower"),
        ("MESH:D001940", "CL:0002327", "narrower"),
        ("CL:0008019", "CL:0002327", "mismatch"),
        ("UBERON:0002048", "CL:0002327", "mismatch"),
        ("UBERON:0000310", "CL:0000066", "unstated"),
        ("CL:0000034", "CL:0000057", "unstated"),
        (NEOPLASMS, BREAST_CANCER, "narrower"),
        (BREAST_CANCER, NEOPLASMS, "broader"),
        (BREAST_CANCER, LUNG_CANCER, "mismatch"),
        # There are carcinomas of the breast: neither lies within the other, nor outside it.
        (CARCINOMA, BREAST_CANCER, "unstated"),
        (BREAST_CANCER, "MESH:D018450", "unstated"),
        (BREAST_CANCER, "DOID:1", "unstated"),
    ],
)
def test_each_agreement(known: Hierarchy, asked: str, found: str, agreement: str) -> None:
    assert known.compare(asked, found).value == agreement


@pytest.mark.parametrize(
    ("name", "tissue", "species"),
    [
        ("HeLa", "UBERON:0000002", HUMAN),
        ("MCF-7", "UBERON:0000310", HUMAN),
        ("4T1", "UBERON:0000310", MOUSE),
        ("3T3-L1", "CL:0000057", MOUSE),
        ("HUVEC", "CL:0000115", HUMAN),
    ],
)
def test_a_cell_line_has_tissue_and_species(
    known: Hierarchy, name: str, tissue: str, species: str
) -> None:
    assert known.compare(tissue, line(name)) is Agreement.NARROWER
    assert known.organisms_of(line(name)) == {species}


def test_a_cell_line_of_another_tissue_is_a_mismatch(known: Hierarchy) -> None:
    assert known.compare("UBERON:0000995", line("HeLa")) is Agreement.NARROWER
    assert known.compare("UBERON:0000310", line("HeLa")) is Agreement.MISMATCH
    assert known.compare("CL:0000066", line("HeLa")) is Agreement.UNSTATED


def test_laws_hold_over_the_tables(known: Hierarchy) -> None:
    ids = [row["id"] for name in PLACED for row in table(name)]
    some = [*ids, *(line(name) for name in ("HeLa", "4T1", "HUVEC"))]
    holds = {Agreement.MATCH, Agreement.BROADER, Agreement.NARROWER}
    for asked in some:
        assert known.compare(asked, asked) is Agreement.MATCH
        answering = [one for one in some if known.compare(asked, one) in holds]
        for wider in known.above(asked):
            wrong = [one for one in answering if known.compare(wider, one) is Agreement.MISMATCH]
            assert wrong == [], (asked, wider)


def test_the_store_adds_what_it_holds(store: GraphStore) -> None:
    def work(writer: GraphWriter) -> None:
        for one in ("MONDO:1", "MONDO:2", "MONDO:3"):
            writer.put_entity(factories.entity(one, one, Category.DISEASE))
        writer.put_relation(factories.relation("MONDO:2", RelationType.IS_A, "MONDO:1"))
        writer.put_relation(factories.relation("MONDO:3", RelationType.IS_A, "MONDO:1"))

    contexts = Contexts(store)
    with store.view() as view:
        before = contexts.known(view, DISEASE)
        assert before.compare("MONDO:1", "MONDO:2") is Agreement.UNSTATED
        assert contexts.known(view, DISEASE) is before
    store.write("test", "diseases", work)
    with store.view() as view:
        after = contexts.known(view, DISEASE)
        assert after.compare("MONDO:1", "MONDO:2") is Agreement.NARROWER
        assert after.compare("MONDO:2", "MONDO:3") is Agreement.MISMATCH
    with store.view(0) as view:
        assert contexts.known(view, DISEASE).compare("MONDO:1", "MONDO:2") is Agreement.UNSTATED


def test_a_decision_reads_nothing_anew(seeded: GraphStore) -> None:
    contexts = Contexts(seeded)
    with seeded.view() as view:
        before = contexts.known(view, DISEASE)
    do(seeded, C5, "reject", reason="a test")
    with seeded.view() as view:
        assert contexts.known(view, DISEASE) is before


def test_a_setting_needs_no_hierarchy(store: GraphStore) -> None:
    asked = (AskedContext(type=ContextType.SETTING, id="in_vivo"),)
    with store.view() as view:
        assert Contexts(store).known(view, asked) is NOTHING_KNOWN
