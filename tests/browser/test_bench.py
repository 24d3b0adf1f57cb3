"""The curator's bench, as two curators use it: keys, text, forms, and each other's decisions."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from app.bootstrap import build
from app.graph.port import GraphWriter
from app.model.claim import Extraction
from app.model.text import Span
from app.model.vocabulary import Category, OutcomeDirection, PredicateType, Role
from app.services import accounts
from app.services.curated import renew
from app.settings import Settings
from tests.browser.conftest import PATIENCE, needs_page, watch
from tests.browser.inside import serving
from tests.browser.test_access import serious
from tests.support import factories

GENES = 14
ANOIKIS = "GO:0043276"


def gene(number: int) -> str:
    return f"gene-{number:02d}"


# A letter beyond the first plane stands before everything, so that wrong offsets are seen.
PAPER = factories.paper(
    99999931,
    title="Of 𝛼-catenin.",
    abstract=" ".join(f"Inhibition of {gene(n)} lowered anoikis in cells." for n in range(GENES)),
)


@dataclass(frozen=True)
class Site:
    """A service with candidates, and the tokens of two curators."""

    url: str
    tokens: dict[str, str]

    def claims(self, **parameters: str) -> list[dict[str, Any]]:
        """What the graph holds, as anybody reads it."""
        found = httpx.get(f"{self.url}/api/v1/claims", params={"limit": "100", **parameters})
        items: list[dict[str, Any]] = found.raise_for_status().json()["items"]
        return items

    def history(self, claim: str) -> list[dict[str, Any]]:
        """All decisions on a claim."""
        found = httpx.get(f"{self.url}/api/v1/claims/{claim}/history")
        items: list[dict[str, Any]] = found.raise_for_status().json()["items"]
        return items

    def named(self, number: int) -> dict[str, Any]:
        """The claim about a gene that was proposed."""
        (found,) = self.claims(agent=f"HGNC:{90000 + number}")
        return found


def _put(writer: GraphWriter) -> None:
    writer.put_entity(factories.entity(ANOIKIS, "anoikis"))
    for number in range(GENES):
        entity = factories.entity(f"HGNC:{90000 + number}", gene(number), Category.GENE)
        writer.put_entity(entity)
    PAPER.put(writer)
    for number in range(GENES):
        sentence = f"Inhibition of {gene(number)} lowered anoikis in cells."
        start = PAPER.text.index(sentence) + sentence.index("anoikis")
        claim = factories.claim(
            PAPER.text,
            agent=gene(number),
            agent_id=f"HGNC:{90000 + number}",
            outcome="anoikis",
            outcome_id=ANOIKIS,
            predicate=PredicateType.DECREASES,
            direction=OutcomeDirection.DOWN,
            aspect=None,
            words=sentence,
        )
        mention = Span(start=start, end=start + len("anoikis"), text="anoikis")
        outcome = claim.outcome.model_copy(update={"mention": mention})
        claim = claim.model_copy(update={"outcome": outcome})
        writer.put_claim(PAPER.id, claim)
        sure = 0.9 - number / 100
        writer.add_extraction(claim.id, Extraction(reader="rules", version="1", confidence=sure))
        renew(writer, claim.id)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    needs_page()
    parts = build(Settings(store=f"sqlite:///{tmp_path / 'graph.db'}", extraction=False))
    parts.store.write("test", "candidates", _put)
    tokens = {
        name: accounts.create(parts.store.accounts, name, role)[1]
        for name, role in (("ada", Role.CURATOR), ("eve", Role.ADMIN), ("rae", Role.READER))
    }
    with serving(parts) as url:
        yield Site(url, tokens)


Open = Callable[..., Page]


@pytest.fixture
def open_as(browser: Browser, site: Site, complaints: list[str]) -> Iterator[Open]:
    """Open a browser of one's own, signed in by the form, at the bench."""
    opened: list[BrowserContext] = []

    def enter(
        name: str, address: str = "/curate", width: int = 1280, scheme: Any = "light"
    ) -> Page:
        context = browser.new_context(
            base_url=site.url,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        page = context.new_page()
        watch(page, complaints)
        page.goto(address)
        page.get_by_label("Your token").fill(site.tokens[name])
        page.keyboard.press("Enter")
        return page

    yield enter
    for context in opened:
        context.close()
    assert complaints == []


def at(page: Page, number: int) -> None:
    """The bench shows the claim about this gene, ready to be judged."""
    title = page.get_by_role("heading", level=2, name=f"inhibition of {gene(number)} ")
    expect(title).to_be_visible()
    expect(page.get_by_role("button", name="Accept a", exact=True)).to_be_enabled()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_ten_candidates_are_judged_by_the_keyboard_alone(site: Site, open_as: Open) -> None:
    page = open_as("ada")
    for number in range(10):
        at(page, number)
        marked = page.locator(".sentence mark")
        assert marked.all_inner_texts() == [gene(number), "anoikis"]
        if number % 3 == 2:
            press(page, "r")
            expect(page.get_by_label("Why is it wrong?")).to_be_focused()
            press(page, "3", "Enter")
        elif number == 4:
            press(page, "r")
            page.keyboard.type("in another species")
            press(page, "Enter")
        else:
            press(page, "a")
    at(page, 10)
    statuses = [site.named(number)["status"] for number in range(11)]
    rejected = {2, 4, 5, 8}
    assert statuses == [
        "candidate" if n == 10 else "rejected" if n in rejected else "accepted" for n in range(11)
    ]
    (decision,) = site.history(site.named(4)["id"])
    assert (decision["actor"], decision["reason"]) == ("ada", "in another species")
    assert site.history(site.named(2)["id"])[0]["reason"].startswith("The direction")


def test_a_decision_is_taken_back_and_the_claim_is_there_again(site: Site, open_as: Open) -> None:
    page = open_as("ada")
    at(page, 0)
    press(page, "a")
    at(page, 1)
    press(page, "u")
    at(page, 0)
    expect(page.locator(".history")).to_contain_text("ada took back what they accepted it")
    assert site.named(0)["status"] == "candidate"
    assert [each["type"] for each in site.history(site.named(0)["id"])] == ["accept", "undo"]
    press(page, "j")
    at(page, 1)
    press(page, "k")
    at(page, 0)


def test_any_decision_is_taken_back_from_the_history(site: Site, open_as: Open) -> None:
    page = open_as("ada")
    at(page, 0)
    press(page, "a")
    at(page, 1)
    press(page, "k")
    page.get_by_role("button", name="Take back accept of ada").click()
    expect(page.locator(".history .undone")).to_contain_text("taken back")
    assert site.named(0)["status"] == "candidate"


def test_the_second_curator_sees_what_the_first_did(site: Site, open_as: Open) -> None:
    ada, eve = open_as("ada"), open_as("eve")
    at(ada, 0)
    at(eve, 0)
    press(ada, "r", "2", "Enter")
    at(ada, 1)
    press(eve, "a")
    told = eve.get_by_role("alertdialog")
    expect(told).to_contain_text("ada rejected it")
    expect(told).to_contain_text("An entity is wrong.")
    expect(told).to_contain_text("You were about to accept it")
    assert [each["actor"] for each in site.history(site.named(0)["id"])] == ["ada"]
    told.get_by_role("button", name="Accept nevertheless").click()
    at(eve, 1)
    claim = site.named(0)
    assert claim["status"] == "disputed"
    assert {each["actor"]: each["verdict"] for each in claim["verdicts"]} == {
        "ada": "reject",
        "eve": "accept",
    }
    eve.goto("/curate?order=disagreement")
    at(eve, 0)
    badges = eve.get_by_label("Where it stands")
    expect(badges).to_contain_text("disputed")
    expect(badges).to_contain_text("rejected by ada")


def test_a_correction_that_meets_another_decision_is_not_lost(site: Site, open_as: Open) -> None:
    ada, eve = open_as("ada"), open_as("eve")
    at(eve, 0)
    press(eve, "c")
    eve.get_by_label("How strongly it is said").select_option("summary")
    at(ada, 0)
    press(ada, "a")
    at(ada, 1)
    eve.get_by_role("button", name="Put this in its place").click()
    told = eve.get_by_role("alertdialog")
    expect(told).to_contain_text("ada accepted it")
    expect(eve.get_by_label("How strongly it is said")).to_have_value("summary")
    told.get_by_role("button", name="Correct nevertheless").click()
    at(eve, 1)
    assert {each["epistemic"]: each["status"] for each in site.claims(agent="HGNC:90000")} == {
        "demonstrated": "superseded",
        "summary": "accepted",
    }


def slot(page: Page, name: str) -> Locator:
    """The field of a slot's words."""
    return page.get_by_role("button", name=re.compile(f"^{name}"))


def select_words(page: Page, words: str) -> None:
    """Select words in the text with the mouse, as a hand does."""
    box = page.evaluate(
        """words => {
            const text = document.querySelector('.editable');
            const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(walker.currentNode, at);
                range.setEnd(walker.currentNode, at + words.length);
                const found = range.getBoundingClientRect();
                return [found.left, found.right, found.top + found.height / 2];
            }
        }""",
        words,
    )
    left, right, middle = box
    page.mouse.move(left + 1, middle)
    page.mouse.down()
    page.mouse.move((left + right) / 2, middle)
    page.mouse.move(right, middle)
    page.mouse.up()


def test_a_slot_is_corrected_by_selecting_text(site: Site, open_as: Open) -> None:
    page = open_as("ada")
    at(page, 0)
    press(page, "c")
    slot(page, "Predicate, its words").click()
    select_words(page, "lowered")
    expect(slot(page, "Predicate, its words")).to_contain_text("lowered")
    slot(page, "Perturbation, its words").click()
    select_words(page, "Inhibition")
    page.get_by_label("Why (may stay empty)").fill("the trigger was missed")
    page.get_by_role("button", name="Put this in its place").click()
    at(page, 1)
    new = next(each for each in site.claims(agent="HGNC:90000") if each["status"] == "accepted")
    trigger = new["predicate"]["trigger"]
    assert trigger["text"] == "lowered"
    assert PAPER.text[trigger["start"] : trigger["end"]] == "lowered"
    assert new["perturbation"]["trigger"]["text"] == "Inhibition"
    old = next(each for each in site.claims(agent="HGNC:90000") if each["id"] != new["id"])
    assert (old["status"], old["superseded_by"]) == ("superseded", [new["id"]])
    assert site.history(old["id"])[0]["reason"] == "the trigger was missed"


def test_a_slot_is_corrected_by_keys_and_an_entity_by_search(site: Site, open_as: Open) -> None:
    page = open_as("ada")
    at(page, 0)
    press(page, "c")
    slot(page, "Agent, its words").focus()
    press(page, "Shift+ArrowUp", "Shift+ArrowUp")
    expect(slot(page, "Agent, its words")).to_contain_text("Inhibition of gene-00")
    page.get_by_role("combobox", name="Agent", exact=True).fill("gene-07")
    option = page.get_by_role("option", name="gene-07")
    expect(option).to_be_visible()
    press(page, "Enter")
    expect(option).to_be_hidden()
    press(page, "Control+Enter")
    at(page, 1)
    new = next(each for each in site.claims(agent="HGNC:90007") if "Inhib" in str(each["agent"]))
    assert new["agent"]["mention"]["text"] == "Inhibition of gene-00"
    assert [each["id"] for each in new["agent"]["groundings"]] == ["HGNC:90007"]
    assert new["status"] == "accepted"


def test_what_the_service_refuses_is_said_where_it_was_written(site: Site, open_as: Open) -> None:
    page = open_as("ada")
    at(page, 0)
    press(page, "c")
    page.get_by_label("Direction of the outcome").select_option("up")
    press(page, "Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("decreases of 'anoikis' is down, not up")
    expect(page.get_by_label("Direction of the outcome")).to_have_value("up")
    assert site.named(0)["status"] == "candidate"


def test_a_claim_is_split(site: Site, open_as: Open) -> None:
    page = open_as("ada")
    at(page, 0)
    press(page, "s")
    page.get_by_label("Aspect").select_option("induction")
    page.get_by_role("button", name="Part 2").click()
    page.get_by_label("Aspect").select_option("maintenance")
    page.get_by_role("button", name="Put these 2 in its place").click()
    at(page, 1)
    found = site.claims(agent="HGNC:90000")
    assert {each["outcome"]["aspect"]: each["status"] for each in found} == {
        None: "superseded",
        "induction": "accepted",
        "maintenance": "accepted",
    }


def test_claims_are_merged_linked_and_added(site: Site, open_as: Open) -> None:
    page = open_as("ada")
    at(page, 0)
    press(page, "m")
    page.get_by_role("radio", name=f"inhibition of {gene(1)} ").check()
    page.get_by_role("button", name="Merge", exact=True).click()
    at(page, 1)
    assert site.named(0)["superseded_by"] == [site.named(1)["id"]]
    press(page, "l")
    page.get_by_role("radio", name=f"inhibition of {gene(2)} ").check()
    page.get_by_role("button", name="Link", exact=True).click()
    expect(page.locator(".history")).to_contain_text("ada linked it: contradicts")
    at(page, 1)
    links = [{"type": "contradicts", "claim": site.named(2)["id"]}]
    assert site.named(1)["links"] == links
    linked = page.get_by_role("list", name="Links")
    expect(linked).to_contain_text(f"inhibition of {gene(2)} ")
    linked.get_by_role("button", name="Unlink contradicts").click()
    expect(linked).to_have_count(0)
    assert site.named(1)["links"] == []
    page.get_by_role("button", name="Take back unlink of ada").click()
    expect(linked).to_have_count(1)
    page.get_by_role("button", name="Take back undo of ada").click()
    expect(linked).to_have_count(0)
    assert [each["type"] for each in site.history(site.named(1)["id"])] == [
        "link",
        "unlink",
        "undo",
        "undo",
    ]
    press(page, "n")
    slot(page, "Agent, its words").click()
    select_words(page, gene(5))
    page.get_by_role("combobox", name="Agent", exact=True).fill(gene(5))
    page.get_by_role("option", name=gene(5)).click()
    slot(page, "Outcome, its words").click()
    select_words(page, "cells")
    page.get_by_role("combobox", name="Outcome", exact=True).fill("anoikis")
    page.get_by_role("option", name="anoikis").click()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("status").filter(has_text="Added")).to_be_visible()
    added = [each for each in site.claims(agent="HGNC:90005") if each["status"] == "accepted"]
    assert [each["outcome"]["mention"]["text"] for each in added] == ["cells"]
    at(page, 1)


def test_means_and_an_effect_as_outcome_are_corrected(site: Site, open_as: Open) -> None:
    page = open_as("ada")
    at(page, 0)
    press(page, "c")
    slot(page, "Means, its words").click()
    select_words(page, "Inhibition")
    page.get_by_role("combobox", name="Means", exact=True).fill(gene(9))
    page.get_by_role("option", name=gene(9)).click()
    page.get_by_role("button", name="It is an effect of one thing on another").click()
    slot(page, "Cause in the outcome, its words").click()
    select_words(page, "anoikis")
    page.get_by_role("combobox", name="Cause in the outcome").fill(gene(8))
    page.get_by_role("option", name=gene(8)).click()
    slot(page, "What it acts on, its words").click()
    select_words(page, "cells")
    press(page, "Control+Enter")
    at(page, 1)
    new = next(each for each in site.claims(agent="HGNC:90000") if each["status"] == "accepted")
    means = new["perturbation"]["means"]
    assert (means["mention"]["text"], means["groundings"][0]["id"]) == ("Inhibition", "HGNC:90009")
    relation = new["outcome"]["relation"]
    assert (relation["subject"]["mention"]["text"], relation["sign"]) == ("anoikis", "+")
    assert relation["subject"]["groundings"][0]["id"] == "HGNC:90008"
    assert relation["object"]["mention"]["text"] == "cells"
    page.goto(f"/claim/{new['id']}")
    page.get_by_role("link", name="on the bench").click()
    expect(page.locator(".desk")).to_contain_text(f"the effect of {gene(8)}")
    expect(page.locator(".desk")).to_contain_text(f"by {gene(9)}")
    page.get_by_role("link", name="To the queue").click()
    page.get_by_label("Claims").select_option("superseded")
    expect(page.locator(".history")).to_contain_text("ada corrected it")
    page.get_by_role("button", name="Take back correct of ada").click()
    expect(page.locator(".badges").first).to_contain_text("candidate")
    assert {each["status"] for each in site.claims(agent="HGNC:90000")} == {"candidate"}


def test_a_session_that_ends_takes_nothing_along(site: Site, open_as: Open) -> None:
    page = open_as("ada")
    at(page, 0)
    press(page, "r")
    page.get_by_label("Why is it wrong?").fill("another species")
    cookies = page.context.cookies()
    httpx.delete(
        f"{site.url}/api/v1/session",
        cookies={each["name"]: each["value"] for each in cookies},  # type: ignore[typeddict-item]
        headers={
            "Sec-Fetch-Site": "same-origin",
            "X-CSRF-Token": page.evaluate(
                "fetch('/api/v1/session').then(r => r.json()).then(j => j.csrf_token)"
            ),
        },
    ).raise_for_status()
    page.get_by_role("button", name="Reject", exact=True).click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.get_by_label("Why is it wrong?")).to_have_value("another species")
    assert site.history(site.named(0)["id"]) == []
    page.get_by_label("Your token").fill(site.tokens["ada"])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_hidden()
    page.get_by_role("button", name="Reject", exact=True).click()
    at(page, 1)
    assert site.history(site.named(0)["id"])[0]["reason"] == "another species"


def test_the_keys_are_shown_and_can_be_turned_off(site: Site, open_as: Open) -> None:
    page = open_as("ada")
    at(page, 0)
    press(page, "?")
    keys = page.get_by_role("dialog")
    expect(keys).to_contain_text("Take back my last decision")
    keys.get_by_label("Single keys act").uncheck()
    press(page, "Escape")
    expect(keys).to_be_hidden()
    press(page, "a")
    page.wait_for_timeout(300)
    at(page, 0)
    assert site.named(0)["status"] == "candidate"


def test_the_queue_is_filtered_and_its_address_can_be_shared(site: Site, open_as: Open) -> None:
    page = open_as("ada")
    at(page, 0)
    page.get_by_label("Order").select_option("-confidence")
    at(page, GENES - 1)
    page.get_by_role("combobox", name="Entity", exact=True).fill(gene(3))
    page.get_by_role("option", name=gene(3)).click()
    at(page, 3)
    page.reload()
    at(page, 3)
    expect(page.get_by_label("Queue")).to_contain_text("1 to judge")
    press(page, "a")
    expect(page.get_by_role("heading", name="That was the last of them")).to_be_visible()
    assert site.named(3)["status"] == "accepted"


def test_the_bench_is_for_curators(open_as: Open) -> None:
    page = open_as("rae")
    expect(page.get_by_role("heading", name="The bench is for curators")).to_be_visible()
    assert page.get_by_role("toolbar").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_serious_on_the_bench(
    open_as: Open, axe: str, width: int, scheme: str
) -> None:
    page = open_as("ada", width=width, scheme=scheme)
    at(page, 0)
    press(page, "a")
    at(page, 1)
    for key in (None, "c", "r", "m", "l", "?"):
        if key is not None:
            press(page, key)
            page.wait_for_timeout(400)
        assert serious(page, axe) == [], key
        assert page.evaluate("document.documentElement.scrollWidth") <= width, key
        press(page, "Escape")
