"""Claims: as every door shows them, one by one and in filtered lists."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.curation.confidence import confidence_of
from app.curation.standing import verdicts
from app.graph.port import ClaimFilter, ClaimOrder, GraphView, Page
from app.model.claim import Claim, ClaimView, StoredClaim, Verdict
from app.model.decision import Decision
from app.model.errors import NotFound
from app.model.statement import describe
from app.model.vocabulary import Epistemic, EvidenceType, PredicateType, Status
from app.services.articles import spelled
from app.services.entities import equivalents, resolve

_PAGE = 500
_NO_ARTICLE = ("",)
"""A filter by articles that no claim passes."""


@dataclass(frozen=True, slots=True)
class ClaimQuery:
    """Which claims, in a reader's words; an empty part does not restrict.

    ``agent``, ``outcome``, ``context`` and ``entity`` are names or CURIEs, ``article`` any
    identifiers of articles.
    """

    agent: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    entity: tuple[str, ...] = ()
    predicate: tuple[PredicateType, ...] = ()
    status: tuple[Status, ...] = ()
    epistemic: tuple[Epistemic, ...] = ()
    evidence: tuple[EvidenceType, ...] = ()
    article: tuple[str, ...] = ()


def claim_views(view: GraphView, ids: Sequence[str]) -> dict[str, ClaimView]:
    """Return the claims with these ids as doors show them, in the order given, each once.

    Unknown ids are left out. Six reads serve any number of claims.
    """
    wanted = list(dict.fromkeys(ids))
    stored = view.claims(wanted)
    known = [claim for claim in wanted if claim in stored]
    edges, links = view.edges_of(known), view.links_of(known)
    extractions, decisions = view.extractions_of(known), view.decisions_on(known)
    articles = view.article_facts(sorted({s.article_id for s in stored.values() if s.article_id}))
    found: dict[str, ClaimView] = {}
    for claim_id in known:
        each = stored[claim_id]
        facts = articles.get(each.article_id or "")
        readings = extractions.get(claim_id, ())
        found[claim_id] = ClaimView(
            **dict(_slots(each.claim)),
            id=claim_id,
            status=each.state.status,
            article=facts.curie if facts else None,
            quotes=each.state.quotes or each.claim.quotes,
            edges=edges.get(claim_id, ()),
            links=links.get(claim_id, ()),
            superseded_by=each.state.superseded_by,
            verdicts=_verdicts(decisions.get(claim_id, ())),
            confidence=confidence_of(readings),
            extractions=readings,
            statement=describe(each.claim),
            retracted=facts.retracted if facts else False,
            withdrawn=facts.withdrawn if facts else False,
            revision=changed_in(each, decisions.get(claim_id, ())),
        )
    return found


def changed_in(stored: StoredClaim, decisions: Sequence[Decision]) -> int:
    """Return the last revision in which a claim or the decisions on it changed."""
    return max(stored.revision, *(each.revision for each in decisions), 0)


def _verdicts(decisions: Sequence[Decision]) -> tuple[Verdict, ...]:
    return tuple(
        Verdict(
            actor=each.actor,
            verdict=each.type,
            decision=each.id,
            reason=each.reason,
            needed=each.quorum,
            created_at=each.created_at,
        )
        for each in sorted(verdicts(decisions).values(), key=lambda each: each.created_at)
    )


def claim_view(view: GraphView, claim_id: str) -> ClaimView:
    """Return one claim as doors show it; NotFound."""
    return claim_views(view, [stored_claim(view, claim_id).id])[claim_id]


def stored_claim(view: GraphView, claim_id: str) -> StoredClaim:
    """Return one claim as it is stored; NotFound."""
    found = view.claims([claim_id]).get(claim_id)
    if found is None:
        raise NotFound(f"There is no claim {claim_id[:80]}.")
    return found


def claim_filter(view: GraphView, query: ClaimQuery) -> ClaimFilter:
    """Return the filter that a query means, each entity with its equivalents.

    Raises what :func:`~app.services.entities.resolve` raises for a name. An article that is not
    there has no claims; one that can't be an identifier is BadInput.
    """
    articles = view.article_ids([spelled(each) for each in query.article])
    found = tuple(sorted(set(articles.values())))
    return ClaimFilter(
        agent=_meant(view, query.agent, "agent"),
        outcome=_meant(view, query.outcome, "outcome"),
        context=_meant(view, query.context, "context"),
        entity=_meant(view, query.entity, "entity"),
        predicate=query.predicate,
        status=query.status,
        epistemic=query.epistemic,
        evidence=query.evidence,
        article=found or _NO_ARTICLE if query.article else (),
    )


def claim_list(
    view: GraphView,
    query: ClaimQuery,
    after: str | None = None,
    limit: int = 25,
    order: ClaimOrder = ClaimOrder.ID,
) -> Page[ClaimView]:
    """Return claims in an order; by article, those of one page follow the article's text.

    Raises what :func:`claim_filter` raises.
    """
    which = claim_filter(view, query)
    page = view.claim_page(which, after, limit, order)
    views = list(claim_views(view, [stored.id for stored in page.items]).values())
    if order is ClaimOrder.ARTICLE:
        whose = [stored.article_id for stored in page.items]
        rank = {article: number for number, article in enumerate(dict.fromkeys(whose))}
        rows = sorted(
            zip(views, whose, strict=True), key=lambda row: (rank[row[1]], _place(row[0]))
        )
        views = [claim for claim, _ in rows]
    return Page(tuple(views), page.total, page.next_after)


def claims_of_article(view: GraphView, article_id: str) -> tuple[ClaimView, ...]:
    """Return all claims of an article, whatever their status, in the order of the text."""
    views = claim_views(view, claim_ids_of_article(view, article_id)).values()
    return tuple(sorted(views, key=_place))


def claim_ids_of_article(view: GraphView, article_id: str) -> list[str]:
    """Return the ids of all claims of an article, sorted."""
    found: list[str] = []
    after: str | None = None
    while True:
        page = view.claim_page(ClaimFilter(article=(article_id,)), after, _PAGE)
        found += [stored.id for stored in page.items]
        after = page.next_after
        if after is None:
            return found


def _place(claim: ClaimView) -> tuple[int, int, str]:
    first = claim.quotes[0] if claim.quotes else None
    return (first.start or 0, first.end or 0, claim.id) if first else (0, 0, claim.id)


def history(view: GraphView, claim_id: str) -> tuple[Decision, ...]:
    """Return all decisions on a claim, oldest first; NotFound."""
    return view.decisions_on([stored_claim(view, claim_id).id]).get(claim_id, ())


def _meant(view: GraphView, names: Sequence[str], slot: str) -> tuple[str, ...]:
    ids = {
        same
        for name in names
        for same in equivalents(view, resolve(view, name, pointer=f"/query/{slot}").id)
    }
    return tuple(sorted(ids))


def _slots(claim: Claim) -> Iterable[tuple[str, object]]:
    skipped = ("text_sha256", "quotes")
    return ((name, getattr(claim, name)) for name in Claim.model_fields if name not in skipped)
