"""One request to the E-utilities: within the allowed rate, and again where that helps."""

import email.utils
import logging
import math
import random
import time
from collections.abc import Callable, Mapping
from typing import Final, TypeVar

import httpx
from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.ingest.entrez.access import Access
from app.ingest.entrez.answers import Passing, meant
from app.model.errors import BadInput, Unavailable

T = TypeVar("T")

PART: Final = "PubMed"
_FIRST_WAIT: Final = 1.0
_TICK: Final = 0.02
_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_log = logging.getLogger(__name__)


class Rate:
    """At most so many requests in any second, over all threads of this process."""

    def __init__(self, per_second: int) -> None:
        self._limit = RateLimitItemPerSecond(per_second)
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def wait(self) -> None:
        """Wait until a request may be sent."""
        while not self._window.hit(self._limit, PART):
            reset = self._window.get_window_stats(self._limit, PART).reset_time
            time.sleep(max(_TICK, reset - time.time()))


class Caller:
    """Sends requests; ``pause`` waits so many seconds before one is sent again."""

    def __init__(
        self, access: Access, rate: Rate, client: httpx.Client, pause: Callable[[float], None]
    ) -> None:
        self._access = access
        self._rate = rate
        self._client = client
        self._pause = pause

    def call(self, utility: str, fields: Mapping[str, str], read: Callable[[bytes], T]) -> T:
        """Send a request, and return its answer as ``read`` reads it.

        Everything goes in the body: an address, with a key in it, would stand in logs.

        Raises:
            BadInput: the server says that the request or the key is wrong.
            Unavailable: it can't be reached or answers nothing of use, as often as it is asked.

        """
        attempt = 0
        while True:
            attempt += 1
            try:
                return read(self._sent(utility, fields))
            except Passing as error:
                wait = self._wait(attempt, error)
                _log.info("PubMed: %s; asking again in %.1f s", error, wait)
            self._pause(wait)

    def _sent(self, utility: str, fields: Mapping[str, str]) -> bytes:
        self._rate.wait()
        form = {"db": "pubmed", "tool": self._access.tool, **fields}
        if self._access.email:
            form["email"] = self._access.email
        if self._access.api_key:
            form["api_key"] = self._access.api_key
        try:
            response = self._client.post(f"{utility}.fcgi", data=form)
        except httpx.HTTPError as error:
            raise Passing(f"it can't be reached ({str(error) or type(error).__name__})") from error
        said = self._error_of(response)
        if response.status_code in _AGAIN or (said is not None and "rate limit" in said.lower()):
            raise Passing(
                said or f"it answered {response.status_code}",
                _seconds(response.headers.get("retry-after")),
            )
        if said is not None and response.status_code < httpx.codes.BAD_REQUEST:
            raise meant(said)
        if response.status_code >= httpx.codes.BAD_REQUEST and not _is_xml(response):
            raise BadInput(f"PubMed refuses the request: {said or response.status_code}")
        return response.content

    def _error_of(self, response: httpx.Response) -> str | None:
        """Return the error that an answer in JSON names, without the key that it repeats."""
        if not response.content.lstrip().startswith(b"{"):
            return None
        try:
            error = response.json().get("error")
        except ValueError:
            return "its answer is cut off"
        said = " ".join(str(error or "it answered in JSON").split())[:200]
        key = self._access.api_key
        return said.replace(key, "…") if key else said

    def _wait(self, attempt: int, error: Passing) -> float:
        """Return the seconds until the next attempt; Unavailable where there is none."""
        if attempt >= self._access.attempts:
            raise Unavailable(PART, f"{error}, {attempt} times") from error
        wait = error.wait
        if wait is None:
            spread = 1 + random.random() / 2  # noqa: S311  spreads load, guards nothing
            return min(_FIRST_WAIT * 2.0 ** (attempt - 1) * spread, self._access.longest)
        if wait > self._access.longest:
            raise Unavailable(
                PART, f"{error}; it asks to come again in {wait:.0f} s", math.ceil(wait)
            ) from error
        return wait


def _is_xml(response: httpx.Response) -> bool:
    return response.content.lstrip().startswith(b"<?xml")


def _seconds(retry_after: str | None) -> float | None:
    """Return the seconds that ``Retry-After`` asks for, as a number or as a date."""
    if retry_after is None:
        return None
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        moment = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, moment.timestamp() - time.time())
