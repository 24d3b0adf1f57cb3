"""An answer as a citable whole: question, snapshot, claims, quotes checked again, citations."""

from collections.abc import Iterable
from typing import Final

from app.export import citations
from app.graph.port import GraphView
from app.model.answer import InterventionAnswer
from app.model.article import Article
from app.model.base import Frozen
from app.model.claim import ClaimView
from app.services.claims import claim_views
from app.services.quotes import CheckedQuote, checked

MAX_INTERVENTIONS: Final = 5000
"""How many answers a bundle holds at most."""


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
    quotes = tuple(checked(view, claim, quote) for claim in claims for quote in claim.quotes)
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
            for exclusion in intervention.exclusions:
                for measured in (*exclusion.evidence, *exclusion.against):
                    yield measured.claim
                for step in exclusion.predicted.steps if exclusion.predicted else ():
                    yield from step.claims

    return sorted(set(ids()))


def _cite(articles: list[Article]) -> Citations:
    return Citations(
        csl_json=[citations.csl(article) for article in articles],
        ris=citations.ris(articles) if articles else "",
        bibtex=citations.bibtex(articles) if articles else "",
    )
