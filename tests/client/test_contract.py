"""The client has every operation with every parameter, and its models are those of the service."""

import ast
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from evipath_client import _forward, _jobs, _questions, _reading, _writing, models
from evipath_client.client import AsyncClient, Client, Operations
from tools.reference import client_models
from tools.reference.rest import METHODS, openapi

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "client/evipath_client").glob("*.py"))

LEFT_OUT = {
    "follow_job": "wait asks for the job again and again",
    "get_session": "of the page",
    "sign_in": "of the page",
    "sign_out": "of the page",
    "begin_oidc": "of the page",
    "finish_oidc": "of the page",
    "list_tokens": "of the page",
    "add_token": "of the page",
    "revoke_token": "of the page",
    "list_users": "of the page and the command line",
    "add_user": "of the page and the command line",
    "change_user": "of the page",
    "revoke_user": "of the page and the command line",
    "revoke_user_token": "of the page",
    "metrics": "for Prometheus",
}
"""The operations that the client does not have, and why."""

FUNCTIONS: dict[str, tuple[Callable[..., Any], ...]] = {
    "find_bypass": (_questions.bypass,),
    "get_matrix": (_questions.matrix,),
    "get_contrast": (_questions.contrast,),
    "get_requirements": (_questions.requirements,),
    "find_interventions": (
        _questions.interventions,
        _questions.all_interventions,
        _questions.means,
    ),
    "find_consequences": (_forward.consequences, _forward.all_consequences),
    "match_signature": (_forward.signature,),
    "draw_consequences": (_forward.consequences_graph,),
    "explain_intervention": (_questions.why,),
    "find_interventions_batch": (_questions.batch,),
    "find_paths": (_questions.paths,),
    "simulate_interventions": (_questions.simulate,),
    "ask": (_questions.ask,),
    "get_bundle": (_questions.bundle,),
    "ingest_articles": (_writing.ingest,),
    "fetch_articles": (_writing.fetch,),
    "extract_claims": (_writing.extract,),
    "list_articles": (_reading.articles,),
    "get_article": (_reading.article,),
    "get_article_history": (_reading.article_history,),
    "decide_article": (_writing.decide_article,),
    "list_claims": (_reading.claims,),
    "add_claim": (_writing.add_claim,),
    "list_conflicts": (_reading.conflicts,),
    "get_claim": (_reading.claim,),
    "get_claim_history": (_reading.claim_history,),
    "decide_claim": (_writing.decide_claim,),
    "search_entities": (_reading.search_entities,),
    "ground_names": (_reading.ground,),
    "list_neighbours": (_reading.neighbours,),
    "get_entity": (_reading.entity,),
    "get_graph": (_reading.graph,),
    "export_graph": (_reading.export_call,),
    "list_revisions": (_reading.revisions,),
    "list_changes": (_reading.changes,),
    "list_jobs": (_jobs.jobs,),
    "get_job": (_jobs.job,),
    "cancel_job": (_jobs.cancel_job,),
    "get_schema": (_reading.schema,),
    "get_stats": (_reading.stats,),
    "get_me": (_reading.me,),
    "healthz": (_reading.health,),
    "readyz": (_reading.ready,),
}

OTHERWISE = {"limit": "page_size", "q": "question"}
"""Parameters that the client may call otherwise; ``cursor`` is the iterator's own."""

NOT_ASKED = {
    ("interventions", "answer"): "means asks for the other kind of answer",
    ("all_interventions", "answer"): "means asks for the other kind of answer",
    ("means", "answer"): "its answer is that kind",
    ("bundle", "format"): "other forms are files for people; the bundle holds the same",
}
"""Parameters that a method does not have, and why."""


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for item in openapi()["paths"].values():  # type: ignore[union-attr]
        for method, operation in item.items():  # type: ignore[union-attr]
            if method in METHODS:
                yield operation["operationId"], operation


def test_each_operation_is_there_or_left_out_for_a_reason() -> None:
    assert {name for name, _ in operations()} == set(FUNCTIONS) | set(LEFT_OUT)


def test_each_query_parameter_is_there() -> None:
    missing = []
    for name, operation in operations():
        wanted = {
            one["name"]
            for one in operation.get("parameters", [])
            if one["in"] == "query" and one["name"] != "cursor"
        }
        for function in FUNCTIONS.get(name, ()):
            known = set(inspect.signature(function).parameters)
            missing += [
                f"{function.__name__}: {each}"
                for each in wanted
                if each not in known
                and OTHERWISE.get(each) not in known
                and (function.__name__, each) not in NOT_ASKED
            ]
    assert missing == []


@pytest.mark.parametrize(
    ("function", "body"),
    [
        (_questions.paths, "PathRequest"),
        (_questions.simulate, "SimulationRequest"),
        (_forward.signature, "SignatureRequest"),
        (_questions.batch, "BatchRequest"),
        (_reading.ground, "GroundRequest"),
        (_writing.fetch, "FetchRequest"),
    ],
)
def test_each_field_of_a_question_is_there(function: Callable[..., Any], body: str) -> None:
    wanted = set(getattr(models, body).model_fields)
    assert wanted <= set(inspect.signature(function).parameters)


def test_each_function_is_a_method_of_both_clients() -> None:
    bound = {
        inspect.unwrap(method.__wrapped__)
        for method in vars(Operations).values()
        if hasattr(method, "__wrapped__")
    }
    functions = {inspect.unwrap(one) for several in FUNCTIONS.values() for one in several}
    assert functions - {_reading.export_call} <= bound
    for kind in (Client, AsyncClient):
        assert callable(kind.export)
        assert issubclass(kind, Operations)


def test_the_models_are_those_of_the_service() -> None:
    assert (ROOT / "client/evipath_client/models.py").read_text("utf-8") == (
        client_models.client_models()
    ), "run make generate"


def test_only_the_local_door_imports_the_service() -> None:
    importing = {
        path.name
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name in (
            [one.name for one in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        if name.partition(".")[0] in ("app", "fastapi", "starlette")
    }
    assert importing == {"local.py"}


def test_methods_keep_their_parameters_and_docstrings() -> None:
    client = Client("http://127.0.0.1:9")
    assert "context" in inspect.signature(client.interventions).parameters
    assert "CURIE" in (client.interventions.__doc__ or "")
    client.close()
