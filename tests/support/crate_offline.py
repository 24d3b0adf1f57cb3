"""Validate RO-Crates without a network, in the environment of the validators.

    python crate_offline.py CONTEXT CRATE…

Prints for each crate what is wrong with it, as a list of JSON. Whoever reads a crate fetches the
context of RO-Crate; here it is the file ``CONTEXT``, which the ``rocrate`` distribution ships.
"""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

IRI = "https://w3id.org/ro/crate/1.1/context"


def main(context: Path, crates: list[str]) -> None:
    """Print the issues of each crate."""
    import rdflib.plugins.shared.jsonld.context as reading
    from rocrate_validator import services
    from rocrate_validator.models import Severity, ValidationSettings
    from rocrate_validator.utils import HttpRequester

    body = json.loads(context.read_text("utf-8"))

    def got(_: object, uri: str, **__: object) -> SimpleNamespace:
        if uri != IRI:
            raise OSError(f"no network to fetch {uri}")
        return SimpleNamespace(status_code=200, json=lambda: body)

    HttpRequester.get = got
    fetch = reading.source_to_json

    def fetched(source: object, *rest: object, **more: object) -> object:
        if str(source) == IRI:
            return body, None
        return fetch(source, *rest, **more)

    reading.source_to_json = fetched
    for crate in crates:
        settings = ValidationSettings(
            rocrate_uri=crate,
            profile_identifier="ro-crate-1.1",
            requirement_severity=Severity.REQUIRED,
        )
        found = services.validate(settings)
        print(json.dumps([issue.message for issue in found.get_issues()]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
