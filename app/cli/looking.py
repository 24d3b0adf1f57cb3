"""``evipath claims`` and ``evipath entities``."""

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import options
from app.cli.console import console, print_json, say, table
from app.cli.stores import opened, reasoner
from app.model.conflict_kind import ConflictKind
from app.model.vocabulary import (
    Category,
)

if TYPE_CHECKING:
    from app.graph.port import GraphStore, GraphView, Page
    from app.services.claims import ClaimQuery
    from app.services.conflicts import ConflictQuery
    from app.services.entities import EntityHit


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(claims)
    app.command()(entities)


def claims(
    claim: Annotated[
        str | None, typer.Argument(metavar="ID", help="One claim, with its decisions.")
    ] = None,
    agent: options.Names = None,
    outcome: options.Names = None,
    context: options.Names = None,
    entity: options.Names = None,
    predicate: options.Predicates = None,
    status: options.Statuses = None,
    epistemic: options.Epistemics = None,
    evidence: options.Evidences = None,
    pmid: options.Articles = None,
    conflicts: Annotated[
        bool,
        typer.Option("--conflicts", help="Pairs of entities of which claims say opposite things."),
    ] = False,
    kind: Annotated[
        ConflictKind | None, typer.Option(help="Of --conflicts, only those of one kind.")
    ] = None,
    include_candidates: Annotated[
        bool,
        typer.Option("--include-candidates", help="In --conflicts, count unjudged claims, too."),
    ] = False,
    limit: options.Limit = 25,
    as_of: options.AsOf = None,
    store: options.Store = None,
    json: options.Json = False,
) -> None:
    """List claims, or show one with its history.

    Claims come with their quotes, in the order of their ids; conflicts (of an --entity, or all)
    with those first on which most answers hang.

    Example: `evipath claims --outcome EMT --status candidate`
    """
    from app.services.claims import ClaimQuery
    from app.services.revisions import resolve

    which = ClaimQuery(
        agent=tuple(agent or ()),
        outcome=tuple(outcome or ()),
        context=tuple(context or ()),
        entity=tuple(entity or ()),
        predicate=tuple(predicate or ()),
        status=tuple(status or ()),
        epistemic=tuple(epistemic or ()),
        evidence=tuple(evidence or ()),
        article=tuple(pmid or ()),
    )
    if claim is not None and which != ClaimQuery():
        raise typer.BadParameter("one claim is shown by its id alone", param_hint="ID")
    if conflicts and (claim is not None or which != ClaimQuery(entity=which.entity)):
        raise typer.BadParameter("conflicts are of entities alone", param_hint="--conflicts")
    if not conflicts and (kind is not None or include_candidates):
        raise typer.BadParameter("goes with --conflicts", param_hint="--kind, --include-candidates")
    with opened(store) as graph, graph.view(resolve(graph, as_of).number) as view:
        if conflicts:
            from app.services.conflicts import ConflictQuery

            asked = ConflictQuery(which.entity, kind, include_candidates)
            _conflicts(graph, view, asked, limit, json=json)
        elif claim is not None:
            _one(view, claim, json=json)
        else:
            _list(view, which, limit, json=json)


def _one(view: "GraphView", claim_id: str, *, json: bool) -> None:
    from app.cli.claim_text import decision_lines, print_claim
    from app.services.claims import claim_view, history

    found, decisions = claim_view(view, claim_id), history(view, claim_id)
    if json:
        print_json({"claim": found, "decisions": decisions})
        return
    print_claim(found)
    for line in decision_lines(decisions):
        typer.echo(line)


def _list(view: "GraphView", which: "ClaimQuery", limit: int, *, json: bool) -> None:
    from app.cli.claim_text import print_claim
    from app.services.claims import claim_list

    page = claim_list(view, which, limit=limit)
    if json:
        print_json({"items": page.items, "total": page.total, "next": page.next_after})
        return
    for each in page.items:
        print_claim(each)
        typer.echo()
    _count(len(page.items), page.total, "claims")


def _conflicts(
    graph: "GraphStore", view: "GraphView", which: "ConflictQuery", limit: int, *, json: bool
) -> None:
    from app.cli.conflict_text import print_conflict
    from app.services.conflicts import Conflicts

    page = Conflicts(reasoner(graph)).page(view, which, limit=limit)
    if json:
        print_json({"items": page.items, "total": page.total})
        return
    for each in page.items:
        print_conflict(each)
        typer.echo()
    _count(len(page.items), page.total, "conflicts")


def entities(
    query: Annotated[
        str | None, typer.Argument(help="A name or the beginning of one, or a CURIE.")
    ] = None,
    category: Annotated[Category | None, typer.Option(help="Only of this category.")] = None,
    limit: options.Limit = 25,
    as_of: options.AsOf = None,
    store: options.Store = None,
    json: options.Json = False,
) -> None:
    """Search entities, or list them all.

    They are found by name, synonym or identifier, the best first.

    Example: `evipath entities "NF kappa B"`
    """
    from app.services.revisions import resolve

    with opened(store) as graph, graph.view(resolve(graph, as_of).number) as view:
        page = _hits(view, query, category, limit)
    if json:
        print_json({"items": page.items, "total": page.total})
        return
    rows = [
        (hit.entity.id, hit.entity.name, hit.entity.category, hit.matched) for hit in page.items
    ]
    if rows:
        console().print(table(("id", "name", "category", "found by"), rows))
    _count(len(rows), page.total, "entities")


def _hits(
    view: "GraphView", query: str | None, category: Category | None, limit: int
) -> "Page[EntityHit]":
    from app.graph.port import Page
    from app.model.identifiers import is_curie
    from app.services import entities as service
    from app.services.entities import EntityHit

    if query is None:
        listed = service.entity_page(view, category, None, limit)
        hits = tuple(EntityHit(entity=e, matched=e.name, score=100.0) for e in listed.items)
        return Page(hits, listed.total, None)
    if is_curie(query):
        found = service.resolve(view, query, category=category)
        return Page((EntityHit(entity=found, matched=query, score=100.0),), 1, None)
    return service.search(view, query, category=category, limit=limit)


def _count(shown: int, total: int, what: str) -> None:
    more = "; --limit shows more" if shown < total else ""
    say(f"{shown} of {total} {what}{more}")
