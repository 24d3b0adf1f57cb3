"""``Idempotency-Key``: the same key and body answers the first result of a write."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock
from typing import Annotated

from fastapi import Header, Request, Response

from app.api.container import Container
from app.model.account import IdempotencyRecord, User
from app.model.errors import BadInput, FieldError
from app.model.text import sha256_of

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description="Any text of yours without blanks: the same key with the same body answers "
        "the first result and writes nothing twice.",
    ),
]

_KEPT_HEADERS = ("location", "etag", "content-type", "cache-control")

# Two requests with one key at once: the second waits and answers the first's result.
_LOCKS = tuple(Lock() for _ in range(64))


def once(
    parts: Container,
    request: Request,
    user: User,
    key: str | None,
    body: bytes,
    act: Callable[[], Response],
) -> Response:
    """Run ``act`` and keep its response under the key, or answer what was kept.

    Only successes are kept: what was refused wrote nothing and may be tried again. Raises
    :class:`~app.model.errors.BadInput` when the key was used with another request.
    """
    if key is None:
        return act()
    question = f"{request.method} {request.url.path}?{request.url.query}\n"
    digest = sha256_of(question + body.hex())
    with _LOCKS[hash((key, user.name)) % len(_LOCKS)]:
        known = parts.store.accounts.idempotency(key, user.name)
        if known is None:
            response = act()
            record = _record(key, user.name, digest, response)
            if parts.store.accounts.put_idempotency(record):
                return response
            known = parts.store.accounts.idempotency(key, user.name) or record
    if known.request_sha256 != digest:
        raise BadInput(
            "This Idempotency-Key was used with another request; take a new one.",
            [FieldError("/header/Idempotency-Key", "used with another request")],
        )
    return Response(
        known.body,
        status_code=known.status,
        headers={**known.headers, "Idempotency-Replayed": "true"},
    )


def _record(key: str, owner: str, digest: str, response: Response) -> IdempotencyRecord:
    body = bytes(response.body)
    return IdempotencyRecord(
        key=key,
        owner=owner,
        request_sha256=digest,
        status=response.status_code,
        headers={n: v for n, v in response.headers.items() if n in _KEPT_HEADERS},
        body=body.decode(),
        created_at=datetime.now(UTC),
    )
