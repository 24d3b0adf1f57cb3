"""How the context in which a claim was shown answers the context that is asked for.

Contexts agree by equal identifiers. The values are ordered match > broader > narrower > unstated >
mismatch.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from app.model.answer import AskedContext, ContextFinding
from app.model.claim import Claim, ClaimView, ContextItem
from app.model.vocabulary import Agreement, ContextType, Setting
from app.reasoning.canon import Canon

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
        if item.type is not kind:
            continue
        if item.value is not None:
            both = (Setting.IN_VITRO.value, Setting.IN_VIVO.value)
            found.update(both if item.value is Setting.BOTH else (item.value.value,))
        state = f"|{item.state}" if item.state is not None else ""
        found.update(canon.canonical(grounding.id) + state for grounding in item.groundings)
    return frozenset(found)


def findings(
    claim: ClaimView, asked: Sequence[AskedContext], canon: Canon
) -> dict[ContextType, ContextFinding]:
    """Return, for each kind of context that is asked for or stated, what was found."""
    words = _words(claim.context)
    wanted: dict[ContextType, list[str]] = {}
    for context in asked:
        wanted.setdefault(context.type, []).append(context.id)
    result: dict[ContextType, ContextFinding] = {}
    for kind in ContextType:
        found = words.get(kind)
        if kind not in wanted:
            if found is not None and kind is not ContextType.DOCUMENT_MODEL:
                result[kind] = ContextFinding(asked=None, found=found, agreement=Agreement.UNASKED)
            continue
        have = {entry.partition("|")[0] for entry in stated(claim, kind, canon)}
        hit = any(canon.canonical(one) in have for one in wanted[kind])
        agreement = Agreement.MATCH if hit else Agreement.UNSTATED
        if have and not hit:
            agreement = Agreement.MISMATCH
        result[kind] = ContextFinding(
            asked=", ".join(wanted[kind]), found=found, agreement=agreement
        )
    return result


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
