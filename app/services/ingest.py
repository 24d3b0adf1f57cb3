"""Documents into the store: a batch a transaction, each document whole or not at all."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from itertools import islice
from typing import Final

from app.curation.anchoring import anchor
from app.graph.port import GraphStore, GraphView, GraphWriter
from app.ingest import Deletion, Item, citation_key
from app.model.account import JobError
from app.model.article import Article, Record, fold, withdrawn
from app.model.errors import Conflict
from app.services.candidates import take_reading
from app.services.claims import claim_ids_of_article
from app.services.matching import find_article, is_internal, new_article_id
from app.services.pipeline import Start
from app.services.readings import Extracted, Readings, Unread

BATCH: Final = 200
"""Documents a transaction."""

READ_BATCH: Final = 50
"""Documents a transaction where each is read for claims, which takes longer than storing it."""

BATCH_CHARACTERS: Final = 4_000_000
"""Characters of abstracts that end a batch early."""


MOST_LISTED: Final = 1_000_000
"""Articles and errors that a report lists; its counts count all."""


class Fate(StrEnum):
    """What became of a document.

    *Outdated* is an older version of a record than the stored one, which it leaves as it is;
    *withdrawn* is an article whose record PubMed deleted.
    """

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    OUTDATED = "outdated"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one record: its fate and its article's internal id."""

    fate: Fate
    article_id: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest is, after a batch that is stored.

    ``errors`` and ``articles`` are those of this batch alone; ``counts`` and ``extracted`` those
    of all batches. An error may also be that a document is stored and a reader failed on it.
    """

    done: int
    counts: Mapping[Fate, int]
    errors: tuple[JobError, ...]
    articles: tuple[str, ...]
    extracted: Extracted


@dataclass(slots=True)
class IngestReport:
    """What became of every document.

    ``articles`` are the internal ids of the articles that were created or updated, in order;
    ``extracted`` says what was read in them; ``stopped`` says that the ingest was asked to end
    before the input did.
    """

    done: int = 0
    counts: Counter[Fate] = field(default_factory=Counter)
    errors: list[JobError] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)
    extracted: Extracted = field(default_factory=Extracted)
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a record is to become: the article before and after it; None where nothing changes."""

    fate: Fate
    article_id: str
    before: Article | None = None
    after: Article | None = None


def ingest(
    store: GraphStore,
    items: Iterable[Item],
    *,
    actor: str,
    message: str = "ingest",
    start: Start | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
    batch: int | None = None,
) -> IngestReport:
    """Store the documents that ``items`` yields, and say what became of each.

    A document that can't be read, or whose identifiers contradict what is stored, is reported
    with its place and skipped; the rest goes in. The same documents again change nothing. With
    ``start``, each article that is new or changed gets its candidate claims in its own
    transaction, before which it is read. ``progress`` is called after each batch that is stored,
    ``should_stop`` asked before each.
    """
    report = IngestReport()
    size = batch or (BATCH if start is None else READ_BATCH)
    for chunk, readings in _read_ahead(store, _batches(items, size), start):
        if should_stop():
            report.stopped = True
            return report
        work = partial(_store_all, items=chunk, readings=readings, told=report.extracted.failed)
        step = readings.run(partial(store.write, actor, message, work))
        report.done += len(chunk)
        report.errors += step.errors[: MOST_LISTED - len(report.errors)]
        report.articles += step.articles[: MOST_LISTED - len(report.articles)]
        report.counts += step.counts
        report.extracted.add(step.extracted)
        progress(
            Progress(
                report.done,
                dict(report.counts),
                tuple(step.errors),
                tuple(step.articles),
                report.extracted,
            )
        )
    return report


def store_record(writer: GraphWriter, record: Record) -> Stored:
    """Store one record within a transaction, with all that follows for its article.

    Raises Conflict, before anything is written, where :func:`find_article` does.
    """
    plan = _plan(writer, record)
    _carry_out(writer, record, plan)
    return Stored(plan.fate, plan.article_id)


def _plan(view: GraphView, record: Record) -> _Plan:
    article = find_article(view, record)
    if article is None:
        article_id = new_article_id(view, record)
        return _Plan(Fate.CREATED, article_id, None, fold(article_id, (record,)))
    records = view.article_records(article.id)
    held = next((each for each in records if each.format is record.format), None)
    if held == record:
        return _Plan(Fate.UNCHANGED, article.id)
    if held is not None and not _counts_more(view, article, record, held):
        return _Plan(Fate.OUTDATED, article.id)
    others = tuple(each for each in records if each.format is not record.format)
    return _Plan(Fate.UPDATED, article.id, article, fold(article.id, (*others, record)))


def _carry_out(writer: GraphWriter, record: Record, plan: _Plan) -> None:
    if plan.after is None:
        return
    if plan.before is None:
        writer.add_article(plan.article_id)
    _put(writer, record, plan.after, plan.before)


def _counts_more(view: GraphView, article: Article, record: Record, held: Record) -> bool:
    """Tell whether a record takes the place of one of its format.

    Where articles were merged, one that is not later does not: it may be the other's.
    """
    if record.rank[:2] != held.rank[:2]:
        return record.rank > held.rank
    merged = any(is_internal(each) for each in view.aliases_of(article.id))
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


def _store_all(
    writer: GraphWriter, items: Iterable[Item], readings: Readings, told: Mapping[str, int]
) -> IngestReport:
    """Store a batch; raise Unread at its end where articles have texts that were not read."""
    report = IngestReport()
    changed: dict[str, tuple[Item, Article]] = {}
    for item in items:
        if item.deletion is not None:
            report.counts[_withdraw(writer, item.deletion)] += 1
            continue
        if item.error is not None or item.record is None:
            reason = item.error.reason if item.error else "it holds no record"
            _fail(report, item, reason)
            continue
        try:
            plan = _plan(writer, item.record)
        except Conflict as error:
            _fail(report, item, str(error))
            continue
        _carry_out(writer, item.record, plan)
        report.counts[plan.fate] += 1
        if plan.after is not None:
            report.articles.append(plan.article_id)
            changed[plan.article_id] = (item, plan.after)
    if readings.wanted:
        # Of an article that several records changed only the last text is kept, and read.
        _take_readings(writer, changed.values(), readings, report, told)
    return report


def _withdraw(writer: GraphWriter, deletion: Deletion) -> Fate:
    """Mark what PubMed deleted; its claims stay, and answers leave them out."""
    owner = writer.article_ids([deletion.pmid]).get(deletion.pmid)
    fate = Fate.UNCHANGED
    for record in writer.article_records(owner) if owner is not None else ():
        gone = withdrawn(record, deletion.pmid, deletion.version, deletion.day)
        if owner is not None and gone is not None:
            writer.put_record(owner, gone, citation_key(gone.citation))
            fate = Fate.WITHDRAWN
    return fate


def _take_readings(
    writer: GraphWriter,
    changed: Iterable[tuple[Item, Article]],
    readings: Readings,
    report: IngestReport,
    told: Mapping[str, int],
) -> None:
    unread: list[str] = []
    for item, article in changed:
        reading = readings.of(article.text_sha256)
        if reading is None:
            unread.append(article.text)
            continue
        taken = take_reading(writer, article, reading)
        for failed in report.extracted.count(reading, taken, told):
            reason = f"stored, but not read by {failed.reader}: {failed.failure}"
            report.errors.append(_error(item, reason))
    if unread:
        raise Unread(unread)


def _read_ahead(
    store: GraphStore, chunks: Iterable[list[Item]], start: Start | None
) -> Iterator[tuple[list[Item], Readings]]:
    """Yield each batch with its readings, the next one's begun while this one's is stored."""
    if start is None:
        for chunk in chunks:
            yield chunk, Readings(None, ())
        return
    ready: tuple[list[Item], Readings] | None = None
    try:
        for chunk in chunks:
            begun = (chunk, Readings(start, _texts(store, chunk)))
            if ready is not None:
                yield ready
            ready = begun
    except Exception:
        # What was read before the fault is stored, as it is where nothing is read for claims.
        if ready is not None:
            yield ready
        raise
    if ready is not None:
        yield ready


def _texts(store: GraphStore, items: Iterable[Item]) -> Iterator[str]:
    """Yield the texts that articles are likely to have once these documents are stored."""
    with store.view() as view:
        for item in items:
            if item.record is None:
                continue
            try:
                plan = _plan(view, item.record)
            except Conflict:
                continue
            if plan.after is not None:
                yield plan.after.text


def _fail(report: IngestReport, item: Item, reason: str) -> None:
    report.counts[Fate.FAILED] += 1
    report.errors.append(_error(item, reason))


def _error(item: Item, reason: str) -> JobError:
    return JobError(source=item.source, record=item.number or None, line=item.line, reason=reason)


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
