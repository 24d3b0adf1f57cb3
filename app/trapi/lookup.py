"""Lookup: one hop or several, by the claims themselves."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from app.model.claim import ClaimView
from app.services.between import claims_between
from app.trapi import biolink, edges
from app.trapi.answer import SCORING, Answer
from app.trapi.constraints import allows, edge_conforms, names
from app.trapi.query import Json, QEdge, QNode

MOST_ROWS: Final = 5000
"""Ways to fill a query graph that are looked at."""

Pair = tuple[str, str]
Row = dict[str, str]


@dataclass(slots=True)
class Found:
    """The edges that answer one edge of the query, by their ends in canonical identifiers."""

    by_pair: dict[Pair, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))

    def onward(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        """Return the objects of each subject, and the subjects of each object."""
        objects: dict[str, list[str]] = defaultdict(list)
        subjects: dict[str, list[str]] = defaultdict(list)
        for subject, target in sorted(self.by_pair):
            objects[subject].append(target)
            subjects[target].append(subject)
        return objects, subjects


def lookup(answer: Answer) -> None:
    """Fill an answer with all ways to lay the query graph over the claims."""
    graph = answer.query.message.query_graph
    bound = {key: _pinned(answer, key, node) for key, node in graph.nodes.items()}
    if _untraversable(answer, bound):
        return
    kept: dict[str, Json] = {}
    found: dict[str, Found] = {}
    for key in _order(graph.edges, bound):
        edge = graph.edges[key]
        found[key] = _hop(answer, edge, bound, kept)
        for end, place in ((edge.subject, 0), (edge.object, 1)):
            bound[end] = {pair[place] for pair in found[key].by_pair}
        if not found[key].by_pair:
            return
    rows = list(_rows(graph.edges, found))
    if len(rows) > MOST_ROWS:
        answer.log("WARNING", f"Only {MOST_ROWS} ways to fill the query graph were looked at.")
    for group in _grouped(answer, rows[:MOST_ROWS]):
        _add_result(answer, group, found, kept)


def _pinned(answer: Answer, key: str, node: QNode) -> set[str] | None:
    if not node.pinned:
        return None
    known = {answer.same.canonical(each) for each in node.pinned if answer.has([each])}
    lacking = [each for each in node.pinned if not answer.has([each])]
    if lacking:
        shown = ", ".join(lacking[:5])
        answer.log("INFO", f"{key}: {len(lacking)} identifiers are unknown here: {shown}.")
    return known


def _untraversable(answer: Answer, bound: dict[str, set[str] | None]) -> bool:
    graph = answer.query.message.query_graph
    if len(_order(graph.edges, bound)) < len(graph.edges):
        answer.status = "QueryNotTraversable"
        answer.log("ERROR", "Each part of the query needs a node with ids.", "QueryNotTraversable")
        return True
    return False


def _order(asked: dict[str, QEdge], bound: dict[str, set[str] | None]) -> list[str]:
    """Return the edges in an order in which one end is always known."""
    known = {key for key, ids in bound.items() if ids is not None}
    waiting = dict(asked)
    order: list[str] = []
    while True:
        ready = [k for k, e in waiting.items() if e.subject in known or e.object in known]
        if not ready:
            return order
        # An edge between two known ends narrows the most.
        first = max(
            ready, key=lambda k: (waiting[k].subject in known) + (waiting[k].object in known)
        )
        edge = waiting.pop(first)
        known |= {edge.subject, edge.object}
        order.append(first)


def _hop(
    answer: Answer, asked: QEdge, bound: dict[str, set[str] | None], kept: dict[str, Json]
) -> Found:
    found = Found()
    unknown = [each for each in asked.predicates if not biolink.is_predicate(each)]
    if unknown:
        answer.log("WARNING", f"{', '.join(unknown)}: no predicate of Biolink {biolink.version()}.")
    ends = (bound[asked.subject], bound[asked.object])
    for turned in (False, True):
        if not any(biolink.answers(p, asked.predicates)[turned] for p in PREDICATES):
            continue
        agents, outcomes = ends[::-1] if turned else ends
        for claim in _claims(answer, asked, agents, outcomes):
            _take(answer, asked, claim, turned, found, kept)
    return found


PREDICATES: Final = ("biolink:affects", "biolink:associated_with")
"""The predicates that claims have as edges."""


def _claims(
    answer: Answer, asked: QEdge, agents: set[str] | None, outcomes: set[str] | None
) -> list[ClaimView]:
    def every(ids: set[str] | None) -> list[str] | None:
        return None if ids is None else sorted({o for e in ids for o in answer.same.group(e)})

    candidates = allows(asked.constraints, "text_mining_agent")
    claims = claims_between(answer.view, every(agents), every(outcomes), candidates=candidates)
    if not names(asked.constraints, "biolink:negated"):
        claims = [claim for claim in claims if not edges.denied(claim)]
    ends = [top.id for c in claims for top in (c.agent.top, c.outcome.top) if top]
    answer.same.learn(ends)
    answer.entities(ends)
    return claims


def _take(
    answer: Answer,
    asked: QEdge,
    claim: ClaimView,
    turned: bool,
    found: Found,
    kept: dict[str, Json],
) -> None:
    made = edges.claim_edge(claim, answer.entities(()))
    if made is None or not biolink.answers(made["predicate"], asked.predicates)[turned]:
        return
    if not edge_conforms(made, asked.constraints):
        return
    pair = (answer.same.canonical(made["subject"]), answer.same.canonical(made["object"]))
    pair = pair[::-1] if turned else pair
    nodes = answer.query.message.query_graph.nodes
    if answer.fits(nodes[asked.subject], pair[0]) and answer.fits(nodes[asked.object], pair[1]):
        kept[claim.id] = made
        found.by_pair[pair][claim.id] = claim.confidence


def _rows(asked: dict[str, QEdge], found: dict[str, Found]) -> Iterator[Row]:
    """Yield each way to fill the nodes of the query, up to one more than are looked at."""
    steps = [(asked[key], found[key], *found[key].onward()) for key in found]
    waiting: list[tuple[int, Row]] = [(0, {})]
    count = 0
    while waiting and count <= MOST_ROWS:
        depth, row = waiting.pop()
        if depth == len(steps):
            count += 1
            yield row
            continue
        edge, hop, objects, subjects = steps[depth]
        subject, target = row.get(edge.subject), row.get(edge.object)
        if edge.subject == edge.object:
            pairs = [pair for pair in hop.by_pair if pair[0] == pair[1] == (subject or pair[0])]
        elif subject is not None and target is not None:
            pairs = [(subject, target)] if (subject, target) in hop.by_pair else []
        elif subject is not None:
            pairs = [(subject, each) for each in objects[subject]]
        elif target is not None:
            pairs = [(each, target) for each in subjects[target]]
        else:
            pairs = sorted(hop.by_pair)
        for one, other in reversed(pairs):
            waiting.append((depth + 1, {**row, edge.subject: one, edge.object: other}))


def _grouped(answer: Answer, rows: list[Row]) -> list[list[Row]]:
    """Return rows by result: those that differ only in sets are one."""
    nodes = answer.query.message.query_graph.nodes
    sets = {key for key, node in nodes.items() if node.set_interpretation != "BATCH"}
    groups: dict[tuple[Pair, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(sorted((k, v) for k, v in row.items() if k not in sets))].append(row)
    return [group for group in groups.values() if _whole(answer, group)]


def _whole(answer: Answer, group: list[Row]) -> bool:
    """Tell whether a result has every member of each set of which all are asked for."""
    for key, node in answer.query.message.query_graph.nodes.items():
        if node.set_interpretation == "ALL":
            wanted = {answer.same.canonical(each) for each in node.member_ids}
            if not wanted <= {row.get(key) for row in group}:
                return False
    return True


def _add_result(
    answer: Answer, group: list[Row], found: dict[str, Found], kept: dict[str, Json]
) -> None:
    asked = answer.query.message.query_graph.edges
    nodes: dict[str, dict[str, None]] = defaultdict(dict)
    bindings: dict[str, dict[str, None]] = defaultdict(dict)
    scores: list[float] = []
    for row in group:
        for key, entity in row.items():
            nodes[key][answer.add_node(entity)] = None
        for key, edge in asked.items():
            claims = found[key].by_pair[row[edge.subject], row[edge.object]]
            scores.append(max(claims.values()))
            bindings[key] |= dict.fromkeys(answer.add_edge(kept[each]) for each in sorted(claims))
    answer.results.append(
        {
            "node_bindings": {key: {"ids": list(ids)} for key, ids in nodes.items()},
            "analyses": [
                {
                    "resource_id": edges.SOURCE,
                    "edge_bindings": {key: {"ids": list(ids)} for key, ids in bindings.items()},
                    "score": round(min(scores), 4),
                    "scoring_method": SCORING,
                }
            ],
        }
    )
