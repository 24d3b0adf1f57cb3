"""What is drawn, bundled and exported."""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from app.api import answers, etags, paging
from app.api.answers import AsOf
from app.api.auth import Parts, reader
from app.api.openapi import problems
from app.api.routes import reasoning
from app.api.routes.asking import LATER_PARAMETERS, AskedSelective, MayAsk
from app.api.routes.claims import claim_query
from app.api.searches import SEARCHING
from app.api.wire.entities import ASKED_SIGNS, AskedSign
from app.api.wire.questions import NAME_PATTERN
from app.model.errors import BadInput, FieldError
from app.model.vocabulary import Category, Status, Tier
from app.services import ask, bundle, entities, export, graph, questions
from app.services.bundle import Bundle
from app.services.bundle_forms import ENDINGS, MEDIA_TYPES, BundleForm, rendered
from app.services.claims import ClaimQuery
from app.services.drawing import GraphFilter, Subgraph

router = APIRouter(prefix="/api/v1", tags=["graph"])

MOST_AMONG = 600
"""Entities that an address names at most; a longer one is refused on its way."""

_DRAWN = ("center", "among", "answer", "outcome")


class AskedDirection(StrEnum):
    """Which links of the entity in the middle are drawn."""

    OUTGOING = "outgoing"
    INCOMING = "incoming"


def graph_filter(
    sign: Annotated[list[AskedSign], Query(description="Only links of these signs.")] = [],
    category: Annotated[list[Category], Query(description="Only nodes of these.")] = [],
    status: Annotated[list[Status], Query(description="Only claims of these states.")] = [
        Status.ACCEPTED
    ],
    min_belief: Annotated[float, Query(ge=0.0, le=1.0, description="Least belief.")] = 0.0,
    year_from: Annotated[
        int | None, Query(ge=1000, le=9999, description="Only links with an article since then.")
    ] = None,
    year_to: Annotated[
        int | None, Query(ge=1000, le=9999, description="Only links with an article up to then.")
    ] = None,
    organism: Annotated[
        list[Annotated[str, Query(max_length=300, json_schema_extra={"pattern": NAME_PATTERN})]],
        Query(max_length=20, description="Only links shown in these: CURIEs, NCBITaxon:9606."),
    ] = [],
    direction: Annotated[
        AskedDirection | None, Query(description="Only links from the center, or to it.")
    ] = None,
    tier: Annotated[list[Tier], Query(description="Of an answer only paths of these.")] = [],
    limit: Annotated[
        int, Query(ge=1, le=graph.MAX_NODES, description="How many nodes at most.")
    ] = 100,
) -> GraphFilter:
    """Gather the filters of a drawing."""
    return GraphFilter(
        signs=tuple(ASKED_SIGNS[one] for one in sign),
        categories=tuple(category),
        statuses=tuple(status),
        min_belief=min_belief,
        years=(year_from, year_to),
        organisms=tuple(organism),
        outgoing=None if direction is None else direction is AskedDirection.OUTGOING,
        tiers=tuple(tier),
        limit=limit,
    )


@router.get(
    "/graph",
    operation_id="get_graph",
    summary="A part of the graph for drawing",
    response_model=Subgraph,
    responses=problems(404, 409),
    dependencies=[SEARCHING],
)
def get_graph(
    request: Request,
    parts: Parts,
    which: Annotated[GraphFilter, Depends(graph_filter)],
    wanted: MayAsk,
    center: Annotated[
        str | None,
        Query(
            min_length=1,
            max_length=300,
            json_schema_extra={"pattern": NAME_PATTERN},
            description="The entity in the middle: a CURIE or a name.",
            examples=["GO:0001837"],
        ),
    ] = None,
    hops: Annotated[int, Query(ge=1, le=graph.MAX_HOPS, description="How far around it.")] = 1,
    among: Annotated[
        list[Annotated[str, Query(max_length=64, json_schema_extra={"pattern": NAME_PATTERN})]],
        Query(
            max_length=MOST_AMONG,
            description="Instead of a center: CURIEs whose links with each other are drawn.",
        ),
    ] = [],
    answer: Annotated[
        str | None,
        Query(
            min_length=1,
            max_length=ask.MAX_QUESTION,
            description="Instead of a center: a question in words, whose answer is drawn.",
        ),
    ] = None,
    interventions: Annotated[
        int, Query(ge=1, le=500, description="Of an answer, how many of its first interventions.")
    ] = paging.DEFAULT_LIMIT,
    as_of: AsOf = None,
) -> Response:
    """Show what lies around or among entities, or an answer's paths; `cut`: bounds left some out.

    Give one of `center`, `among`, `answer` (a question in words) and `outcome` with `effect`.
    An answer uses candidates where `status` names them.
    """
    given = [center is not None, bool(among), answer is not None, wanted is not None]
    if sum(given) != 1:
        raise BadInput(
            "Give one of center, among, answer, and outcome with effect.",
            [FieldError(f"/query/{name}", "or another of them") for name in _DRAWN],
        )
    read = None if answer is None else ask.read(answer)
    asked = answers.asked(parts, request, as_of or (read.as_of if read else None), None)
    drawer = graph.Drawer(parts.reasoner, parts.conflicts)

    def compute() -> Subgraph:
        with parts.store.view(asked.revision.number) as view:
            if among:
                return drawer.among(view, among, which)
            question = None
            if read is not None:
                question = questions.from_words(view, read)
            elif wanted is not None:
                question = wanted.question(view)
            if question is not None:
                if Status.CANDIDATE in which.statuses:
                    question = question.model_copy(update={"include_candidates": True})
                found = reasoning.pinned(parts, question, asked.revision, limit=interventions)
                return drawer.of_answer(view, found, which)
            entity = entities.resolve(view, center or "", pointer="/query/center")
            return drawer.around(view, entity.id, hops, which)

    return answers.answer(parts, request, asked.snapshot, compute)


@router.get(
    "/bundle",
    operation_id="get_bundle",
    summary="An answer as a citable whole",
    response_model=Bundle,
    responses={
        200: {
            "content": {
                media_type: {"schema": {"type": "string", "format": "binary"}}
                for form, media_type in MEDIA_TYPES.items()
                if form is not BundleForm.JSON
            }
        },
        **problems(404, 409),
    },
    dependencies=[SEARCHING],
    openapi_extra=LATER_PARAMETERS,
)
def get_bundle(
    request: Request,
    parts: Parts,
    wanted: AskedSelective,
    form: Annotated[
        BundleForm,
        Query(alias="format", description="The whole (json, zip), its table, or its citations."),
    ] = BundleForm.JSON,
    limit: Annotated[
        int, Query(ge=1, le=bundle.MAX_INTERVENTIONS, description="How many answers at most.")
    ] = 500,
) -> Response:
    """Question, snapshot, claims, quotes looked up again, and citations (CSL-JSON, RIS, BibTeX).

    The table has a row for each quote.
    """
    asked = answers.asked(parts, request, wanted.as_of, None)

    def compute() -> Bundle:
        with parts.store.view(asked.revision.number) as view:
            question = wanted.question(view)
            found = reasoning.pinned(parts, question, asked.revision, limit=limit)
            return bundle.bundle(view, found)

    if form is BundleForm.JSON:
        return answers.answer(parts, request, asked.snapshot, compute)
    tag = etags.answer_tag(asked.snapshot, etags.canonical_question(request))
    name = f"evipath-answer.{ENDINGS.get(form, form)}"
    return etags.not_modified(request, tag) or Response(
        rendered(compute(), form),
        media_type=MEDIA_TYPES[form],
        headers={
            **etags.headers_of(tag),
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )


def _schema(media_type: str) -> dict[str, str]:
    # A client that knows JSON reads it; what stands in it is for the format to say.
    return {} if media_type.endswith("json") else {"type": "string", "format": "binary"}


@router.get(
    "/export/{format}",
    operation_id="export_graph",
    summary="A snapshot of the graph, whole or filtered, streamed",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "The export, as a file.",
            "content": {
                form.media_type: {"schema": _schema(form.media_type)}
                for form in export.FORMATS.values()
            },
        },
        **problems(404, 409),
    },
    dependencies=[Depends(reader)],
)
def export_graph(
    request: Request,
    parts: Parts,
    format_: Annotated[
        str,
        Path(
            alias="format",
            description="; ".join(f"`{name}`: {one.about}" for name, one in export.FORMATS.items()),
            json_schema_extra={"enum": list(export.FORMATS)},
        ),
    ],
    which: Annotated[ClaimQuery, Depends(claim_query)],
    as_of: AsOf = None,
) -> Response:
    """Stream a snapshot, whole or the claims that are asked for with what they name.

    The same snapshot always gives the same bytes. Which claims come in unasked, and what each
    format can't hold, is told in the guide: a format whose every edge is taken for a finding gets
    accepted claims, and refuses hypotheses, rejected and superseded ones.
    """
    asked = answers.asked(parts, request, as_of, None)
    made = export.export(parts.store, format_, asked.revision, which)
    tag = etags.answer_tag(asked.snapshot, etags.canonical_question(request))
    return etags.not_modified(request, tag) or StreamingResponse(
        made.chunks(),
        media_type=made.form.media_type,
        headers={
            **etags.headers_of(tag),
            "Content-Disposition": f'attachment; filename="{made.file_name}"',
        },
    )
