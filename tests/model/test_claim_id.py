"""A claim's id: that it is made of what its definition says."""

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.claim import (
    Background,
    Claim,
    Composition,
    ContextItem,
    Evidence,
    ImportSource,
    Member,
    Outcome,
    Participant,
    Perturbation,
    Predicate,
    Relation,
)
from app.model.text import Grounding, Quote, Span, sha256_of
from app.model.vocabulary import (
    Aspect,
    CompositionOp,
    ContextType,
    Epistemic,
    EvidenceType,
    Measure,
    OutcomeDirection,
    PerturbationType,
    PredicateType,
    Presence,
    Sign,
    Strength,
    Supports,
    Timing,
)

NO_PART = {"groundings", "verified", "score", "name", "inferred", "stated", "columns"}
EMPTY: tuple[object, ...] = (None, [], {})

words = st.text(st.characters(codec="utf-8"), max_size=6)
spans = st.builds(
    lambda start, text: Span(start=start, end=start + len(text), text=text),
    st.integers(0, 99),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=6),
)
groundings = st.lists(st.builds(Grounding, id=words, name=words), max_size=2).map(tuple)
members = st.builds(Member, mention=st.none() | spans, groundings=groundings)
compositions = st.builds(
    Composition,
    op=st.sampled_from(CompositionOp),
    members=st.lists(members, min_size=1, max_size=2).map(tuple),
)
named = {
    "mention": st.none() | spans,
    "antecedent": st.none() | spans,
    "groundings": groundings,
    "composition": st.none() | compositions,
    "measure": st.none() | st.sampled_from(Measure),
}
participants = st.builds(Participant, **named)
outcomes = st.builds(
    Outcome,
    **named,
    direction=st.sampled_from(OutcomeDirection),
    aspect=st.none() | st.sampled_from(Aspect),
    aspect_mention=st.none() | spans,
    relation=st.none()
    | st.builds(Relation, subject=participants, sign=st.sampled_from(Sign), object=participants),
)
perturbations = st.sampled_from(
    [
        Perturbation(),
        Perturbation(type=PerturbationType.KNOCKDOWN, direction=Sign.NEGATIVE),
        Perturbation(type=PerturbationType.MUTATION, trigger=Span(start=0, end=3, text="mut")),
    ]
)
backgrounds = st.builds(
    Background, mention=spans, groundings=groundings, modification=st.none() | words
)
contexts = st.builds(
    ContextItem,
    type=st.sampled_from([each for each in ContextType if each is not ContextType.SETTING]),
    mention=st.none() | spans,
    groundings=groundings,
    name=st.none() | words,
    state=st.none() | st.sampled_from(Presence),
    direction=st.none() | st.sampled_from(Sign),
    background=st.lists(backgrounds, max_size=2).map(tuple),
    inferred=st.booleans(),
)
texts = st.lists(words, max_size=2).map(tuple)
claims = st.builds(
    Claim,
    text_sha256=st.none() | st.just("0" * 64),
    agent=participants,
    perturbation=perturbations,
    predicate=st.builds(Predicate, type=st.sampled_from(PredicateType), trigger=st.none() | spans),
    outcome=outcomes,
    negated=st.booleans(),
    strength=st.none() | st.sampled_from(Strength),
    timing=st.none() | st.sampled_from(Timing),
    context=st.lists(contexts, max_size=2).map(tuple),
    evidence=st.builds(
        Evidence,
        type=st.sampled_from(EvidenceType),
        eco=texts,
        supports=st.sampled_from(Supports),
        cue=st.none() | spans,
        stated=st.booleans(),
    ),
    epistemic=st.sampled_from(Epistemic),
    epistemic_cue=st.none() | spans,
    quotes=st.lists(
        spans.map(lambda span: Quote(text=span.text, start=span.start, end=span.end)),
        min_size=1,
        max_size=2,
    ).map(tuple),
    source=st.builds(
        ImportSource,
        resource=words,
        edge=words,
        qualifiers=texts,
        publications=texts,
        columns=texts,
    ),
)


def defined(claim: Claim) -> str:
    """Return the id as defined: over the dump, pruned."""
    dumped = claim.model_dump(mode="json", exclude={"quotes"})
    body = pruned({slot: value for slot, value in dumped.items() if slot not in NO_PART})
    assert isinstance(body, dict)
    if claim.source is not None:
        body["entities"] = list(claim.entity_ids())
    body["quotes"] = sorted([each.start or 0, each.end or 0, each.text] for each in claim.quotes)
    return sha256_of(orjson.dumps(body, option=orjson.OPT_SORT_KEYS).decode())


def pruned(value: object) -> object:
    if isinstance(value, dict):
        kept = {slot: pruned(held) for slot, held in value.items() if slot not in NO_PART}
        return {slot: held for slot, held in kept.items() if held not in EMPTY}
    return [pruned(each) for each in value] if isinstance(value, list) else value


@settings(max_examples=300, deadline=None)
@given(claims)
def test_an_id_is_that_of_the_definition(claim: Claim) -> None:
    assert claim.id == defined(claim)
    of_a_text = claim.model_copy(update={"source": None, "text_sha256": "0" * 64})
    assert of_a_text.id == defined(of_a_text)
    assert Claim.model_validate_json(claim.model_dump_json()).id == claim.id
