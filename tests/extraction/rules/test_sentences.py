"""Where sentences end, what is a label, and that offsets stay true."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extraction.rules.sentences import SentenceSpan, sentences


def cut(text: str, title_end: int = 0) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text, title_end)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("X acts. Y does not.", ["X acts.", "Y does not."]),
        ("X acts (Fig. 2). Then Y.", ["X acts (Fig. 2).", "Then Y."]),
        ("Shown by Smith et al. In mice it fails.", ["Shown by Smith et al. In mice it fails."]),
        ("E. coli grew, e.g. In broth.", ["E. coli grew, e.g. In broth."]),
        ("It rose 2.5 fold. 10 mice died.", ["It rose 2.5 fold.", "10 mice died."]),
        ('Is it? Yes! "Quoted." Next.', ["Is it?", "Yes!", '"Quoted."', "Next."]),
        ("it rose. and fell.", ["it rose. and fell."]),
        ("One\nTwo", ["One", "Two"]),
        ("", []),
        (" \n ", []),
        ("no stop at all", ["no stop at all"]),
    ],
)
def test_a_text_is_cut_where_sentences_end(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_section_label_is_no_part_of_its_sentence() -> None:
    text = "BACKGROUND: X is known. RESULTS: Y rose. It fell."
    found = list(sentences(text, 0))
    assert [text[s.start : s.end] for s in found] == ["X is known.", "Y rose.", "It fell."]
    assert [s.label for s in found] == ["background", "results", "results"]


def test_a_title_has_no_label_and_a_count_of_its_own() -> None:
    text = "RNA: a title\nFirst. Second."
    found = list(sentences(text, text.index("\n")))
    assert [(s.title, s.label, s.number) for s in found] == [
        (True, "", 0),
        (False, "", 0),
        (False, "", 1),
    ]


@given(
    st.text(alphabet=st.sampled_from("aA .!?()\"'\n1α:é\u202e🧬") | st.characters(), max_size=200)
)
def test_spans_are_in_order_apart_and_not_blank(text: str) -> None:
    found: list[SentenceSpan] = list(sentences(text, len(text) // 3))
    for span in found:
        assert text[span.start : span.end].strip() == text[span.start : span.end] != ""
    assert all(a.end <= b.start for a, b in pairwise(found))
    kept = "".join(text[s.start : s.end] for s in found if not s.label)
    assert len(kept) <= len(text)
