"""The jars of the Neo4j server that tests and laptops run, each checked by its sha256.

``neo4j_jars.sha256`` lists them as ``<sha256>  <group>:<artifact>:<version>[:<classifier>]``, in
the order of the class path. Missing jars are fetched from Maven Central by jgo. After a change of
version, ``python -m tests.support.neo4j_jars VERSION`` resolves the dependencies anew and rewrites
the list.
"""

import fcntl
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jgo.maven import Artifact, MavenContext

LIST = Path(__file__).with_name("neo4j_jars.sha256")


class WrongJarError(RuntimeError):
    """A jar is not the one that the list names."""


@dataclass(frozen=True, slots=True)
class Jar:
    """One line of the list."""

    sha256: str
    group: str
    artifact: str
    version: str
    classifier: str = ""

    @classmethod
    def parse(cls, line: str) -> "Jar":
        """Read a line of the list."""
        sha256, coordinate = line.split()
        return cls(sha256, *coordinate.split(":"))

    def __str__(self) -> str:
        parts = [self.group, self.artifact, self.version, self.classifier]
        return f"{self.sha256}  {':'.join(part for part in parts if part)}"


def cache_dir() -> Path:
    """Return where downloads are kept: ``$EVIPATH_CACHE`` or ``~/.cache/evipath``."""
    return Path(os.environ.get("EVIPATH_CACHE") or Path.home() / ".cache" / "evipath")


def class_path() -> list[Path]:
    """Return the checked jars of the server, fetching those that are missing.

    Raises:
        WrongJarError: a jar has another sha256 than the list says; it is deleted.
    """
    jars = [Jar.parse(line) for line in LIST.read_text("utf-8").splitlines()]
    context = _context()
    with _one_at_a_time(), ThreadPoolExecutor(8) as pool:
        return list(pool.map(lambda jar: _fetch(context, jar), jars))


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Keep another process from reading a jar that is still being fetched."""
    cache_dir().mkdir(parents=True, exist_ok=True)
    with (cache_dir() / "maven.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fetch(context: MavenContext, jar: Jar) -> Path:
    path = _artifact(context, jar).resolve()
    found = _sha256(path)
    if found != jar.sha256:
        path.unlink()
        raise WrongJarError(f"{path} had sha256 {found}, expected {jar.sha256}; it was deleted")
    return path


def _artifact(context: MavenContext, jar: Jar) -> Artifact:
    component = context.project(jar.group, jar.artifact).at_version(jar.version)
    return component.artifact(classifier=jar.classifier)


def _context() -> MavenContext:
    return MavenContext(repo_cache=cache_dir() / "maven", timeout=60)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _resolve(version: str) -> Iterable[Jar]:
    context = _context()
    server = context.create_dependency(f"org.neo4j:neo4j:{version}")
    named, transitive = context.resolver.resolve([server])
    needed = [d for d in transitive if d.scope in ("compile", "runtime") and not d.optional]
    artifacts = [d.artifact for d in (*named, *needed) if d.artifact.packaging == "jar"]
    with ThreadPoolExecutor(8) as pool:
        paths = list(pool.map(Artifact.resolve, artifacts))
    for artifact, path in zip(artifacts, paths, strict=True):
        yield Jar(
            _sha256(path),
            artifact.groupId,
            artifact.artifactId,
            artifact.version,
            artifact.classifier,
        )


if __name__ == "__main__":
    lines = [str(jar) for jar in _resolve(sys.argv[1])]
    LIST.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines)} jars written to {LIST.name}")
