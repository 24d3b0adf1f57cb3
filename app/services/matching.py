"""Which stored article a record is of: by identifier, else by text, else by citation."""

from collections.abc import Iterable

from app.graph.port import GraphView
from app.ingest import citation_key
from app.model.article import Article, Record, text_of
from app.model.errors import Conflict
from app.model.text import sha256_of

ARTICLE_PREFIX = "ART:"
_DIGITS = 16


def find_article(view: GraphView, record: Record) -> Article | None:
    """Return the stored article that the record is of, or None for a new one.

    Identifiers decide; where none is known, the same text decides if it has an abstract or the
    whole record is the same, and then the same citation (:func:`app.ingest.citation_key`). By text
    or citation only an article is found whose identifiers do not contradict the record's, and only
    where it is the only one.

    Raises:
        Conflict: the identifiers belong to several articles, or one of them belongs to an
            article that has another identifier of the same kind.
    """
    identifiers = record.citation.identifiers
    owners = view.article_ids(identifiers)
    ids = sorted(set(owners.values()))
    if len(ids) > 1:
        owned = "; ".join(f"{each} is {owners[each]}" for each in identifiers if each in owners)
        raise Conflict(
            f"the record's identifiers belong to different articles: {owned}; if these are one, "
            f"merge them: evipath merge-articles {ids[1]} {ids[0]} --reason …"
        )
    if ids:
        article = view.articles(ids)[ids[0]]
        contradiction = _contradiction(view, record, article)
        if contradiction is not None:
            mine, theirs = contradiction
            shared = next(each for each in identifiers if each in owners)
            raise Conflict(
                f"the record is {mine}, but {shared} belongs to article {article.id}, which is "
                f"{theirs}; one of the two records names a wrong identifier"
            )
        return article
    return _by_words(view, record)


def is_internal(identifier: str) -> bool:
    """Tell whether an identifier is the internal id of an article, one merged into another."""
    return identifier.startswith(ARTICLE_PREFIX)


def new_article_id(view: GraphView, record: Record) -> str:
    """Return a new article's internal id, made from its first identifier or else its text."""
    number = 0
    while True:
        article_id = likely_article_id(record, number)
        if article_id not in view.article_ids([article_id]):
            return article_id
        number += 1


def likely_article_id(record: Record, number: int = 0) -> str:
    """Return the internal id that a record's article gets where ``number`` others took it."""
    first = next(iter(record.citation.identifiers), None)
    key = first or sha256_of(text_of(record.citation))
    seed = key if number == 0 else f"{key} {number}"
    return ARTICLE_PREFIX + sha256_of(seed)[:_DIGITS]


def _by_words(view: GraphView, record: Record) -> Article | None:
    sha256 = sha256_of(text_of(record.citation))
    found = view.articles_with_text(sha256) or view.articles_merged_with_text(sha256)
    if not record.citation.abstract:
        # Many articles share a title such as "Editorial"; only the very same record is the same.
        found = tuple(each for each in found if record in view.article_records(each))
    article = _only_fitting(view, record, found)
    if article is not None:
        return article
    key = citation_key(record.citation)
    return _only_fitting(view, record, view.articles_with_citation(key)) if key else None


def _only_fitting(view: GraphView, record: Record, ids: Iterable[str]) -> Article | None:
    articles = view.articles(sorted(ids)).values()
    fitting = [article for article in articles if _contradiction(view, record, article) is None]
    return fitting[0] if len(fitting) == 1 else None


def _contradiction(view: GraphView, record: Record, article: Article) -> tuple[str, str] | None:
    """Return an identifier of the record and the other one of its kind that the article has.

    An article into which others were merged may have several of a kind.
    """
    aliases = view.aliases_of(article.id)
    merged = any(is_internal(each) for each in aliases)
    known = _by_kind((*article.citation.identifiers, *(aliases if merged else ())))
    for prefix, mine in _by_kind(record.citation.identifiers).items():
        theirs = known.get(prefix, [])
        if theirs and not set(mine) & set(theirs):
            return mine[0], theirs[0]
    return None


def _by_kind(identifiers: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for identifier in identifiers:
        found.setdefault(identifier.partition(":")[0], []).append(identifier)
    return found
