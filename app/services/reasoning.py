"""Reasoning over a snapshot: the index is built from the store, the claims are read for answers."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from app.graph.port import ClaimFilter, GraphStore, GraphView
from app.model.answer import (
    InterventionAnswer,
    InterventionQuestion,
    NamedEntity,
    PathAnswer,
    PathQuestion,
)
from app.model.article import ArticleFacts
from app.model.claim import ClaimView
from app.model.entity import Entity
from app.model.history import Revision
from app.model.vocabulary import Category
from app.reasoning import interventions as reasoning
from app.reasoning.index import Index, Lens, build_index
from app.reasoning.paths import claims_on, find_paths, show_paths
from app.reasoning.steps import Reading
from app.services import revisions
from app.services.claims import claim_views

INDEXES_KEPT = 4
"""How many snapshots' indexes are kept in memory: the head and a few that were asked as of."""

_PAGE = 500


@dataclass(frozen=True, slots=True)
class _Read:
    """The claims of an answer with the entities and articles they speak of."""

    reading: Reading
    about: tuple[ClaimView, ...]
    articles: dict[str, ArticleFacts]


class Reasoner:
    """Answers questions over the store; safe to share between threads.

    Every question compares the store's revision first, so that a decision shows in the next
    answer, whoever made it.
    """

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self._indexes: OrderedDict[str, Index] = OrderedDict()
        self._head = ""
        self._lock = Lock()

    def interventions(
        self, question: InterventionQuestion, *, limit: int = 25, offset: int = 0
    ) -> InterventionAnswer:
        """Return the interventions that have the asked effect, best first.

        ``next`` is left null: doors page by ``offset`` and ``total``. The outcome must be
        resolved. An outcome without any path gives an empty answer.
        """
        revision = revisions.resolve(self._store, question.as_of)
        with self._store.view(revision.number) as view:
            index = self._index(view, revision)
            lens = index.lens(
                candidates=question.include_candidates, background=question.include_background
            )
            outcome, effect = reasoning.canonical_question(question, lens.canon)
            found = reasoning.find(lens, outcome, effect, question)
            read = self._read(view, lens, reasoning.claims_needed(found), outcome, question)
            assembly = reasoning.Assembly(
                outcome=outcome,
                effect=effect,
                question=question,
                lens=lens,
                reading=read.reading,
                about=read.about,
                articles=read.articles,
            )
            answers = reasoning.assemble(found, assembly)
        canonical = question.model_copy(
            update={"outcome": _named(outcome, read.reading.entities), "effect": effect}
        )
        return InterventionAnswer(
            query=canonical,
            snapshot=revisions.snapshot_of(revision),
            interventions=tuple(answers[offset : offset + limit]),
            total=len(answers),
        )

    def paths(self, question: PathQuestion) -> PathAnswer:
        """Return the best signed paths between two sets of resolved entities."""
        revision = revisions.resolve(self._store, question.as_of)
        with self._store.view(revision.number) as view:
            index = self._index(view, revision)
            lens = index.lens(
                candidates=question.include_candidates, background=question.include_background
            )
            categories = _categories_of(view, lens) if question.categories else None
            walks = find_paths(lens, question, categories)
            claims = claim_views(view, claims_on(walks))
            entities = _entities_of(view, lens, claims.values())
        reading = Reading(lens.canon, claims, entities, question.context)
        return PathAnswer(
            query=question,
            snapshot=revisions.snapshot_of(revision),
            paths=tuple(show_paths(walks, reading)),
            total=len(walks),
        )

    def index_of(self, view: GraphView) -> Index:
        """Return the index of the snapshot that ``view`` shows."""
        return self._index(view, view.revision)

    def _index(self, view: GraphView, revision: Revision) -> Index:
        head = self._store.head().id
        with self._lock:
            if head != self._head:
                # A purge takes claims out of the past, too; no index may still name them.
                self._indexes.clear()
                self._head = head
            index = self._indexes.get(revision.id)
            if index is None:
                index = _build(view)
                self._indexes[revision.id] = index
                while len(self._indexes) > INDEXES_KEPT:
                    self._indexes.popitem(last=False)
            self._indexes.move_to_end(revision.id)
            return index

    def _read(
        self,
        view: GraphView,
        lens: Lens,
        needed: Sequence[str],
        outcome: str,
        question: InterventionQuestion,
    ) -> _Read:
        about = _claims_about(view, lens.canon.named_by(outcome))
        claims = claim_views(view, needed)
        claims |= {claim.id: claim for claim in about}
        linked = {link.claim for claim in claims.values() for link in claim.links} - claims.keys()
        claims |= claim_views(view, sorted(linked))
        entities = _entities_of(view, lens, claims.values(), (outcome,))
        shown = sorted({claim.article for claim in claims.values() if claim.article})
        facts = view.article_facts(sorted(set(view.article_ids(shown).values())))
        return _Read(
            reading=Reading(lens.canon, claims, entities, question.context),
            about=about,
            articles={fact.curie: fact for fact in facts.values()},
        )


def _build(view: GraphView) -> Index:
    edges = tuple(view.edges())
    relations = view.relations()
    wholes = view.entities(sorted({relation.object for relation in relations}))
    articles = sorted({edge.article_id for edge in edges if edge.article_id})
    return build_index(
        edges,
        relations,
        {entity.id: entity.category for entity in wholes.values()},
        view.article_facts(articles),
    )


def _claims_about(view: GraphView, outcome: Sequence[str]) -> tuple[ClaimView, ...]:
    """Return every claim on an outcome, under any of its equivalent ids."""
    found: list[str] = []
    after: str | None = None
    while True:
        page = view.claim_page(ClaimFilter(outcome=tuple(outcome)), after, _PAGE)
        found.extend(claim.id for claim in page.items)
        if page.next_after is None:
            break
        after = page.next_after
    return tuple(claim_views(view, found).values())


def _entities_of(
    view: GraphView, lens: Lens, claims: Iterable[ClaimView], more: Iterable[str] = ()
) -> dict[str, Entity]:
    """Return the entities that edges and kinship name, in their own and in canonical ids."""
    ids = set(more)
    for claim in claims:
        for edge in claim.edges:
            ids |= {edge.subject, edge.object}
            ids |= {condition.entity for condition in edge.condition if condition.entity}
        for top in (claim.agent.top, claim.outcome.top):
            if top is not None:
                ids.add(top.id)
    ids |= {lens.canon.canonical(entity) for entity in ids}
    ids |= {end for hop in lens.kin for end in (hop.subject, hop.object)}
    return view.entities(sorted(ids))


def _categories_of(view: GraphView, lens: Lens) -> dict[str, Category]:
    ids = {end for key in lens.links for end in (key.subject, key.object)}
    return {entity.id: entity.category for entity in view.entities(sorted(ids)).values()}


def _named(entity: str, entities: Mapping[str, Entity]) -> NamedEntity:
    known = entities.get(entity)
    if known is None:
        return NamedEntity(id=entity, name=entity)
    return NamedEntity(id=entity, name=known.name, category=known.category)
