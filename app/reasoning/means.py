"""What a target is changed with: compounds and constructs, and what else they act on.

A means is known from claims that name it as what a target was changed with, and from links of a
substance. A substance that is itself an intervention is found by the search for interventions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.model.answer import NamedEntity
from app.model.claim import Claim, ClaimView
from app.model.means import ActedOn, Selectivity
from app.model.text import Grounding
from app.model.vocabulary import Category, Sign, Tier
from app.reasoning.belief import reported_reliability
from app.reasoning.canon import Canon
from app.reasoning.excluding import Doing, tier_shown
from app.reasoning.finding import Finder
from app.reasoning.grounds import evidence_item
from app.reasoning.interventions import Ranked
from app.reasoning.lens import LinkEdge
from app.reasoning.rules import UNSIGNED_PREDICATES
from app.reasoning.signs import number, sign_of
from app.reasoning.standing import TIER_ORDER, Place
from app.reasoning.steps import Reading, rounded

ACTED_ON = frozenset(
    {Category.GENE, Category.PROTEIN, Category.GENE_FAMILY, Category.MACROMOLECULAR_COMPLEX}
)
"""What counts as a target of a means, for how selective it is."""

EVIDENCE_SHOWN = 3
"""How many claims are shown of each thing that a means acts on."""

_SIGNS = (Sign.NEGATIVE, Sign.POSITIVE, Sign.UNSIGNED)


@dataclass(frozen=True, slots=True)
class Named:
    """A means as claims name it; without ``id`` it is told by its words, for one target alone."""

    id: str | None
    name: str
    target: str | None = None

    @property
    def key(self) -> str:
        """A total order: what is grounded by its id, the rest by its words and its target."""
        return self.id or f"~{self.name.lower()} {self.target}"


Changed = tuple[str, int]
"""A target and the change that was made to it, in canonical terms."""


def named_means(claim: Claim | ClaimView, canon: Canon) -> tuple[Named, Changed] | None:
    """Return the means that a claim names, and what it changed; None where it names none."""
    means, agent = claim.perturbation.means, claim.agent.top
    change = number(claim.perturbation.direction)
    if means is None or agent is None or not change:
        return None
    meaning = canon.meaning(agent.id)
    changed = (meaning.id, change * meaning.sign)
    words = means.mention.text
    top: Grounding | None = means.groundings[0] if means.groundings else None
    if top is None:
        return Named(None, words, meaning.id), changed
    entity = canon.canonical(top.id)
    return None if entity == meaning.id else (Named(entity, top.name or words), changed)


@dataclass(slots=True)
class Way:
    """A means by one of the targets that it is named for, with the claims that name it."""

    named: Named
    ranked: Ranked
    claims: list[ClaimView] = field(default_factory=list)
    shown: list[ClaimView] = field(default_factory=list)
    tier: Tier = Tier.PREDICTED

    @property
    def belief(self) -> float:
        """The belief of the target's effect, and of what says that the means changes the target."""
        best = self.ranked.paths[0][1].belief
        if self.shown:
            return best
        return rounded(best * max(map(reported_reliability, self.claims)))

    def order(self, finder: Finder) -> tuple[Place, int, str, int]:
        """Return where it stands among interventions, as :attr:`Ranked.order` has it."""
        best = self.ranked.paths[0][1]
        agreement = self.ranked.place[3]
        candidate = self.ranked.found.candidate
        place = finder.place(candidate, self.tier, best.matched, agreement, self.belief)
        return place, -self.ranked.independent_papers, self.named.key, self.ranked.found.change


def ways_of(
    claims: Iterable[ClaimView], targets: Sequence[Ranked], base: Doing, reading: Reading
) -> list[Way]:
    """Return each means that ``claims`` name for one of the targets, by each of them.

    ``base`` says which effect on which outcome is asked for.
    """
    by_change = {(one.found.target, one.found.change): one for one in targets}
    ways: dict[tuple[str, Changed], Way] = {}
    for claim in sorted(claims, key=lambda one: (-reported_reliability(one), one.id)):
        found = named_means(claim, reading.canon)
        if found is None or found[1] not in by_change:
            continue
        named, changed = found
        way = ways.setdefault((named.key, changed), Way(named, by_change[changed]))
        way.claims.append(claim)
        tier = tier_shown(claim, Doing(*changed, base.outcome, base.effect), reading)
        if tier is not None:
            way.shown.append(claim)
    for way in ways.values():
        way.tier = _tier(way, base, reading)
    return list(ways.values())


def _tier(way: Way, base: Doing, reading: Reading) -> Tier:
    found = way.ranked.found
    doing = Doing(found.target, found.change, base.outcome, base.effect)
    shown = [tier_shown(claim, doing, reading) or Tier.PREDICTED for claim in way.shown]
    over = way.ranked.paths[0][1].tier
    shown.append(Tier.KINSHIP if over is Tier.KINSHIP else Tier.PREDICTED)
    return min(shown, key=TIER_ORDER.__getitem__)


@dataclass(slots=True)
class Acting:
    """What is known of a means acting on one thing."""

    directions: set[int] = field(default_factory=set)
    named: bool = False
    claims: dict[str, None] = field(default_factory=dict)


def acting_by_links(links: Iterable[LinkEdge], means: str) -> dict[str, Acting]:
    """Return what the links of a substance lead to."""
    found: dict[str, Acting] = {}
    for link in links:
        if link.key.subject != means:
            continue
        acting = found.setdefault(link.key.object, Acting())
        acting.directions.add(link.key.sign)
        acting.claims |= dict.fromkeys(link.claims)
    return found


def without_associations(
    acting: Mapping[str, Acting], claims: Mapping[str, ClaimView]
) -> dict[str, Acting]:
    """Return what is acted on, without what is merely associated."""
    return {
        target: one
        for target, one in acting.items()
        if one.directions - {0}
        or any(
            claims[c].predicate.type not in UNSIGNED_PREDICATES for c in one.claims if c in claims
        )
    }


def selectivity_of(acts_on: int) -> Selectivity:
    """Return how selective a means is, as far as it is known to act on so many things."""
    if acts_on > 1:
        return Selectivity.SEVERAL
    return Selectivity.ONE_KNOWN if acts_on else Selectivity.NOT_KNOWN


def acted_on(target: NamedEntity, acting: Acting, claims: Mapping[str, ClaimView]) -> ActedOn:
    """Return what a means acts on, as answers show it, by the claims that were read."""
    shown = [claims[one] for one in acting.claims if one in claims][:EVIDENCE_SHOWN]
    measures = {one.outcome.measure for one in shown} - {None}
    return ActedOn(
        target=target,
        directions=tuple(sign for sign in _SIGNS if sign in set(map(sign_of, acting.directions))),
        named=acting.named,
        measures=tuple(sorted(one for one in measures if one is not None)),
        evidence=tuple(evidence_item(one, "ground") for one in shown),
        claim_count=len(acting.claims),
    )
