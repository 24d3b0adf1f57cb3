"""A client of EviPath: questions to a literature-curated knowledge graph, from Python.

import evipath_client

with evipath_client.Client("https://evipath.example.org") as client:
answer = client.interventions("EMT", "reverses")
for one in answer.interventions:
print(one.target.name, one.tier, one.belief, one.evidence[0].quote)
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, AbstractContextManager

from evipath_client import models
from evipath_client._core import NO_RETRY, Retry, VersionChanged
from evipath_client._version import __version__
from evipath_client.client import AsyncClient, Client
from evipath_client.errors import (
    Ambiguous,
    BadRequest,
    Changed,
    Conflict,
    ConnectionFailed,
    EviPathError,
    Forbidden,
    Gone,
    JobFailed,
    JobStillRunning,
    NotFound,
    NotUnderstood,
    PreconditionFailed,
    ProblemError,
    RateLimited,
    SnapshotMismatch,
    TimedOut,
    TooLarge,
    Unauthorized,
    Unavailable,
)
from evipath_client.models import InterventionRequest, Snapshot
from evipath_client.pages import AsyncPages, Listing, Pages

__all__ = [
    "NO_RETRY",
    "Ambiguous",
    "AsyncClient",
    "AsyncPages",
    "BadRequest",
    "Changed",
    "Client",
    "Conflict",
    "ConnectionFailed",
    "EviPathError",
    "Forbidden",
    "Gone",
    "InterventionRequest",
    "JobFailed",
    "JobStillRunning",
    "Listing",
    "NotFound",
    "NotUnderstood",
    "Pages",
    "PreconditionFailed",
    "ProblemError",
    "RateLimited",
    "Retry",
    "Snapshot",
    "SnapshotMismatch",
    "TimedOut",
    "TooLarge",
    "Unauthorized",
    "Unavailable",
    "VersionChanged",
    "__version__",
    "models",
    "open",
    "open_async",
]


def open(  # noqa: A001 - a store is opened as a file is
    store: str, *, name: str | None = None, retry: Retry | None = None
) -> AbstractContextManager[Client]:
    """Lend a client of a store on this machine, without a server; needs the extra ``local``.

    ``store`` is an address such as ``sqlite:///graph.db``; see :func:`evipath_client.local.open`.
    """
    from evipath_client import local

    return local.open(store, name=name, retry=retry)


def open_async(
    store: str, *, name: str | None = None, retry: Retry | None = None
) -> AbstractAsyncContextManager[AsyncClient]:
    """Lend an ``async`` client of a store on this machine, as :func:`open` does."""
    from evipath_client import local

    return local.open_async(store, name=name, retry=retry)
