"""A seeded service with its TRAPI door, and the standard's own validators, without a network."""

import copy
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from fastapi.testclient import TestClient

from app.bootstrap import build, service
from app.services.seeds import load_seeds
from app.settings import Settings

SHARED = Path(os.environ.get("EVIPATH_SHARED", Path(__file__).parents[3] / "shared"))
STANDARDS = SHARED / "standards"
EMT = "GO:0001837"
NFKB = "FPLX:NFkappaB"
VERSIONS = ("2.0", "1.6")


def need_standards() -> None:
    if not STANDARDS.is_dir():
        pytest.skip("the standards are not there; set EVIPATH_SHARED")


def strict_errors(version: str, schema: str, body: Any) -> list[str]:
    """Check JSON against the standard's own schema: this alone finds nulls and empty arrays."""
    need_standards()
    file = STANDARDS / f"TranslatorReasonerAPI_{version}.0.yaml"
    spec = yaml.safe_load(file.read_text("utf-8"))
    for name in ("Query", "Response"):
        # The workflow's schema is on the network.
        spec["components"]["schemas"][name]["properties"]["workflow"] = {"type": "array"}
    wanted = {"$ref": f"#/components/schemas/{schema}", "components": spec["components"]}
    found = jsonschema.Draft202012Validator(wanted).iter_errors(body)
    return [f"{error.json_path}: {error.message[:200]}" for error in found]


def tom_errors(version: str, model: str, body: Any, directory: Path) -> list[str]:
    """Check JSON with ``tom-validate``; return what it calls errors."""
    file = directory / "body.json"
    file.write_text(json.dumps(body), "utf-8")
    command = [sys.executable, "-m", "translator_tom.scripts.validate", "-V", version]
    done = subprocess.run([*command, model, str(file)], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return []
    return (done.stdout.partition("Errors (")[2] or done.stdout + done.stderr).splitlines()


@dataclass
class Trapi:
    """A client of one version, whose every answer is held against the standard's schema."""

    client: TestClient
    version: str

    def post(self, body: Any, path: str = "query") -> Any:
        return self.client.post(f"/trapi/{self.version}/{path}", json=body)

    def ask(self, graph: dict[str, Any], **more: Any) -> dict[str, Any]:
        """Ask a query graph; the answer must be valid."""
        response = self.post({"message": {"query_graph": graph}, **more})
        assert response.status_code == 200, response.text
        body: dict[str, Any] = response.json()
        assert strict_errors(self.version, "Response", body) == []
        return body

    def edge(self, **fields: Any) -> dict[str, Any]:
        """A query edge from ``s`` to ``o``, written as this version does."""
        edge: dict[str, Any] = {"subject": "s", "object": "o", **fields}
        if self.version == "2.0":
            return edge
        constraints = edge.pop("constraints", {})
        if "attributes" in constraints:
            edge["attribute_constraints"] = constraints["attributes"]
        if "qualifiers" in constraints:
            edge["qualifier_constraints"] = [
                {
                    "qualifier_set": [
                        {"qualifier_type_id": name, "qualifier_value": value}
                        for name, value in each.items()
                    ]
                }
                for each in constraints["qualifiers"]
            ]
        return edge

    def one_hop(self, subject: Any, target: Any, **fields: Any) -> dict[str, Any]:
        return self.ask({"nodes": {"s": subject, "o": target}, "edges": {"e": self.edge(**fields)}})


def bound(result: dict[str, Any], node: str) -> list[str]:
    """The identifiers bound to a node of the query, in either version."""
    binding = result["node_bindings"][node]
    return binding["ids"] if isinstance(binding, dict) else [each["id"] for each in binding]


def edges_of(body: dict[str, Any], result: dict[str, Any], edge: str = "e") -> list[Any]:
    """The knowledge edges bound to an edge of the query, in either version."""
    binding = result["analyses"][0]["edge_bindings"][edge]
    ids = binding["ids"] if isinstance(binding, dict) else [each["id"] for each in binding]
    return [body["message"]["knowledge_graph"]["edges"][each] for each in ids]


def qualifiers(edge: dict[str, Any]) -> dict[str, str]:
    return {
        each["qualifier_type_id"].removeprefix("biolink:"): each["qualifier_value"]
        for each in edge.get("qualifiers", ())
    }


@contextmanager
def serving(directory: Path) -> Iterator[TestClient]:
    """Serve a fresh, seeded store; callbacks may go to this machine."""
    settings = Settings(
        store=f"sqlite:///{directory / 'graph.db'}",
        data_dir=directory,
        extraction=False,
        trapi_batch_limit=3000,
        trapi_callback_hosts="127.0.0.1",
        trapi_private_callbacks=True,
    )
    parts = build(settings)
    load_seeds(parts.store)
    parts.store.close()
    with TestClient(service(settings)) as made:
        yield made


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with serving(tmp_path_factory.mktemp("trapi")) as made:
        yield made


@pytest.fixture(params=VERSIONS)
def trapi(request: pytest.FixtureRequest, client: TestClient) -> Trapi:
    return Trapi(client, request.param)


@pytest.fixture
def newest(client: TestClient) -> Trapi:
    return Trapi(client, "2.0")


def without(body: dict[str, Any], *path: str | int) -> dict[str, Any]:
    """A copy with one place taken out."""
    made = copy.deepcopy(body)
    place: Any = made
    for part in path[:-1]:
        place = place[part]
    del place[path[-1]]
    return made
