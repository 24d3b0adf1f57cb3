"""Questions about interventions, answered over a few claims without a store."""

from collections.abc import Iterable

from app.model.answer import Intervention, InterventionQuestion, NamedEntity
from app.model.article import ArticleFacts
from app.model.claim import ClaimView
from app.model.edge import StoredEdge
from app.model.entity import Entity, EntityRelation
from app.model.vocabulary import (
    Category,
    Effect,
)
from app.reasoning import interventions as reasoning
from app.reasoning.context import Asked
from app.reasoning.finding import Finder
from app.reasoning.index import build_index
from app.reasoning.lens import Lenses
from app.reasoning.null_results import without_effect
from app.reasoning.steps import Reading
from tests.reasoning.claims import stored
from tests.reasoning.columns import columns_of
from tests.reasoning.contexts import PLACES


def ask(
    views: Iterable[ClaimView],
    effect: str,
    outcome: str = "EMT",
    *,
    relations: tuple[EntityRelation, ...] = (),
    categories: dict[str, Category] | None = None,
    authors: dict[str, tuple[str, ...]] | None = None,
    **more: object,
) -> list[Intervention]:
    """Answer a question over claims, as the service does, without a store."""
    views = list(views)
    edges: list[StoredEdge] = [edge for one in views for edge in stored(one)]
    articles = {
        one.article: ArticleFacts(
            id=one.article, curie=one.article, retracted=one.retracted,
            authors=(authors or {}).get(one.article, ()), year=None,
        )
        for one in views if one.article
    }  # fmt: skip
    index = Lenses(build_index(columns_of(edges), relations, categories or {}, articles))
    question = InterventionQuestion.model_validate(
        {"outcome": NamedEntity(id=outcome, name=outcome), "effect": effect, **more}
    )
    lens = index.lens(
        candidates=question.include_candidates, background=question.include_background
    )
    target, canonical_effect = reasoning.canonical_question(question, lens.canon)
    entities = {
        name: Entity(id=name, name=name, category=category)
        for name, category in (categories or {}).items()
    }
    assembly = reasoning.Assembly(
        outcome=target, effect=canonical_effect, question=question, lens=lens,
        reading=Reading(
            {v.id: v for v in views}, entities, Asked(question.context, lens.canon, PLACES)
        ),
        about=[one for one in views if _is_about(one, lens.canon.named_by(target))],
        articles=articles,
    )  # fmt: skip
    if canonical_effect is Effect.NO_EFFECT:
        return without_effect(assembly)
    finder = Finder(lens, target, canonical_effect, question)
    first = reasoning.first(finder, lambda _: assembly, 1000)
    assert first.complete
    assert first.total == len(first.ranked)
    return [reasoning.show(one, finder, assembly) for one in first.ranked]


def _is_about(one: ClaimView, ids: tuple[str, ...]) -> bool:
    return one.outcome.top is not None and one.outcome.top.id in ids


def rows(answers: list[Intervention]) -> list[tuple[str, str, str, bool]]:
    """Return (target, direction, tier, matched) of each answer."""
    return [(a.target.id, a.perturbation.direction.value, a.tier.value, a.matched) for a in answers]
