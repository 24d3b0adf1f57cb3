"""Prefixes of paths and the heap that yields the best of them first."""

from typing import NamedTuple

import numpy as np

from app.reasoning.bounds import MAX_HOPS, Bytes, Flags, Graph, Ints, Longs, Number

SIZE, USED, KEPT, CEILING, CUT = 0, 1, 2, 3, 4
"""Places in a pool's ``marks``: entries in the heap, prefixes held, costs noted in ``limits``, the
bound above which no prefix is held, and whether one was not for that reason."""
NO_CEILING = 2**62


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
        np.zeros(5, dtype=np.int64),
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
        return bool(pool.bound[one] < pool.bound[other])
    if pool.length[one] != pool.length[other]:
        return bool(pool.length[one] < pool.length[other])
    for place in range(pool.length[one]):
        if pool.hops[one, place] != pool.hops[other, place]:
            return bool(pool.hops[one, place] < pool.hops[other, place])
    if pool.start[one] != pool.start[other]:
        return bool(pool.start[one] < pool.start[other])
    return bool(pool.over[one] and not pool.over[other])


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
    return int(first)


def note_whole(pool: Pool, cost: Number) -> None:
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


def is_too_dear(pool: Pool, bound: Number) -> bool:
    """Tell whether ``bound`` is above the ceiling, or as many paths as are wanted are cheaper."""
    if bound > pool.marks[CEILING]:
        pool.marks[CUT] = 1
        return True
    wanted = len(pool.limits)
    return bool(pool.marks[KEPT] == wanted and bound > pool.limits[wanted - 1])


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


def add(
    pool: Pool,
    prefix: int,
    hop: int,
    cost: Number,
    rest: Number,
    change: Number,
    start: int,
    over: bool,
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
