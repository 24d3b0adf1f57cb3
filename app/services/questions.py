"""From what a user wrote to a question that the kernel takes: names become entities."""

import re
from collections.abc import Sequence
from enum import StrEnum

from app.graph.port import GraphView
from app.model.answer import AskedContext, InterventionQuestion, NamedEntity, SideEffect
from app.model.contrast import ContrastQuestion, Place
from app.model.entity import Entity
from app.model.errors import BadInput, FieldError
from app.model.vocabulary import Category, ContextType, Effect, Setting
from app.services import entities
from app.services.ask import AskedQuery, SaidContext
from app.services.ask_words import KNOWN_CONTEXTS

DEFAULT_HOPS = 3

_CURIE = re.compile(r"^[A-Za-z][A-Za-z0-9._-]*:[^\s:][^\s]*$")

_TYPE_OF_CATEGORY: dict[Category, ContextType] = {
    Category.ORGANISM_TAXON: ContextType.ORGANISM,
    Category.CELL: ContextType.CELL,
    Category.CELL_LINE: ContextType.CELL,
    Category.ANATOMICAL_ENTITY: ContextType.CELL,
    Category.DISEASE: ContextType.DISEASE,
}


class AskedEffect(StrEnum):
    """The effects that can be asked; ``attenuates`` and ``abrogates`` are read as ``lowers``."""

    PREVENTS = "prevents"
    REVERSES = "reverses"
    LOWERS = "lowers"
    INDUCES = "induces"
    PROMOTES = "promotes"
    MAINTAINS = "maintains"
    WORSENS = "worsens"
    NO_EFFECT = "no_effect"
    ATTENUATES = "attenuates"
    ABROGATES = "abrogates"

    @property
    def effect(self) -> Effect:
        """The effect that it is read as."""
        if self in (AskedEffect.ATTENUATES, AskedEffect.ABROGATES):
            return Effect.LOWERS
        return Effect(self.value)


def named(entity: Entity) -> NamedEntity:
    """Return an entity as questions and answers name it."""
    return NamedEntity(id=entity.id, name=entity.name, category=entity.category)


def resolved(view: GraphView, name: str) -> NamedEntity:
    """Return the entity that a CURIE or name means.

    Raises :class:`~app.model.errors.Ambiguous` with the candidates and
    :class:`~app.model.errors.NotFound` with the nearest.
    """
    return named(entities.resolve(view, name))


def context(view: GraphView, said: str) -> AskedContext:
    """Read ``type:id``, ``type:name`` or ``setting:in_vivo``.

    A CURIE need not be known: that nothing was shown there is an answer. Raises
    :class:`~app.model.errors.BadInput` for another form, and as :func:`resolved` for a name.
    """
    kind, _, value = said.partition(":")
    value = value.strip()
    known = [each.value for each in ContextType]
    if kind not in known or not value:
        raise _bad_context(said, f"write type:id; types are {', '.join(known)}")
    context_type = ContextType(kind)
    if context_type is ContextType.SETTING:
        settings = [each.value for each in Setting]
        if value not in settings:
            raise _bad_context(said, f"a setting is {', '.join(settings)}")
        return AskedContext(type=context_type, id=value)
    return AskedContext(type=context_type, id=_context_id(view, value))


def contexts(view: GraphView, said: Sequence[str]) -> tuple[AskedContext, ...]:
    """Read several contexts (see :func:`context`), each once, in an order of their own."""
    found = {context(view, one) for one in said}
    return tuple(sorted(found, key=lambda each: (each.type, each.id)))


def contrast(
    view: GraphView,
    outcome: str,
    effect: AskedEffect,
    *,
    context: Sequence[str],
    versus: Sequence[str],
    versus_outcome: str | None = None,
    versus_effect: AskedEffect | None = None,
    include_candidates: bool = False,
    as_of: str | None = None,
) -> ContrastQuestion:
    """Return a contrast with its names resolved; what is left out there is as it is here."""
    here = Place(
        outcome=resolved(view, outcome), effect=effect.effect, context=contexts(view, context)
    )
    other = versus_outcome is not None or versus_effect is not None
    there = Place(
        outcome=here.outcome if versus_outcome is None else resolved(view, versus_outcome),
        effect=here.effect if versus_effect is None else versus_effect.effect,
        context=here.context if other and not versus else contexts(view, versus),
    )
    return ContrastQuestion(
        here=here, there=there, include_candidates=include_candidates, as_of=as_of
    )


def side_effects(view: GraphView, said: Sequence[str]) -> tuple[SideEffect, ...]:
    """Read several of ``outcome:effect``, the outcome a CURIE or a name; each once.

    Raises :class:`~app.model.errors.BadInput` for another form, and as :func:`resolved` for a name.
    """
    return tuple(dict.fromkeys(_side_effect(view, one) for one in said))


def _side_effect(view: GraphView, said: str) -> SideEffect:
    name, _, effect = said.rpartition(":")
    known = [each.value for each in AskedEffect if each is not AskedEffect.NO_EFFECT]
    if not name.strip() or effect not in known:
        hint = f"write outcome:effect; effects are {', '.join(known)}"
        raise BadInput(
            f"excluding={said!r} can't be read: {hint}.", [FieldError("/query/excluding", hint)]
        )
    return SideEffect(outcome=resolved(view, name.strip()), effect=AskedEffect(effect).effect)


def from_words(view: GraphView, asked: AskedQuery) -> InterventionQuestion:
    """Return the question that was read from words, with its names resolved."""
    said = {_said_context(view, one) for one in asked.context}
    return InterventionQuestion(
        outcome=resolved(view, asked.outcome),
        effect=asked.effect,
        context=tuple(sorted(said, key=lambda each: (each.type, each.id))),
        max_hops=asked.max_hops or DEFAULT_HOPS,
        include_candidates=asked.include_candidates,
        include_background=asked.include_background,
        matched_only=asked.matched_only,
        as_of=asked.as_of,
    )


def _said_context(view: GraphView, said: SaidContext) -> AskedContext:
    if said.type is not None and said.id is not None:
        return AskedContext(type=said.type, id=said.id)
    entity = entities.resolve(view, said.name)
    kind = _TYPE_OF_CATEGORY.get(entity.category)
    if kind is None:
        raise BadInput(
            f"{entity.name} ({entity.id}) is a {entity.category}; "
            "a question's context is an organism, a cell, a tissue, a disease or a setting.",
            [FieldError("/query/q", f"{said.name!r} is no context")],
        )
    return AskedContext(type=kind, id=entity.id)


def _context_id(view: GraphView, value: str) -> str:
    if _CURIE.match(value):
        return value
    for known in KNOWN_CONTEXTS:
        if re.fullmatch(known.phrase, value, re.IGNORECASE):
            return known.id
    return entities.resolve(view, value).id


def _bad_context(said: str, hint: str) -> BadInput:
    return BadInput(
        f"context={said!r} can't be read: {hint}.", [FieldError("/query/context", hint)]
    )
