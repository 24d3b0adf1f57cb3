"""An abstract from outside is inert: no markup, no script, no turned direction; offsets hold."""

import hashlib
import time

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext, watch
from tests.browser.service import Service

TITLE = "𝛽-catenin 🧬 and a title with <b>markup</b>"
SENTENCE = "inhibition of NF-kappaB <img src=x onerror=hit()> \u202eTME fo\u202c reversed EMT"
ABSTRACT = f"Before <script>hit()</script> 🧬 it. {SENTENCE}. &lt;After&gt; it, \u2067nothing."
TEXT = f"{TITLE}\n{ABSTRACT}"


def _span(words: str) -> dict[str, object]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def _claim() -> dict[str, object]:
    emt = {"id": "GO:0001837", "name": "epithelial to mesenchymal transition"}
    nfkb = {"id": "FPLX:NFkappaB", "name": "NF-kappaB"}
    return {
        "text_sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "agent": {"mention": _span("NF-kappaB"), "groundings": [nfkb]},
        "perturbation": {
            "type": "inhibition",
            "direction": "-",
            "trigger": _span("inhibition"),
        },
        "predicate": {"type": "reverses", "trigger": _span("reversed")},
        "outcome": {
            "mention": _span("EMT"),
            "groundings": [emt],
            "direction": "down",
            "aspect": "maintenance",
        },
        "evidence": {"type": "loss_of_function", "supports": "contribution"},
        "epistemic": "demonstrated",
        "quotes": [_span(SENTENCE)],
    }


def _ingest(client: httpx.Client) -> None:
    citation = {
        "identifiers": ["PMID:99999901"],
        "title": TITLE,
        "abstract": [{"text": ABSTRACT}],
    }
    job = client.post("/api/v1/articles", params={"format": "json"}, json=citation)
    assert job.status_code == 202, job.text
    for _ in range(100):
        if client.get("/api/v1/articles/PMID:99999901").is_success:
            return
        time.sleep(0.1)
    raise AssertionError(client.get(job.headers["Location"]).text)


@pytest.fixture
def hostile(new_context: NewContext, service: Service, complaints: list[str]) -> Page:
    """The answer once the hostile article and a claim on it are in the graph."""
    with httpx.Client(base_url=service.url, headers=service.authorization) as client:
        _ingest(client)
        added = client.post("/api/v1/claims", json=_claim())
        assert added.is_success or added.status_code == 409, added.text
    page = new_context().new_page()
    watch(page, complaints)
    page.goto("/?q=which+interventions+reverse+EMT")
    return page


def test_hostile_abstract_is_shown_inert(hostile: Page, complaints: list[str]) -> None:
    card = hostile.get_by_role("article").first
    abstract = card.get_by_label("Abstract of PMID:99999901").locator(".abstract-text")
    expect(abstract).to_be_visible()
    assert "\n".join(abstract.locator("p").all_text_contents()) == TEXT
    assert abstract.locator("mark").all_text_contents() == [SENTENCE]
    assert abstract.locator("script, img, b").count() == 0
    assert hostile.evaluate("typeof hit") == "undefined"
    shown = abstract.locator(".control").evaluate_all(
        "all => all.map(it => getComputedStyle(it, '::before').content)"
    )
    assert shown == ['"U+202E"', '"U+202C"', '"U+2067"']
    unseen = abstract.locator(".control-self").evaluate_all(
        "all => all.every(it => getComputedStyle(it).display === 'none')"
    )
    assert unseen is True
    assert complaints == []


def test_hostile_text_is_inert_on_the_pages_of_its_article_and_claim(
    hostile: Page, service: Service, complaints: list[str]
) -> None:
    hostile.goto("/article/PMID:99999901")
    text = hostile.locator(".reading-text")
    expect(text).to_be_visible()
    assert "\n".join(text.locator("p").all_text_contents()) == TEXT
    assert "".join(text.locator("mark").all_text_contents()).count(SENTENCE) == 1
    expect(hostile.get_by_role("heading", level=1)).to_contain_text("<b>markup</b>")
    claim = hostile.locator(".claim").filter(has_text="accepted").get_by_role("link").first
    claim.click()
    abstract = hostile.get_by_label("Abstract of PMID:99999901").locator(".abstract-text")
    expect(abstract).to_be_visible()
    assert "\n".join(abstract.locator("p").all_text_contents()) == TEXT
    assert "".join(abstract.locator("mark").all_text_contents()) == SENTENCE
    assert hostile.locator("main").locator("script, img, b").count() == 0
    assert hostile.evaluate("typeof hit") == "undefined"
    overrides = abstract.locator(".control-self").evaluate_all(
        "all => all.every(it => getComputedStyle(it).display === 'none')"
    )
    assert overrides is True
    assert complaints == []


def test_hostile_file_name_and_reason_are_shown_inert(
    new_context: NewContext, service: Service, complaints: list[str]
) -> None:
    context = new_context()
    context.set_extra_http_headers(service.authorization)
    page = context.new_page()
    watch(page, complaints)
    page.goto("/ingest")
    file = {"name": "<img src=x onerror=hit()>\u202egnp.txt", "mimeType": "text/plain"}
    page.get_by_label("Drop files here").set_input_files([{**file, "buffer": b"<b>no</b> record"}])
    expect(page.locator(".errors li")).to_contain_text("onerror")
    expect(page.locator(".errors .control")).to_have_count(1)
    assert page.locator("main").locator("img, b").count() == 0
    assert complaints == []


def test_hostile_question_is_shown_inert(page: Page) -> None:
    page.goto("/?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E%E2%80%AE")
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.locator("main img").count() == 0
    expect(page.get_by_label("Ask a question")).to_have_value("<img src=x onerror=alert(1)>\u202e")
