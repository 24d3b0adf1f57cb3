"""Decisions on claims: accept, reject, correct, split, merge, link, unlink, undo."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from app.curation.standing import (
    REPLACING,
    VERDICTS,
    link_stands,
    replacing,
    stands,
    status_of,
    undone_at_last,
)
from app.curation.transitions import check_legal, check_replacements, check_request
from app.graph.port import GraphStore, GraphView, GraphWriter
from app.model.article import Article
from app.model.claim import ClaimView, Link, StoredClaim
from app.model.decision import Decision, DecisionRequest
from app.model.errors import BadInput, Conflict, FieldError, NotFound, PreconditionFailed
from app.model.vocabulary import DecisionType, Status
from app.services import curated
from app.services.claims import changed_in, claim_view, stored_claim

_MADE = frozenset({DecisionType.CORRECT, DecisionType.SPLIT})


def decide(
    store: GraphStore,
    claim_id: str,
    request: DecisionRequest,
    *,
    actor: str,
    expected_revision: int | None = None,
    source: str | None = None,
    quorum: int = 1,
) -> ClaimView:
    """Record a decision on a claim and all that follows from it; return the claim's new view.

    ``expected_revision`` is the ``revision`` of the view that the curator saw; None asks for no
    check. ``source`` names the file or resource that the decision rests on. The new claims of
    *correct* and *split* are accepted by the same curator; undoing that decision takes this
    back, too. ``quorum`` is how many curators must agree on a verdict.

    Raises:
        PreconditionFailed: the claim changed since ``expected_revision``.
        NotFound: no such claim, decision, or claim to link to or merge into.
        BadInput, QuoteMismatch: the request, or a new claim in it, can't be used as it is.
        Conflict: the claim's state does not allow the decision.
    """
    check_request(request, claim_id)
    decision_id, time = uuid4().hex, datetime.now(UTC)

    def work(writer: GraphWriter) -> ClaimView:
        stored = stored_claim(writer, claim_id)
        decisions = writer.decisions_on([claim_id]).get(claim_id, ())
        present = changed_in(stored, decisions)
        if expected_revision is not None and present != expected_revision:
            raise PreconditionFailed(
                f"Claim {claim_id} changed in revision {present}, after "
                f"{expected_revision}: read it again, then decide."
            )
        links = writer.links_of([claim_id]).get(claim_id, ())
        check_legal(request, claim_id, decisions, links, actor)
        decision = Decision(
            id=decision_id,
            type=request.type,
            claim=claim_id,
            actor=actor,
            reason=request.reason,
            link=request.link,
            undoes=request.decision,
            source=source,
            quorum=quorum if request.type in VERDICTS else 1,
            revision=writer.next_revision,
            created_at=time,
        )
        _Case(writer, stored, decisions, request, quorum).apply(decision)
        return claim_view(writer, claim_id)

    return store.write(actor, f"{request.type} claim {claim_id}", work)


@dataclass(frozen=True, slots=True)
class _Case:
    """One decision on one claim within a transaction."""

    writer: GraphWriter
    stored: StoredClaim
    decisions: Sequence[Decision]
    request: DecisionRequest
    quorum: int

    def apply(self, decision: Decision) -> None:
        """Record the decision and what follows from it."""
        match decision.type:
            case DecisionType.CORRECT | DecisionType.SPLIT:
                decision = self._replace(decision)
            case DecisionType.MERGE:
                decision = self._merge(decision)
            case DecisionType.LINK if decision.link is not None:
                stored_claim(self.writer, decision.link.claim)
                self.writer.put_link(self.stored.id, decision.link)
            case DecisionType.UNLINK if decision.link is not None:
                self.writer.close_link(self.stored.id, decision.link)
            case DecisionType.UNDO:
                self._undo(decision)
                return
            case _:
                pass
        self.writer.add_decision(decision)
        curated.renew(self.writer, self.stored.id)

    def _replace(self, decision: Decision) -> Decision:
        article = _article_of(self.writer, self.stored)
        for number, claim in enumerate(self.request.claims):
            try:
                checked = curated.checked(self.writer, article, claim, replaces=self.stored.id)
            except BadInput as error:
                raise _under(f"/claims/{number}", error) from error
            self._may_stand([checked.id])
            curated.take_in(
                self.writer,
                article.id,
                checked,
                actor=decision.actor,
                time=decision.created_at,
                source=_made_by(decision),
                quorum=self.quorum,
            )
        made = tuple(claim.id for claim in self.request.claims)
        return decision.model_copy(update={"replacements": made})

    def _merge(self, decision: Decision) -> Decision:
        into = stored_claim(self.writer, self.request.into or "")
        if into.article_id != self.stored.article_id:
            raise Conflict(
                f"Claims {self.stored.id} and {into.id} are of different articles; what two "
                "articles say is linked, not merged."
            )
        if into.state.status is Status.REJECTED:
            raise Conflict(f"Claim {into.id} was rejected; nothing can be merged into it.")
        self._may_stand([into.id])
        return decision.model_copy(update={"replacements": (into.id,)})

    def _undo(self, decision: Decision) -> None:
        target = next(each for each in self.decisions if each.id == decision.undoes)
        root = undone_at_last(target, self.decisions)
        after = (*self.decisions, decision)
        if root.type in REPLACING:
            self._may_undo_replacement(root, after)
        self.writer.add_decision(decision)
        if root.link is not None:
            self._set_link(root.link, after)
        if root.type in _MADE:
            self._undo_companions(root, target, decision)
        curated.renew(self.writer, self.stored.id)

    def _may_undo_replacement(self, root: Decision, after: Sequence[Decision]) -> None:
        if not stands(root.id, after):
            if root.type in _MADE:
                for claim_id in root.replacements:
                    later = _superseded_by(self.writer, claim_id)
                    if later:
                        raise Conflict(
                            f"Claim {claim_id}, which decision {root.id} made, was superseded by "
                            f"{', '.join(later)}: undo the decision on that claim first."
                        )
            return
        other = replacing(self.decisions)
        if other is not None:
            raise Conflict(
                f"Claim {self.stored.id} was superseded again by decision {other.id} "
                f"({other.type}): undo that first."
            )
        self._may_stand(root.replacements)

    def _undo_companions(self, root: Decision, target: Decision, undo: Decision) -> None:
        """Undo the verdicts on new claims that came with the decision that is undone."""
        decisions = self.writer.decisions_on(root.replacements)
        for claim_id in root.replacements:
            on_claim = decisions.get(claim_id, ())
            for each in on_claim:
                if each.source == _made_by(target) and stands(each.id, on_claim):
                    companion = undo.model_copy(
                        update={
                            "id": uuid4().hex,
                            "claim": claim_id,
                            "undoes": each.id,
                            "source": _made_by(undo),
                        }
                    )
                    self.writer.add_decision(companion)
            curated.renew(self.writer, claim_id)

    def _set_link(self, link: Link, decisions: Sequence[Decision]) -> None:
        there = link in self.writer.links_of([self.stored.id]).get(self.stored.id, ())
        if link_stands(link, decisions, there):
            self.writer.put_link(self.stored.id, link)
        else:
            self.writer.close_link(self.stored.id, link)

    def _may_stand(self, replacements: Sequence[str]) -> None:
        check_replacements(
            self.stored.id, replacements, lambda other: _superseded_by(self.writer, other)
        )


def _superseded_by(view: GraphView, claim_id: str) -> tuple[str, ...]:
    return status_of(view.decisions_on([claim_id]).get(claim_id, ()))[1]


def _made_by(decision: Decision) -> str:
    return f"decision:{decision.id}"


def _article_of(view: GraphView, stored: StoredClaim) -> Article:
    if stored.article_id is None:
        raise Conflict(
            f"Claim {stored.id} was imported without a text, so no quote can stand for a new one: "
            "reject it, and add the claim to the article that says it."
        )
    found = view.articles([stored.article_id]).get(stored.article_id)
    if found is None:
        raise NotFound(f"There is no article {stored.article_id}.")
    return found


def _under(pointer: str, error: BadInput) -> BadInput:
    errors = [FieldError(pointer + each.pointer, each.detail) for each in error.errors]
    return type(error)(str(error), errors)
