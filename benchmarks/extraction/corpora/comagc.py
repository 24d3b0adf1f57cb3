"""CoMAGC: sentences on a gene and a cancer, with what a change of the gene does to the cells.

Where the authors say that the change causes it (``PT`` = causality), the pair gene -> cancer has a
sign: the change of expression times the change of the cells' state. Where they merely observe both
(``observation``) the pair is unsigned, and to read a sign from it is wrong.

Limits. The outcome is taken for the cancer term itself, while the sentence often names invasion or
growth, and a claim on those stays unjudged; other claims of the sentence are not annotated. The
change of state names no aspect. No licence stands beside the corpus, so only figures are kept.
"""

from collections import defaultdict

from lxml import etree

from benchmarks.extraction.abstracts import data_dir
from benchmarks.extraction.corpora.split import is_unseen
from benchmarks.extraction.units import Pair, Said, Unit

_SIGN = {
    ("increased", "normalTOcancer"): "+",
    ("decreased", "cancerTOnormal"): "+",
    ("increased", "cancerTOnormal"): "-",
    ("decreased", "normalTOcancer"): "-",
}


def load(unseen: bool) -> list[Unit]:
    """Return the sentences, each once with all its genes."""
    path = data_dir() / "extraction" / "comagc" / "CoMAGC.xml"
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.parse(path, parser).getroot()
    golds: defaultdict[tuple[str, str], list[Said]] = defaultdict(list)
    for node in root.findall("annotation_unit"):
        sentence = node.find("sentence")
        if sentence is not None and sentence.text:
            key = sentence.get("pmid", ""), sentence.text
            golds[key].append(_said(node))
    return [
        Unit(
            id=f"{place}:{number}",
            document=place.partition(".")[0],
            text=text,
            golds=tuple(dict.fromkeys(found)),
            exhaustive=False,
            repeats=True,
        )
        for number, ((place, text), found) in enumerate(golds.items())
        if is_unseen("comagc", place.partition(".")[0]) is unseen
    ]


def _said(node: etree._Element) -> Said:
    causal = _value(node, "PT") == "causality"
    sign = _SIGN.get((_value(node, "CGE"), _value(node, "CCS"))) if causal else "0"
    return Said(
        agent=tuple(_span(item) for item in node.findall("gene")),
        outcome=tuple(_span(item) for item in node.findall("cancer_term")),
        sign=sign,
        unsigned=not causal,
    )


def _value(node: etree._Element, name: str) -> str:
    found = node.find(f"annotation/{name}")
    return "" if found is None else found.get("value", "")


def _span(item: etree._Element) -> Pair:
    first, last = item.get("range", "").split("-")
    return int(first), int(last) + 1
