"""Entities found in public corpora: ``python -m benchmarks.extraction.entities``.

BioRED's development set is the one that is aimed at; its training set and the Cancer Genetics
corpus (CG) are for developing. A mention counts as found when it overlaps one of the corpus of the
same class, and exactly when it has the same span.

Limits of the mapping: CG annotates processes only where an event is told, and by their trigger
words; of what is found, only terms under the roots below are held against it. Genes are compared
by NCBI Gene id only where the corpus gives the id of a human gene.
"""

import os
import resource
import sys
import time
from argparse import ArgumentParser
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from app.grounding import Grounder
from app.model.reading import TextMention
from app.model.vocabulary import Category

SHARED = Path(os.environ.get("EVIPATH_SHARED") or Path(__file__).resolve().parents[3] / "shared")
CORPORA = SHARED / "data" / "extraction"

GENES = {
    Category.GENE, Category.PROTEIN, Category.GENE_FAMILY, Category.MACROMOLECULAR_COMPLEX,
}  # fmt: skip
CHEMICALS = {Category.CHEMICAL_ENTITY, Category.SMALL_MOLECULE}
DISEASES = {Category.DISEASE, Category.PHENOTYPIC_FEATURE}

BIORED = {
    "GeneOrGeneProduct": "gene",
    "DiseaseOrPhenotypicFeature": "disease",
    "ChemicalEntity": "chemical",
}
CG_PROCESSES = {
    "Cell_proliferation", "Metastasis", "Cell_death", "Blood_vessel_development",
    "Carcinogenesis", "Cell_transformation", "Cell_differentiation", "Cell_division",
    "Growth", "Glycolysis",
}  # fmt: skip
ROOTS = {
    "GO:0008283", "MESH:D009362", "GO:0008219", "GO:0001525", "GO:0001944", "MESH:D063646",
    "MESH:D002471", "GO:0030154", "GO:0051301", "GO:0006096", "GO:0016049", "GO:0040007",
    "MESH:D018919", "MESH:D049109", "EVIPATH:tumor-growth", "GO:0012501", "MESH:D002470",
    "MESH:D016923", "MESH:D009389", "GO:0001568", "GO:0070265",
}  # fmt: skip


@dataclass
class Tally:
    """How many spans were wanted and given, and how many of each were right."""

    gold: int = 0
    given: int = 0
    found: int = 0
    right: int = 0
    exact: int = 0

    def add(self, gold: list[tuple[int, int]], given: list[tuple[int, int]]) -> None:
        """Count one document's spans."""
        self.gold += len(gold)
        self.given += len(given)
        self.found += sum(any(_overlap(one, other) for other in given) for one in gold)
        self.right += sum(any(_overlap(one, other) for other in gold) for one in given)
        self.exact += len(set(gold) & set(given))

    def row(self) -> str:
        """Return the counts with precision, recall and F, by overlap and exact."""
        overlap = _prf(self.right, self.given, self.found, self.gold)
        exact = _prf(self.exact, self.given, self.exact, self.gold)
        return f"{self.gold:6} {self.given:6}  {overlap}   {exact}"


@dataclass
class Document:
    """A text and the spans that its corpus marks, by class; ids of genes where it gives them."""

    name: str
    text: str
    spans: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    genes: dict[tuple[int, int], set[str]] = field(default_factory=dict)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _prf(right: int, given: int, found: int, gold: int) -> str:
    precision, recall = right / max(given, 1), found / max(gold, 1)
    f = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"{precision:.3f} {recall:.3f} {f:.3f}"


def biored(part: str) -> Iterator[Document]:
    """Yield the documents of ``Train`` or ``Dev``."""
    blocks = (CORPORA / "biored" / f"{part}.PubTator").read_text(encoding="utf-8").split("\n\n")
    for block in filter(str.strip, blocks):
        lines = block.strip("\n").split("\n")
        title, abstract = (line.split("|", 2)[2] for line in lines[:2])
        document = Document(lines[0].split("|", 1)[0], f"{title}\n{abstract}")
        for line in lines[2:]:
            cells = line.split("\t")
            if len(cells) >= 6 and cells[1].isdigit() and cells[4] in BIORED:
                span = (int(cells[1]), int(cells[2]))
                document.spans[BIORED[cells[4]]].append(span)
                if cells[4] == "GeneOrGeneProduct":
                    document.genes[span] = set(cells[5].replace(",", ";").split(";"))
        yield document


def cancer_genetics(part: int | None = None) -> Iterator[Document]:
    """Yield the documents of the Cancer Genetics corpus; with a part, every second one."""
    files = sorted((CORPORA / "bionlp-cg-train").glob("PMID-*.txt"))
    for number, file in enumerate(files):
        if part is not None and number % 2 != part:
            continue
        document = Document(file.stem, file.read_text(encoding="utf-8"))
        for suffix, wanted in ((".a1", {"Gene_or_gene_product"}), (".a2", CG_PROCESSES)):
            for line in file.with_suffix(suffix).read_text(encoding="utf-8").splitlines():
                if line.startswith("T"):
                    kind, start, end = line.split("\t")[1].split(" ")[:3]
                    if kind in wanted:
                        name = "gene" if suffix == ".a1" else "process"
                        document.spans[name].append((int(start), int(end)))
        yield document


@cache
def _under_roots(curie: str) -> bool:
    seen, frontier = {curie}, [curie]
    lexicon = Grounder.load().lexicon
    while frontier:
        above = {each.object for each in lexicon.relations(frontier) if each.type == "is_a"}
        frontier = sorted(above - seen)
        seen |= above
    return bool(seen & ROOTS)


def classes_of(mention: TextMention) -> str | None:
    """Return the class of the corpora that a mention falls into."""
    if mention.category in GENES:
        return "gene"
    if mention.category in CHEMICALS:
        return "chemical"
    return "disease" if mention.category in DISEASES else None


def processes_of(mention: TextMention) -> str | None:
    """Return the class in CG: its processes are terms under the roots."""
    if mention.category in GENES:
        return "gene"
    return "process" if _under_roots(mention.groundings[0].id) else None


def measure(
    documents: Iterable[Document],
    classify: Callable[[TextMention], str | None],
    misses: Counter[str] | None = None,
    extras: Counter[str] | None = None,
) -> tuple[dict[str, Tally], Tally]:
    """Return a tally by class, and one of gene ids (right = the best grounding is the gene)."""
    grounder = Grounder.load()
    tallies: dict[str, Tally] = defaultdict(Tally)
    ids = Tally()
    for document in documents:
        given: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for mention in grounder.mentions(document.text):
            if (name := classify(mention)) is not None:
                given[name].append((mention.start, mention.end))
            for span, wanted in document.genes.items():
                if _overlap(span, (mention.start, mention.end)):
                    _compare_ids(grounder, ids, mention, wanted)
        for name in {*document.spans, *given}:
            gold = document.spans[name]
            tallies[name].add(gold, given[name])
            _note(misses, document.text, name, gold, given[name])
            _note(extras, document.text, name, given[name], gold)
    return tallies, ids


def _compare_ids(grounder: Grounder, ids: Tally, mention: TextMention, wanted: set[str]) -> None:
    human = {f"NCBIGene:{each}" for each in wanted} & _human_genes()
    if not human or mention.category not in GENES:
        return
    best = [
        set(entity.xrefs)
        for grounding in mention.groundings
        if (entity := grounder.entity(grounding.id))
    ]
    ids.gold += 1
    ids.given += mention.category is Category.GENE
    ids.right += bool(best and best[0] & human)
    ids.found += any(xrefs & human for xrefs in best)


@cache
def _human_genes() -> frozenset[str]:
    lexicon = Grounder.load().lexicon
    return frozenset(
        xref
        for number in range(len(lexicon))
        if lexicon.curie(number).startswith("HGNC:")
        and (one := lexicon.entity(lexicon.curie(number)))
        for xref in one.xrefs
        if xref.startswith("NCBIGene:")
    )


def _note(
    counter: Counter[str] | None,
    text: str,
    name: str,
    these: list[tuple[int, int]],
    those: list[tuple[int, int]],
) -> None:
    if counter is not None:
        for span in these:
            if not any(_overlap(span, other) for other in those):
                counter[f"{name}: {text[span[0] : span[1]]}"] += 1


def main() -> int:
    """Print the tables."""
    parser = ArgumentParser(prog="python -m benchmarks.extraction.entities")
    parser.add_argument("--errors", type=int, default=0, help="list so many misses and extras")
    parser.add_argument("--dev", action="store_true", help="also list those of BioRED dev")
    asked = parser.parse_args()
    if not CORPORA.is_dir():
        print(f"no corpora at {CORPORA}: set EVIPATH_SHARED")
        return 1
    print(f"grounder {Grounder.load().version}")
    print(f"{'':24} {'gold':>6} {'given':>6}  {'overlap P R F':17}   exact P R F")
    for title, documents, classify in (
        ("BioRED train", biored("Train"), classes_of),
        ("BioRED dev", biored("Dev"), classes_of),
        ("CG train", cancer_genetics(), processes_of),
    ):
        misses: Counter[str] = Counter()
        extras: Counter[str] = Counter()
        tallies, ids = measure(documents, classify, misses, extras)
        for name, tally in sorted(tallies.items()):
            print(f"{title:14} {name:9} {tally.row()}")
        if title == "CG train":
            print(f"{title:14} {'both':9} {_sum(tallies.values()).row()}")
        if ids.gold:
            print(
                f"{title:14} gene ids  {ids.gold:6} {ids.given:6}  first right "
                f"{ids.right / ids.gold:.3f}, among the groundings {ids.found / ids.gold:.3f}"
            )
        if asked.errors and (title != "BioRED dev" or asked.dev):
            print("  missed:", misses.most_common(asked.errors))
            print("  extra: ", extras.most_common(asked.errors))
    _print_speed([document.text for document in biored("Train")])
    return 0


def _print_speed(texts: list[str]) -> None:
    grounder = Grounder.load()
    started = time.process_time()
    found = sum(len(grounder.mentions(text)) for text in texts)
    rate = len(texts) / (time.process_time() - started)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{rate:.0f} abstracts a second, {found / len(texts):.1f} mentions each, {memory:.0f} MB")


def _sum(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for each in tallies:
        total.gold += each.gold
        total.given += each.given
        total.found += each.found
        total.right += each.right
        total.exact += each.exact
    return total


if __name__ == "__main__":
    sys.exit(main())
