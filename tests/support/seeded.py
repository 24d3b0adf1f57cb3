"""The seed's claims by the names that docs and tests call them, and changed copies of them."""

from collections.abc import Mapping

from app.model.claim import Claim
from app.services.seeds import read_seeds

Fields = Mapping[str, object]


def seed_claim(name: str) -> Claim:
    """Return the seed's claim of this name, such as ``C5``."""
    return next(
        each.claim for group in read_seeds().claims for each in group.claims if each.name == name
    )


def changed(claim: Claim, **changes: object) -> Claim:
    """Return a copy with these fields; ``outcome__direction`` reaches into ``outcome``."""
    body: dict[str, object] = claim.model_dump(mode="json")
    for path, value in changes.items():
        *parents, last = path.split("__")
        place = body
        for parent in parents:
            inner = place[parent]
            assert isinstance(inner, dict)
            place = inner
        place[last] = value
    return Claim.model_validate(body)


def span_of(text: str, words: str, after: int = 0) -> dict[str, object]:
    """Return the span of the first place of ``words`` in ``text``, from ``after`` on."""
    start = text.index(words, after)
    return {"start": start, "end": start + len(words), "text": words}
