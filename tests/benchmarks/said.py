"""Claims made from the words of a text, as tests of the bench need them."""

from app.model.claim import (
    Claim,
    Evidence,
    Extraction,
    Outcome,
    Participant,
    Perturbation,
    Predicate,
)
from app.model.reading import Candidate, Document
from app.model.text import Quote, Span, sha256_of
from app.model.vocabulary import EvidenceType, OutcomeDirection, PerturbationType, PredicateType
from benchmarks.extraction.units import Labels, Pair, Said


def place(text: str, words: str) -> Pair:
    """Return where words first stand in a text."""
    start = text.index(words)
    return start, start + len(words)


def claimed(text: str, agent: str, outcome: str, sign: str | None = "+", **slots: object) -> Said:
    """Return a claim on words of a text; ``labels`` and others as in :class:`Said`."""
    return Said((place(text, agent),), (place(text, outcome),), sign, **slots)


def labels(**slots: str | None) -> Labels:
    """Return the labels of a plain finding, with those given put in."""
    plain = {"perturbation": "none", "predicate": "increases", "direction": "up"}
    told = {"aspect": None, "epistemic": "demonstrated"}
    return Labels(**{**plain, **told, **slots}, stated=True)


class Echo:
    """A reader that says, whatever the text, that its first word raises its last one."""

    name = "echo"
    version = "1"

    def read(self, document: Document) -> tuple[Candidate, ...]:
        """Return that one claim."""
        words = document.text.split()
        first, last = words[0], words[-1].rstrip(".")
        end = document.text.rindex(last)
        claim = Claim(
            text_sha256=sha256_of(document.text),
            agent=Participant(mention=Span(start=0, end=len(first), text=first)),
            perturbation=Perturbation(type=PerturbationType.NONE),
            predicate=Predicate(type=PredicateType.INCREASES),
            outcome=Outcome(
                mention=Span(start=end, end=end + len(last), text=last),
                direction=OutcomeDirection.UP,
            ),
            evidence=Evidence(type=EvidenceType.OBSERVATIONAL),
            epistemic="demonstrated",
            quotes=(Quote(text=document.text, start=0, end=len(document.text)),),
        )
        reading = Extraction(
            reader=self.name, version=self.version, rule="first-last", confidence=1
        )
        return (Candidate(claim=claim, extraction=reading),)
