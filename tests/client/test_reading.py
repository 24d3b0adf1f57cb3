"""Every operation that reads, against a service that listens on a port."""

import asyncio
from pathlib import Path

import pytest

from evipath_client import AsyncClient, Client, errors
from evipath_client import models as m
from tests.client.conftest import Running

EMT = "GO:0001837"


def test_an_answer_is_typed_and_whole(client: Client) -> None:
    answer = client.interventions("EMT", "reverses")
    first = answer.interventions[0]
    assert first.target.id == "FPLX:NFkappaB"
    assert first.perturbation.direction == "-"
    assert first.tier == "observed"
    assert first.evidence[0].quote == "Inhibition of NF-kappaB reversed EMT"
    assert answer.query.outcome.id == EMT
    assert answer.snapshot.revision > 0


def test_words_why_bundle_and_paths_ask_the_same(client: Client) -> None:
    assert client.ask("which interventions reverse EMT").query.effect == "reverses"
    assert client.why("NF-kappaB", EMT, "reverses").answers
    assert client.bundle(EMT, "reverses").quotes_verified == 1
    path = client.paths("NF-kappaB", [EMT], max_hops=2).paths[0]
    assert path.steps[0].object == EMT


def test_means_are_asked_as_interventions_are(client: Client) -> None:
    answer = client.means(EMT, "reverses", excluding=["EMT:lowers"], limit=3)
    assert isinstance(answer, m.MeansAnswer)
    assert answer.without_means[0].target.id == "FPLX:NFkappaB"
    with pytest.raises(TypeError, match="effects"):
        client.means(EMT, "reverses", effects="reverses")  # type: ignore[call-arg]


def test_contrasts_and_requirements_are_asked(client: Client) -> None:
    found = client.contrast(EMT, "reverses", versus="setting:in_vivo")
    assert [row.kind for row in found.rows] == ["untested"]
    assert client.requirements("NF-kappaB", EMT).total == 0


def test_simulation_is_answered(client: Client) -> None:
    answer = client.simulate(EMT, "reverses", networks=20, seed=3)
    assert isinstance(answer, m.SimulationAnswer)
    assert answer.query.seed == 3


def test_a_long_simulation_is_waited_for(client: Client) -> None:
    answer = client.simulate(EMT, "reverses", pairs=True, networks=1000, nodes=300, timeout=60)
    assert isinstance(answer, m.SimulationAnswer)
    assert any(job.kind == "simulate" for job in client.jobs())


def test_lists_go_through_all_pages(client: Client) -> None:
    found = list(client.search_entities(page_size=2))
    pages = list(client.search_entities(page_size=2).pages())
    assert len(found) == pages[0].total == len({one.entity.id for one in found})
    assert [len(page.items) for page in pages] == [2, 2, 2, 1]
    assert client.search_entities("EMT").first().items[0].entity.id == EMT


def test_entities_claims_articles(client: Client, shown: Running) -> None:
    assert EMT in client.entity("MESH:D058750").equivalents
    assert [one.neighbour.id for one in client.neighbours(EMT, sign="positive")] == [
        "FPLX:NFkappaB"
    ]
    claim = client.claim(shown.claim)
    assert [one.id for one in client.claims(outcome=EMT, status=["accepted"])] == [claim.id]
    assert list(client.claims(predicate="worsens")) == []
    article = client.article("PMID:15314694")
    assert claim.quotes[0].text in article.text
    assert client.article(article.citation.identifiers[0]).id == article.id
    assert len(list(client.articles(page_size=1))) == 2
    assert client.claim_history(claim.id).total >= 0
    assert client.article_history(article.curie).items == ()
    assert list(client.conflicts()) == []


def test_the_graph_its_history_and_the_service(client: Client) -> None:
    assert client.graph(EMT).edges
    assert client.graph(answer="which interventions reverse EMT").nodes
    assert client.graph(outcome="EMT", effect="reverses").edges
    assert client.graph(among=["FPLX:NFkappaB", EMT], tier=["observed"]).edges
    assert next(iter(client.changes(0))).action == "opened"
    assert client.stats().claims == 1
    assert "categories" in str(client.schema())[:100_000].lower()
    assert client.me().name == "ada"
    assert client.health().status == "ok"
    assert client.ready().parts == {"store": "ok"}


def test_many_names_and_texts_are_grounded_in_order(client: Client) -> None:
    names = ["EMT", "nothing of the kind", *(f"unknown {n}" for n in range(600)), "curcumin"]
    found = client.ground(names, texts="Curcumin is here.")
    assert [one.text for one in found.items] == names
    assert found.items[0].groundings[0].id == EMT
    assert found.items[-1].groundings[0].id == "CHEBI:3962"
    assert found.texts[0].mentions[0].mention.text == "Curcumin"


def test_a_batch_keeps_order_and_carries_problems(client: Client) -> None:
    asked = [
        m.InterventionRequest(outcome=outcome, effect="reverses")
        for outcome in (["EMT", "no such thing"] * 60)
    ]
    found = client.batch(asked)
    assert len(found) == 120
    assert found[0].answer is not None
    assert found[0].answer.query.outcome.id == EMT
    assert found[1].answer is None
    assert found[1].problem is not None
    assert found[1].problem.status == 404
    assert {one.answer.snapshot.id for one in found if one.answer} == {client.snapshot().id}


def test_all_interventions_are_those_of_the_answer(client: Client) -> None:
    whole = client.interventions(EMT, "reverses", limit=500)
    assert tuple(client.all_interventions(EMT, "reverses", page_size=1)) == whole.interventions


def test_an_export_streams_into_a_file(client: Client, tmp_path: Path) -> None:
    out = client.export("jsonl", tmp_path / "graph.jsonl")
    with client.stream_export("jsonl") as chunks:
        assert b"".join(chunks) == out.read_bytes()
    assert b"FPLX:NFkappaB" in out.read_bytes()
    none = client.export("sif", tmp_path / "none.sif", outcome=EMT, pmid="PMID:404")
    assert none.read_bytes() == b""
    assert b"raises" in client.export("sif", tmp_path / "emt.sif", outcome=[EMT]).read_bytes()


def test_a_refused_export_leaves_no_file(client: Client, tmp_path: Path) -> None:
    folder = tmp_path
    with pytest.raises(errors.ProblemError):
        client.export("tar", folder / "graph.tar")
    assert list(folder.iterdir()) == []


def test_the_async_client_answers_the_same(shown: Running, client: Client, tmp_path: Path) -> None:
    async def ask() -> None:
        async with AsyncClient(shown.url, token=shown.token) as other:
            assert await other.interventions(EMT, "reverses") == client.interventions(
                EMT, "reverses"
            )
            found = [one async for one in other.search_entities(page_size=3)]
            assert found == list(client.search_entities(page_size=3))
            page = await other.claims().first()
            assert page.total == 1
            pinned = await other.at()
            assert (await pinned.stats()).snapshot == client.snapshot()
            out = await other.export("jsonl", tmp_path / "a.jsonl")
            assert out.stat().st_size > 0
            with pytest.raises(errors.NotFound):
                await other.entity("no such thing")
            answers = await asyncio.gather(
                *(other.interventions(EMT, effect) for effect in ("reverses", "prevents", "lowers"))
            )
            assert [one.query.effect for one in answers] == ["reverses", "prevents", "lowers"]

    asyncio.run(ask())


def test_consequences_as_rows_pages_and_network(client: Client) -> None:
    answer = client.consequences("NF-kappaB")
    (row,) = answer.to_rows()
    assert (row["outcome"], row["change"], row["target"]) == (EMT, "-", "FPLX:NFkappaB")
    assert row["quote"] == "Inhibition of NF-kappaB reversed EMT"
    assert [one.outcome.id for one in client.all_consequences("NF-kappaB")] == [EMT]
    assert answer.to_networkx().has_edge("FPLX:NFkappaB", EMT)
    assert client.consequences_graph("NF-kappaB").center == "FPLX:NFkappaB"


def test_a_signature_comes_from_a_series(client: Client) -> None:
    pandas = pytest.importorskip("pandas")
    series = pandas.Series({"EMT": 2.0, "no such thing": -1.0})
    answer = client.signature(series, goal="explain", permutations=100)
    assert answer.to_rows()[0]["target"] == "FPLX:NFkappaB"
    assert answer.unused[0].name == "no such thing"
    assert client.signature(up="EMT").matches[0].perturbation.direction == "-"
    for bad in ({"EMT": float("nan")}, pandas.Series([1.0, 2.0], index=["EMT", "EMT"])):
        with pytest.raises(ValueError, match=r"EMT|more than once"):
            client.signature(bad)


def test_what_is_left_open(client: Client) -> None:
    found = client.bypass("NF-kappaB", EMT, "lowers", direction="negative", limit=3)
    assert found.target.id == "FPLX:NFkappaB"
    assert found.routes == ()
    assert found.note
