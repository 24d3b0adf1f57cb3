"""Whether the store holds what it should: every quote, hash, identifier, edge and rule."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final, TypeVar

from pydantic import ValidationError

from app.curation.anchoring import anchor
from app.curation.standing import state_after
from app.graph.port import ROW_KINDS, ClaimFilter, GraphStore, GraphView, Page, Row
from app.model.article import Article
from app.model.claim import Claim, StoredClaim
from app.model.decision import Decision
from app.model.errors import BadInput, Corrupt
from app.model.identifiers import PrefixMap, default_prefixes, imported_prefix
from app.model.text import sha256_of
from app.model.vocabulary import DecisionType
from app.reasoning.rules import RULE_VERSION
from app.services.edges import canonical_of, edges_of
from app.services.relations import misfit

Item = TypeVar("Item")

_PAGE: Final = 500
_TEXT: Final = ROW_KINDS.index("text")


class Kind(StrEnum):
    """What is wrong."""

    TEXT = "text"
    ARTICLE = "article"
    IDENTIFIER = "identifier"
    QUOTE = "quote"
    CLAIM_ID = "claim_id"
    STATUS = "status"
    EDGE = "edge"
    RULE_VERSION = "rule_version"
    LINK = "link"
    DECISION = "decision"
    RELATION = "relation"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that should not be: its kind, the id of the thing, and what is wrong with it."""

    kind: Kind
    key: str
    detail: str


def check(store: GraphStore) -> Iterator[Finding]:
    """Yield all that is wrong with the store's present graph, and with any text it ever held.

    A quote whose flag says that it no longer stands in its article's text is no fault; a flag
    that says otherwise than the text is one. Nothing is changed.
    """
    with store.view() as view:
        checking = _Check(store, view)
        for part, section in checking.sections:
            try:
                yield from section()
            except (ValidationError, Corrupt) as error:
                yield Finding(Kind.UNREADABLE, part, _first_line(error))


class _Check:
    """The parts of a check over one view."""

    def __init__(self, store: GraphStore, view: GraphView) -> None:
        self._store = store
        self._view = view
        # Prefixes that imported entities bear are registered by them.
        self._prefixes = default_prefixes()

    @property
    def sections(self) -> tuple[tuple[str, Callable[[], Iterator[Finding]]], ...]:
        """The parts by name, in the order in which they are checked."""
        return (
            ("texts", self._texts),
            ("articles", self._articles),
            ("entities", self._entities),
            ("relations", self._relations),
            ("claims", self._claims),
            ("edges", self._rule_versions),
        )

    # Articles and their texts

    def _texts(self) -> Iterator[Finding]:
        for row in _up_to_texts(self._store.dump()):
            text, said = str(row.fields["text"]), str(row.fields["sha256"])
            if sha256_of(text) != said:
                where = f"of article {row.fields['article_id']}"
                yield Finding(Kind.TEXT, said, f"the text {where} has another sha256 than its own")

    def _articles(self) -> Iterator[Finding]:
        for article in _all(lambda after: self._view.article_page(after, _PAGE)):
            if article.id not in self._view.articles_with_text(article.text_sha256):
                detail = "its stored text is not the one that its records give"
                yield Finding(Kind.ARTICLE, article.id, detail)
            yield from self._aliases(article)

    def _aliases(self, article: Article) -> Iterator[Finding]:
        names = article.citation.identifiers
        yield from _bad_curies(article.id, names, default_prefixes())
        owners = self._view.article_ids(names)
        for name in names:
            if owners.get(name) != article.id:
                owner = owners.get(name, "no article")
                detail = f"{name} of its records means {owner}"
                yield Finding(Kind.ARTICLE, article.id, detail)

    # Entities and relations

    def _entities(self) -> Iterator[Finding]:
        for entity in _all(lambda after: self._view.entity_page(None, after, _PAGE)):
            if entity.source and (brought := imported_prefix(entity.id)):
                self._prefixes = self._prefixes.with_prefixes({brought: f"urn:{brought}:"})
            names = (entity.id, entity.taxon) if entity.taxon else (entity.id,)
            yield from _bad_curies(entity.id, names, self._prefixes)

    def _relations(self) -> Iterator[Finding]:
        relations = self._view.relations()
        for start in range(0, len(relations), _PAGE):
            part = relations[start : start + _PAGE]
            ends = sorted({end for each in part for end in (each.subject, each.object)})
            known = self._view.entities(ends)
            for each in part:
                if (reason := misfit(each, known)) is not None:
                    yield Finding(Kind.RELATION, " ".join(each.key), reason)

    # Claims

    def _claims(self) -> Iterator[Finding]:
        canonical = canonical_of(self._view)
        after: str | None = None
        while True:
            page = self._view.claim_page(ClaimFilter(), after, _PAGE)
            ids = [stored.id for stored in page.items]
            decisions, edges = self._view.decisions_on(ids), self._view.edges_of(ids)
            of = {stored.article_id for stored in page.items if stored.article_id is not None}
            articles = self._view.articles(sorted(of))
            for stored in page.items:
                made = decisions.get(stored.id, ())
                yield from self._claim(stored)
                yield from _flags(stored, articles)
                yield from _status(stored, made)
                yield from self._decisions(stored.id, made)
                wanted = edges_of(stored.claim, stored.state.status, canonical)
                if edges.get(stored.id, ()) != wanted:
                    yield Finding(Kind.EDGE, stored.id, "its edges are not those of the rules")
            yield from self._links(ids)
            after = page.next_after
            if after is None:
                return

    def _claim(self, stored: StoredClaim) -> Iterator[Finding]:
        claim = stored.claim
        if claim.id != stored.id:
            yield Finding(Kind.CLAIM_ID, stored.id, f"its slots give the id {claim.id}")
        names = (*claim.entity_ids(), *claim.evidence.eco)
        yield from _bad_curies(stored.id, names, self._prefixes)
        yield from self._spans(stored.id, claim)

    def _spans(self, claim_id: str, claim: Claim) -> Iterator[Finding]:
        """Find quotes and spans that do not stand in the text that they count in."""
        if claim.text_sha256 is not None:
            text = self._view.text(claim.text_sha256)
            for span in claim.spans():
                if text is None or not span.matches(text):
                    place = f"{span.start}:{span.end}"
                    yield Finding(Kind.QUOTE, claim_id, f"{span.text!r} is not at {place}")
        for quote in claim.quotes:
            quoted = quote.span
            if quoted is None:
                continue
            text = self._view.text(quote.sha256) if quote.sha256 else None
            if text is None or not quoted.matches(text):
                place = f"{quoted.start}:{quoted.end}"
                yield Finding(Kind.QUOTE, claim_id, f"quote {quoted.text!r} is not at {place}")

    def _decisions(self, claim_id: str, decisions: Sequence[Decision]) -> Iterator[Finding]:
        known = {each.id for each in decisions}
        for each in decisions:
            if each.type is DecisionType.UNDO and each.undoes not in known:
                detail = f"decision {each.id} undoes {each.undoes}, which is not on the claim"
                yield Finding(Kind.DECISION, claim_id, detail)
            targets = each.replacements + ((each.link.claim,) if each.link else ())
            for missing in self._missing(targets):
                detail = f"decision {each.id} names claim {missing}, which is not there"
                yield Finding(Kind.DECISION, claim_id, detail)

    def _links(self, claims: Sequence[str]) -> Iterator[Finding]:
        for claim_id, links in self._view.links_of(claims).items():
            missing = self._missing([link.claim for link in links])
            for target in missing:
                detail = f"a link goes to claim {target}, which is not there"
                yield Finding(Kind.LINK, claim_id, detail)

    def _missing(self, claims: Sequence[str]) -> list[str]:
        """Return those of ``claims`` that are not there and were not purged."""
        known = self._view.claims(claims) if claims else {}
        missing = [claim for claim in claims if claim not in known]
        return [claim for claim in missing if claim not in self._purged] if missing else []

    @cached_property
    def _purged(self) -> frozenset[str]:
        rows = self._store.dump()
        return frozenset(str(row.fields["key"]) for row in rows if row.kind == "tombstone")

    def _rule_versions(self) -> Iterator[Finding]:
        last: str | None = None
        for stored in self._view.edges():
            if stored.rule_version != RULE_VERSION and stored.claim != last:
                last = stored.claim
                detail = f"its edges are of rule version {stored.rule_version}, not {RULE_VERSION}"
                yield Finding(Kind.RULE_VERSION, stored.claim, f"{detail}: run evipath rebuild")


def _flags(stored: StoredClaim, articles: Mapping[str, Article]) -> Iterator[Finding]:
    """Find quotes whose place or flag is not what the article's present text says."""
    if stored.article_id is None:
        return
    article = articles.get(stored.article_id)
    if article is None:
        yield Finding(Kind.ARTICLE, stored.id, f"there is no article {stored.article_id}")
        return
    wanted = anchor(stored.claim.quotes, article.text, article.text_sha256)
    if stored.state.quotes != wanted:
        yield Finding(Kind.QUOTE, stored.id, "its quotes are not flagged as the text says")


def _status(stored: StoredClaim, decisions: Sequence[Decision]) -> Iterator[Finding]:
    wanted = state_after(stored.state, decisions)
    if stored.state != wanted:
        detail = f"it is {stored.state.status}, but its decisions make it {wanted.status}"
        yield Finding(Kind.STATUS, stored.id, detail)


def _bad_curies(key: str, names: Iterable[str], prefixes: PrefixMap) -> Iterator[Finding]:
    for name in names:
        try:
            written = prefixes.normalise(name)
        except BadInput as error:
            yield Finding(Kind.IDENTIFIER, key, str(error))
            continue
        if written != name:
            yield Finding(Kind.IDENTIFIER, key, f"{name} is written {written}")


def _all(read: Callable[[str | None], Page[Item]]) -> Iterator[Item]:
    after: str | None = None
    while True:
        page = read(after)
        yield from page.items
        after = page.next_after
        if after is None:
            return


def _up_to_texts(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the texts of a dump, and read no further."""
    for row in rows:
        kind = ROW_KINDS.index(row.kind)
        if kind > _TEXT:
            return
        if kind == _TEXT:
            yield row


def _first_line(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
