"""Gathers the claims that the rules read in the corpora, each with its features, right or wrong."""

from collections.abc import Iterable

from app.extraction.rules.confidence import Features, features_of, group_of
from app.extraction.rules.events import Event
from app.extraction.rules.reader import RulesReader
from app.extraction.rules.tokens import Sentence
from app.model.claim import Claim, Extraction
from benchmarks.extraction.corpora import CORPORA, Corpus
from benchmarks.extraction.corpora.annotated import held_out
from benchmarks.extraction.fitting import OWN, Row
from benchmarks.extraction.readers import Ground
from benchmarks.extraction.run import Bench
from benchmarks.extraction.scoring import Judged, Verdict

PARTS = {
    "dev": OWN,
    "more": OWN,
    "former": OWN,
    "latter": OWN,
    "hbp": "hbp",
    "reach-right": "reach",
    "reach-wrong": "reach",
    "cg": "cg",
    "pc": "pc",
    "biored": "biored",
}
"""The corpora that claims are judged by, and the guide that each follows."""


class Recorder(RulesReader):
    """The rules reader; keeps what confidence rests on, and names its place there as the rule."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[tuple[str, str, Features]] = []

    def _extraction(self, sentence: Sentence, event: Event, claim: Claim) -> Extraction:
        self.kept.append((event.rule, group_of(event.anchor), features_of(sentence, event, claim)))
        place = str(len(self.kept) - 1)
        return super()._extraction(sentence, event, claim).model_copy(update={"rule": place})


def judged_rows(corpus: Corpus, ground: Ground, unseen: bool = False) -> list[Row]:
    """Return the claims that the rules read in a corpus's seen or unseen part, right or wrong."""
    recorder = Recorder()
    run = Bench(recorder, ground).run(corpus, unseen)
    rows = []
    for one in run.judged:
        right = verdict(one, corpus.traps)
        if one.read is not None and right is not None:
            rule, group, features = recorder.kept[int(one.read.rule)]
            source, document = PARTS.get(corpus.name, OWN), one.unit.document
            rows.append(Row(source, corpus.name, document, rule, group, features, right))
    return rows


def verdict(one: Judged, trap: bool = False) -> bool | None:
    """Tell whether a claim that was read is right in pair, sign and negation; None if unjudged.

    A gold claim that says no sign judges none. One that a curator refused (``trap``) is wrong to
    repeat; what else was read of the same pair stays unjudged.
    """
    if one.read is None or one.verdict is Verdict.UNJUDGED:
        return None
    if one.gold is not None and one.gold.sign is None:
        return None
    if trap:
        return False if one.verdict is Verdict.RIGHT else None
    return one.verdict is Verdict.RIGHT


def all_rows(ground: Ground, parts: Iterable[str] = PARTS) -> list[Row]:
    """Return the judged claims of all corpora's seen parts, none of a held-out document."""
    hidden = held_out()
    rows = [row for part in parts for row in judged_rows(CORPORA[part], ground)]
    return [row for row in rows if row.document not in hidden]
