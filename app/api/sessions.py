"""Browser sessions: the cookie that holds one, and what a request with it must prove.

A browser sends the cookie with every request to this service, also with one that another site
made it send. So a write that rests on the cookie must come from the page itself, by what the
browser says of its origin, and bear a token that only the page can have read.
"""

import hmac
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from fastapi import Request, Response

from app.api.container import ApiConfig
from app.api.problems import Forged
from app.model.account import Token

CSRF_HEADER: Final = "X-CSRF-Token"
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})

_NAME: Final = "evipath-session"


def is_https(request: Request, config: ApiConfig) -> bool:
    """Tell whether the browser reaches the service by https."""
    address = config.public_url or str(request.url)
    return urlsplit(address).scheme == "https"


def cookie_name(name: str, *, https: bool) -> str:
    """Return the name of a cookie; by https one that no other host may set."""
    return f"__Host-{name}" if https else name


def secret_of(request: Request, config: ApiConfig) -> str | None:
    """Return the session's secret that the browser sent, None without."""
    return request.cookies.get(cookie_name(_NAME, https=is_https(request, config)))


def set_cookie(
    response: Response, request: Request, config: ApiConfig, token: Token, secret: str
) -> None:
    """Let the browser keep a session until it ends."""
    https = is_https(request, config)
    left = (token.expires_at - datetime.now(UTC)).total_seconds() if token.expires_at else 0
    response.set_cookie(
        cookie_name(_NAME, https=https),
        secret,
        max_age=int(left),
        path="/",
        secure=https,
        httponly=True,
        samesite="strict",
    )


def drop_cookie(response: Response, request: Request, config: ApiConfig) -> None:
    """Let the browser forget its session."""
    https = is_https(request, config)
    response.delete_cookie(
        cookie_name(_NAME, https=https), path="/", secure=https, httponly=True, samesite="strict"
    )


def csrf_token(secret: str) -> str:
    """Return what a write with this session must bear in ``X-CSRF-Token``."""
    return hmac.new(secret.encode(), b"evipath write", sha256).hexdigest()


def check_origin(request: Request, config: ApiConfig) -> None:
    """Raise :class:`Forged` unless the browser says that this service's page asks."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is None and origin is None:
        raise Forged("The request does not say where it comes from; send a bearer token instead.")
    if site not in (None, "same-origin"):
        raise Forged("The request comes from another site.")
    if origin is not None and urlsplit(origin).netloc not in _own_hosts(request, config):
        raise Forged("The request comes from another site.")


def check_write(request: Request, config: ApiConfig, secret: str) -> None:
    """Raise :class:`Forged` unless a write with this session comes from the page."""
    check_origin(request, config)
    given = request.headers.get(CSRF_HEADER, "")
    if not same(given, csrf_token(secret)):
        raise Forged(f"{CSRF_HEADER} is not that of the session: GET /api/v1/session says it.")


def same(given: str, wanted: str) -> bool:
    """Compare two secrets in a time that tells nothing of where they differ."""
    return hmac.compare_digest(given.encode(), wanted.encode())


def _own_hosts(request: Request, config: ApiConfig) -> set[str]:
    own = {request.headers.get("host", "")}
    if config.public_url:
        own.add(urlsplit(config.public_url).netloc)
    return own - {""}
