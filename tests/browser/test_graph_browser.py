"""The graph browser as a user has it: expand, collapse, hide, undo, filter, search, save, share."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser import pair
from tests.browser.conftest import PATIENCE, QUOTE, needs_page, watch
from tests.browser.service import Service, running
from tests.browser.test_access import serious

ANSWER = "/graph?q=which+interventions+reverse+EMT"
HUB = f"/graph?center={pair.HUB}&limit=6"
EMT = "GO:0001837"
NFKB = "FPLX:NFkappaB"


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service over the seed and a small imported graph."""
    needs_page()
    folder = tmp_path_factory.mktemp("graphs")
    with running(folder, pair.write(folder)) as service:
        yield service


@pytest.fixture
def window(browser: Browser, graphs: Service) -> Iterator["Windows"]:
    windows = Windows(browser, graphs)
    yield windows
    windows.close()


class Windows:
    """Browser windows on the graphs, each like another user's; all must be without complaint."""

    def __init__(self, browser: Browser, service: Service) -> None:
        self._browser, self._service = browser, service
        self._opened: list[BrowserContext] = []
        self._complaints: list[str] = []

    def open(self, address: str, width: int = 1280, scheme: str = "light") -> Page:
        context = self._browser.new_context(
            base_url=self._service.url,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE)
        self._opened.append(context)
        page = context.new_page()
        watch(page, self._complaints)
        page.goto(address)
        return page

    def close(self) -> None:
        for context in self._opened:
            context.close()
        assert self._complaints == []


def canvas(page: Page) -> Locator:
    """The drawing, once it is there and its snapshot stands in the address."""
    found = page.locator(".canvas[data-drawn]")
    expect(found).to_be_visible()
    expect(page).to_have_url(re.compile("as_of="))
    return found


def nodes(page: Page) -> set[str]:
    """The entities that are drawn."""
    found = canvas(page).evaluate(
        "box => box._cyreg.cy.nodes().map(it => it.hasClass('box') ? '' : it.data('entity'))"
    )
    return set(found) - {""}


def picture(page: Page) -> list[object]:
    """Every drawn element with its look and its place, to the pixel of the model."""
    found = canvas(page).evaluate(
        "box => box._cyreg.cy.elements().map(it => [it.id(), it.data('label'), it.classes(),"
        " it.isNode() && !it.isParent() ? Object.values(it.position()).map(Math.round)"
        " : it.isEdge() ? it.data('sign') : it.children().map(one => one.id()).sort()])"
    )
    return sorted(found, key=str)


def drawn(page: Page, *, has: str | None = None, lacks: str | None = None) -> None:
    """Wait until an entity is drawn, or is not."""
    test = "([has, lacks]) => { const cy = document.querySelector('.canvas')?._cyreg?.cy;"
    test += " if (!cy || cy.nodes().empty()) return false;"
    test += " const there = id => cy.getElementById('node ' + id).nonempty();"
    test += " return (!has || there(has)) && (!lacks || !there(lacks)); }"
    page.wait_for_function(test, arg=[has, lacks])


def choose(page: Page, selector: str, place: str = "renderedPosition") -> None:
    """Click the first drawn element that matches."""
    box = canvas(page)
    box.scroll_into_view_if_needed()
    at = box.evaluate(
        f"(box, selector) => {{ const it = box._cyreg.cy.$(selector)[0]; return it.{place}(); }}",
        selector,
    )
    corner = box.bounding_box()
    assert corner is not None
    page.mouse.click(corner["x"] + at["x"], corner["y"] + at["y"])


def node(curie: str) -> str:
    return f"node[entity = '{curie}']"


def test_answer_leads_from_interventions_to_the_outcome(window: Windows) -> None:
    page = window.open("/?q=which+interventions+reverse+EMT")
    page.get_by_role("link", name="Explore").click()
    places = canvas(page).evaluate(
        "box => Object.fromEntries(box._cyreg.cy.nodes()"
        ".map(it => [it.data('entity'), it.position('x')]))"
    )
    assert places[EMT] == max(places.values())
    assert places[NFKB] < places[EMT]
    choose(page, node(NFKB))
    side = page.get_by_role("complementary", name="What is chosen")
    expect(side.locator("blockquote").filter(has_text=QUOTE).first).to_be_visible()
    choose(page, f"edge[source = 'node {NFKB}'][target = 'node {EMT}']", "renderedMidpoint")
    expect(side.get_by_role("heading", level=2)).to_contain_text("raises")
    expect(side.locator("blockquote").first).to_be_visible()


def test_sign_has_a_colour_and_a_shape_and_a_contradiction_is_seen(window: Windows) -> None:
    page = window.open(HUB + f"&expand=outgoing~~BiologicalProcess~20~{pair.HUB}")
    drawn(page, has="GO:0006915")
    looks = canvas(page).evaluate(
        "box => box._cyreg.cy.edges().map(it => [it.data('sign'), it.style('target-arrow-shape'),"
        " it.style('line-color'), it.style('mid-target-arrow-shape'), it.data('target')])"
    )
    assert {(sign, shape) for sign, shape, *_ in looks} == {("+", "triangle"), ("-", "tee")}
    assert len({colour for _, _, colour, *_ in looks}) == 2
    disputed = {target for *_, mid, target in looks if mid == "diamond"}
    assert disputed == {"node GO:0006915"}
    choose(page, "edge[target = 'node GO:0006915'][sign = '+']", "renderedMidpoint")
    conflict = page.locator(".conflict")
    expect(conflict.get_by_role("heading", name="Contradicted")).to_be_visible()
    expect(conflict.locator(".claim")).to_have_count(1)


def test_expand_by_type_and_sign_collapse_undo_and_redo(window: Windows) -> None:
    page = window.open(HUB)
    first = nodes(page)
    assert len(first) == 6
    expect(page.locator(".counts")).to_contain_text("78 neighbours not shown")
    choose(page, node(pair.HUB))
    form = page.get_by_role("form", name="Expand")
    form.get_by_label("Sign").select_option("negative")
    form.get_by_label("Type").select_option("SmallMolecule")
    form.get_by_role("button", name="Expand").click()
    drawn(page, has="MESH:C000001")
    assert nodes(page) == first | {"MESH:C000001"}
    form.get_by_label("Type").select_option("Gene")
    form.get_by_label("At most").select_option("10")
    form.get_by_role("button", name="Expand").click()
    expect(page.locator(".drawn-list")).to_contain_text("10 drawn, 30 not shown")
    more = nodes(page)
    page.get_by_role("button", name="Undo").click()
    drawn(page, has="MESH:C000001")
    expect(page.locator(".drawn-list")).not_to_contain_text("30 not shown")
    page.get_by_role("button", name="Redo").click()
    expect(page.locator(".drawn-list")).to_contain_text("10 drawn, 30 not shown")
    assert nodes(page) == more
    page.get_by_role("button", name="Collapse", exact=True).click()
    drawn(page, lacks="MESH:C000001")
    assert nodes(page) == first


def test_expanding_leaves_what_stands_where_it_is(window: Windows) -> None:
    page = window.open(HUB)
    where = (
        "box => Object.fromEntries(box._cyreg.cy.nodes().map(it => [it.id(), it.position('x')]))"
    )
    before = canvas(page).evaluate(where)
    choose(page, node(pair.HUB))
    page.get_by_role("form", name="Expand").get_by_role("button", name="Expand").click()
    expect(page.locator(".drawn-list")).to_contain_text("20 drawn")
    after = canvas(page).evaluate(where)
    assert {key: after[key] for key in before} == pytest.approx(before, abs=1)


def test_hide_show_and_the_number_of_hidden(window: Windows) -> None:
    page = window.open(HUB)
    choose(page, node(pair.FAMILY))
    page.get_by_role("button", name="Hide", exact=True).click()
    drawn(page, lacks=pair.FAMILY)
    expect(page.locator(".counts")).to_contain_text("1 hidden")
    page.get_by_role("button", name="Show SMAD").click()
    drawn(page, has=pair.FAMILY)


def test_dragged_node_is_pinned_and_keeps_its_place(window: Windows) -> None:
    page = window.open(HUB)
    box = canvas(page)
    at = box.evaluate(f'box => box._cyreg.cy.$("{node(pair.FAMILY)}")[0].renderedPosition()')
    corner = box.bounding_box()
    assert corner is not None
    page.mouse.move(corner["x"] + at["x"], corner["y"] + at["y"])
    page.mouse.down()
    page.mouse.move(corner["x"] + 60, corner["y"] + 60, steps=5)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"pin=.*FPLX"))
    moved = box.evaluate(f'box => box._cyreg.cy.$("{node(pair.FAMILY)}")[0].position()')
    page.reload()
    held = canvas(page).evaluate(f'box => box._cyreg.cy.$("{node(pair.FAMILY)}")[0].position()')
    assert held == pytest.approx(moved, abs=1)
    page.get_by_role("button", name="Unpin SMAD").click()
    expect(page).not_to_have_url(re.compile("pin="))


def test_family_is_a_box_around_its_members(window: Windows) -> None:
    page = window.open(f"/graph?center={pair.FAMILY}")
    inside = canvas(page).evaluate(
        "box => box._cyreg.cy.nodes('.box').children().map(it => it.data('entity')).sort()"
    )
    assert inside == sorted([pair.FAMILY, "HGNC:6768", "HGNC:6769"])


def test_filters_stand_in_the_address_and_say_what_they_left_out(window: Windows) -> None:
    page = window.open(f"/graph?center={pair.HUB}&limit=200")
    assert len(nodes(page)) == 84
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("lowers", exact=True).check()
    drawn(page, lacks=pair.FAMILY)
    expect(page.locator(".counts")).to_contain_text("filtered out")
    expect(page).to_have_url(re.compile("sign=negative"))
    page.get_by_label("lowers", exact=True).uncheck()
    page.get_by_label("Mus musculus").check()
    drawn(page, lacks="HGNC:20000")
    assert nodes(page) == {pair.HUB, pair.FAMILY}
    page.get_by_role("button", name="Clear the filters").click()
    drawn(page, has="HGNC:20000")


def test_filters_of_an_answer(window: Windows) -> None:
    page = window.open(ANSWER)
    whole = nodes(page)
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("observed").check()
    drawn(page, lacks="HGNC:7797")
    assert {NFKB, EMT} <= nodes(page) < whole
    page.get_by_label("observed").uncheck()
    drawn(page, has="HGNC:7797")
    page.get_by_label("From").fill("2005")
    page.get_by_label("From").press("Enter")
    expect(page.locator(".counts")).to_contain_text("and 3 links drawn")
    signs = "box => box._cyreg.cy.edges().map(it => it.data('kind'))"
    assert set(canvas(page).evaluate(signs)) == {"membership"}
    page.get_by_label("From").fill("2004")
    page.get_by_label("From").press("Enter")
    expect(page.locator(".counts")).to_contain_text("and 7 links drawn")


def test_search_within_marks_and_goes_to_what_it_finds(window: Windows) -> None:
    page = window.open(f"/graph?center={pair.HUB}&limit=200")
    canvas(page)
    search = page.get_by_label("Search in this graph")
    search.fill("gene1")
    expect(page.locator(".found-count")).to_have_text("11 found")
    marked = "box => box._cyreg.cy.$('.found').map(it => it.data('entity'))"
    assert len(canvas(page).evaluate(marked)) == 11
    search.press("Enter")
    at = canvas(page).evaluate("box => box._cyreg.cy.$('.cursor').map(it => it.data('label'))")
    assert [label.split("\n")[0] for label in at] == ["GENE1"]
    expect(page.locator(".stage [aria-live]").first).to_contain_text("GENE1, gene, 1 link drawn")


def test_pictures_are_saved_and_can_be_opened(window: Windows, tmp_path: Path) -> None:
    page = window.open(HUB + f"&expand=~~SmallMolecule~20~{pair.HUB}")
    drawn(page, has="MESH:C000001")
    files = {}
    for kind in ("PNG", "SVG"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=kind).click()
        files[kind] = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(files[kind])
    assert files["PNG"].name.startswith("evipath-around-tp53-r")
    svg = ElementTree.fromstring(files["SVG"].read_text(encoding="utf-8"))  # noqa: S314
    space = "{http://www.w3.org/2000/svg}"
    texts = "".join(svg.itertext())
    assert "TP53" in texts
    assert "<imgsrc=xonerror=alert(1)>" in re.sub(r"\s", "", texts)
    assert svg.findall(f".//{space}img") == []
    edges = canvas(page).evaluate("box => box._cyreg.cy.edges().length")
    assert len(svg.findall(f".//{space}g[@data-id]")) == edges + len(nodes(page))
    assert "revision" in (svg.findtext(f"{space}desc") or "")
    page.goto(files["PNG"].as_uri())
    size = "[document.images[0].naturalWidth, document.images[0].naturalHeight]"
    assert min(page.evaluate(size)) > 200
    page.goto(files["SVG"].as_uri())
    assert page.evaluate("document.documentElement.width.baseVal.value") > 200


def test_shared_address_draws_the_same_from_the_same_snapshot(
    window: Windows, graphs: Service
) -> None:
    page = window.open(HUB)
    choose(page, node(pair.HUB))
    form = page.get_by_role("form", name="Expand")
    form.get_by_label("Sign").select_option("positive")
    form.get_by_role("button", name="Expand").click()
    expect(page.locator(".drawn-list")).to_contain_text("20 drawn")
    choose(page, node("HGNC:20002"))
    page.get_by_role("button", name="Hide", exact=True).click()
    drawn(page, lacks="HGNC:20002")
    drawn(page, has="HGNC:20004")
    mine, address = picture(page), page.url
    revision = re.search(r"as_of=(\d+)", address)
    assert revision is not None
    claims = page.request.get(f"{graphs.url}/api/v1/claims?agent={pair.HUB}&limit=500").json()
    target = next(c for c in claims["items"] if "20004" in str(c["outcome"]["groundings"]))
    one = page.request.get(f"{graphs.url}/api/v1/claims/{target['id']}")
    rejected = page.request.post(
        f"{graphs.url}/api/v1/claims/{target['id']}/decisions",
        headers={**graphs.authorization, "If-Match": one.headers["etag"]},
        data={"type": "reject", "reason": "a test of snapshots"},
    )
    assert rejected.ok, rejected.text()
    other = window.open(address)
    drawn(other, has="HGNC:20004")
    assert picture(other) == mine
    other.get_by_role("button", name="Show the latest").click()
    drawn(other, lacks="HGNC:20004")


def test_keyboard_alone(window: Windows) -> None:
    page = window.open(HUB)
    canvas(page).focus()
    page.keyboard.press("ArrowRight")
    cursor = "box => box._cyreg.cy.$('.cursor').map(it => it.data('entity'))"
    first = canvas(page).evaluate(cursor)
    assert len(first) == 1
    for key in ("ArrowLeft", "ArrowUp", "ArrowDown", "ArrowRight") * 2:
        if canvas(page).evaluate(cursor) == [pair.HUB]:
            break
        page.keyboard.press(key)
    assert canvas(page).evaluate(cursor) == [pair.HUB]
    expect(page.locator(".stage [aria-live]").first).to_contain_text("TP53, gene")
    page.keyboard.press("Enter")
    expect(page.locator("#selection-title")).to_have_text("TP53")
    page.keyboard.press("l")
    expect(page.locator("#selection-title")).to_contain_text(re.compile("raises|lowers"))
    before = nodes(page)
    page.keyboard.press("e")
    expect(page.locator(".drawn-list")).to_contain_text("20 drawn")
    page.keyboard.press("c")
    expect(page.locator(".drawn-list")).to_have_count(0)
    assert nodes(page) == before
    page.keyboard.press("h")
    drawn(page, lacks=pair.HUB)
    page.keyboard.press("Control+z")
    drawn(page, has=pair.HUB)
    page.keyboard.press("p")
    expect(page).to_have_url(re.compile("pin="))
    page.keyboard.press("Escape")


def test_table_says_what_is_drawn(window: Windows) -> None:
    page = window.open(HUB)
    edges = canvas(page).evaluate("box => box._cyreg.cy.edges().length")
    page.get_by_text("The drawing as a table").click()
    rows = page.locator(".picture-table tbody tr")
    expect(rows).to_have_count(edges)
    rows.first.get_by_role("button").nth(1).click()
    expect(page.locator(".claim").first).to_be_visible()


def test_names_from_outside_are_text(window: Windows) -> None:
    page = window.open("/graph?center=MESH:C000001&show=node+MESH:C000001")
    canvas(page)
    expect(page.locator("#selection-title")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("main img").count() == 0
    label = canvas(page).evaluate("box => box._cyreg.cy.$('[kind = \"center\"]').data('label')")
    assert "\u202e" not in label


def test_unknown_name_and_the_empty_page(window: Windows) -> None:
    page = window.open("/graph")
    page.get_by_label("A name or an identifier").fill("no such thing at all")
    page.get_by_role("button", name="Draw").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("link", name="Start anew").click()
    page.get_by_role("link", name="Around NF-kappaB").click()
    assert NFKB in nodes(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_serious(window: Windows, axe: str, width: int, scheme: str) -> None:
    page = window.open(HUB + f"&show=node+{pair.HUB}&hide=HGNC:20001", width, scheme)
    canvas(page)
    page.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true; })")
    expect(page.locator(".picture-table tbody tr").first).to_be_visible()
    expect(page.locator(".side .claim").first).to_be_visible()
    assert serious(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
