"""Entities by name and identifier: resolving, searching, grounding."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz

from app.graph.names import MAX_QUERY, fold_name
from app.graph.port import GraphView, NameHit, Page
from app.grounding import Grounder
from app.model.base import Frozen
from app.model.entity import Entity
from app.model.errors import Ambiguous, BadInput, FieldError, NotFound
from app.model.identifiers import imported_prefix, normalise_curie
from app.model.reading import TextMention
from app.model.text import Grounding
from app.model.vocabulary import Category, RelationType

CANDIDATES: Final = 400
"""How many names a store is asked for before they are ranked."""

NEAREST: Final = 5
SAME_NAME: Final = 0.99
"""From this score on, of 1, an entity of the graph is called so but for case and punctuation."""

LEAST_SCORE: Final = 60.0
"""Names that score less, of 100, are no answer to a search."""

CLEARLY_LIKELIER: Final = 0.2
"""How much likelier, of 1, one meaning of a name must be for another to be left out."""

_CURIE_LIKE = re.compile(r"(?:https?://|[A-Za-z][\w.-]*:)\S+")
_GREEK = str.maketrans(
    {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "κ": "kappa",
     "λ": "lambda", "μ": "mu", "ω": "omega", "ζ": "zeta", "θ": "theta", "σ": "sigma"}
)  # fmt: skip


class EntityHit(Frozen):
    """An entity that a search found, the name that it was found by, and its score of 100."""

    entity: Entity
    matched: str
    score: float


class GroundedText(Frozen):
    """What a text mentions: spans of it with what they may mean, in the order of the text."""

    mentions: tuple[TextMention, ...]


class GroundedName(Frozen):
    """A name with the entities that it may mean, best first; scores are of 1."""

    text: str
    groundings: tuple[Grounding, ...]


def resolve(
    view: GraphView, text: str, *, category: Category | None = None, pointer: str = "/entity"
) -> Entity:
    """Return the one entity that a CURIE, IRI or name means, by its canonical identifier.

    ``pointer`` is the JSON pointer that an error about ``text`` bears. A name that is the
    preferred one of a single entity means that entity, though it be a synonym of others.

    Raises:
        BadInput: the text is empty, too long, or a malformed identifier.
        NotFound: nothing has this name or identifier; knows the nearest.
        Ambiguous: the name means several.
    """
    name = text.strip()
    if not name or len(name) > MAX_QUERY:
        rule = f"give a CURIE or a name of 1 to {MAX_QUERY} characters"
        raise BadInput(f"{rule[0].upper()}{rule[1:]}.", [FieldError(pointer, rule)])
    if _CURIE_LIKE.fullmatch(name):
        return _by_curie(view, name, category, pointer)
    found = _by_name(view, name, category)
    if found is None:
        near = nearest(view, name, category)
        raise NotFound(f"No entity is called {name!r}.", near, name=name)
    return found


def by_id(view: GraphView, curie: str) -> Entity:
    """Return the entity with exactly this identifier, in any spelling; BadInput, NotFound."""
    wanted = _spelled(view, curie)
    found = view.entities([wanted]).get(wanted)
    if found is None:
        near = nearest(view, wanted, None)
        raise NotFound(f"There is no entity {wanted} in the graph.", near, name=curie)
    return found


def canonical_id(view: GraphView, entity: str) -> str:
    """Return the id that stands for an entity and all its equivalents."""
    seen = [entity]
    while True:
        onward = sorted(
            relation.object
            for relation in view.relations([seen[-1]], [RelationType.SAME_AS])
            if relation.subject == seen[-1]
        )
        if not onward:
            return seen[-1]
        if onward[0] in seen:
            return min(seen[seen.index(onward[0]) :])
        seen.append(onward[0])


def equivalents(view: GraphView, entity: str) -> tuple[str, ...]:
    """Return an entity's id and the ids of all that are the same, sorted."""
    found = {entity}
    frontier = [entity]
    while frontier:
        relations = view.relations(frontier, [RelationType.SAME_AS])
        reached = {end for each in relations for end in (each.subject, each.object)}
        frontier = sorted(reached - found)
        found |= reached
    return tuple(sorted(found))


def search(
    view: GraphView,
    query: str,
    *,
    category: Category | None = None,
    limit: int = 25,
    offset: int = 0,
) -> Page[EntityHit]:
    """Return entities whose names answer a query, best first: equal, by beginning, by likeness.

    Equivalents are shown once, by their canonical entity. ``next_after`` is the next offset.
    """
    ranked = _ranked(view, query, category)
    shown = ranked[offset : offset + limit]
    known = view.entities([entity for entity, _, _ in shown])
    hits = tuple(
        EntityHit(entity=known[entity], matched=name, score=round(score, 1))
        for entity, name, score in shown
        if entity in known
    )
    more = offset + limit < len(ranked)
    return Page(hits, len(ranked), str(offset + limit) if more else None)


def entity_page(
    view: GraphView, category: Category | None, after: str | None, limit: int
) -> Page[Entity]:
    """Return entities in the order of their ids."""
    return view.entity_page(category, after, limit)


def ground(view: GraphView, names: Sequence[str], *, limit: int = 5) -> tuple[GroundedName, ...]:
    """Return for each name the entities that it may mean, best first; none where nothing does.

    Where no entity of the graph is called so, the lexicon's are among them.
    """
    return tuple(
        GroundedName(text=name, groundings=_meant(view, name, limit) if name.strip() else ())
        for name in names
    )


def ground_texts(texts: Sequence[str]) -> tuple[GroundedText, ...]:
    """Return for each text the entities of the lexicon that it mentions, in its order."""
    grounder = Grounder.load()
    return tuple(GroundedText(mentions=grounder.mentions(text)) for text in texts)


def _meant(view: GraphView, name: str, limit: int) -> tuple[Grounding, ...]:
    held = [
        Grounding(id=hit.entity.id, name=hit.entity.name, score=round(hit.score / 100, 3))
        for hit in search(view, name, limit=limit).items
    ]
    if held and held[0].score >= SAME_NAME:
        return tuple(held)
    more = [each for each in Grounder.load().ground(name) if each.id not in {h.id for h in held}]
    return tuple(sorted([*more, *held], key=lambda each: -each.score)[:limit])


def nearest(view: GraphView, name: str, category: Category | None) -> list[tuple[str, str]]:
    """Return the (id, name) pairs of the entities whose names are the nearest."""
    hits = search(view, name, category=category, limit=NEAREST).items
    return [(hit.entity.id, hit.entity.name) for hit in hits]


def loose(name: str) -> str:
    """Return a name without case, accents, Greek letters, blanks and punctuation."""
    plain = unicodedata.normalize("NFKD", fold_name(name).translate(_GREEK))
    return "".join(char for char in plain if char.isalnum())


def _spelled(view: GraphView, text: str) -> str:
    """Return an id in canonical spelling; one whose prefix an import brought is its own.

    Raises BadInput for what is neither.
    """
    bare = text.strip()
    if imported_prefix(bare) and bare in view.entities([bare]):
        return bare
    return normalise_curie(bare)


def _by_curie(view: GraphView, text: str, category: Category | None, pointer: str) -> Entity:
    try:
        curie = _spelled(view, text)
    except BadInput as error:
        found = _by_name(view, text, category)
        if found is not None:
            return found
        raise BadInput(str(error), [FieldError(pointer, str(error))]) from error
    known = view.entities([canonical_id(view, curie), curie])
    for wanted in (canonical_id(view, curie), curie):
        if wanted in known:
            return known[wanted]
    near = nearest(view, curie, category)
    raise NotFound(f"There is no entity {curie} in the graph.", near, name=text)


def _by_name(view: GraphView, name: str, category: Category | None) -> Entity | None:
    hits = view.name_hits(name, category, CANDIDATES)
    for same in (fold_name, loose):
        wanted = same(name)
        matching = [hit for hit in hits if wanted and same(hit.name) == wanted]
        if matching:
            return _only(view, name, matching)
    return None


def _only(view: GraphView, name: str, hits: Sequence[NameHit]) -> Entity:
    """Return the one entity that the hits mean."""
    for among in ([hit for hit in hits if hit.preferred], list(hits)):
        ids = _likely(view, name, sorted({canonical_id(view, hit.entity) for hit in among}))
        if len(ids) == 1:
            known = view.entities(ids) or view.entities([among[0].entity])
            return next(iter(known.values()))
        if ids:
            known = view.entities(ids)
            listed = ", ".join(f"{each.id} ({each.name})" for each in known.values())
            raise Ambiguous(
                f"{name!r} may mean {listed}; name one by its identifier.",
                [(each.id, each.name) for each in known.values()],
                name=name,
            )
    raise NotFound(f"No entity is called {name!r}.", name=name)


def _likely(view: GraphView, name: str, ids: list[str]) -> list[str]:
    """Return those of several entities that a text would mean by the name, where that is clear.

    Reading stores the less likely meanings of a mention as well; a question means what the mention
    was read as. Entities that the lexicon does not know by the name stay among them.
    """
    if len(ids) <= 1:
        return ids
    rated = {canonical_id(view, each.id): each.score for each in Grounder.load().ground(name)}
    best = max((rated.get(each, 0.0) for each in ids), default=0.0)
    return [each for each in ids if rated.get(each, best) > best - CLEARLY_LIKELIER]


def _ranked(view: GraphView, query: str, category: Category | None) -> list[tuple[str, str, float]]:
    """Return (canonical entity, name found, score), best first, each entity once."""
    best: dict[str, tuple[float, bool, str]] = {}
    for hit in view.name_hits(query, category, CANDIDATES):
        score = _score(query, hit.name)
        if score < LEAST_SCORE:
            continue
        entity = canonical_id(view, hit.entity)
        held = best.get(entity)
        if held is None or (score, hit.preferred) > held[:2]:
            best[entity] = (score, hit.preferred, hit.name)
    order = sorted(
        best.items(), key=lambda each: (-each[1][0], not each[1][1], len(each[1][2]), each[0])
    )
    return [(entity, name, score) for entity, (score, _, name) in order]


def _score(query: str, name: str) -> float:
    asked, found = fold_name(query), fold_name(name)
    if asked == found:
        return 100.0
    if loose(query) and loose(query) == loose(name):
        return 99.0
    if found.startswith(asked):
        return 90.0 + 8.0 * len(asked) / len(found)
    whole = max(fuzz.ratio(asked, found), 0.95 * fuzz.token_sort_ratio(asked, found))
    # A short name inside a long query says little (MET in "metastasys"), the other way much.
    part = 0.85 * fuzz.partial_ratio(asked, found) if len(asked) <= len(found) else 0.0
    return min(89.0, max(whole, part))
