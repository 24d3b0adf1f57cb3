"""The greatest body that is read, held for announced and for chunked bodies alike."""

import zlib

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import Malformed, problem_response
from app.model.errors import TooLarge

_CHUNK = 64 * 1024
_ANY_GZIP_HEADER = 16 + zlib.MAX_WBITS


class BodyLimit:
    """Refuse a request whose body is longer than ``limit`` bytes with 413, before it is kept."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > self._limit:
            await self._refuse(scope, receive, send, announced.isdigit())
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._limit:
                raise HTTPException(413, self._detail)
            return message

        await self._app(scope, counted, send)

    @property
    def _detail(self) -> str:
        return (
            f"The body is longer than {self._limit} bytes. "
            "Send it in parts, or use the command line, which reads files of any size."
        )

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, numeric: bool) -> None:
        request = Request(scope, receive)
        response = (
            problem_response(request, 413, "too-large", "Over the limit", self._detail)
            if numeric
            else problem_response(
                request,
                400,
                "malformed",
                "The request can't be read",
                "Content-Length is not a number.",
            )
        )
        await response(scope, receive, send)


def gunzip(body: bytes, limit: int) -> bytes:
    """Decompress gzip bytes of one or several members to at most ``limit`` bytes.

    Raises :class:`~app.model.errors.TooLarge` beyond the limit, without inflating the rest, and
    :class:`~app.api.problems.Malformed` for what is no gzip or breaks off.
    """
    out = bytearray()
    rest = body
    while rest:
        member = zlib.decompressobj(_ANY_GZIP_HEADER)
        while not member.eof:
            try:
                out += member.decompress(rest, _CHUNK)
            except zlib.error as error:
                raise Malformed(f"The body is not gzip as it says: {error}.") from error
            if len(out) > limit:
                raise TooLarge(f"The body is longer than {limit} bytes once it is decompressed.")
            rest = member.unconsumed_tail
            if not rest and not member.eof:
                raise Malformed("The gzip body breaks off before its end.")
        rest = member.unused_data
    return bytes(out)
