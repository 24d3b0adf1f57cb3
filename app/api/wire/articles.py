"""Articles as REST shows them."""

from collections.abc import Iterator, Sequence
from datetime import date

from pydantic import BaseModel, Field

from app.model.account import JobError
from app.model.article import Article, Citation
from app.model.claim import ClaimView, Composition, Participant
from app.model.decision import ArticleDecision
from app.model.history import Snapshot
from app.model.reading import TextMention, Usage
from app.model.text import Grounding, Mention, Span
from app.model.vocabulary import DocumentFormat
from app.services.extraction import ExtractedDocument
from app.services.readings import Extracted


class ArticleSummary(BaseModel):
    """An article in a list; ``curie`` is the identifier that answers show."""

    id: str
    curie: str
    citation: Citation
    retracted: bool
    records: tuple[DocumentFormat, ...]
    version: int
    revised: date | None = None


class ArticleDetail(ArticleSummary):
    """An article with its text, the mentions in it, and its claims."""

    text: str
    text_sha256: str
    mentions: tuple[Mention, ...] = Field(description="spans into text, in its order")
    claims: tuple[ClaimView, ...]
    snapshot: Snapshot


class ArticleDecisionList(BaseModel):
    """All decisions on an article, oldest first."""

    items: list[ArticleDecision]
    total: int


class ReaderAccount(BaseModel):
    """A reader that read some documents, and how many it failed on."""

    reader: str
    version: str
    failed: int = Field(ge=0)


class ExtractedDocuments(BaseModel):
    """Documents read for claims and stored nowhere.

    `dropped` counts what readers proposed and the text does not bear out, by reason; `usage` is
    what the language model took.
    """

    documents: tuple[ExtractedDocument, ...]
    errors: tuple[JobError, ...]
    readers: tuple[ReaderAccount, ...]
    dropped: dict[str, int]
    usage: Usage


def extracted_documents(
    documents: Sequence[ExtractedDocument], errors: Sequence[JobError], account: Extracted
) -> ExtractedDocuments:
    """Return documents as they were read, with the readers' account."""
    return ExtractedDocuments(
        documents=tuple(documents),
        errors=tuple(errors),
        readers=tuple(
            ReaderAccount(reader=name, version=version, failed=account.failed[name])
            for name, version in account.readers.items()
        ),
        dropped=dict(account.dropped),
        usage=account.usage,
    )


def summary(article: Article) -> ArticleSummary:
    """Return an article as lists show it."""
    return ArticleSummary(
        id=article.id,
        curie=article.curie,
        citation=article.citation,
        retracted=article.citation.retracted,
        records=article.records,
        version=article.version,
        revised=article.revised,
    )


def detail(
    article: Article,
    claims: tuple[ClaimView, ...],
    snapshot: Snapshot,
    mentions: Sequence[TextMention] = (),
) -> ArticleDetail:
    """Return an article as it is shown alone; ``mentions`` are those that a grounder finds."""
    return ArticleDetail(
        **dict(summary(article)),
        text=article.text,
        text_sha256=article.text_sha256,
        mentions=mentions_of(article.text, claims, mentions),
        claims=claims,
        snapshot=snapshot,
    )


def mentions_of(
    text: str, claims: tuple[ClaimView, ...], mentions: Sequence[TextMention] = ()
) -> tuple[Mention, ...]:
    """Return each span of ``text`` that names an entity, once, with its groundings.

    Of a span that a claim names an entity by, the claims' groundings count.
    """
    found: dict[tuple[int, int], tuple[Span, tuple[Grounding, ...]]] = {}
    for claim in claims:
        for span, groundings in _named_by(claim):
            if not span.matches(text):
                continue
            held = found.get((span.start, span.end), (span, ()))[1]
            joined = {one.id: one for one in (*held, *groundings)}
            found[(span.start, span.end)] = (span, tuple(joined.values()))
    for each in mentions:
        found.setdefault((each.start, each.end), (each.mention, each.groundings))
    return tuple(
        Mention(mention=span, groundings=groundings)
        for _, (span, groundings) in sorted(found.items(), key=lambda item: item[0])
    )


def _named_by(claim: ClaimView) -> Iterator[tuple[Span, tuple[Grounding, ...]]]:
    yield from _of_participant(claim.agent)
    yield from _of_participant(claim.outcome)
    if claim.outcome.relation is not None:
        yield from _of_participant(claim.outcome.relation.subject)
        yield from _of_participant(claim.outcome.relation.object)
    if claim.perturbation.means is not None:
        yield claim.perturbation.means.mention, claim.perturbation.means.groundings
    for item in claim.context:
        if item.mention is not None:
            yield item.mention, item.groundings
        for background in item.background:
            yield background.mention, background.groundings


def _of_participant(one: Participant) -> Iterator[tuple[Span, tuple[Grounding, ...]]]:
    if one.mention is not None:
        yield one.mention, one.groundings
    if one.antecedent is not None:
        yield one.antecedent, one.groundings
    if one.composition is not None:
        yield from _of_members(one.composition)


def _of_members(composition: Composition) -> Iterator[tuple[Span, tuple[Grounding, ...]]]:
    for member in composition.members:
        if member.mention is not None:
            yield member.mention, member.groundings
