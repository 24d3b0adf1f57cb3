"""Stored articles read again, after the rules, the lexicon or a model changed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from app.graph.port import GraphStore, GraphWriter
from app.model.account import JobError
from app.model.article import Article
from app.services import articles
from app.services.candidates import take_reading
from app.services.pipeline import Start
from app.services.readings import Extracted, Readings, Unread

BATCH: Final = 50
"""Articles a transaction."""


@dataclass(slots=True)
class Reread:
    """How many articles were read again, what was found, and which readers failed on which."""

    done: int = 0
    extracted: Extracted = field(default_factory=Extracted)
    errors: list[JobError] = field(default_factory=list)


def reread(
    store: GraphStore,
    start: Start,
    *,
    actor: str,
    identifiers: Sequence[str] | None = None,
    progress: Callable[[Reread], None] = lambda _: None,
    batch: int = BATCH,
) -> Reread:
    """Read articles again and store what is found, as an ingest does.

    ``identifiers`` names the articles (None: all). A second run with the same readers changes
    nothing, so one that was cut off is completed by running it again. ``progress`` is called
    after each batch that is stored.

    Raises BadInput for what is no identifier, and NotFound.
    """
    report = Reread()
    for ids, readings in _ahead(store, start, identifiers, batch):
        work = partial(_take, ids=ids, readings=readings, told=report.extracted.failed)
        step = readings.run(partial(store.write, actor, "read articles again", work))
        report.done += step.done
        report.errors += step.errors
        report.extracted.add(step.extracted)
        progress(report)
    return report


def _ahead(
    store: GraphStore, start: Start, identifiers: Sequence[str] | None, batch: int
) -> Iterator[tuple[list[str], Readings]]:
    """Yield the ids of each batch with its readings, the next one's begun already."""
    ready = None
    for found in _batches(store, identifiers, batch):
        begun = ([each.id for each in found], Readings(start, [each.text for each in found]))
        if ready is not None:
            yield ready
        ready = begun
    if ready is not None:
        yield ready


def _batches(
    store: GraphStore, identifiers: Sequence[str] | None, batch: int
) -> Iterator[list[Article]]:
    if identifiers is not None:
        with store.view() as view:
            ids = list(dict.fromkeys(articles.article_id(view, each) for each in identifiers))
        for at in range(0, len(ids), batch):
            with store.view() as view:
                yield list(view.articles(ids[at : at + batch]).values())
        return
    after: str | None = None
    while True:
        with store.view() as view:
            page = view.article_page(after, batch)
        if page.items:
            yield list(page.items)
        after = page.next_after
        if after is None:
            return


def _take(
    writer: GraphWriter, ids: Sequence[str], readings: Readings, told: Mapping[str, int]
) -> Reread:
    report = Reread()
    unread: list[str] = []
    for article in writer.articles(ids).values():
        reading = readings.of(article.text_sha256)
        if reading is None:
            unread.append(article.text)
            continue
        report.done += 1
        taken = take_reading(writer, article, reading)
        for failed in report.extracted.count(reading, taken, told):
            reason = f"not read by {failed.reader}: {failed.failure}"
            report.errors.append(JobError(source=article.curie, reason=reason))
    if unread:
        raise Unread(unread)
    return report
