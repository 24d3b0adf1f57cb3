"""Read a corpus with a reader and judge what was read."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from app.model.reading import ClaimReader, Document
from benchmarks.extraction.corpora import Corpus
from benchmarks.extraction.readers import Ground
from benchmarks.extraction.scoring import Judged, judge
from benchmarks.extraction.units import Said, Unit, said, with_gold_mentions

MentionSource = Literal["ours", "gold"]


@dataclass(frozen=True, slots=True)
class Run:
    """One corpus as one reader read it, with our mentions or the corpus's own.

    ``crashed`` names the units whose text the reader failed on, with what it raised; they count as
    read with no claims. ``named`` is the number of gold claims that the corpus holds by name,
    found in the text or not.
    """

    corpus: Corpus
    mentions: MentionSource
    unseen: bool
    documents: tuple[tuple[Unit, Document], ...]
    judged: tuple[Judged, ...]
    seconds: float
    named: int
    crashed: tuple[str, ...] = ()


class Bench:
    """A reader and a grounding; texts that several units share are read once."""

    def __init__(self, reader: ClaimReader, ground: Ground) -> None:
        self.reader = reader
        self._ground = ground
        self._crashed: list[str] = []

    def run(self, corpus: Corpus, unseen: bool, mentions: MentionSource = "ours") -> Run:
        """Return the corpus's seen or unseen part, read and judged."""
        units = corpus.load(unseen)
        self._crashed = []
        start = time.perf_counter()
        documents: list[tuple[Unit, Document]] = []
        judged: list[Judged] = []
        read: dict[str, tuple[Document, list[Said]]] = {}
        for unit in units:
            if mentions == "gold" or unit.text not in read:
                document = self._document(unit, mentions)
                read[unit.text] = document, self._read(unit, document)
            document, claims = read[unit.text]
            placed = corpus.locate(unit, document) if corpus.locate else unit
            documents.append((placed, document))
            judged += judge(placed, claims)
        seconds = time.perf_counter() - start
        named = sum(len(unit.names) for unit in units)
        crashed = tuple(self._crashed)
        return Run(
            corpus, mentions, unseen, tuple(documents), tuple(judged), seconds, named, crashed
        )

    def _document(self, unit: Unit, mentions: MentionSource) -> Document:
        if mentions == "gold":
            return with_gold_mentions(unit)
        return self._ground(unit.text, unit.title_end)

    def _read(self, unit: Unit, document: Document) -> list[Said]:
        try:
            candidates = self.reader.read(document)
        except Exception as error:  # noqa: BLE001 - one text must not cost the figures of all
            self._crashed.append(f"{unit.id}: {type(error).__name__}: {error}".splitlines()[0])
            return []
        return [
            said(one.claim, read.rule or read.reader, read.confidence)
            for one in candidates
            for read in [one.extraction]
        ]


def runs(
    bench: Bench, corpora: Iterable[Corpus], unseen: bool, sources: Iterable[MentionSource]
) -> Iterable[Run]:
    """Yield the runs of each corpus that has the asked part and the asked mentions."""
    asked = tuple(sources)
    for corpus in corpora:
        for source in asked:
            if source == "ours" or corpus.has_entities:
                run = bench.run(corpus, unseen, source)
                if run.documents:
                    yield run
