"""Signing in and out, tokens of one's own, and requests that other sites forge."""

import re
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext, watch
from tests.browser.service import Service
from tests.browser.test_access import serious

Enter = Callable[[Page], None]


@pytest.fixture
def enter(service: Service) -> Enter:
    """Sign in by the form."""

    def sign_in(page: Page) -> None:
        page.goto("/account")
        page.get_by_label("Your token").fill(service.token)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="browser-tests")).to_be_visible()

    return sign_in


def test_one_signs_in_and_out(page: Page, enter: Enter) -> None:
    page.goto("/account")
    page.get_by_label("Your token").fill("evp_wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The token is not valid.")
    enter(page)
    (cookie,) = page.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    assert page.evaluate("document.cookie") == ""
    page.reload()
    expect(page.get_by_role("heading", name="browser-tests")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert page.context.cookies() == []


def test_an_admin_manages_users(
    page: Page, new_context: NewContext, service: Service, axe: str
) -> None:
    page.goto("/account")
    page.get_by_label("Your token").fill(service.admin)
    page.keyboard.press("Enter")
    users = page.get_by_role("region", name="Users", exact=True)
    expect(page.get_by_text("1200 per 1 minute")).to_be_visible()
    own = users.get_by_role("row").filter(has_text="(you)")
    expect(own).to_contain_text("browser-admin")
    expect(own.get_by_role("button", name="Revoke")).to_have_count(0)
    page.get_by_label("Name", exact=True).fill("anna")
    page.get_by_role("button", name="Add a user").click()
    secret = page.locator(".secret .token").inner_text()
    page.get_by_role("button", name="I have it").click()
    anna = users.get_by_role("row").filter(has_text="anna").first
    expect(anna.get_by_label("Role of anna")).to_have_value("curator")
    hers = {"Authorization": f"Bearer {secret}"}

    def role() -> str:
        answer = httpx.get(f"{service.url}/api/v1/me", headers=hers)
        return str(answer.json()["role"]) if answer.is_success else "nobody"

    assert role() == "curator"
    with page.expect_response(lambda reply: reply.request.method == "PATCH"):
        anna.get_by_label("Role of anna").select_option("reader")
    assert role() == "reader"
    anna.get_by_role("button", name="1 valid").click()
    tokens = page.get_by_role("region", name="Tokens of anna")
    expect(tokens).to_contain_text("first token")
    assert serious(page, axe) == []
    tokens.get_by_role("button", name="Revoke").click()
    tokens.get_by_role("button", name="Revoke for good").click()
    expect(tokens).to_contain_text("revoked")
    assert role() == "nobody"
    anna.get_by_role("button", name="Revoke anna").click()
    anna.get_by_role("button", name="Revoke anna").click()
    expect(anna).to_contain_text("revoked")
    page.get_by_label("Name", exact=True).fill("browser-tests")
    page.get_by_role("button", name="Add a user").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a user browser-tests already")
    narrow = new_context(360, "dark").new_page()
    narrow.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    narrow.goto("/account")
    expect(narrow.get_by_role("region", name="Users", exact=True)).to_be_visible()
    assert serious(narrow, axe) == []
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_address_that_serve_prints_signs_in_once(
    new_context: NewContext, service: Service, complaints: list[str]
) -> None:
    said = Path(service.log).read_text(encoding="utf-8")
    found = re.search(r"Sign in as (\S+), once and within 10 minutes: (\S+)", said)
    assert found is not None
    name, address = found.groups()
    page = new_context().new_page()
    watch(page, complaints)
    page.goto(address)
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    assert "code" not in page.url
    other = new_context().new_page()
    other.goto(address)
    expect(other.get_by_role("alert")).to_contain_text("used up or too old")
    assert complaints == []


def test_a_token_is_made_used_and_revoked(page: Page, enter: Enter, service: Service) -> None:
    enter(page)
    page.get_by_label("What it is for").fill("the cluster")
    page.get_by_label("Valid for").select_option("30")
    page.get_by_role("button", name="Make a token").click()
    secret = page.locator(".secret .token").inner_text()
    bearer = {"Authorization": f"Bearer {secret}"}
    assert httpx.get(f"{service.url}/api/v1/me", headers=bearer).json()["name"] == "browser-tests"
    row = page.get_by_role("row").filter(has_text="the cluster")
    expect(row).to_contain_text("never")
    page.reload()
    expect(row).not_to_contain_text("never")
    assert page.locator(".secret").count() == 0
    row.get_by_role("button", name="Revoke").click()
    row.get_by_role("button", name="Revoke for good").click()
    expect(row).to_contain_text("revoked")
    assert httpx.get(f"{service.url}/api/v1/me", headers=bearer).status_code == 401


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_request_that_another_site_forges_is_refused(
    page: Page, enter: Enter, service: Service, host: str
) -> None:
    """A page on another port or host makes the signed-in browser write; nothing is written."""
    enter(page)
    before = httpx.get(f"{service.url}/api/v1/revisions").json()["total"]
    forms = f"""<!doctype html><form id=f method=post enctype=text/plain
        action="{service.url}/api/v1/claims"><input name='{{"a":"' value='"}}'></form>
        <p id=said>waiting</p><script>
        const url = {service.url!r};
        Promise.allSettled([
            fetch(url + '/api/v1/me/tokens', {{method: 'POST', credentials: 'include',
                mode: 'no-cors', body: '{{"name": "stolen"}}'}}),
            fetch(url + '/api/v1/me/tokens', {{method: 'POST', credentials: 'include',
                headers: {{'Content-Type': 'application/json'}}, body: '{{"name": "stolen"}}'}}),
            fetch(url + '/api/v1/session', {{credentials: 'include'}}).then(r => r.json()),
        ]).then(all => {{
            document.getElementById('said').textContent = all.map(one => one.status).join(' ');
        }});
        </script>"""
    with OtherSite(forms) as port:
        evil = page.context.new_page()
        evil.goto(f"http://{host}:{port}/")
        expect(evil.locator("#said")).not_to_have_text("waiting")
        # No answer can be read; the first was sent nevertheless, with all that a browser adds.
        assert evil.locator("#said").inner_text() == "rejected rejected rejected"
        evil.evaluate("document.getElementById('f').submit()")
        evil.wait_for_url(f"{service.url}/**")
        assert "problem" in evil.locator("body").inner_text()
    assert httpx.get(f"{service.url}/api/v1/revisions").json()["total"] == before
    page.reload()
    expect(page.get_by_role("heading", name="browser-tests")).to_be_visible()
    expect(page.get_by_text("stolen")).to_have_count(0)


class OtherSite:
    """Another site on this machine, with one page."""

    def __init__(self, body: str) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *said: object) -> None:  # type: ignore[override]
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def __enter__(self) -> int:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self._server.server_port

    def __exit__(self, *raised: object) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_serious_on_the_account(
    new_context: NewContext, enter: Enter, axe: str, width: int, scheme: str
) -> None:
    page = new_context(width, scheme).new_page()
    page.goto("/account")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert serious(page, axe) == []
    enter(page)
    expect(page.get_by_role("table")).to_be_visible()
    assert serious(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
