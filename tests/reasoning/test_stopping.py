"""Searches that would go on for hours end when they are told to."""

from threading import Thread

import pytest

from app.reasoning import engine
from app.reasoning.engine import Stop
from app.reasoning.index import build_index
from app.reasoning.lens import Lens, make_lens
from app.reasoning.search import Search
from tests.support.exploding import HUB, TARGET, columns

PATIENCE = 60.0
"""Seconds within which a search that is told to stop must end; none of these would in an hour."""


@pytest.fixture(scope="module")
def lens() -> Lens:
    index = build_index(columns(200, 3), (), {}, {})
    return make_lens(index, candidates=False, background=False)


@pytest.fixture(params=["plain", "compiled"])
def form(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have one form of the kernel serve."""
    monkeypatch.setattr(engine, "PLAIN_UP_TO", 10**9 if request.param == "plain" else -1)
    engine.compile_ahead().join()


@pytest.mark.usefixtures("form")
def test_looking_for_whatever_leads_there_ends_when_it_is_told_to(lens: Lens) -> None:
    stop = Stop()
    search = Search(lens, [lens.index.entities.at(TARGET)], [-1], 6, stop=stop)
    searching = Thread(target=lambda: search.leading_there, daemon=True)
    searching.start()
    searching.join(1)
    assert searching.is_alive()
    stop.set()
    searching.join(PATIENCE)
    assert not searching.is_alive()


def test_a_question_ends_at_its_deadline_with_what_it_proved(
    lens: Lens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PLAIN_UP_TO", -1)
    engine.compile_ahead().join()
    places = lens.index.entities
    with Stop().after(2.0) as stop:
        search = Search(lens, [places.at(TARGET)], [1, -1], 6, stop=stop)
        found = search.walks([(places.at("HGNC:1000"), 1)], 10_000)
    assert not found.complete
    # No other simple path leads there.
    assert [[hop.object for hop in walk.hops] for walk in found.walks] == [[HUB, TARGET]]
