"""What both clients share: how a call becomes requests, and an answer a result."""

from __future__ import annotations

import email.utils
import random
import time
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import httpx
from pydantic import ValidationError

from evipath_client import errors
from evipath_client._cache import AnswerCache
from evipath_client._wire import Call, Flow, ReadAll, Send, Sleep
from evipath_client.models import Problem, Snapshot

T = TypeVar("T")

AGAIN = frozenset({429, 502, 503, 504})
"""Statuses that may pass."""

NOT_MODIFIED = 304


class VersionChanged(UserWarning):
    """A pinned question was answered by another version of the service: figures may differ."""


@dataclass(frozen=True, slots=True)
class Retry:
    """How often a call is tried again, and how long it is waited before.

    ``attempts`` counts the first one. Without word of the service the waits double from ``first``
    seconds on, by chance up to half as long again. ``Retry-After`` is kept to; where it or the
    waits go beyond ``longest`` seconds, the error is raised at once instead.
    """

    attempts: int = 5
    first: float = 0.5
    longest: float = 60.0

    def wait(self, attempt: int, retry_after: float | None) -> float | None:
        """Return the seconds to wait after a failed attempt (from 1), None to give up."""
        if attempt >= self.attempts:
            return None
        if retry_after is not None:
            return retry_after if retry_after <= self.longest else None
        spread = 1 + random.random() / 2  # noqa: S311 - spreads load, guards nothing
        return min(self.first * 2.0 ** (attempt - 1) * spread, self.longest)


NO_RETRY = Retry(attempts=1)


@dataclass(frozen=True, slots=True)
class Core:
    """The state of a client: where it asks, how often, what it holds, and what it is pinned to.

    ``pinned`` is a revision, time or day as the service takes them, or a whole snapshot, against
    which every answer is then held.
    """

    http: httpx.Client | httpx.AsyncClient
    retry: Retry
    cache: AnswerCache | None
    pinned: Snapshot | str | None = None

    def call(self, call: Call[T]) -> Flow[T]:
        """Send a call, again where that helps, and read its answer.

        Raises what :mod:`evipath_client.errors` lists.
        """
        request = self.request(call)
        held = self._held(request)
        response = yield from self._answered(call, request)
        if response.status_code == NOT_MODIFIED and held is not None:
            response = held
        elif self.cache is not None and request.method == "GET":
            self.cache.put(str(request.url), response)
        return self._read(call, response)

    def open(self, call: Call[T]) -> Flow[httpx.Response]:
        """Send a call whose answer is streamed, and return the open response."""
        return (yield from self._answered(call, self.request(call), stream=True))

    def request(self, call: Call[T]) -> httpx.Request:
        """Return the request of a call, pinned where the client is."""
        query, body = call.query, call.body
        as_of = _as_of(self.pinned)
        if as_of is not None and call.pin == "query" and not any(k == "as_of" for k, _ in query):
            query = (*query, ("as_of", as_of))
        if as_of is not None and call.pin == "body":
            body = {"as_of": as_of, **(body or {})}
        return self.http.build_request(
            call.method,
            call.path,
            params=query or None,
            json=body,
            content=call.content,
            headers=dict(call.headers),
        )

    def at(self, pinned: Snapshot | str) -> Core:
        """Return the same, pinned."""
        return replace(self, pinned=pinned)

    def _held(self, request: httpx.Request) -> httpx.Response | None:
        if self.cache is None or request.method != "GET":
            return None
        held = self.cache.get(str(request.url))
        if held is not None:
            request.headers["If-None-Match"] = held.headers["etag"]
        return held

    def _answered(
        self, call: Call[T], request: httpx.Request, *, stream: bool = False
    ) -> Flow[httpx.Response]:
        """Send until there is an answer, a refusal that stands, or no more tries are left."""
        attempt = 0
        while True:
            attempt += 1
            try:
                response: httpx.Response = yield Send(request, stream)
            except httpx.RequestError as error:
                # A connection that was never made brought nothing to the service.
                again = call.repeatable or isinstance(error, httpx.ConnectError)
                wait = self.retry.wait(attempt, None) if again else None
                if wait is None:
                    raise failed(error, request) from error
                yield Sleep(wait)
                continue
            if response.status_code < httpx.codes.BAD_REQUEST:
                return response
            if stream:
                yield ReadAll(response)
            refusal = _refusal(response)
            # 429 was refused before anything was done.
            again = call.repeatable or response.status_code == httpx.codes.TOO_MANY_REQUESTS
            wait = None
            if again and response.status_code in AGAIN:
                wait = self.retry.wait(attempt, refusal.retry_after)
            if wait is None:
                raise refusal
            yield Sleep(wait)

    def _read(self, call: Call[T], response: httpx.Response) -> T:
        try:
            found = call.read(response)
        except ValidationError as error:
            raise errors.NotUnderstood(
                f"The answer of {call.operation} is not what this version of evipath-client reads; "
                f"look for a newer one. {error}"
            ) from error
        for each in getattr(found, "results", None) or (found,):
            self._check(each)
        return found

    def _check(self, found: object) -> None:
        """Hold an answer's snapshot against the pinned one."""
        bearer = getattr(found, "answer", None) or found
        wanted, answered = self.pinned, getattr(bearer, "snapshot", None)
        if not isinstance(wanted, Snapshot) or not isinstance(answered, Snapshot):
            return
        if answered.id != wanted.id:
            raise errors.SnapshotMismatch(wanted, answered)
        if answered.version != wanted.version:
            warnings.warn(
                f"Pinned under version {wanted.version} of the service, answered by "
                f"{answered.version}: the graph is the same, figures may differ.",
                VersionChanged,
                stacklevel=2,
            )


def _as_of(pinned: Snapshot | str | None) -> str | None:
    return str(pinned.revision) if isinstance(pinned, Snapshot) else pinned


def failed(error: httpx.RequestError, request: httpx.Request) -> errors.ConnectionFailed:
    """Return our error for one of the transport; the question's parameters are not in it."""
    kind = errors.TimedOut if isinstance(error, httpx.TimeoutException) else errors.ConnectionFailed
    where = request.url.copy_with(query=None)
    return kind(f"{request.method} {where}: {error or type(error).__name__}")


def _refusal(response: httpx.Response) -> errors.ProblemError:
    """Return the error of a response; what is no problem document, as of a proxy, becomes one."""
    retry_after = _seconds(response.headers.get("retry-after"))
    try:
        problem = Problem.model_validate_json(response.content)
    except ValidationError:
        problem = Problem.model_validate(_foreign(response))
    return errors.of_problem(problem, retry_after)


def _foreign(response: httpx.Response) -> Mapping[str, Any]:
    return {
        "type": "about:blank",
        "title": response.reason_phrase or "Refused",
        "status": response.status_code,
        "detail": " ".join(response.text.split())[:300] or "The answer says nothing more.",
        "instance": response.request.url.path,
    }


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
