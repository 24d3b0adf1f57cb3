"""A curator's claim against its text, and its words against each other."""

import pytest

from app.curation.validation import disagreements, verify
from app.model.errors import BadInput, QuoteMismatch
from app.model.text import sha256_of
from app.services.seeds import read_seeds
from tests.support.seeded import changed, seed_claim, span_of

TEXT = "X knockdown prevented the downregulation of E-cadherin in 3 cells."
NAMES = [each.name for group in read_seeds().claims for each in group.claims]


def e_cadherin(direction: str, mention: str, predicate: str = "prevents") -> dict[str, object]:
    sha = sha256_of(TEXT)
    return {
        "text_sha256": sha,
        "agent": {"mention": span_of(TEXT, "X")},
        "perturbation": {
            "type": "knockdown",
            "direction": "-",
            "trigger": span_of(TEXT, "knockdown"),
        },
        "predicate": {"type": predicate, "trigger": span_of(TEXT, "prevented")},
        "outcome": {"mention": span_of(TEXT, mention), "direction": direction},
        "evidence": {"type": "loss_of_function"},
        "epistemic": "demonstrated",
        "quotes": [{**span_of(TEXT, TEXT[:54]), "sha256": sha}],
        "context": [],
    }


def test_prevented_downregulation_is_up() -> None:
    claim = changed(seed_claim("C5"), **e_cadherin("up", "downregulation of E-cadherin"))
    assert verify(claim, TEXT).quotes[0].verified is True


@pytest.mark.parametrize("direction", ["up", "none"])
def test_a_direction_that_no_word_explains_is_refused(direction: str) -> None:
    claim = changed(seed_claim("C5"), **e_cadherin(direction, "E-cadherin"))
    with pytest.raises(BadInput) as caught:
        verify(claim, TEXT)
    assert caught.value.errors[0].pointer == "/outcome/direction"


@pytest.mark.parametrize("name", NAMES)
def test_the_seed_is_consistent(name: str) -> None:
    assert list(disagreements(seed_claim(name))) == []


@pytest.mark.parametrize(
    ("name", "changes", "pointer"),
    [
        ("C5", {"outcome__direction": "up"}, "/outcome/direction"),
        ("C4", {"outcome__direction": "down"}, "/outcome/direction"),
        ("T1", {"outcome__direction": "none"}, "/outcome/direction"),
        ("B1", {"outcome__direction": "up"}, "/outcome/direction"),
        ("C5", {"predicate__type": "no_effect"}, "/outcome/direction"),
        ("C5", {"timing": "before"}, "/outcome/aspect"),
        ("C3", {"timing": "after"}, "/outcome/aspect"),
        ("C5", {"strength": "partial"}, "/evidence/supports"),
    ],
)
def test_contradictions_are_named(name: str, changes: dict[str, object], pointer: str) -> None:
    found = list(disagreements(changed(seed_claim(name), **changes)))
    assert [each.pointer for each in found] == [pointer]


def test_a_denied_change_needs_no_direction() -> None:
    denied = changed(seed_claim("C5"), negated=True, outcome__direction="none")
    assert list(disagreements(denied)) == []


@pytest.fixture
def text() -> str:
    from app.model.article import text_of

    return text_of(read_seeds().articles[0].record.citation)


def test_a_span_that_is_elsewhere_names_slot_and_what_stands_there(text: str) -> None:
    claim = seed_claim("C5")
    shifted = {"start": 979, "end": 982, "text": "EMT"}
    with pytest.raises(QuoteMismatch, match=r"/outcome/mention.*'MT,'") as caught:
        verify(changed(claim, outcome__mention=shifted), text)
    assert [each.pointer for each in caught.value.errors] == ["/outcome/mention"]


def test_an_offset_out_of_range_is_named(text: str) -> None:
    quote = {"start": 10_000, "end": 10_003, "text": "EMT"}
    with pytest.raises(QuoteMismatch, match=r"/quotes/0: .*out of range.*1517"):
        verify(changed(seed_claim("C5"), quotes=[quote]), text)


def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="not of the article's text"):
        verify(seed_claim("C5"), text + " ")


def test_a_malformed_curie_is_named(text: str) -> None:
    broken = changed(seed_claim("C5"), outcome__groundings=[{"id": "go:0001837", "name": "EMT"}])
    with pytest.raises(BadInput, match="written GO:0001837") as caught:
        verify(broken, text)
    assert caught.value.errors[0].pointer == "/outcome/groundings/0/id"


def test_words_without_a_place_are_refused(text: str) -> None:
    body = changed(seed_claim("C5"))
    loose = [*body.model_dump(mode="json")["quotes"], {"text": "EMT"}]
    with pytest.raises(BadInput, match="needs its offsets"):
        verify(changed(body, quotes=loose), text)
