"""The people of a MEDLINE record: what ties a name to its affiliations is their order alone."""

import re

from app.ingest.identifiers import orcid

Fields = dict[str, object]

PEOPLE_TAGS = frozenset({"FAU", "AU", "AUID", "AD", "CN", "FIR", "IR", "IRAD", "FPS", "PS"})
_FULL = {"FAU": "authors", "FIR": "investigators", "FPS": "personal_subjects"}
_SHORT = {"AU": "authors", "IR": "investigators", "PS": "personal_subjects"}
_SUFFIX = re.compile(r"(?:Jr|Sr|2nd|3rd|[4-9]th|I{1,3}|IV|VI{0,3})\.?")


class People:
    """Authors, investigators and subjects as their tags come."""

    def __init__(self) -> None:
        self._lists: dict[str, list[Fields]] = {}
        self._affiliations: list[str] = []
        self._last: Fields | None = None
        self._full = False

    def take(self, tag: str, value: str) -> None:
        """Take the next tag of the record that names or describes a person."""
        if tag in _FULL:
            self._start(_FULL[tag], full_name(value))
            self._full = True
        elif tag in _SHORT:
            self._short(_SHORT[tag], value)
        elif tag == "CN":
            self._start("authors", {"collective": value})
        elif tag == "AUID":
            self._identifier(value)
        elif self._last is not None:
            self._append("affiliations", value)
        else:
            self._affiliations.append(value)

    def fields(self) -> Fields:
        """Return the citation's fields; affiliations before any author stand on their own."""
        return {**self._lists, "affiliations": self._affiliations}

    def _start(self, name: str, person: Fields) -> None:
        self._lists.setdefault(name, []).append(person)
        self._last = person
        self._full = False

    def _short(self, name: str, value: str) -> None:
        if not self._full or self._last is None:
            self._start(name, short_name(value))
            return
        self._full = False
        last = self._last.get("last_name")
        rest = value.removeprefix(f"{last} ") if last else value
        if rest != value:
            initials, _, suffix = rest.partition(" ")
            self._last["initials"] = initials
            if suffix:
                self._last["suffix"] = suffix
        else:
            self._last["initials"] = short_name(value).get("initials")

    def _identifier(self, value: str) -> None:
        if self._last is None:
            return
        number = orcid(value)
        if number is not None:
            self._last["orcid"] = number
        else:
            self._append("affiliation_ids", value.replace(": ", ":", 1))

    def _append(self, name: str, value: str) -> None:
        if self._last is not None:
            held = self._last.setdefault(name, [])
            if isinstance(held, list):
                held.append(value)


def full_name(value: str) -> Fields:
    """Read ``Birch, Paul R J`` or ``King, Martin Luther Jr``."""
    last, _, fore = value.partition(",")
    words = fore.split()
    suffix = words.pop() if len(words) > 1 and _SUFFIX.fullmatch(words[-1]) else None
    return {"last_name": last.strip(), "fore_name": " ".join(words) or None, "suffix": suffix}


def short_name(value: str) -> Fields:
    """Read ``de Hoon MJ`` or ``King ML Jr``: surname, initials, suffix."""
    words = value.split()
    suffix = None
    if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) and words[-2].isupper():
        suffix = words.pop()
    initials = words.pop() if len(words) > 1 and words[-1].isupper() else None
    return {"last_name": " ".join(words), "initials": initials, "suffix": suffix}
