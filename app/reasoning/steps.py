"""From a found walk to the path that an answer shows: steps, tier, context, belief."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

from app.model.answer import ContextFailure, ContextFinding, Path, Step
from app.model.claim import ClaimView
from app.model.edge import Edge
from app.model.entity import Entity
from app.model.vocabulary import Agreement, ContextType, Effect, Status, Tier
from app.reasoning.belief import EXTRAPOLATION_FACTOR, KINSHIP_BELIEF
from app.reasoning.canon import Canon
from app.reasoning.context import ORDER, Asked, agreement_of, findings, worst
from app.reasoning.effects import DirectLink, is_demonstrated, is_entailed, observed_effects
from app.reasoning.hops import canonical_key
from app.reasoning.lens import LinkEdge
from app.reasoning.search import Hop, Walk
from app.reasoning.signs import sign_of
from app.reasoning.standing import TIER_ORDER
from app.reasoning.words import conditions_in_words, failures_in_words


@dataclass(frozen=True)
class Reading:
    """What is needed to show a walk: claims, entities, and the context that is asked for."""

    claims: Mapping[str, ClaimView]
    entities: Mapping[str, Entity]
    asked: Asked

    @property
    def canon(self) -> Canon:
        """Which entities mean the same."""
        return self.asked.canon

    @cached_property
    def labels(self) -> dict[str, str]:
        """The short names of entities."""
        return {entity.id: entity.label for entity in self.entities.values()}

    def name(self, entity: str) -> str:
        """Return an entity's name; its id where it has none."""
        return self.entities[entity].name if entity in self.entities else entity


def tier_of(
    walk: Walk, change: int, effect: Effect, reading: Reading
) -> tuple[Tier, tuple[str, ...]]:
    """Return the tier on which a walk answers, and the claims of a direct link that put it there.

    A direct link has the tier of its best claims; other walks have that of their kind, and no
    claim leads.
    """
    if not walk.causal:
        return Tier.KINSHIP, ()
    if len(walk.hops) > 1:
        return Tier.PREDICTED, ()
    tiers = claim_tiers(walk.hops[0], change, effect, reading)
    best = min((tier for _, tier in tiers), key=TIER_ORDER.__getitem__)
    return best, tuple(claim.id for claim, tier in tiers if tier is best)


def claim_tiers(
    hop: Hop, change: int, effect: Effect, reading: Reading
) -> list[tuple[ClaimView, Tier]]:
    """Return the tier that each claim of a direct link gives by itself."""
    link = hop.via
    if not isinstance(link, LinkEdge):
        return []
    key = link.key
    found = []
    for claim_id in link.claims:
        claim = reading.claims[claim_id]
        top = claim.outcome.top
        turned = top is not None and reading.canon.meaning(top.id).sign < 0
        direct = DirectLink(key.sign, key.side, key.aspect, turned)
        tier = Tier.PREDICTED
        if is_entailed(effect, change, direct, claim):
            tier = Tier.ENTAILED
        if effect in observed_effects(claim, change, direct) and is_demonstrated(
            claim, reading.claims
        ):
            tier = Tier.OBSERVED
        found.append((claim, tier))
    return found


def build_path(
    walk: Walk,
    arithmetic: str,
    reading: Reading,
    tier: Tier | None = None,
    leading: tuple[str, ...] = (),
) -> Path:
    """Return the path that an answer shows for a walk.

    Only the claims that put a direct link on its tier (``leading``) speak for its context: a title
    that says no more than it summarises does not make a finding hold elsewhere.
    """
    steps = tuple(_step(hop, reading, leading) for hop in walk.hops)
    context = _merge(step.context for step in steps)
    failures = tuple(_failures(steps))
    extrapolated = sum(not step.matched for step in steps)
    return Path(
        steps=steps,
        tier=tier,
        matched=walk.matched,
        sign=sign_of(walk.sign),
        arithmetic=arithmetic + failures_in_words(failures, reading.name),
        belief=rounded(prod(step.belief for step in steps) * EXTRAPOLATION_FACTOR**extrapolated),
        weakest=min(step.belief for step in steps),
        agreement=worst(finding.agreement for finding in context.values() if finding.asked),
        context=context,
        failures=failures,
    )


def rounded(belief: float) -> float:
    """Return a belief as answers print it, with six decimals."""
    return round(belief, 6)


def _step(hop: Hop, reading: Reading, leading: tuple[str, ...]) -> Step:
    link = hop.via
    if not isinstance(link, LinkEdge):
        return Step(
            subject=hop.subject,
            subject_name=reading.name(hop.subject),
            sign=sign_of(hop.sign),
            object=hop.object,
            object_name=reading.name(hop.object),
            aspect=None,
            rule="kinship",
            side=None,
            matched=hop.matched,
            belief=KINSHIP_BELIEF,
            kinship=link.name,
        )
    key, ids = link.key, link.claims
    claims = [reading.claims[claim] for claim in ids]
    speaking = [claim for claim in claims if not leading or claim.id in leading]
    best, context = _best_in_context(speaking, reading)
    edge = _edge_behind(link, best)
    return Step(
        subject=hop.subject,
        subject_name=reading.name(hop.subject),
        sign=sign_of(hop.sign),
        object=hop.object,
        object_name=reading.name(hop.object),
        aspect=key.aspect,
        rule=edge.rule,
        side=key.side,
        matched=hop.matched,
        belief=rounded(link.belief),
        claims=ids,
        candidates=tuple(c.id for c in claims if c.status is Status.CANDIDATE),
        condition=conditions_in_words(edge.condition, reading.labels),
        context=context,
        sentence_missing=all(not claim.quotes for claim in claims),
    )


def _edge_behind(link: LinkEdge, claim: ClaimView) -> Edge:
    """Return the edge of ``claim`` that says what the link says."""
    key, canon = link.key, link.lens.canon
    return next(edge for edge in claim.edges if canonical_key(edge, canon) == key)


def _best_in_context(
    claims: Sequence[ClaimView], reading: Reading
) -> tuple[ClaimView, dict[ContextType, ContextFinding]]:
    """Return the claim that answers the asked context best; the most reliable of equals."""
    found = [(claim, findings(claim, reading.asked)) for claim in claims]
    return min(found, key=lambda pair: ORDER[agreement_of(pair[1])])


def _merge(
    contexts: Iterable[Mapping[ContextType, ContextFinding]],
) -> dict[ContextType, ContextFinding]:
    """Return the worst finding of each kind over all hops."""
    merged: dict[ContextType, ContextFinding] = {}
    for context in contexts:
        for kind, finding in context.items():
            held = merged.get(kind)
            if held is None or ORDER[finding.agreement] > ORDER[held.agreement]:
                merged[kind] = finding
    return dict(sorted(merged.items()))


def _failures(steps: Iterable[Step]) -> Iterator[ContextFailure]:
    for hop, step in enumerate(steps, start=1):
        for slot, finding in step.context.items():
            if finding.asked and finding.agreement in (Agreement.MISMATCH, Agreement.UNSTATED):
                yield ContextFailure(
                    hop=hop,
                    slot=slot,
                    asked=finding.asked,
                    found=finding.found,
                    agreement=finding.agreement,
                )


def agreement_order(agreement: Agreement) -> int:
    """Return the place of an agreement, best first."""
    return ORDER[agreement]
