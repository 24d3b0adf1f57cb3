"""A page that shows the OpenAPI document: plain HTML, no script, nothing from elsewhere."""

import base64
import hashlib
from html import escape
from typing import Any

import orjson

STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
details { border-top: 1px solid #8886; padding: .4rem 0; }
summary { cursor: pointer; }
summary b { display: inline-block; min-width: 4.5rem; }
code, pre { font: .9em/1.4 ui-monospace, monospace; }
pre { overflow: auto; max-height: 24rem; padding: .6rem; background: #8881; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: .2rem .8rem .2rem 0; }
"""

_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

POLICY = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""The content security policy of this page alone."""


def render(document: dict[str, Any]) -> str:
    """Return the page for an OpenAPI document."""
    title = escape(f"{document['info']['title']} {document['info']['version']}")
    operations = "".join(
        _operation(method, path, described)
        for path, methods in document["paths"].items()
        for method, described in methods.items()
    )
    intro = "".join(
        f"<p>{escape(part)}</p>" for part in document["info"]["description"].split("\n\n")
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}: REST interface</title><style>{STYLE}</style></head><body><main>"
        f"<h1>{title}</h1>{intro}"
        '<p>As a document: <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1). '
        '<a href="/">Ask a question</a>.</p>'
        f"<h2>Operations</h2>{operations}</main></body></html>"
    )


def _operation(method: str, path: str, described: dict[str, Any]) -> str:
    parameters = "".join(_parameter(item) for item in described.get("parameters", []))
    table = (
        f"<table><tr><th>parameter</th><th>in</th><th>meaning</th></tr>{parameters}</table>"
        if parameters
        else ""
    )
    statuses = ", ".join(described["responses"])
    return (
        f'<details id="{escape(described["operationId"])}"><summary><b>{method.upper()}</b> '
        f"<code>{escape(path)}</code> {escape(described.get('summary', ''))}</summary>"
        f"<p>{escape(described.get('description', ''))}</p>{table}"
        f"<p>Answers: {escape(statuses)}</p>{_example(described)}</details>"
    )


def _parameter(item: dict[str, Any]) -> str:
    needed = " (needed)" if item.get("required") else ""
    said = item.get("description", "")
    return (
        f"<tr><td><code>{escape(item['name'])}</code>{needed}</td><td>{item['in']}</td>"
        f"<td>{escape(said)}</td></tr>"
    )


def _example(described: dict[str, Any]) -> str:
    for status, response in described["responses"].items():
        for media_type, content in response.get("content", {}).items():
            if status.startswith("2") and "example" in content:
                example = content["example"]
                text = (
                    example
                    if isinstance(example, str)
                    else orjson.dumps(example, option=orjson.OPT_INDENT_2).decode()
                )
                return f"<p>{status}, {escape(media_type)}:</p><pre>{escape(text)}</pre>"
    return ""
