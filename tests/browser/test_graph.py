"""The drawn graph and its table lead from nodes and edges to claims."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import QUOTE

ADDRESS = "/?q=which+interventions+reverse+EMT"
NFKB = "FPLX:NFkappaB"


@pytest.fixture
def graph(page: Page) -> Locator:
    page.goto(ADDRESS)
    graph = page.locator(".graph[data-drawn]")
    expect(graph).to_be_visible()
    return graph


def _click(page: Page, graph: Locator, selector: str, place: str) -> str:
    """Click the first drawn element that matches ``selector``; return its id."""
    found = graph.evaluate(
        f"(box, selector) => {{ const it = box._cyreg.cy.$(selector)[0];"
        f" return {{id: it.id(), ...it.{place}()}}; }}",
        selector,
    )
    graph.scroll_into_view_if_needed()
    box = graph.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + found["x"], box["y"] + found["y"])
    return str(found["id"])


def test_clicked_node_shows_its_claims(page: Page, graph: Locator) -> None:
    _click(page, graph, f"node[id = 'node {NFKB}']", "renderedPosition")
    selection = page.locator(".selection")
    expect(selection.locator("#selection-title")).to_have_text("NF-kappaB")
    expect(selection.locator("blockquote").filter(has_text=QUOTE)).to_have_count(1)
    page.get_by_role("button", name="Close the claims").click()
    expect(selection).to_have_count(0)


def test_clicked_edge_shows_its_claims(page: Page, graph: Locator) -> None:
    chosen = _click(page, graph, f"edge[source = 'node {NFKB}']", "renderedMidpoint")
    selection = page.locator(".selection")
    expect(selection.locator("#selection-title")).to_contain_text("raises")
    expect(selection.locator(".claim").first).to_be_visible()
    assert "show=" in page.url
    held = graph.evaluate("box => box._cyreg.cy.$(':selected').map(it => it.id())")
    assert held == [chosen]


def test_sign_is_told_by_colour_and_by_the_shape_of_the_arrow(graph: Locator) -> None:
    drawn = graph.evaluate(
        "box => box._cyreg.cy.edges().map(it =>"
        " [it.data('sign'), it.style('target-arrow-shape'), it.style('line-color')])"
    )
    looks = {(sign, shape, colour) for sign, shape, colour in drawn}
    shapes = {sign: shape for sign, shape, _ in looks}
    assert shapes == {"+": "triangle", "-": "tee"}
    assert len({colour for _, _, colour in looks}) == len(shapes)


def test_table_says_the_same_and_works_by_keyboard(page: Page, graph: Locator) -> None:
    edges = graph.evaluate("box => box._cyreg.cy.edges().length")
    summary = page.get_by_text("The graph as a table")
    summary.focus()
    page.keyboard.press("Enter")
    rows = page.locator(".graph-table tbody tr")
    expect(rows).to_have_count(edges)
    button = rows.filter(has_text="NF-kappaB").get_by_role("button", name="raises").first
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".claim").first).to_be_visible()
    expect(button).to_have_attribute("aria-pressed", "true")


def test_claim_opens_its_abstract(page: Page, graph: Locator) -> None:
    _click(page, graph, f"edge[source = 'node {NFKB}']", "renderedMidpoint")
    claim = page.locator(".claim").first
    quote = claim.locator("blockquote").first.inner_text()
    claim.get_by_role("button", name="in the abstract").click()
    expect(claim.locator(".abstract-text mark").filter(has_text=quote).first).to_be_visible()
