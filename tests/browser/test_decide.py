"""Deciding on an experiment: the matrix, simulations, and answers without a side effect."""

import re

from playwright.sync_api import Page, expect

from app.model.limits import MOST_NETWORKS, MOST_NODES
from tests.browser.conftest import NewContext, watch
from tests.browser.service import Service
from tests.browser.test_access import serious

NFKB, EMT = "FPLX:NFkappaB", "GO:0001837"
QUOTE = "inhibition of NF-kappaB activity in mesenchymal cells caused a reversal of EMT"
ANSWER = f"/?outcome={EMT}&effect=reverses"


def test_a_cell_of_the_matrix_opens_its_claims_and_the_address_keeps_it(
    page: Page, new_context: NewContext
) -> None:
    page.goto(ANSWER)
    page.get_by_role("link", name="What was tried").first.click()
    expect(page).to_have_url(re.compile(r"/decide\?ask=matrix.*as_of=\d+"))
    asked = {"target": NFKB, "outcome": EMT}
    matrix = page.request.get("/api/v1/reasoning/matrix", params=asked).json()
    table = page.get_by_role("table")
    expect(table.locator("tbody tr")).to_have_count(matrix["total"])
    filled = sum(cell["total"] > 0 for each in matrix["contexts"] for cell in each["cells"])
    cells = table.get_by_role("button")
    expect(cells.filter(has_text="positive")).to_have_count(filled)
    mesenchymal = table.get_by_role("row").filter(has_text="mesenchymal cell")
    cell = mesenchymal.get_by_role("button", name="positive")
    cell.press("Enter")
    expect(cell).to_have_attribute("aria-pressed", "true")
    opened = page.locator(".chosen-cell")
    expect(opened).to_contain_text("loss of NF-kappaB, maintenance: positive")
    expect(opened.locator("blockquote")).to_have_text(QUOTE)
    opened.get_by_role("button", name="Read 1 quote").click()
    expect(opened.locator(".abstract-text mark")).to_have_text(QUOTE)
    other = new_context().new_page()
    other.goto(page.url)
    expect(other.locator(".chosen-cell blockquote")).to_have_text(QUOTE)
    mesenchymal.get_by_role("button", name="untested").first.click()
    expect(opened).to_contain_text("No claim says that it was tried.")
    opened.get_by_role("button", name="Close the cell").click()
    expect(opened).to_have_count(0)


def test_what_to_try_next_leads_to_its_cell_and_a_target_is_changed(page: Page) -> None:
    page.goto("/decide?ask=matrix")
    expect(page.get_by_text("Name both to see what was tried.")).to_be_visible()
    for label, curie in (("Target", "GO:0007249"), ("Outcome", EMT)):
        page.get_by_role("combobox", name=label).fill(curie)
        page.get_by_role("combobox", name=label).press("Enter")
        expect(page).to_have_url(re.compile(re.escape(curie.replace(":", "%3A"))))
    next_ones = page.get_by_role("region", name="What to try next").locator("li")
    expect(next_ones).to_have_count(2)
    expect(next_ones.first).to_contain_text("would make an extrapolated hop a matched one")
    next_ones.first.get_by_role("button", name="In the table").click()
    words = next_ones.first.locator(".do").text_content() or "nothing"
    expect(page.locator(".chosen-cell")).to_contain_text(words)
    page.get_by_role("button", name="GO:0007249").click()
    box = page.get_by_role("combobox", name="Target")
    expect(box).to_be_focused()
    box.fill("no such thing")
    box.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("no such thing")


def test_an_intervention_is_simulated_with_its_error(page: Page) -> None:
    page.goto(ANSWER)
    page.get_by_label("simulated").check()
    expect(page).to_have_url(re.compile("simulate=true"))
    badge = page.locator(".card .badge").filter(has_text="simulated effect").first
    asked = {"outcome": EMT, "effect": "reverses", "simulate": "true"}
    answer = page.request.get("/api/v1/reasoning/interventions", params=asked).json()
    first = answer["interventions"][0]
    words = f"{first['simulated_effect']:.2f} ± {first['simulated_error']:.2f}"
    expect(badge).to_contain_text(words)
    expect(badge.locator(".effect-error")).to_have_count(1)
    page.get_by_role("link", name="Simulate it").first.click()
    rows = page.get_by_role("table").locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text="Inhibition")).to_contain_text(words)
    expect(page.locator(".experiment")).to_contain_text("decides alone")
    page.get_by_role("button", name="Take away NF-kappaB").click()
    page.get_by_text("Context, pairs, and how much is drawn").click()
    page.get_by_label("also pairs of the strongest").check()
    page.get_by_role("button", name="Simulate", exact=True).click()
    expect(page.get_by_role("columnheader", name="Gain over the better one")).to_be_visible()
    expect(rows.filter(has_text=" and ")).not_to_have_count(0)
    page.get_by_label("Seed").fill("-1")
    page.get_by_label("Seed").blur()
    assert not page.get_by_label("Seed").evaluate("box => box.checkValidity()")


def test_a_long_simulation_is_followed_and_a_lost_one_asked_again(page: Page) -> None:
    size = f"networks={MOST_NETWORKS}&nodes={MOST_NODES}"
    page.goto(f"/decide?ask=simulate&outcome={EMT}&effect=reverses&{size}")
    expect(page).to_have_url(re.compile("job="))
    expect(page.get_by_role("table").locator("tbody tr").first).to_be_visible(timeout=60_000)
    expect(page.locator(".model")).to_contain_text(f"of {MOST_NETWORKS} could be asked")
    # A job that never ran, as of an address that outlived its job.
    page.goto(f"/decide?ask=simulate&outcome={EMT}&effect=reverses&{size}&job=nothing")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("can't be followed")
    alert.get_by_role("button", name="Simulate again").click()
    expect(page.locator(".model")).to_contain_text(f"of {MOST_NETWORKS} could be asked")


def test_what_cannot_be_simulated_says_why_and_offers_to_ask_without(page: Page) -> None:
    page.goto(f"/?outcome={EMT}&effect=maintains&simulate=true")
    expect(page.get_by_role("alert")).to_contain_text("can't be simulated")
    page.get_by_role("link", name="Ask it without simulating").click()
    expect(page.locator(".read-as h1")).to_contain_text("maintains")
    expect(page).not_to_have_url(re.compile("simulate"))


def test_what_follows_is_a_table_with_quotes_and_the_way_to_each_answer(page: Page) -> None:
    page.goto("/decide?ask=matrix")
    page.get_by_role("link", name="What follows").click()
    expect(page.get_by_text("Name a target to see what follows.")).to_be_visible()
    box = page.get_by_role("combobox", name="Target")
    box.fill(NFKB)
    box.press("Enter")
    rows = page.get_by_role("region", name="What follows").locator("tbody tr")
    answer = page.request.get("/api/v1/reasoning/consequences", params={"target": NFKB}).json()
    expect(rows).to_have_count(answer["total"])
    for row, told in zip(rows.all(), answer["consequences"], strict=True):
        expect(row.get_by_role("rowheader")).to_have_text(told["outcome"]["name"])
        expect(row).to_contain_text("rises" if told["direction"] == "+" else "falls")
        expect(row.locator(f".badge-{told['tier']}")).to_be_visible()
        expect(row.locator("td").nth(2)).to_have_text(f"{told['belief']:.2f}")
    first = rows.first
    expect(first).to_contain_text("also reverses, observed")
    first.locator("details").filter(has=page.locator("blockquote")).locator("> summary").click()
    quote = answer["consequences"][0]["evidence"][0]["quote"]
    expect(first.locator("blockquote").first).to_have_text(quote)
    first.get_by_role("button", name="in the abstract").click()
    expect(first.locator(".abstract-text mark").first).to_be_visible()
    page.get_by_label("What is done to it").select_option("positive")
    expect(page).to_have_url(re.compile("direction=positive"))
    expect(rows.first).to_contain_text("rises")
    expect(page.get_by_role("heading", name="What follows from")).to_contain_text("activation")
    page.go_back()
    rows.first.get_by_role("rowheader").get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"effect=lowers&as_of=\d+"))
    expect(page.locator(".card").filter(has_text=NFKB).first).to_be_visible()
    page.goto("/decide?ask=consequences&target=no+such+thing")
    expect(page.get_by_role("alert")).to_contain_text("no such thing")
    page.goto(f"/decide?ask=consequences&target={EMT}")
    expect(page.locator("section", has=page.locator("#follows-title"))).to_contain_text(
        page.request.get("/api/v1/reasoning/consequences", params={"target": EMT}).json()["note"]
    )


def test_side_effects_are_asked_shown_and_filtered(page: Page) -> None:
    page.goto(ANSWER)
    cards = page.locator(".card")
    expect(cards.first).to_be_visible()
    all_of_them = cards.count()
    page.get_by_role("button", name="Without a side effect").click()
    page.get_by_label("Unwanted effect").select_option("lowers")
    box = page.get_by_role("combobox", name="Unwanted on what")
    box.fill(EMT)
    box.press("Enter")
    expect(page).to_have_url(re.compile("excluding=GO%3A0001837%3Alowers"))
    lines = page.get_by_role("list", name="Side effects").locator("> li")
    expect(lines).to_have_count(all_of_them)
    excluded = lines.filter(has_text="excluded")
    expect(excluded).not_to_have_count(0)
    excluded.first.locator("summary").click()
    expect(excluded.first.locator("blockquote").filter(has_text=QUOTE)).to_be_visible()
    hidden = excluded.count()
    page.get_by_label("Show").select_option("unexcluded")
    expect(cards).to_have_count(all_of_them - hidden)
    status = page.locator(".exclusion-filter [role=status]")
    expect(status).to_have_text(f"{hidden} of {all_of_them} not shown")
    page.reload()
    expect(cards).to_have_count(all_of_them - hidden)
    page.get_by_label("Show").select_option("clear")
    expect(cards).to_have_count(0)
    page.get_by_role("button", name="Take away the side effect").click()
    expect(cards).to_have_count(all_of_them)
    expect(lines).to_have_count(0)


def test_axe_finds_nothing_serious_where_one_decides(
    new_context: NewContext, service: Service, axe: str, complaints: list[str]
) -> None:
    del service
    cell = "cell=loss~maintenance~cell:CL:0008019"
    places = {
        f"/decide?ask=matrix&target={NFKB}&outcome={EMT}&{cell}": ".chosen-cell blockquote",
        f"/decide?ask=simulate&outcome={EMT}&effect=reverses&pairs=true": ".simulated td",
        f"/decide?ask=consequences&target={NFKB}": ".matrix td .badge",
        f"{ANSWER}&simulate=true&excluding={EMT}:lowers": ".exclusions li",
    }
    for width, scheme in ((1280, "light"), (360, "dark")):
        page = new_context(width, scheme).new_page()
        watch(page, complaints)
        for address, ready in places.items():
            page.goto(address)
            expect(page.locator(ready).first).to_be_visible()
            assert serious(page, axe) == [], (address, width, scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert complaints == []
