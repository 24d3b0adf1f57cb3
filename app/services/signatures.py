"""Which interventions explain or reverse a signature: the graph is read, fits are computed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from app.graph.port import GraphStore, GraphView
from app.model.answer import NamedEntity
from app.model.claim import ClaimView
from app.model.entity import Entity
from app.model.errors import BadInput, FieldError, TooLarge
from app.model.limits import MOST_SIGNATURE
from app.model.signature import (
    SignatureAnswer,
    SignatureGoal,
    SignatureHit,
    SignatureMatch,
    SignatureQuestion,
    SignatureSummary,
)
from app.reasoning import interventions as reasoning
from app.reasoning.columns import Floats
from app.reasoning.context import Asked
from app.reasoning.engine import Stop
from app.reasoning.grounds import evidence_item
from app.reasoning.hierarchy import NOTHING_KNOWN
from app.reasoning.lens import Lens
from app.reasoning.paths import show_paths
from app.reasoning.search import Search, Walk
from app.reasoning.signature import LEAST, Fits, Measured, Stopped, fits, predictions
from app.reasoning.steps import Reading
from app.services import revisions
from app.services.claims import claim_views
from app.services.reasoning import Reasoner
from app.services.signature_names import Used, used_of
from app.services.stopping import need_asker

HITS_SHOWN = 3
"""Measured entities that each match shows with a path."""

METHOD = (
    "Pearson correlation of weights with net influence over signed walks of at most {hops} hops; "
    "{permutations} permutations of the weights over {measured} measured entities; two-sided p, "
    "adjusted for {tested} targets by step-down maxT (Westfall and Young 1993)."
)
_TOO_LONG = (
    "The signature was not compared in time. Ask for fewer entities, hops, permutations or less "
    "background."
)
_FLAT = (
    "All that was measured has the same weight, so that nothing can be compared. Name unchanged "
    "entities with the weight 0, or ask for a background."
)
_NOBODY = "No signed path of at most {hops} hops leads to anything that was measured."


def match_signature(
    store: GraphStore, reasoner: Reasoner, question: SignatureQuestion, *, limit: int = 10
) -> SignatureAnswer:
    """Return the interventions that fit a signature, best first; the same seed, the same answer.

    Names that are not used are reported. Raises BadInput where a weight is no number, where no name
    is known or all weights are alike, and TooLarge where it was stopped.
    """
    _need_numbers(question)
    revision = revisions.resolve(store, question.as_of)
    with store.view(revision.number) as view, reasoner.stopping() as stop:
        lens = reasoner.index_of(view).lens(
            candidates=question.include_candidates, background=question.include_background
        )
        used = used_of(view, lens, question.weights)
        measured, drawn = _measured(lens, used, question)
        try:
            predicted = predictions(lens, measured.places, question.max_hops, stop)
            found = fits(
                predicted,
                measured,
                explain=question.goal is SignatureGoal.EXPLAIN,
                permutations=question.permutations,
                seed=question.seed,
                stop=stop,
            )
        except Stopped:
            need_asker(stop)
            raise TooLarge(_TOO_LONG) from None
        matches = _Shower(view, lens, question, measured, found, stop).matches(limit)
    tested = len(found.entity)
    return SignatureAnswer(
        query=_summary(question, used, drawn),
        snapshot=revisions.snapshot_of(revision),
        matches=matches,
        tested=tested,
        unused=used.unused,
        method=METHOD.format(
            hops=question.max_hops,
            permutations=question.permutations,
            measured=len(measured.places),
            tested=tested,
        ),
        note=None if tested else _NOBODY.format(hops=question.max_hops),
    )


def weights_of(
    up: Sequence[str], down: Sequence[str], weights: Mapping[str, float]
) -> dict[str, float]:
    """Return the weights of a signature given in parts.

    Raises BadInput for a name that stands in several of them, and where none is given.
    """
    parts = (dict.fromkeys(up, 1.0), dict.fromkeys(down, -1.0), weights)
    names = [name for part in parts for name in part]
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    if twice:
        raise BadInput(
            f"Given more than once, in up, down or weights: {', '.join(twice[:10])}.",
            [FieldError("/up", f"{name} stands elsewhere, too") for name in twice[:20]],
        )
    if not names:
        raise BadInput(
            "The signature is empty: give up, down or weights.", [FieldError("/weights", "empty")]
        )
    if len(names) > MOST_SIGNATURE:
        raise TooLarge(
            f"A signature has at most {MOST_SIGNATURE} entities; these are {len(names)}."
        )
    return {name: float(weight) for part in parts for name, weight in part.items()}


def _need_numbers(question: SignatureQuestion) -> None:
    bad = [name for name, weight in question.weights.items() if not isfinite(weight)]
    if bad:
        listed = ", ".join(bad[:5])
        raise BadInput(
            f"{len(bad)} weights are no finite numbers: {listed}. Leave these entities out.",
            [FieldError(f"/weights/{name}", "is no finite number") for name in bad[:20]],
        )


def _measured(lens: Lens, used: Used, question: SignatureQuestion) -> tuple[Measured, int]:
    """Return what was measured, and how many entities were drawn as background."""
    if not used.weights:
        raise BadInput(
            "No entity of the signature is known with a signed link in this graph.",
            [FieldError("/weights", f"{one.name}: {one.note}") for one in used.unused[:20]],
        )
    places = np.array(sorted(used.weights), dtype=np.int64)
    weight = np.array([used.weights[place] for place in places.tolist()])
    regulated = np.unique(lens.index.hops.object[(lens.belief > 0) & (lens.index.hops.sign != 0)])
    others = np.setdiff1d(regulated, places)
    dice = np.random.default_rng((question.seed, 1))
    drawn = np.sort(dice.permutation(others)[: question.background])
    # Only proportions count; so huge weights can't overflow.
    weight = np.r_[weight, np.zeros(len(drawn))] / (np.abs(weight).max() or 1.0)
    if float(weight.std()) < LEAST:
        raise BadInput(_FLAT, [FieldError("/weights", "all alike")])
    return Measured(np.r_[places, drawn], weight), len(drawn)


def _summary(question: SignatureQuestion, used: Used, drawn: int) -> SignatureSummary:
    kept = question.model_dump(exclude={"weights", "background"})
    return SignatureSummary(
        **kept,
        given=len(question.weights),
        used=len(used.weights),
        merged=used.merged,
        background=drawn,
    )


@dataclass(frozen=True)
class _Shower:
    view: GraphView
    lens: Lens
    question: SignatureQuestion
    measured: Measured
    found: Fits
    stop: Stop

    def matches(self, limit: int) -> tuple[SignatureMatch, ...]:
        """Return the first matches with the paths to what they change."""
        rows = range(min(limit, len(self.found.entity)))
        hits = [self._hits(row) for row in rows]
        walks = [walk for each in hits for _, walk in each if walk is not None]
        claims = claim_views(self.view, reasoning.claims_needed(walks))
        reading = Reading(
            claims, self._entities(hits, walks, claims), Asked((), self.lens.canon, NOTHING_KNOWN)
        )
        return tuple(self._match(row, hits[row], reading) for row in rows)

    @property
    def _wished(self) -> int:
        return 1 if self.question.goal is SignatureGoal.EXPLAIN else -1

    def _effects(self, row: int) -> Floats:
        """Return what an intervention does to each weighted entity, above 0 the asked way."""
        line: Floats = self.found.predicted[[row]].toarray()[0]
        return line * self.measured.weight * self._wished

    def _hits(self, row: int) -> list[tuple[int, Walk | None]]:
        """Return the columns of the entities that count most, each with its best walk."""
        effects = self._effects(row)
        best = np.argsort(-effects, kind="stable")[:HITS_SHOWN]
        return [(int(at), self._walk(row, int(at))) for at in best if effects[at] > 0]

    def _walk(self, row: int, column: int) -> Walk | None:
        arriving = self._wished * (1 if self.measured.weight[column] > 0 else -1)
        search = Search(
            self.lens, [int(self.measured.places[column])], [arriving], self.question.max_hops,
            causal=True, stop=self.stop,
        )  # fmt: skip
        start = (int(self.found.entity[row]), int(self.found.change[row]))
        walks = search.walks([start], 1).walks
        return walks[0] if walks else None

    def _entities(
        self,
        hits: Sequence[list[tuple[int, Walk | None]]],
        walks: Sequence[Walk],
        claims: dict[str, ClaimView],
    ) -> dict[str, Entity]:
        names = self.lens.index.entities
        ids = {end for walk in walks for hop in walk.hops for end in (hop.subject, hop.object)}
        ids |= {names[int(self.found.entity[row])] for row in range(len(hits))}
        ids |= {names[int(self.measured.places[at])] for each in hits for at, _ in each}
        for claim in claims.values():
            ids |= {c.entity for edge in claim.edges for c in edge.condition if c.entity}
        return self.view.entities(sorted(ids))

    def _match(
        self, row: int, hits: list[tuple[int, Walk | None]], reading: Reading
    ) -> SignatureMatch:
        target = self.lens.index.entities[int(self.found.entity[row])]
        effects = self._effects(row)
        shown = tuple(self._hit(row, at, walk, reading) for at, walk in hits)
        first = dict.fromkeys(
            step.claims[0]
            for hit in shown
            if hit.path is not None
            for step in hit.path.steps
            if step.claims
        )
        return SignatureMatch(
            target=reasoning.named(target, reading),
            perturbation=reasoning.perturbation(target, int(self.found.change[row]), reading),
            correlation=round(float(self.found.correlation[row]), 6),
            p=round(float(self.found.p[row]), 6),
            adjusted_p=round(float(self.found.adjusted[row]), 6),
            agreeing=int((effects > 0).sum()),
            opposing=int((effects < 0).sum()),
            hits=shown,
            evidence=tuple(evidence_item(reading.claims[one], "ground") for one in first),
        )

    def _hit(self, row: int, at: int, walk: Walk | None, reading: Reading) -> SignatureHit:
        entity = self.lens.index.entities[int(self.measured.places[at])]
        named: NamedEntity = reasoning.named(entity, reading)
        return SignatureHit(
            entity=named,
            weight=float(f"{self.measured.weight[at]:.6g}"),
            predicted=float(f"{self.found.predicted[row, at]:.6g}"),
            path=show_paths([walk], reading)[0] if walk is not None else None,
        )
