"""Ask, read the answer, share it, and meet every state in between."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import QUESTION, QUOTE, NewContext

ADDRESS = "/?q=" + QUESTION.replace(" ", "+")


def ask_by_keyboard(page: Page, question: str) -> None:
    box = page.get_by_label("Ask a question")
    for _ in range(12):
        page.keyboard.press("Tab")
        if box.evaluate("box => box === document.activeElement"):
            break
    expect(box).to_be_focused()
    page.keyboard.type(question)
    page.keyboard.press("Enter")


def test_ask_and_read_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    ask_by_keyboard(page, QUESTION)
    expect(page).to_have_url(re.compile(r"/\?q=which\+interventions\+reverse\+EMT&at=\d+$"))
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("reverses epithelial to mesenchymal transition")
    expect(page).to_have_title(f"{QUESTION} · EviPath")
    first = page.get_by_role("article").first
    expect(first.get_by_role("heading", level=3)).to_contain_text(re.compile("NF-?kappaB"))
    expect(first.get_by_role("list", name="In short")).to_contain_text("observed")
    expect(first.locator(".arithmetic").first).to_contain_text("inhibition (−)")
    expect(first.locator("blockquote").first).to_have_text(QUOTE)


def test_quote_is_marked_inside_its_abstract(page: Page) -> None:
    page.goto(ADDRESS)
    abstract = page.get_by_role("article").first.locator(".abstract-text")
    expect(abstract.locator("mark").filter(has_text=QUOTE)).to_have_count(1)
    body = "\n".join(abstract.locator("p").all_text_contents())
    article = page.request.get("/api/v1/articles/PMID:15314694").json()
    assert body == article["text"]
    link = page.get_by_role("article").first.get_by_role("link", name="PMID:15314694").first
    expect(link).to_have_attribute("href", "https://pubmed.ncbi.nlm.nih.gov/15314694/")
    citation = page.get_by_role("article").first.locator(".citation")
    expect(citation).to_contain_text("J Clin Invest")
    expect(citation).to_contain_text("2004 Aug;114(4):569-81")


def test_answers_stand_in_tiers_in_the_order_of_the_service(page: Page) -> None:
    page.goto(ADDRESS)
    expect(page.get_by_role("article").first).to_be_visible()
    answer = page.request.get(f"/api/v1/ask{ADDRESS[1:]}").json()["answer"]
    wanted = [found["target"]["id"] for found in answer["interventions"]]
    assert page.locator(".card h3 code").all_text_contents() == wanted
    tiers = list(dict.fromkeys(found["tier"] for found in answer["interventions"]))
    assert page.locator(".tier h2").all_text_contents() == tiers
    beliefs = page.locator(".card .badges").filter(has_text="belief")
    expect(beliefs).to_have_count(len(wanted))


def test_back_and_forward_walk_through_the_questions(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name=QUESTION).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("reverses")
    box = page.get_by_label("Ask a question")
    box.fill("which interventions prevent EMT")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("prevents")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("reverses")
    expect(box).to_have_value(QUESTION)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Which interventions")
    expect(box).to_have_value("")
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_contain_text("reverses")


def test_address_shows_the_same_to_another_user(page: Page, new_context: NewContext) -> None:
    page.goto(ADDRESS)
    page.get_by_text("The graph as a table").click()
    page.get_by_role("table").get_by_role("button", name="raises").first.click()
    chosen = page.locator("#selection-title")
    expect(chosen).to_be_visible()
    expect(page.locator(".claim").first).to_be_visible()
    other = new_context().new_page()
    other.goto(page.url)
    for part in ("#selection-title", ".claim blockquote", ".card h3"):
        shown = page.locator(part).first.text_content() or ""
        expect(other.locator(part).first).to_have_text(shown)


def test_unreadable_question_says_what_can_be_asked(page: Page) -> None:
    page.goto("/?q=please+sing+me+a+song")
    alert = page.get_by_role("alert")
    expect(alert).to_be_visible()
    expect(alert.get_by_role("heading", name="What can be asked")).to_be_visible()
    alert.get_by_role("link").first.click()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".read-as h1")).to_be_visible()


def test_unknown_outcome_is_explained(page: Page) -> None:
    page.goto("/?q=which+interventions+reverse+xyzzyplugh")
    expect(page.get_by_role("alert")).to_contain_text("xyzzyplugh")


def test_empty_answer_is_said_and_is_no_error(page: Page) -> None:
    page.goto("/?q=which+interventions+have+no+effect+on+EMT")
    expect(page.get_by_text("No intervention found.")).to_be_visible()
    expect(page.get_by_role("heading", name="No claim leads there")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_offline_is_said_and_mends_itself(page: Page) -> None:
    page.goto("/")
    page.context.set_offline(True)
    page.get_by_role("link", name=QUESTION).click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("not connected to the network")
    page.context.set_offline(False)
    expect(page.get_by_role("article").first).to_be_visible()
    expect(alert).to_have_count(0)


def test_unknown_address_leads_back(page: Page) -> None:
    page.goto("/")
    page.evaluate("history.pushState(null, '', '/nowhere')")
    page.evaluate("dispatchEvent(new PopStateEvent('popstate'))")
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()
    page.get_by_role("link", name="Ask a question instead.").click()
    expect(page).to_have_url(re.compile(r"/$"))
