"""A store on this machine without a server, and answers as tables and networks."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import evipath_client
from app.bootstrap import build
from evipath_client import Client, errors
from evipath_client import models as m
from tests.api.conftest import fill, settings
from tests.client.conftest import Running

EMT = "GO:0001837"


@pytest.fixture
def store(tmp_path: Path) -> str:
    parts = build(settings(tmp_path))
    fill(parts)
    parts.close()
    return f"sqlite:///{tmp_path / 'graph.db'}"


@pytest.fixture
def local(store: str) -> Iterator[Client]:
    with evipath_client.open(store, name="grace") as client:
        yield client


def test_the_same_questions_have_the_same_answers(local: Client, shown: Running) -> None:
    with shown.client() as remote:
        here = local.interventions("EMT", "reverses").interventions
        there = remote.interventions("EMT", "reverses").interventions
    assert here == there
    assert len(list(local.search_entities(page_size=2))) == 7
    with pytest.raises(errors.NotFound):
        local.entity("no such thing")


def test_what_is_written_bears_the_name(local: Client) -> None:
    claim = next(iter(local.claims()))
    local.decide_claim(claim, m.DecisionRequest(type="reject", reason="test"))
    assert local.claim_history(claim.id).items[-1].actor == "grace"
    job = local.ingest("PMID- 7\nTI  - A paper.\n", format="medline")
    assert job.owner == "grace"
    assert local.article("PMID:7").citation.title == "A paper."


def test_an_export_is_whole(local: Client, tmp_path: Path) -> None:
    assert b"NF-kappaB" in local.export("jsonl", tmp_path / "out.jsonl").read_bytes()


def test_an_async_one(store: str) -> None:
    async def ask() -> str:
        async with evipath_client.open_async(store) as client:
            answer = await client.interventions("EMT", "reverses")
            return answer.interventions[0].target.id

    assert asyncio.run(ask()) == "FPLX:NFkappaB"


def test_tables(local: Client) -> None:
    table = local.interventions("EMT", "reverses").to_pandas()
    assert table.loc[0, "quote"] == "Inhibition of NF-kappaB reversed EMT"
    assert table.loc[0, "direction"] == "-"
    assert table.attrs["snapshot"]["revision"] == local.snapshot().revision
    claims = local.claims().to_pandas()
    assert list(claims["outcome"]) == [EMT]
    assert list(claims["quotes_verified"]) == [True]
    assert len(local.paths("NF-kappaB", EMT).to_pandas()) == 1
    assert "entity.id" in local.search_entities("EMT").to_pandas().columns
    assert len(local.simulate(EMT, "reverses", networks=20).to_rows()) >= 1


def test_networks(local: Client) -> None:
    drawn = local.graph(EMT).to_networkx()
    (edge,) = [data for *ends, data in drawn.edges(data=True) if ends == ["FPLX:NFkappaB", EMT]]
    assert edge["sign"] == "+"
    answered = local.interventions("EMT", "reverses").to_networkx()
    assert answered.nodes["FPLX:NFkappaB"]["direction"] == "-"
    assert answered.nodes[EMT]["role"] == "outcome"
    assert local.paths("NF-kappaB", EMT).to_networkx().number_of_edges() == 1


def test_the_client_alone_needs_httpx_and_pydantic_only() -> None:
    code = (
        "import sys, evipath_client; "
        "print([n for n in ('app', 'fastapi', 'pandas', 'networkx', 'numpy') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
