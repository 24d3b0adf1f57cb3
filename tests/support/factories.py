"""Small, whole values for tests: articles with their text, claims with true spans, and the rest."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from app.graph.port import GraphWriter
from app.model.account import Job, JobStatus, Token, TokenKind, User
from app.model.article import AbstractPart, Author, Citation, PartialDate, Record, fold, text_of
from app.model.claim import (
    PERTURBATION_DIRECTION,
    Claim,
    Composition,
    ContextItem,
    Evidence,
    Extraction,
    ImportSource,
    Member,
    Outcome,
    Participant,
    Perturbation,
    Predicate,
)
from app.model.decision import Decision
from app.model.edge import Edge
from app.model.entity import Entity, EntityRelation
from app.model.text import Grounding, Mention, Quote, Span, sha256_of
from app.model.vocabulary import (
    Aspect,
    Category,
    CompositionOp,
    ContextType,
    DecisionType,
    DocumentFormat,
    Epistemic,
    EvidenceType,
    OutcomeDirection,
    PerturbationType,
    PredicateType,
    RelationType,
    Role,
    Side,
    Sign,
    Supports,
)

NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Paper:
    """An article before it is stored: its id, its record and its citation key."""

    id: str
    record: Record
    key: str | None

    @property
    def text(self) -> str:
        return text_of(self.record.citation)

    @property
    def sha256(self) -> str:
        return sha256_of(self.text)

    def put(self, writer: GraphWriter) -> None:
        """Store the article whole."""
        writer.add_article(self.id)
        writer.put_record(self.id, self.record, self.key)
        article = fold(self.id, writer.article_records(self.id))
        writer.put_text(self.id, article.text, article.text_sha256)
        for alias in self.record.citation.identifiers:
            writer.put_alias(alias, self.id)


def record(
    title: str = "Curcumin prevents EMT.",
    abstract: str = "Curcumin blocked NF-kappaB. Inhibition of NF-kappaB reversed EMT.",
    *,
    identifiers: tuple[str, ...] = (),
    document_format: DocumentFormat = DocumentFormat.PUBMED_XML,
    version: int = 1,
    revised: date | None = None,
    authors: tuple[str, ...] = ("Huber",),
    publication_types: tuple[str, ...] = (),
    year: int | None = 2004,
) -> Record:
    """A source's record with one unlabelled abstract."""
    return Record(
        format=document_format,
        version=version,
        revised=revised,
        citation=Citation(
            title=title,
            abstract=(AbstractPart(text=abstract),) if abstract else (),
            identifiers=identifiers,
            authors=tuple(Author(last_name=name, initials="A") for name in authors),
            publication_types=publication_types,
            published=PartialDate(year=year) if year else None,
        ),
    )


def paper(number: int = 1, *, key: str | None = None, **fields: object) -> Paper:
    """Article ``a0001`` with PMID 1, and so on; ``fields`` are those of :func:`record`."""
    given: dict[str, object] = {"identifiers": (f"PMID:{number}",), **fields}
    return Paper(f"a{number:04d}", record(**given), key)  # type: ignore[arg-type]


def span(text: str, words: str) -> Span:
    """The first place of ``words`` in ``text``."""
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def quote(text: str, words: str) -> Quote:
    """A verified quote of ``words``."""
    place = span(text, words)
    return Quote(
        text=words, start=place.start, end=place.end, sha256=sha256_of(text), verified=True
    )


def grounding(entity: str, name: str | None = None, score: float = 1.0) -> Grounding:
    return Grounding(id=entity, name=name or entity, score=score)


def claim(
    text: str,
    *,
    agent: str = "NF-kappaB",
    agent_id: str | None = "FPLX:NFkappaB",
    outcome: str = "EMT",
    outcome_id: str | None = "GO:0001837",
    perturbation: PerturbationType = PerturbationType.INHIBITION,
    predicate: PredicateType = PredicateType.REVERSES,
    direction: OutcomeDirection = OutcomeDirection.DOWN,
    aspect: Aspect | None = Aspect.MAINTENANCE,
    context: tuple[str, ...] = (),
    members: tuple[str, ...] = (),
    means: str | None = None,
    epistemic: Epistemic = Epistemic.DEMONSTRATED,
    evidence: EvidenceType = EvidenceType.LOSS_OF_FUNCTION,
    words: str | None = None,
) -> Claim:
    """A claim on ``text`` whose spans stand in it; ``words`` is its quote (default: all)."""
    mention = span(text, agent)
    return Claim(
        text_sha256=sha256_of(text),
        agent=Participant(
            mention=mention,
            groundings=(grounding(agent_id),) if agent_id else (),
            composition=_composition(members),
        ),
        perturbation=Perturbation(
            type=perturbation,
            direction=PERTURBATION_DIRECTION[perturbation] or Sign.UNSIGNED,
            means=Mention(mention=mention, groundings=(grounding(means),)) if means else None,
        ),
        predicate=Predicate(type=predicate),
        outcome=Outcome(
            mention=span(text, outcome),
            groundings=(grounding(outcome_id),) if outcome_id else (),
            direction=direction,
            aspect=aspect,
        ),
        context=tuple(
            ContextItem(type=ContextType.ORGANISM, groundings=(grounding(entity),))
            for entity in context
        ),
        evidence=Evidence(type=evidence, supports=Supports.NECESSITY),
        epistemic=epistemic,
        quotes=(quote(text, words or text),),
    )


def imported(
    edge_id: str,
    publications: tuple[str, ...] = (),
    subject: str = "HGNC:11766",
    target: str = "GO:0001837",
    *,
    raises: bool = True,
) -> Claim:
    """A claim of an import without text, which names these publications."""
    return Claim(
        text_sha256=None,
        agent=Participant(groundings=(grounding(subject),)),
        perturbation=Perturbation(type=PerturbationType.OVEREXPRESSION, direction=Sign.POSITIVE),
        predicate=Predicate(type=PredicateType.INCREASES if raises else PredicateType.DECREASES),
        outcome=Outcome(
            groundings=(grounding(target),),
            direction=OutcomeDirection.UP if raises else OutcomeDirection.DOWN,
        ),
        evidence=Evidence(type=EvidenceType.GAIN_OF_FUNCTION),
        epistemic=Epistemic.UNSTATED,
        source=ImportSource(
            resource="infores:test", edge=f"infores:test {edge_id}", publications=publications
        ),
    )


def _composition(members: tuple[str, ...]) -> Composition | None:
    if not members:
        return None
    return Composition(
        op=CompositionOp.AND,
        members=tuple(Member(groundings=(grounding(member),)) for member in members),
    )


def entity(
    curie: str = "GO:0001837",
    name: str = "epithelial to mesenchymal transition",
    category: Category = Category.BIOLOGICAL_PROCESS,
    synonyms: tuple[str, ...] = (),
) -> Entity:
    return Entity(id=curie, name=name, category=category, synonyms=synonyms)


def relation(
    subject: str,
    kind: RelationType,
    object_: str,
    role: Sign | None = None,
    source: str = "test",
) -> EntityRelation:
    return EntityRelation(subject=subject, type=kind, object=object_, role=role, source=source)


def edge(
    subject: str = "FPLX:NFkappaB",
    object_: str = "GO:0001837",
    sign: Sign = Sign.POSITIVE,
    side: Side | None = Side.LOSS,
    aspect: Aspect | None = Aspect.MAINTENANCE,
    rule: str = "loss-of-function",
) -> Edge:
    return Edge(subject=subject, object=object_, sign=sign, side=side, aspect=aspect, rule=rule)


def extraction(version: str = "1", confidence: float = 0.9, reader: str = "rules") -> Extraction:
    return Extraction(reader=reader, version=version, rule="r1", confidence=confidence)


def decision(
    identifier: str,
    claim_id: str,
    kind: DecisionType = DecisionType.ACCEPT,
    *,
    revision: int = 1,
    created_at: datetime = NOON,
    reason: str | None = None,
) -> Decision:
    return Decision(
        id=identifier,
        type=kind,
        claim=claim_id,
        actor="curator",
        reason=reason,
        revision=revision,
        created_at=created_at,
    )


def user(name: str = "ada", role: Role = Role.CURATOR) -> User:
    return User(name=name, role=role, created_at=NOON)


def token(
    secret: str = "secret",  # noqa: S107  opens nothing but a test's store
    owner: str = "ada",
    **fields: object,
) -> Token:
    given: dict[str, object] = {
        "id": f"id-{secret}",
        "kind": TokenKind.PERSONAL,
        "user": owner,
        "name": "a script",
        "sha256": sha256_of(secret),
        "created_at": NOON,
        **fields,
    }
    return Token.model_validate(given)


def job(identifier: str = "j1", status: JobStatus = JobStatus.QUEUED, **fields: object) -> Job:
    given: dict[str, object] = {
        "id": identifier,
        "kind": "ingest",
        "status": status,
        "owner": "ada",
        "created_at": NOON,
        "updated_at": NOON,
        **fields,
    }
    return Job.model_validate(given)
