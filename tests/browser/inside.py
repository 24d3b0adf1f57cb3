"""The real service inside the test's own process, so that a test can take a part of it away."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import uvicorn

from app.api.app import create_app
from app.api.container import Container


@contextmanager
def serving(parts: Container) -> Iterator[str]:
    """Serve these parts until the block ends; give the address."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        config = uvicorn.Config(create_app(parts), log_config=None, access_log=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=20)
