"""Decisions: what curators said of claims. They are added, never changed or removed."""

from datetime import datetime

from pydantic import Field

from app.model.base import Frozen
from app.model.claim import Claim, ClaimId, Link
from app.model.vocabulary import ArticleDecisionType, DecisionType


class DecisionRequest(Frozen):
    """What a curator asks for.

    ``reason`` is needed to reject; ``claims`` holds the new claims of ``correct`` (one) and
    ``split`` (two or more); ``into`` the claim to merge into; ``link`` the link to add or take
    away; ``decision`` the decision to undo.
    """

    type: DecisionType
    reason: str | None = Field(default=None, max_length=4000)
    claims: tuple[Claim, ...] = ()
    into: ClaimId | None = None
    link: Link | None = None
    decision: str | None = None


class ArticleDecisionRequest(Frozen):
    """What a curator asks for on an article.

    ``into`` names the article to merge into, by any identifier; to merge needs it and a
    ``reason``. ``decision`` is the merge to undo.
    """

    type: ArticleDecisionType
    reason: str | None = Field(default=None, max_length=4000)
    into: str | None = Field(default=None, max_length=300)
    decision: str | None = Field(default=None, max_length=100)


class ArticleDecision(Frozen):
    """A recorded decision on an article: that it is one with ``into``, or that it is not."""

    id: str
    type: ArticleDecisionType
    article: str
    into: str | None = None
    actor: str
    reason: str | None = None
    undoes: str | None = None
    revision: int
    created_at: datetime


class Decision(Frozen):
    """A recorded decision on a claim.

    ``replacements`` are the ids of the claims that stand in its place after ``correct``,
    ``split`` or ``merge``. ``quorum`` is how many agreeing curators the instance asked for when a
    verdict was given; one that rests on a file or resource has 1, since it was agreed on there.
    """

    id: str
    type: DecisionType
    claim: ClaimId
    actor: str
    reason: str | None = None
    replacements: tuple[ClaimId, ...] = ()
    link: Link | None = None
    undoes: str | None = None
    source: str | None = None
    quorum: int = Field(default=1, ge=1)
    revision: int
    created_at: datetime
