"""BioRED: related pairs of entities in whole abstracts, with the sign of their correlation.

A pair counts as found where any claim of the abstract links mentions of both, either way round;
``Positive_Correlation`` is +, ``Negative_Correlation`` is -, ``Association`` says no sign.

Limits. A relation is stated once for the document, without place or direction, and is no claim:
many rest on a correlation among patients or a variant's carrier, which we never read as an effect,
so recall is low by design. Processes and phenotypes other than diseases are not annotated; a claim
is judged only where both ends meet annotated entities. Relations of other kinds (binding,
co-treatment, comparison, conversion) are neither demanded nor counted wrong. The development part
is always seen; of the training part one document in four is unseen.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.extraction.abstracts import data_dir
from benchmarks.extraction.corpora.split import is_unseen
from benchmarks.extraction.units import Entity, Said, Spans, Unit

_KIND = {
    "GeneOrGeneProduct": "gene",
    "ChemicalEntity": "chemical",
    "DiseaseOrPhenotypicFeature": "disease",
    "OrganismTaxon": "organism",
    "CellLine": "cell",
    "SequenceVariant": "variant",
}
_SIGN = {"Positive_Correlation": "+", "Negative_Correlation": "-", "Association": None}


def load(unseen: bool) -> list[Unit]:
    """Return the abstracts of the development and training parts."""
    folder = data_dir() / "extraction" / "biored"
    seen = [] if unseen else list(units(folder / "Dev.PubTator"))
    train = units(folder / "Train.PubTator")
    return seen + [unit for unit in train if is_unseen("biored", unit.document) is unseen]


def units(path: Path) -> Iterator[Unit]:
    """Yield the documents of a PubTator file."""
    for block in path.read_text("utf-8").split("\n\n"):
        if block.strip():
            yield _unit(block.strip().split("\n"))


def _unit(lines: list[str]) -> Unit:
    pmid, _, title = lines[0].split("|", 2)
    abstract = lines[1].split("|", 2)[2]
    rows = [line.split("\t") for line in lines[2:]]
    entities = [_entity(row) for row in rows if len(row) == 6]
    spans: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for entity in entities:
        for key in entity.id.split(","):
            spans[key].append(entity.span)
    golds = [_said(row[1], spans[row[2]], spans[row[3]]) for row in rows if len(row) == 5]
    return Unit(
        id=pmid,
        document=pmid,
        text=f"{title}\n{abstract}",
        title_end=len(title),
        golds=tuple(gold for gold in golds if gold.agent and gold.outcome),
        entities=tuple(entities),
        closed=True,
        repeats=True,
    )


def _entity(row: list[str]) -> Entity:
    return Entity((int(row[1]), int(row[2])), _KIND.get(row[4], row[4]), row[5])


def _said(relation: str, one: list[tuple[int, int]], other: list[tuple[int, int]]) -> Said:
    spans: tuple[Spans, Spans] = tuple(one), tuple(other)
    doubtful = relation not in _SIGN
    return Said(*spans, sign=_SIGN.get(relation), directed=False, doubtful=doubtful)
