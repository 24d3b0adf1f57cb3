"""Claims that curators make: adding them, and renewing what follows from a claim's decisions."""

from datetime import UTC, datetime
from uuid import uuid4

from app.curation.duplicates import doubles
from app.curation.standing import state_after, status_of, verdicts
from app.curation.validation import verify
from app.graph.port import GraphStore, GraphView, GraphWriter
from app.model.article import Article
from app.model.claim import Claim, ClaimView, Extraction
from app.model.decision import Decision
from app.model.errors import BadInput, Conflict, FieldError, NotFound
from app.model.vocabulary import DecisionType, Status
from app.services import articles
from app.services.claims import claim_ids_of_article, claim_view, stored_claim
from app.services.edges import canonical_in, put_state_and_edges
from app.services.lexicon import put_named

CURATED = Extraction(reader="curation", version="1", confidence=1.0)
"""The reading of a claim that a curator made."""

_OUT = frozenset({Status.REJECTED, Status.SUPERSEDED})


def add_claim(
    store: GraphStore,
    claim: Claim,
    *,
    actor: str,
    article: str | None = None,
    quorum: int = 1,
) -> ClaimView:
    """Add a claim that a reader missed, accepted by the curator who adds it; return its view.

    The article is found by the claim's text; ``article`` (any identifier) says which, where
    several have that text. Adding what the same curator added already changes nothing.
    ``quorum`` is how many curators must accept it.

    Raises:
        BadInput, QuoteMismatch: see :func:`app.curation.validation.verify`.
        NotFound: no article has the text, or there is no such article.
        Conflict: a claim says the same already, or several articles have the text.
    """
    time = datetime.now(UTC)

    def work(writer: GraphWriter) -> ClaimView:
        found = _article_for(writer, claim, article)
        put_named(writer, claim.entity_ids())
        verified = checked(writer, found, claim)
        later = status_of(writer.decisions_on([verified.id]).get(verified.id, ()))[1]
        if later:
            raise Conflict(f"The claim was made before and superseded by {', '.join(later)}.")
        take_in(writer, found.id, verified, actor=actor, time=time, quorum=quorum)
        return claim_view(writer, verified.id)

    return store.write(actor, "add a claim", work)


def checked(view: GraphView, article: Article, claim: Claim, replaces: str | None = None) -> Claim:
    """Return a curator's claim, verified against its article and held against its neighbours.

    ``replaces`` is the claim in whose place it is to stand, which may say the same. Raises what
    :func:`app.curation.validation.verify` raises, BadInput for an entity that the graph does not
    hold, Conflict where another claim says the same.
    """
    verified = verify(claim, article.text)
    _need_entities(view, verified)
    others = view.claims(
        [each for each in claim_ids_of_article(view, article.id) if each != replaces]
    )
    rivals = (other.claim for other in others.values() if other.state.status not in _OUT)
    double = doubles(verified, rivals, canonical_in(view))
    if double is not None:
        raise Conflict(
            f"Claim {double.id} says the same already: decide on that one, or merge into it."
        )
    return verified


def take_in(
    writer: GraphWriter,
    article_id: str,
    claim: Claim,
    *,
    actor: str,
    time: datetime,
    source: str | None = None,
    quorum: int = 1,
) -> None:
    """Store a checked claim as its curator's reading, accepted by the curator."""
    writer.put_claim(article_id, claim)
    writer.add_extraction(claim.id, CURATED)
    decisions = writer.decisions_on([claim.id]).get(claim.id, ())
    held = verdicts(decisions).get(actor)
    if held is None or held.type is not DecisionType.ACCEPT:
        writer.add_decision(
            Decision(
                id=uuid4().hex,
                type=DecisionType.ACCEPT,
                claim=claim.id,
                actor=actor,
                source=source,
                quorum=quorum,
                revision=writer.next_revision,
                created_at=time,
            )
        )
    renew(writer, claim.id)


def renew(writer: GraphWriter, claim_id: str) -> None:
    """Compute a claim's status and edges anew from the decisions on it."""
    stored = stored_claim(writer, claim_id)
    state = state_after(stored.state, writer.decisions_on([claim_id]).get(claim_id, ()))
    put_state_and_edges(writer, stored.claim, state, canonical_in(writer))


def _article_for(view: GraphView, claim: Claim, identifier: str | None) -> Article:
    if identifier is not None:
        return articles.article(view, identifier)
    if claim.text_sha256 is None:
        why = "a curated claim needs the hash of the article's text"
        raise BadInput(f"{why[0].upper()}{why[1:]}.", [FieldError("/text_sha256", why)])
    found = view.articles_with_text(claim.text_sha256)
    if not found:
        raise NotFound(f"No article's present text has the hash {claim.text_sha256}.")
    if len(found) > 1:
        raise Conflict(f"The articles {', '.join(found)} have this text; name one of them.")
    return view.articles(found)[found[0]]


def _need_entities(view: GraphView, claim: Claim) -> None:
    named = claim.entity_ids()
    unknown = [entity for entity in named if entity not in view.entities(named)]
    if unknown:
        listed = ", ".join(unknown)
        raise BadInput(
            f"The graph has no entity {listed}; ground the claim to entities that it has.",
            [FieldError("", f"no entity {entity}") for entity in unknown],
        )
