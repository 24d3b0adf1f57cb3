"""An answer as a citable whole: question, snapshot, claims, quotes checked again, citations."""

from collections.abc import Iterable
from typing import Final

from app.export import citations
from app.graph.port import GraphView
from app.model.answer import InterventionAnswer
from app.model.article import Article
from app.model.base import Frozen
from app.model.claim import ClaimView
from app.model.text import Quote
from app.services.claims import claim_views

MAX_INTERVENTIONS: Final = 5000
"""How many answers a bundle holds at most."""


class CheckedQuote(Frozen):
    """A quote of a claim, looked up in its article's text when the bundle was made.

    ``verified`` is true when the words stand there, false when they do not, and null when the
    source gave no place for them.
    """

    claim: str
    article: str | None
    text: str
    start: int | None
    end: int | None
    text_sha256: str | None
    verified: bool | None


class Citations(Frozen):
    """The articles of a bundle in the forms of reference managers."""

    csl_json: list[dict[str, object]]
    ris: str
    bibtex: str


class Bundle(Frozen):
    """An answer with all it rests on."""

    answer: InterventionAnswer
    claims: tuple[ClaimView, ...]
    quotes: tuple[CheckedQuote, ...]
    quotes_verified: int
    quotes_failed: int
    citations: Citations


def bundle(view: GraphView, answer: InterventionAnswer) -> Bundle:
    """Gather an answer's claims, check each quote against the stored text, and cite the articles.

    ``view`` shows the answer's snapshot.
    """
    claims = tuple(claim_views(view, _claims_of(answer)).values())
    internal = view.article_ids(sorted({c.article for c in claims if c.article}))
    articles = view.articles(sorted(set(internal.values())))
    quotes = tuple(_checked(view, claim, quote) for claim in claims for quote in claim.quotes)
    cited = sorted(articles.values(), key=lambda article: article.curie)
    return Bundle(
        answer=answer,
        claims=claims,
        quotes=quotes,
        quotes_verified=sum(quote.verified is True for quote in quotes),
        quotes_failed=sum(quote.verified is False for quote in quotes),
        citations=_cite(cited),
    )


def _claims_of(answer: InterventionAnswer) -> list[str]:
    def ids() -> Iterable[str]:
        for intervention in answer.interventions:
            for path in intervention.paths:
                for step in path.steps:
                    yield from step.claims
            for shown in intervention.evidence:
                yield shown.claim
            for counter in intervention.counter_evidence:
                yield counter.claim

    return sorted(set(ids()))


def _checked(view: GraphView, claim: ClaimView, quote: Quote) -> CheckedQuote:
    span = quote.span
    text = view.text(quote.sha256) if quote.sha256 and span else None
    verified = None if span is None else text is not None and span.matches(text)
    return CheckedQuote(
        claim=claim.id,
        article=claim.article,
        text=quote.text,
        start=quote.start,
        end=quote.end,
        text_sha256=quote.sha256,
        verified=verified,
    )


def _cite(articles: list[Article]) -> Citations:
    return Citations(
        csl_json=[citations.csl(article) for article in articles],
        ris=citations.ris(articles) if articles else "",
        bibtex=citations.bibtex(articles) if articles else "",
    )
