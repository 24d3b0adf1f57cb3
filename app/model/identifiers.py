"""CURIEs: reading them in any spelling, and writing them in one.

The prefix map is Biolink's with FamPlex (``FPLX``) added; ``prefixes.json`` is generated from
``graph_schema/prefixes.yaml``. ``curies`` finds the prefix that an IRI stands under. The capitals
are settled here, as its look-up minds the case of a prefix.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, TypedDict
from urllib.parse import quote, unquote

import orjson

from app.model.errors import BadInput

if TYPE_CHECKING:
    from curies import Converter

_CURIE = re.compile(r"([A-Za-z0-9][A-Za-z0-9_.-]*)\s*:\s*(.+)", re.DOTALL)
_IRI = re.compile(r"https?://", re.IGNORECASE)
_RESOLVER = re.compile(
    r"https?://(?:www\.)?(?:identifiers\.org|bioregistry\.io)/([^/:?#]+:.+)", re.IGNORECASE
)
_BARE_PMC = re.compile(r"PMC[0-9]+", re.IGNORECASE)
_ANY_LOCAL = re.compile(r"[^\s/:?#<>\"{}|\\^`][^\s<>\"{}|\\^`]*")
_ASCII_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_ASCII_UPPER = {lower: upper for upper, lower in _ASCII_LOWER.items()}
_IRI_SAFE = "/:;()[]=+,~@!$&'*"
_SHOWN = 80


class _Entry(TypedDict, total=False):
    iri: str
    iris: list[str]
    synonyms: list[str]
    pattern: str
    case: str
    strip: str
    example: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """A prefix: its name in canonical capitals, its IRI, and what its local parts look like.

    ``iris`` and ``synonyms`` are further spellings that are read and never written. ``strip`` is
    a text that may stand before a local part (``PMC``), ``case`` is ``upper``, ``lower`` or None.
    """

    name: str
    iri: str
    iris: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    case: str | None = None
    strip: str | None = None
    example: str | None = None

    def local(self, text: str) -> str:
        """Return the local part ``text`` in its canonical form; BadInput where it is none."""
        bare = text
        if self.strip and text.upper().startswith(self.strip):
            bare = text[len(self.strip) :]
        if self.case is not None:
            bare = bare.translate(_ASCII_LOWER if self.case == "lower" else _ASCII_UPPER)
        if (self.pattern or _ANY_LOCAL).fullmatch(bare) is None:
            hint = f"; write it as in {self.example}" if self.example else ""
            raise BadInput(f"{_shown(text)} is not an identifier of {self.name}{hint}")
        return bare


class PrefixMap:
    """Prefixes by name, and the CURIEs and IRIs that they make."""

    def __init__(self, prefixes: Mapping[str, Prefix]) -> None:
        self.prefixes = dict(prefixes)
        self._by_name = {
            name.casefold(): prefix
            for prefix in self.prefixes.values()
            for name in (prefix.name, *prefix.synonyms)
        }

    def with_prefixes(self, iris: Mapping[str, str]) -> "PrefixMap":
        """Return a map that knows these prefixes (name to IRI) too; a known name stays as it is.

        Raises:
            BadInput: a name is no prefix, or its IRI belongs to another one.
        """
        more = dict(self.prefixes)
        taken = {
            iri: each.name for each in self.prefixes.values() for iri in (each.iri, *each.iris)
        }
        for name, iri in iris.items():
            if name.casefold() in self._by_name:
                continue
            if _CURIE.fullmatch(f"{name}:x") is None:
                raise BadInput(f"{_shown(name)} can't be a prefix: use letters, digits, . _ and -")
            if (other := taken.setdefault(iri, name)) != name:
                raise BadInput(f"the IRI {iri} of prefix {name} belongs to {other}")
            more[name] = Prefix(name=name, iri=iri)
        return PrefixMap(more)

    def normalise(self, text: str) -> str:
        """Return the CURIE that ``text`` spells, in canonical capitals.

        Read are CURIEs with any case of prefix, known IRIs, and PMC ids without a prefix.

        Raises:
            BadInput: the prefix is unknown, the local part malformed, or it is no CURIE at all.
        """
        stripped = text.strip()
        if _IRI.match(stripped):
            return self._contract(stripped)
        if _BARE_PMC.fullmatch(stripped):
            stripped = f"PMC:{stripped}"
        match = _CURIE.fullmatch(stripped)
        if match is None:
            raise BadInput(f"{_shown(text)} is not a CURIE: write prefix:id, such as GO:0001837")
        return self._join(self._prefix(match[1]), match[2])

    def is_curie(self, text: str) -> bool:
        """Tell whether ``text`` can be read as a CURIE."""
        try:
            self.normalise(text)
        except BadInput:
            return False
        return True

    def expand(self, curie: str) -> str:
        """Return the IRI of a CURIE; BadInput as :meth:`normalise`."""
        prefix, _, local = self.normalise(curie).partition(":")
        return self.prefixes[prefix].iri + quote(local, safe=_IRI_SAFE)

    def _prefix(self, name: str) -> Prefix:
        found = self._by_name.get(name.casefold())
        if found is None:
            near = get_close_matches(name.casefold(), self._by_name, n=3)
            names = ", ".join(dict.fromkeys(self._by_name[each].name for each in near))
            hint = f"; nearest are {names}" if names else ""
            raise BadInput(f"unknown prefix {_shown(name)}{hint}")
        return found

    def _join(self, prefix: Prefix, local: str) -> str:
        while (match := _CURIE.fullmatch(local)) and self._names(match[1], prefix):
            local = match[2]
        return f"{prefix.name}:{prefix.local(local)}"

    def _names(self, name: str, prefix: Prefix) -> bool:
        return self._by_name.get(name.casefold()) is prefix

    def _contract(self, iri: str) -> str:
        malformed: BadInput | None = None
        for prefix, local in self._readings(iri):
            try:
                return self._join(prefix, unquote(local))
            except BadInput as error:
                malformed = malformed or error
        raise malformed or BadInput(f"no known prefix stands for the IRI {_shown(iri)}")

    def _readings(self, iri: str) -> Iterator[tuple[Prefix, str]]:
        rest = iri.split("://", 1)[1]
        for scheme in ("http", "https"):
            parsed = self._converter.parse_uri(f"{scheme}://{rest}")
            if parsed is not None:
                yield self.prefixes[parsed.prefix], parsed.identifier.removesuffix("/")
        if resolver := _RESOLVER.fullmatch(iri):
            name, _, local = resolver[1].partition(":")
            if found := self._by_name.get(name.casefold()):
                yield found, local

    @cached_property
    def _converter(self) -> "Converter":
        # Only IRIs need it, and importing it takes longer than all else here.
        from curies import Converter, Record

        return Converter(
            [
                Record(
                    prefix=each.name,
                    uri_prefix=each.iri,
                    prefix_synonyms=list(each.synonyms),
                    uri_prefix_synonyms=list(each.iris),
                )
                for each in self.prefixes.values()
            ]
        )


@lru_cache(maxsize=1)
def default_prefixes() -> PrefixMap:
    """Return Biolink's prefix map with ``FPLX``."""
    raw = resources.files("app.model").joinpath("prefixes.json").read_bytes()
    entries: dict[str, _Entry] = orjson.loads(raw)["prefixes"]
    return PrefixMap({name: _read(name, entry) for name, entry in entries.items()})


def _read(name: str, entry: _Entry) -> Prefix:
    pattern = entry.get("pattern")
    return Prefix(
        name=name,
        iri=entry["iri"],
        iris=tuple(entry.get("iris", ())),
        synonyms=tuple(entry.get("synonyms", ())),
        pattern=re.compile(pattern) if pattern else None,
        case=entry.get("case"),
        strip=entry.get("strip"),
        example=entry.get("example"),
    )


def normalise_curie(text: str) -> str:
    """Return the CURIE that ``text`` spells, in canonical capitals.

    ``go:0001837`` gives ``GO:0001837``, ``DOI:10.1/X`` ``doi:10.1/x``, ``PMC503772``
    ``PMC:503772``, and an IRI that a known prefix stands for the CURIE.

    Raises:
        BadInput: the prefix is unknown, the local part malformed, or it is no CURIE at all.
    """
    return default_prefixes().normalise(text)


def imported_prefix(curie: str) -> str | None:
    """Return the prefix of an id as an import may bring it; None where it is no such id.

    Such a prefix is not in the map: an entity of the graph that bears it is what registers it.
    """
    match = _CURIE.fullmatch(curie)
    if match is None or _ANY_LOCAL.fullmatch(match[2]) is None:
        return None
    return None if match[1].casefold() in _known_names() else match[1]


@lru_cache(maxsize=1)
def _known_names() -> frozenset[str]:
    known = default_prefixes().prefixes.values()
    return frozenset(name.casefold() for each in known for name in (each.name, *each.synonyms))


def is_curie(text: str) -> bool:
    """Tell whether ``text`` can be read as a CURIE."""
    return default_prefixes().is_curie(text)


def expand(curie: str) -> str:
    """Return the IRI of a CURIE; BadInput where it is none."""
    return default_prefixes().expand(curie)


def _shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
