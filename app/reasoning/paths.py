"""Signed paths between two sets of entities."""

from collections.abc import Iterable
from heapq import merge
from itertools import islice

from app.model.answer import Path, PathQuestion
from app.model.vocabulary import Category
from app.reasoning.index import Lens, LinkEdge
from app.reasoning.kernel import Search, Walk
from app.reasoning.signs import number
from app.reasoning.steps import Reading, build_path
from app.reasoning.words import path_in_words


def find_paths(
    lens: Lens, question: PathQuestion, categories: dict[str, Category] | None = None
) -> list[Walk]:
    """Return the best ``question.k`` walks, in exact order of cost.

    ``categories`` are those of all entities, needed where the question restricts the entities
    between the ends.
    """
    canon = lens.canon
    sources = {canon.canonical(entity.id) for entity in question.sources}
    targets = {canon.canonical(entity.id) for entity in question.targets}
    via = {canon.canonical(entity.id) for entity in question.via}
    avoid = {canon.canonical(entity.id) for entity in question.avoid}
    wanted = set(question.categories)

    def allows(entity: str) -> bool:
        if entity in avoid:
            return False
        return not wanted or (categories or {}).get(entity) in wanted

    change = number(question.direction)
    signs = [number(question.sign)] if question.sign is not None else [1, -1]
    streams = [
        search.walks(source, change)
        for target in sorted(targets - avoid)
        for sign in signs
        for search in [
            Search(
                lens,
                target,
                change * sign,
                question.max_hops,
                question.matched_only,
                allows=allows,
                min_belief=question.min_belief,
            )
        ]
        for source in sorted(sources - avoid)
    ]
    ranked = merge(*streams, key=lambda walk: walk.order)
    return list(islice((walk for walk in ranked if via <= _between(walk)), question.k))


def show_paths(walks: Iterable[Walk], reading: Reading) -> list[Path]:
    """Return walks as answers show them."""
    return [build_path(walk, path_in_words(walk, reading.labels), reading) for walk in walks]


def claims_on(walks: Iterable[Walk]) -> tuple[str, ...]:
    """Return the ids of the claims on walks, sorted."""
    return tuple(
        sorted(
            {
                claim
                for walk in walks
                for hop in walk.hops
                if isinstance(hop.via, LinkEdge)
                for claim in hop.via.claims
            }
        )
    )


def _between(walk: Walk) -> set[str]:
    return {hop.object for hop in walk.hops[:-1]}
