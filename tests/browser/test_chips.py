"""What a question was read as can be changed, and the address says it all."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import QUESTION, NewContext
from tests.browser.service import Service

ADDRESS = "/?q=" + QUESTION.replace(" ", "+")


@pytest.fixture
def answered(page: Page) -> Page:
    page.goto(ADDRESS)
    expect(page.locator(".card").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"at=\d+$"))
    return page


def test_effect_hops_and_candidates_are_changed(answered: Page) -> None:
    answered.get_by_label("Effect").select_option("prevents")
    expect(answered.locator(".read-as h1")).to_contain_text("prevents")
    answered.get_by_label("Hops").select_option("1")
    expect(answered).to_have_url(re.compile(r"effect=prevents&max_hops=1"))
    answered.get_by_label("candidates").check()
    expect(answered).to_have_url(re.compile("include_candidates=true"))
    expect(answered.get_by_label("candidates")).to_be_checked()
    answered.go_back()
    expect(answered.get_by_label("candidates")).not_to_be_checked()
    expect(answered.get_by_label("Hops")).to_have_value("1")


def test_outcome_is_changed_by_its_name(answered: Page) -> None:
    answered.get_by_role("button", name="Outcome").click()
    box = answered.get_by_role("combobox", name="Another outcome")
    expect(box).to_be_focused()
    box.press_sequentially("metasta")
    answered.get_by_role("option").filter(has_text="MESH:D009362").click()
    expect(answered.locator(".read-as h1")).to_contain_text("Metastasis")
    expect(answered).to_have_url(re.compile("outcome=MESH%3AD009362"))


def test_a_context_is_added_and_taken_away(answered: Page) -> None:
    answered.get_by_role("button", name="Context any").click()
    answered.get_by_label("Kind of context").select_option("setting")
    answered.get_by_role("button", name="in vivo").click()
    expect(answered).to_have_url(re.compile("context=setting%3Ain_vivo"))
    badges = answered.locator(".card .badges").first
    expect(badges).not_to_contain_text("any context")
    answered.get_by_role("button", name="Take away the context in vivo").click()
    expect(badges).to_contain_text("any context")


def test_an_earlier_state_is_asked(answered: Page) -> None:
    answered.get_by_role("button", name="As of").click()
    moment = answered.get_by_label("A revision, a day or a time")
    moment.fill("1")
    moment.press("Enter")
    expect(answered).to_have_url(re.compile("as_of=1"))
    expect(answered.get_by_role("button", name="As of")).to_contain_text("revision 1,")
    answered.get_by_role("button", name="As of").click()
    answered.get_by_label("A revision, a day or a time").fill("yesterday")
    answered.get_by_role("button", name="Ask as of then").click()
    expect(answered.get_by_role("alert")).to_contain_text("as_of")


def test_the_address_keeps_the_snapshot_when_the_graph_moves_on(
    answered: Page, new_context: NewContext, service: Service
) -> None:
    shared = answered.url
    at = re.search(r"at=(\d+)", shared)
    assert at
    before = answered.locator(".card .arithmetic").first.inner_text()
    article = {"title": "Another.", "abstract": [{"text": "Nothing new."}]}
    sent = answered.request.post(
        "/api/v1/articles?format=json", data=json.dumps(article), headers={
            **service.authorization, "Content-Type": "application/octet-stream"
        },
    )  # fmt: skip
    assert sent.status == 202
    for _ in range(300):
        if answered.request.get("/api/v1/stats").json()["snapshot"]["revision"] > int(at[1]):
            break
        answered.wait_for_timeout(100)
    other = new_context().new_page()
    other.goto(shared)
    expect(other.locator(".moved-on")).to_contain_text(f"revision {at[1]}")
    assert other.locator(".card .arithmetic").first.inner_text() == before
    other.get_by_role("link", name="See the latest answer").click()
    expect(other.locator(".moved-on")).to_have_count(0)
    expect(other.locator(".card").first).to_be_visible()
    expect(other).not_to_have_url(re.compile(rf"at={at[1]}(&|$)"))


def test_an_answer_is_opened_and_closed_and_the_address_says_so(
    answered: Page, new_context: NewContext
) -> None:
    second = answered.locator(".card").nth(1)
    target = second.locator("h3 code").inner_text()
    expect(second.locator(".abstract-text")).to_have_count(0)
    second.get_by_role("button", name="quote").click()
    expect(second.locator(".abstract-text mark").first).to_be_visible()
    other = new_context().new_page()
    other.goto(answered.url)
    opened = other.locator(".card-open h3 code")
    expect(opened).to_have_text([answered.locator(".card h3 code").first.inner_text(), target])
    for less in range(2):
        answered.locator(".card-open").first.get_by_role("button", name="Less").click()
        expect(answered.locator(".card-open")).to_have_count(1 - less)
    answered.reload()
    expect(answered.locator(".card").first).to_be_visible()
    expect(answered.locator(".card-open")).to_have_count(0)


def test_why_is_opened_from_an_answer(answered: Page) -> None:
    first = answered.locator(".card").first
    first.get_by_role("button", name="Why these figures?").click()
    why = first.get_by_role("region", name="Why these figures")
    belief = first.locator(".badges").get_by_text("belief").inner_text()
    expect(why).to_contain_text(f"Its {belief} is that of the best path")
    expect(why.get_by_role("row").nth(1)).to_contain_text("group 1: 0.90")
    expect(answered).to_have_url(re.compile("why=FPLX%3ANFkappaB"))


def test_a_target_that_is_no_answer_says_what_is_missing(answered: Page) -> None:
    answered.get_by_text("A target that you expected is not here?").click()
    box = answered.get_by_role("combobox", name="Why is it no answer")
    box.press_sequentially("apopto")
    answered.get_by_role("option").filter(has_text="GO:0006915").click()
    why = answered.locator(".why-not")
    expect(why).to_contain_text("is no answer")
    expect(why.locator(".lacking li").first).to_be_visible()
    answered.get_by_role("button", name="Close why").click()
    expect(why).to_have_count(0)


@pytest.mark.parametrize(
    ("name", "ending", "holds"),
    [
        ("CSV", "csv", "caused a reversal of EMT"),
        ("Bundle as JSON", "json", '"quotes_verified"'),
        ("Citations as RIS", "ris", "TY  - JOUR"),
        ("Citations as BibTeX", "bib", "@article{PMID15314694"),
        ("Bundle as ZIP", "zip", "README.txt"),
    ],
)
def test_an_answer_is_taken_away(answered: Page, name: str, ending: str, holds: str) -> None:
    answered.get_by_text("Take away").click()
    with answered.expect_download() as download:
        answered.get_by_role("link", name=name).click()
    content = download.value.path().read_bytes()
    assert download.value.suggested_filename.endswith(ending)
    assert holds.encode() in content


def test_the_address_is_copied(new_context: NewContext) -> None:
    context = new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(ADDRESS)
    page.get_by_role("button", name="Copy the address").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    assert "at=" in page.url
