"""Our own annotated sentences: one a document, read in the whole abstract, scored in the sentence.

Every level is scored, and a claim that is not annotated is wrong unless it meets a doubtful one.
Limits: single sentences from abstracts that other corpora chose, so heavy with cancer, genetics
and pathways; a claim whose agent and outcome stand in different sentences is not annotated; some
hundred sentences give wide intervals on rare things such as negation. The held-out part is unseen
whole; the former and the latter one were held out for versions 2 and 3 of the rules and are
development now.
"""

from app.model.text import sha256_of
from benchmarks.extraction.abstracts import NoData, texts
from benchmarks.extraction.annotations import DATA, Misplaced, SentencePlace, read
from benchmarks.extraction.units import Unit


def load_dev(unseen: bool) -> list[Unit]:
    """Return the development sentences; they have no unseen part."""
    return [] if unseen else _load("dev")


def load_more(unseen: bool) -> list[Unit]:
    """Return further development sentences, which one annotator read."""
    return [] if unseen else _load("more")


def load_former(unseen: bool) -> list[Unit]:
    """Return the sentences held out for version 2 of the rules, opened since, development now."""
    return [] if unseen else _load("former")


def load_latter(unseen: bool) -> list[Unit]:
    """Return the sentences held out for version 3 of the rules, opened since, development now."""
    return [] if unseen else _load("latter")


def load_heldout(unseen: bool) -> list[Unit]:
    """Return the held-out sentences, which are all unseen; none until they are annotated."""
    return _load("heldout") if unseen and _is_annotated("heldout") else []


def _load(part: str) -> list[Unit]:
    return units(annotated(part))


def _is_annotated(part: str) -> bool:
    return (DATA / f"{part}.jsonl").is_file()


def annotated(part: str) -> list[SentencePlace]:
    """Return the annotated sentences of a part; raises :class:`NoData` where there are none."""
    path = DATA / f"{part}.jsonl"
    found = read(path) if path.is_file() else []
    if not found:
        raise NoData(f"the part {part!r} is not annotated yet: {path} is missing or empty")
    return found


def held_out() -> frozenset[str]:
    """Return the PMIDs of the held-out sentences, whose abstracts stand in public corpora, too."""
    found = annotated("heldout") if _is_annotated("heldout") else []
    return frozenset(sentence.pmid for sentence in found)


def units(sentences: list[SentencePlace]) -> list[Unit]:
    """Return annotated sentences with their abstracts.

    Raises :class:`Misplaced` where an abstract is not there or is another text.
    """
    found = texts({sentence.pmid for sentence in sentences})
    made = []
    for sentence in sentences:
        text, title_end = found.get(sentence.pmid, ("", 0))
        if sha256_of(text) != sentence.sha256:
            raise Misplaced(f"PMID:{sentence.pmid}: the abstract is not the annotated text")
        made.append(
            Unit(
                id=f"{sentence.pmid}:{sentence.start}",
                document=sentence.pmid,
                text=text,
                title_end=title_end,
                window=(sentence.start, sentence.end),
                golds=tuple(claim.said() for claim in sentence.claims),
            )
        )
    return made
