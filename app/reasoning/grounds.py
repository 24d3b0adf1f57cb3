"""What an answer rests on, and what stands beside it."""

from collections.abc import Sequence

import numpy as np

from app.model.answer import AnswerEvidence, Path
from app.model.claim import ClaimView
from app.model.edge_columns import NO_PAPER
from app.model.vocabulary import Effect
from app.reasoning.canon import Canon
from app.reasoning.counter import SETTLED
from app.reasoning.effects import INTO
from app.reasoning.lens import BESIDE, LinkEdge
from app.reasoning.papers import independent_count, publication_count
from app.reasoning.search import Walk
from app.reasoning.signs import number
from app.reasoning.steps import Reading, tier_of


def grounds_of(walk: Walk, change: int, effect: Effect, reading: Reading) -> list[ClaimView]:
    """Return the claims that the best path rests on: on each hop one of each paper.

    What puts a direct link on its tier leads; otherwise the most reliable claim of the paper does.
    """
    _, leading = tier_of(walk, change, effect, reading)
    chosen: dict[str, ClaimView] = {}
    for hop in walk.hops:
        link = hop.via
        if not isinstance(link, LinkEdge):
            continue
        claims = [reading.claims[claim] for claim in (*leading, *link.claims)]
        by_paper: dict[frozenset[str], ClaimView] = {}
        for claim in claims:
            by_paper.setdefault(frozenset(claim.publications or (claim.id,)), claim)
        chosen |= {claim.id: claim for claim in by_paper.values()}
    return list(chosen.values())


def papers_on(walk: Walk) -> tuple[int, int]:
    """Return how many publications a walk rests on, and how many papers are independent at most.

    Of a publication that only an import names no author is known.
    """
    lens = walk.hops[0].lens
    edges = lens.index.edges
    rows = np.concatenate([lens.edges_of(hop.place) for hop in walk.hops])
    papers = np.unique(edges.paper[rows])
    papers = papers[papers != NO_PAPER]
    by = lens.index.bylines
    return publication_count(papers, by), independent_count(papers, by)


def evidence_of(
    grounds: Sequence[ClaimView],
    ends: tuple[str, str],
    needed: int,
    effect: Effect,
    shown: Sequence[Path],
    about: Sequence[ClaimView],
    reading: Reading,
) -> tuple[AnswerEvidence, ...]:
    """Return the grounds, then what stands beside them: it raises no belief.

    ``ends`` are target and outcome, ``needed`` the sign that the effect needs between them.
    """
    beside = [claim for path in shown for step in path.steps for claim in step.claims]
    beside += [
        claim.id
        for claim in about
        if claim.epistemic in BESIDE
        and claim.status not in SETTLED
        and _says(claim, ends, needed, effect, reading.canon)
    ]
    ids = dict.fromkeys((*(claim.id for claim in grounds), *beside))
    ground_ids = {claim.id for claim in grounds}
    by_id = {claim.id: claim for claim in about} | dict(reading.claims)
    return tuple(
        evidence_item(by_id[one], "ground" if one in ground_ids else "beside") for one in ids
    )


def _says(
    claim: ClaimView, ends: tuple[str, str], needed: int, effect: Effect, canon: Canon
) -> bool:
    into = INTO.get(effect)
    for edge in claim.edges:
        subject, target = canon.meaning(edge.subject), canon.meaning(edge.object)
        sign = number(edge.sign)
        if (
            (subject.id, target.id) == ends
            and sign * subject.sign * target.sign == needed
            and (into is None or edge.aspect in (None, into))
        ):
            return True
    return False


def evidence_item(claim: ClaimView, role: str) -> AnswerEvidence:
    """Return a claim as an answer's evidence shows it, by its first quote."""
    quote = claim.quotes[0] if claim.quotes else None
    return AnswerEvidence(
        claim=claim.id,
        statement=claim.statement,
        pmid=claim.paper,
        publications=claim.publications,
        quote=quote.text if quote else None,
        start=quote.start if quote else None,
        end=quote.end if quote else None,
        verified=quote.verified if quote else None,
        epistemic=claim.epistemic,
        status=claim.status,
        role=role,
    )
