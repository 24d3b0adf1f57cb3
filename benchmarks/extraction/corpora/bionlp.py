"""Cancer Genetics and Pathway Curation events of the BioNLP shared task 2013, as signed pairs.

A ``Positive_regulation``, ``Negative_regulation`` or ``Regulation`` with a ``Cause`` and a
``Theme`` is a claim. Nested events carry sign: in "knockdown of A reduced the loss of B" the inner
regulations turn it. The sign is that of the cause's entity on the theme's entity or process.

Limits. Events have no perturbation, aspect or place in the argument, so nothing beyond sign and
negation is scored; speculation is read as *hypothesis*, although the corpora also mark mere hedges.
A presupposed event ("TGF-beta-induced EMT was blocked by A") is a gold claim there and none here,
and so is what acts through a cause ("X, by enhancing Y, raises Z"): neither is demanded nor counted
wrong. Degradation, arrest, dominant-negative forms, and triggers of ``Regulation`` that are not of
the kind of "regulates" and "affects" ("mediates", "plays a role"), have no sign to compare. A claim
is judged only where both its ends meet a gold entity or process. Of both corpora the training part
is read.
"""

import re

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
_NO_DIRECTION = re.compile(
    r"regulat|affect|modulat|control|alter|influenc|effect|involv|correlat|associat", re.IGNORECASE
)
_DOMINANT_NEGATIVE = re.compile(r"dominant[- ]negative|\bDN\b", re.IGNORECASE)
DEEPEST = 6
"""How many events may be nested in one another; deeper ones, or circles, are left out."""
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
                    made.append(_claim(found, key, agent, outcome, key in nested))
                movers = [_end(found, mover) for mover in _causes(found, cause)]
                made += [
                    _claim(found, key, mover, outcome, doubtful=True)
                    for mover in movers
                    if mover and outcome
                ]
    return made


def _causes(found: Standoff, key: str) -> list[str]:
    """Return what causes an event that is itself a cause."""
    event = found.events.get(key)
    return event.filled("Cause") if event is not None else []


def _claim(found: Standoff, key: str, agent: End, outcome: End, doubtful: bool) -> Said:
    event, null = found.events[key], key in found.negated
    sign = _sign(found, event, agent, outcome)
    return Said(
        agent=agent[0],
        outcome=outcome[0],
        sign="0" if null else sign,
        null=null,
        unsigned=not null and sign == "0",
        labels=Labels(epistemic="hypothesis" if key in found.speculated else "unstated"),
        doubtful=doubtful,
    )


def _sign(found: Standoff, event: Event, agent: End, outcome: End) -> str | None:
    before = found.text[max(0, agent[0][0][0] - 30) : agent[0][0][0]]
    if _DOMINANT_NEGATIVE.search(before):
        return None
    if event.type == "Regulation":
        trigger = found.text[slice(*found.bound[event.trigger].span)]
        return "0" if _NO_DIRECTION.match(trigger) else None
    factors = (agent[1], outcome[1], _SIGN[event.type])
    if None in factors:
        return None
    product = 1
    for factor in factors:
        product *= factor or 0
    return {1: "+", -1: "-", 0: "0"}[product]


def _end(found: Standoff, key: str, depth: int = 0) -> End | None:
    """Return what fills an argument: an entity, a process, or what a nested event changes."""
    if key in found.bound:
        return (found.bound[key].span,), 1
    event = found.events.get(key)
    if event is None or depth > DEEPEST:
        return None
    trigger = found.bound[event.trigger].span
    if event.type in _PROCESSES:
        return (trigger,), 1
    filled = event.filled("Instrument") or event.filled("Theme") or event.filled("Product")
    inner = [end for target in filled if (end := _end(found, target, depth + 1))]
    if not inner:
        return None
    spans, factor = inner[0]
    if event.type in _NOT_A_CHANGE:
        return (*(span for spans, _ in inner for span in spans), trigger), None
    if event.type in _SIGN:
        arrest = found.text[slice(*trigger)].lower().endswith("arrest")
        return spans, None if factor is None or arrest else factor * _SIGN[event.type]
    spans = (*spans, trigger)
    if event.type in _NO_SIGN or (
        event.type == "Planned_process" and not event.filled("Instrument")
    ):
        return spans, None
    if factor is not None and key in found.negated:
        return spans, -factor  # an expression that is denied is a deficiency
    return spans, factor
