"""What the great arrays leave behind."""

import ctypes

_TRIM = getattr(ctypes.CDLL(None), "malloc_trim", None)


def give_back() -> None:
    """Give memory that was freed back to the system, where the C library can be told to.

    glibc keeps what arrays of some megabytes held: of an index of a million edges some 130 MB.
    """
    if _TRIM is not None:
        _TRIM(0)
