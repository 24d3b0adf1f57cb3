"""Sorted names as two arrays, so that a file can hold them and many processes share them."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Names(Sequence[str]):
    """Distinct names in the order of their code points: ``text[ends[i - 1]:ends[i]]`` is the i-th.

    ``ends`` has a leading 0. A name's place is its rank, so that comparing places is comparing
    names.
    """

    text: NDArray[np.uint8]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, names: Iterable[str]) -> "Names":
        """Return the table of ``names``, each once."""
        encoded = [name.encode() for name in sorted(set(names))]
        ends = np.zeros(len(encoded) + 1, dtype=np.int64)
        np.cumsum([len(name) for name in encoded], out=ends[1:])
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), ends)

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __iter__(self) -> Iterator[str]:
        text = self.text.tobytes()
        return (text[start:end].decode() for start, end in pairwise(self.ends.tolist()))

    def __getitem__(self, place: int) -> str:  # type: ignore[override]
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self.text[self.ends[place] : self.ends[place + 1]].tobytes().decode()

    def place(self, name: str) -> int | None:
        """Return the place of ``name``; None where it is not in the table."""
        found = bisect_left(self, name)
        return found if found < len(self) and self[found] == name else None

    def at(self, name: str) -> int:
        """Return the place of a name that is in the table."""
        found = self.place(name)
        if found is None:
            raise KeyError(name)
        return found
