"""The server that ``evipath serve`` runs."""

import socket

import uvicorn
from fastapi import FastAPI


class Server(uvicorn.Server):
    """Tells running searches to end when it is told to, before it waits for the answers."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let requests come to their end, and close."""
        app = self.config.app
        if isinstance(app, FastAPI):
            app.state.searches.close()
        await super().shutdown(sockets)
