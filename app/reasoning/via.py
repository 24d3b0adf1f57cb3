"""What a path must visit between its ends: which prefixes can still do so.

How many hops it is at least from each entity to what must lie between the ends is found backwards
once a search; a prefix that is too far away is dropped, whatever its cost.
"""

import numpy as np

from app.reasoning.bounds import INFINITE, Aim, Bytes, Graph, Ints, Number

FAR = 100
"""More hops than any path has."""


def hops_to(graph: Graph, wished: Ints, most: int) -> Bytes:
    """Return ``away[i, e]``: how many hops it is at least from entity ``e`` to ``wished[i]``.

    Only distances up to ``most`` are looked for; where it is farther stands :data:`FAR`.
    """
    entities = len(graph.out) - 1
    away = np.full((len(wished), entities), FAR, dtype=np.int8)
    for row in range(len(wished)):
        away[row, wished[row]] = 0
        for level in range(most):
            for entity in range(entities):
                if away[row, entity] != level:
                    continue
                for place in range(graph.into[entity], graph.into[entity + 1]):
                    hop = graph.coming[place]
                    source = graph.subject[hop]
                    if graph.cost[hop] != INFINITE and away[row, source] > level + 1:
                        away[row, source] = level + 1
    return away


def lacks_via(graph: Graph, aim: Aim, hops: Ints, length: Number, hop: int, over: bool) -> bool:
    """Tell whether a path of ``hops[:length]`` and ``hop`` has not visited all that must lie
    between the ends (``over``), or can't do so any more with the hops that are left.
    """
    missing, left = 0, aim.max_hops - length - 1
    for row in range(len(aim.via)):
        wished = aim.via[row]
        there = not over and graph.object[hop] == wished
        for place in range(length):
            there = there or graph.object[hops[place]] == wished
        if not there:
            missing += 1
            # From there to the end it is one hop more.
            if over or aim.away[row, graph.object[hop]] + 1 > left:
                return True
    return missing > 0 and missing > left
