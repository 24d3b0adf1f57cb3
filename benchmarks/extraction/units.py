"""What is compared: units of text with their gold claims, and what a reader said of them.

Spans are (start, end) pairs of code points into the unit's text, end-exclusive. A slot of a gold
claim that is None was not stated by its corpus and is not scored.
"""

from dataclasses import dataclass, field, replace

from app.model.claim import Claim, ContextItem, Participant
from app.model.reading import Document, TextMention
from app.model.text import Grounding, Span
from app.model.vocabulary import (
    Category,
    Epistemic,
    Measure,
    OutcomeDirection,
    PerturbationType,
    PredicateType,
    Sign,
)

Pair = tuple[int, int]
Spans = tuple[Pair, ...]

UNSIGNED = frozenset({PredicateType.ASSOCIATED_WITH, PredicateType.ACTIVE_IN})
_CHANGE = {OutcomeDirection.UP: 1, OutcomeDirection.DOWN: -1, OutcomeDirection.NONE: 0}
_MADE = {Sign.POSITIVE: 1, Sign.NEGATIVE: -1, Sign.UNSIGNED: 0}
TURNED = {"+": "-", "-": "+", "0": "0"}
_MARK = {1: Sign.POSITIVE, -1: Sign.NEGATIVE, 0: Sign.UNSIGNED}


@dataclass(frozen=True, slots=True)
class Labels:
    """The normalised slots of a claim; None where the source does not state them."""

    perturbation: str | None = None
    predicate: str | None = None
    direction: str | None = None
    aspect: str | None = None
    epistemic: str | None = None
    stated: bool = False
    """Whether the aspect and all others are stated, so that the full claim can be scored."""


@dataclass(frozen=True, slots=True)
class Said:
    """One claim, gold or read: agent and outcome by any of their spans, sign, and slots.

    ``sign`` is ``+``, ``-``, ``0`` (unsigned or null) or None (the corpus does not say); ``null``
    tells a denied or absent effect from a merely unsigned link. ``context`` holds (type, span)
    pairs that stand in the sentence, and is None where it was not annotated. A pair without
    ``directed`` may be found either way round. ``evidence`` and ``confidence`` are those of a read
    claim; gold claims leave them out.
    """

    agent: Spans
    outcome: Spans
    sign: str | None
    null: bool = False
    unsigned: bool = False
    labels: Labels = Labels()
    context: frozenset[tuple[str, Pair]] | None = None
    doubtful: bool = False
    directed: bool = True
    rule: str = ""
    evidence: str | None = None
    confidence: float = 1.0
    alternatives: tuple["Said", ...] = ()

    @property
    def told(self) -> str:
        """How the claim is told: ``finding``, ``interpretation``, ``background``, …; or ''."""
        return epistemic_class(self.labels.epistemic)


@dataclass(frozen=True, slots=True)
class Entity:
    """A gold entity: its span and kind (``gene``, ``process``, ``chemical``, ``disease``, …)."""

    span: Pair
    kind: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A text, or one window of it, whose claims are known.

    ``exhaustive`` tells that a claim read in the window and not in the gold is wrong; elsewhere it
    stays unjudged. With ``repeats`` one gold claim may be found in several places of the text.
    In a ``closed`` unit a claim without a gold is wrong only between two gold entities. ``names``
    are gold claims whose corpus names entities without their place in the text.
    """

    id: str
    document: str
    text: str
    title_end: int = 0
    window: Pair | None = None
    golds: tuple[Said, ...] = ()
    entities: tuple[Entity, ...] = ()
    exhaustive: bool = True
    closed: bool = False
    repeats: bool = False
    names: tuple["Named", ...] = ()

    def with_golds(self, golds: tuple[Said, ...]) -> "Unit":
        """Return the same unit with other gold claims."""
        return replace(self, golds=golds)

    def holds(self, span: Pair) -> bool:
        """Tell whether a span begins in the unit's window."""
        start, end = self.window or (0, len(self.text))
        return start <= span[0] < end


@dataclass(frozen=True, slots=True)
class Named:
    """A gold claim by names: alternatives for agent and outcome, as a corpus normalises them."""

    agent: tuple[str, ...]
    outcome: tuple[str, ...]
    said: Said = field(default=Said((), (), None))


FINDING = frozenset({Epistemic.DEMONSTRATED.value, Epistemic.SUMMARY.value})


def epistemic_class(value: str | None) -> str:
    """Return ``finding`` for what can ground an observation, else the value itself.

    ``demonstrated`` and ``summary`` are told apart by place, not by force: both can ground what
    is observed.
    """
    if value is None:
        return ""
    return "finding" if value in FINDING else value


def sign_by_rule(
    perturbation: PerturbationType,
    made: Sign,
    predicate: PredicateType,
    direction: OutcomeDirection,
    negated: bool,
) -> Sign:
    """Return the sign of agent on outcome: what was done to the one times what became of the other.

    Null results, denied effects and links that the text leaves unsigned have the sign 0.
    """
    if negated or predicate in UNSIGNED or predicate is PredicateType.NO_EFFECT:
        return Sign.UNSIGNED
    change = _CHANGE[direction]
    if perturbation is PerturbationType.NONE:
        return _MARK[change]
    return _MARK[_MADE[made] * change]


def sign_of(claim: Claim) -> Sign:
    """Return the sign of a claim's agent on its outcome."""
    done = claim.perturbation
    return sign_by_rule(
        done.type, done.direction, claim.predicate.type, claim.outcome.direction, claim.negated
    )


def said(claim: Claim, rule: str = "", confidence: float = 1.0) -> Said:
    """Return what a claim says, in the form that is scored.

    Two alternatives answer for the claim, since corpora differ in what they name: where a means is
    named ("the MEK inhibitor U0126") the same claim about the means, and where degradation was
    measured the claim about the entity itself, whose sign it turns (rule 4).
    """
    null = claim.negated or claim.predicate.type is PredicateType.NO_EFFECT
    main = Said(
        agent=_spans_of(claim.agent),
        outcome=_outcome_spans(claim),
        sign=sign_of(claim).value,
        null=null,
        unsigned=not null and sign_of(claim) is Sign.UNSIGNED,
        labels=_labels(claim),
        context=frozenset(_item(item) for item in claim.context if _in_text(item)),
        rule=rule,
        evidence=claim.evidence.type.value,
        confidence=confidence,
    )
    others = []
    means = claim.perturbation.means
    change = _CHANGE[claim.outcome.direction]
    if means is not None:
        sign = "0" if main.sign == "0" else _MARK[change].value
        place = means.mention.start, means.mention.end
        others.append(replace(main, agent=(place,), sign=sign))
    if claim.outcome.measure is Measure.DEGRADATION:
        others.append(replace(main, sign=TURNED[main.sign or "0"]))
    return replace(main, alternatives=tuple(others))


def _labels(claim: Claim) -> Labels:
    return Labels(
        perturbation=claim.perturbation.type.value,
        predicate=claim.predicate.type.value,
        direction=claim.outcome.direction.value,
        aspect=claim.outcome.aspect.value if claim.outcome.aspect else None,
        epistemic=claim.epistemic.value,
        stated=True,
    )


def _spans_of(participant: Participant) -> Spans:
    found = [participant.mention, participant.antecedent]
    return tuple((span.start, span.end) for span in found if span is not None)


def _outcome_spans(claim: Claim) -> Spans:
    spans = _spans_of(claim.outcome)
    if not spans and claim.outcome.relation:
        return _spans_of(claim.outcome.relation.object)
    return spans


def _in_text(item: ContextItem) -> bool:
    return item.mention is not None and not item.inferred and item.type != "document_model"


def _item(item: ContextItem) -> tuple[str, Pair]:
    mention = item.mention
    assert mention is not None
    return item.type.value, (mention.start, mention.end)


CATEGORY_OF = {
    "gene": Category.GENE,
    "process": Category.BIOLOGICAL_PROCESS,
    "chemical": Category.CHEMICAL_ENTITY,
    "disease": Category.DISEASE,
    "cell": Category.CELL,
    "organism": Category.ORGANISM_TAXON,
    "anatomy": Category.ANATOMICAL_ENTITY,
}
KIND_OF = {
    Category.GENE: "gene",
    Category.PROTEIN: "gene",
    Category.GENE_FAMILY: "gene",
    Category.MACROMOLECULAR_COMPLEX: "gene",
    Category.PATHWAY: "process",
    Category.BIOLOGICAL_PROCESS: "process",
    Category.PHENOTYPIC_FEATURE: "process",
    Category.DISEASE: "disease",
    Category.CHEMICAL_ENTITY: "chemical",
    Category.SMALL_MOLECULE: "chemical",
    Category.CELL: "cell",
    Category.CELL_LINE: "cell",
    Category.ANATOMICAL_ENTITY: "anatomy",
    Category.ORGANISM_TAXON: "organism",
}


def with_gold_mentions(unit: Unit) -> Document:
    """Return the unit's text as a document that holds its gold entities as mentions.

    Where gold entities overlap the longest, then the first, is kept: mentions never overlap.
    """
    kept: list[Entity] = []
    for entity in sorted(unit.entities, key=lambda e: (e.span[0] - e.span[1], e.span)):
        if entity.kind in CATEGORY_OF and not any(_overlap(entity.span, k.span) for k in kept):
            kept.append(entity)
    mentions = tuple(_mention(unit.text, entity) for entity in sorted(kept, key=lambda e: e.span))
    return Document(text=unit.text, title_end=unit.title_end, mentions=mentions)


def _mention(text: str, entity: Entity) -> TextMention:
    start, end = entity.span
    words = text[start:end]
    return TextMention(
        mention=Span(start=start, end=end, text=words),
        groundings=(Grounding(id=entity.id or f"GOLD:{entity.kind}", name=words),),
        category=CATEGORY_OF[entity.kind],
    )


def _overlap(one: Pair, other: Pair) -> bool:
    return one[0] < other[1] and other[0] < one[1]
