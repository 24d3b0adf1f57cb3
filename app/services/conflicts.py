"""Open contradictions and differences of scope, those on which most answers hang first.

The disputed pairs of a snapshot are found once, from the index and the null results. Claims are
read for the page that is asked for; where one kind alone is asked for, those of all disputed pairs
are compared, once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from weakref import WeakKeyDictionary

from app.graph.port import ClaimFilter, GraphView, Page
from app.model.answer import NamedEntity
from app.model.claim import ClaimView, Link, StoredClaim
from app.model.conflict import ClaimConflict, Conflict, ConflictClaim, EdgeConflict
from app.model.conflict_kind import ConflictKind
from app.model.entity import Entity
from app.model.vocabulary import Epistemic, Status
from app.reasoning.conflicts import (
    Opposition,
    Pair,
    Saying,
    null_saying,
    oppositions,
    signed_saying,
)
from app.reasoning.disputes import Disputes, claims_of, disputes_of
from app.reasoning.lens import BESIDE, Lens
from app.reasoning.signs import sign_of
from app.services.claims import claim_views
from app.services.entities import resolve
from app.services.reasoning import Reasoner

MOST_SHOWN = 10
"""How many of a pair's conflicts are shown; ``total`` counts all."""

_READ_AT_ONCE = 10_000
_COMPARED_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class ConflictQuery:
    """Which conflicts; an empty part does not restrict.

    ``entity`` are names or CURIEs of either end. ``candidates`` lets unjudged claims take part.
    """

    entity: tuple[str, ...] = ()
    kind: ConflictKind | None = None
    candidates: bool = False


@dataclass(slots=True, eq=False)
class _Found:
    """The disputes of a lens, the null results of each pair, and of which kind each dispute is."""

    disputes: Disputes
    nulls: Mapping[Pair, Sequence[StoredClaim]]
    kinds: list[ConflictKind] = field(default_factory=list)


class Conflicts:
    """Lists the conflicts of snapshots; safe to share between threads.

    What was found of a snapshot is kept as long as its index is.
    """

    def __init__(self, reasoner: Reasoner) -> None:
        self._reasoner = reasoner
        self._found: WeakKeyDictionary[Lens, _Found] = WeakKeyDictionary()
        self._lock = Lock()

    def page(
        self, view: GraphView, which: ConflictQuery, *, limit: int = 25, offset: int = 0
    ) -> Page[Conflict]:
        """Return conflicts, a pair of entities each, with the claims and what separates them.

        Ordered by ``answers``, the most first, then by the ends' ids. Raises what
        :func:`~app.services.entities.resolve` raises for a name.
        """
        lens, found = self._of(view, candidates=which.candidates)
        entities = [resolve(view, name, pointer="/query/entity").id for name in which.entity]
        with self._lock:
            if which.kind is not None and not found.kinds:
                found.kinds = _kinds(view, lens, found)
        places: Iterable[int] = range(len(found.disputes))
        if entities:
            canonical = (lens.index.entities.place(lens.canon.canonical(e)) for e in entities)
            places = found.disputes.touching(p for p in canonical if p is not None).tolist()
        if which.kind is not None:
            places = (place for place in places if found.kinds[place] is which.kind)
        kept = list(places)
        shown = kept[offset : offset + limit]
        end = offset + limit
        return Page(
            items=tuple(_conflicts(view, lens, found, shown)),
            total=len(kept),
            next_after=str(end) if end < len(kept) else None,
        )

    def of_pairs(
        self, view: GraphView, pairs: Iterable[Pair], *, candidates: bool
    ) -> dict[Pair, EdgeConflict]:
        """Return what is in conflict about those of some pairs of entities that are in dispute."""
        lens, found = self._of(view, candidates=candidates)
        place = lens.index.entities.place
        wanted = {(place(pair[0]), place(pair[1])) for pair in pairs}
        ends = zip(found.disputes.subject.tolist(), found.disputes.object.tolist(), strict=True)
        places = [number for number, pair in enumerate(ends) if pair in wanted]
        met = map(oppositions, _sayings(view, lens, found, places))
        return {
            _pair(lens, found.disputes, place): _on_an_edge(each)
            for place, each in zip(places, met, strict=True)
        }

    def _of(self, view: GraphView, *, candidates: bool) -> tuple[Lens, _Found]:
        lens = self._reasoner.index_of(view).lens(candidates=candidates, background=False)
        with self._lock:
            found = self._found.get(lens)
            if found is None:
                found = self._found[lens] = _found(view, lens, candidates=candidates)
        return lens, found


def _on_an_edge(met: Sequence[Opposition]) -> EdgeConflict:
    kind = _kind(met)
    named = (said.claim for one in met for said in (one.finding, one.against))
    return EdgeConflict(
        kind=kind,
        scope=met[0].scope,
        claims=tuple(dict.fromkeys(named))[:MOST_SHOWN],
        total=len(met),
    )


def _found(view: GraphView, lens: Lens, *, candidates: bool) -> _Found:
    nulls: dict[Pair, list[StoredClaim]] = {}
    for stored in _null_results(view, candidates=candidates):
        said = null_saying(stored.id, stored.claim, (), lens.canon)
        if said is not None:
            nulls.setdefault(said[0], []).append(stored)
    return _Found(disputes_of(lens, nulls), nulls)


def _null_results(view: GraphView, *, candidates: bool) -> list[StoredClaim]:
    """Return the claims that deny something and may count, but for those of retracted articles."""
    which = ClaimFilter(
        denied=True,
        status=(Status.ACCEPTED, Status.CANDIDATE) if candidates else (Status.ACCEPTED,),
        epistemic=tuple(one for one in Epistemic if one not in BESIDE),
    )
    found: list[StoredClaim] = []
    after: str | None = None
    while True:
        page = view.claim_page(which, after, _READ_AT_ONCE)
        found += page.items
        after = page.next_after
        if after is None:
            break
    facts = view.article_facts(sorted({one.article_id for one in found if one.article_id}))
    retracted = {each.id for each in facts.values() if each.retracted}
    return [one for one in found if one.article_id not in retracted]


def _kinds(view: GraphView, lens: Lens, found: _Found) -> list[ConflictKind]:
    kinds: list[ConflictKind] = []
    for start in range(0, len(found.disputes), _COMPARED_AT_ONCE):
        places = range(start, min(start + _COMPARED_AT_ONCE, len(found.disputes)))
        kinds += [_kind(oppositions(said)) for said in _sayings(view, lens, found, places)]
    return kinds


def _kind(met: Sequence[Opposition]) -> ConflictKind:
    return ConflictKind.SCOPE if all(one.scope for one in met) else ConflictKind.CONTRADICTS


def _sayings(
    view: GraphView, lens: Lens, found: _Found, places: Sequence[int]
) -> list[list[Saying]]:
    """Return for each dispute what its claims say, most reliable first, then its null results."""
    carried = [claims_of(lens, found.disputes, place) for place in places]
    nulls = [found.nulls.get(_pair(lens, found.disputes, place), ()) for place in places]
    ids = sorted({claim for by_claim in carried for claim in by_claim})
    stored = view.claims(ids)
    links = view.links_of([*ids, *sorted({one.id for each in nulls for one in each})])
    return [
        [
            *(
                signed_saying(
                    claim, stored[claim].claim, sign, map(lens.key, hops), links[claim], lens.canon
                )
                for claim, by_sign in by_claim.items()
                for sign, hops in by_sign.items()
            ),
            *_null_sayings(tried, links, lens),
        ]
        for by_claim, tried in zip(carried, nulls, strict=True)
    ]


def _null_sayings(
    tried: Iterable[StoredClaim], links: Mapping[str, Sequence[Link]], lens: Lens
) -> list[Saying]:
    said = (null_saying(one.id, one.claim, links[one.id], lens.canon) for one in tried)
    return [one[1] for one in said if one is not None]


def _pair(lens: Lens, disputes: Disputes, place: int) -> Pair:
    entities = lens.index.entities
    return entities[int(disputes.subject[place])], entities[int(disputes.object[place])]


def _conflicts(view: GraphView, lens: Lens, found: _Found, places: Sequence[int]) -> list[Conflict]:
    """Compare the claims of some disputes, and read those that are shown."""
    sayings = _sayings(view, lens, found, places)
    met = [oppositions(said) for said in sayings]
    shown = {
        said.claim
        for each in met
        for one in each[:MOST_SHOWN]
        for said in (one.finding, one.against)
    }
    claims = claim_views(view, sorted(shown))
    pairs = [_pair(lens, found.disputes, place) for place in places]
    entities = view.entities(sorted({end for pair in pairs for end in pair}))
    return [
        Conflict(
            subject=named(pair[0], entities),
            object=named(pair[1], entities),
            kind=_kind(each),
            scope=each[0].scope,
            judged=each[0].judged,
            answers=int(found.disputes.answers[place]),
            raising=sum(one.sign > 0 for one in said),
            lowering=sum(one.sign < 0 for one in said),
            null_results=sum(one.sign == 0 for one in said),
            conflicts=tuple(map(claim_conflict, each[:MOST_SHOWN])),
            total=len(each),
            claims=_claims(each[:MOST_SHOWN], claims),
        )
        for place, pair, said, each in zip(places, pairs, sayings, met, strict=True)
    ]


def claim_conflict(one: Opposition) -> ClaimConflict:
    """Return one claim against another, as lists of conflicts show it."""
    return ClaimConflict(
        claim=one.finding.claim,
        against=one.against.claim,
        kind=one.kind,
        relation="differs_in_scope" if one.scope else "contradicts",
        scope=one.scope,
        judged=one.judged,
    )


def _claims(
    met: Iterable[Opposition], claims: Mapping[str, ClaimView]
) -> tuple[ConflictClaim, ...]:
    sayings = {(said.claim, said.sign): said for one in met for said in (one.finding, one.against)}
    return tuple(conflict_claim(claims[said.claim], said) for said in sayings.values())


def conflict_claim(claim: ClaimView, said: Saying) -> ConflictClaim:
    """Return a claim with what it says of a pair, by its first quote."""
    quote = claim.quotes[0] if claim.quotes else None
    return ConflictClaim(
        claim=claim.id,
        statement=claim.statement,
        sign=sign_of(said.sign),
        sides=tuple(sorted(said.sides)),
        aspects=tuple(sorted(said.aspects)),
        status=claim.status,
        epistemic=claim.epistemic,
        pmid=claim.paper,
        quote=quote.text if quote else None,
        start=quote.start if quote else None,
        end=quote.end if quote else None,
        verified=quote.verified if quote else None,
    )


def named(entity: str, entities: Mapping[str, Entity]) -> NamedEntity:
    """Return an entity as answers show it; one that is not known has its id for its name."""
    known = entities.get(entity)
    if known is None:
        return NamedEntity(id=entity, name=entity)
    return NamedEntity(id=entity, name=known.name, category=known.category)
