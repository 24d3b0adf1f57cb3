"""Who may read and decide through MCP, and whose pages may ask."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.browser.service import Service, running
from tests.mcp.conftest import Agent, make_candidate, over_http, over_stdio, store_in


@pytest.fixture(params=["http", "stdio"])
def deciding(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Agent, Service]]:
    """A client over a store of the test's own, which is written to."""
    with running(tmp_path) as service:
        http = request.param == "http"
        yield (over_http(service.url) if http else over_stdio(store_in(tmp_path))), service


def test_a_curators_token_decides_on_a_candidate(
    deciding: tuple[Agent, Service], tmp_path: Path
) -> None:
    agent, service = deciding
    claim = make_candidate(store_in(tmp_path), "C5")
    seen = agent.call("read_claims", claim=[claim])["claims"][0]
    assert seen["cited"]["status"] == "candidate"
    wanted = {"claim": claim, "decision": "accept", "revision": seen["revision"]}

    with_token = agent.with_token(service.token)
    told = with_token.refusal("decide_on_claim", **{**wanted, "revision": 1})
    assert "read it again" in told
    assert "reason" in with_token.refusal("decide_on_claim", **{**wanted, "decision": "reject"})
    done = with_token.call("decide_on_claim", **wanted)
    assert (done["claim"]["status"], done["actor"]) == ("accepted", "browser-tests")
    history = httpx.get(f"{service.url}/api/v1/claims/{claim}/history").json()["items"]
    assert (history[-1]["type"], history[-1]["source"]) == ("accept", "mcp")
    again = {**wanted, "revision": done["snapshot"]["revision"]}
    assert "only candidates" in with_token.refusal("decide_on_claim", **again)


def test_nothing_is_written_without_a_token(served: Service, http_agent: Agent) -> None:
    wanted = {"claim": "0" * 64, "decision": "accept", "revision": 1}
    assert "curator's token" in http_agent.refusal("decide_on_claim", **wanted)
    wrong = http_agent.with_token("evp_wrong")
    assert "not valid" in wrong.refusal("decide_on_claim", **wanted)
    assert "not valid" in wrong.refusal("search_entities", query="EMT")


def test_on_standard_input_the_writing_tool_needs_a_token_to_be_there(
    served: Service, directory: Path
) -> None:
    async def names(client: Any) -> set[str]:
        return {tool.name for tool in (await client.list_tools()).tools}

    agent = over_stdio(store_in(directory))
    assert "decide_on_claim" not in agent.run(names)
    assert "decide_on_claim" in agent.with_token(served.token).run(names)


def test_pages_of_others_may_not_ask(served: Service) -> None:
    call = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    accept = {"Accept": "application/json, text/event-stream"}

    def asked(origin: str) -> int:
        headers = {**accept, "Origin": origin}
        return httpx.post(f"{served.url}/mcp", json=call, headers=headers).status_code

    assert asked("https://evil.example") == 403
    assert asked(served.url) == 200


def test_a_missing_store_is_a_clear_error(tmp_path: Path) -> None:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "mcp", "--store", store_in(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        input="",
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "evipath seed" in done.stderr
