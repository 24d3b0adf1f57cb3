"""Where the tests put their files: in memory, where there is room.

A store waits for the disk after every write, as it must, and thousands of tests would wait longer
than they compute. A process that is killed leaves the same behind in either place.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")  # noqa: S108  # the place has this name wherever it is there
ROOM = 4 * 2**30
"""Bytes that must be free: some ten times what a whole run takes."""


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Choose the place of temporary files, unless TMPDIR names one."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK):
        return
    if shutil.disk_usage(MEMORY).free < ROOM:
        return
    place = MEMORY / f"evipath-tests-{os.getuid()}"
    place.mkdir(mode=0o700, exist_ok=True)
    os.environ["TMPDIR"] = tempfile.tempdir = str(place)
