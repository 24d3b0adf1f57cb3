"""Names that mean several entities, answers of several pages, a service that can't answer."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import pytest
from playwright.sync_api import Page, expect

from app.api.container import Container
from app.bootstrap import build
from app.graph.port import GraphWriter
from app.model.errors import Unavailable
from app.model.vocabulary import Category, PredicateType
from app.services import curated
from app.settings import Settings
from tests.browser.conftest import needs_page
from tests.browser.inside import serving
from tests.browser.service import Service
from tests.support import factories

TARGETS = 30
PER_PAGE = 25
QUESTION = "which interventions lower anoikis"
ADDRESS = "/?q=" + QUESTION.replace(" ", "+")
ANOIKIS = "GO:0043276"
TWINS = ("HGNC:7794", "HGNC:7795")


def _name(number: int) -> str:
    return f"gene-{number:02d}"


SENTENCES = " ".join(f"Inhibition of {_name(n)} lowered anoikis." for n in range(TARGETS))
PAPER = factories.paper(99999921, title="Many screens.", abstract=SENTENCES)


def _fill(parts: Container) -> None:
    gene = Category.GENE

    def work(writer: GraphWriter) -> None:
        writer.put_entity(factories.entity(ANOIKIS, "anoikis"))
        for number, curie in enumerate(TWINS, start=1):
            writer.put_entity(factories.entity(curie, f"NFKB{number}", gene, ("twin (p5*)",)))
        for number in range(TARGETS):
            writer.put_entity(factories.entity(f"HGNC:{90000 + number}", _name(number), gene))
        PAPER.put(writer)

    parts.store.write("test", "many genes", work)
    for number in range(TARGETS):
        claim = factories.claim(
            PAPER.text,
            agent=_name(number),
            agent_id=f"HGNC:{90000 + number}",
            outcome="anoikis",
            outcome_id=ANOIKIS,
            predicate=PredicateType.DECREASES,
            aspect=None,
            words=f"Inhibition of {_name(number)} lowered anoikis.",
        )
        curated.add_claim(parts.store, claim, actor="ada")


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Container]:
    path = tmp_path_factory.mktemp("states") / "graph.db"
    parts = build(Settings(store=f"sqlite:///{path}"))
    _fill(parts)
    yield parts
    parts.store.close()


@pytest.fixture(scope="module")
def service(parts: Container) -> Iterator[Service]:
    """A service of this module's own, whose parts the tests can reach."""
    needs_page()
    with serving(parts) as url:
        yield Service(url, token="")


@contextmanager
def store_away(parts: Container, retry_after: int, door: str = "head") -> Iterator[None]:
    """Let the store be out of reach, as it is when its server or disk is gone."""

    def away(*_: object) -> NoReturn:
        raise Unavailable("sqlite", "the file can't be opened", retry_after)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts.store, door, away)
        yield


def test_ambiguous_name_is_answered_by_a_choice(page: Page) -> None:
    page.goto("/?q=which+interventions+lower+TWIN+(p5*)%3F")
    alert = page.get_by_role("alert")
    expect(alert.get_by_role("heading", name="Which one is meant?")).to_be_visible()
    expect(alert.locator("li code")).to_have_text(list(TWINS))
    alert.get_by_role("link", name="NFKB2").press("Enter")
    expect(page.get_by_label("Ask a question")).to_have_value(
        f"which interventions lower {TWINS[1]}?"
    )
    expect(page.locator(".read-as h1")).to_contain_text("NFKB2")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_unknown_name_offers_the_nearest(page: Page) -> None:
    page.goto("/?q=which+interventions+lower+anoikiss")
    alert = page.get_by_role("alert")
    expect(alert.get_by_role("heading", name="The nearest that is known")).to_be_visible()
    alert.get_by_role("link", name="anoikis").click()
    expect(page.get_by_label("Ask a question")).to_have_value(
        f"which interventions lower {ANOIKIS}"
    )
    expect(page.locator(".card")).to_have_count(PER_PAGE)


def test_further_answers_come_by_keyboard_and_reading_goes_on_there(page: Page) -> None:
    page.goto(ADDRESS)
    status = page.locator(".found > [role=status]")
    expect(status).to_contain_text(f"{TARGETS} interventions, the first {PER_PAGE} shown")
    more = page.get_by_role("button", name=f"Show more ({TARGETS - PER_PAGE} left)")
    more.focus()
    page.keyboard.press("Enter")
    cards = page.locator(".card h3 code")
    expect(cards).to_have_count(TARGETS)
    expect(more).to_have_count(0)
    expect(status).to_contain_text(f"{TARGETS} interventions: {TARGETS} observed")
    expect(page.locator(".card h3").nth(PER_PAGE)).to_be_focused()
    answer = page.request.get(f"/api/v1/ask{ADDRESS[1:]}&limit={TARGETS}").json()["answer"]
    assert cards.all_text_contents() == [each["target"]["id"] for each in answer["interventions"]]
    expect(page.locator(".graph[data-drawn]")).to_have_attribute(
        "aria-label", re.compile(f"^{TARGETS + 1} nodes and {TARGETS} edges")
    )


def test_a_long_list_is_scrolled_and_the_address_leads_back_to_its_last_answer(page: Page) -> None:
    page.goto(ADDRESS)
    cards, far = page.locator(".card"), page.locator(".cards > .far")
    expect(cards).to_have_count(PER_PAGE)
    expect(far).not_to_have_count(0)
    expect(far.last.get_by_role("button")).to_have_count(0)
    page.mouse.move(300, 500)
    page.mouse.wheel(0, 200_000)
    expect(cards).to_have_count(TARGETS)
    page.mouse.wheel(0, 200_000)
    cards.last.get_by_role("button", name="Hop by hop").or_(
        cards.last.get_by_role("button", name="quote")
    ).click()
    opened = page.locator(".card-open").last
    last = opened.locator("h3 code").inner_text()
    # The first card is open, so it stays; the one after it is its heading alone by now.
    expect(page.locator(".cards > li").nth(1)).to_have_class("far")
    expect(page.locator(".cards > li")).to_have_count(TARGETS)
    expect(page.get_by_role("heading", level=3, name=_name(1))).to_have_count(1)
    opened.locator("h3 a").click()
    expect(page.locator(".card h3")).to_have_count(0)
    page.go_back()
    expect(cards).to_have_count(TARGETS)
    expect(opened.locator("h3 code")).to_have_text(last)
    expect(opened.locator("h3")).to_be_focused()
    expect(opened.locator("h3")).to_be_in_viewport()


def test_what_is_far_off_the_screen_is_printed_in_full(page: Page) -> None:
    page.goto(ADDRESS)
    far = page.locator(".cards > .far")
    expect(far).not_to_have_count(0)
    page.evaluate("""window.addEventListener('beforeprint', () => {
        window.printed = document.querySelectorAll('.cards blockquote').length;
    })""")
    page.pdf()
    assert page.evaluate("window.printed") >= PER_PAGE
    expect(far).not_to_have_count(0)


def test_a_page_that_does_not_come_is_said_and_can_be_asked_for_again(
    page: Page, parts: Container
) -> None:
    page.goto(ADDRESS)
    expect(page.locator(".abstract-text mark").first).to_be_visible()
    more = page.get_by_role("button", name="Show more")
    alert = page.locator(".answers").get_by_role("alert")
    with store_away(parts, retry_after=60):
        more.click()
        expect(alert).to_contain_text("the file can't be opened")
        expect(page.locator(".card")).to_have_count(PER_PAGE)
    more.click()
    expect(page.locator(".card")).to_have_count(TARGETS)
    expect(alert).to_have_count(0)


def test_an_abstract_that_does_not_come_can_be_asked_for_again(
    page: Page, parts: Container
) -> None:
    # The service holds the answer, and not the article, of a revision that nothing else asked.
    address = f"{ADDRESS}&as_of={parts.store.head().number - 1}"
    assert page.request.get(f"/api/v1/ask{address[1:]}").ok
    abstract = page.locator(".in-abstract").first
    with store_away(parts, retry_after=60, door="view"):
        page.goto(address)
        alert = abstract.get_by_role("alert")
        expect(alert).to_contain_text("the file can't be opened")
    abstract.get_by_role("button", name="Try again").press("Enter")
    expect(abstract.locator("mark")).to_have_count(1)
    expect(alert).to_have_count(0)


def test_a_service_without_its_store_says_so_and_is_asked_again(
    page: Page, parts: Container
) -> None:
    with store_away(parts, retry_after=2):
        page.goto(ADDRESS)
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("sqlite: the file can't be opened")
        expect(alert).to_contain_text("It is asked again in 2 seconds.")
    expect(page.locator(".card")).to_have_count(PER_PAGE)
    expect(alert).to_have_count(0)


def test_a_service_without_its_store_is_asked_again_on_demand(page: Page, parts: Container) -> None:
    with store_away(parts, retry_after=600):
        page.goto(ADDRESS)
        again = page.get_by_role("button", name="Try again")
        expect(again).to_be_visible()
    again.press("Enter")
    expect(page.locator(".card")).to_have_count(PER_PAGE)
