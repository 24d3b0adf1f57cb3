"""The species of findings, where an abstract studies only one."""

import pytest

from app.extraction.rules import RulesReader
from app.grounding import Grounder
from app.model.claim import Claim, ContextItem
from app.model.reading import Document
from app.model.vocabulary import ContextType, Epistemic

TITLE = "Effects of curcumin in rats with colitis."
FINDING = "Curcumin decreased TNF-alpha."


def read(title: str, body: str, grounded: bool = True) -> list[Claim]:
    text = f"{title}\n{body}"
    grounder = Grounder.load()
    document = Document(text=text, title_end=len(title), mentions=grounder.mentions(text))
    reader = RulesReader(grounder.ground if grounded else None)
    return [each.claim for each in reader.read(document)]


def organisms(claims: list[Claim]) -> list[ContextItem]:
    return [item for each in claims for item in each.context if item.type is ContextType.ORGANISM]


def test_a_finding_holds_in_the_animals_that_the_title_names() -> None:
    (claim,) = read(TITLE, FINDING)
    (found,) = organisms([claim])
    assert found.inferred
    assert found.mention is not None
    assert (found.mention.start, found.mention.text) == (TITLE.index("rats"), "rats")
    assert found.groundings[0].id == "NCBITaxon:10116"


@pytest.mark.parametrize(
    ("title", "body", "taxon"),
    [
        ("Curcumin and colitis.", f"Mice had colitis. {FINDING} Mice lived.", "NCBITaxon:10090"),
        ("Curcumin and colitis.", f"Dogs had colitis. {FINDING} Dogs lived.", "NCBITaxon:9615"),
        ("Curcumin in women.", f"We gave women curcumin. {FINDING}", "NCBITaxon:9606"),
    ],
)
def test_animals_and_people_count_where_they_are_studied(title: str, body: str, taxon: str) -> None:
    (found,) = organisms(read(title, body))
    assert (found.groundings[0].id, found.inferred) == (taxon, True)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        pytest.param("Curcumin and colitis.", f"We had mice. {FINDING}", id="named once"),
        pytest.param(TITLE, f"Mice were compared. {FINDING}", id="two species"),
        pytest.param(TITLE, f"Human monocytes were used. {FINDING}", id="cells of another"),
        pytest.param(TITLE, f"HeLa cells were used. {FINDING}", id="a cell line"),
        pytest.param("Curcumin and mouse colitis.", FINDING, id="an adjective"),
        pytest.param(TITLE, "Curcumin decreased TNF-alpha in monocytes.", id="in cells"),
        pytest.param(TITLE, "Curcumin decreased TNF-alpha in vitro.", id="in vitro"),
    ],
)
def test_nothing_is_concluded_where_it_may_be_another(title: str, body: str) -> None:
    claims = read(title, body)
    assert claims
    assert [each for each in organisms(claims) if each.inferred] == []


def test_what_was_known_before_is_of_no_species_here() -> None:
    claims = read(TITLE, "Curcumin is known to decrease TNF-alpha.")
    assert [each.epistemic for each in claims] == [Epistemic.BACKGROUND]
    assert organisms(claims) == []


def test_without_a_lexicon_nothing_is_concluded() -> None:
    assert organisms(read(TITLE, FINDING, grounded=False)) == []
