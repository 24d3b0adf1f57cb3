"""What the TRAPI door is given, and a query answered with it."""

from dataclasses import dataclass
from typing import Any

from app.graph.port import GraphStore
from app.model.errors import EviPathError
from app.services import revisions
from app.services.reasoning import Reasoner
from app.services.same import SameAs
from app.trapi.answer import Answer
from app.trapi.lookup import lookup
from app.trapi.query import Asked, Json, Query, read
from app.trapi.reasoned import inferred, pathfinder
from app.trapi.versions import Version


class NotImplementedHere(EviPathError):
    """The standard has it, this service has not (501)."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that queries are answered with; ``batch_limit`` is of identifiers in a query."""

    store: GraphStore
    reasoner: Reasoner
    batch_limit: int = 10_000
    require_token: bool = False

    def answer(self, version: Version, body: Any, kind: type[Query] = Query) -> Json:
        """Answer a query of a version of the standard.

        Raises BadInput, TooLarge, :class:`NotImplementedHere`, and what services raise.
        """
        raw = body if not isinstance(body, dict) else dict(body)
        query = self.checked(version, body, kind)
        head = self.store.head()
        with self.store.view(head.number) as view:
            answer = Answer(view, query, SameAs(view))
            self._fill(answer)
            snapshot = revisions.snapshot_of(head)
            return version.write(answer.response(raw, version.schema, snapshot))

    def checked(self, version: Version, body: Any, kind: type[Asked]) -> Asked:
        """Return a query as it is read; BadInput, TooLarge, :class:`NotImplementedHere`."""
        query = read(version.read(body), kind, self.batch_limit)
        for step in query.workflow:
            if step.get("id") not in ("lookup", "lookup_and_score", "score"):
                raise NotImplementedHere(f"The operation {step.get('id')} is not done here.")
        asked = query.message.query_graph.edges
        if len(asked) > 1 and any(each.knowledge_type == "inferred" for each in asked.values()):
            raise NotImplementedHere("An inferred edge must be the only one of its query.")
        return query

    def _fill(self, answer: Answer) -> None:
        graph = answer.query.message.query_graph
        if graph.paths:
            pathfinder(answer, self.reasoner)
            return
        key, first = next(iter(graph.edges.items()))
        if first.knowledge_type == "inferred":
            inferred(answer, self.reasoner, key, first)
        else:
            lookup(answer)
