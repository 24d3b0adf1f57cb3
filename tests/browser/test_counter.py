"""What speaks against an answer: put in through the API, read beside the answer in the browser."""

import hashlib
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import QUESTION, QUOTE, NewContext, needs_page
from tests.browser.service import Service, running
from tests.browser.test_access import serious

ADDRESS = "/?q=" + QUESTION.replace(" ", "+")


@dataclass(frozen=True, slots=True)
class Paper:
    """An article of one sentence that a curator reads one claim from."""

    pmid: str
    title: str
    sentence: str

    @property
    def text(self) -> str:
        return f"{self.title}\n{self.sentence}"

    def span(self, words: str) -> dict[str, object]:
        start = self.text.index(words)
        return {"start": start, "end": start + len(words), "text": words}


NULL = Paper(
    "PMID:99999911",
    "Breast cancer cells keep their shape.",
    "Knockdown of NF-kappaB had no effect on EMT in MCF-7 cells.",
)
OPPOSITE = Paper(
    "PMID:99999912",
    "An unexpected role in mesenchymal cells.",
    "Inhibition of NF-kappaB aggravated established EMT in mesenchymal cells.",
)


def _claim(paper: Paper, **slots: object) -> dict[str, object]:
    nfkb = {"id": "FPLX:NFkappaB", "name": "NF-kappaB"}
    return {
        "text_sha256": hashlib.sha256(paper.text.encode()).hexdigest(),
        "agent": {"mention": paper.span("NF-kappaB"), "groundings": [nfkb]},
        "evidence": {"type": "loss_of_function", "supports": "contribution"},
        "epistemic": "demonstrated",
        "quotes": [paper.span(paper.sentence)],
        **slots,
    }


def _outcome(paper: Paper, direction: str) -> dict[str, object]:
    emt = {"id": "GO:0001837", "name": "epithelial to mesenchymal transition"}
    return {
        "mention": paper.span("EMT"),
        "groundings": [emt],
        "direction": direction,
        "aspect": "maintenance",
    }


def _perturbation(paper: Paper, kind: str, words: str) -> dict[str, object]:
    return {"type": kind, "direction": "-", "trigger": paper.span(words)}


def _cell(paper: Paper, words: str, curie: str, name: str) -> dict[str, object]:
    grounded = [{"id": curie, "name": name}]
    return {"type": "cell", "mention": paper.span(words), "groundings": grounded}


CLAIMS = {
    NULL: _claim(
        NULL,
        perturbation=_perturbation(NULL, "knockdown", "Knockdown"),
        predicate={"type": "no_effect", "trigger": NULL.span("had no effect on")},
        outcome=_outcome(NULL, "none"),
        context=[_cell(NULL, "MCF-7 cells", "CL:0002327", "mammary gland epithelial cell")],
    ),
    OPPOSITE: _claim(
        OPPOSITE,
        perturbation=_perturbation(OPPOSITE, "inhibition", "Inhibition"),
        predicate={"type": "worsens", "trigger": OPPOSITE.span("aggravated")},
        outcome=_outcome(OPPOSITE, "up"),
        context=[_cell(OPPOSITE, "mesenchymal cells", "CL:0008019", "mesenchymal cell")],
    ),
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service of this module's own, where two papers speak against an answer."""
    needs_page()
    with running(tmp_path_factory.mktemp("counter")) as service:
        with httpx.Client(base_url=service.url, headers=service.authorization) as client:
            for paper, claim in CLAIMS.items():
                _ingest(client, paper)
                added = client.post("/api/v1/claims", json=claim)
                assert added.status_code == 201, added.text
                assert added.json()["status"] == "accepted"
        yield service


def _ingest(client: httpx.Client, paper: Paper) -> None:
    citation = {
        "identifiers": [paper.pmid],
        "title": paper.title,
        "abstract": [{"text": paper.sentence}],
    }
    job = client.post("/api/v1/articles", params={"format": "json"}, json=citation)
    assert job.status_code == 202, job.text
    for _ in range(100):
        found = client.get(f"/api/v1/articles/{paper.pmid}")
        if found.is_success:
            assert found.json()["text"] == paper.text
            return
        time.sleep(0.1)
    raise AssertionError(client.get(job.headers["Location"]).text)


@pytest.fixture
def card(page: Page) -> Locator:
    page.goto(ADDRESS)
    return page.get_by_role("article").first


def _group(card: Locator, title: str) -> Locator:
    heading = card.locator(".counter").get_by_role("heading", name=title)
    return heading.locator("xpath=following-sibling::ul[1]")


def test_contradiction_and_difference_of_scope_stand_apart(page: Page, card: Locator) -> None:
    contradicts, differs = _group(card, "Contradicts"), _group(card, "Differs in scope")
    expect(contradicts.locator("blockquote")).to_have_text([OPPOSITE.sentence])
    expect(contradicts).to_contain_text("opposite sign")
    expect(differs.locator("blockquote")).to_have_text([NULL.sentence])
    expect(differs).to_contain_text(re.compile("null result; differs in .*cell"))
    for group, paper in ((contradicts, OPPOSITE), (differs, NULL)):
        expect(group).to_contain_text("verbatim in the text")
        expect(group.get_by_role("link", name=paper.pmid)).to_be_visible()
    expect(card.locator(".evidence blockquote").first).to_have_text(QUOTE)


@pytest.mark.parametrize("paper", [OPPOSITE, NULL], ids=["opposite sign", "null result"])
def test_counter_evidence_is_marked_in_its_abstract(
    page: Page, card: Locator, paper: Paper
) -> None:
    button = card.get_by_role("button", name=f"Read 1 quote in the abstract of {paper.pmid}")
    button.focus()
    page.keyboard.press("Enter")
    abstract = card.get_by_label(f"Abstract of {paper.pmid}")
    mark = abstract.locator("mark")
    expect(mark).to_have_text([paper.sentence])
    expect(mark).to_have_attribute("title", "counter-evidence")
    assert "\n".join(abstract.locator(".abstract-text p").all_text_contents()) == paper.text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(new_context: NewContext, axe: str, scheme: str) -> None:
    page = new_context(360, scheme).new_page()
    page.goto(ADDRESS)
    card = page.get_by_role("article").first
    for paper in (OPPOSITE, NULL):
        card.get_by_role("button", name=f"abstract of {paper.pmid}").click()
        expect(card.get_by_label(f"Abstract of {paper.pmid}").locator("mark")).to_be_visible()
    assert serious(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


LOOK = """marks => marks.map(it => {
    const style = getComputedStyle(it);
    return [style.textDecorationStyle, style.backgroundColor, style.boxShadow === 'none'];
})"""


def test_three_kinds_of_mark_are_told_apart_without_colour(card: Locator) -> None:
    card.get_by_role("button", name=f"abstract of {OPPOSITE.pmid}").click()
    expect(card.get_by_label(f"Abstract of {OPPOSITE.pmid}").locator("mark")).to_have_count(1)
    ground = card.locator("mark[title='grounds the answer']")
    beside = card.locator("mark[title='stands beside it']")
    against = card.locator("mark[title='counter-evidence']")
    expect(ground.first).to_be_visible()
    clear = "rgba(0, 0, 0, 0)"
    for line, background, bare in ground.evaluate_all(LOOK):
        assert (line, bare) == ("solid", False)
        assert background != clear
    for line, background, bare in beside.evaluate_all(LOOK):
        assert (line, background, bare) == ("solid", clear, False)
    for line, background, bare in against.evaluate_all(LOOK):
        assert (line, background, bare) == ("wavy", clear, True)
    assert beside.count() > 0
    assert against.count() > 0
    legend = card.get_by_role("list", name="Marks").first
    expect(legend.get_by_role("listitem")).to_have_text(["grounds the answer", "stands beside it"])
    legend = card.get_by_label(f"Abstract of {OPPOSITE.pmid}").get_by_role("list", name="Marks")
    expect(legend.get_by_role("listitem")).to_have_text(["counter-evidence"])
