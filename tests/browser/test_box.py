"""The one box: what it offers as one types, and where each of these leads."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import QUESTION


@pytest.fixture
def box(page: Page) -> Locator:
    page.goto("/")
    return page.get_by_role("combobox", name="Ask a question")


def _choices(page: Page) -> Locator:
    return page.get_by_role("option")


def test_entities_come_with_category_and_synonyms_and_lead_to_their_page(
    page: Page, box: Locator
) -> None:
    box.press_sequentially("nf-kap")
    first = _choices(page).first
    expect(first).to_contain_text("NF-kappaB")
    expect(first).to_contain_text("GeneFamily")
    expect(first).to_contain_text("NF-kB")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == first.get_attribute("id")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/entity/FPLX:NFkappaB$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("NF-kappaB")


def test_a_question_is_put_together_by_keyboard_alone(page: Page, box: Locator) -> None:
    box.press_sequentially("which interventions rev")
    expect(_choices(page)).to_have_count(1)
    box.press("ArrowDown")
    box.press("Enter")
    expect(box).to_have_value("which interventions reverse ")
    box.press_sequentially("epithelial to")
    expect(_choices(page).first).to_contain_text("which interventions reverse EMT")
    box.press("ArrowDown")
    box.press("Enter")
    expect(page.locator(".read-as h1")).to_contain_text("reverses epithelial to mesenchymal")
    expect(page).to_have_url(re.compile(r"outcome=GO%3A0001837&effect=reverses"))


def test_escape_closes_the_list_and_keeps_what_was_typed(page: Page, box: Locator) -> None:
    box.press_sequentially("EMT")
    expect(_choices(page).first).to_be_visible()
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("EMT")


def test_a_pmid_leads_to_its_article(page: Page, box: Locator) -> None:
    box.fill("15314694")
    expect(_choices(page)).to_contain_text(["PMID:15314694"])
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/article/PMID:15314694$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("NF-kappaB is essential")


def test_an_entity_by_its_name_alone_is_found(page: Page, box: Locator) -> None:
    box.fill("NF-kB")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/entity/FPLX:NFkappaB$"))
    page.go_back()
    expect(page.get_by_role("heading", name="Which interventions change")).to_be_visible()


def test_a_mouse_chooses(page: Page, box: Locator) -> None:
    box.press_sequentially("metast")
    _choices(page).filter(has_text="which interventions prevent").first.click()
    expect(page.locator(".read-as h1")).to_contain_text("prevents")


def test_first_page_gives_examples_and_says_what_the_graph_holds(page: Page, box: Locator) -> None:
    expect(page.locator(".holds")).to_contain_text(re.compile(r"\d+ accepted claims"))
    page.get_by_role("list", name="or look up").get_by_role("link", name="NF-kappaB").click()
    expect(page).to_have_url(re.compile("/entity/"))
    page.get_by_role("link", name="EviPath").click()
    page.get_by_role("link", name=QUESTION, exact=True).click()
    expect(page.locator(".card").first).to_be_visible()
