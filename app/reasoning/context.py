"""How the context in which a claim was shown answers the context that is asked for.

Contexts agree by what lies within what (:mod:`app.reasoning.hierarchy`). The values are ordered
match > broader > narrower > unstated > mismatch; what the hierarchy does not know is unstated.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from app.model.answer import AskedContext, ContextFinding
from app.model.claim import Claim, ClaimView, ContextItem
from app.model.vocabulary import Agreement, ContextType, Presence, Setting
from app.reasoning.canon import Canon
from app.reasoning.hierarchy import Hierarchy

ORDER: dict[Agreement, int] = {
    Agreement.UNASKED: 0,
    Agreement.MATCH: 0,
    Agreement.BROADER: 1,
    Agreement.NARROWER: 2,
    Agreement.UNSTATED: 3,
    Agreement.MISMATCH: 4,
}

SCOPE_TYPES = (
    ContextType.ORGANISM,
    ContextType.CELL,
    ContextType.DISEASE,
    ContextType.CO_STIMULUS,
    ContextType.SETTING,
)
"""The kinds of context that can separate two findings."""

Scope: TypeAlias = tuple[frozenset[str], ...]
"""What a claim states of each of :data:`SCOPE_TYPES`, in their order; empty where it is silent."""


def worst(agreements: Iterable[Agreement]) -> Agreement:
    """Return the worst agreement; *unasked* where there is none."""
    return max(agreements, key=lambda a: ORDER[a], default=Agreement.UNASKED)


def stated(claim: Claim | ClaimView, kind: ContextType, canon: Canon) -> frozenset[str]:
    """Return what the claim says of one kind of context, as canonical ids or setting values.

    A co-stimulus counts with its state, so that its presence and its absence differ.
    """
    found: set[str] = set()
    for item in claim.context:
        if item.type is not kind or item.inferred:
            continue
        if item.value is not None:
            both = (Setting.IN_VITRO.value, Setting.IN_VIVO.value)
            found.update(both if item.value is Setting.BOTH else (item.value.value,))
        state = f"|{item.state}" if item.state is not None else ""
        found.update(canon.canonical(grounding.id) + state for grounding in item.groundings)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Asked:
    """The context that is asked for, and what is known to compare it with what was found."""

    contexts: Sequence[AskedContext]
    canon: Canon
    hierarchy: Hierarchy

    def agreement(self, kind: ContextType, asked: str, item: ContextItem) -> Agreement:
        """Return how one item of a claim's context answers; its groundings are alternatives."""
        if kind is ContextType.SETTING:
            return _agreement_of_settings(asked, item.value)
        found = [self.compare(asked, grounding.id) for grounding in item.groundings]
        best = min(found, key=ORDER.__getitem__, default=Agreement.UNSTATED)
        if best is Agreement.UNSTATED and Agreement.MISMATCH in found:
            best = Agreement.MISMATCH
        if item.state is Presence.ABSENT:
            # What is asked for is there; what the claim says is that it, or all of its kind, isn't.
            absent = best in (Agreement.MATCH, Agreement.BROADER)
            return Agreement.MISMATCH if absent else Agreement.UNSTATED
        return best

    def compare(self, asked: str, found: str) -> Agreement:
        """Return how one entity answers for another."""
        if self.canon.canonical(asked) == self.canon.canonical(found):
            return Agreement.MATCH
        return self.hierarchy.compare(asked, found)


@dataclass(frozen=True, slots=True)
class _Found:
    """The best answer of a claim to one kind of context; ``words`` say what was inferred."""

    agreement: Agreement
    inferred: bool
    words: str | None = None

    @property
    def order(self) -> tuple[int, bool]:
        return ORDER[self.agreement], self.inferred


def findings(claim: ClaimView, asked: Asked) -> dict[ContextType, ContextFinding]:
    """Return, for each kind of context that is asked for or stated, what was found.

    Of several that are asked for one will do. An organism that the claim's cells imply counts as
    found and is marked as inferred.
    """
    words = _words(claim.context)
    wanted: dict[ContextType, list[str]] = {}
    for context in asked.contexts:
        wanted.setdefault(context.type, []).append(context.id)
    result: dict[ContextType, ContextFinding] = {}
    for kind in ContextType:
        found = words.get(kind)
        items = [item for item in claim.context if item.type is kind]
        if kind in wanted:
            best = _best(claim, kind, items, wanted[kind], asked)
            result[kind] = ContextFinding(
                asked=", ".join(wanted[kind]),
                found=", ".join(filter(None, (found, best.words))) or None,
                agreement=best.agreement,
                inferred=best.inferred,
            )
        elif found is not None and kind is not ContextType.DOCUMENT_MODEL:
            result[kind] = ContextFinding(
                asked=None,
                found=found,
                agreement=Agreement.UNASKED,
                inferred=all(item.inferred for item in items),
            )
    return result


def _best(
    claim: ClaimView,
    kind: ContextType,
    items: Iterable[ContextItem],
    wanted: Iterable[str],
    asked: Asked,
) -> _Found:
    found = [
        _Found(asked.agreement(kind, one, item), item.inferred) for item in items for one in wanted
    ]
    if kind is ContextType.ORGANISM:
        stated = {grounding.id for item in items for grounding in item.groundings}
        found += [
            _Found(asked.compare(one, organism), True, asked.hierarchy.name(organism))
            for organism in _implied(claim, asked.hierarchy)
            if organism not in stated
            for one in wanted
        ]
    return min(found, key=lambda each: each.order, default=_Found(Agreement.UNSTATED, False))


def _implied(claim: ClaimView, hierarchy: Hierarchy) -> list[str]:
    """Return the species that a claim's cells come from, sorted."""
    cells = (item for item in claim.context if item.type is ContextType.CELL)
    ids = {grounding.id for item in cells for grounding in item.groundings}
    return sorted({organism for cell in ids for organism in hierarchy.organisms_of(cell)})


def _agreement_of_settings(asked: str, found: Setting | None) -> Agreement:
    if found is None:
        return Agreement.UNSTATED
    if found.value == asked or found is Setting.BOTH:
        return Agreement.MATCH
    return Agreement.NARROWER if asked == Setting.BOTH.value else Agreement.MISMATCH


def agreement_of(found: Mapping[ContextType, ContextFinding]) -> Agreement:
    """Return the worst agreement among those that were asked for."""
    return worst(finding.agreement for finding in found.values() if finding.asked is not None)


def scope_of(claim: Claim | ClaimView, canon: Canon) -> Scope:
    """Return what the claim states of each kind of context that can separate two findings."""
    return tuple(stated(claim, kind, canon) for kind in SCOPE_TYPES)


def separating_slots(one: Scope, other: Scope) -> tuple[str, ...]:
    """Return the kinds of context in which both say something, and not the same.

    A co-stimulus that was there for the one and absent for the other separates them; one whose
    state is not said agrees with either.
    """
    return tuple(
        kind.value
        for kind, mine, theirs in zip(SCOPE_TYPES, one, other, strict=True)
        if mine and theirs and not _agree(mine, theirs)
    )


def _agree(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    pairs = [
        (state, other_state)
        for name, _, state in (entry.partition("|") for entry in mine)
        for other, _, other_state in (entry.partition("|") for entry in theirs)
        if name == other
    ]
    return bool(pairs) and all(one == two or not one or not two for one, two in pairs)


def _words(items: Iterable[ContextItem]) -> dict[ContextType, str]:
    found: dict[ContextType, list[str]] = {}
    for item in items:
        words = item.mention.text if item.mention else item.name
        words = words or (item.value.value if item.value else None)
        if item.value is not None:
            words = item.value.value.replace("_", " ")
        if words:
            found.setdefault(item.type, []).append(words)
    return {kind: ", ".join(dict.fromkeys(words)) for kind, words in found.items()}
