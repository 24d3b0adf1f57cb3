"""Gives the documentation its own copy of what its theme would load from elsewhere."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

MERMAID = Path("docs/theme/node_modules/@mermaid-js/tiny/dist/mermaid.tiny.js")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the library that draws diagrams, so that a reader's browser asks no other host."""
    if not MERMAID.is_file():
        raise PluginError(f"{MERMAID} is missing: build the documentation with `make docs`")
    script = File.generated(config, "assets/mermaid.tiny.js", content=MERMAID.read_bytes())
    files.append(script)
    return files
