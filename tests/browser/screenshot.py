"""Take the picture of an answer that the README shows: ``python -m tests.browser.screenshot``."""

import sys
import tempfile
from pathlib import Path

from tests.browser import chromium
from tests.browser.service import running

PICTURE = Path(__file__).parents[2] / "docs" / "img" / "answer.png"
ADDRESS = "/?q=which+interventions+reverse+EMT&show=node+FPLX%3ANFkappaB"


def main() -> None:
    """Write the picture to ``docs/img/answer.png``, or to the path that is given."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE
    path = chromium.find()
    if path is None:
        raise SystemExit(chromium.HOW_TO_GET)
    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as directory,
        running(Path(directory)) as service,
        chromium.launched(path) as browser,
    ):
        page = browser.new_page(
            base_url=service.url, viewport={"width": 1280, "height": 1400}, reduced_motion="reduce"
        )
        page.goto(ADDRESS)
        page.locator(".graph[data-drawn]").wait_for()
        page.locator(".claim blockquote").first.wait_for()
        page.locator(".abstract-text mark").first.wait_for()
        page.evaluate("document.fonts.ready")
        page.screenshot(path=target)


if __name__ == "__main__":
    main()
