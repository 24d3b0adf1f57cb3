"""The compiled lexicon: its sections, and how they are written."""

import zlib
from pathlib import Path

from tools.lexicon.forms import forms
from tools.lexicon.gather import Gathered
from tools.lexicon.terms import RANK, Term

SECTIONS = ("entities", "secondary", "keys", "meanings", "heads", "relations", "targets")


def sections(all_: Gathered) -> dict[str, str]:
    """Return the lexicon's sections as text, lines in canonical order."""
    order = sorted(all_.terms)
    number = {curie: index for index, curie in enumerate(order)}
    meant = forms(all_.terms, all_.relations)
    keys = sorted(meant)
    heads: dict[str, int] = {}
    for key in keys:
        tokens = key.split(" ")
        heads[tokens[0]] = heads.get(tokens[0], 0) | 1 << len(tokens)
    return {
        "entities": "\n".join(_line(all_.terms[curie]) for curie in order),
        "secondary": "\n".join(
            f"{curie}\t{primary}\t{name}"
            for curie, (primary, name) in sorted(all_.secondary.items())
            if curie not in all_.terms
        ),
        "keys": "\n".join(keys),
        "meanings": "\n".join(_meanings(meant[key], number) for key in keys),
        "heads": "\n".join(f"{token}\t{mask}" for token, mask in sorted(heads.items())),
        "relations": "\n".join("\t".join(each) for each in sorted(all_.relations)),
        "targets": "\n".join(
            f"{curie}\t{target}\t{sign}"
            for curie, targets in sorted(all_.targets.items())
            for target, sign in sorted(set(targets))
        ),
    }


def _line(term: Term) -> str:
    synonyms = sorted(
        (name for name, kind in term.names.items() if kind != "r" and name != term.name),
        key=lambda name: (RANK.index(term.names[name]), name),
    )
    return "\t".join(
        (
            term.id,
            term.name,
            term.category.value,
            term.source,
            term.taxon or "",
            term.abbreviation or "",
            "|".join(name.replace("|", "/") for name in synonyms[:MAX_SYNONYMS]),
            "|".join(sorted(term.xrefs)),
        )
    )


MAX_SYNONYMS = 12


def _meanings(entries: list[tuple[str, str, str]], number: dict[str, int]) -> str:
    encoded = sorted((number[curie], kind, style) for curie, kind, style in entries)
    return " ".join(f"{index}{kind}{style}" for index, kind, style in encoded)


def write(folder: Path, text: dict[str, str]) -> None:
    """Write each section compressed; the bytes inside do not depend on when or where."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in text.items():
        (folder / f"{name}.z").write_bytes(zlib.compress(content.encode("utf-8"), 9))
