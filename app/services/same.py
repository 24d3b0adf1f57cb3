"""Which identifiers mean the same entity, looked up in batches and remembered."""

from collections.abc import Iterable

from app.graph.port import GraphView
from app.model.vocabulary import RelationType


class SameAs:
    """The cross references among the identifiers of one view.

    Only *same as* counts: an opposite, or the regulation of a process, is another entity.
    """

    def __init__(self, view: GraphView) -> None:
        self._view = view
        self._group: dict[str, frozenset[str]] = {}
        self._canonical: dict[frozenset[str], str] = {}

    def learn(self, ids: Iterable[str]) -> None:
        """Look up the equivalents of many identifiers, by a few reads for all of them."""
        near: dict[str, set[str]] = {each: set() for each in ids if each not in self._group}
        stated: set[str] = set()
        looked: set[str] = set()
        frontier = sorted(near)
        while frontier:
            reached: set[str] = set()
            for relation in self._view.relations(frontier, [RelationType.SAME_AS]):
                near.setdefault(relation.subject, set()).add(relation.object)
                near.setdefault(relation.object, set()).add(relation.subject)
                stated.add(relation.subject)
                reached |= {relation.subject, relation.object}
            looked.update(frontier)
            frontier = sorted(reached - looked)
        for start in sorted(near):
            if start not in self._group:
                self._keep(_connected(start, near), stated)

    def group(self, entity: str) -> frozenset[str]:
        """Return an identifier with all that mean the same."""
        if entity not in self._group:
            self.learn([entity])
        return self._group[entity]

    def canonical(self, entity: str) -> str:
        """Return the one identifier that stands for all of an entity's."""
        return self._canonical[self.group(entity)]

    def _keep(self, group: frozenset[str], stated: set[str]) -> None:
        for each in group:
            self._group[each] = group
        # The end of the references is the canonical one; a ring has none, and its least stands.
        ends = group - stated
        self._canonical[group] = min(ends or group)


def _connected(start: str, near: dict[str, set[str]]) -> frozenset[str]:
    found = {start}
    waiting = [start]
    while waiting:
        more = near.get(waiting.pop(), set()) - found
        found |= more
        waiting += more
    return frozenset(found)
