"""The reader as a whole: any text, true offsets, claims that verify, linear work, determinism."""

import gzip
import itertools
import json
import re
from pathlib import Path
from typing import Final
from zlib import crc32

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.curation.validation import verify
from app.extraction.rules import RulesReader, reader
from app.extraction.rules.sentences import MAX_LENGTH
from app.extraction.rules.tokens import Sentence
from app.grounding import Grounder
from app.model.reading import Candidate, Document, TextMention
from app.model.text import Grounding, Span
from app.model.vocabulary import Category
from tests.extraction.marked import marked
from tools.reference.extraction import rules

READER: Final = RulesReader()
SLOW: Final = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
PIECES: Final = (
    "inhibits", "induces", "was", "reduced", "by", "loss of", "and", "or", "the", "in", "not",
    "knockdown", "-induced", "-/-", "-deficient", "mice", "cells", "lacking", "required for",
    "inhibitor of", "anti-", "(", ")", "[", ".", ",", ";", "/", "-", "which", "effect on", "no",
    "increased", "activity", "we show that", "may", "\u202eabc", "שלום", "🧬", "e\u0301", "İ", "ß",
    "<i>x</i>", "$\\alpha$", "\u00a0", "\n", "\t", "RESULTS:", "S32A/S36A", "combined", "role in",
    "without", "to", "is", "expression", "decrease", "\x00", "%", "2-fold",
)  # fmt: skip
EXAMPLES: Final = [example.text for rule in rules() for example in rule.examples]
WORDS: Final = re.compile(r"(?:\{[^}]*\}|\S)+")
NAMES: Final = ("SNAI1", "IkappaBalpha", "EMT", "TGF-β", "a b c", "U0126", "İL6", "p53")


@st.composite
def mutated(draw: st.DrawFn) -> Document:
    """Return examples of the rules with words left out, put in, or said twice."""
    said: list[str] = []
    for example in draw(st.lists(st.sampled_from(EXAMPLES), min_size=1, max_size=3)):
        for word in WORDS.findall(example):
            kept = draw(st.integers(0, 11))
            if kept:
                said.append(word)
            if kept == 1:
                said.append(draw(st.sampled_from(PIECES)))
    document = marked(" ".join(said))
    mentions = [each.model_copy(update={"groundings": _curies(each)}) for each in document.mentions]
    return document.model_copy(update={"mentions": tuple(mentions)})


def _curies(mention: TextMention) -> tuple[Grounding, ...]:
    name = mention.mention.text
    return (Grounding(id=f"HGNC:{1 + crc32(name.encode()) % 40_000}", name=name),)


@st.composite
def anything(draw: st.DrawFn) -> Document:
    """Return a text of words of the grammar, names and anything else, with some mentions."""
    text = ""
    mentions: list[TextMention] = []
    parts = st.sampled_from(PIECES) | st.sampled_from(NAMES) | st.text(max_size=6)
    for part in draw(st.lists(parts, max_size=40)):
        text += draw(st.sampled_from(("", " ", " ", " ")))
        if part in NAMES and draw(st.booleans()):
            mentions.append(
                TextMention(
                    mention=Span(start=len(text), end=len(text) + len(part), text=part),
                    groundings=(Grounding(id=f"HGNC:{len(part)}", name=part),),
                    category=draw(st.sampled_from(Category)),
                    abbreviation=draw(st.booleans()),
                )
            )
        text += part
    title_end = draw(st.integers(0, len(text)))
    return Document(text=text, title_end=title_end, mentions=tuple(mentions))


@SLOW
@given(mutated() | anything())
def test_any_text_is_read_and_every_claim_verifies(document: Document) -> None:
    for candidate in READER.read(document):
        assert verify(candidate.claim, document.text).quotes == candidate.claim.quotes
        assert candidate.extraction.rule


def test_the_drawn_texts_have_claims() -> None:
    """What the laws above hold of is not nothing."""
    fired: set[str] = set()

    @settings(max_examples=300, deadline=None, database=None, derandomize=True)
    @given(mutated() | anything())
    def collect(document: Document) -> None:
        fired.update(candidate.extraction.rule for candidate in READER.read(document))

    collect()
    assert len(fired) > 5


@SLOW
@given(mutated() | anything())
def test_the_same_document_gives_the_same_candidates(document: Document) -> None:
    assert READER.read(document) == RulesReader().read(document)


@pytest.fixture(scope="module")
def abstracts(shared_dir: Path) -> list[Document]:
    """Return real abstracts with their mentions, drawn evenly from the development data."""
    with gzip.open(shared_dir / "data" / "abstracts" / "abstracts.jsonl.gz", "rt") as lines:
        records = [json.loads(line) for line in itertools.islice(lines, 0, 12_000, 100)]
    found = []
    for record in records:
        title = record["title"] or ""
        text = f"{title}\n{record['abstract'] or ''}"
        mentions = Grounder.load().mentions(text)
        found.append(Document(text=text, title_end=len(title), mentions=mentions))
    return found


@pytest.fixture(scope="module")
def readings(abstracts: list[Document]) -> list[tuple[Document, tuple[Candidate, ...]]]:
    return [(document, READER.read(document)) for document in abstracts]


def test_every_claim_of_real_abstracts_verifies(
    readings: list[tuple[Document, tuple[Candidate, ...]]],
) -> None:
    assert sum(len(found) for _, found in readings) > 30
    for document, found in readings:
        for candidate in found:
            verify(candidate.claim, document.text)


def test_a_sentence_of_a_megabyte_is_left_unread() -> None:
    document = marked("{SNAI1} induces {p:EMT} " * 1_000 + "and so on " * 100_000)
    assert len(document.text) > 1_000_000
    assert READER.read(document) == ()


def test_a_text_without_full_stops_is_read_up_to_the_bound() -> None:
    short = "{SNAI1} induces {p:EMT} and then " * 4
    assert len(marked(short).text) < MAX_LENGTH
    assert READER.read(marked(short))


def test_many_names_in_one_sentence_are_read_in_bounds() -> None:
    names = ", ".join(f"{{G{number}}}" for number in range(60))
    found = READER.read(marked(f"{names} and {{MYC}} induce {names} and {{p:EMT}}."))
    assert len(found) < 5_000


def test_work_grows_with_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each further sentence costs as much as the first: no part looks at all the mentions again."""
    seen: list[int] = []

    def counted(sentences: list[Sentence]) -> list[Sentence]:
        seen.extend(len(sentence.tokens) + len(sentence.earlier) for sentence in sentences)
        return []

    def work(times: int) -> int:
        seen.clear()
        READER.read(marked("{SNAI1} induces {p:EMT} in {k:HeLa} cells. " * times))
        return sum(seen)

    monkeypatch.setattr(reader, "parse", counted)
    first, second = work(1_000), work(2_000)
    assert second < 2.2 * first


def test_a_cue_stays_true_behind_a_letter_that_grows_in_lower_case() -> None:
    [candidate] = READER.read(marked("İİİ {SNAI1} may promote {p:EMT}."))
    cue = candidate.claim.epistemic_cue
    assert cue is not None
    assert cue.text == "may"
    [candidate] = READER.read(marked("İİİ we hypothesised that {SNAI1} promotes {p:EMT}."))
    cue = candidate.claim.epistemic_cue
    assert cue is not None
    assert cue.text == "hypothesised"


def test_an_antecedent_is_found_in_the_sentence_before() -> None:
    found = READER.read(marked("{NFKB1} was studied. We show that this pathway induces {p:EMT}."))
    assert [c.claim.agent.antecedent.text for c in found if c.claim.agent.antecedent] == ["NFKB1"]


def test_extractions_name_reader_version_and_rule() -> None:
    [candidate] = READER.read(marked("{SNAI1} knockdown reduced {p:EMT}."))
    extraction = candidate.extraction
    assert (extraction.reader, extraction.version) == (READER.name, READER.version)
    assert extraction.rule == "transitive"
