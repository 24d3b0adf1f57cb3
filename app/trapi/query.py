"""A query of TRAPI 2.0; one of 1.6 is rewritten to it first.

What the standard calls additional properties is accepted and ignored; what it refuses is refused
with the place where it stands.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal, Self, TypeAlias, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    ValidationError,
    model_validator,
)

from app.model.errors import BadInput, FieldError, TooLarge
from app.trapi import biolink

Json: TypeAlias = dict[str, Any]

MOST_NODES: Final = 20
MOST_EDGES: Final = 20

_VALUE = "value"
"""The one key whose value may be null: what an attribute is compared with."""

Curie = Annotated[str, StringConstraints(pattern=r"^[^\s:]+:\S+$", max_length=500)]
CategoryCurie = Annotated[str, StringConstraints(pattern=r"^biolink:[A-Z][a-zA-Z]*$")]
PredicateCurie = Annotated[str, StringConstraints(pattern=r"^biolink:[a-z][a-z_]*$")]
Text = Annotated[str, StringConstraints(max_length=2000)]


class Part(BaseModel):
    """A part of a query that may have additional properties."""

    model_config = ConfigDict(extra="allow", frozen=True)


class Closed(BaseModel):
    """A part of a query that may have none."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AttributeConstraint(Closed):
    """What an attribute of a node or an edge must be."""

    id: Text
    name: Text = ""
    negated: StrictBool = Field(default=False, alias="not")
    operator: Literal["==", ">", "<", "matches", "==="]
    value: Any
    unit_id: Any = None
    unit_name: Any = None

    @model_validator(mode="after")
    def _comparable(self) -> Self:
        given = self.value if isinstance(self.value, list) else [self.value]
        if self.operator in (">", "<") and not all(_is_number(each) for each in given):
            raise ValueError(f"operator {self.operator} compares numbers")
        if self.operator == "matches" and not all(isinstance(each, str) for each in given):
            raise ValueError("operator matches needs a regular expression")
        return self


class AllowDeny(Part):
    """Values that are allowed, any of them, or denied, all of them."""

    behavior: Literal["ALLOW", "DENY"]
    values: list[Text] = Field(min_length=1)
    primary_only: StrictBool = False


class EdgeConstraints(Part):
    """All that an edge must conform to."""

    knowledge_level: AllowDeny | None = None
    agent_type: AllowDeny | None = None
    sources: AllowDeny | None = None
    attributes: list[AttributeConstraint] = Field(default=[], min_length=1)
    qualifiers: list[dict[str, Text]] = Field(default=[], min_length=1)

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("constraints hold at least one")
        for each in self.qualifiers:
            if not each or not all(name.startswith(biolink.PREFIX) for name in each):
                raise ValueError("qualifiers are maps from biolink:…_qualifier to a value")
        for name, known in (
            ("knowledge_level", "KnowledgeLevelEnum"),
            ("agent_type", "AgentTypeEnum"),
        ):
            wanted: AllowDeny | None = getattr(self, name)
            wrong = set(wanted.values if wanted else ()) - biolink.values(known)
            if wrong:
                raise ValueError(f"{min(wrong)!r} is no {name} of Biolink")
        return self


class QNode(Part):
    """What a node of the answer must be."""

    ids: list[Curie] = Field(default=[], min_length=1)
    categories: list[CategoryCurie] = Field(default=[], min_length=1)
    set_interpretation: Literal["BATCH", "ALL", "MANY", "COLLATE"] = "BATCH"
    member_ids: list[Curie] = Field(default=[], min_length=1)
    constraints: list[AttributeConstraint] = Field(default=[], min_length=1)

    @model_validator(mode="after")
    def _set_agrees(self) -> Self:
        of_set = self.set_interpretation in ("ALL", "MANY")
        if of_set and not self.member_ids:
            raise ValueError(f"set_interpretation {self.set_interpretation} needs member_ids")
        if self.member_ids and not of_set:
            raise ValueError("member_ids are only for set_interpretation ALL and MANY")
        if self.set_interpretation == "COLLATE" and self.ids:
            raise ValueError("COLLATE is only for a node without ids")
        return self

    @property
    def pinned(self) -> tuple[str, ...]:
        """The identifiers that the node may have; empty where any may do."""
        return tuple(dict.fromkeys(self.member_ids or self.ids))


class QEdge(Part):
    """What an edge of the answer must be."""

    knowledge_type: Literal["lookup", "inferred"] = "lookup"
    predicates: list[PredicateCurie] = Field(default=[], min_length=1)
    subject: str
    object: str
    constraints: EdgeConstraints = EdgeConstraints.model_construct()


class PathConstraint(Part):
    """Categories of which each must be among the nodes between the ends of a path."""

    intermediate_categories: list[CategoryCurie] = Field(default=[], min_length=1)


class QPath(Part):
    """A path between two pinned nodes."""

    subject: str
    object: str
    predicates: list[PredicateCurie] = Field(default=[], min_length=1)
    constraints: list[PathConstraint] = Field(default=[], min_length=1)


class QueryGraph(Part):
    """The question as a graph."""

    nodes: dict[str, QNode] = Field(min_length=1, max_length=MOST_NODES)
    edges: dict[str, QEdge] = Field(default={}, min_length=1, max_length=MOST_EDGES)
    paths: dict[str, QPath] = Field(default={}, min_length=1, max_length=1)

    @model_validator(mode="after")
    def _connected(self) -> Self:
        if bool(self.edges) == bool(self.paths):
            raise ValueError("a query graph has either edges or one path")
        parts: list[tuple[str, QEdge | QPath]] = [*self.edges.items(), *self.paths.items()]
        for key, each in parts:
            for end in (each.subject, each.object):
                if end not in self.nodes:
                    raise ValueError(f"{key} names the node {end!r}, which is not there")
        for key, path in self.paths.items():
            if not (self.nodes[path.subject].pinned and self.nodes[path.object].pinned):
                raise ValueError(f"path {key} needs ids at both ends")
        return self


class Message(Closed):
    """The question; what a message holds beside it is answered anew."""

    query_graph: QueryGraph
    knowledge_graph: Any = None
    results: Any = None
    auxiliary_graphs: Any = None


class Parameters(Part):
    """How the client wants to be answered."""

    timeout: float | None = Field(default=None, strict=True)
    log_level: Literal["ERROR", "WARNING", "INFO", "DEBUG"] = "INFO"
    bypass_cache: StrictBool = False


class Query(Part):
    """A request to ``/query``."""

    message: Message
    submitter: Text = ""
    parameters: Parameters = Parameters()
    workflow: list[Json] = []


class AsyncQuery(Query):
    """A request to ``/asyncquery``."""

    callback: Annotated[str, StringConstraints(pattern=r"^https?://", max_length=2000)]


Asked = TypeVar("Asked", bound=Query)


def read(body: object, kind: type[Asked], batch_limit: int) -> Asked:
    """Return a query of 2.0.

    Raises BadInput naming each wrong place, and TooLarge for more identifiers than the limit.
    """
    if not isinstance(body, dict):
        raise BadInput("A query is a JSON object with a message.")
    _refuse_nulls(body)
    try:
        query = kind.model_validate(body)
    except ValidationError as error:
        found = [(_place(each["loc"]), each["msg"]) for each in error.errors()[:10]]
        detail = "; ".join(f"{place}: {said}" for place, said in found)
        raise BadInput(detail, [FieldError(*each) for each in found]) from error
    ids = sum(len(node.pinned) for node in query.message.query_graph.nodes.values())
    if ids > batch_limit:
        raise TooLarge(f"The query has {ids} identifiers; at most {batch_limit} are answered.")
    return query


def _refuse_nulls(body: Json) -> None:
    message = body.get("message")
    graph = message.get("query_graph") if isinstance(message, dict) else None
    for where, part in (
        ("message/query_graph", graph),
        ("parameters", body.get("parameters", {})),
    ):
        for place in _nulls(part, where):
            raise BadInput(
                f"{place} is null; leave it out instead.", [FieldError(place, "is null")]
            )


def _nulls(value: object, where: str) -> Iterator[str]:
    if value is None:
        yield f"/{where}"
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key != _VALUE:
                yield from _nulls(inner, f"{where}/{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _nulls(inner, f"{where}/{number}")


def _place(location: tuple[int | str, ...]) -> str:
    return "/" + "/".join(str(part) for part in location)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
