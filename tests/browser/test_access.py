"""Accessibility and small screens, in both themes."""

import gzip

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.conftest import NewContext, watch
from tests.browser.service import Service

PLACES = {
    "first": ("/", ".welcome"),
    "answer": (
        "/?q=which+interventions+reverse+EMT&show=node+FPLX%3ANFkappaB",
        ".claim blockquote",
    ),
    "refused": ("/?q=please+sing+me+a+song", ".notice"),
    "empty": ("/?q=which+interventions+have+no+effect+on+EMT", ".notice"),
    "why": ("/?outcome=EMT&effect=reverses&why=FPLX:NFkappaB&open=none", ".why table"),
    "entity": ("/entity/FPLX:NFkappaB", ".claim blockquote"),
    "article": ("/article/PMID:15314694", ".claim blockquote"),
    "claim": ("", ".decisions li"),
    "ingest": ("/ingest", "textarea"),
    "missing": ("/entity/GO:9999999", ".notice"),
}

SERIOUS = {"serious", "critical"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("place", PLACES)
def test_axe_finds_nothing_serious(
    new_context: NewContext,
    service: Service,
    axe: str,
    complaints: list[str],
    place: str,
    width: int,
    scheme: str,
) -> None:
    context = new_context(width, scheme)
    context.set_extra_http_headers(service.authorization)
    page = context.new_page()
    watch(page, complaints)
    go_to(page, place)
    _open_all(page)
    assert serious(page, axe) == []
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def go_to(page: Page, place: str) -> None:
    """Open a place and wait until what it shows is there."""
    address, ready = PLACES[place]
    if place == "claim":
        claims = page.request.get("/api/v1/claims?status=accepted&limit=1").json()
        address = f"/claim/{claims['items'][0]['id']}"
    page.goto(address)
    expect(page.locator(ready).first).to_be_visible()


def serious(page: Page, axe: str) -> list[tuple[object, ...]]:
    """What axe finds serious or critical on the page as it stands."""
    page.evaluate(axe)
    report = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert report["passes"], "axe looked at nothing"
    return [
        (rule["id"], node["target"], node["failureSummary"])
        for rule in report["violations"]
        if rule["impact"] in SERIOUS
        for node in rule["nodes"]
    ]


def _open_all(page: Page) -> None:
    """Open every part that is folded, so that nothing stays unseen."""
    page.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true; })")


def test_focus_is_seen_wherever_it_goes(page: Page) -> None:
    page.goto("/?q=which+interventions+reverse+EMT")
    expect(page.get_by_role("article").first).to_be_visible()
    for _ in range(15):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", page.evaluate("document.activeElement.outerHTML")


CLICKABLE = """() => {
    const all = document.querySelectorAll(
        'a[href], button, input, select, textarea, summary, [tabindex="0"]');
    const seen = [...all].filter(it => it.checkVisibility());
    seen.forEach((it, index) => { it.dataset.place = index; });
    return seen.length;
}"""


@pytest.mark.parametrize("place", PLACES)
def test_everything_is_reached_by_keyboard(page: Page, service: Service, place: str) -> None:
    page.context.set_extra_http_headers(service.authorization)
    go_to(page, place)
    _open_all(page)
    wanted = _settled(page)
    reached = []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("Number(document.activeElement.dataset.place ?? -1)"))
    assert reached == list(range(wanted))


def _settled(page: Page) -> int:
    """Number the controls once nothing more is loaded or drawn; return how many there are."""
    page.wait_for_load_state("networkidle")
    before = -1
    while (count := page.evaluate(CLICKABLE)) != before:
        before = count
        page.wait_for_timeout(300)
    return before


def test_first_page_is_small_and_brings_no_graph_library(page: Page) -> None:
    replies: list[Response] = []
    page.on("response", lambda reply: replies.append(reply))
    page.goto("/")
    page.wait_for_load_state("networkidle")
    sizes = {reply.url: len(gzip.compress(reply.body())) for reply in replies}
    assert sizes
    assert not [url for url in sizes if "/draw-" in url]
    assert sum(sizes.values()) < 250_000, sizes
