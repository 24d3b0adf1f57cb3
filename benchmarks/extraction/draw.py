"""Draw the sentences that are annotated: one from each of 1,560 abstracts, at random.

    python -m benchmarks.extraction.draw FOLDER

writes ``dev.jsonl`` (210 sentences), ``former.jsonl`` (210, held out for version 2 of the rules,
opened since, development now), ``latter.jsonl`` (300, the same for version 3) and ``heldout.jsonl``
(200), which two annotate, and ``more.jsonl`` (640, for development, which one annotates) with their
texts, for annotators to work on outside of the repository. The seed is fixed and sentences are
drawn one after the other, so the same data give the same sentences, however many more are drawn.
Only sentences with a word of effect are drawn, between 40 and 450 characters long; they may still
bear no claim, which is for the annotators to say.
"""

import argparse
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import orjson

from app.model.text import sha256_of
from benchmarks.extraction.abstracts import drawable, text_of
from benchmarks.extraction.units import Pair

SEED = 20261124
PARTS = {
    "dev": slice(0, 210),
    "former": slice(210, 420),
    "more": slice(420, 1060),
    "latter": slice(1060, 1360),
    "heldout": slice(1360, 1560),
}
SENTENCES = 1560
STEMS = (
    "inhibit block suppress prevent revers abolish abrogat attenuat reduc decreas impair induc "
    "promot increas enhanc stimulat activat upregulat up-regulat downregulat down-regulat requir "
    "essential necessary sufficient dispensab mediat regulat silenc knock overexpress "
    "over-express deficien deplet rescu restor transactivat repress augment diminish potentiat "
    "trigger caus contribut fail"
).split()
PHRASES = (
    "led to", "lead to", "leads to", "result in", "resulted in", "results in", "no effect",
    "did not affect",
)  # fmt: skip
CUE = re.compile(rf"\b(?:{'|'.join(map(re.escape, (*STEMS, *PHRASES)))})", re.IGNORECASE)
_STOP = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9(\[])")


def sentences(text: str, title_end: int) -> Iterator[Pair]:
    """Yield the title and each sentence of the abstract; a stop before a short piece is no end."""
    yield 0, title_end
    start = title_end + 1
    for stop in _STOP.finditer(text, title_end + 1):
        if stop.start() - start > 30:
            yield start, stop.start()
            start = stop.end()
    yield start, len(text)


def bears_cue(sentence: str) -> bool:
    """Tell whether a sentence may be drawn: of fair length and with a word of effect."""
    return 40 < len(sentence) < 450 and CUE.search(sentence) is not None


def draw() -> list[dict[str, object]]:
    """Return the drawn sentences with their abstracts, in the order of drawing."""
    pool = drawable()
    chance = random.Random(SEED)  # noqa: S311
    chance.shuffle(pool)
    drawn: list[dict[str, object]] = []
    for record in pool:
        text, title_end = text_of(record)
        fit = [span for span in sentences(text, title_end) if bears_cue(text[slice(*span)])]
        if not fit:
            continue
        start, end = chance.choice(fit)
        place = {"n": len(drawn), "pmid": record["pmid"], "sha256": sha256_of(text)}
        words = {"start": start, "end": end, "sentence": text[start:end], "text": text}
        drawn.append({**place, **words})
        if len(drawn) == SENTENCES:
            break
    return drawn


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    drawn = draw()
    for name, part in PARTS.items():
        rows = drawn[part]
        lines = b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows)
        (folder / f"{name}.jsonl").write_bytes(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
