"""Take the pictures of the page for the documentation: ``python -m tests.browser.screenshot``."""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser import chromium
from tests.browser.service import Service, running

FOLDER = Path(__file__).parents[2] / "docs" / "img"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: what is opened, how high it is, and what is done before it is taken."""

    address: str
    height: int
    prepare: Callable[[Page], None]


def _answer(page: Page) -> None:
    page.locator(".graph[data-drawn]").wait_for()
    page.locator(".claim blockquote").first.wait_for()
    page.locator(".abstract-text mark").first.wait_for()


def _asking(page: Page) -> None:
    page.get_by_label("Ask a question").press_sequentially("which interventions reverse epi")
    page.get_by_role("option").nth(2).wait_for()
    page.keyboard.press("ArrowDown")


def _record(page: Page) -> None:
    page.locator(".claim blockquote").first.wait_for()


def _claim(page: Page) -> None:
    _record(page)
    page.locator(".claim").filter(has_text="caused a reversal").get_by_role("link").first.click()
    page.locator(".decisions li").first.wait_for()
    page.locator(".abstract-text mark").first.wait_for()


def _ingest(page: Page) -> None:
    box = page.get_by_label("A PubMed citation")
    box.fill("NF-kappaB in MCF-7 cells.\nKnockdown of NFKBIA induced EMT in MCF-7 cells.")
    page.get_by_role("button", name="Ingest").click()
    page.get_by_role("article").filter(has_text="succeeded").wait_for()
    file = {"name": "records.json", "mimeType": "text/plain", "buffer": b'{"title": 7}\n'}
    page.get_by_label("Drop files here").set_input_files([file])
    page.locator(".errors li").first.wait_for()


CANDIDATE = (
    '{"title": "NFKBIA in MCF-7 cells.", "abstract": [{"text": "Knockdown of NFKBIA induced EMT in '
    'MCF-7 cells. Inhibition of NF-kappaB prevented EMT in epithelial cells."}]}'
)


def _graph(page: Page) -> None:
    page.locator(".canvas[data-drawn]").wait_for()


def _bench(page: Page) -> None:
    """Hand in an abstract, so that there are candidates, and choose the first."""
    headers = {"Content-Type": "application/octet-stream"}
    made = page.request.post("/api/v1/articles?format=json", data=CANDIDATE, headers=headers)
    while page.request.get(made.headers["location"]).json()["status"] in {"queued", "running"}:
        page.wait_for_timeout(200)
    page.reload()
    page.locator(".desk blockquote").first.wait_for()


def _decide(page: Page) -> None:
    page.locator(".chosen-cell blockquote").wait_for()


PICTURES = {
    "answer": Picture(
        "/?q=which+interventions+reverse+EMT&show=node+FPLX%3ANFkappaB", 1400, _answer
    ),
    "asking": Picture("/", 760, _asking),
    "entity": Picture("/entity/FPLX:NFkappaB", 1000, _record),
    "article": Picture("/article/PMID:15314694", 1000, _record),
    "claim": Picture("/article/PMID:15314694", 1000, _claim),
    "graph": Picture("/graph?outcome=GO:0001837&effect=reverses", 900, _graph),
    "bench": Picture("/curate", 1000, _bench),
    "decide": Picture(
        "/decide?ask=matrix&target=FPLX:NFkappaB&outcome=GO:0001837"
        "&cell=loss~maintenance~cell:CL:0008019",
        1100,
        _decide,
    ),
    "ingest": Picture("/ingest", 1000, _ingest),
}


def take(browser: Browser, service: Service, picture: Picture, target: Path) -> None:
    """Write one picture, as a curator sees the page."""
    page = browser.new_page(
        base_url=service.url,
        viewport={"width": 1280, "height": picture.height},
        reduced_motion="reduce",
        extra_http_headers=service.authorization,
    )
    page.set_default_timeout(60_000)
    page.goto(picture.address)
    picture.prepare(page)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=target)
    page.close()


def main() -> None:
    """Write all pictures to ``docs/img``, or only those that are named."""
    names = sys.argv[1:] or list(PICTURES)
    path = chromium.find()
    if path is None:
        raise SystemExit(chromium.HOW_TO_GET)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as directory,
        running(Path(directory)) as service,
        chromium.launched(path) as browser,
    ):
        for name in names:
            take(browser, service, PICTURES[name], FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
