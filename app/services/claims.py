"""Claims: as every door shows them, in filtered lists, and added by a curator."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.graph.port import ClaimFilter, GraphStore, GraphView, Page
from app.model.claim import Claim, ClaimView, Extraction, StoredClaim
from app.model.decision import Decision
from app.model.errors import NotFound
from app.model.statement import describe
from app.model.vocabulary import Epistemic, EvidenceType, PredicateType, Status

CURATED = Extraction(reader="curation", version="1", confidence=1.0)
"""The reading of a claim that a curator made."""


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

    Unknown ids are left out. Five reads serve any number of claims.
    """
    wanted = list(dict.fromkeys(ids))
    stored = view.claims(wanted)
    known = [claim for claim in wanted if claim in stored]
    edges, links = view.edges_of(known), view.links_of(known)
    extractions = view.extractions_of(known)
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
            confidence=max((reading.confidence for reading in readings), default=1.0),
            extractions=readings,
            statement=describe(each.claim),
            retracted=facts.retracted if facts else False,
            revision=each.revision,
        )
    return found


def claim_view(view: GraphView, claim_id: str) -> ClaimView:
    """Return one claim as doors show it; NotFound."""
    return claim_views(view, [stored_claim(view, claim_id).id])[claim_id]


def stored_claim(view: GraphView, claim_id: str) -> StoredClaim:
    """Return one claim as it is stored; NotFound."""
    found = view.claims([claim_id]).get(claim_id)
    if found is None:
        raise NotFound(f"There is no claim {claim_id[:80]}.")
    return found


def claim_list(
    view: GraphView, query: ClaimQuery, after: str | None = None, limit: int = 25
) -> Page[ClaimView]:
    """Return claims in the order of their ids.

    An entity is found under any of its equivalents. Raises what
    :func:`~app.services.entities.resolve` and :func:`~app.services.articles.article_id` raise.
    """
    raise NotImplementedError


def history(view: GraphView, claim_id: str) -> tuple[Decision, ...]:
    """Return all decisions on a claim, oldest first; NotFound."""
    return view.decisions_on([stored_claim(view, claim_id).id]).get(claim_id, ())


def add_claim(
    store: GraphStore, claim: Claim, *, actor: str, article: str | None = None
) -> ClaimView:
    """Add a claim that a reader missed, accepted by the curator who adds it.

    The article is found by the claim's text; ``article`` is needed only where several have that
    text. Raises BadInput and QuoteMismatch (see :mod:`app.curation.validation`), NotFound where
    no article has the text, Conflict where a claim says the same already.
    """
    raise NotImplementedError


def _slots(claim: Claim) -> Iterable[tuple[str, object]]:
    skipped = ("text_sha256", "quotes")
    return ((name, getattr(claim, name)) for name in Claim.model_fields if name not in skipped)
