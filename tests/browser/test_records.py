"""The pages of an entity, an article and a claim."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import QUOTE


def test_an_entity_shows_names_links_and_claims(page: Page) -> None:
    page.goto("/entity/FPLX:NFkappaB")
    expect(page.get_by_role("heading", level=1)).to_contain_text("NF-kappaB")
    expect(page.locator(".names")).to_contain_text("NF-kB")
    known = page.request.get("/api/v1/entities/FPLX:NFkappaB").json()
    assert page.locator(".names li").all_text_contents() == known["synonyms"]
    links = page.locator(".links > li")
    total = page.request.get("/api/v1/entities/FPLX:NFkappaB/neighbours").json()["total"]
    expect(links).to_have_count(total)
    first = links.filter(has_text="maintenance").first
    first.get_by_role("button", name="claim").click()
    expect(first.locator("blockquote").filter(has_text=QUOTE)).to_have_count(1)
    claims = page.request.get("/api/v1/claims?entity=FPLX:NFkappaB&status=accepted").json()
    expect(page.locator("#claims")).to_contain_text(f"{claims['total']} claims")
    page.get_by_label("Status").select_option("rejected")
    expect(page.get_by_text("No rejected claim names it.")).to_be_visible()
    expect(page).to_have_url(re.compile("status=rejected"))


def test_an_entity_leads_to_its_questions_and_neighbours(page: Page) -> None:
    page.goto("/entity/GO:0001837")
    page.get_by_role("link", name="What reverses it?").click()
    expect(page.locator(".read-as h1")).to_contain_text("reverses epithelial to mesenchymal")
    page.locator(".card h3 a").first.click()
    expect(page).to_have_url(re.compile("/entity/FPLX:NFkappaB"))


def test_an_equivalent_names_the_one_that_answers_use(page: Page) -> None:
    page.goto("/entity/MESH:D016328")
    page.get_by_role("link", name="FPLX:NFkappaB").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("NF-kappaB")


def test_an_article_has_its_mentions_and_quotes_marked(page: Page) -> None:
    page.goto("/article/PMID:15314694")
    article = page.request.get("/api/v1/articles/PMID:15314694").json()
    text = page.locator(".reading-text")
    text.locator("p").first.wait_for()
    assert "\n".join(text.locator("p").all_text_contents()) == article["text"]
    named = text.get_by_role("link", name="NF-kappaB").first
    expect(named).to_have_attribute("href", "/entity/FPLX:NFkappaB")
    page.get_by_label("Marked").select_option("quotes")
    expect(text.locator(".mention")).to_have_count(0)
    expect(text.locator("mark").first).to_be_visible()
    page.get_by_label("Marked").select_option("mentions")
    expect(text.locator("mark")).to_have_count(0)
    claims = page.locator(".claim")
    expect(claims).to_have_count(len(article["claims"]))


def test_an_article_is_found_by_its_doi_and_kept_at_a_revision(page: Page) -> None:
    page.goto("/article/doi:10.1172/jci21358")
    expect(page.get_by_role("heading", level=1)).to_contain_text("NF-kappaB is essential")
    page.get_by_role("link", name="Keep to this revision").click()
    expect(page).to_have_url(re.compile(r"as_of=\d+"))
    expect(page.get_by_role("link", name="See the latest")).to_be_visible()


def test_a_claim_shows_slots_words_and_who_judged_it(page: Page) -> None:
    page.goto("/article/PMID:15314694")
    page.locator(".claim").filter(has_text=QUOTE).get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("/claim/[0-9a-f]{64}$"))
    slots = page.locator(".slots")
    expect(slots).to_contain_text("NF-kappaB activity")
    expect(slots).to_contain_text("caused a reversal of")
    abstract = page.get_by_label("Abstract of PMID:15314694").locator(".abstract-text")
    expect(abstract.locator('.slot[title="predicate"]')).to_have_text(["caused a reversal of"])
    assert "".join(abstract.locator("mark").all_text_contents()) == QUOTE
    expect(page.locator(".decisions")).to_contain_text("accept by evipath-seed")
    expect(page.locator(".decisions")).to_contain_text("UTC")


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/entity/GO:9999999", "GO:9999999"),
        ("/claim/" + "0" * 64, "0" * 64),
        ("/article/PMID:4", "It can be read in"),
        ("/entity/x%00y", "alert"),
    ],
)
def test_what_is_not_there_is_said(page: Page, address: str, says: str) -> None:
    page.goto(address)
    expect(page.get_by_role("alert")).to_be_visible()
    if says != "alert":
        expect(page.get_by_role("main")).to_contain_text(says)


def test_places_are_reached_and_marked(page: Page) -> None:
    page.goto("/")
    places = page.get_by_role("navigation", name="Places")
    expect(places.get_by_role("link", name="Ask")).to_have_attribute("aria-current", "page")
    places.get_by_role("link", name="Ingest").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ingest")
    expect(page.get_by_role("main")).to_be_focused()
    expect(page).to_have_title("Ingest · EviPath")
