"""Of which species an abstract's findings are, where only one is studied and the clause names none.

"Rats were given X. … X raised Y": the second sentence is about rats, too. That is concluded, not
said, so the organism that is added is marked ``inferred`` and stands where the text names it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.model.claim import Claim, ContextItem
from app.model.reading import Document
from app.model.text import Grounding, Span
from app.model.vocabulary import Category, ContextType, Epistemic, Setting

_STUDIED: Final = {
    "mice": "mouse",
    "rats": "rat",
    "dogs": "dogs",
    "cats": "cats",
    "rabbits": "rabbit",
    "guinea pigs": "guinea pig",
    "pigs": "pigs",
    "sheep": "sheep",
    "chickens": "chicken",
    "zebrafish": "zebrafish",
    "patients": "human",
    "women": "human",
    "men": "human",
    "children": "human",
    "volunteers": "human",
}
"""Words for the animals or people that are studied, with the name of their species."""

_OTHERS: Final = {
    "mouse": "mouse",
    "murine": "mouse",
    "rat": "rat",
    "human": "human",
    "humans": "human",
    "canine": "dogs",
    "feline": "cats",
    "rabbit": "rabbit",
    "porcine": "pigs",
    "ovine": "sheep",
    "chicken": "chicken",
    "bovine": "cattle",
    "hamster": "hamster",
    "hamsters": "hamster",
    "monkey": "monkey",
    "monkeys": "monkey",
    "yeast": "yeast",
    "cerevisiae": "yeast",
    "drosophila": "fly",
    "flies": "fly",
    "elegans": "worm",
    "arabidopsis": "cress",
    "xenopus": "frog",
    "rodents": "rodent",
}
"""Words that name a species, if perhaps only that of a cell or a protein."""

_SPECIES: Final = _OTHERS | _STUDIED
_WORD: Final = re.compile(
    rf"\b(?:{'|'.join(sorted(_SPECIES, key=len, reverse=True))})\b", re.IGNORECASE
)
_OFTEN: Final = 2
"""How often an abstract names what it studies, unless its title does."""

_ELSEWHERE: Final = frozenset({Epistemic.BACKGROUND, Epistemic.HYPOTHESIS})
_PLACES: Final = frozenset({ContextType.ORGANISM, ContextType.CELL})


@dataclass(frozen=True, slots=True)
class Species:
    """The one species that a text studies, as a context item, or None."""

    item: ContextItem | None

    def told(self, claim: Claim) -> Claim:
        """Return the claim with the organism, where it is a finding that names no place itself."""
        if self.item is None or claim.epistemic in _ELSEWHERE:
            return claim
        if any(each.type in _PLACES or each.value is Setting.IN_VITRO for each in claim.context):
            return claim
        return claim.model_copy(update={"context": (*claim.context, self.item)})


def species_of(
    document: Document, ground: Callable[[str], tuple[Grounding, ...]] | None
) -> Species:
    """Return the species that a document studies; ``ground`` grounds its name.

    It is the only one that the text names, by the animals or people themselves, in the title or
    more than once. Where cell lines are named, whose species is their own, there is none.
    """
    named = list(_WORD.finditer(document.text))
    studied = [match for match in named if match.group().lower() in _STUDIED]
    if ground is None or len({_SPECIES[match.group().lower()] for match in named}) != 1:
        return Species(None)
    often = len(studied) >= _OFTEN or any(each.start() < document.title_end for each in studied)
    if not often or any(each.category is Category.CELL_LINE for each in document.mentions):
        return Species(None)
    first = studied[0]
    groundings = ground(_STUDIED[first.group().lower()])
    if not groundings:
        return Species(None)
    mention = Span(start=first.start(), end=first.end(), text=first.group())
    return Species(
        ContextItem(
            type=ContextType.ORGANISM, mention=mention, groundings=groundings, inferred=True
        )
    )
