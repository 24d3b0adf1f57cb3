"""Human Brain Pharmacome: BEL edges that curators wrote beside the sentence that they read.

Pairs with sign: ``increases`` and ``decreases`` (and the ``directly`` forms), ``causesNoChange``
(null), ``association`` and the correlations (unsigned, either way round). ``regulates`` says no
sign. ``Degradation`` of either end turns the sign.

Limits. An edge names entities by vocabulary, not by place: it is demanded only where both names
are found in the sentence, by our grounding's name or by the very words; the share of edges that
can be found so is given. Curators wrote what they judged of use and not all that a sentence says,
so a claim without an edge stays unjudged, and precision here is that of the sign of pairs that both
hold. Edges of complexes, reactions and translocations are left out. Sentences come from full text
and often reach over several.
"""

import gzip
import re
from collections import defaultdict
from typing import Any

import orjson

from app.model.reading import Document
from benchmarks.extraction.abstracts import data_dir
from benchmarks.extraction.corpora.split import is_unseen
from benchmarks.extraction.units import TURNED, Named, Said, Spans, Unit

_SIGN: dict[str, str | None] = {
    "increases": "+",
    "directlyIncreases": "+",
    "decreases": "-",
    "directlyDecreases": "-",
    "causesNoChange": "0",
    "regulates": None,
    "association": "0",
    "positiveCorrelation": "0",
    "negativeCorrelation": "0",
}
_TERM = re.compile(r'^\w+\(\w+:("(?:[^"\\]|\\.)*"|[^,()]+)')
_PLAIN = re.compile(r"[^a-z0-9]+")


def load(unseen: bool) -> list[Unit]:
    """Return the evidence sentences with their edges by name."""
    edges: defaultdict[tuple[str, str], dict[Named, None]] = defaultdict(dict)
    path = data_dir() / "extraction" / "hbp-knowledge" / "edges_with_evidence.jsonl.gz"
    with gzip.open(path) as lines:
        for line in lines:
            edge = orjson.loads(line)
            named = claim(edge)
            if named and is_unseen("hbp", edge["pmid"]) is unseen:
                edges[edge["pmid"], edge["evidence"]][named] = None
    return [
        Unit(
            id=f"{pmid}:{number}",
            document=pmid,
            text=text,
            exhaustive=False,
            repeats=True,
            names=tuple(found),
        )
        for number, ((pmid, text), found) in enumerate(edges.items())
    ]


def claim(edge: dict[str, Any]) -> Named | None:
    """Return an edge as a claim by names, or None where its kind is left out."""
    relation = edge["relation"]
    ends = [_name(edge["subject"]), _name(edge["object"])]
    changes = [(edge[f"{end}_mod"] or {}).get("modifier") for end in ("subject", "object")]
    if relation not in _SIGN or "Translocation" in changes or not all(ends) or ends[0] == ends[1]:
        return None
    sign = _SIGN[relation]
    if sign is not None and changes.count("Degradation") == 1:
        sign = TURNED[sign]
    null = relation == "causesNoChange"
    said = Said((), (), sign, null=null, unsigned=not null and sign == "0")
    return Named((ends[0] or "",), (ends[1] or "",), said)


def _name(term: str) -> str | None:
    found = _TERM.match(term)
    return found.group(1).strip('"').replace('\\"', '"') if found else None


def plain(name: str) -> str:
    """Return a name in small letters and digits only."""
    return _PLAIN.sub("", name.lower())


def locate(unit: Unit, document: Document) -> Unit:
    """Return the unit with those gold claims whose two names are found in its text."""
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for mention in document.mentions:
        names = {mention.mention.text, *(grounding.name for grounding in mention.groundings[:1])}
        for name in names:
            places[plain(name)].append((mention.start, mention.end))

    def spans(names: tuple[str, ...]) -> Spans:
        by_name = [span for name in names for span in places[plain(name)]]
        by_words = [span for name in names for span in _words(unit.text, name)]
        return tuple(dict.fromkeys((*by_name, *by_words)))

    golds = [
        Said(
            agent,
            outcome,
            named.said.sign,
            null=named.said.null,
            unsigned=named.said.unsigned,
            directed=not named.said.unsigned,
        )
        for named in unit.names
        if (agent := spans(named.agent)) and (outcome := spans(named.outcome))
    ]
    return unit.with_golds(tuple(golds))


def _words(text: str, name: str) -> Spans:
    pattern = rf"(?<![^\W_]){re.escape(name)}s?(?![^\W_])"
    return tuple(found.span() for found in re.finditer(pattern, text, re.IGNORECASE))
