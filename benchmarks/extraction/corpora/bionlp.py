"""Cancer Genetics and Pathway Curation events of the BioNLP shared task 2013, as signed pairs.

A ``Positive_regulation``, ``Negative_regulation`` or ``Regulation`` with a ``Cause`` and a
``Theme`` is a claim. Nested events carry sign: in "knockdown of A reduced the loss of B" the inner
regulations turn it. The sign is that of the cause's entity on the theme's entity or process.

Limits. Events have no perturbation, aspect or place in the argument, so nothing beyond sign and
negation is scored; speculation is read as *hypothesis*, although the corpora also mark mere hedges.
A presupposed event ("TGF-beta-induced EMT was blocked by A") is a gold claim there and none here:
it is neither demanded nor counted wrong. Degradation and regulation without a direction have no
sign to compare. A claim is judged only where both its ends meet a gold entity or process. Of CG
the training part is read and of PC the training part.
"""

from benchmarks.extraction.abstracts import data_dir
from benchmarks.extraction.corpora.split import is_unseen
from benchmarks.extraction.corpora.standoff import Event, Standoff, parse
from benchmarks.extraction.units import Entity, Labels, Said, Spans, Unit

KINDS = ("gene", "process", "chemical", "disease", "cell")
_KIND = {
    "Gene_or_gene_product": "gene",
    "Complex": "gene",
    "Simple_chemical": "chemical",
    "Cancer": "disease",
    "Cell": "cell",
    "Organism": "organism",
    "Organ": "anatomy",
    "Tissue": "anatomy",
    "Multi-tissue_structure": "anatomy",
}
_PROCESSES = frozenset(
    "Blood_vessel_development Metastasis Development Cell_proliferation Cell_death Death Growth "
    "Cell_transformation Carcinogenesis Cell_differentiation Glycolysis Cell_division Pathway "
    "Infection Reproduction Remodeling Metabolism".split()
)
_SIGN = {
    "Positive_regulation": 1,
    "Activation": 1,
    "Negative_regulation": -1,
    "Inactivation": -1,
    "Regulation": 0,
}
_REGULATIONS = ("Positive_regulation", "Negative_regulation", "Regulation")
_NO_SIGN = frozenset({"Breakdown", "Catabolism", "Degradation", "Amino_acid_catabolism"})
_NOT_A_CHANGE = frozenset({"Mutation", "Binding", "Dissociation", "Conversion", "Infection"})
End = tuple[Spans, int | None]
"""An end of a claim: its spans, and +1 or -1 for its change; 0 is unsigned, None not stated."""


def load_cg(unseen: bool) -> list[Unit]:
    """Return the Cancer Genetics abstracts."""
    return _load("cg", "bionlp-cg-train", unseen)


def load_pc(unseen: bool) -> list[Unit]:
    """Return the Pathway Curation abstracts."""
    return _load("pc", "bionlp-pc-train", unseen)


def _load(name: str, folder: str, unseen: bool) -> list[Unit]:
    files = sorted((data_dir() / "extraction" / folder).glob("PMID-*.txt"))
    return [
        unit(path.stem.removeprefix("PMID-"), parse(path))
        for path in files
        if is_unseen(name, path.stem) is unseen
    ]


def unit(pmid: str, found: Standoff) -> Unit:
    """Return one annotated abstract as a unit with its claims and entities."""
    return Unit(
        id=pmid,
        document=pmid,
        text=found.text,
        title_end=len(found.text.partition("\n")[0].rstrip()),
        golds=tuple(claims(found)),
        entities=tuple(_entities(found)),
        closed=True,
    )


def _entities(found: Standoff) -> list[Entity]:
    named = [
        Entity(found.bound[key].span, _KIND[found.bound[key].type])
        for key in found.entities
        if found.bound[key].type in _KIND
    ]
    triggers = {e.trigger for e in found.events.values() if e.type in _PROCESSES}
    return named + [Entity(found.bound[key].span, "process") for key in sorted(triggers)]


def claims(found: Standoff) -> list[Said]:
    """Return the regulations of an abstract that have a cause and a theme."""
    nested = {target for e in found.events.values() for _, target in e.arguments}
    made = []
    for key, event in found.events.items():
        if event.type not in _REGULATIONS:
            continue
        for cause in event.filled("Cause"):
            for theme in event.filled("Theme"):
                agent, outcome = _end(found, cause), _end(found, theme)
                if agent and outcome:
                    made.append(_claim(found, key, event, agent, outcome, key in nested))
    return made


def _claim(
    found: Standoff, key: str, event: Event, agent: End, outcome: End, presupposed: bool
) -> Said:
    null = key in found.negated
    factors = (agent[1], outcome[1], _SIGN[event.type])
    sign = None if None in factors else _mark(factors)
    return Said(
        agent=agent[0],
        outcome=outcome[0],
        sign="0" if null else sign,
        null=null,
        unsigned=not null and sign == "0",
        labels=Labels(epistemic="hypothesis" if key in found.speculated else "unstated"),
        doubtful=presupposed,
    )


def _mark(factors: tuple[int | None, ...]) -> str:
    product = 1
    for factor in factors:
        product *= factor or 0
    return {1: "+", -1: "-", 0: "0"}[product]


def _end(found: Standoff, key: str, depth: int = 0) -> End | None:
    """Return what fills an argument: an entity, a process, or what a nested event changes."""
    if key in found.bound:
        return (found.bound[key].span,), 1
    event = found.events.get(key)
    if event is None or depth > 6:
        return None
    trigger = found.bound[event.trigger].span
    if event.type in _PROCESSES:
        return (trigger,), 1
    themes = event.filled("Instrument") or event.filled("Theme") or event.filled("Product")
    inner = _end(found, themes[0], depth + 1) if themes else None
    if inner is None:
        return None
    spans, factor = inner
    if event.type in _SIGN:
        return spans, None if factor is None else factor * _SIGN[event.type]
    if event.type == "Planned_process" and not event.filled("Instrument"):
        return spans, None
    if event.type in _NO_SIGN | _NOT_A_CHANGE:
        return (*spans, trigger), None
    return (*spans, trigger), factor
