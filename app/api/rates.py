"""How often one user may write, and one address may try to sign in."""

import math
import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.api.problems import TooManyRequests


class Rates:
    """The limits of one process, counted in its memory.

    ``writes`` and ``sign_ins`` are written as in ``1200/minute``; empty ones do not limit.
    """

    def __init__(self, writes: str = "", sign_ins: str = "") -> None:
        self._writes = _limit(writes)
        self._sign_ins = _limit(sign_ins)
        self._window = MovingWindowRateLimiter(MemoryStorage())

    @property
    def writes(self) -> str | None:
        """How often one user may write, in words; None: as often as they like."""
        return None if self._writes is None else str(self._writes)

    @property
    def sign_ins(self) -> str | None:
        """How often one address may try to sign in, in words; None: as often as it likes."""
        return None if self._sign_ins is None else str(self._sign_ins)

    def count_write(self, user: str) -> None:
        """Count a write of a user; TooManyRequests beyond the limit."""
        self._count(self._writes, "writing", user)

    def count_sign_in(self, address: str) -> None:
        """Count a try to sign in; TooManyRequests beyond the limit."""
        self._count(self._sign_ins, "signing in", address)

    def _count(self, limit: RateLimitItem | None, what: str, who: str) -> None:
        if limit is None or self._window.hit(limit, what, who):
            return
        reset = self._window.get_window_stats(limit, what, who).reset_time
        wait = max(1, math.ceil(reset - time.time()))
        raise TooManyRequests(what, f"at most {limit} for {who}", wait)


def _limit(text: str) -> RateLimitItem | None:
    return parse(text) if text else None
