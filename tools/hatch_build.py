"""Refuses to build a distribution that lacks the page."""

from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PageHook(BuildHookInterface[BuilderConfig]):
    """Checks that the page was built before a wheel or source distribution is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Fail with what to do when ``app/web/static`` holds no page; editable installs pass."""
        page = Path(self.root, "app/web/static/index.html")
        if version != "editable" and not page.is_file():
            raise RuntimeError(f"{page} is missing: run `make web` before building")
