"""What completing a path costs at least: the backward half of the kernel.

:func:`fill_rests` is a hop-layered pass from the targets over (entity, change); it gives the
cheapest completion of every prefix. It reads arrays, runs plain or compiled, and writes to
``progress`` wherever it reads the flag ``stop``: a compiled loop that only reads need never see the
flag change.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int32]
Longs: TypeAlias = NDArray[np.int64]
Bytes: TypeAlias = NDArray[np.int8]
Flags: TypeAlias = NDArray[np.bool_]
Flag: TypeAlias = NDArray[np.uint8]
Number: TypeAlias = "int | np.integer"

INFINITE = 2**31 - 1
MAX_HOPS = 6

FOUND, EXPANDED, PROVED = 0, 1, 2
"""Places in ``progress``: paths found, turns made, and the cost below which no path is missing
(:data:`EXHAUSTED` where the search came to its end)."""
EXHAUSTED = -1


class Graph(NamedTuple):
    """The table of hops as the kernel reads it; see :class:`app.reasoning.hops.Hops`.

    ``kin`` has the places of the hops by kinship.
    """

    out: Ints
    into: Ints
    coming: Ints
    subject: Ints
    object: Ints
    sign: Bytes
    aspect: Bytes
    role: Bytes
    matched_for: Bytes
    cost: Ints
    kin: Ints


class Aim(NamedTuple):
    """What is sought.

    ``ends[e, change]`` says whether a path may end at entity ``e`` with that change; ``allowed[e]``
    whether ``e`` may lie between the ends; ``admits[aspect]`` whether such a hop may be the last
    causal one, ``opens[aspect]`` whether it may be the first; ``choosy`` says that not every one
    may, ``several`` that there is more than one target, so that a path may pass one.
    ``away[i, e]`` is the least number of hops from ``e`` to ``via[i]``, which must lie between the
    ends.
    """

    ends: Flags
    allowed: Flags
    admits: Flags
    via: Ints
    away: Bytes
    several: bool
    max_hops: int
    matched_only: bool
    extrapolation: int
    opens: Flags
    choosy: bool


def step_cost(graph: Graph, aim: Aim, hop: int, change: Number) -> Number:
    """Return what walking ``hop`` for ``change`` costs; -1 where it can't be walked."""
    cost = np.int64(graph.cost[hop])
    if cost == INFINITE:
        return np.int64(-1)
    matched = graph.matched_for[hop]
    if matched == 2 or (matched == 1 and change == 1) or (matched == -1 and change == 0):
        return cost
    if aim.matched_only:
        return np.int64(-1)
    return cost + aim.extrapolation


def turned(graph: Graph, hop: int, change: Number) -> Number:
    """Return the change that arrives when ``change`` goes over ``hop``."""
    return change if graph.sign[hop] > 0 else 1 - change


def kin_ends(graph: Graph, aim: Aim) -> Ints:
    """Return for each (entity, change) the least cost of ending a path by one hop of kinship."""
    ending = np.full((len(graph.out) - 1, 2), INFINITE, dtype=np.int32)
    for hop in graph.kin:
        if graph.role[hop] == 3:
            continue
        for change in range(2):
            if aim.ends[graph.object[hop], turned(graph, hop, change)]:
                cost = step_cost(graph, aim, hop, change)
                if 0 <= cost < ending[graph.subject[hop], change]:
                    ending[graph.subject[hop], change] = cost
    return ending


def rests_of(aim: Aim, layer: Ints, ending: Ints) -> Ints:
    """Return ``rest[e, 2 * change + admitted]``: what going on costs once ``change`` arrived at
    ``e``, by a hop that is admitted as the last causal one or not.

    ``layer[e, change]`` is the least cost of a completion that begins with a causal hop.
    """
    rests = np.full((len(layer), 4), INFINITE, dtype=np.int32)
    for entity in range(len(layer)):
        is_end = aim.ends[entity, 0] or aim.ends[entity, 1]
        if not aim.allowed[entity] or (is_end and not aim.several):
            continue
        for change in range(2):
            rests[entity, 2 * change] = layer[entity, change]
            rests[entity, 2 * change + 1] = min(layer[entity, change], ending[entity, change])
    return rests


def with_ends(aim: Aim, rests: Ints) -> Ints:
    """Return the same, where going on may be ending here, at no cost."""
    either = rests.copy()
    for entity in range(len(either)):
        for change in range(2):
            if aim.ends[entity, change]:
                either[entity, 2 * change + 1] = 0
    return either


def extra_costs(aim: Aim) -> Longs:
    """Return ``extra[change, matched_for + 1]``: what :func:`step_cost` adds to a hop's own cost.

    It is :data:`INFINITE` where the hop can't be walked.
    """
    extra = np.full((2, 4), INFINITE if aim.matched_only else aim.extrapolation, dtype=np.int64)
    extra[0, 0] = 0
    extra[1, 2] = 0
    extra[:, 3] = 0
    return extra


def pull(
    graph: Graph, aim: Aim, either: Ints, wanted: Flags, layer: Ints, choice: Ints,
    stop: Flag, progress: Longs,
) -> None:  # fmt: skip
    """Fill ``layer[e, change]`` for the wanted entities from what their causal hops lead to.

    ``choice[e, change]`` becomes the hop that costs least.
    """
    extra = extra_costs(aim)
    leads = np.zeros(len(layer), dtype=np.bool_)
    for entity in range(len(layer)):
        # Whatever goes on from an entity may do so where the last hop was admitted.
        leads[entity] = either[entity, 1] < INFINITE or either[entity, 3] < INFINITE
    for entity in range(len(layer)):
        if not wanted[entity]:
            continue
        progress[EXPANDED] += 1
        if stop[0]:
            return
        least_lowered, least_raised = np.int64(INFINITE), np.int64(INFINITE)
        by_lowered, by_raised = -1, -1
        for hop in range(graph.out[entity], graph.out[entity + 1]):
            target = graph.object[hop]
            if not leads[target] or graph.role[hop] != 0:
                continue
            own = np.int64(graph.cost[hop])
            if own == INFINITE:
                continue
            matched = graph.matched_for[hop] + 1
            admitted = 1 if aim.admits[graph.aspect[hop]] else 0
            turns = 0 if graph.sign[hop] > 0 else 2
            lowered = own + extra[0, matched] + np.int64(either[target, turns + admitted])
            raised = own + extra[1, matched] + np.int64(either[target, 2 - turns + admitted])
            if lowered < least_lowered:
                least_lowered, by_lowered = lowered, hop
            if raised < least_raised:
                least_raised, by_raised = raised, hop
        layer[entity, 0], layer[entity, 1] = least_lowered, least_raised
        choice[entity, 0], choice[entity, 1] = by_lowered, by_raised


def push_back(
    graph: Graph, aim: Aim, either: Ints, active: Flags, layer: Ints, choice: Ints,
    stop: Flag, progress: Longs,
) -> Flags:  # fmt: skip
    """Improve ``layer[e, change]`` by the causal hops that lead to active entities.

    Returns the entities for which it became less; ``choice`` is as in :func:`pull`.
    """
    improved = np.zeros(len(active), dtype=np.bool_)
    for entity in range(len(active)):
        if not active[entity]:
            continue
        progress[EXPANDED] += 1
        if stop[0]:
            return improved
        for place in range(graph.into[entity], graph.into[entity + 1]):
            hop = graph.coming[place]
            if graph.role[hop] != 0:
                continue
            admitted = 1 if aim.admits[graph.aspect[hop]] else 0
            source = graph.subject[hop]
            for change in range(2):
                cost = step_cost(graph, aim, hop, change)
                if cost >= 0:
                    cost += either[entity, 2 * turned(graph, hop, change) + admitted]
                    if cost < layer[source, change]:
                        layer[source, change] = cost
                        choice[source, change] = hop
                        improved[source] = True
    return improved


def count_out(graph: Graph, wanted: Flags) -> int:
    """Return how many hops lead from the wanted entities."""
    count = 0
    for entity in range(len(wanted)):
        if wanted[entity]:
            count += graph.out[entity + 1] - graph.out[entity]
    return count


def count_into(graph: Graph, wanted: Flags) -> int:
    """Return how many hops lead to the wanted entities."""
    count = 0
    for entity in range(len(wanted)):
        if wanted[entity]:
            count += graph.into[entity + 1] - graph.into[entity]
    return count


def levels_of(graph: Graph, aim: Aim, starts: Ints) -> Flags:
    """Return ``levels[n, e]``: whether ``e`` may be reached by n hops from ``starts``.

    Without any starts that is everywhere; so it is from a level on that reaches nearly everywhere.
    """
    entities = len(graph.out) - 1
    levels = np.zeros((aim.max_hops, entities), dtype=np.bool_)
    for start in range(len(starts)):
        levels[0, starts[start, 0]] = True
    for level in range(1, aim.max_hops):
        before_this = levels[level - 1]
        if len(starts) == 0 or 3 * count_out(graph, before_this) > len(graph.role):
            levels[level] = True
            continue
        for entity in range(entities):
            if before_this[entity]:
                for hop in range(graph.out[entity], graph.out[entity + 1]):
                    levels[level, graph.object[hop]] = True
    return levels


def fill_rests(
    graph: Graph, aim: Aim, ending: Ints, starts: Ints, stop: Flag, progress: Longs
) -> tuple[Ints, Ints]:
    """Return ``rests[left]``: :func:`rests_of` with at most ``left`` hops to go, and the choices.

    ``choices[left, e, change]`` is the first hop of the cheapest completion.

    They hold where a path from ``starts`` (none: from anywhere) may be with so many hops to go.
    Nothing of it counts when ``stop`` was set meanwhile.
    """
    entities = len(graph.out) - 1
    rests = np.full((aim.max_hops, entities, 4), INFINITE, dtype=np.int32)
    choices = np.full((aim.max_hops, entities, 2), -1, dtype=np.int32)
    layer = np.full((entities, 2), INFINITE, dtype=np.int32)
    levels = levels_of(graph, aim, starts)
    active = np.zeros(entities, dtype=np.bool_)
    for entity in range(entities):
        active[entity] = aim.ends[entity, 0] or aim.ends[entity, 1]
    pushing = True
    for left in range(1, aim.max_hops):
        if left == 2:
            # From here on a path may end by kinship.
            for entity in range(entities):
                if ending[entity, 0] < INFINITE or ending[entity, 1] < INFINITE:
                    active[entity] = True
            rests[1] = rests_of(aim, layer, ending)
        either = with_ends(aim, rests[left - 1])
        wanted = levels[aim.max_hops - left]
        # Hops are sorted by subject: pulling reads them in order, pushing here and there.
        pushing = pushing and 4 * count_into(graph, active) < count_out(graph, wanted)
        if pushing:
            choices[left] = choices[left - 1]
            active = push_back(graph, aim, either, active, layer, choices[left], stop, progress)
        else:
            layer = np.full((entities, 2), INFINITE, dtype=np.int32)
            pull(graph, aim, either, wanted, layer, choices[left], stop, progress)
        if stop[0]:
            return rests, choices
        rests[left] = rests_of(aim, layer, ending)
    return rests, choices


def may_follow(graph: Graph, aim: Aim, hop: int, first: bool, begins: bool) -> bool:
    """Tell whether a hop may stand here: ``first`` of all, or before any causal one (``begins``).

    That a path ends by kinship is not looked at.
    """
    role = graph.role[hop]
    if role == 0:
        return bool(aim.opens[graph.aspect[hop]]) or not begins
    return bool(role != 2) if first else bool(role != 3)


def is_simple(
    graph: Graph, aim: Aim, ending: Ints, choices: Ints, at: Longs, depth: int,
    change: Number, admitted: bool,
) -> bool:  # fmt: skip
    """Tell whether the cheapest completion from ``at[depth]`` runs into none of ``at[:depth]``.

    ``at`` is written to beyond ``depth``.
    """
    while True:
        if admitted and ending[at[depth], change] < INFINITE:
            return True
        hop = choices[aim.max_hops - depth, at[depth], change]
        if hop < 0:
            return False
        target = graph.object[hop]
        for place in range(depth + 1):
            if at[place] == target:
                return False
        depth += 1
        at[depth] = target
        change = turned(graph, hop, change)
        admitted = aim.admits[graph.aspect[hop]]
        if admitted and aim.ends[target, change]:
            return True
        if depth >= aim.max_hops:
            return False


def leads_there(
    graph: Graph, aim: Aim, rests: Ints, choices: Ints, ending: Ints, entity: int, change: Number,
    stop: Flag, progress: Longs,
) -> bool:  # fmt: skip
    """Tell whether a simple path starts at ``entity``, changed by ``change``: depth first.

    Where a hop is followed by a completion that is simple, no more need be looked at. Where none
    is, this may look at nearly every walk.
    """
    at = np.full(MAX_HOPS + 1, -1, dtype=np.int64)
    changes = np.zeros(MAX_HOPS + 1, dtype=np.int64)
    following = np.zeros(MAX_HOPS + 1, dtype=np.int64)
    by_kin = np.zeros(MAX_HOPS + 1, dtype=np.bool_)
    at[0], changes[0], following[0] = entity, change, graph.out[entity]
    depth, after_kin = 0, False
    while depth >= 0 and not stop[0]:
        progress[EXPANDED] += 1
        hop = following[depth]
        if hop == graph.out[at[depth] + 1]:
            depth -= 1
            continue
        following[depth] += 1
        step = step_cost(graph, aim, hop, changes[depth])
        role, target = graph.role[hop], graph.object[hop]
        begins = depth == 0 or (depth == 1 and after_kin)
        if step < 0 or not may_follow(graph, aim, hop, depth == 0, begins):
            continue
        visited = False
        for place in range(depth + 1):
            visited = visited or at[place] == target
        if visited:
            continue
        arrived = turned(graph, hop, changes[depth])
        admitted = role == 0 and aim.admits[graph.aspect[hop]]
        if aim.ends[target, arrived] and (admitted or ((role == 1 or role == 2) and by_kin[depth])):
            return True
        if role != 0 and depth > 0:
            continue
        left = aim.max_hops - depth - 1
        if rests[left, target, 2 * arrived + (1 if admitted else 0)] < INFINITE:
            after_kin = role != 0 if depth == 0 else after_kin
            depth += 1
            at[depth], changes[depth], by_kin[depth] = target, arrived, admitted
            # Of a completion that begins with the first causal hop the aspect is not looked at.
            sure = role == 0 or not aim.choosy
            if sure and is_simple(graph, aim, ending, choices, at, depth, arrived, admitted):
                return True
            following[depth] = graph.out[target]
    return False


def which_lead_there(
    graph: Graph, aim: Aim, rests: Ints, choices: Ints, ending: Ints, stop: Flag, progress: Longs
) -> Flags:
    """Return for each (entity, change) whether a simple path starts there.

    There must be one target only: a path then ends where it arrives.
    """
    entities = len(graph.out) - 1
    found = np.zeros((entities, 2), dtype=np.bool_)
    for entity in range(entities):
        if not (aim.ends[entity, 0] or aim.ends[entity, 1]):
            for change in range(2):
                found[entity, change] = leads_there(
                    graph, aim, rests, choices, ending, entity, change, stop, progress
                )
    return found
