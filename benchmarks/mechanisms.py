"""Is a drug's curated mechanism among the first paths from drug to disease? DrugMechDB.

A mechanism is found at ``k`` where one of the first ``k`` paths runs, from drug to disease, through
entities of the curated mechanism alone. The candidates are the same for all orders: the paths that
our search finds, shortest and surest first, up to :data:`MOST`. Its correlations are read as weak
signs, since most mechanisms end in one.
"""

import gzip
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.model.errors import BadInput
from app.model.identifiers import normalise_curie
from app.reasoning.flow import Flow, flow_to
from app.reasoning.hops import CAUSAL
from app.reasoning.lens import Lens, make_lens
from app.reasoning.search import Search, Walk
from benchmarks.curated_graphs import curated
from benchmarks.extraction.abstracts import data_dir
from benchmarks.extraction.intervals import Figure
from tools.drugmechdb import curie

MOST = 300
HOPS = 5
SAMPLE = 600
AT = (1, 5, 10, 25)

Order = Callable[["_Asked", Walk], float]


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A curated mechanism: its ends and all that it names."""

    drug: str
    disease: str
    entities: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Asked:
    lens: Lens
    into: NDArray[np.int64]
    degree: NDArray[np.int64]
    flow: Flow
    unsigned: Flow


def mechanisms() -> list[Mechanism]:
    """Return a sample of the mechanisms, the same each time."""
    source = data_dir() / "graphs" / "drugmechdb" / "indication_paths.jsonl.gz"
    found = []
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        for path in map(json.loads, lines):
            graph = path["graph"]
            ends = (
                graph.get("drug_mesh") or graph.get("drugbank"), graph.get("disease_mesh"),
            )  # fmt: skip
            named = {curie(node["id"]): _normal(node["id"]) for node in path["nodes"]}
            if all(end and curie(end) in named for end in ends):
                drug, disease = (named[curie(end)] for end in ends)
                found.append(Mechanism(drug, disease, frozenset(named.values())))
    chosen = np.random.default_rng(1).choice(len(found), min(SAMPLE, len(found)), replace=False)
    return [found[place] for place in sorted(chosen.tolist())]


def _normal(text: str) -> str:
    """Return an id as the import writes it; as it stands where it is none."""
    try:
        return normalise_curie(curie(text))
    except BadInput:
        return curie(text)


def _length(_: _Asked, walk: Walk) -> float:
    return len(walk.hops)


def _ours(_: _Asked, walk: Walk) -> float:
    return walk.cost


def _by_indegree(asked: _Asked, walk: Walk) -> float:
    """Let what leads into an entity share its weight."""
    inner = [hop.place for hop in walk.hops]
    return walk.cost / 1e6 + sum(
        float(np.log(asked.into[asked.lens.index.hops.object[p]])) for p in inner
    )


def _by_information(asked: _Asked, walk: Walk) -> float:
    """Add what each entity between the ends lacks in information: log of its degree's share."""
    objects = [asked.lens.index.hops.object[hop.place] for hop in walk.hops[:-1]]
    return walk.cost / 1e6 + sum(float(np.log(1 + asked.degree[one])) for one in objects)


def _by_influence(asked: _Asked, walk: Walk) -> float:
    return -_least(np.abs(asked.flow.net), asked, walk)


def _by_pagerank(asked: _Asked, walk: Walk) -> float:
    return -_least(asked.unsigned.total, asked, walk)


def _least(weight: NDArray[np.float64], asked: _Asked, walk: Walk) -> float:
    """Return the mean of the logarithms of what lies between the ends."""
    between = [asked.lens.index.hops.object[hop.place] for hop in walk.hops[:-1]]
    return float(np.mean(np.log(weight[between] + 1e-12))) if between else 0.0


ORDERS: dict[str, Order] = {
    "our search: belief and matched hops, no weight for hubs": _ours,
    "shortest signed path": _length,
    "path weight: belief and 1/in-degree": _by_indegree,
    "path weight: belief and information content": _by_information,
    "signed PageRank of what lies between": _by_pagerank,
    "net influence of what lies between": _by_influence,
}


def table() -> str:
    """Return the table."""
    lens = make_lens(curated("drugmechdb").index(), candidates=True, background=True)
    names, hops = lens.index.entities, lens.index.hops
    causal = (hops.role == CAUSAL) & (hops.sign != 0)
    into = np.bincount(hops.object[causal], minlength=len(names))
    degree = into + np.bincount(hops.subject[causal], minlength=len(names))
    asked_for = mechanisms()
    hits = np.zeros((len(ORDERS), len(asked_for), len(AT)))
    there = np.zeros(len(asked_for), dtype=bool)
    for number, one in enumerate(asked_for):
        ends = names.place(one.drug), names.place(one.disease)
        if ends[0] is None or ends[1] is None:
            continue
        walks = Search(lens, [ends[1]], [-1], HOPS).walks([(ends[0], 1)], MOST).walks
        walks = tuple(walk for walk in walks if len(walk.hops) > 1)
        good = [_runs_through(walk, one.entities) for walk in walks]
        there[number] = any(good)
        flows = lens.flow_to(ends[1]), flow_to(lens.influences, ends[1], 0.7)
        asked = _Asked(lens, into, degree, *flows)
        for place, order in enumerate(ORDERS.values()):
            hits[place, number] = _hits([order(asked, walk) for walk in walks], good)
    return _shown(hits, there, asked_for)


def _runs_through(walk: Walk, entities: frozenset[str]) -> bool:
    return all(hop.object in entities for hop in walk.hops)


def _hits(cost: Sequence[float], good: Sequence[bool]) -> list[float]:
    """Return for each ``k`` the chance of a hit, equal costs in random order."""
    chances = []
    costs, wanted = np.array(cost), np.array(good, dtype=bool)
    for k in AT:
        if not wanted.any():
            chances.append(0.0)
            continue
        best = costs[wanted].min()
        before, tied = int((costs < best - 1e-9).sum()), np.abs(costs - best) <= 1e-9
        room, hit = k - before, int((tied & wanted).sum())
        miss = 1.0
        for drawn in range(max(0, min(room, int(tied.sum())))):
            miss *= max(0.0, 1 - hit / (int(tied.sum()) - drawn))
        chances.append(1.0 - miss)
    return chances


def _shown(hits: NDArray[np.float64], there: NDArray[np.bool_], asked: Sequence[Mechanism]) -> str:
    _, disease = np.unique([one.disease for one in asked], return_inverse=True)
    count = int(disease.max()) + 1
    drawn = np.random.default_rng(1).multinomial(count, np.full(count, 1 / count), size=2000)
    sizes = np.bincount(disease, minlength=count)

    def figure(values: NDArray[np.float64]) -> Figure:
        sums = np.bincount(disease, values, minlength=count)
        low, high = np.quantile((drawn @ sums) / (drawn @ sizes), (0.025, 0.975))
        return Figure(float(values.mean()), float(low), float(high))

    lines = [
        f"**DrugMechDB: {len(asked)} mechanisms; for {there.mean():.3f} of them a path of at most "
        f"{HOPS} signed hops that lowers the disease runs through the mechanism, and is among the "
        f"first {MOST}**",
        "",
        "| order of the paths | " + " | ".join(f"hit@{k}" for k in AT) + " |",
        "|---|" + "---|" * len(AT),
    ]
    for name, found in zip(ORDERS, hits, strict=True):
        cells = [figure(found[:, column]) for column in range(len(AT))]
        shown = " | ".join(f"{c.value:.3f} ({c.low:.2f}–{c.high:.2f})" for c in cells)
        lines.append(f"| {name} | {shown} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
