"""``evipath serve`` and ``evipath mcp``."""

import ipaddress
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import options
from app.cli.console import say
from app.cli.stores import login, opened, settings
from app.model.errors import BadInput, Forbidden, Unavailable

if TYPE_CHECKING:
    from app.graph.port import GraphStore
    from app.settings import Settings

SHUTDOWN_SECONDS = 10
_BACKLOG = 2048


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(serve)
    app.command()(mcp)


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

    An empty store is filled with the seeds first. The address is printed when it can be asked;
    on a laptop, so is one that signs the browser in, once.

    Example: `evipath serve --port 9000`
    """
    chosen = settings(store=store, host=host, port=port)
    listening = _listen(chosen.host, chosen.port)
    with listening, suppress(KeyboardInterrupt):
        _run(chosen, listening)


def mcp(store: options.Store = None) -> None:
    """Serve a store to an agent by MCP on standard input and output, until the input ends.

    It reads only, unless EVIPATH_MCP_TOKEN holds a curator's token: then it can accept and reject
    candidate claims in that curator's name.

    Example: `evipath mcp --store sqlite:///graph.db`
    """
    from app import logs
    from app.bootstrap import mcp_server

    chosen = settings(store=store)
    logs.configure(chosen.log_level, chosen.log_format)
    with opened(store) as graph, suppress(KeyboardInterrupt):
        mcp_server(chosen, graph).run("stdio")


def _run(chosen: "Settings", listening: socket.socket) -> None:
    import uvicorn

    from app import logs
    from app.api.server import Server
    from app.bootstrap import open_store, service

    logs.configure(chosen.log_level, chosen.log_format)
    graph = open_store(chosen.store_url, chosen)
    try:
        _seed(graph)
        application = service(chosen, graph)
        typer.echo(f"EviPath is at {_address(listening)}")
        _offer_sign_in(graph, listening)
        config = uvicorn.Config(
            application,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        )
        Server(config).run(sockets=[listening])
    finally:
        graph.close()


def _seed(graph: "GraphStore") -> None:
    if graph.head().number == 0:
        from app.services.seeds import load_seeds

        load_seeds(graph)
        say(f"{graph.url} was empty; it holds the seeds now.")


def _offer_sign_in(graph: "GraphStore", listening: socket.socket) -> None:
    """On a laptop, print an address that signs this browser in, once, as whoever serves.

    Only where nobody else can listen in: the service answers this machine alone, and its store is
    a file of whoever started it.
    """
    address = _address(listening)
    alone = ipaddress.ip_address(listening.getsockname()[0]).is_loopback
    if not alone or not graph.url.startswith("sqlite:"):
        return
    from app.model.vocabulary import Role
    from app.services import accounts

    try:
        user = accounts.ensure(graph.accounts, login(), Role.ADMIN)
    except (BadInput, Forbidden, typer.BadParameter):
        # A login name that can't be a user's, or whom an admin revoked: signs in by a token.
        return
    code = accounts.give_code(graph.accounts, user)
    minutes = int(accounts.CODE_LIFE.total_seconds() // 60)
    typer.echo(
        f"Sign in as {user.name}, once and within {minutes} minutes: {address}/account#code={code}"
    )


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
