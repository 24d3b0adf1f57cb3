"""The OpenAPI document: complete, with examples that are true to it."""

from typing import Any

import jsonschema
import pytest

from app.api.openapi import PROBLEMS
from tests.api.conftest import Service


@pytest.fixture
def document(shown: Service) -> Any:
    return shown.client.get("/openapi.json").json()


def operations(document: Any) -> list[tuple[str, Any]]:
    return [(p, op) for p, methods in document["paths"].items() for op in methods.values()]


def test_every_operation_says_what_it_is(document: Any) -> None:
    assert document["openapi"].startswith("3.1")
    ids = [operation["operationId"] for _, operation in operations(document)]
    assert len(ids) == len(set(ids)) == 58
    for path, operation in operations(document):
        assert path.startswith("/api/v1/")
        assert operation["summary"]
        assert operation["description"]


def test_every_example_is_of_the_form_that_it_stands_for(document: Any) -> None:
    for _, operation in operations(document):
        for status, response in operation["responses"].items():
            for media_type, content in response.get("content", {}).items():
                assert "example" in content, (operation["operationId"], status)
                if media_type == "application/json":
                    schema = {**content["schema"], "components": document["components"]}
                    jsonschema.validate(content["example"], schema)


def test_problems_are_shared(document: Any) -> None:
    for _, operation in operations(document):
        for status, response in operation["responses"].items():
            if status[0] in "45":
                assert response == {"$ref": f"#/components/responses/Problem{status}"}
        assert {"400", "406", "422", "500", "503"} <= operation["responses"].keys()
    assert set(document["components"]["responses"]) == {f"Problem{s}" for s in PROBLEMS}


def test_the_page_of_the_interface_needs_nothing_from_elsewhere(shown: Service) -> None:
    page = shown.client.get("/docs")
    assert page.status_code == 200
    assert "<script" not in page.text
    assert 'src="http' not in page.text
    for path in shown.client.get("/openapi.json").json()["paths"]:
        assert f"<code>{path}</code>" in page.text
