"""What an edge copied from its claim, revision by revision: needed where a past is written anew."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.graph.edge_codes import ClaimFacts
from app.model.paper import paper_of
from app.model.vocabulary import Epistemic, EvidenceType, Status


@dataclass(frozen=True, slots=True)
class Past:
    """All that an edge ever copied from one claim.

    ``articles`` and ``statuses`` hold versions as (rev_from, value); ``readings`` hold (rev_from,
    stored text, confidence). The order does not matter. ``publications`` are those of an import.
    """

    epistemic: Epistemic
    evidence: EvidenceType
    articles: Sequence[tuple[int, str | None]]
    statuses: Sequence[tuple[int, Status]]
    readings: Sequence[tuple[int, str, float]]
    publications: Sequence[str] = ()

    def at(self, revision: int) -> ClaimFacts:
        """Return what held of the claim at a revision.

        Raises ValueError where the claim or its state was not there yet.
        """
        articles = [each for each in self.articles if each[0] <= revision]
        statuses = [each for each in self.statuses if each[0] <= revision]
        readings = [each for each in self.readings if each[0] <= revision]
        if not articles or not statuses:
            raise ValueError(f"its claim has no state at revision {revision}")
        return ClaimFacts(
            paper=paper_of(max(articles, key=lambda each: each[0])[1], self.publications),
            status=max(statuses, key=lambda each: each[0])[1],
            epistemic=self.epistemic,
            evidence=self.evidence,
            confidence=max(readings)[2] if readings else 1.0,
        )

    def pieces(
        self, rev_from: int, rev_to: int | None
    ) -> Iterator[tuple[int, int | None, ClaimFacts]]:
        """Cut the time of an edge where what it copies changed: (rev_from, rev_to, facts)."""
        turns = sorted(
            {rev_from}
            | {
                each[0]
                for versions in (self.articles, self.statuses, self.readings)
                for each in versions
                if rev_from < each[0] and (rev_to is None or each[0] < rev_to)
            }
        )
        begin, facts = rev_from, self.at(rev_from)
        for turn in turns[1:]:
            then = self.at(turn)
            if then != facts:
                yield begin, turn, facts
                begin, facts = turn, then
        yield begin, rev_to, facts
