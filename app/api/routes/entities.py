"""Entities: search, grounding of names, one entity, what stands next to it."""

from typing import Annotated, Self

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, Field, StrictInt, model_validator

from app.api import answers, paging
from app.api.answers import AsOf, CursorText, Limit, Listing
from app.api.auth import Parts, Reader, reader
from app.api.openapi import problems
from app.api.wire.entities import ASKED_SIGNS, AskedSign, EntityDetail
from app.api.wire.questions import AsOfText, Strict
from app.graph.port import Page
from app.model.entity import Entity
from app.model.history import Snapshot
from app.model.vocabulary import Category, RelationType
from app.services import entities, neighbours, revisions
from app.services.entities import EntityHit, GroundedName, GroundedText
from app.services.neighbours import Neighbour, NeighbourFilter

BASE = "/api/v1/entities"

router = APIRouter(prefix=BASE, tags=["entities"])

CuriePath = Annotated[
    str, Path(max_length=300, description="CURIE, or a name.", examples=["GO:0001837"])
]


class GroundRequest(Strict):
    """Names and texts to look up at once; give at least one of them."""

    names: tuple[Annotated[str, Field(max_length=200)], ...] = Field(
        default=(), max_length=500, description="names, each of one thing"
    )
    texts: tuple[Annotated[str, Field(max_length=100_000)], ...] = Field(
        default=(), max_length=100, description="texts, such as abstracts, that mention things"
    )
    limit: StrictInt = Field(default=5, ge=1, le=50, description="groundings of a name at most")
    as_of: AsOfText | None = None

    @model_validator(mode="after")
    def _something_asked(self) -> Self:
        if not self.names and not self.texts:
            raise ValueError("give names, texts or both")
        return self


class GroundAnswer(BaseModel):
    """The entities meant: `items` answers the names, `texts` the texts, in the order given.

    Offsets of mentions count the code points of their text.
    """

    items: list[GroundedName]
    texts: list[GroundedText]
    snapshot: Snapshot


@router.get(
    "",
    operation_id="search_entities",
    summary="Search entities, or list them",
    response_model=Listing[EntityHit],
    responses=problems(404, 410),
    dependencies=[Depends(reader)],
)
def search_entities(
    request: Request,
    parts: Parts,
    q: Annotated[
        str | None,
        Query(
            min_length=1,
            max_length=200,
            json_schema_extra={"pattern": r"\S"},
            description="A name, its beginning, or nearly so.",
            examples=["EMT"],
        ),
    ] = None,
    category: Annotated[Category | None, Query(description="Only of this category.")] = None,
    limit: Limit = paging.DEFAULT_LIMIT,
    cursor: CursorText = None,
    as_of: AsOf = None,
) -> Response:
    """Best match first: equal names, then beginnings, then likeness; without `q` all, by id."""
    asked = answers.asked(parts, request, as_of, cursor)

    def compute() -> Listing[EntityHit]:
        with parts.store.view(asked.revision.number) as view:
            if q is None:
                listed = entities.entity_page(view, category, asked.after, limit)
                hits = tuple(_listed(entity) for entity in listed.items)
                page = Page(hits, listed.total, listed.next_after)
            else:
                page = entities.search(
                    view, q, category=category, limit=limit, offset=int(asked.after or 0)
                )
        return answers.listing(parts, request, asked, page)

    return answers.answer(parts, request, asked.snapshot, compute)


@router.post(
    "/ground",
    operation_id="ground_names",
    summary="Ground many names or texts at once",
    response_model=GroundAnswer,
    responses=problems(404, 413, 415),
)
def ground_names(request: Request, parts: Parts, body: GroundRequest, user: Reader) -> Response:
    """Ranked entities for each name, mentions with ranked entities for each text.

    A name is looked up in the graph, then in the lexicon; texts in the lexicon. A list is empty
    where nothing is found.
    """
    del user
    revision = revisions.resolve(parts.store, body.as_of)
    snapshot = revisions.snapshot_of(revision)

    def compute() -> GroundAnswer:
        with parts.store.view(revision.number) as view:
            found = entities.ground(view, body.names, limit=body.limit)
        texts = entities.ground_texts(body.texts)
        return GroundAnswer(items=list(found), texts=list(texts), snapshot=snapshot)

    return answers.answer(parts, request, snapshot, compute, body=body.model_dump_json())


@router.get(
    "/{curie:path}/neighbours",
    operation_id="list_neighbours",
    summary="What stands next to an entity",
    response_model=Listing[Neighbour],
    responses=problems(404, 409, 410),
    dependencies=[Depends(reader)],
)
def list_neighbours(
    request: Request,
    parts: Parts,
    curie: CuriePath,
    sign: Annotated[list[AskedSign], Query(description="Only signed links of these signs.")] = [],
    relation: Annotated[list[RelationType], Query(description="Only these relations.")] = [],
    category: Annotated[list[Category], Query(description="Only neighbours of these.")] = [],
    include_candidates: Annotated[bool, Query(description="Also unjudged claims.")] = False,
    limit: Limit = paging.DEFAULT_LIMIT,
    cursor: CursorText = None,
    as_of: AsOf = None,
) -> Response:
    """Signed links with the claims that carry them, the surest first, then stable relations."""
    asked = answers.asked(parts, request, as_of, cursor)
    which = NeighbourFilter(
        signs=tuple(ASKED_SIGNS[one] for one in sign),
        relations=tuple(relation),
        categories=tuple(category),
        candidates=include_candidates,
    )

    def compute() -> Listing[Neighbour]:
        with parts.store.view(asked.revision.number) as view:
            entity = entities.resolve(view, curie, pointer="/path/curie")
            page = neighbours.neighbours(
                parts.reasoner, view, entity.id, which, limit=limit, offset=int(asked.after or 0)
            )
        return answers.listing(parts, request, asked, page)

    return answers.answer(parts, request, asked.snapshot, compute)


@router.get(
    "/{curie:path}",
    operation_id="get_entity",
    summary="One entity",
    response_model=EntityDetail,
    responses=problems(404, 409),
    dependencies=[Depends(reader)],
)
def get_entity(request: Request, parts: Parts, curie: CuriePath, as_of: AsOf = None) -> Response:
    """Show the entity with exactly this identifier, or the one that the name means.

    `canonical` is the id that stands for it and its equivalents in answers.
    """
    asked = answers.asked(parts, request, as_of, None)

    def compute() -> EntityDetail:
        with parts.store.view(asked.revision.number) as view:
            entity = view.entities([curie]).get(curie) or entities.resolve(
                view, curie, pointer="/path/curie"
            )
            return EntityDetail(
                **dict(entity),
                canonical=entities.canonical_id(view, entity.id),
                equivalents=entities.equivalents(view, entity.id),
                snapshot=asked.snapshot,
            )

    return answers.answer(parts, request, asked.snapshot, compute)


def _listed(entity: Entity) -> EntityHit:
    return EntityHit(entity=entity, matched=entity.name, score=100.0)
