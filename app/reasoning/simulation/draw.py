"""Drawing the rule of every node: nested canalizing, agreeing with what is known.

A rule reads its regulators in an order; each decides alone in one of its two states, or leaves it
to the next: ``l1 o1 (l2 o2 (... lk))``, where a literal is the regulator, negated for a negative
arc, and an operator is *and* (the literal's falsehood decides: off) or *or* (its truth decides:
on). Most rules of published Boolean models are of this kind (Harris et al. 2002,
doi:10.1002/cplx.10022; Kauffman et al. 2003, doi:10.1073/pnas.1536783100), and every such rule
agrees with the signs.

What was shown of a regulator fixes its place. If its loss decides, its literal decides when it is
lost, whatever the others do, so that only operators of the same kind stand before it; the same for
its gain. Where some regulators switch the node off alone and others on alone, no rule agrees with
all of them, since they were shown in different systems: each network then follows one of the two,
chosen by chance in proportion to their numbers. So it is with arcs of both signs between the same
nodes, by their weights.

Where nothing is known, *and* and *or* are as likely for an activator; an inhibitor is more likely
to have the last word, as in the rules that modellers write where they know signs only (Mendoza and
Xenarios 2006, doi:10.1186/1742-4682-3-13).
"""

from dataclasses import dataclass

import numpy as np

from app.reasoning.columns import Flags, Floats, Ints, Rows
from app.reasoning.simulation.wiring import NOTHING, Wiring


@dataclass(frozen=True, slots=True)
class Prior:
    """How probable *and* is where nothing is known, for positive and for negative arcs."""

    positive: float = 0.5
    negative: float = 0.8


PRIOR = Prior()


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one network.

    Those of node ``v`` stand in ``first[v]`` up to ``first[v + 1]``, in the order of reading: each
    a ``source``, whether it is ``negative``, and whether its operator is *and* (``both``).
    ``arc`` is the place of each in the wiring.
    """

    first: Ints
    source: Ints
    negative: Flags
    both: Flags
    arc: Ints


def draw_rules(wiring: Wiring, dice: np.random.Generator, prior: Prior = PRIOR) -> Rules:
    """Return one network's rules; the same numbers of ``dice`` give the same rules."""
    count, target = len(wiring.source), wiring.target
    keys, coins = dice.random(count), dice.random(count)
    both = dice.random(count) < np.where(wiring.negative, prior.negative, prior.positive)
    sides = dice.random(wiring.nodes)
    kept = _without_rivals(wiring, coins)
    off, on = _deciding(wiring, kept)
    offs = np.bincount(target, off, minlength=wiring.nodes)
    known = offs + np.bincount(target, on, minlength=wiring.nodes)
    by_off = (sides * known < offs)[target]
    followed = np.where(by_off, off, on)
    both = np.where(followed, by_off, both)
    rank = np.where(followed, 0, 1)
    keys, both, rank = _pairs_at_the_end(wiring, kept, keys, both, rank)
    order = np.lexsort((keys, rank, target))
    order = order[kept[order]]
    first = np.zeros(wiring.nodes + 1, dtype=np.int32)
    np.cumsum(np.bincount(target[kept], minlength=wiring.nodes), out=first[1:])
    return Rules(
        first, wiring.source[order], wiring.negative[order], both[order], order.astype(np.int32)
    )


def _without_rivals(wiring: Wiring, coins: Floats) -> Flags:
    """Keep one of two arcs of opposite signs between the same nodes."""
    kept = np.ones(len(wiring.source), dtype=np.bool_)
    for arc in np.flatnonzero(wiring.rival > np.arange(len(kept))):
        rival = wiring.rival[arc]
        share = wiring.weight[arc] / (wiring.weight[arc] + wiring.weight[rival])
        kept[rival if coins[arc] < share else arc] = False
    return kept


def _deciding(wiring: Wiring, kept: Flags) -> tuple[Flags, Flags]:
    """Return which arcs switch their node off alone, and which on.

    The loss of an inhibitor switches on, its gain switches off. What is required for another arc
    decides for that arc alone, so not here.
    """
    alone = kept & (wiring.partner == NOTHING)
    off = np.where(wiring.negative, wiring.enough, wiring.needed) & alone
    on = np.where(wiring.negative, wiring.needed, wiring.enough) & alone
    return off, on


def _pairs_at_the_end(
    wiring: Wiring, kept: Flags, keys: Floats, both: Flags, rank: Rows
) -> tuple[Floats, Flags, Rows]:
    """Let a requirement and the arc that requires it stand last, joined.

    ``A`` required for ``B -> C`` reads ``... (A and B)`` for a positive relation and, since the
    inhibition by ``B`` needs ``A``, ``... (not A or not B)`` for a negative one. Of several
    requirements of a node one is followed.
    """
    keys, both, rank = keys.copy(), both.copy(), rank.copy()
    target = wiring.target
    done: set[int] = set()
    for arc in np.flatnonzero(wiring.partner != NOTHING):
        partner = wiring.partner[arc]
        if int(target[arc]) in done or not (kept[arc] and kept[partner]):
            continue
        done.add(int(target[arc]))
        rank[arc] = rank[partner] = 2
        keys[arc], keys[partner] = 0.0, 1.0
        both[arc] = not wiring.negative[arc]
    return keys, both, rank
