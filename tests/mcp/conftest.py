"""A seeded store, served to a real MCP client: by a subprocess on its pipes, and over HTTP."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent

from app.bootstrap import open_store
from app.model.decision import DecisionRequest
from app.model.vocabulary import DecisionType
from app.services.claims import history
from app.services.curation import decide
from app.settings import Settings
from tests.browser.service import Service, running
from tests.support.seeded import seed_claim

Connect = Callable[[], AbstractAsyncContextManager[Client]]


@dataclass(frozen=True)
class Agent:
    """A client of one transport; each call is a connection of its own."""

    connect: Callable[[str | None], AbstractAsyncContextManager[Client]]
    token: str | None = None

    def with_token(self, token: str) -> "Agent":
        return replace(self, token=token)

    def result(self, tool: str, **arguments: object) -> CallToolResult:
        async def call(client: Client) -> CallToolResult:
            return await client.call_tool(tool, arguments)

        return self.run(call)

    def call(self, tool: str, **arguments: object) -> dict[str, Any]:
        """Call a tool that must succeed; return its structured answer."""
        result = self.result(tool, **arguments)
        assert not result.is_error, said(result)
        assert result.structured_content is not None
        return result.structured_content

    def refusal(self, tool: str, **arguments: object) -> str:
        """Call a tool that must fail; return what the agent is told."""
        result = self.result(tool, **arguments)
        assert result.is_error
        return said(result)

    def run(self, work: Callable[[Client], Any]) -> Any:
        async def connected() -> Any:
            async with self.connect(self.token) as client:
                return await work(client)

        return anyio.run(connected)


def said(result: CallToolResult) -> str:
    return "\n".join(part.text for part in result.content if isinstance(part, TextContent))


def over_http(url: str) -> Agent:
    def connect(token: str | None) -> AbstractAsyncContextManager[Client]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        http = httpx2.AsyncClient(headers=headers, timeout=60)
        return Client(streamable_http_client(f"{url}/mcp", http_client=http))

    return Agent(connect)


def over_stdio(store: str) -> Agent:
    def connect(token: str | None) -> AbstractAsyncContextManager[Client]:
        env = {"EVIPATH_MCP_TOKEN": token} if token else {}
        path = {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"}
        return Client(
            StdioServerParameters(
                command=sys.executable,
                args=["-m", "app.cli", "mcp", "--store", store],
                env=env | path,
            )
        )

    return Agent(connect)


def store_in(directory: Path) -> str:
    return f"sqlite:///{directory / 'graph.db'}"


def make_candidate(store: str, name: str) -> str:
    """Take the seed's verdict on a claim back, so that it is a candidate; return its id."""
    claim = seed_claim(name).id
    opened = open_store(store, Settings(store=store))
    with opened.view() as view:
        accepted = history(view, claim)[-1]
    undo = DecisionRequest(type=DecisionType.UNDO, decision=accepted.id)
    decide(opened, claim, undo, actor="ada")
    opened.close()
    return claim


@pytest.fixture(scope="session")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mcp")


@pytest.fixture(scope="session")
def served(directory: Path) -> Iterator[Service]:
    with running(directory) as service:
        yield service


@pytest.fixture(params=["http", "stdio"])
def agent(request: pytest.FixtureRequest, served: Service, directory: Path) -> Agent:
    """A client of either transport over the same store."""
    return over_http(served.url) if request.param == "http" else over_stdio(store_in(directory))


@pytest.fixture
def http_agent(served: Service) -> Agent:
    return over_http(served.url)
