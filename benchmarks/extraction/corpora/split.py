"""Which part of a corpus is looked at, and which is scored once per release and never read."""

import hashlib

UNSEEN_SHARE = 4
"""One document in so many is unseen."""


def is_unseen(corpus: str, document: str) -> bool:
    """Tell whether a document belongs to the unseen part; fixed by the hash of its name."""
    digest = hashlib.sha256(f"{corpus}:{document}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % UNSEEN_SHARE == 0
