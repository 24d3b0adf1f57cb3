"""Two articles found to be one: merged by a recorded decision, which can be undone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from app.graph.port import GraphStore, GraphView, GraphWriter
from app.ingest import citation_key
from app.model.article import Article, Record, fold
from app.model.decision import ArticleDecision, ArticleDecisionRequest
from app.model.errors import BadInput, Conflict, FieldError, NotFound, PreconditionFailed
from app.model.vocabulary import ArticleDecisionType
from app.services.articles import article_id
from app.services.claims import claim_ids_of_article
from app.services.ingest import anchor_again


def decide_article(
    store: GraphStore,
    identifier: str,
    request: ArticleDecisionRequest,
    *,
    actor: str,
    expected_revision: int | None = None,
) -> Article:
    """Record a decision on an article and all that follows; return the article that it is now.

    *merge* makes the article one with ``into``: records, identifiers and claims go there, and the
    merged one's internal id means the other from then on. Of two records of one format the
    later counts, and of equally late ones the other's. *undo* gives back what the merged article
    had, and leaves to the other what came since.

    ``expected_revision`` is the graph's revision that the curator saw; None asks for no check.

    Raises:
        PreconditionFailed: the graph changed since ``expected_revision``.
        NotFound: no such article or decision.
        BadInput: the request can't be used as it is.
        Conflict: both are one already, or the merge to undo no longer stands.
    """
    _check(request)
    before = _before(store, identifier, request)

    def work(writer: GraphWriter) -> Article:
        if expected_revision is not None and writer.revision.number != expected_revision:
            raise PreconditionFailed(
                f"The graph changed since revision {expected_revision}: read the article again, "
                "then decide."
            )
        if before is None:
            return _merge(writer, article_id(writer, identifier), request, actor)
        return _undo(writer, before, request, actor)

    return store.write(actor, f"{request.type} article {identifier}", work)


def history(view: GraphView, identifier: str) -> tuple[ArticleDecision, ...]:
    """Return all decisions on an article and on those merged into it, oldest first; NotFound."""
    return view.article_decisions_on(article_id(view, identifier))


@dataclass(frozen=True, slots=True)
class _Before:
    """What two articles had before a merge."""

    merge: ArticleDecision
    into: str
    aliases: tuple[str, ...]
    claims: tuple[str, ...]
    records: tuple[Record, ...]
    others: tuple[Record, ...]


def _check(request: ArticleDecisionRequest) -> None:
    merges = request.type is ArticleDecisionType.MERGE
    if merges and not (request.reason or "").strip():
        _refuse("reason", "to merge, say why, in 'reason'")
    if merges and not request.into:
        _refuse("into", "to merge, name the article to merge into in 'into'")
    if merges and request.decision:
        _refuse("decision", "merge has no use for 'decision'; leave it out")
    if not merges and not request.decision:
        _refuse("decision", "to undo, name the decision to undo in 'decision'")
    if not merges and request.into:
        _refuse("into", "undo has no use for 'into'; leave it out")


def _refuse(field: str, detail: str) -> None:
    raise BadInput(detail[0].upper() + detail[1:] + ".", [FieldError(f"/{field}", detail)])


def _merge(
    writer: GraphWriter, merged: str, request: ArticleDecisionRequest, actor: str
) -> Article:
    into = article_id(writer, request.into or "")
    if merged == into:
        raise Conflict(f"{request.into} is article {into} already: there is nothing to merge.")
    decision = _decision(writer, request, merged, actor, into=into)
    records = {record.format: record for record in writer.article_records(into)}
    for record in writer.article_records(merged):
        held = records.get(record.format)
        if held is None or record.rank[:2] > held.rank[:2]:
            records[record.format] = record
    claims = claim_ids_of_article(writer, merged)
    aliases = writer.aliases_of(merged)
    writer.close_article(merged)
    for alias in (*aliases, merged):
        writer.put_alias(alias, into)
    _move(writer, claims, into)
    article = _stand(writer, into, records.values())
    writer.add_article_decision(decision)
    return article


def _undo(
    writer: GraphWriter, before: _Before, request: ArticleDecisionRequest, actor: str
) -> Article:
    merged, into = before.merge.article, before.into
    if writer.article_ids([merged]).get(merged) != into:
        raise Conflict(
            f"Article {merged} is no longer one with {into}, or that was merged further since: "
            "undo the later decision first."
        )
    decision = _decision(writer, request, merged, actor, undoes=before.merge.id)
    back = [alias for alias in before.aliases if writer.article_ids([alias]).get(alias) == into]
    records = {record.format: record for record in writer.article_records(into)}
    mine = {record.format: record for record in before.records}
    theirs = {record.format: record for record in before.others}
    stay = set(writer.aliases_of(into)) - {*back, merged}
    for kind, record in list(records.items()):
        named = set(record.citation.identifiers)
        newer = bool(named & set(back)) and not named & stay
        if newer or record == mine.get(kind):
            mine[kind] = record
            del records[kind]
            if kind in theirs:
                records[kind] = theirs[kind]
            else:
                writer.close_record(into, kind)
    writer.close_alias(merged)
    for alias in back:
        writer.put_alias(alias, merged)
    present = writer.claims(before.claims).values()
    _move(writer, [each.id for each in present if each.article_id == into], merged)
    _stand(writer, into, records.values())
    article = _stand(writer, merged, mine.values())
    writer.add_article_decision(decision)
    return article


def _stand(writer: GraphWriter, owner: str, records: Iterable[Record]) -> Article:
    """Make these the records of an article, with the text and the quotes that follow."""
    held = tuple(records)
    for record in held:
        writer.put_record(owner, record, citation_key(record.citation))
    article = fold(owner, held)
    writer.put_text(owner, article.text, article.text_sha256)
    anchor_again(writer, article)
    return article


def _move(writer: GraphWriter, claims: Iterable[str], to: str) -> None:
    for stored in writer.claims(tuple(claims)).values():
        writer.put_claim(to, stored.claim)


def _decision(
    writer: GraphWriter,
    request: ArticleDecisionRequest,
    merged: str,
    actor: str,
    *,
    into: str | None = None,
    undoes: str | None = None,
) -> ArticleDecision:
    return ArticleDecision(
        id=uuid4().hex,
        type=request.type,
        article=merged,
        into=into,
        actor=actor,
        reason=request.reason,
        undoes=undoes,
        revision=writer.next_revision,
        created_at=datetime.now(UTC),
    )


def _before(store: GraphStore, identifier: str, request: ArticleDecisionRequest) -> _Before | None:
    """Return what the articles of a merge that is to be undone had before; None for a merge."""
    if request.type is ArticleDecisionType.MERGE:
        return None
    with store.view() as view:
        made = history(view, identifier)
    merge = next((each for each in made if each.id == request.decision), None)
    if merge is None or merge.into is None:
        raise NotFound(f"Article {identifier} has no merge {request.decision}.")
    if any(each.undoes == merge.id for each in made):
        raise Conflict(f"Decision {merge.id} was undone already.")
    with store.view(merge.revision - 1) as view:
        return _Before(
            merge=merge,
            into=merge.into,
            aliases=view.aliases_of(merge.article),
            claims=tuple(claim_ids_of_article(view, merge.article)),
            records=view.article_records(merge.article),
            others=view.article_records(merge.into),
        )
