"""Numbered steps from each schema version to the next.

``STEPS[n]`` brings a store from version ``n`` to ``n + 1``, inside one transaction, which then
sets the version. A step, once released, is never edited, so it says itself all that it needs.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from neo4j import ManagedTransaction

from app.graph.neo4j.connection import AnyTransaction
from app.graph.neo4j.dump import dump
from app.graph.neo4j.migrations import to_2, to_3, to_4
from app.graph.port import Row


@dataclass(frozen=True, slots=True)
class Step:
    """What brings a store one version forward.

    ``before`` reads the older version's dump for the backup before it; ``unwanted`` are names of
    constraints that the newer version has no more.
    """

    forward: Callable[[ManagedTransaction], None]
    before: Callable[[AnyTransaction], Iterator[Row]]
    unwanted: tuple[str, ...] = ()


STEPS: Mapping[int, Step] = {
    1: Step(to_2.run, to_2.dump_before, to_2.UNWANTED),
    2: Step(to_3.run, dump, to_3.UNWANTED),
    3: Step(to_4.run, dump, to_4.UNWANTED),
}
"""The steps, by the version that they start from."""
