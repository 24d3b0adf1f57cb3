"""``evipath curate`` and ``evipath merge-articles``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import options
from app.cli.console import print_json
from app.cli.stores import login, opened, settings
from app.model.errors import BadInput, Conflict
from app.model.vocabulary import DecisionType, LinkType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.model.claim import Claim, ClaimView
    from app.model.decision import Decision, DecisionRequest


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(curate)
    app.command()(merge_articles)


def curate(
    claim: Annotated[str, typer.Argument(metavar="ID", help="The claim's id.")],
    decision: Annotated[DecisionType, typer.Argument(help="What is decided.")],
    reason: Annotated[str | None, typer.Option(help="Why; needed to reject.")] = None,
    claims: Annotated[
        Path | None,
        typer.Option(help="JSON file with the new claims of correct or split; - reads them in."),
    ] = None,
    into: Annotated[str | None, typer.Option(help="Claim to merge into.")] = None,
    link: Annotated[LinkType | None, typer.Option(help="Link to add or take away.")] = None,
    to: Annotated[str | None, typer.Option(help="Claim that the link goes to.")] = None,
    undo: Annotated[
        str | None,
        typer.Option(help="Decision to undo; where not given, the last one of the same name."),
    ] = None,
    actor: options.As = None,
    store: options.Store = None,
    json: options.Json = False,
) -> None:
    """Decide on a claim, and see it before and after.

    New claims are written as `evipath claims ID --json` prints them, with what is wrong put right.

    Example: `evipath curate ID reject --reason "about another cell line" --as anna`
    """
    name = actor or login()
    _usable(decision, reason=reason, claims=claims, into=into, link=link, to=to)
    from app.services.claims import claim_view, history
    from app.services.curation import decide

    quorum = settings().quorum
    with opened(store) as graph:
        with graph.view() as view:
            before, decisions = claim_view(view, claim), history(view, claim)
            stored = view.claims([claim])[claim].claim
        if decision is DecisionType.UNDO and undo is None:
            undo = _last_of(name, decisions)
        request = _request(
            type=decision,
            reason=reason,
            claims=_new_claims(claims, stored) if claims else (),
            into=into,
            link={"type": link, "claim": to} if link else None,
            decision=undo,
        )
        after = decide(
            graph,
            claim,
            request,
            actor=name,
            expected_revision=before.revision,
            quorum=quorum,
        )
    if json:
        print_json({"before": before, "after": after})
    else:
        _show(before, after)


def merge_articles(
    article: Annotated[str, typer.Argument(help="The article to merge, by any identifier.")],
    into: Annotated[
        str | None, typer.Argument(help="The article that it is one with, and which stays.")
    ] = None,
    reason: Annotated[str | None, typer.Option(help="Why; needed to merge.")] = None,
    undo: Annotated[str | None, typer.Option(help="The merge to undo, by its decision.")] = None,
    actor: options.As = None,
    store: options.Store = None,
    json: options.Json = False,
) -> None:
    """Merge an article into another that is the same, or undo that.

    Records, identifiers and claims go to the other; the merged one's id answers as the other's.

    Example: `evipath merge-articles ART:0c1f PMID:15314694 --reason "the same page" --as anna`
    """
    name = actor or login()
    if (into is None) == (undo is None):
        raise typer.BadParameter("give the article to merge into, or --undo", param_hint="INTO")
    if into is not None and not (reason or "").strip():
        raise typer.BadParameter("to merge articles, give --reason", param_hint="--reason")
    from app.model.decision import ArticleDecisionRequest
    from app.model.vocabulary import ArticleDecisionType
    from app.services.merging import decide_article, history

    kind = ArticleDecisionType.UNDO if undo else ArticleDecisionType.MERGE
    with opened(store) as graph:
        request = ArticleDecisionRequest(type=kind, reason=reason, into=into, decision=undo)
        made = decide_article(graph, article, request, actor=name)
        with graph.view() as view:
            last = history(view, made.id)[-1]
    if json:
        print_json({"article": made, "decision": last})
    elif undo:
        typer.echo(f"{made.id} ({made.curie}) stands alone again.")
    else:
        typer.echo(f"{last.article} is one with {made.id} ({made.curie}): decision {last.id}.")


def _usable(
    decision: DecisionType,
    *,
    reason: str | None,
    claims: Path | None,
    into: str | None,
    link: LinkType | None,
    to: str | None,
) -> None:
    """Refuse a command line that lacks what the decision needs."""
    needs: dict[DecisionType, tuple[str, bool]] = {
        DecisionType.REJECT: ("--reason", bool(reason and reason.strip())),
        DecisionType.CORRECT: ("--claims", claims is not None),
        DecisionType.SPLIT: ("--claims", claims is not None),
        DecisionType.MERGE: ("--into", into is not None),
        DecisionType.LINK: ("--link and --to", bool(link and to)),
        DecisionType.UNLINK: ("--link and --to", bool(link and to)),
    }
    option, given = needs.get(decision, ("", True))
    if not given:
        raise typer.BadParameter(f"to {decision} a claim, give {option}", param_hint=option)


def _request(**fields: object) -> "DecisionRequest":
    from pydantic import ValidationError

    from app.ingest.item import first_fault
    from app.model.decision import DecisionRequest

    try:
        return DecisionRequest.model_validate(fields)
    except ValidationError as error:
        raise BadInput(f"The decision can't be used: {first_fault(error)}") from error


def _last_of(actor: str, decisions: "Sequence[Decision]") -> str:
    """Return the id of the curator's last decision that stands."""
    from app.curation.standing import standing

    own = [each.id for each in standing(decisions) if each.actor == actor]
    if not own:
        raise Conflict(
            f"No decision of {actor} on the claim stands; name one of another curator with --undo."
        )
    return own[-1]


def _new_claims(path: Path, replaced: "Claim") -> "tuple[Claim, ...]":
    """Read new claims: one, or a list; what a view shows beside a claim's slots is left aside."""
    import orjson
    from pydantic import ValidationError

    from app.ingest.item import first_fault
    from app.model.claim import Claim

    data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    try:
        parsed = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise BadInput(f"{path} is not JSON: {error}") from error
    made: list[Claim] = []
    for number, body in enumerate(parsed if isinstance(parsed, list) else [parsed], start=1):
        if isinstance(body, dict) and isinstance(body.get("claim"), dict):
            body = body["claim"]
        if not isinstance(body, dict):
            raise BadInput(f"{path}, claim {number}: it is not a JSON object")
        slots = {key: value for key, value in body.items() if key not in _OF_A_VIEW}
        try:
            made.append(Claim.model_validate({"text_sha256": replaced.text_sha256, **slots}))
        except ValidationError as error:
            raise BadInput(f"{path}, claim {number}: {first_fault(error)}") from error
    return tuple(made)


_OF_A_VIEW = frozenset(
    {
        "id",
        "status",
        "article",
        "edges",
        "links",
        "superseded_by",
        "verdicts",
        "confidence",
        "extractions",
    }
    | {"statement", "retracted", "withdrawn", "revision"}
)


def _show(before: "ClaimView", after: "ClaimView") -> None:
    from app.cli.claim_text import print_claim

    typer.echo("before:")
    print_claim(before)
    typer.echo("after:")
    print_claim(after)
