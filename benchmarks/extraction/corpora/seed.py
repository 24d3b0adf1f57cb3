"""The seed: every claim of one abstract, curated with all slots, in ``seeds``.

All 18 claims are wanted in full, with exact spans, and any other claim is wrong. It was read while
the rules were written, so it measures what must not be lost and nothing about other texts.
"""

import orjson

from app.model.article import Record, text_of
from app.model.claim import Claim
from benchmarks.extraction.abstracts import ROOT
from benchmarks.extraction.units import Unit, said

PMID = "15314694"


def load(unseen: bool) -> list[Unit]:
    """Return the seed abstract as one unit; it has no unseen part."""
    if unseen:
        return []
    held = orjson.loads((ROOT / "seeds" / "articles" / f"{PMID}.json").read_bytes())
    citation = Record.model_validate(held["record"]).citation
    curated = orjson.loads((ROOT / "seeds" / "claims" / f"{PMID}.json").read_bytes())
    golds = tuple(said(Claim.model_validate(entry["claim"])) for entry in curated["claims"])
    text = text_of(citation)
    title_end = text.index("\n")
    return [Unit(id=PMID, document=PMID, text=text, title_end=title_end, golds=golds)]
