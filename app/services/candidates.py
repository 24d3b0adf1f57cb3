"""What readers found in an article's text goes into the store: as candidates, never as more.

Reading an article again adds a line to each claim that is found again. A candidate that all of its
readers read the article again without finding is dropped, unless a curator ever decided on it. So
it is with the links that a reading proposes: a claim that nobody decided on has those of its latest
reading, a claim that somebody did keeps those that it has.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from app.curation.duplicates import same_statement
from app.curation.standing import state_after
from app.graph.port import GraphWriter
from app.model.article import Article
from app.model.claim import Claim, Extraction, Link, StoredClaim
from app.model.decision import Decision
from app.model.reading import ReadClaim, Reading
from app.model.vocabulary import Status
from app.reasoning.linking import PROPOSED
from app.services.claims import claim_ids_of_article
from app.services.edges import canonical_in, put_state_and_edges
from app.services.lexicon import put_lacking


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the claims of a reading.

    ``new`` are new candidates, ``again`` claims that were there by the same id, ``recognised``
    those that say what a claim of the article says already, ``dropped`` candidates that are no
    longer found.
    """

    new: int = 0
    again: int = 0
    recognised: int = 0
    dropped: int = 0

    def __add__(self, other: "Taken") -> "Taken":
        sums = (getattr(self, f.name) + getattr(other, f.name) for f in fields(Taken))
        return Taken(*sums)


def take_reading(writer: GraphWriter, article: Article, reading: Reading) -> Taken:
    """Store what was read in an article's present text, within the article's transaction."""
    put_lacking(writer, reading.entities, reading.relations)
    return _Taking(writer, article, reading).take()


class _Taking:
    """One reading on its way into the store, beside the claims that the article has."""

    def __init__(self, writer: GraphWriter, article: Article, reading: Reading) -> None:
        self._writer = writer
        self._article = article
        self._reading = reading
        self._canonical = canonical_in(writer)
        ids = claim_ids_of_article(writer, article.id)
        ids += [each.claim.id for each in reading.claims if each.claim.id not in set(ids)]
        self._held: dict[str, StoredClaim] = writer.claims(ids)
        self._decisions: Mapping[str, Sequence[Decision]] = writer.decisions_on(ids)
        self._extractions: Mapping[str, Sequence[Extraction]] = writer.extractions_of(ids)
        found = {each.claim.id for each in reading.claims}
        self._gone = {each for each in self._held if self._is_gone(each, found)}
        self._stored: dict[str, str] = {}

    def take(self) -> Taken:
        """Store all claims of the reading, then drop what is gone."""
        taken = Taken()
        new: list[Claim] = []
        for read in self._reading.claims:
            held = self._held.get(read.claim.id)
            if held is not None:
                self._again(held, read)
                self._stored[read.claim.id] = held.id
                taken += Taken(again=1)
            elif (same := self._same(read.claim)) is not None:
                self._add_lines(same, read)
                self._stored[read.claim.id] = same
                taken += Taken(recognised=1)
            else:
                self._put(read)
                self._stored[read.claim.id] = read.claim.id
                new.append(read.claim)
                taken += Taken(new=1)
        for claim_id in sorted(self._gone):
            taken += Taken(dropped=self._drop(self._held[claim_id], new))
        self._link()
        return taken

    def _is_gone(self, claim_id: str, found: set[str]) -> bool:
        """Tell whether all readers of an unjudged claim read again and did not find it."""
        ours = self._held[claim_id].article_id == self._article.id
        return ours and claim_id not in found and self._is_read_again(claim_id)

    def _again(self, held: StoredClaim, read: ReadClaim) -> None:
        self._add_lines(held.id, read)
        decisions = self._decisions.get(held.id, ())
        claim = held.claim
        if not decisions and held.article_id is not None and claim != read.claim:
            # The same words, grounded by a newer lexicon.
            claim = read.claim
            self._writer.put_claim(held.article_id, claim)
        dropped_by = {"dropped": False, "superseded_by": ()} if held.state.dropped else {}
        state = state_after(held.state.model_copy(update=dropped_by), decisions)
        put_state_and_edges(self._writer, claim, state, self._canonical)

    def _same(self, claim: Claim) -> str | None:
        """Return the id of a claim of the article that says the same and stays, if there is one.

        A claim of an earlier text counts where its quotes stand in the present one.
        """
        staying = [
            each
            for each in self._held.values()
            if each.id not in self._gone
            and not (each.state.dropped and each.state.status is Status.SUPERSEDED)
        ]
        staying.sort(key=lambda each: (_LAST.get(each.state.status, 0), each.id))
        for stored in staying:
            if same_statement(claim, self._now(stored), self._canonical):
                return stored.id
        return None

    def _now(self, stored: StoredClaim) -> Claim:
        """Return a claim as it stands in the article's present text."""
        quotes = stored.state.quotes
        if stored.claim.text_sha256 == self._article.text_sha256 or not quotes:
            return stored.claim
        if not all(quote.verified for quote in quotes):
            return stored.claim
        update = {"text_sha256": self._article.text_sha256, "quotes": quotes}
        return stored.claim.model_copy(update=update)

    def _put(self, read: ReadClaim) -> None:
        self._writer.put_claim(self._article.id, read.claim)
        self._add_lines(read.claim.id, read)
        stored = self._writer.claims([read.claim.id])[read.claim.id]
        put_state_and_edges(self._writer, read.claim, stored.state, self._canonical)

    def _link(self) -> None:
        """Give each claim that was found, and that nobody judged, the links of this reading.

        A link to a claim that this reading could not find, as of a reader that was not asked,
        stays; so do links of other types.
        """
        proposed: dict[str, set[Link]] = {each: set() for each in self._stored.values()}
        for each in self._reading.links:
            target = self._stored[each.link.claim]
            if target != self._stored[each.claim]:
                link = Link(type=each.link.type, claim=target)
                proposed[self._stored[each.claim]].add(link)
        ours = [e for e in sorted(proposed) if e not in self._held or self._is_read_again(e)]
        links = self._writer.links_of(ours)
        found = proposed.keys() | self._gone
        for claim_id in ours:
            held = set(links.get(claim_id, ()))
            for link in sorted(proposed[claim_id] - held, key=_by_target):
                self._writer.put_link(claim_id, link)
            stale = (each for each in held - proposed[claim_id] if each.type in PROPOSED)
            for link in sorted(stale, key=_by_target):
                if link.claim in found:
                    self._writer.close_link(claim_id, link)

    def _is_read_again(self, claim_id: str) -> bool:
        """Tell whether a claim stands by readers alone, all of which read the article now."""
        readers = {each.reader for each in self._extractions.get(claim_id, ())}
        ran = {each.reader for each in self._reading.reports if each.failure is None}
        return bool(readers) and readers <= ran and not self._decisions.get(claim_id)

    def _add_lines(self, claim_id: str, read: ReadClaim) -> None:
        for each in read.extractions:
            self._writer.add_extraction(claim_id, each)

    def _drop(self, stored: StoredClaim, new: Sequence[Claim]) -> int:
        if stored.state.dropped:
            return 0
        now = self._now(stored)
        instead = next((each for each in new if same_statement(now, each, self._canonical)), None)
        state = stored.state.model_copy(
            update={
                "status": Status.SUPERSEDED,
                "superseded_by": (instead.id,) if instead else (),
                "dropped": True,
            }
        )
        put_state_and_edges(self._writer, stored.claim, state, self._canonical)
        return 1


def _by_target(link: Link) -> tuple[str, str]:
    return link.type.value, link.claim


_LAST = {Status.SUPERSEDED: 2, Status.REJECTED: 1}
"""Of several claims that say the same, one that stands comes before one that was refused."""
