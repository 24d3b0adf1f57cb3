"""Run ``kgx validate`` without a network, in the environment of the validators.

    python kgx_offline.py BIOLINK_FOLDER PREFIXES FORMAT:NODES:EDGES…

Prints for each pair of files the errors that kgx finds, as JSON by level, kind and message. When
it is imported kgx fetches the Biolink model, and for identifiers three JSON-LD contexts. Here both
come from the folder of the ``biolink_model`` distribution, which can't be installed beside it;
``PREFIXES``, parted by commas, are known beside those of Biolink.
"""

import contextlib
import io
import json
import sys
from pathlib import Path


def main(folder: Path, prefixes: list[str], pairs: list[str]) -> None:
    """Print the errors of each pair."""
    import bmt.toolkit
    from linkml_runtime.utils.schemaview import SchemaView

    view = SchemaView(str(folder / "schema" / "biolink_model.yaml"))

    def prepared(self: object, schema: object = None, _: object = None) -> None:
        self.view = view  # type: ignore[attr-defined]
        self.pmap = {"predicate mappings": []}  # type: ignore[attr-defined]

    bmt.toolkit.Toolkit.__init__ = prepared

    import kgx.config

    known = folder / "prefixmaps" / "biolink_model_prefix_map.json"
    context = json.loads(known.read_text("utf-8"))
    context.setdefault("biolink", "https://w3id.org/biolink/vocab/")
    context.setdefault("@vocab", context["biolink"])
    context |= {prefix: f"urn:test:{prefix}:" for prefix in prefixes if prefix}
    for name in ("biolink", "monarch_context", "obo_context"):
        kgx.config.jsonld_context_map[name] = context

    from kgx.cli.cli_utils import validate

    for pair in pairs:
        form, nodes, edges = pair.split(":")
        with contextlib.redirect_stdout(io.StringIO()):
            found = validate([nodes, edges], form, None, "/dev/null")
        print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2].split(","), sys.argv[3:])
