"""The prefixes of an import: those of the map, and further ones that its nodes bring."""

from functools import lru_cache
from typing import Final

from app.model.errors import BadInput
from app.model.identifiers import PrefixMap, default_prefixes, imported_prefix

MAX_FURTHER: Final = 50
"""How many further prefixes one import may bring; more are a sign of ids that are no CURIEs."""

_KNOWN_IDS: Final = 200_000


class ImportPrefixes:
    """Reads the identifiers of one import, and remembers the prefixes that its nodes brought."""

    def __init__(self) -> None:
        self.further: list[str] = []
        self._take(default_prefixes())

    def node(self, text: str) -> tuple[str, str | None]:
        """Return a node's CURIE in canonical spelling, and the further prefix that it brings.

        Raises BadInput for what is no CURIE.
        """
        try:
            return self.curie(text), None
        except BadInput:
            name = imported_prefix(text.strip())
            if name is None or len(self.further) >= MAX_FURTHER or name.casefold() in _SCHEMES:
                raise
        # The IRI of such a prefix is of our own making: nobody said what it stands for.
        self._take(self._map.with_prefixes({name: f"urn:evipath:prefix:{name}:"}))
        found = self.curie(text)
        self.further.append(name)
        return found, name

    def _take(self, known: PrefixMap) -> None:
        self._map = known
        self.curie = lru_cache(_KNOWN_IDS)(known.normalise)


_SCHEMES: Final = frozenset({"http", "https", "urn", "ftp", "file", "mailto"})
