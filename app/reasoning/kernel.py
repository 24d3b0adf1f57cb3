"""Exact top-k simple signed paths, over arrays: one source, run plain or compiled.

The first loop, :func:`fill_rests`, is a hop-layered backward pass from the targets over (entity, change); it gives
the cheapest completion of every prefix. :func:`best_paths` is best-first search with that bound: it
yields simple paths in exact order. Costs are integers, so that equal beliefs tie the same way
everywhere; ties go by number of hops, then by the hops' places in the table.

A path is: at most one hop of kinship, one or more causal hops, at most one hop of kinship. Its last
causal hop must be admitted. A change is 1 where something is raised and 0 where it is lowered.

Both loops read the flag ``stop`` and write to ``progress`` at every turn: a compiled loop that only
reads need never see the flag change. :mod:`app.reasoning.compiled` makes the compiled twins.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int32]
Longs: TypeAlias = NDArray[np.int64]
Bytes: TypeAlias = NDArray[np.int8]
Flags: TypeAlias = NDArray[np.bool_]

INFINITE = 2**31 - 1
MAX_HOPS = 6
POOL_LIMIT = 1 << 21
"""Prefixes that one search may hold, some 100 MB; a search that needs more ends incomplete."""

FOUND, EXPANDED, PROVED = 0, 1, 2
"""Places in ``progress``: paths found, turns made, and the cost below which no path is missing
(:data:`EXHAUSTED` where the search came to its end)."""
EXHAUSTED = -1

SIZE, USED, KEPT = 0, 1, 2
"""Places in a pool's ``marks``: entries in the heap, prefixes held, costs noted in ``limits``."""


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
    causal one. ``several`` says that there is more than one target, so that a path may pass one.
    """

    ends: Flags
    allowed: Flags
    admits: Flags
    via: Ints
    several: bool
    max_hops: int
    matched_only: bool
    extrapolation: int


class Pool(NamedTuple):
    """Prefixes of paths and a heap of them: ``bound`` is the least cost of a whole path that begins
    so, ``over`` tells that it is whole. ``limits[:marks[KEPT]]`` are the least costs of whole paths
    so far, sorted; nothing dearer than the last of as many as are wanted need be held.
    """

    bound: Longs
    cost: Longs
    length: Bytes
    hops: Ints
    change: Bytes
    start: Ints
    over: Flags
    heap: Ints
    limits: Longs
    marks: Longs


class Found(NamedTuple):
    """Room for the paths that are found: a row each."""

    cost: Longs
    length: Bytes
    hops: Ints
    start: Ints


def new_found(rows: int) -> Found:
    """Return room for ``rows`` paths."""
    return Found(
        np.zeros(rows, dtype=np.int64),
        np.zeros(rows, dtype=np.int8),
        np.zeros((rows, MAX_HOPS), dtype=np.int32),
        np.zeros(rows, dtype=np.int32),
    )


def step_cost(graph: Graph, aim: Aim, hop: int, change: int) -> int:
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


def turned(graph: Graph, hop: int, change: int) -> int:
    """Return the change that arrives when ``change`` goes over ``hop``."""
    return change if graph.sign[hop] > 0 else 1 - change


def kin_ends(graph: Graph, aim: Aim) -> Ints:
    """Return for each (entity, change) the least cost of ending a path by one hop of kinship."""
    ending = np.full((len(graph.out) - 1, 2), INFINITE, dtype=np.int32)
    for hop in graph.kin:
        for change in range(2):
            if aim.ends[graph.object[hop], turned(graph, hop, change)]:
                cost = step_cost(graph, aim, hop, change)
                if 0 <= cost < ending[graph.subject[hop], change]:
                    ending[graph.subject[hop], change] = cost
    return ending


def rests_of(graph: Graph, aim: Aim, layer: Ints, ending: Ints) -> Ints:
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


def pull(
    graph: Graph, aim: Aim, either: Ints, wanted: Flags, layer: Ints,
    stop: NDArray[np.uint8], progress: Longs,
) -> None:  # fmt: skip
    """Fill ``layer[e, change]`` for the wanted entities from what their causal hops lead to."""
    for entity in range(len(layer)):
        if not wanted[entity]:
            continue
        progress[EXPANDED] += 1
        if stop[0]:
            return
        for hop in range(graph.out[entity], graph.out[entity + 1]):
            if graph.role[hop] != 0:
                continue
            admitted = 1 if aim.admits[graph.aspect[hop]] else 0
            for change in range(2):
                cost = step_cost(graph, aim, hop, change)
                if cost >= 0:
                    arrived = turned(graph, hop, change)
                    cost += either[graph.object[hop], 2 * arrived + admitted]
                    if cost < layer[entity, change]:
                        layer[entity, change] = cost


def push_back(
    graph: Graph, aim: Aim, either: Ints, active: Flags, layer: Ints,
    stop: NDArray[np.uint8], progress: Longs,
) -> Flags:  # fmt: skip
    """Improve ``layer[e, change]`` by the causal hops that lead to active entities.

    Returns the entities for which it became less.
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
    graph: Graph, aim: Aim, ending: Ints, starts: Ints, stop: NDArray[np.uint8], progress: Longs
) -> Ints:
    """Return ``rests[left]``: :func:`rests_of` with at most ``left`` hops to go.

    They hold where a path from ``starts`` (none: from anywhere) may be with so many hops to go. None
    of it counts when ``stop`` was set meanwhile.
    """
    entities = len(graph.out) - 1
    rests = np.full((aim.max_hops, entities, 4), INFINITE, dtype=np.int32)
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
            rests[1] = rests_of(graph, aim, layer, ending)
        either = with_ends(aim, rests[left - 1])
        wanted = levels[aim.max_hops - left]
        # Hops are sorted by subject: pulling reads them in order, pushing here and there.
        pushing = pushing and 4 * count_into(graph, active) < count_out(graph, wanted)
        if pushing:
            active = push_back(graph, aim, either, active, layer, stop, progress)
        else:
            layer = np.full((entities, 2), INFINITE, dtype=np.int32)
            pull(graph, aim, either, wanted, layer, stop, progress)
        if stop[0]:
            return rests
        rests[left] = rests_of(graph, aim, layer, ending)
    return rests


def leads_there(graph: Graph, aim: Aim, rests: Ints, entity: int, change: int) -> bool:
    """Tell whether a simple path starts at ``entity``, changed by ``change``: depth first."""
    at = np.full(MAX_HOPS + 1, -1, dtype=np.int64)
    changes = np.zeros(MAX_HOPS + 1, dtype=np.int64)
    following = np.zeros(MAX_HOPS + 1, dtype=np.int64)
    by_kin = np.zeros(MAX_HOPS + 1, dtype=np.bool_)
    at[0], changes[0], following[0] = entity, change, graph.out[entity]
    depth = 0
    while depth >= 0:
        hop = following[depth]
        if hop == graph.out[at[depth] + 1]:
            depth -= 1
            continue
        following[depth] += 1
        step = step_cost(graph, aim, hop, changes[depth])
        role, target = graph.role[hop], graph.object[hop]
        if step < 0 or (role != 0 and depth == 0 and role != 1):
            continue
        visited = False
        for place in range(depth + 1):
            visited = visited or at[place] == target
        if visited:
            continue
        arrived = turned(graph, hop, changes[depth])
        admitted = role == 0 and aim.admits[graph.aspect[hop]]
        if aim.ends[target, arrived] and (admitted or (role != 0 and by_kin[depth])):
            return True
        if role != 0 and depth > 0:
            continue
        left = aim.max_hops - depth - 1
        if rests[left, target, 2 * arrived + (1 if admitted else 0)] < INFINITE:
            depth += 1
            at[depth], changes[depth], by_kin[depth] = target, arrived, admitted
            following[depth] = graph.out[target]
    return False


def which_lead_there(
    graph: Graph, aim: Aim, rests: Ints, stop: NDArray[np.uint8], progress: Longs
) -> Flags:
    """Return for each (entity, change) whether a simple path starts there."""
    entities = len(graph.out) - 1
    found = np.zeros((entities, 2), dtype=np.bool_)
    for entity in range(entities):
        progress[EXPANDED] += 1
        if stop[0]:
            return found
        if not (aim.ends[entity, 0] or aim.ends[entity, 1]):
            found[entity, 0] = leads_there(graph, aim, rests, entity, 0)
            found[entity, 1] = leads_there(graph, aim, rests, entity, 1)
    return found


def new_pool(size: int, wanted: int) -> Pool:
    """Return room for ``size`` prefixes in a search for ``wanted`` paths."""
    return Pool(
        np.empty(size, dtype=np.int64),
        np.empty(size, dtype=np.int64),
        np.empty(size, dtype=np.int8),
        np.empty((size, MAX_HOPS), dtype=np.int32),
        np.empty(size, dtype=np.int8),
        np.empty(size, dtype=np.int32),
        np.empty(size, dtype=np.bool_),
        np.empty(size, dtype=np.int32),
        np.empty(wanted, dtype=np.int64),
        np.zeros(3, dtype=np.int64),
    )


def grown(pool: Pool) -> Pool:
    """Return the same prefixes with twice the room."""
    size = len(pool.bound)
    larger = new_pool(2 * size, len(pool.limits))
    larger.bound[:size] = pool.bound
    larger.cost[:size] = pool.cost
    larger.length[:size] = pool.length
    larger.hops[:size] = pool.hops
    larger.change[:size] = pool.change
    larger.start[:size] = pool.start
    larger.over[:size] = pool.over
    larger.heap[:size] = pool.heap
    larger.limits[:] = pool.limits
    larger.marks[:] = pool.marks
    return larger


def before(pool: Pool, one: int, other: int) -> bool:
    """Tell whether one prefix comes before another."""
    if pool.bound[one] != pool.bound[other]:
        return pool.bound[one] < pool.bound[other]
    if pool.length[one] != pool.length[other]:
        return pool.length[one] < pool.length[other]
    for place in range(pool.length[one]):
        if pool.hops[one, place] != pool.hops[other, place]:
            return pool.hops[one, place] < pool.hops[other, place]
    if pool.start[one] != pool.start[other]:
        return pool.start[one] < pool.start[other]
    return pool.over[one] and not pool.over[other]


def push(pool: Pool, item: int) -> None:
    """Put a prefix into the heap."""
    heap, place = pool.heap, pool.marks[SIZE]
    pool.marks[SIZE] += 1
    while place > 0:
        parent = (place - 1) // 2
        if not before(pool, item, heap[parent]):
            break
        heap[place] = heap[parent]
        place = parent
    heap[place] = item


def pop(pool: Pool) -> int:
    """Take the first prefix from the heap."""
    heap = pool.heap
    pool.marks[SIZE] -= 1
    size = pool.marks[SIZE]
    first, item = heap[0], heap[size]
    place = 0
    while 2 * place + 1 < size:
        child = 2 * place + 1
        if child + 1 < size and before(pool, heap[child + 1], heap[child]):
            child += 1
        if not before(pool, heap[child], item):
            break
        heap[place] = heap[child]
        place = child
    heap[place] = item
    return first


def note_whole(pool: Pool, cost: int) -> None:
    """Note the cost of a whole path among the least ones."""
    limits, count = pool.limits, pool.marks[KEPT]
    if count == len(limits):
        if cost >= limits[count - 1]:
            return
        count -= 1
    place = count
    while place > 0 and limits[place - 1] > cost:
        limits[place] = limits[place - 1]
        place -= 1
    limits[place] = cost
    pool.marks[KEPT] = count + 1


def is_too_dear(pool: Pool, bound: int) -> bool:
    """Tell whether as many paths as are wanted are known to be cheaper than ``bound``."""
    wanted = len(pool.limits)
    return pool.marks[KEPT] == wanted and bound > pool.limits[wanted - 1]


def is_visited(graph: Graph, pool: Pool, prefix: int, entity: int) -> bool:
    """Tell whether a prefix (-1: none yet) has been at ``entity``."""
    if prefix < 0:
        return False
    if graph.subject[pool.hops[prefix, 0]] == entity:
        return True
    for place in range(pool.length[prefix]):
        if graph.object[pool.hops[prefix, place]] == entity:
            return True
    return False


def lacks_via(graph: Graph, aim: Aim, pool: Pool, prefix: int, hop: int, over: bool) -> bool:
    """Tell whether too few hops are left to visit all that must lie between the ends."""
    missing = 0
    for wished in aim.via:
        there = not over and graph.object[hop] == wished
        if prefix >= 0:
            for place in range(pool.length[prefix]):
                there = there or graph.object[pool.hops[prefix, place]] == wished
        if not there:
            missing += 1
    if over or missing == 0:
        return missing > 0
    length = 1 if prefix < 0 else 1 + pool.length[prefix]
    return missing > aim.max_hops - length - 1


def add(
    pool: Pool, prefix: int, hop: int, cost: int, rest: int, change: int, start: int, over: bool
) -> Pool:
    """Hold one more prefix: ``prefix`` (-1: none) and ``hop``; return the pool, perhaps grown."""
    item = pool.marks[USED]
    if item == len(pool.bound):
        pool = grown(pool)
    pool.marks[USED] += 1
    length = 0 if prefix < 0 else np.int64(pool.length[prefix])
    for place in range(length):
        pool.hops[item, place] = pool.hops[prefix, place]
    pool.hops[item, length] = hop
    pool.length[item] = length + 1
    pool.cost[item] = cost
    pool.bound[item] = cost + rest
    pool.change[item] = change
    pool.start[item] = start
    pool.over[item] = over
    if over:
        note_whole(pool, cost)
    push(pool, item)
    return pool


def expand(
    graph: Graph, aim: Aim, rests: Ints, pool: Pool,
    prefix: int, entity: int, change: int, start: int,
) -> Pool:  # fmt: skip
    """Hold every continuation of ``prefix`` by one hop from ``entity``, where ``change`` arrived.

    A prefix of -1 is the start itself.
    """
    length, so_far, may_end_by_kin = np.int64(0), np.int64(0), False
    if prefix >= 0:
        length, so_far = np.int64(pool.length[prefix]), pool.cost[prefix]
        last = pool.hops[prefix, length - 1]
        may_end_by_kin = graph.role[last] == 0 and aim.admits[graph.aspect[last]]
    left = aim.max_hops - length - 1
    for hop in range(graph.out[entity], graph.out[entity + 1]):
        step = step_cost(graph, aim, hop, change)
        role = graph.role[hop]
        if step < 0 or (role != 0 and prefix < 0 and role != 1):
            continue
        if is_visited(graph, pool, prefix, graph.object[hop]):
            continue
        arrived = turned(graph, hop, change)
        cost = so_far + step
        admitted = role == 0 and aim.admits[graph.aspect[hop]]
        ends = aim.ends[graph.object[hop], arrived] and (
            admitted or (role != 0 and may_end_by_kin)
        )
        if ends and not is_too_dear(pool, cost) and not lacks_via(
            graph, aim, pool, prefix, hop, True
        ):
            pool = add(pool, prefix, hop, cost, 0, arrived, start, True)
        if role != 0 and prefix >= 0:
            continue
        rest = np.int64(rests[left, graph.object[hop], 2 * arrived + (1 if admitted else 0)])
        if rest == INFINITE or is_too_dear(pool, cost + rest):
            continue
        if not lacks_via(graph, aim, pool, prefix, hop, False):
            pool = add(pool, prefix, hop, cost, rest, arrived, start, False)
    return pool


def best_paths(
    graph: Graph, aim: Aim, rests: Ints, starts: Ints, pool: Pool,
    found: Found, row: int, stop: NDArray[np.uint8], progress: Longs,
) -> tuple[int, Pool]:  # fmt: skip
    """Find the best paths from ``starts``, rows of (entity, change), in exact order.

    As many as the pool has limits for are written into ``found`` from ``row`` on. Returns how many
    they are, and the pool, which may have grown. ``progress[PROVED]`` then tells whether the search
    came to its end.
    """
    pool.marks[:] = 0
    progress[PROVED] = 0
    for start in range(len(starts)):
        progress[EXPANDED] += 1
        if stop[0]:
            return 0, pool
        entity, change = starts[start, 0], np.int64(starts[start, 1])
        pool = expand(graph, aim, rests, pool, -1, entity, change, start)
    count = 0
    while pool.marks[SIZE] > 0 and count < len(pool.limits):
        item = pool.heap[0]
        progress[PROVED] = pool.bound[item]
        if stop[0] or pool.marks[USED] > POOL_LIMIT:
            return count, pool
        pop(pool)
        if pool.over[item]:
            found.cost[row + count] = pool.cost[item]
            found.length[row + count] = pool.length[item]
            for place in range(pool.length[item]):
                found.hops[row + count, place] = pool.hops[item, place]
            found.start[row + count] = pool.start[item]
            count += 1
            progress[FOUND] += 1
            continue
        progress[EXPANDED] += 1
        entity = graph.object[pool.hops[item, pool.length[item] - 1]]
        change, start = np.int64(pool.change[item]), np.int64(pool.start[item])
        pool = expand(graph, aim, rests, pool, item, entity, change, start)
    progress[PROVED] = EXHAUSTED
    return count, pool


def paths_each(
    graph: Graph, aim: Aim, rests: Ints, starts: Ints, pool: Pool,
    found: Found, counts: Ints, stop: NDArray[np.uint8], progress: Longs,
) -> Pool:  # fmt: skip
    """Find the best paths from each of ``starts`` by itself.

    Those of the i-th start stand in ``found`` from row ``i * wanted`` on, ``counts[i]`` of them; a
    start that was not finished has -1.
    """
    wanted = len(pool.limits)
    for start in range(len(starts)):
        one = starts[start : start + 1]
        count, pool = best_paths(
            graph, aim, rests, one, pool, found, start * wanted, stop, progress
        )
        counts[start] = count if progress[PROVED] == EXHAUSTED else -1
    return pool
