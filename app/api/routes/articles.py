"""Articles: ingest, list, and one with its text, mentions and claims."""

from functools import partial
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from starlette.convertors import PathConvertor, register_url_convertor

from app.api import answers, etags, idempotency, paging
from app.api.answers import AsOf, CursorText, Limit, Listing
from app.api.auth import Curator, Parts, Reader, curator, reader
from app.api.bodies import FORMAT_OF_TYPE, RawBody, document_body
from app.api.container import Container
from app.api.openapi import problems
from app.api.problems import TooManyRequests
from app.api.routes import jobs as job_routes
from app.api.wire.articles import (
    ArticleDecisionList,
    ArticleDetail,
    ArticleSummary,
    ExtractedDocuments,
    detail,
    extracted_documents,
    summary,
)
from app.graph.port import Page
from app.ingest import read
from app.model.account import Job
from app.model.decision import ArticleDecisionRequest
from app.model.errors import BadInput, FieldError, PreconditionFailed, TooLarge
from app.model.vocabulary import DocumentFormat
from app.services import articles, claims, merging, revisions
from app.services.candidates import Taken
from app.services.extraction import ExtractedDocument, extract
from app.services.ingest_job import submit_ingest
from app.services.readings import Extracted

BASE = "/api/v1/articles"


class _ArticleConvertor(PathConvertor):
    """An article's id in a path: a DOI has slashes, and what follows an id is no part of it."""

    regex = r".*(?<!/history)(?<!/decisions)"


register_url_convertor("article", _ArticleConvertor())

router = APIRouter(prefix=BASE, tags=["articles"])

ArticleId = Annotated[
    str,
    Path(
        max_length=300,
        description="PMID:15314694, PMC:503772, doi:10.1172/JCI21358 or the internal id.",
        examples=["PMID:15314694"],
    ),
]

IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", max_length=2048, description="The ETag of the article as you saw it."),
]

MAX_DOCUMENTS = 50
"""Documents that one request may have read while it waits."""

Format = Annotated[
    DocumentFormat | None,
    Query(alias="format", description="The documents' format, before the content type."),
]
AskModel = Annotated[
    bool, Query(description="Let the language model read as well, where one is set up.")
]

_BODY = {
    "required": True,
    "description": "One document or many; gzip is read, too.",
    "content": {
        media_type: {"schema": {"type": "string", "minLength": 1}} for media_type in FORMAT_OF_TYPE
    },
}


@router.post(
    "",
    operation_id="ingest_articles",
    summary="Ingest one document or many",
    status_code=202,
    response_model=Job,
    responses=problems(401, 403, 413, 415),
    openapi_extra={"requestBody": _BODY},
)
def ingest_articles(
    request: Request,
    parts: Parts,
    user: Curator,
    raw: RawBody,
    key: idempotency.Key = None,
    format_: Format = None,
    pmid: Annotated[
        str | None,
        Query(
            pattern=r"^(PMID:)?[1-9]\d{0,8}$",
            description="The PMID of a single document that does not print its own.",
        ),
    ] = None,
    name: Annotated[
        str,
        Query(
            min_length=1,
            max_length=200,
            json_schema_extra={"pattern": r"\S"},
            description="What the documents are called in errors, such as the name of their file.",
        ),
    ] = "body",
    model: AskModel = False,
) -> Response:
    """PubMed XML, MEDLINE, PubMed page text, or JSON; `Location` is the job that reads them.

    A bad record is reported with its place in the job's errors and skipped; the rest goes in.
    Each article gets its candidate claims, unless the service is set not to read.
    """
    need_model(parts, model)
    body, form = document_body(parts, request, raw, format_)

    def act() -> Response:
        job = submit_ingest(
            parts.store.accounts,
            body,
            owner=user.name,
            name=name,
            format=form,
            pmid=pmid,
            model=model,
        )
        parts.jobs.notify()
        location = f"{job_routes.BASE}/{job.id}"
        return answers.plain(job, status=202, headers={"Location": location})

    return idempotency.once(parts, request, user, key, body, act)


@router.post(
    ":extract",
    operation_id="extract_claims",
    summary="Read documents for claims, and store nothing",
    response_model=ExtractedDocuments,
    responses=problems(403, 413, 415, 429),
    openapi_extra={"requestBody": _BODY},
)
def extract_claims(
    request: Request,
    parts: Parts,
    user: Reader,
    raw: RawBody,
    format_: Format = None,
    model: AskModel = False,
) -> Response:
    """Answer each document's text, mentions and candidate claims, with offsets into `text`.

    A claim's `revision` is 0, as it is in no store. The language model reads for curators only.
    """
    if model:
        curator(parts, user)
    need_model(parts, model)
    body, form = document_body(parts, request, raw, format_)
    if not parts.extracting.acquire(blocking=False):
        raise TooManyRequests(
            "reading", "others' documents are being read", parts.config.retry_after
        )
    try:
        return answers.plain(_extracted(parts, body, form, model))
    finally:
        parts.extracting.release()


def _extracted(
    parts: Container, body: bytes, form: DocumentFormat | None, model: bool
) -> ExtractedDocuments:
    items = list(islice(read(body, name="body", format=form), MAX_DOCUMENTS + 1))
    if len(items) > MAX_DOCUMENTS:
        raise TooLarge(
            f"The body holds more than {MAX_DOCUMENTS} documents: send fewer, ingest them, or use "
            "evipath extract."
        )
    found: list[ExtractedDocument] = []
    errors, account = [], Extracted()
    for each in extract(items, partial(parts.reads.start, model=model)):
        if each.error is not None:
            errors.append(each.error)
        if each.document is not None and each.reading is not None:
            found.append(each.document)
            account.count(each.reading, Taken())
    return extracted_documents(found, errors, account)


def need_model(parts: Container, model: bool, pointer: str = "/query/model") -> None:
    """Raise BadInput where the language model is asked for and there is none."""
    if model and not parts.config.has_model:
        why = "no language model is set up in this service"
        raise BadInput(f"{why[0].upper()}{why[1:]}.", [FieldError(pointer, why)])


@router.get(
    "",
    operation_id="list_articles",
    summary="Articles",
    response_model=Listing[ArticleSummary],
    responses=problems(404, 410),
    dependencies=[Depends(reader)],
)
def list_articles(
    request: Request,
    parts: Parts,
    limit: Limit = paging.DEFAULT_LIMIT,
    cursor: CursorText = None,
    as_of: AsOf = None,
) -> Response:
    """In the order of their internal ids, with their citations."""
    asked = answers.asked(parts, request, as_of, cursor)

    def compute() -> Listing[ArticleSummary]:
        with parts.store.view(asked.revision.number) as view:
            found = articles.article_page(view, asked.after, limit)
        page = Page(tuple(summary(each) for each in found.items), found.total, found.next_after)
        return answers.listing(parts, request, asked, page)

    return answers.answer(parts, request, asked.snapshot, compute)


@router.get(
    "/{article_id:path}/history",
    operation_id="get_article_history",
    summary="All decisions on an article",
    response_model=ArticleDecisionList,
    responses=problems(404),
    dependencies=[Depends(reader)],
)
def get_article_history(
    request: Request, parts: Parts, article_id: ArticleId, as_of: AsOf = None
) -> Response:
    """Oldest first, with those on articles that were merged into it."""
    asked = answers.asked(parts, request, as_of, None)

    def compute() -> ArticleDecisionList:
        with parts.store.view(asked.revision.number) as view:
            found = merging.history(view, article_id)
        return ArticleDecisionList(items=list(found), total=len(found))

    return answers.answer(parts, request, asked.snapshot, compute)


@router.post(
    "/{article_id:path}/decisions",
    operation_id="decide_article",
    summary="Merge an article into another, or undo that",
    response_model=ArticleDetail,
    responses=problems(401, 403, 404, 409, 412, 413, 415, 428),
)
def decide_article(
    request: Request,
    parts: Parts,
    user: Curator,
    article_id: ArticleId,
    body: ArticleDecisionRequest,
    if_match: IfMatch = None,
    key: idempotency.Key = None,
) -> Response:
    """Needs `If-Match` with the article's `ETag`, which every revision of the graph changes.

    The merged article's identifiers, its internal id too, mean the other one from then on.
    Answers the article as it stands then.
    """
    del if_match

    def act() -> Response:
        seen = _seen_revision(request, parts, article_id)
        made = merging.decide_article(
            parts.store, article_id, body, actor=user.name, expected_revision=seen
        )
        snapshot = revisions.snapshot_of(parts.store.head())
        with parts.store.view(snapshot.revision) as view:
            shown = detail(made, claims.claims_of_article(view, made.id), snapshot)
        tag = etags.answer_tag(snapshot, f"{BASE}/{made.id}")
        return answers.resource(request, tag, shown)

    return idempotency.once(parts, request, user, key, body.model_dump_json().encode(), act)


@router.get(
    "/{article_id:article}",
    operation_id="get_article",
    summary="One article with its text, mentions and claims",
    response_model=ArticleDetail,
    responses=problems(404),
    dependencies=[Depends(reader)],
)
def get_article(
    request: Request, parts: Parts, article_id: ArticleId, as_of: AsOf = None
) -> Response:
    """Offsets count code points of `text`, end-exclusive.

    `mentions` are those that its claims name and all that a grounder finds, in the order of the
    text.
    """
    asked = answers.asked(parts, request, as_of, None)

    def compute() -> ArticleDetail:
        with parts.store.view(asked.revision.number) as view:
            found = articles.article(view, article_id)
            held = claims.claims_of_article(view, found.id)
        mentions = parts.mentions(found.text) if parts.mentions is not None else ()
        return detail(found, held, asked.snapshot, mentions)

    return answers.answer(parts, request, asked.snapshot, compute)


def _seen_revision(request: Request, parts: Parts, article_id: str) -> int | None:
    """Return the revision that the client saw the article in; None where ``*`` asks for any."""
    tags = etags.required_match(request)
    head = parts.store.head()
    with parts.store.view(head.number) as view:
        articles.article_id(view, article_id)
    if tags is None:
        return None
    snapshot = revisions.snapshot_of(head)
    if etags.answer_tag(snapshot, f"{BASE}/{article_id}") not in tags:
        raise PreconditionFailed("The graph changed since it was read: GET it and decide again.")
    return head.number
