"""The last answers to questions, kept while the graph stays as it is."""

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """The last ``size`` answers, by a key that says all of the question; safe among threads.

    They are held while the graph's last revision stays the same: a purge takes things out of the
    past, too, and no held answer may still quote them.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._head = ""
        self._held: OrderedDict[str, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str, head: str) -> Value | None:
        """Return what is held under a key; ``head`` is the last revision's id."""
        with self._lock:
            self._forget_unless(head)
            answer = self._held.get(key)
            if answer is not None:
                self._held.move_to_end(key)
            return answer

    def put(self, key: str, head: str, answer: Value) -> None:
        """Hold an answer; the one asked for longest ago goes."""
        if self._size == 0:
            return
        with self._lock:
            self._forget_unless(head)
            self._held[key] = answer
            self._held.move_to_end(key)
            while len(self._held) > self._size:
                self._held.popitem(last=False)

    def _forget_unless(self, head: str) -> None:
        if head != self._head:
            self._held.clear()
            self._head = head
