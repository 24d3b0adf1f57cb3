"""The built page's files, served so that a browser asks for each of them once."""

import os
import re
from typing import Final

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_HASHED: Final = re.compile(r"-[A-Za-z0-9_-]{8}\.[a-z0-9]+$")
"""The name of a file whose contents the build put into its name (``index-DMMJvxwq.js``)."""

FOREVER: Final = "public, max-age=31536000, immutable"
ASK_EACH_TIME: Final = "no-cache"


class Assets(StaticFiles):
    """Static files; those with a hash in the name never change, so they may be kept."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Answer one file."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        hashed = _HASHED.search(os.fspath(full_path)) is not None
        response.headers["Cache-Control"] = FOREVER if hashed else ASK_EACH_TIME
        return response
