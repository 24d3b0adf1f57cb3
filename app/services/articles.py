"""Articles: by any of their identifiers, in pages, with their claims."""

from app.graph.port import ClaimFilter, GraphView, Page
from app.model.article import Article
from app.model.claim import ClaimView
from app.model.errors import BadInput, NotFound
from app.model.identifiers import normalise_curie
from app.services.claims import claim_views

_PAGE = 500
INTERNAL = "ART:"
"""What every internal id of an article begins with."""


def article(view: GraphView, identifier: str) -> Article:
    """Return the article with this identifier: internal, PMID, PMC or DOI, in any spelling.

    Raises BadInput for what is no identifier, and NotFound.
    """
    return view.articles([article_id(view, identifier)]).popitem()[1]


def article_id(view: GraphView, identifier: str) -> str:
    """Return the internal id of the article with this identifier; BadInput, NotFound."""
    wanted = _spelled(identifier)
    found = view.article_ids([wanted]).get(wanted)
    if found is None:
        raise NotFound(f"There is no article {wanted} in the graph.")
    return found


def article_page(view: GraphView, after: str | None, limit: int) -> Page[Article]:
    """Return articles in the order of their internal ids."""
    return view.article_page(after, limit)


def claims_of(view: GraphView, article_id: str) -> tuple[ClaimView, ...]:
    """Return all claims of an article, whatever their status, in the order of the text."""
    views = claim_views(view, claim_ids_of(view, article_id)).values()
    return tuple(sorted(views, key=_place))


def claim_ids_of(view: GraphView, article_id: str) -> list[str]:
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


def _spelled(identifier: str) -> str:
    text = identifier.strip()
    if text.upper().startswith(INTERNAL):
        return INTERNAL + text[len(INTERNAL) :].lower()
    if text.isascii() and text.isdigit():
        text = f"PMID:{text}"
    try:
        return normalise_curie(text)
    except BadInput as error:
        raise BadInput(
            f"{error}. An article is named by PMID:…, PMC:…, doi:… or its internal id."
        ) from error
