"""Running a network, many runs at once: every bit of a word is a run of its own.

In each round every node is updated once, in the round's order (random-order asynchronous updating:
Harvey and Bossomaier 1997). The same order serves all runs, so that two runs that differ in an
intervention differ in nothing else. :mod:`app.reasoning.simulation.compiled` has the compiled twin.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.reasoning.columns import Flags, Ints

Words: TypeAlias = NDArray[np.uint64]
"""``[node, word]``: the state of each node in each run, 64 runs a word."""

Longs: TypeAlias = NDArray[np.int64]

WORD = 64


def value_of(
    source: Ints, negative: Flags, both: Flags, begin: int, end: int, state: Words, word: int
) -> np.uint64:
    """Return what the rules from ``begin`` up to ``end`` say, in the runs of one word."""
    value: np.uint64 = state[source[end - 1], word]
    if negative[end - 1]:
        value = ~value
    for rule in range(end - 2, begin - 1, -1):
        literal = state[source[rule], word]
        if negative[rule]:
            literal = ~literal
        value = value & literal if both[rule] else value | literal
    return value


def count(bits: np.uint64, counts: Longs, begin: int) -> None:
    """Add the bits of a word to the counts from ``begin`` on."""
    one = np.uint64(1)
    for bit in range(WORD):
        counts[begin + bit] += np.int64((bits >> np.uint64(bit)) & one)


def run(
    first: Ints, source: Ints, negative: Flags, both: Flags, orders: Ints, state: Words,
    held_on: Words, held_off: Words, watched: int, measured: int, counts: Longs,
    stop: NDArray[np.uint8],
) -> None:  # fmt: skip
    """Run ``len(orders)`` rounds; ``state`` is changed in place.

    ``counts`` has a place for each run and takes in how many of the last ``measured`` rounds the
    node ``watched`` is on. Where a run holds a node on or off, it stays so. The run ends early
    when ``stop`` is set; its counts are worth nothing then.
    """
    for turn in range(orders.shape[0]):
        if stop[0] != 0:
            return
        for at in range(orders.shape[1]):
            node = orders[turn, at]
            if first[node] == first[node + 1]:
                continue
            for word in range(state.shape[1]):
                value = value_of(source, negative, both, first[node], first[node + 1], state, word)
                state[node, word] = (value | held_on[node, word]) & ~held_off[node, word]
        if turn >= orders.shape[0] - measured:
            for word in range(state.shape[1]):
                count(state[watched, word], counts, WORD * word)


def packed(flags: Flags) -> Words:
    """Return flags ``[node, run]`` as words; runs beyond the last are off."""
    nodes, runs = flags.shape
    words = -(-runs // WORD)
    padded = np.zeros((nodes, words * WORD), dtype=np.uint8)
    padded[:, :runs] = flags
    return np.packbits(padded, axis=1, bitorder="little").view(np.dtype("<u8")).astype(np.uint64)


def unpacked(words: Words, runs: int) -> Flags:
    """Return the first ``runs`` runs of words as flags ``[node, run]``."""
    octets = words.astype(np.dtype("<u8")).view(np.uint8)
    return np.unpackbits(octets, axis=1, bitorder="little")[:, :runs].astype(np.bool_)
