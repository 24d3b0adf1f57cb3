"""Which kinds of entities are linked at all: the graph seen from afar."""

from collections import defaultdict

import numpy as np

from app.graph.port import GraphView
from app.model.base import Frozen
from app.model.entity import Entity
from app.reasoning.hops import CAUSAL
from app.services.reasoning import Reasoner


class LinkedKinds(Frozen):
    """The categories of a subject and of an object, and whether links between them are signed."""

    subject: str
    object: str
    signed: bool


class Overview(Frozen):
    """The categories on links, each with the prefixes of its ids, and which are linked."""

    prefixes: dict[str, tuple[str, ...]]
    links: tuple[LinkedKinds, ...]


def overview(reasoner: Reasoner, view: GraphView) -> Overview:
    """Return the categories of all entities on accepted links, and which are linked to which."""
    index = reasoner.index_of(view)
    lens = index.lens(candidates=False, background=False)
    hops = lens.index.hops
    on_links = (hops.role == CAUSAL) & (lens.belief > 0)
    subjects, objects, signs = hops.subject[on_links], hops.object[on_links], hops.sign[on_links]
    places = np.unique(np.concatenate([subjects, objects]))
    ids = [lens.index.entities[place] for place in places.tolist()]
    known = view.entities(ids)
    names = sorted({_kind(known.get(each)) for each in ids})
    code = np.zeros(len(lens.index.entities), dtype=np.int64)
    code[places] = [names.index(_kind(known.get(each))) for each in ids]
    keys = (code[subjects] * len(names) + code[objects]) * 2 + (signs != 0)
    prefixes: dict[str, set[str]] = defaultdict(set)
    for each in ids:
        prefixes[_kind(known.get(each))].add(each.partition(":")[0])
    return Overview(
        prefixes={name: tuple(sorted(found)) for name, found in sorted(prefixes.items())},
        links=tuple(
            LinkedKinds(
                subject=names[key // 2 // len(names)],
                object=names[key // 2 % len(names)],
                signed=bool(key % 2),
            )
            for key in np.unique(keys).tolist()
        ),
    )


def _kind(entity: Entity | None) -> str:
    return entity.category if entity else "NamedThing"
