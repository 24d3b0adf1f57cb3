"""Articles: by any of their identifiers, and in pages."""

from app.graph.port import GraphView, Page
from app.model.article import Article
from app.model.errors import BadInput, NotFound
from app.model.identifiers import normalise_curie

INTERNAL = "ART:"
"""What every internal id of an article begins with."""


def article(view: GraphView, identifier: str) -> Article:
    """Return the article with this identifier: internal, PMID, PMC or DOI, in any spelling.

    Raises BadInput for what is no identifier, and NotFound.
    """
    return view.articles([article_id(view, identifier)]).popitem()[1]


def article_id(view: GraphView, identifier: str) -> str:
    """Return the internal id of the article with this identifier; BadInput, NotFound."""
    wanted = spelled(identifier)
    found = view.article_ids([wanted]).get(wanted)
    if found is None:
        raise NotFound(f"There is no article {wanted} in the graph.")
    return found


def article_page(view: GraphView, after: str | None, limit: int) -> Page[Article]:
    """Return articles in the order of their internal ids."""
    return view.article_page(after, limit)


def spelled(identifier: str) -> str:
    """Return an article's identifier in its one spelling; bare digits are a PMID. BadInput."""
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
