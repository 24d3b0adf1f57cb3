"""Signed paths between two sets of entities."""

from collections.abc import Iterable, Mapping

import numpy as np

from app.model.answer import NamedEntity, Path, PathQuestion
from app.model.vocabulary import Category
from app.reasoning.columns import Flags
from app.reasoning.engine import Stop
from app.reasoning.lens import Lens
from app.reasoning.search import Search, Walk, Walks
from app.reasoning.signs import number
from app.reasoning.steps import Reading, build_path
from app.reasoning.words import path_in_words


def find_paths(
    lens: Lens,
    question: PathQuestion,
    categories: Mapping[str, Category] | None = None,
    stop: Stop | None = None,
) -> Walks:
    """Return the best ``question.k`` walks, in exact order of cost.

    ``categories`` are those of all entities, needed where the question restricts the entities
    between the ends.
    """
    avoid = set(_places(lens, question.avoid))
    via = _places(lens, question.via)
    wished = {lens.canon.canonical(entity.id) for entity in question.via}
    sources = [one for one in _places(lens, question.sources) if one not in avoid]
    targets = [one for one in _places(lens, question.targets) if one not in avoid]
    change = number(question.direction)
    signs = [number(question.sign)] if question.sign is not None else [1, -1]
    if len(via) < len(wished) or not sources or not targets:
        return Walks((), complete=True)
    search = Search(
        lens,
        targets,
        [change * sign for sign in signs],
        question.max_hops,
        question.matched_only,
        allowed=_allowed(lens, avoid, question.categories, categories or {}),
        via=via,
        min_belief=question.min_belief,
        stop=Stop() if stop is None else stop,
    )
    return search.walks([(source, change) for source in sources], question.k)


def show_paths(walks: Iterable[Walk], reading: Reading) -> list[Path]:
    """Return walks as answers show them."""
    return [build_path(walk, path_in_words(walk, reading.labels), reading) for walk in walks]


def _places(lens: Lens, entities: Iterable[NamedEntity]) -> list[int]:
    """Return the places of entities, each once; those that the index does not know are left out."""
    found = {lens.index.entities.place(lens.canon.canonical(entity.id)) for entity in entities}
    return sorted(place for place in found if place is not None)


def _allowed(
    lens: Lens, avoid: set[int], wanted: Iterable[Category], categories: Mapping[str, Category]
) -> Flags:
    entities = lens.index.entities
    kinds = set(wanted)
    allowed = np.ones(len(entities), dtype=np.bool_)
    if kinds:
        allowed[:] = [categories.get(entity) in kinds for entity in entities]
    allowed[list(avoid)] = False
    return allowed
