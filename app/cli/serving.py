"""``evipath serve``."""

import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import options
from app.cli.console import say
from app.cli.stores import settings
from app.model.errors import Unavailable

if TYPE_CHECKING:
    from app.graph.port import GraphStore
    from app.settings import Settings

SHUTDOWN_SECONDS = 10
_BACKLOG = 2048


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(serve)


def serve(
    store: options.Store = None,
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; default: EVIPATH_HOST or 127.0.0.1.")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Port, 0 for a free one; default: EVIPATH_PORT, 8000."),
    ] = None,
) -> None:
    """Serve the REST interface and the page until Ctrl-C.

    An empty store is filled with the seeds first. The address is printed when it can be asked.

    Example: `evipath serve --port 9000`
    """
    chosen = settings(store=store, host=host, port=port)
    listening = _listen(chosen.host, chosen.port)
    with listening, suppress(KeyboardInterrupt):
        _run(chosen, listening)


def _run(chosen: "Settings", listening: socket.socket) -> None:
    import uvicorn

    from app import logs
    from app.api.app import create_app
    from app.api.server import Server
    from app.bootstrap import build, open_store

    logs.configure(chosen.log_level, chosen.log_format)
    opened = open_store(chosen.store_url, chosen)
    try:
        _seed(opened)
        service = create_app(build(chosen, opened))
        typer.echo(f"EviPath is at {_address(listening)}")
        config = uvicorn.Config(
            service,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        )
        Server(config).run(sockets=[listening])
    finally:
        opened.close()


def _seed(opened: "GraphStore") -> None:
    if opened.head().number == 0:
        from app.services.seeds import load_seeds

        load_seeds(opened)
        say(f"{opened.url} was empty; it holds the seeds now.")


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        reason = f"can't be listened on: {error.strerror or error}"
        raise Unavailable(f"{host}, port {port}", reason) from error


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
