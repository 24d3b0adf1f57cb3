"""Twelve abstracts whose claims are read by eye in docs/quality.md, and what the rules read there.

    python -m benchmarks.extraction.by_eye

prints PMID, offsets, sign and statement of each claim. The abstracts are drawn with a fixed seed
from those without an annotated sentence; what is read changes with the rules, the abstracts do not.
"""

import random
import sys

from app.model.statement import describe
from benchmarks.extraction.abstracts import drawable, text_of
from benchmarks.extraction.draw import draw
from benchmarks.extraction.readers import load_ground, load_reader
from benchmarks.extraction.units import sign_of

SEED = 12
ABSTRACTS = 12
ANNOTATED = 1360
"""So many abstracts had an annotated sentence when the twelve were drawn."""


def chosen() -> list[dict[str, str]]:
    """Return the records of the twelve abstracts, in the order of drawing."""
    known = {row["pmid"] for row in draw()[:ANNOTATED]}
    pool = [record for record in drawable() if record["pmid"] not in known]
    return random.Random(SEED).sample(pool, ABSTRACTS)  # noqa: S311


def main() -> int:
    ground, reader = load_ground(), load_reader()
    print(f"{reader.name} {reader.version}")
    for record in chosen():
        candidates = reader.read(ground(*text_of(record)))
        print(f"PMID:{record['pmid']} claims: {len(candidates)}")
        for claim in (candidate.claim for candidate in candidates):
            spans = "+".join(f"{quote.start}-{quote.end}" for quote in claim.quotes)
            print(f"  {spans}  {sign_of(claim).value}  {describe(claim)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
