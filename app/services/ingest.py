"""Documents into the store: a batch a transaction, each document whole or not at all."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from itertools import islice
from typing import Final

from app.curation.anchoring import anchor
from app.graph.port import GraphStore, GraphWriter
from app.ingest import Item, citation_key
from app.model.account import JobError
from app.model.article import Article, Record, fold
from app.model.errors import Conflict
from app.services.claims import claim_ids_of_article
from app.services.matching import find_article, is_internal, new_article_id

BATCH: Final = 200
"""Documents a transaction."""

BATCH_CHARACTERS: Final = 4_000_000
"""Characters of abstracts that end a batch early."""


class Fate(StrEnum):
    """What became of a document.

    *Outdated* is an older version of a record than the stored one, which it leaves as it is.
    """

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    OUTDATED = "outdated"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one record: its fate and its article's internal id."""

    fate: Fate
    article_id: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest is, after a batch that is stored.

    ``errors`` and ``articles`` are those of this batch alone; ``counts`` those of all batches.
    """

    done: int
    counts: Mapping[Fate, int]
    errors: tuple[JobError, ...]
    articles: tuple[str, ...]


@dataclass(slots=True)
class IngestReport:
    """What became of every document.

    ``articles`` are the internal ids of the articles that were created or updated, in order;
    ``stopped`` says that the ingest was asked to end before the input did.
    """

    done: int = 0
    counts: Counter[Fate] = field(default_factory=Counter)
    errors: list[JobError] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)
    stopped: bool = False


def ingest(
    store: GraphStore,
    items: Iterable[Item],
    *,
    actor: str,
    message: str = "ingest",
    progress: Callable[[Progress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
    batch: int = BATCH,
) -> IngestReport:
    """Store the documents that ``items`` yields, and say what became of each.

    A document that can't be read, or whose identifiers contradict what is stored, is reported
    with its place and skipped; the rest goes in. The same documents again change nothing.
    ``progress`` is called after each batch that is stored, ``should_stop`` asked before each.
    """
    report = IngestReport()
    for chunk in _batches(items, batch):
        if should_stop():
            report.stopped = True
            return report
        step = store.write(actor, message, partial(_store_all, items=chunk))
        report.done += len(chunk)
        report.errors += step.errors
        report.articles += step.articles
        report.counts += step.counts
        progress(
            Progress(report.done, dict(report.counts), tuple(step.errors), tuple(step.articles))
        )
    return report


def store_record(writer: GraphWriter, record: Record) -> Stored:
    """Store one record within a transaction, with all that follows for its article.

    Raises Conflict, before anything is written, where :func:`find_article` does.
    """
    article = find_article(writer, record)
    if article is None:
        article_id = new_article_id(writer, record)
        writer.add_article(article_id)
        _put(writer, record, fold(article_id, (record,)), None)
        return Stored(Fate.CREATED, article_id)
    records = writer.article_records(article.id)
    held = next((each for each in records if each.format is record.format), None)
    if held == record:
        return Stored(Fate.UNCHANGED, article.id)
    if held is not None and not _counts_more(writer, article, record, held):
        return Stored(Fate.OUTDATED, article.id)
    others = tuple(each for each in records if each.format is not record.format)
    _put(writer, record, fold(article.id, (*others, record)), article)
    return Stored(Fate.UPDATED, article.id)


def _counts_more(writer: GraphWriter, article: Article, record: Record, held: Record) -> bool:
    """Tell whether a record takes the place of one of its format.

    Where articles were merged, one that is not later does not: it may be the other's.
    """
    if record.rank[:2] != held.rank[:2]:
        return record.rank > held.rank
    merged = any(is_internal(each) for each in writer.aliases_of(article.id))
    return not merged and record.rank > held.rank


def _put(writer: GraphWriter, record: Record, article: Article, before: Article | None) -> None:
    writer.put_record(article.id, record, citation_key(record.citation))
    for alias in record.citation.identifiers:
        writer.put_alias(alias, article.id)
    if before is not None and before.text_sha256 == article.text_sha256:
        return
    writer.put_text(article.id, article.text, article.text_sha256)
    waiting = writer.claims(writer.claims_of_text(article.text_sha256)).values()
    for stored in waiting:
        if stored.article_id is None:
            writer.put_claim(article.id, stored.claim)
    if before is not None:
        anchor_again(writer, article)


def anchor_again(writer: GraphWriter, article: Article) -> None:
    """Anchor the quotes of the article's claims in its new text, or flag them."""
    for stored in writer.claims(claim_ids_of_article(writer, article.id)).values():
        quotes = anchor(stored.claim.quotes, article.text, article.text_sha256)
        if quotes != stored.state.quotes:
            writer.put_state(stored.id, stored.state.model_copy(update={"quotes": quotes}))


def _store_all(writer: GraphWriter, items: Iterable[Item]) -> IngestReport:
    report = IngestReport()
    for item in items:
        if item.error is not None or item.record is None:
            reason = item.error.reason if item.error else "it holds no record"
            _fail(report, item, reason)
            continue
        try:
            stored = store_record(writer, item.record)
        except Conflict as error:
            _fail(report, item, str(error))
            continue
        report.counts[stored.fate] += 1
        if stored.fate in (Fate.CREATED, Fate.UPDATED):
            report.articles.append(stored.article_id)
    return report


def _fail(report: IngestReport, item: Item, reason: str) -> None:
    report.counts[Fate.FAILED] += 1
    report.errors.append(
        JobError(source=item.source, record=item.number or None, line=item.line, reason=reason)
    )


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    source = iter(items)
    while chunk := list(_weighed(islice(source, size))):
        yield chunk


def _weighed(items: Iterator[Item]) -> Iterator[Item]:
    weight = 0
    for item in items:
        yield item
        if item.record is not None:
            weight += sum(len(part.text) for part in item.record.citation.abstract)
        if weight > BATCH_CHARACTERS:
            return
