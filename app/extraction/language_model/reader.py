"""The reader: one question a document, and only what can be verified of its answer."""

from collections import Counter
from typing import Final

import orjson
from pydantic import ValidationError

from app.extraction.language_model.access import Access
from app.extraction.language_model.claims import Refused, claim_of
from app.extraction.language_model.client import Client
from app.extraction.language_model.prompt import PROMPT_VERSION, user_message
from app.extraction.language_model.wire import MAX_CLAIMS, Proposal
from app.model.claim import Claim, Extraction
from app.model.reading import Candidate, Counted, Document

CONFIDENCE: Final = 0.5
"""How surely a proposal is right until it is measured, on a curator's scale; models that are asked
for it are too sure of themselves."""

MAX_CHARACTERS: Final = 40_000
"""The longest text that is sent: abstracts are a twentieth of it."""

LEAST_MENTIONS: Final = 2
"""A claim needs two entities; a text with fewer is not sent."""

GIVE_UP: Final = 5
"""Documents in a row that fail before the model is not asked any more."""

MALFORMED = "a proposal that is not of the schema"
TOO_MANY = f"more than {MAX_CLAIMS} proposals"


class ModelReader:
    """Reads candidates with a language model; see :class:`~app.model.reading.CountingReader`.

    Args:
        access: where the model is.
        lexicon: the version of the lexicon that grounds the documents, as their claims depend
            on it.

    """

    name = "model"

    def __init__(self, access: Access, lexicon: str = "") -> None:
        parts = (f"prompt {PROMPT_VERSION}", access.name, lexicon and f"lexicon {lexicon}")
        self.version = ", ".join(part for part in parts if part)
        self._client = Client(access)
        self._failed = 0
        self._off: str | None = None

    def read(self, document: Document) -> tuple[Candidate, ...]:
        """Return the candidates in the order of the text; none where the model fails."""
        return self.read_counted(document).candidates

    def read_counted(self, document: Document) -> Counted:
        """Return the candidates with what was dropped, what it took, and why it failed if so."""
        if len(document.mentions) < LEAST_MENTIONS:
            return Counted()
        if len(document.text) > MAX_CHARACTERS:
            return Counted(failure=f"the text has more than {MAX_CHARACTERS} characters")
        if self._off is not None:
            return Counted(failure=f"it is not asked any more: {self._off}")
        answer = self._client.ask(user_message(document))
        self._count(answer.failure, answer.fatal)
        if answer.failure is not None:
            return Counted(usage=answer.usage, failure=answer.failure)
        try:
            proposals = _proposals(answer.text)
        except ValueError:
            self._count("malformed", fatal=False)
            return Counted(usage=answer.usage, failure="its answer is not of the schema")
        candidates, dropped = self._candidates(proposals, document)
        return Counted(candidates=candidates, dropped=dropped, usage=answer.usage)

    def _count(self, failure: str | None, fatal: bool) -> None:
        """Keep count of failures, so that a model that is away does not hold up the rest."""
        self._failed = 0 if failure is None else self._failed + 1
        if fatal or self._failed >= GIVE_UP:
            self._off = failure

    def _candidates(
        self, proposals: list[object], document: Document
    ) -> tuple[tuple[Candidate, ...], dict[str, int]]:
        dropped: Counter[str] = Counter()
        found: dict[str, Claim] = {}
        for proposal in proposals[:MAX_CLAIMS]:
            try:
                claim = claim_of(Proposal.model_validate(proposal), document)
            except ValidationError:
                dropped[MALFORMED] += 1
            except Refused as refused:
                dropped[str(refused)] += 1
            else:
                found[claim.id] = claim
        if len(proposals) > MAX_CLAIMS:
            dropped[TOO_MANY] += len(proposals) - MAX_CLAIMS
        reading = Extraction(reader=self.name, version=self.version, confidence=CONFIDENCE)
        ordered = sorted(found.values(), key=lambda claim: (claim.quotes[0].start or 0, claim.id))
        return tuple(Candidate(claim=each, extraction=reading) for each in ordered), dict(dropped)


def _proposals(answer: str) -> list[object]:
    """Return the list of proposals that an answer holds; ValueError where it holds none."""
    body = orjson.loads(answer)
    if not isinstance(body, dict) or not isinstance(body.get("claims"), list):
        raise ValueError("an answer is an object with a list of claims")  # noqa: TRY004
    proposals: list[object] = body["claims"]
    return proposals
