"""Compounds and constructs in place of targets: the store is read, reasoning ranks them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.graph.port import ClaimFilter, GraphStore, GraphView
from app.model.answer import Exclusion, InterventionQuestion, NamedEntity
from app.model.claim import ClaimView, StoredClaim
from app.model.entity import Entity
from app.model.errors import BadInput, FieldError
from app.model.history import Revision
from app.model.means import Means, MeansAnswer, WithoutMeans
from app.model.vocabulary import Effect, Tier
from app.reasoning import interventions as reasoning
from app.reasoning.counter import is_standing
from app.reasoning.excluding import Doing
from app.reasoning.finding import Finder
from app.reasoning.grounds import evidence_item
from app.reasoning.interventions import Assembly, Ranked
from app.reasoning.lens import BESIDE, Lens
from app.reasoning.means import (
    ACTED_ON,
    EVIDENCE_SHOWN,
    Acting,
    Way,
    acted_on,
    acting_by_links,
    named_means,
    selectivity_of,
    ways_of,
    without_associations,
)
from app.reasoning.signs import number
from app.reasoning.standing import Candidate
from app.reasoning.words import SUBSTANCES
from app.services import revisions
from app.services.claims import claim_views
from app.services.excluding import exclusions
from app.services.reasoning import Reasoner, read_claims, read_for_page, reader

TARGETS_LOOKED_AT = 50
"""For how many of the first targets claims are looked through for a means that they name."""

CLAIMS_LOOKED_AT = 10_000
"""How many claims are looked through, for the targets together and for the means of a page."""

ACTED_ON_SHOWN = 25
WITHOUT_SHOWN = 25

_PAGE = 500
_AT_ONCE = 2000

_CUT_SHORT = (
    "The search was cut short: what is listed holds, but a means that is not may precede it."
)
_FIRST_TARGETS = (
    f"Claims that name a means were looked for among the first {TARGETS_LOOKED_AT} targets."
)
_MANY_CLAIMS = (
    f"More than {CLAIMS_LOOKED_AT} claims are on them, and only these were looked through."
)


@dataclass(slots=True)
class _Row:
    """A means in its place: by itself or by the best of the targets that it is named for."""

    key: str
    id: str | None
    name: str
    ranked: Ranked
    order: tuple[object, ...]
    way: Way | None = None
    ways: list[Way] = field(default_factory=list)


def means(
    store: GraphStore,
    reasoner: Reasoner,
    question: InterventionQuestion,
    *,
    limit: int = 25,
    offset: int = 0,
) -> MeansAnswer:
    """Return the compounds and constructs that have the asked effect, best first.

    Raises :class:`~app.model.errors.BadInput` where *no effect* is asked for: what was given
    without effect is told by the targets.
    """
    if question.effect is Effect.NO_EFFECT:
        hint = "ask for targets: a compound that was given is one of them"
        raise BadInput(
            f"No means are listed for no_effect: {hint}.", [FieldError("/query/answer", hint)]
        )
    revision = revisions.resolve(store, question.as_of)
    simulated = reasoner.simulated_effects(question, revision) if question.simulate else None
    with store.view(revision.number) as view, reasoner.stopping() as stop:
        lens = reasoner.index_of(view).lens(
            candidates=question.include_candidates, background=question.include_background
        )
        outcome, effect = reasoning.canonical_question(question, lens.canon)
        base = reasoning.unread(
            outcome, effect, question, lens, reasoner.known_of(view, question.context)
        )
        finder = Finder(lens, outcome, effect, question, stop, simulated)
        candidates = finder.candidates()
        given = _given(view, lens, candidates)
        read = reader(view, base)
        first = reasoning.first(finder, read, offset + limit, given)
        targets = reasoning.first(finder, read, TARGETS_LOOKED_AT, candidates)
        looked_at = targets.ranked[:TARGETS_LOOKED_AT]
        ways, all_read = _ways(view, base, looked_at)
        rows = _rows(first.ranked, ways, finder)
        every = {lens.index.entities[one.entity] for one in given}
        every |= {way.named.key for way in ways}
        shown = rows[offset : offset + limit]
        assembly = read_for_page(view, base, [row.ranked for row in shown])
        found = tuple(_Shower(view, finder, assembly).means(shown))
        without = _without(view, assembly, looked_at, ways)
    complete = first.complete and targets.complete
    notes = (
        None if complete else _CUT_SHORT,
        _FIRST_TARGETS if targets.total > TARGETS_LOOKED_AT else None,
        None if all_read else _MANY_CLAIMS,
    )
    return MeansAnswer(
        query=question.model_copy(
            update={"outcome": reasoning.named(outcome, assembly.reading), "effect": effect}
        ),
        snapshot=revisions.snapshot_of(revision),
        means=_with_exclusions(store, reasoner, question, revision, found),
        without_means=without,
        total=len(every),
        complete=complete,
        note=" ".join(filter(None, notes)) or None,
    )


def _given(view: GraphView, lens: Lens, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return those of the candidates that are substances and given."""
    names = lens.index.entities
    raised = [one for one in candidates if one.change > 0]
    substances: set[str] = set()
    for start in range(0, len(raised), _AT_ONCE):
        ids = [names[one.entity] for one in raised[start : start + _AT_ONCE]]
        known = view.entities(sorted(ids)).values()
        substances |= {one.id for one in known if one.category in SUBSTANCES}
    return [one for one in raised if names[one.entity] in substances]


def _ways(view: GraphView, base: Assembly, targets: Sequence[Ranked]) -> tuple[list[Way], bool]:
    """Return the means that claims name for the targets, and whether all claims were read."""
    canon = base.lens.canon
    names = sorted({name for one in targets for name in canon.named_by(one.found.target)})
    ids: list[str] = []
    which = ClaimFilter(agent=tuple(names))
    every = True
    for seen, stored in enumerate(_claims_naming(view, which) if names else ()):
        if seen >= CLAIMS_LOOKED_AT:
            every = False
            break
        if named_means(stored.claim, canon) is not None:
            ids.append(stored.id)
    claims: dict[str, ClaimView] = {}
    read_claims(view, ids, claims)
    usable = [claims[one] for one in ids if _is_usable(claims[one], base.question)]
    reading = replace(base.reading, claims=claims)
    # What is done to the target is each way's own.
    doing = Doing("", 0, base.outcome, base.effect)
    return ways_of(usable, targets, doing, reading), every


def _claims_naming(view: GraphView, which: ClaimFilter) -> Iterator[StoredClaim]:
    after: str | None = None
    while True:
        page = view.claim_page(which, after, _PAGE)
        yield from page.items
        after = page.next_after
        if after is None:
            return


def _is_usable(claim: ClaimView, question: InterventionQuestion) -> bool:
    return is_standing(claim, candidates=question.include_candidates) and (
        question.include_background or claim.epistemic not in BESIDE
    )


def _rows(ranked: Sequence[Ranked], ways: Sequence[Way], finder: Finder) -> list[_Row]:
    """Return each means once, in its best place, best first."""
    rows: dict[str, _Row] = {
        one.found.target: _Row(one.found.target, one.found.target, one.found.target, one, one.order)
        for one in ranked
    }
    for way in ways:
        key, order = way.named.key, way.order(finder)
        held = rows.get(key)
        if held is None:
            held = rows[key] = _Row(key, way.named.id, way.named.name, way.ranked, order, way)
        elif order < held.order:
            held.ranked, held.order, held.way = way.ranked, order, way
        held.ways.append(way)
    return sorted(rows.values(), key=lambda row: row.order)


class _Shower:
    """Makes the rows of a page."""

    def __init__(self, view: GraphView, finder: Finder, assembly: Assembly) -> None:
        self._view = view
        self._finder = finder
        self._assembly = assembly
        self._canon = assembly.lens.canon

    def means(self, rows: Sequence[_Row]) -> list[Means]:
        """Return the rows as answers show them."""
        acting = self._acting([row.id for row in rows if row.id is not None])
        for row in rows:
            own = acting.setdefault(row.key, {})
            for way in row.ways:
                self._add(own, way.ranked.found.target, way.ranked.found.change, way.claims)
        claims = self._claims_of(acting.values())
        kept = {means: without_associations(each, claims) for means, each in acting.items()}
        ids = {target for each in kept.values() for target in each}
        entities = self._view.entities(sorted(ids | {row.id for row in rows if row.id}))
        return [self._row(row, kept[row.key], claims, entities) for row in rows]

    def _acting(self, means: Sequence[str]) -> dict[str, dict[str, Acting]]:
        """Return what each means acts on, by links and by claims that name it as the means."""
        lens = self._assembly.lens
        found = {one: acting_by_links(lens.touching(one), one) for one in means}
        names = sorted({name for one in means for name in self._canon.named_by(one)})
        ids: list[tuple[str, str, int, str]] = []
        which = ClaimFilter(entity=tuple(names))
        for seen, stored in enumerate(_claims_naming(self._view, which) if names else ()):
            if seen >= CLAIMS_LOOKED_AT:
                break
            named = named_means(stored.claim, self._canon)
            if named is not None and named[0].id in found:
                ids.append((named[0].id, *named[1], stored.id))
        claims = claim_views(self._view, [claim for *_, claim in ids])
        for one, target, change, claim in ids:
            if _is_usable(claims[claim], self._assembly.question):
                self._add(found[one], target, change, [claims[claim]])
        return found

    def _add(
        self, acting: dict[str, Acting], target: str, change: int, claims: Iterable[ClaimView]
    ) -> None:
        held = acting.setdefault(target, Acting())
        held.named = True
        held.directions.add(change)
        # What names the means is the surest that it acts on the target.
        held.claims = dict.fromkeys(claim.id for claim in claims) | held.claims

    def _claims_of(self, acting: Iterable[Mapping[str, Acting]]) -> dict[str, ClaimView]:
        """Read the first claims of each thing that is acted on."""
        ids = [
            claim
            for each in acting
            for one in each.values()
            for claim in list(one.claims)[:EVIDENCE_SHOWN]
        ]
        return claim_views(self._view, ids)

    def _row(
        self,
        row: _Row,
        acting: Mapping[str, Acting],
        claims: Mapping[str, ClaimView],
        entities: Mapping[str, Entity],
    ) -> Means:
        path = row.ranked.paths[0][1]
        first = [row.way.ranked.found.target] if row.way else _first_targets(row.ranked)
        targets = [
            one for one in acting if (known := entities.get(one)) and known.category in ACTED_ON
        ]
        # Those that more claims speak of come first.
        targets.sort(key=lambda one: (not acting[one].named, -len(acting[one].claims), one))
        shown = () if row.way is None else row.way.shown
        way = row.way
        return Means(
            means=_entity(row.id, entities) if row.id else None,
            name=_entity(row.id, entities).name if row.id else row.name,
            tier=way.tier if way else path.tier or Tier.PREDICTED,
            matched=path.matched,
            belief=way.belief if way else path.belief,
            intervention=reasoning.show(row.ranked, self._finder, self._assembly),
            through=tuple(
                acted_on(_entity(one, entities), acting[one], claims)
                for one in first
                if one in acting
            ),
            shown=tuple(evidence_item(one, "ground") for one in shown),
            selectivity=selectivity_of(len(targets)),
            acts_on=tuple(
                acted_on(_entity(one, entities), acting[one], claims)
                for one in targets[:ACTED_ON_SHOWN]
            ),
            acts_on_total=len(targets),
        )


def _entity(entity: str, entities: Mapping[str, Entity]) -> NamedEntity:
    known = entities.get(entity)
    return NamedEntity(
        id=entity, name=known.name if known else entity, category=known.category if known else None
    )


def _first_targets(ranked: Ranked) -> list[str]:
    """Return what a substance acts on first, on its best paths that lead over something."""
    return list(
        dict.fromkeys(walk.hops[0].object for walk, _ in ranked.paths if len(walk.hops) > 1)
    )


def _without(
    view: GraphView, assembly: Assembly, targets: Sequence[Ranked], ways: Sequence[Way]
) -> tuple[WithoutMeans, ...]:
    """Return the first of the targets for which neither a claim nor a link gives a means."""
    lens = assembly.lens
    named = {(way.ranked.found.target, way.ranked.found.change) for way in ways}
    raising: dict[tuple[str, int], set[str]] = {}
    for one in targets:
        doer = (one.found.target, one.found.change)
        raising[doer] = {
            link.key.subject
            for link in lens.touching(one.found.target)
            if (link.key.object, link.key.sign) == doer
        }
    known = view.entities(sorted({*(t for t, _ in raising), *set().union(*raising.values())}))
    substances = {one.id for one in known.values() if one.category in SUBSTANCES}
    found = []
    for one in targets:
        doer = (one.found.target, one.found.change)
        if doer[0] in substances or doer in named or raising[doer] & substances:
            continue
        found.append(
            WithoutMeans(
                target=_entity(doer[0], known),
                perturbation=reasoning.perturbation(
                    *doer, replace(assembly.reading, entities=known)
                ),
                tier=one.paths[0][1].tier or Tier.PREDICTED,
            )
        )
    return tuple(found[:WITHOUT_SHOWN])


def _with_exclusions(
    store: GraphStore,
    reasoner: Reasoner,
    question: InterventionQuestion,
    revision: Revision,
    found: Sequence[Means],
) -> tuple[Means, ...]:
    """Add what is known of side effects: of giving the compound, else of changing its target."""
    if not question.excluding or not found:
        return tuple(found)
    doers = [
        (one.means.id, 1)
        if one.means
        else (one.intervention.target.id, number(one.intervention.perturbation.direction))
        for one in found
    ]
    rows: list[tuple[Exclusion, ...]] = exclusions(store, reasoner, question, revision, doers)
    return tuple(
        one.model_copy(update={"exclusions": row}) for one, row in zip(found, rows, strict=True)
    )
