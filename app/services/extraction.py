"""Documents read for claims and stored nowhere."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from app.curation.confidence import confidence_of
from app.ingest import Item
from app.model.account import JobError
from app.model.article import Article, Record, fold
from app.model.base import Frozen
from app.model.claim import Claim, ClaimView, Link
from app.model.reading import Reading, TextMention
from app.model.statement import describe
from app.model.vocabulary import Status
from app.reasoning.canon import Canon
from app.services.edges import edges_of
from app.services.matching import likely_article_id
from app.services.pipeline import Start

CHUNK: Final = 50
"""Documents that are begun at once."""

NOWHERE: Final = 0
"""The revision that a claim bears which is stored nowhere."""


class ExtractedDocument(Frozen):
    """A document as readers read it; offsets count code points of ``text``, end-exclusive.

    ``id`` is the identifier that answers would show. ``claims`` have the form of any claim, with
    the edges that they would carry as candidates; their ``revision`` is 0: they are in no store.
    """

    id: str
    text: str
    mentions: tuple[TextMention, ...]
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class Extract:
    """What became of one document: it and its reading, or the error that says why there is none.

    ``place`` names where the document stands in its source.
    """

    place: str
    document: ExtractedDocument | None = None
    reading: Reading | None = None
    error: JobError | None = None


def extract(items: Iterable[Item], start: Start) -> Iterator[Extract]:
    """Read the documents that ``items`` yields for claims, in order; no store is touched."""
    source = (item for item in items if item.deletion is None)
    begun = None
    while chunk := list(islice(source, CHUNK)):
        articles = [_article(each.record) if each.record else None for each in chunk]
        following = (chunk, articles, start([each.text for each in articles if each]))
        if begun is not None:
            yield from _read(*begun)
        begun = following
    if begun is not None:
        yield from _read(*begun)


def extracted(article: Article, reading: Reading) -> ExtractedDocument:
    """Return an article's reading in the form in which it is shown."""
    canonical = Canon(reading.relations).canonical
    links: dict[str, list[Link]] = {}
    for proposed in reading.links:
        links.setdefault(proposed.claim, []).append(proposed.link)
    return ExtractedDocument(
        id=article.curie,
        text=article.text,
        mentions=reading.mentions,
        claims=tuple(
            ClaimView(
                **{name: getattr(each.claim, name) for name in _SLOTS},
                id=each.claim.id,
                status=Status.CANDIDATE,
                article=article.curie,
                edges=edges_of(each.claim, Status.CANDIDATE, canonical),
                links=tuple(sorted(links.get(each.claim.id, ()), key=_by_type)),
                confidence=confidence_of(each.extractions),
                extractions=each.extractions,
                statement=describe(each.claim),
                retracted=article.citation.retracted or article.citation.withdrawn,
                withdrawn=article.citation.withdrawn,
                revision=NOWHERE,
            )
            for each in reading.claims
        ),
    )


def _by_type(link: Link) -> tuple[str, str]:
    return link.type.value, link.claim


_SLOTS = tuple(name for name in Claim.model_fields if name in ClaimView.model_fields)


def _read(
    items: list[Item], articles: list[Article | None], wait: Callable[[], list[Reading]]
) -> Iterator[Extract]:
    readings = iter(wait())
    for item, article in zip(items, articles, strict=True):
        place = item.source if item.number <= 1 else f"{item.source}, record {item.number}"
        if article is None:
            reason = item.error.reason if item.error else "it holds no record"
            error = JobError(
                source=item.source, record=item.number or None, line=item.line, reason=reason
            )
            yield Extract(place, error=error)
        else:
            reading = next(readings)
            yield Extract(place, extracted(article, reading), reading)


def _article(record: Record) -> Article:
    return fold(likely_article_id(record), (record,))
