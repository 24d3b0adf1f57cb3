"""Text cut into the tokens in which names are compared.

A token is a run of letters, a run of digits, or the name of a Greek letter; ``NF-κB``,
``NF-kappaB`` and ``NF kappa B`` are all ``nf kappa b``. Offsets are those of the text as it was
given: each token is normalised by itself, so that nothing has to be mapped back.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

GREEK: Final = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
    "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "χ": "chi",
    "ψ": "psi", "ω": "omega",
}  # fmt: skip
"""Greek letters by which things are numbered, and their names."""

SPELLED: Final = frozenset(
    {"alpha", "beta", "gamma", "delta", "epsilon", "zeta", "theta", "kappa", "lambda", "sigma",
     "omega"}
)  # fmt: skip
"""Names of Greek letters that are cut out of a word (``IkappaBalpha``)."""

_TOKEN = re.compile(
    "(?P<letters>[A-Za-z]++(?![^\\W0-9_Ͱ-ϡ]|[\u0300-\u036f]))|(?P<digits>[0-9]+)"
    "|(?P<greek>[Ͱ-ϡ])|(?P<other>(?:[^\\W_]|[\u0300-\u036f])+)"
)
_PIECES = re.compile(
    f"{'|'.join(sorted(SPELLED, key=len, reverse=True))}"
    f"|(?:(?!{'|'.join(sorted(SPELLED, key=len, reverse=True))})[a-z])+"
)
_OTHER = re.compile("[Ͱ-ϡ]|[0-9]+|(?:[^\\WͰ-ϡ0-9_]|[\u0300-\u036f])+")
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹", "01234567890123456789")
_BRITISH: Final = (
    ("tumour", "tumor"), ("signalling", "signaling"), ("oestr", "estr"), ("oesoph", "esoph"),
    ("oedema", "edema"), ("aemia", "emia"), ("haemo", "hemo"), ("haema", "hema"), ("paedi", "pedi"),
    ("fibre", "fiber"), ("behaviour", "behavior"), ("sulph", "sulf"), ("leucocyt", "leukocyt"),
    ("ischaem", "ischem"), ("isation", "ization"), ("anaes", "anes"), ("caecal", "cecal"),
    ("gynaec", "gynec"), ("foetal", "fetal"), ("diarrhoea", "diarrhea"), ("colour", "color"),
)  # fmt: skip
_LONGEST_WORD: Final = 64


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text: where it stands, and its form in which names are compared."""

    start: int
    end: int
    form: str


@lru_cache(maxsize=1 << 16)
def _split(word: str) -> tuple[tuple[int, int, str], ...]:
    """Return the (start, end, form) pieces of a run of ASCII letters."""
    lower = word.lower()
    if not any(name in lower for name in SPELLED):
        return ((0, len(word), _american(lower)),)
    return tuple((each.start(), each.end(), each[0]) for each in _PIECES.finditer(lower))


def _american(lower: str) -> str:
    if len(lower) > 5:
        for british, american in _BRITISH:
            if british in lower:
                lower = lower.replace(british, american)
    return lower


@lru_cache(maxsize=1 << 12)
def _plain(run: str) -> str:
    """Return a run of letters of any script in lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", run.translate(_SUBSCRIPTS)).casefold()
    return "".join(char for char in decomposed if not unicodedata.combining(char)) or run


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of a text in order; time is linear in its length."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        kind = match.lastgroup
        if kind == "letters":
            if end - start > _LONGEST_WORD:
                found.append(Token(start, end, ""))
            else:
                found.extend(
                    Token(start + from_, start + to, form) for from_, to, form in _split(match[0])
                )
        elif kind == "digits":
            found.append(Token(start, end, match[0] if end - start <= _LONGEST_WORD else ""))
        elif kind == "greek":
            found.append(Token(start, end, _greek(match[0])))
        else:
            found.extend(_foreign(match[0], start))
    return found


def _greek(char: str) -> str:
    lower = char.lower().replace("ς", "σ").replace("ϵ", "ε").replace("ϐ", "β").replace("ϕ", "φ")
    return GREEK.get(lower, lower)


def _foreign(run: str, start: int) -> list[Token]:
    if len(run) > _LONGEST_WORD:
        return [Token(start, start + len(run), "")]
    return [
        Token(start + each.start(), start + each.end(), _form_of(each[0]))
        for each in _OTHER.finditer(run)
    ]


def _form_of(piece: str) -> str:
    if len(piece) == 1 and "Ͱ" <= piece <= "ϡ":
        return _greek(piece)
    plain = _plain(piece)
    return _american(GREEK.get(plain, plain))


def key_of(name: str) -> str:
    """Return the form in which a name is looked up: its tokens, a space between two."""
    return " ".join(token.form for token in tokens_of(name))
