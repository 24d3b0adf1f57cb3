"""The compose file: both services, their health checks and volumes, and no secret."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SECRET = re.compile(r"PASSWORD|SECRET|TOKEN$|AUTH")


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))


def test_it_holds_the_service_and_neo4j(compose: dict) -> None:
    assert set(compose["services"]) == {"service", "neo4j"}
    assert compose["services"]["neo4j"]["image"] == "neo4j:5.26-community"
    assert compose["services"]["service"]["build"] == "."
    assert (ROOT / "Dockerfile").is_file()


@pytest.mark.parametrize("name", ["service", "neo4j"])
def test_health_is_checked_and_data_lie_in_named_volumes(compose: dict, name: str) -> None:
    service = compose["services"][name]
    assert service["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")
    assert service["healthcheck"]["interval"]
    for volume in service["volumes"]:
        assert volume.partition(":")[0] in compose["volumes"]


def test_the_service_waits_for_a_healthy_store(compose: dict) -> None:
    assert compose["services"]["service"]["depends_on"] == {
        "neo4j": {"condition": "service_healthy"}
    }


def test_no_secret_is_written_down(compose: dict) -> None:
    secrets = [
        value
        for service in compose["services"].values()
        for name, value in service["environment"].items()
        if SECRET.search(name) and "REQUIRE" not in name
    ]
    assert secrets
    for value in secrets:
        assert re.fullmatch(r"(neo4j/)?\$\{NEO4J_PASSWORD:\?[^}]+\}", value)
    assert "NEO4J_PASSWORD=\n" in (ROOT / ".env.example").read_text("utf-8")
    assert ".env" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


def test_the_image_installs_by_hash_and_runs_without_root() -> None:
    text = (ROOT / "Dockerfile").read_text("utf-8")
    assert "--require-hashes -r requirements.txt" in text
    assert re.search(r"^USER (?!root)", text, re.MULTILINE)
    assert "HEALTHCHECK" in text
