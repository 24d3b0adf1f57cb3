"""Exact top-k simple signed paths, over arrays: one source, run plain or compiled.

Best-first search, with the completions of :mod:`app.reasoning.bounds` as its bound, yields simple
paths in exact order. Costs are integers, so that equal beliefs tie the same way everywhere; ties go
by number of hops, then by the hops' places in the table.

A path is: at most one hop of kinship, one or more causal hops, at most one hop of kinship. Its last
causal hop must be admitted, and its first one open. A change is 1 where something is raised and 0
where it is lowered. Over the turned table of :mod:`app.reasoning.turning` the same search finds
what an entity leads to. :mod:`app.reasoning.compiled` makes the compiled twins.
"""

import numpy as np

from app.reasoning.bounds import (
    EXHAUSTED,
    EXPANDED,
    FOUND,
    INFINITE,
    PROVED,
    Aim,
    Flag,
    Graph,
    Ints,
    Longs,
    Number,
    fill_rests,
    kin_ends,
    may_follow,
    step_cost,
    turned,
    which_lead_there,
)
from app.reasoning.prefixes import (
    CEILING,
    CUT,
    KEPT,
    NO_CEILING,
    SIZE,
    USED,
    Found,
    Pool,
    add,
    is_too_dear,
    is_visited,
    new_found,
    new_pool,
    note_whole,
    pop,
)
from app.reasoning.via import hops_to, lacks_via

__all__ = [
    "PROVED", "Aim", "Found", "Graph", "Longs", "best_paths", "fill_rests", "hops_to", "kin_ends",
    "new_found", "new_pool", "paths_each", "which_lead_there",
]  # fmt: skip

POOL_LIMIT = 1 << 21
"""Prefixes that one search may hold, some 100 MB; a search that needs more ends incomplete."""


def expand(
    graph: Graph, aim: Aim, rests: Ints, pool: Pool,
    prefix: int, entity: int, change: Number, start: int,
) -> Pool:  # fmt: skip
    """Hold every continuation of ``prefix`` by one hop from ``entity``, where ``change`` arrived.

    A prefix of -1 is the start itself.
    """
    length, so_far, may_end_by_kin, begins = np.int64(0), np.int64(0), False, True
    if prefix >= 0:
        length, so_far = np.int64(pool.length[prefix]), pool.cost[prefix]
        last = pool.hops[prefix, length - 1]
        begins = graph.role[last] != 0
        may_end_by_kin = not begins and aim.admits[graph.aspect[last]]
    left = aim.max_hops - length - 1
    for hop in range(graph.out[entity], graph.out[entity + 1]):
        step = step_cost(graph, aim, hop, change)
        role = graph.role[hop]
        if step < 0 or not may_follow(graph, aim, hop, prefix < 0, begins):
            continue
        arrived = turned(graph, hop, change)
        cost = so_far + step
        admitted = role == 0 and aim.admits[graph.aspect[hop]]
        ends = aim.ends[graph.object[hop], arrived] and (admitted or (role != 0 and may_end_by_kin))
        ends = ends and not is_too_dear(pool, cost)
        goes_on = role == 0 or prefix < 0
        rest = np.int64(0)
        if goes_on:
            rest = np.int64(rests[left, graph.object[hop], 2 * arrived + (1 if admitted else 0)])
            goes_on = rest < INFINITE and not is_too_dear(pool, cost + rest)
        # What is asked last costs most; few hops come so far.
        if not (ends or goes_on) or is_visited(graph, pool, prefix, graph.object[hop]):
            continue
        if ends and not lacks_via(graph, aim, pool.hops[prefix], length, hop, True):
            pool = add(pool, prefix, hop, cost, 0, arrived, start, True)
        if goes_on and not lacks_via(graph, aim, pool.hops[prefix], length, hop, False):
            pool = add(pool, prefix, hop, cost, rest, arrived, start, False)
    return pool


def first_ceiling(graph: Graph, aim: Aim, rests: Ints, starts: Ints, pool: Pool) -> Number:
    """Return a cost that as many bounds of first hops do not exceed as paths are wanted.

    Nearly every bound is the cost of a path; so a search up to here mostly finds all it wants.
    """
    pool.marks[:] = 0
    for start in range(len(starts)):
        change = np.int64(starts[start, 1])
        for hop in range(graph.out[starts[start, 0]], graph.out[starts[start, 0] + 1]):
            step = step_cost(graph, aim, hop, change)
            role = graph.role[hop]
            if step < 0 or not may_follow(graph, aim, hop, True, True):
                continue
            arrived = turned(graph, hop, change)
            admitted = role == 0 and aim.admits[graph.aspect[hop]]
            if admitted and aim.ends[graph.object[hop], arrived]:
                note_whole(pool, step)
            place = 2 * arrived + (1 if admitted else 0)
            rest = np.int64(rests[aim.max_hops - 1, graph.object[hop], place])
            if rest < INFINITE:
                note_whole(pool, step + rest)
    wanted = len(pool.limits)
    if pool.marks[KEPT] < wanted:
        return np.int64(NO_CEILING)
    return np.int64(pool.limits[wanted - 1])


def best_paths(
    graph: Graph, aim: Aim, rests: Ints, starts: Ints, pool: Pool,
    found: Found, row: int, stop: Flag, progress: Longs,
) -> tuple[int, Pool]:  # fmt: skip
    """Find the best paths from ``starts``, rows of (entity, change), in exact order.

    As many as the pool has limits for are written into ``found`` from ``row`` on. Returns how many
    they are, and the pool, which may have grown. ``progress[PROVED]`` then tells whether the search
    came to its end. The search is repeated with a higher ceiling where too few were under it.
    """
    ceiling = first_ceiling(graph, aim, rests, starts, pool)
    while True:
        count, pool = paths_under(
            graph, aim, rests, starts, pool, ceiling, found, row, stop, progress
        )
        ended = progress[PROVED] == EXHAUSTED
        if not ended or count == len(pool.limits) or pool.marks[CUT] == 0:
            return count, pool
        ceiling = np.int64(NO_CEILING) if ceiling > 2 * INFINITE else 2 * ceiling + 1


def paths_under(
    graph: Graph, aim: Aim, rests: Ints, starts: Ints, pool: Pool, ceiling: Number,
    found: Found, row: int, stop: Flag, progress: Longs,
) -> tuple[int, Pool]:  # fmt: skip
    """Do the same, but for paths that cost more than ``ceiling``."""
    pool.marks[:] = 0
    pool.marks[CEILING] = ceiling
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
        change, first = np.int64(pool.change[item]), int(pool.start[item])
        pool = expand(graph, aim, rests, pool, item, entity, change, first)
    progress[PROVED] = EXHAUSTED
    return count, pool


def paths_each(
    graph: Graph, aim: Aim, rests: Ints, starts: Ints, pool: Pool,
    found: Found, counts: Ints, stop: Flag, progress: Longs,
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
