"""The corpora that claims are measured on, each mapped to units with its limits stated."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.model.reading import Document
from benchmarks.extraction.corpora import annotated, bionlp, biored, comagc, hbp, reach, seed
from benchmarks.extraction.units import Unit


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus: how to load its seen or unseen part, and what can be said of it.

    ``kinds`` are the kinds of gold entities for which its mentions are scored. ``locate`` finds
    named gold claims in a grounded text. ``traps`` tells that its gold claims are wrong ones, that
    a reader should not produce.
    """

    name: str
    title: str
    load: Callable[[bool], list[Unit]]
    kinds: tuple[str, ...] = ()
    locate: Callable[[Unit, Document], Unit] | None = None
    traps: bool = False

    @property
    def has_entities(self) -> bool:
        """Whether gold mentions can be handed to the reader in place of our own."""
        return bool(self.kinds)


_ALL = (
    Corpus("seed", "Seed abstract", seed.load),
    Corpus("dev", "Annotated sentences, development", annotated.load_dev),
    Corpus("more", "Annotated sentences, further development", annotated.load_more),
    Corpus("former", "Annotated sentences, formerly held out", annotated.load_former),
    Corpus("latter", "Annotated sentences, held out for version 3", annotated.load_latter),
    Corpus("heldout", "Annotated sentences, held out", annotated.load_heldout),
    Corpus("cg", "Cancer Genetics events", bionlp.load_cg, kinds=bionlp.KINDS),
    Corpus("pc", "Pathway Curation events", bionlp.load_pc, kinds=("gene", "chemical")),
    Corpus("biored", "BioRED relations", biored.load, kinds=("gene", "disease", "chemical")),
    Corpus("hbp", "Human Brain Pharmacome edges", hbp.load, locate=hbp.locate),
    Corpus("comagc", "CoMAGC gene and cancer", comagc.load),
    Corpus("reach-right", "REACH, judged right", reach.load_right),
    Corpus("reach-wrong", "REACH, judged wrong", reach.load_wrong, traps=True),
)
CORPORA: Mapping[str, Corpus] = {corpus.name: corpus for corpus in _ALL}
