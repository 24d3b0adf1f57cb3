"""The lexicon of grounding as the look-up of BEL's names."""

from collections.abc import Sequence

from app.grounding import Grounder
from app.model.entity import Entity


class LexiconNames:
    """Finds entities of the lexicon by whole names and by CURIE."""

    def __init__(self, grounder: Grounder) -> None:
        self._grounder = grounder

    @classmethod
    def load(cls) -> "LexiconNames":
        """Return the look-up over the lexicon of ``seeds``."""
        return cls(Grounder.load())

    def named(self, name: str, prefixes: Sequence[str]) -> Entity | None:
        """Return the entity of one of these prefixes that the whole name means, or None.

        Of several the best of the first prefix that has one counts. An inverted name (*Plaque,
        Amyloid*) is read in its common order, too.
        """
        return self._named(name, prefixes) or self._named(_in_common_order(name), prefixes)

    def _named(self, name: str, prefixes: Sequence[str]) -> Entity | None:
        found = self._grounder.ground(name)
        for prefix in prefixes:
            for each in found:
                if each.id.startswith(f"{prefix}:"):
                    return self._grounder.entity(each.id)
        return None

    def known(self, curie: str) -> Entity | None:
        """Return the entity with this CURIE, or None."""
        return self._grounder.entity(curie)


def _in_common_order(name: str) -> str:
    head, _, rest = name.partition(", ")
    return f"{rest} {head}" if rest and ", " not in rest else name
