"""The seed's answer over HTTP, hot, against a bare FastAPI endpoint that returns the same bytes.

    python -m benchmarks.answer_http [--rounds 25] [--requests 160] [--connections 8]

Both run under uvicorn with the same parsers, each in a process of its own, and take turns; the
best round of each counts, so that a busy machine slows all alike. The bare endpoint is a plain
``def`` like ours; an ``async`` one is measured beside it. The target is half the rate of the
plain one.
"""

import argparse
import socket
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from benchmarks.server import QUESTION, first_answer, free_port, seed, serve, started

TARGET = 0.5
BARE = """
import sys
import uvicorn
from fastapi import FastAPI, Response

body = open(sys.argv[2], "rb").read()
app = FastAPI()

@app.get("/plain")
def plain() -> Response:
    return Response(body, media_type="application/json")

@app.get("/async")
async def asynchronous() -> Response:
    return Response(body, media_type="application/json")

uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error", access_log=False)
"""


class Client:
    """Some connections, kept alive; each sends a request, then each answer is read."""

    def __init__(self, port: int, path: str, connections: int) -> None:
        lines = (f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Accept: application/json")
        self._request = "\r\n".join((*lines, "", "")).encode()
        self._sockets = [socket.create_connection(("127.0.0.1", port)) for _ in range(connections)]

    def rate(self, requests: int) -> float:
        """Return requests per second."""
        turns = max(1, requests // len(self._sockets))
        start = time.perf_counter()
        for _ in range(turns):
            for connection in self._sockets:
                connection.sendall(self._request)
            for connection in self._sockets:
                _read(connection)
        return turns * len(self._sockets) / (time.perf_counter() - start)


def _read(connection: socket.socket) -> None:
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    if b" 200" not in lines[0]:
        raise RuntimeError(lines[0].decode())
    length = next(int(line[15:]) for line in lines if line.startswith(b"content-length:"))
    missing = length - len(body)
    while missing > 0:
        missing -= len(connection.recv(65536))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--requests", type=int, default=160)
    parser.add_argument("--connections", type=int, default=8)
    options = parser.parse_args()
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        seed(data)
        ours, bare = free_port(), free_port()
        stack.enter_context(started(serve(ours), data))
        body = first_answer(f"http://127.0.0.1:{ours}{QUESTION}")
        (data / "body").write_bytes(body)
        command = [sys.executable, "-c", BARE, str(bare), str(data / "body")]
        stack.enter_context(started(command, data))
        first_answer(f"http://127.0.0.1:{bare}/plain")
        clients = {
            "evipath": Client(ours, QUESTION, options.connections),
            "bare plain": Client(bare, "/plain", options.connections),
            "bare async": Client(bare, "/async", options.connections),
        }
        for client in clients.values():
            client.rate(options.requests)
        rates: dict[str, list[float]] = {name: [] for name in clients}
        for _ in range(options.rounds):
            for name, client in clients.items():
                rates[name].append(client.rate(options.requests))
    print(f"answer of {len(body):,} bytes, {options.connections} connections")
    best = {name: max(found) for name, found in rates.items()}
    for name, rate in best.items():
        print(f"{name}: {rate:,.0f} answers/s, ratio {best['evipath'] / rate:.2f}")
    print(f"wanted: ratio to the plain endpoint at least {TARGET:g}")
    return int(best["evipath"] / best["bare plain"] < TARGET)


if __name__ == "__main__":
    sys.exit(main())
