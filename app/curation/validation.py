"""Holding a curator's claim against the text that it quotes, and its words against each other.

A claim's direction is the net change of its grounded entity. So it follows from the verb and from
the words in the outcome's mention, and from nothing else: *prevents* lowers, *induces* raises, and
words such as *loss of* inside the mention turn that round ("X prevented the downregulation of
E-cadherin": E-cadherin is up). What was done to the agent has no part in it. Where the mention
holds a word that may turn the direction, both directions pass; where it holds none, only the
verb's own does.
"""

import re
from collections.abc import Iterator
from typing import Final

from app.model.claim import Claim
from app.model.errors import BadInput, FieldError, QuoteMismatch
from app.model.identifiers import normalise_curie
from app.model.text import Span, sha256_of
from app.model.vocabulary import (
    Aspect,
    OutcomeDirection,
    PredicateType,
    Strength,
    Supports,
    Timing,
)

RAISING: Final = frozenset(
    {
        PredicateType.INDUCES,
        PredicateType.PROMOTES,
        PredicateType.INCREASES,
        PredicateType.MAINTAINS,
        PredicateType.REQUIRED_FOR,
        PredicateType.SUFFICIENT_FOR,
        PredicateType.RESTORES,
        PredicateType.WORSENS,
    }
)
LOWERING: Final = frozenset(
    {
        PredicateType.PREVENTS,
        PredicateType.REVERSES,
        PredicateType.ABROGATES,
        PredicateType.ATTENUATES,
        PredicateType.INHIBITS,
        PredicateType.DECREASES,
    }
)
UNDIRECTED: Final = frozenset({PredicateType.NO_EFFECT, PredicateType.ACTIVE_IN})

_TURNING: Final = re.compile(
    r"\b(?:loss|lack\w*|absen\w*|depriv\w*|deplet\w*|down|down-?\s?(?:regulat|modulat)\w*|"
    r"decreas\w*|decline\w*|reduc\w*|diminish\w*|diminution|lower\w*|low|falls?|drops?|weak\w*|"
    r"disappear\w*|deficien\w*|haploinsufficien\w*|defect\w*|failure|fewer|less|smaller|blunt\w*|"
    r"delay\w*|deactivat\w*|neutrali\w*|ablat\w*|remov\w*|eliminat\w*|eradicat\w*|"
    r"inhibit\w*|suppress\w*|repress\w*|silenc\w*|block\w*|inactivat\w*|disrupt\w*|impair\w*|"
    r"attenuat\w*|abrogat\w*|abolish\w*|abolition|prevent\w*|revers\w*|resist\w*|protect\w*|"
    r"degrad\w*|destabili\w*|destruct\w*|turnover|cleavage|antagoni\w*|withdraw\w*|arrest\w*|"
    r"inverse\w*|recovery|rescue\w*|restor\w*|knock-?\s?(?:down|out)\w*|delet\w*)\b",
    re.IGNORECASE,
)
"""Words of a mention that may turn the direction of what it names."""


def verify(claim: Claim, text: str) -> Claim:
    """Return a curator's claim with its quotes verified against the article's text.

    Raises:
        QuoteMismatch: a span does not stand in the text; each error names the slot and what
            stands there.
        BadInput: the claim is of another text, quotes nothing, names malformed identifiers, or
            its words contradict each other.
    """
    digest = sha256_of(text)
    if claim.text_sha256 != digest:
        raise BadInput(
            f"The claim is of the text {claim.text_sha256}, not of the article's text {digest}: "
            "read its offsets from the present text.",
            [FieldError("/text_sha256", f"must be {digest}")],
        )
    if not claim.quotes or any(quote.span is None for quote in claim.quotes):
        why = "each quote of a curated claim needs its offsets, and there must be one"
        raise BadInput(f"{why[0].upper()}{why[1:]}.", [FieldError("/quotes", why)])
    wrong = [FieldError(pointer, _stands(span, text)) for pointer, span in misplaced(claim, text)]
    if wrong:
        first = wrong[0]
        raise QuoteMismatch(f"{first.pointer}: {first.detail}", wrong)
    malformed = list(_malformed(claim.model_dump(mode="json", exclude={"quotes"}), ""))
    if malformed:
        raise BadInput(f"{malformed[0].pointer}: {malformed[0].detail}", malformed)
    if contradictions := tuple(disagreements(claim)):
        first = contradictions[0]
        raise BadInput(f"{first.pointer}: {first.detail}", contradictions)
    quotes = tuple(
        quote.model_copy(update={"sha256": digest, "verified": True}) for quote in claim.quotes
    )
    return claim.model_copy(update={"quotes": quotes})


def misplaced(claim: Claim, text: str) -> Iterator[tuple[str, Span]]:
    """Yield the JSON pointer and span of each slot or quote that is not verbatim in the text."""
    body = claim.model_dump(mode="json")
    for pointer, span in _placed(body, ""):
        if not span.matches(text):
            yield pointer, span


def disagreements(claim: Claim) -> Iterator[FieldError]:
    """Yield what contradicts what within the claim (rules 1, 7 and 8 of reading)."""
    yield from _direction(claim)
    timing, aspect = claim.timing, claim.outcome.aspect
    if timing in (Timing.BEFORE, Timing.WITH) and aspect is Aspect.MAINTENANCE:
        yield FieldError(
            "/outcome/aspect",
            f"what was done {timing} the inducer concerns induction, whatever the verb",
        )
    if timing is Timing.AFTER and aspect is Aspect.INDUCTION:
        yield FieldError("/outcome/aspect", "what was done after the inducer concerns maintenance")
    if claim.strength is Strength.PARTIAL and claim.evidence.supports is Supports.NECESSITY:
        yield FieldError(
            "/evidence/supports", "a partial effect supports contribution, never necessity"
        )


def _direction(claim: Claim) -> Iterator[FieldError]:
    verb, direction = claim.predicate.type, claim.outcome.direction
    if verb in UNDIRECTED:
        if direction is not OutcomeDirection.NONE:
            yield FieldError("/outcome/direction", f"{verb} has direction none, not {direction}")
        return
    if verb is PredicateType.ASSOCIATED_WITH:
        return
    if direction is OutcomeDirection.NONE:
        if not claim.negated:
            yield FieldError("/outcome/direction", f"{verb} says a change: give up or down")
        return
    expected = OutcomeDirection.UP if verb in RAISING else OutcomeDirection.DOWN
    if direction is not expected and not _may_turn(claim):
        yield FieldError(
            "/outcome/direction",
            f"{verb} of {_outcome_words(claim)!r} is {expected}, not {direction}; where words such "
            "as 'loss of' turn it, they belong into the outcome's mention",
        )


def _may_turn(claim: Claim) -> bool:
    spans = (claim.outcome.mention, claim.outcome.antecedent)
    return any(_TURNING.search(span.text) for span in spans if span is not None)


def _outcome_words(claim: Claim) -> str:
    return claim.outcome.mention.text if claim.outcome.mention else "the outcome"


def _stands(span: Span, text: str) -> str:
    where = f"{span.start}:{span.end}"
    if span.end > len(text):
        return f"{where} is out of range: the text has {len(text)} characters"
    return (
        f"{span.text!r} does not stand at {where}, where there is {text[span.start : span.end]!r}"
    )


def _placed(value: object, pointer: str) -> Iterator[tuple[str, Span]]:
    if isinstance(value, dict):
        if value.keys() >= {"start", "end", "text"}:
            if value["start"] is not None and value["end"] is not None:
                yield pointer, Span(**{name: value[name] for name in ("start", "end", "text")})
            return
        for name, item in value.items():
            yield from _placed(item, f"{pointer}/{name}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _placed(item, f"{pointer}/{number}")


def _malformed(value: object, pointer: str) -> Iterator[FieldError]:
    """Yield each grounding or evidence code that is no CURIE in canonical spelling."""
    if isinstance(value, dict):
        if value.keys() >= {"id", "name", "score"}:
            yield from _not_canonical(str(value["id"]), f"{pointer}/id")
            return
        for name, item in value.items():
            yield from _malformed(item, f"{pointer}/{name}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            if pointer.endswith("/eco"):
                yield from _not_canonical(str(item), f"{pointer}/{number}")
            else:
                yield from _malformed(item, f"{pointer}/{number}")


def _not_canonical(curie: str, pointer: str) -> Iterator[FieldError]:
    try:
        spelled = normalise_curie(curie)
    except BadInput as error:
        yield FieldError(pointer, str(error))
        return
    if spelled != curie:
        yield FieldError(pointer, f"{curie} is written {spelled}")
