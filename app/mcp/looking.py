"""The tools that look things up: entities, claims with their quotes, words in a text."""

from typing import Annotated

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.tools import Tool
from pydantic import Field

from app.graph.names import MAX_QUERY
from app.graph.port import GraphView
from app.mcp import shown
from app.mcp.arguments import Article, AsOf, ClaimId, Names
from app.mcp.parts import Parts
from app.mcp.registering import READING, tool
from app.mcp.shown import Cited
from app.model.answer import NamedEntity
from app.model.base import Frozen
from app.model.claim import ClaimView
from app.model.errors import NotFound
from app.model.history import Snapshot
from app.model.vocabulary import Category, PredicateType, Status
from app.services import claims, entities, questions, revisions
from app.services.claims import ClaimQuery
from app.services.quotes import LONGEST, CheckedQuote, FoundWords, checked, find_words

AGAIN = "the same call with a greater limit"


class FoundEntity(Frozen):
    """An entity, the name it was found by, and how well it answers, of 100."""

    entity: NamedEntity
    matched: str
    score: float


class EntitiesShown(Frozen):
    """Entities whose names answer a query, best first."""

    snapshot: Snapshot
    entities: tuple[FoundEntity, ...]
    total: int
    cut: tuple[str, ...] = ()


class ReadClaim(Frozen):
    """A claim with all its quotes; ``revision`` is what a decision on it must name."""

    cited: Cited
    more_quotes: tuple[str, ...]
    agent: NamedEntity | None
    outcome: NamedEntity | None
    perturbation: str
    predicate: PredicateType
    direction: str
    negated: bool
    context: tuple[str, ...]
    confidence: float
    revision: int


class ClaimsShown(Frozen):
    """Claims in the order of their ids; ``after`` goes on behind the last of them."""

    snapshot: Snapshot
    claims: tuple[ReadClaim, ...]
    total: int
    after: str | None = None
    cut: tuple[str, ...] = ()


class ClaimChecked(Frozen):
    """A claim's quotes, each looked up in the text of its article just now.

    ``verified`` is true when every quote with a place stands there verbatim, and null when none
    has a place.
    """

    snapshot: Snapshot
    claim: Cited
    quotes: tuple[CheckedQuote, ...]
    verified: bool | None


class WordsChecked(Frozen):
    """Words looked up in an article's text: whether they may be quoted, and from where."""

    snapshot: Snapshot
    found: FoundWords


def looking_tools(parts: Parts) -> list[Tool]:
    """Return the tools that look things up."""
    tools = _Looking(parts)
    return [
        tool(tools.search_entities, title="Search entities", annotations=READING),
        tool(tools.read_claims, title="Read claims", annotations=READING),
        tool(tools.check_claim, title="Check a claim's quotes", annotations=READING),
        tool(tools.check_words, title="Check words against a text", annotations=READING),
    ]


class _Looking:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def search_entities(
        self,
        query: Annotated[str, Field(min_length=1, max_length=MAX_QUERY, description="A name.")],
        context: Context,
        category: Category | None = None,
        limit: Annotated[int, Field(ge=1, le=50)] = 10,
        as_of: AsOf = None,
    ) -> EntitiesShown:
        """Search genes, processes, phenotypes, substances and the like by name or synonym.

        Other tools take the CURIE that is found, which is never ambiguous.
        """
        self._parts.reader(context)
        revision = revisions.resolve(self._parts.store, as_of)
        with self._parts.store.view(revision.number) as view:
            page = entities.search(view, query, category=category, limit=limit)
        return EntitiesShown(
            snapshot=revisions.snapshot_of(revision),
            entities=tuple(
                FoundEntity(
                    entity=questions.named(hit.entity), matched=hit.matched, score=hit.score
                )
                for hit in page.items
            ),
            total=page.total,
            cut=shown.said((shown.left_out("entities", len(page.items), page.total, AGAIN),)),
        )

    def read_claims(
        self,
        context: Context,
        claim: Annotated[
            list[ClaimId], Field(max_length=50, description="These claims; no filter then.")
        ] = [],  # noqa: B006 - validated into a new list for each call
        agent: Names = [],  # noqa: B006
        outcome: Names = [],  # noqa: B006
        entity: Names = [],  # noqa: B006
        article: Annotated[list[Article], Field(max_length=20)] = [],  # noqa: B006
        predicate: list[PredicateType] = [],  # noqa: B006
        status: list[Status] = [],  # noqa: B006
        limit: Annotated[int, Field(ge=1, le=50)] = 10,
        after: Annotated[str | None, Field(max_length=100)] = None,
        as_of: AsOf = None,
    ) -> ClaimsShown:
        """Read what articles say, with the verbatim quote, PMID and offsets of each claim.

        Filter by agent, outcome, any entity, article, predicate or status; or give claims' ids.
        """
        self._parts.reader(context)
        revision = revisions.resolve(self._parts.store, as_of)
        which = ClaimQuery(
            agent=tuple(agent),
            outcome=tuple(outcome),
            entity=tuple(entity),
            article=tuple(article),
            predicate=tuple(predicate),
            status=tuple(status),
        )
        with self._parts.store.view(revision.number) as view:
            if claim:
                found = list(_all_known(view, claim))
                total, onward = len(found), None
            else:
                page = claims.claim_list(view, which, after, limit)
                found, total, onward = list(page.items), page.total, page.next_after
        more = "more claims follow; call again with after" if onward else None
        return ClaimsShown(
            snapshot=revisions.snapshot_of(revision),
            claims=tuple(_read(each) for each in found),
            total=total,
            after=onward,
            cut=shown.said((more,)),
        )

    def check_claim(self, claim: ClaimId, context: Context, as_of: AsOf = None) -> ClaimChecked:
        """Look up each quote of a claim in its article's text, at its offsets, just now."""
        self._parts.reader(context)
        revision = revisions.resolve(self._parts.store, as_of)
        with self._parts.store.view(revision.number) as view:
            found = claims.claim_view(view, claim)
            quotes = tuple(checked(view, found, quote) for quote in found.quotes)
        placed = [quote.verified for quote in quotes if quote.verified is not None]
        return ClaimChecked(
            snapshot=revisions.snapshot_of(revision),
            claim=shown.cited(found),
            quotes=quotes,
            verified=all(placed) if placed else None,
        )

    def check_words(
        self,
        article: Article,
        words: Annotated[
            str, Field(min_length=1, max_length=LONGEST, description="What you mean to quote.")
        ],
        context: Context,
        as_of: AsOf = None,
    ) -> WordsChecked:
        """Check that words stand verbatim in an article's title or abstract before quoting them.

        Where they do not, the passage that is most like them is shown, which does.
        """
        self._parts.reader(context)
        revision = revisions.resolve(self._parts.store, as_of)
        with self._parts.store.view(revision.number) as view:
            found = find_words(view, article, words)
        return WordsChecked(snapshot=revisions.snapshot_of(revision), found=found)


def _all_known(view: GraphView, ids: list[str]) -> tuple[ClaimView, ...]:
    found = claims.claim_views(view, ids)
    unknown = [each for each in ids if each not in found]
    if unknown:
        raise NotFound(f"There is no claim {unknown[0][:80]}.")
    return tuple(found.values())


def _read(claim: ClaimView) -> ReadClaim:
    agent, outcome = claim.agent.top, claim.outcome.top
    return ReadClaim(
        cited=shown.cited(claim),
        more_quotes=tuple(quote.text for quote in claim.quotes[1:]),
        agent=NamedEntity(id=agent.id, name=agent.name) if agent else None,
        outcome=NamedEntity(id=outcome.id, name=outcome.name) if outcome else None,
        perturbation=claim.perturbation.type,
        predicate=claim.predicate.type,
        direction=claim.outcome.direction,
        negated=claim.negated,
        context=tuple(_context(claim)),
        confidence=claim.confidence,
        revision=claim.revision,
    )


def _context(claim: ClaimView) -> list[str]:
    said: list[str] = []
    for item in claim.context:
        name = item.value or (item.mention.text if item.mention else item.name)
        ids = "".join(f" ({each.id})" for each in item.groundings[:1])
        said.append(f"{item.type}: {name or 'unnamed'}{ids}{', inferred' if item.inferred else ''}")
    return said
