"""A real Chromium on the real service; every page fails its test on any complaint it makes."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.browser import chromium
from tests.browser.service import Service, running

PATIENCE = 30_000
"""Milliseconds that a busy machine may take for what a page does at once."""

expect.set_options(timeout=PATIENCE)

WEB = Path(__file__).parents[2] / "app" / "web"

QUESTION = "which interventions reverse EMT"
QUOTE = "inhibition of NF-kappaB activity in mesenchymal cells caused a reversal of EMT"


def _lacking(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def needs_page() -> None:
    """Skip, or fail on CI, where the page is not built."""
    if not (WEB / "static" / "index.html").exists():
        _lacking("the page is not built; run: make web")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this directory as browser tests."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Run Chromium for this directory alone: Playwright's event loop runs until it is closed."""
    path = chromium.find()
    if path is None:
        _lacking(chromium.HOW_TO_GET)
    assert path is not None
    with chromium.launched(path) as browser:
        yield browser


@pytest.fixture(scope="package")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    needs_page()
    with running(tmp_path_factory.mktemp("service")) as service:
        yield service


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, which checks a page's accessibility."""
    source = WEB / "node_modules" / "axe-core" / "axe.min.js"
    if not source.exists():
        _lacking("axe-core is not installed; run: make web")
    return source.read_text(encoding="utf-8")


NewContext = Callable[..., BrowserContext]


@pytest.fixture
def new_context(browser: Browser, service: Service) -> Iterator[NewContext]:
    """Make browser contexts, each like a new user's browser."""
    opened: list[BrowserContext] = []

    def make(width: int = 1280, scheme: str = "light") -> BrowserContext:
        context = browser.new_context(
            base_url=service.url,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def complaints() -> list[str]:
    """What pages complained of: thrown errors, and what the security policy had to refuse."""
    return []


@pytest.fixture
def page(new_context: NewContext, complaints: list[str]) -> Iterator[Page]:
    page = new_context().new_page()
    watch(page, complaints)
    yield page
    assert complaints == []


def watch(page: Page, complaints: list[str]) -> None:
    """Keep every error of the page but a refused request, which the page itself must explain."""

    def heard(message: ConsoleMessage) -> None:
        refused = "Failed to load resource" in message.text
        if message.type in {"error", "warning"} and not refused:
            complaints.append(message.text)

    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", heard)
