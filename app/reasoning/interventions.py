"""Which interventions have an effect on an outcome: find, then assemble.

:func:`find` searches the index and names the claims that the answer needs; the caller reads them
from the same snapshot; :func:`assemble` makes the answer. Neither touches a store.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from app.model.answer import (
    AnswerEvidence,
    Intervention,
    InterventionPerturbation,
    InterventionQuestion,
    NamedEntity,
    Path,
)
from app.model.article import ArticleFacts
from app.model.claim import ClaimView
from app.model.vocabulary import Category, Effect, Tier
from app.reasoning.belief import (
    EPISTEMIC_RELIABILITY,
    EVIDENCE_FACTOR,
    HUB_WEIGHT,
    independent_groups,
)
from app.reasoning.canon import OPPOSITE_EFFECT, Canon
from app.reasoning.context import agreement_of, findings
from app.reasoning.counter import SETTLED, counter_evidence, null_intervention
from app.reasoning.effects import INTO, WISHED, admits_aspect
from app.reasoning.index import BESIDE, Lens, LinkEdge
from app.reasoning.kernel import Search, Walk
from app.reasoning.signs import is_matched, number, sign_of
from app.reasoning.steps import (
    TIER_ORDER,
    Reading,
    agreement_order,
    build_path,
    rounded,
    tier_of,
)
from app.reasoning.words import intervention_in_words, intervention_type

PATHS_SHOWN = 5
"""How many paths an answer shows for each intervention."""

SUBSTANCES = frozenset({Category.CHEMICAL_ENTITY, Category.SMALL_MOLECULE})


@dataclass(frozen=True, slots=True)
class Found:
    """The walks by which one intervention may have the effect."""

    target: str
    change: int
    walks: tuple[Walk, ...]


def canonical_question(question: InterventionQuestion, canon: Canon) -> tuple[str, Effect]:
    """Return the outcome and effect in canonical terms; an opposite's effect is mapped."""
    meaning = canon.meaning(question.outcome.id)
    effect = question.effect
    if meaning.opposite:
        effect = OPPOSITE_EFFECT[effect]
    elif meaning.sign < 0 and effect is not Effect.NO_EFFECT:
        effect = Effect.PROMOTES if WISHED[effect] < 0 else Effect.LOWERS
    return meaning.id, effect


def find(lens: Lens, outcome: str, effect: Effect, question: InterventionQuestion) -> list[Found]:
    """Return every intervention that a path leads from, with its best walks."""
    if effect is Effect.NO_EFFECT:
        return []

    def admits(link: LinkEdge) -> bool:
        return admits_aspect(effect, link.key.aspect)

    def search(*, matched_only: bool) -> Search:
        return Search(lens, outcome, WISHED[effect], question.max_hops, matched_only, admits=admits)

    matched = search(matched_only=True)
    every = matched if question.matched_only else search(matched_only=False)
    found = []
    for target, change in every.sources():
        walks = dict.fromkeys(
            (
                *_direct(every, lens, target, change),
                *islice(matched.walks(target, change), PATHS_SHOWN),
                *islice(every.walks(target, change), PATHS_SHOWN),
            )
        )
        if walks:
            found.append(Found(target, change, tuple(walks)))
    return found


def _direct(search: Search, lens: Lens, target: str, change: int) -> list[Walk]:
    """Return all walks of one causal hop: a direct link is always looked at."""
    one = Search(lens, search.target, search.arriving, 1, search.matched_only, admits=search.admits)
    return list(one.walks(target, change))


def claims_needed(found: Iterable[Found]) -> tuple[str, ...]:
    """Return the ids of the claims on all found walks, sorted."""
    return tuple(
        sorted(
            {
                claim
                for one in found
                for walk in one.walks
                for hop in walk.hops
                if isinstance(hop.via, LinkEdge)
                for claim in hop.via.claims
            }
        )
    )


@dataclass(frozen=True, slots=True)
class Assembly:
    """What an answer is made of: the question in canonical terms and what was read for it."""

    outcome: str
    effect: Effect
    question: InterventionQuestion
    lens: Lens
    reading: Reading
    about: Sequence[ClaimView]
    articles: Mapping[str, ArticleFacts]
    """Facts of the articles, by the identifier that claims show."""


def assemble(found: Iterable[Found], assembly: Assembly) -> list[Intervention]:
    """Return the interventions, best first."""
    if assembly.effect is Effect.NO_EFFECT:
        answers = _without_effect(assembly)
    else:
        answers = [_intervention(one, assembly) for one in found]
    return sorted(answers, key=order)


def order(answer: Intervention) -> tuple[object, ...]:
    """Return the place of an intervention: that of its best path, then papers, then id."""
    return (
        TIER_ORDER[answer.tier],
        answer.contradicted,
        not answer.matched,
        agreement_order(answer.agreement),
        -answer.belief * HUB_WEIGHT,
        -answer.independent_papers,
        answer.target.id,
        answer.perturbation.direction,
    )


def _intervention(found: Found, assembly: Assembly) -> Intervention:
    ranked = _ranked_paths(found, assembly)
    best_walk, best = ranked[0]
    grounds = _grounds(best_walk, found.change, assembly)
    shown = [path for _, path in ranked[:PATHS_SHOWN]]
    needed = WISHED[assembly.effect] * found.change
    tier = best.tier or Tier.PREDICTED
    papers, independent = _papers(grounds, assembly)
    used = sorted({claim for path in shown for step in path.steps for claim in step.candidates})
    return Intervention(
        target=_named(found.target, assembly.reading),
        perturbation=InterventionPerturbation(
            type=intervention_type(found.change, _is_substance(found.target, assembly.reading)),
            direction=sign_of(found.change),
        ),
        tier=tier,
        matched=best.matched,
        contradicted=tier is Tier.PREDICTED and _is_contradicted(found, needed, assembly),
        belief=best.belief,
        weakest=best.weakest,
        agreement=best.agreement,
        paths=tuple(shown),
        evidence=_evidence(grounds, found, shown, needed, assembly),
        claim_count=len(grounds),
        papers=papers,
        independent_papers=independent,
        candidates_used=tuple(used),
        counter_evidence=counter_evidence(
            (found.target, assembly.outcome),
            needed,
            grounds,
            assembly.about,
            assembly.lens.canon,
            candidates=assembly.question.include_candidates,
        ),
    )


def _ranked_paths(found: Found, assembly: Assembly) -> list[tuple[Walk, Path]]:
    """Return the paths of one intervention, best first; a direct link precedes every detour."""
    reading = assembly.reading
    substance = _is_substance(found.target, reading)
    outcome = reading.labels.get(assembly.outcome, assembly.outcome)
    ranked = []
    for walk in found.walks:
        words = intervention_in_words(
            found.change, substance, walk, outcome, assembly.effect, reading.labels
        )
        tier, leading = tier_of(walk, found.change, assembly.effect, reading)
        ranked.append((walk, build_path(walk, words, reading, tier, leading)))

    def place(pair: tuple[Walk, Path]) -> tuple[object, ...]:
        walk, path = pair
        tier = path.tier or Tier.PREDICTED
        return (
            len(walk.hops) > 1,
            TIER_ORDER[tier],
            not path.matched,
            agreement_order(path.agreement),
            -path.belief,
            walk.order,
        )

    return sorted(ranked, key=place)


def _grounds(walk: Walk, change: int, assembly: Assembly) -> list[ClaimView]:
    """Return the claims that the best path rests on: on each hop one of each paper.

    What puts a direct link on its tier leads; otherwise the most reliable claim of the paper does.
    """
    _, leading = tier_of(walk, change, assembly.effect, assembly.reading)
    chosen: dict[str, ClaimView] = {}
    for hop in walk.hops:
        if not isinstance(hop.via, LinkEdge):
            continue
        claims = [assembly.reading.claims[claim] for claim in (*leading, *hop.via.claims)]
        by_paper: dict[str, ClaimView] = {}
        for claim in claims:
            by_paper.setdefault(claim.article or claim.id, claim)
        chosen |= {claim.id: claim for claim in by_paper.values()}
    return list(chosen.values())


def _papers(grounds: Sequence[ClaimView], assembly: Assembly) -> tuple[int, int]:
    """Return how many papers the grounds come from, and how many independent groups of them."""
    articles = sorted({claim.article for claim in grounds if claim.article})
    authors = {
        article: assembly.articles[article].authors if article in assembly.articles else ()
        for article in articles
    }
    return len(articles), len(set(independent_groups(authors).values()))


def _is_contradicted(found: Found, needed: int, assembly: Assembly) -> bool:
    """Tell whether an experiment in the intervention's own direction showed the opposite."""
    return any(
        link.key.object == assembly.outcome
        and link.key.sign == -needed
        and is_matched(found.change, link.key.side)
        and admits_aspect(assembly.effect, link.key.aspect)
        for link in assembly.lens.outgoing.get(found.target, ())
    )


def _evidence(
    grounds: Sequence[ClaimView],
    found: Found,
    shown: Sequence[Path],
    needed: int,
    assembly: Assembly,
) -> tuple[AnswerEvidence, ...]:
    """Return the grounds, then what stands beside them: it raises no belief."""
    claims = assembly.reading.claims
    beside = [claim for path in shown for step in path.steps for claim in step.claims]
    beside += [
        claim.id
        for claim in assembly.about
        if claim.epistemic in BESIDE
        and claim.status not in SETTLED
        and _says(claim, found, needed, assembly)
    ]
    ids = dict.fromkeys((*(claim.id for claim in grounds), *beside))
    ground_ids = {claim.id for claim in grounds}
    by_id = {claim.id: claim for claim in assembly.about} | dict(claims)
    return tuple(
        _evidence_item(by_id[one], "ground" if one in ground_ids else "beside") for one in ids
    )


def _says(claim: ClaimView, found: Found, needed: int, assembly: Assembly) -> bool:
    canon = assembly.lens.canon
    into = INTO.get(assembly.effect)
    for edge in claim.edges:
        subject, target = canon.meaning(edge.subject), canon.meaning(edge.object)
        sign = number(edge.sign)
        if (
            (subject.id, target.id) == (found.target, assembly.outcome)
            and sign * subject.sign * target.sign == needed
            and (into is None or edge.aspect in (None, into))
        ):
            return True
    return False


def _evidence_item(claim: ClaimView, role: str) -> AnswerEvidence:
    quote = claim.quotes[0] if claim.quotes else None
    return AnswerEvidence(
        claim=claim.id,
        statement=claim.statement,
        pmid=claim.article,
        quote=quote.text if quote else None,
        start=quote.start if quote else None,
        end=quote.end if quote else None,
        verified=quote.verified if quote else None,
        epistemic=claim.epistemic,
        status=claim.status,
        role=role,
    )


def _without_effect(assembly: Assembly) -> list[Intervention]:
    """Return the interventions for which a null result was seen; none is ever inferred."""
    by_intervention: dict[tuple[str, int], list[ClaimView]] = {}
    canon = assembly.lens.canon
    for claim in assembly.about:
        made = null_intervention(claim, canon)
        outcome = claim.outcome.top
        if (
            made is not None
            and outcome is not None
            and canon.canonical(outcome.id) == assembly.outcome
            and claim.status not in SETTLED
            and (assembly.question.include_candidates or claim.status == "accepted")
            and claim.epistemic not in BESIDE
            and not claim.retracted
        ):
            by_intervention.setdefault(made, []).append(claim)
    return [
        _null_intervention(target, change, claims, assembly)
        for (target, change), claims in by_intervention.items()
    ]


def _null_intervention(
    target: str, change: int, claims: list[ClaimView], assembly: Assembly
) -> Intervention:
    claims.sort(key=lambda c: (-_worth(c), c.id))
    asked = assembly.question.context
    agreement = min(
        (agreement_of(findings(c, asked, assembly.lens.canon)) for c in claims),
        key=agreement_order,
    )
    papers, independent = _papers(claims, assembly)
    return Intervention(
        target=_named(target, assembly.reading),
        perturbation=InterventionPerturbation(
            type=intervention_type(change, _is_substance(target, assembly.reading)),
            direction=sign_of(change),
        ),
        tier=Tier.OBSERVED,
        matched=True,
        belief=rounded(_worth(claims[0])),
        weakest=rounded(_worth(claims[0])),
        agreement=agreement,
        paths=(),
        evidence=tuple(_evidence_item(claim, "ground") for claim in claims),
        claim_count=len(claims),
        papers=papers,
        independent_papers=independent,
    )


def _worth(claim: ClaimView) -> float:
    return EPISTEMIC_RELIABILITY[claim.epistemic] * EVIDENCE_FACTOR[claim.evidence.type]


def _named(entity: str, reading: Reading) -> NamedEntity:
    known = reading.entities.get(entity)
    return NamedEntity(
        id=entity, name=known.name if known else entity, category=known.category if known else None
    )


def _is_substance(entity: str, reading: Reading) -> bool:
    known = reading.entities.get(entity)
    return known is not None and known.category in SUBSTANCES
