"""Inferred knowledge and paths: what the kernel answers."""

from collections.abc import Iterable
from typing import Final

from app.model.answer import (
    Intervention,
    InterventionAnswer,
    InterventionQuestion,
    NamedEntity,
    Path,
    PathQuestion,
)
from app.model.claim import ClaimView
from app.model.vocabulary import Effect, Sign
from app.services.claims import claim_views
from app.services.questions import DEFAULT_HOPS
from app.services.reasoning import Reasoner
from app.trapi import biolink, edges
from app.trapi.answer import SCORING, Answer
from app.trapi.constraints import allows, edge_conforms
from app.trapi.query import PathConstraint, QEdge, QNode

FIRST: Final = 100
MOST_ASKED: Final = 2000
"""Interventions that are looked at, best first: the first ones, and where the subject must be
something, all of these.
"""

PATHS_SHOWN: Final = 3
MOST_PATHS: Final = 100
PATH_HOPS: Final = 4

_DIRECTION: Final = "biolink:object_direction_qualifier"
_EFFECT: Final = {Sign.NEGATIVE: Effect.LOWERS, Sign.POSITIVE: Effect.PROMOTES}
_SAID: Final = {Sign.NEGATIVE: "decreased", Sign.POSITIVE: "increased"}


def inferred(answer: Answer, reasoner: Reasoner, key: str, asked: QEdge) -> None:
    """Answer "what raises or lowers this?" by the kernel's interventions."""
    nodes = answer.query.message.query_graph.nodes
    outcomes = [each for each in nodes[asked.object].pinned if answer.has([each])]
    if not nodes[asked.object].pinned:
        answer.status = "QueryNotTraversable"
        answer.log("ERROR", "An inferred edge needs an object with ids.", "QueryNotTraversable")
        return
    if not biolink.answers("biolink:affects", asked.predicates)[0]:
        answer.log("WARNING", "Only biolink:affects, or what is above it, is inferred here.")
        return
    for outcome in dict.fromkeys(answer.name(each) for each in outcomes):
        if not answer.fits(nodes[asked.object], outcome):
            continue
        for wished in _wished(asked):
            _ask(answer, reasoner, key, asked, outcome, wished)


def _wished(asked: QEdge) -> list[Sign]:
    """Return the directions of the outcome that some set of qualifiers allows."""
    sets = asked.constraints.qualifiers or [{}]
    return [
        sign
        for sign, said in _SAID.items()
        if any(_DIRECTION not in each or biolink.is_value(said, each[_DIRECTION]) for each in sets)
    ]


def _ask(
    answer: Answer, reasoner: Reasoner, key: str, asked: QEdge, outcome: str, wished: Sign
) -> None:
    nodes = answer.query.message.query_graph.nodes
    subject = nodes[asked.subject]
    wanted = {answer.same.canonical(each) for each in subject.pinned}
    question = InterventionQuestion(
        outcome=_named(answer, outcome),
        effect=_EFFECT[wished],
        max_hops=DEFAULT_HOPS,
        include_candidates=allows(asked.constraints, "text_mining_agent"),
        as_of=str(answer.view.revision.number),
    )
    narrowed = bool(wanted or subject.categories or subject.constraints)
    windows = ((0, FIRST), (FIRST, MOST_ASKED - FIRST)) if narrowed else ((0, FIRST),)
    for offset, limit in windows:
        page = reasoner.interventions(question, limit=limit, offset=offset)
        answer.same.learn(each.target.id for each in page.interventions)
        for found in page.interventions:
            target = answer.same.canonical(found.target.id)
            if (not wanted or target in wanted) and answer.fits(subject, target):
                _add(answer, key, asked, found, page, outcome, wished)
        if page.note:
            answer.log("WARNING", page.note)
        looked = offset + limit
        if looked >= page.total:
            return
    answer.log("WARNING", f"Only the best {looked} of {page.total} interventions were looked at.")


def _add(
    answer: Answer,
    key: str,
    asked: QEdge,
    found: Intervention,
    page: InterventionAnswer,
    outcome: str,
    wished: Sign,
) -> None:
    bare = edges.inferred_edge(found, page, outcome, wished, [])
    if not edge_conforms(bare, asked.constraints):
        return
    shown = found.paths[:PATHS_SHOWN]
    claims = _claims_on(answer, shown)
    graphs = [_graph(answer, path, claims) for path in shown]
    edge = answer.add_edge(edges.inferred_edge(found, page, outcome, wished, graphs))
    answer.results.append(
        {
            "node_bindings": {
                asked.subject: {"ids": [answer.add_node(found.target.id)]},
                asked.object: {"ids": [answer.add_node(outcome)]},
            },
            "analyses": [
                {
                    "resource_id": edges.SOURCE,
                    "edge_bindings": {key: {"ids": [edge]}},
                    "score": round(found.belief, 4),
                    "scoring_method": SCORING,
                }
            ],
        }
    )


def pathfinder(answer: Answer, reasoner: Reasoner) -> None:
    """Answer "how does this lead to that?" by signed paths, best first."""
    graph = answer.query.message.query_graph
    ((key, asked),) = graph.paths.items()
    sources = _known(answer, graph.nodes[asked.subject])
    targets = _known(answer, graph.nodes[asked.object])
    if not sources or not targets:
        answer.log("INFO", "An end of the path is unknown here.")
        return
    question = PathQuestion(
        sources=tuple(_named(answer, each) for each in sources),
        targets=tuple(_named(answer, each) for each in targets),
        max_hops=PATH_HOPS,
        k=MOST_PATHS,
        as_of=str(answer.view.revision.number),
    )
    found = reasoner.paths(question)
    kept = [path for path in found.paths if _passes(answer, path, asked.constraints)]
    if not found.complete:
        answer.log("WARNING", "The search was stopped at its deadline; more paths may follow.")
    claims = _claims_on(answer, kept)
    by_ends: dict[tuple[str, str], list[Path]] = {}
    for path in kept:
        ends = (answer.add_node(path.steps[0].subject), answer.add_node(path.steps[-1].object))
        by_ends.setdefault(ends, []).append(path)
    for (source, target), paths in by_ends.items():
        answer.results.append(
            {
                "node_bindings": {
                    asked.subject: {"ids": [source]},
                    asked.object: {"ids": [target]},
                },
                "analyses": [
                    {
                        "resource_id": edges.SOURCE,
                        "path_bindings": {key: {"ids": [_graph(answer, path, claims)]}},
                        "score": round(path.belief, 4),
                        "scoring_method": SCORING,
                        "attributes": [edges.attribute("evipath:arithmetic", path.arithmetic)],
                    }
                    for path in paths
                ],
            }
        )


def _passes(answer: Answer, path: Path, asked: list[PathConstraint]) -> bool:
    if not asked:
        return True
    inner = [step.object for step in path.steps[:-1]]
    known = answer.entities(inner)
    held = [edges.categories(known[each]) for each in inner if each in known]
    return any(
        all(
            any(biolink.has_category(each, [wanted]) for each in held)
            for wanted in constraint.intermediate_categories
        )
        for constraint in asked
    )


def _graph(answer: Answer, path: Path, claims: dict[str, ClaimView]) -> str:
    return answer.add_graph(answer.add_edge(edges.step_edge(step, claims)) for step in path.steps)


def _claims_on(answer: Answer, paths: Iterable[Path]) -> dict[str, ClaimView]:
    ids = {
        each for path in paths for step in path.steps for each in step.claims[: edges.MOST_CLAIMS]
    }
    return claim_views(answer.view, sorted(ids))


def _known(answer: Answer, node: QNode) -> list[str]:
    return [each for each in node.pinned if answer.has([each]) and answer.fits(node, each)]


def _named(answer: Answer, entity: str) -> NamedEntity:
    canonical = answer.same.canonical(entity)
    held = answer.entities([canonical]).get(canonical)
    return NamedEntity(id=canonical, name=held.name if held else canonical)
