"""Write all that is derived from the schema: ``python -m graph_schema.generate [--check]``.

With ``--check`` nothing is written; the exit status is 1 and the stale files are named when what
lies there differs from what would be written.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from graph_schema.biolink import biolink_document
from graph_schema.cypher import statements
from graph_schema.document import document
from graph_schema.page import page
from graph_schema.prefixes import prefix_document
from graph_schema.python import evidence_module, vocabulary_module
from graph_schema.schema import Schema, load

ROOT = Path(__file__).parents[1]

TARGETS: Mapping[str, Callable[[Schema], str | bytes]] = {
    "app/model/vocabulary.py": vocabulary_module,
    "app/model/eco.py": evidence_module,
    "app/model/schema.json": document,
    "app/model/prefixes.json": lambda _: prefix_document(),
    "app/graph/neo4j/schema.cypher": statements,
    "app/trapi/biolink.json": lambda _: biolink_document(),
    "docs/reference/schema.md": page,
}


def render() -> dict[str, bytes]:
    """Return the contents of every derived file by its path in the repository."""
    schema = load()
    contents = {path: make(schema) for path, make in TARGETS.items()}
    return {
        path: text if isinstance(text, bytes) else text.encode() for path, text in contents.items()
    }


def stale(root: Path, contents: Mapping[str, bytes]) -> list[str]:
    """Return the paths whose files under ``root`` are missing or differ from ``contents``."""
    return [
        path
        for path, wanted in contents.items()
        if not (file := root / path).is_file() or file.read_bytes() != wanted
    ]


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m graph_schema.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when stale")
    options = parser.parse_args(arguments)
    contents = render()
    old = stale(root, contents)
    if options.check:
        for path in old:
            sys.stderr.write(f"{path} is stale: run python -m graph_schema.generate\n")
        return 1 if old else 0
    for path in old:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(contents[path])
        sys.stdout.write(f"wrote {path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
