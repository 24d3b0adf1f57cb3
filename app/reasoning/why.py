"""What an answer was computed from, and what is missing where a target is none."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod

from app.model.answer import InterventionQuestion
from app.model.edge_columns import ASPECTS
from app.model.entity import EntityRelation
from app.model.vocabulary import Effect, RelationType
from app.model.why import ClaimWorth, Lack, LinkWorth
from app.reasoning.belief import COUNTER_WEIGHT
from app.reasoning.effects import WISHED, admits_aspect
from app.reasoning.engine import Stop
from app.reasoning.lens import Lens, Lenses, LinkEdge
from app.reasoning.papers import sources_of
from app.reasoning.search import Search, Walk
from app.reasoning.signs import sign_of

MOST_HOPS = 6

NOTES: dict[Lack, str] = {
    Lack.MATCHED: "Every path has a hop that was shown only for the opposite change.",
    Lack.ASPECT: "What is known is about another aspect of the outcome than the effect asks for.",
    Lack.SIGN: "What is known has the opposite effect on the outcome.",
    Lack.HOPS: "Only longer paths lead to the outcome.",
    Lack.CANDIDATES: "Only claims that no curator has judged lead to the outcome.",
    Lack.BACKGROUND: "Only what the authors cite or suppose leads to the outcome.",
    Lack.ROLE: "A membership leads on, but with which sign the member acts is not known.",
    Lack.PATH: "No signed path leads to the outcome.",
    Lack.DIRECTION: "A null result is known of the opposite change alone.",
    Lack.NULL: "No null result is known of this intervention.",
}


@dataclass(frozen=True, slots=True)
class Nearest:
    """What is missing, and the walk that there would be with it."""

    lens: Lens
    reason: Lack
    walk: Walk | None


def lacking(
    lenses: Lenses,
    target: str,
    change: int,
    outcome: str,
    effect: Effect,
    question: InterventionQuestion,
    unknown_roles: Iterable[str],
    stop: Stop,
) -> list[Nearest]:
    """Return what is missing that changing ``target`` is no answer: each thing that alone would do.

    ``unknown_roles`` are the wholes and parts that the target is kin to by an unknown sign. Once
    ``stop`` is set what is returned means nothing.
    """

    def nearest(start: str, **other: object) -> tuple[Lens, Walk | None]:
        return _nearest(lenses, start, change, outcome, effect, question, other, stop)

    tries: list[tuple[Lack, dict[str, object]]] = [
        (Lack.MATCHED, {"matched_only": False}),
        (Lack.ASPECT, {"aspects": ASPECTS}),
        (Lack.SIGN, {"turned": True}),
        (Lack.HOPS, {"max_hops": MOST_HOPS}),
        (Lack.CANDIDATES, {"candidates": True}),
        (Lack.BACKGROUND, {"background": True}),
    ]
    found = []
    for reason, other in tries:
        lens, walk = nearest(target, **other)
        if walk is not None:
            found.append(Nearest(lens, reason, walk))
    for kin in sorted(unknown_roles):
        lens, walk = nearest(kin)
        if walk is not None:
            found.append(Nearest(lens, Lack.ROLE, walk))
            break
    lens = _lens(lenses, question, {})
    return found or [Nearest(lens, Lack.PATH, None)]


def _lens(lenses: Lenses, question: InterventionQuestion, other: dict[str, object]) -> Lens:
    return lenses.lens(
        candidates=question.include_candidates or "candidates" in other,
        background=question.include_background or "background" in other,
    )


def _nearest(
    lenses: Lenses,
    start: str,
    change: int,
    outcome: str,
    effect: Effect,
    question: InterventionQuestion,
    other: dict[str, object],
    stop: Stop,
) -> tuple[Lens, Walk | None]:
    lens = _lens(lenses, question, other)
    places = lens.index.entities.place(start), lens.index.entities.place(outcome)
    if places[0] is None or places[1] is None or effect is Effect.NO_EFFECT:
        return lens, None
    wished = WISHED[effect]
    search = Search(
        lens,
        [places[1]],
        [-wished if "turned" in other else wished],
        MOST_HOPS if "max_hops" in other else question.max_hops,
        question.matched_only and "matched_only" not in other,
        ASPECTS if "aspects" in other else [a for a in ASPECTS if admits_aspect(effect, a)],
        stop=stop,
    )
    walks = search.walks([(places[0], change)], 1).walks
    return lens, walks[0] if walks else None


def kin_of_unknown_role(entity: str, relations: Iterable[EntityRelation]) -> list[str]:
    """Return what ``entity`` is a member or part of without a known sign, sorted."""
    return sorted(
        {
            each.object
            for each in relations
            if each.subject == entity
            and each.role is None
            and each.type in (RelationType.MEMBER_OF, RelationType.PART_OF, RelationType.SUBUNIT_OF)
        }
    )


def links_behind(walks: Iterable[Walk]) -> tuple[LinkWorth, ...]:
    """Return how the belief of each link on walks comes about, each once, in their order."""
    links = {hop.place: hop.via for walk in walks for hop in walk.hops}
    return tuple(_worth(link) for link in links.values() if isinstance(link, LinkEdge))


def _worth(link: LinkEdge) -> LinkWorth:
    key = link.key
    claims = _claims_behind(link)
    together = 1.0 - prod((1.0 - one.reliability) ** one.share for one in claims)
    opposite = max(0.0, (1.0 - link.belief / together) / COUNTER_WEIGHT) if together else 0.0
    return LinkWorth(
        subject=key.subject,
        object=key.object,
        sign=sign_of(key.sign),
        side=key.side,
        aspect=key.aspect,
        claims=claims,
        together=round(together, 6),
        opposite=round(opposite, 6),
        weight=COUNTER_WEIGHT,
        belief=round(link.belief, 6),
    )


def _claims_behind(link: LinkEdge) -> tuple[ClaimWorth, ...]:
    index, share = link.lens.index, link.lens.share
    edges, rows = index.edges, link.lens.edges_of(link.place)
    sources = [sources_of(int(edges.paper[r]), int(edges.claim[r]), index.bylines) for r in rows]
    ids = [index.claim_id(claim) for claim in edges.claim[rows].tolist()]
    counting = [place for place, row in enumerate(rows) if share[row] > 0]
    return tuple(
        ClaimWorth(
            claim=ids[place],
            reliability=round(reliability, 6),
            counts=bool(share[row] > 0),
            share=round(float(share[row]), 6),
            instead=next(
                (ids[one] for one in counting if not sources[one].isdisjoint(sources[place])), None
            )
            if share[row] == 0
            else None,
        )
        for place, (row, reliability) in enumerate(
            zip(rows, edges.reliability_of(rows).tolist(), strict=True)
        )
    )
