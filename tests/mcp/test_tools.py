"""What an agent gets: small answers that it can cite, and errors that it can act on."""

from typing import Any

import pytest

from app.services.seeds import read_seeds
from tests.mcp.conftest import Agent

SEED = "PMID:15314694"
READING_TOOLS = {
    "ask",
    "find_interventions",
    "find_means",
    "what_was_tried",
    "contrast",
    "requirements",
    "find_paths",
    "find_consequences",
    "find_bypass",
    "match_signature",
    "why",
    "search_entities",
    "read_claims",
    "check_claim",
    "check_words",
}


def the_text() -> str:
    from app.model.article import text_of

    return text_of(read_seeds().articles[0].record.citation)


def assert_cited(cited: dict[str, Any]) -> None:
    """A citation must stand verbatim at its offsets in the article's text."""
    assert cited["pmid"] == SEED
    assert cited["verified"] is True
    assert the_text()[cited["start"] : cited["end"]] == cited["quote"]


def test_both_transports_have_the_same_reading_tools(agent: Agent) -> None:
    async def names(client: Any) -> set[str]:
        return {tool.name for tool in (await client.list_tools()).tools}

    assert agent.run(names) - {"decide_on_claim"} == READING_TOOLS


def test_the_founding_question_in_words(agent: Agent) -> None:
    answer = agent.call("ask", question="which interventions reverse EMT")
    assert answer["outcome"]["id"] == "GO:0001837"
    assert answer["snapshot"]["id"]
    best = answer["interventions"][0]
    assert (best["target"]["id"], best["tier"]) == ("FPLX:NFkappaB", "observed")
    assert best["perturbation"]["direction"] == "-"
    for one in answer["interventions"]:
        cited = {each["claim"] for each in one["evidence"]}
        for each in one["evidence"]:
            assert_cited(each)
        for path in one["paths"]:
            assert all(not s["claims"] or s["claims"][0] in cited for s in path["steps"])


def test_what_a_limit_leaves_out_is_said(http_agent: Agent) -> None:
    answer = http_agent.call(
        "find_interventions", outcome="EMT", effect="lowers", limit=1, quotes=1
    )
    assert len(answer["interventions"]) == 1 < answer["total"]
    assert f"{answer['total'] - 1} more interventions" in answer["cut"][0]
    later = http_agent.call("find_interventions", outcome="EMT", effect="lowers", offset=1)
    assert later["interventions"][0]["target"] != answer["interventions"][0]["target"]


def test_each_hop_of_a_path_has_its_quote(http_agent: Agent) -> None:
    answer = http_agent.call("find_paths", sources=["NF-kappaB"], targets=["EMT"], sign="+")
    cited = {each["claim"] for each in answer["evidence"]}
    assert answer["paths"]
    for path in answer["paths"]:
        assert all(not s["claims"] or s["claims"][0] in cited for s in path["steps"])
    for each in answer["evidence"]:
        assert_cited(each)


def test_why_and_why_not(http_agent: Agent) -> None:
    found = http_agent.call("why", target="NF-kappaB", outcome="EMT", effect="reverses")
    assert found["answers"][0]["links"][0]["claims"]
    assert_cited(found["answers"][0]["intervention"]["evidence"][0])
    assert found["lacking"][0]["note"]


def test_experiments_are_compared_with_their_quotes(http_agent: Agent) -> None:
    tried = http_agent.call("what_was_tried", target="NF-kappaB", outcome="EMT")
    assert {each["result"] for each in tried["cells"]} == {"positive"}
    cells = {"where": ["cell:CL:0008019"], "versus": ["cell:CL:0000066"]}
    (row,) = http_agent.call("contrast", outcome="EMT", effect="reverses", **cells)["rows"]
    assert (row["kind"], row["there"]["result"]) == ("untested", "untested")
    needs = http_agent.call("requirements", cause="FPLX:RAS", outcome="MESH:D063646")
    (need,) = needs["requirements"]
    assert (need["name"], need["result"]) == ("NF-kappaB", "positive")
    evidence = (tried["cells"][0], row["here"], need["told"][0])
    for each in evidence:
        assert_cited(each["evidence"][0])
    means = http_agent.call("find_means", outcome="EMT", effect="reverses")
    assert means["means"] == []
    assert means["without_means"][0]["target"]["id"] == "FPLX:NFkappaB"


def test_a_side_effect_is_told_of_each_answer(http_agent: Agent) -> None:
    asked = {"outcome": "EMT", "effect": "reverses", "excluding": ["MESH:D009362:lowers"]}
    first = http_agent.call("find_interventions", **asked)["interventions"][0]
    (one,) = first["exclusions"]
    assert one["verdict"] == "excluded"
    assert_cited(one["evidence"][0])


def test_entities_are_found_by_synonym(http_agent: Agent) -> None:
    found = http_agent.call("search_entities", query="EMT", limit=1)
    assert found["entities"][0]["entity"]["id"] == "GO:0001837"


def test_claims_are_read_with_their_quotes(http_agent: Agent) -> None:
    page = http_agent.call("read_claims", article=[SEED], limit=5)
    assert (len(page["claims"]), page["total"]) == (5, 18)
    for claim in page["claims"]:
        assert_cited(claim["cited"])
    rest = http_agent.call("read_claims", article=[SEED], limit=50, after=page["after"])
    assert len(rest["claims"]) == 13
    one = page["claims"][0]["cited"]["claim"]
    assert http_agent.call("read_claims", claim=[one])["claims"][0] == page["claims"][0]


def test_a_claim_is_checked_against_the_text(http_agent: Agent) -> None:
    page = http_agent.call("read_claims", agent=["NF-kappaB"], limit=1)
    found = http_agent.call("check_claim", claim=page["claims"][0]["cited"]["claim"])
    assert found["verified"] is True
    for quote in found["quotes"]:
        assert the_text()[quote["start"] : quote["end"]] == quote["text"]


def test_invented_words_are_found_out_and_the_nearest_are_shown(http_agent: Agent) -> None:
    true = "inhibition of NF-kappaB activity in mesenchymal cells caused a reversal of EMT"
    found = http_agent.call("check_words", article="15314694", words=true)["found"]
    assert found["verified"] is True
    place = found["places"][0]
    assert the_text()[place["start"] : place["end"]] == true

    invented = true.replace("caused a reversal", "led to a full reversal")
    found = http_agent.call("check_words", article=SEED, words=invented)["found"]
    assert (found["verified"], found["places"]) == (False, [])
    near = found["nearest"]
    assert the_text()[near["start"] : near["end"]] == near["text"]
    assert "caused a reversal of EMT" in near["text"]


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("ask", {"question": "what is the weather"}, "can be asked"),
        ("find_interventions", {"outcome": "emtt", "effect": "reverses"}, "nearest:"),
        ("find_interventions", {"outcome": "EMT", "effect": "cures"}, "reverses"),
        ("find_interventions", {"outcome": "EMT", "effect": "lowers", "hops": 9}, "hops"),
        ("find_interventions", {"outcome": "EMT", "effect": "lowers", "limit": 900}, "limit"),
        ("read_claims", {"claim": ["0" * 64]}, "There is no claim"),
        ("read_claims", {"article": ["nonsense:"]}, "PMID:"),
        ("check_words", {"article": "PMID:1", "words": "x"}, "There is no article"),
        ("find_paths", {"sources": ["EMT"], "targets": ["EMT"], "as_of": "99"}, "no revision 99"),
    ],
)
def test_errors_say_what_to_do(
    http_agent: Agent, tool: str, arguments: dict[str, Any], told: str
) -> None:
    assert told in http_agent.refusal(tool, **arguments)


def test_resources_are_articles_and_claims(agent: Agent) -> None:
    import orjson

    async def read(client: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        article = (await client.read_resource(f"evipath://article/{SEED}")).contents[0].text
        claims = orjson.loads(article)["claims"]
        claim = (await client.read_resource(f"evipath://claim/{claims[0]}")).contents[0].text
        return orjson.loads(article), orjson.loads(claim)

    article, claim = agent.run(read)
    assert article["text"] == the_text()
    assert len(article["claims"]) == 18
    assert claim["claim"]["id"] == article["claims"][0]
    assert claim["snapshot"] == article["snapshot"]


def test_an_unknown_resource_is_said_to_be_none(http_agent: Agent) -> None:
    from mcp.shared.exceptions import MCPError

    async def read(client: Any) -> None:
        await client.read_resource("evipath://article/PMID:1")

    with pytest.raises((MCPError, ExceptionGroup)) as caught:
        http_agent.run(read)
    error: BaseException = caught.value
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    assert "There is no article PMID:1" in str(error)


def test_what_follows_has_its_quotes(http_agent: Agent) -> None:
    found = http_agent.call("find_consequences", target="NF-kappaB", limit=1)
    (first,) = found["consequences"]
    assert (first["outcome"]["id"], first["direction"]) == ("GO:0001837", "-")
    assert_cited(first["evidence"][0])
    assert "3 more consequences" in found["cut"][0]


def test_what_is_left_open_has_its_quotes(http_agent: Agent) -> None:
    found = http_agent.call(
        "find_bypass", target="IKK-2", outcome="EMT", effect="lowers", simulate=True
    )
    assert (found["target"]["id"], found["perturbation"]["direction"]) == ("HGNC:5960", "-")
    (route,) = found["routes"]
    assert (route["source"]["id"], route["tier"]) == ("FPLX:NFkappaB", "observed")
    assert_cited(route["evidence"][0])
    (second,) = found["seconds"]
    assert (second["closes"], second["share"]) == (1, 1.0)
    assert second["simulated"]["together"] > found["simulation"]["effect"]
    assert "no regulators" in http_agent.refusal(
        "find_bypass", target="EMT", outcome="IKK-2", effect="lowers"
    )


def test_a_signature_is_matched_with_quotes(http_agent: Agent) -> None:
    found = http_agent.call("match_signature", up=["EMT", "no such thing"], down=[])
    assert [one["reason"] for one in found["unused"]] == ["unknown"]
    first = found["matches"][0]
    assert (first["target"]["id"], first["perturbation"]["direction"]) == ("GO:0007249", "-")
    assert_cited(first["evidence"][0])
