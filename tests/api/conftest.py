"""A service over a real SQLite store with two papers, a few entities and curated claims."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.api.app import create_app
from app.api.container import Container
from app.bootstrap import build
from app.graph.port import GraphWriter
from app.model.claim import ClaimView
from app.model.vocabulary import Category, Effect, RelationType, Role
from app.services import accounts, curated
from app.settings import Settings
from tests.support import factories

ENTITIES = (
    factories.entity(synonyms=("EMT", "epithelial-mesenchymal transition")),
    factories.entity("MESH:D058750", "Epithelial-Mesenchymal Transition"),
    factories.entity("FPLX:NFkappaB", "NF-kappaB", Category.GENE_FAMILY, ("NFkB",)),
    factories.entity("CHEBI:3962", "curcumin", Category.SMALL_MOLECULE),
    factories.entity("HGNC:7794", "NFKB1", Category.GENE, ("p50", "twin")),
    factories.entity("HGNC:7795", "NFKB2", Category.GENE, ("p52", "twin")),
    factories.entity("NCBITaxon:10090", "Mus musculus", Category.ORGANISM_TAXON, ("mouse",)),
)
FIRST = factories.paper(15314694)
SECOND = factories.paper(
    2, title="A second paper.", abstract="NF-kappaB is needed for EMT.", authors=("Other",)
)


@dataclass
class Service:
    """A running service: its client, its parts, and tokens by role."""

    client: TestClient
    parts: Container
    tokens: dict[Role, str]
    claims: list[ClaimView] = field(default_factory=list)

    def headers(self, role: Role = Role.CURATOR, **more: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens[role]}", **more}

    def get(self, path: str, **parameters: object) -> dict[str, object]:
        """GET below the base path; it must succeed."""
        response = self.client.get(f"/api/v1{path}", params=parameters)  # type: ignore[arg-type]
        assert response.status_code == 200, response.text
        body = response.json()
        assert isinstance(body, dict)
        return body


def fill(parts: Container) -> list[ClaimView]:
    """Put entities and papers in, and let a curator add the claims."""

    def work(writer: GraphWriter) -> None:
        for entity in ENTITIES:
            writer.put_entity(entity)
        writer.put_relation(factories.relation("MESH:D058750", RelationType.SAME_AS, "GO:0001837"))
        writer.put_relation(
            factories.relation("HGNC:7794", RelationType.MEMBER_OF, "FPLX:NFkappaB")
        )
        for paper in (FIRST, SECOND):
            paper.put(writer)

    parts.store.write("test", "entities and papers", work)
    added = factories.claim(
        FIRST.text, words="Inhibition of NF-kappaB reversed EMT", context=("NCBITaxon:10090",)
    )
    return [curated.add_claim(parts.store, added, actor="ada")]


def settings(path: Path, **more: object) -> Settings:
    return Settings(store=f"sqlite:///{path / 'graph.db'}", body_limit=200_000, **more)  # type: ignore[arg-type]


def running(path: Path, **more: object) -> Iterator[Service]:
    parts = build(settings(path, **more))
    tokens = {role: accounts.create(parts.store.accounts, role.value, role)[1] for role in Role}
    claims = fill(parts)
    with TestClient(create_app(parts)) as client:
        yield Service(client, parts, tokens, claims)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """A service of the test's own, to write to."""
    yield from running(tmp_path)


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One service for all tests that only read."""
    yield from running(tmp_path_factory.mktemp("shown"))


@pytest.fixture(scope="session")
def effects() -> list[str]:
    return [effect.value for effect in Effect]
