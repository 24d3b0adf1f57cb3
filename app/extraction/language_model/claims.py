"""A proposal becomes a claim, or it is refused: nothing that the text does not hold gets in."""

from pydantic import ValidationError

from app.extraction.language_model.places import find
from app.extraction.language_model.wire import Changed, Condition, Named, Proposal, Words
from app.model.claim import (
    PERTURBATION_DIRECTION,
    Claim,
    Composition,
    ContextItem,
    Evidence,
    Member,
    Outcome,
    Participant,
    Perturbation,
    Predicate,
)
from app.model.reading import Document, TextMention
from app.model.text import Mention, Quote, Span
from app.model.vocabulary import ContextType

NOT_VERBATIM = "words that are not in the text"
NO_MENTION = "a mention that is not in the list"
MENTION_ELSEWHERE = "a mention outside of the words that name it"
CONTRADICTORY = "slots that contradict each other"


class Refused(ValueError):
    """A proposal that can't be used; its message is the reason that is counted."""


def claim_of(proposal: Proposal, document: Document) -> Claim:
    """Return the claim that a proposal makes of the document.

    Raises :class:`Refused` for words that do not stand in the text, for mentions that the document
    does not have or that lie elsewhere, and for slots that can't go together.
    """
    try:
        return _Builder(proposal, document).claim()
    except ValidationError as error:
        raise Refused(CONTRADICTORY) from error


class _Builder:
    """One proposal on one document, with its quote found."""

    def __init__(self, proposal: Proposal, document: Document) -> None:
        self._proposal = proposal
        self._document = document
        self._quote = self._anywhere(proposal.quote)

    def claim(self) -> Claim:
        proposal, text = self._proposal, self._document
        quote = Quote(**dict(self._quote), sha256=text.sha256, verified=True)
        return Claim(
            text_sha256=text.sha256,
            agent=Participant(**self._named(proposal.agent)),
            perturbation=self._perturbation(),
            predicate=Predicate(
                type=proposal.predicate, trigger=self._inside(proposal.predicate_words)
            ),
            outcome=self._outcome(proposal.outcome),
            negated=proposal.negated,
            strength=proposal.strength,
            timing=proposal.timing,
            context=tuple(self._condition(each) for each in proposal.context),
            evidence=Evidence(
                type=proposal.evidence,
                eco=proposal.eco,
                supports=proposal.supports,
                cue=self._inside(proposal.evidence_words),
            ),
            epistemic=proposal.epistemic,
            epistemic_cue=self._inside(proposal.epistemic_words),
            quotes=(quote,),
        )

    def _perturbation(self) -> Perturbation:
        proposal = self._proposal
        fixed = PERTURBATION_DIRECTION[proposal.perturbation]
        means = None if proposal.means is None else self._mention(proposal.means)
        return Perturbation(
            type=proposal.perturbation,
            direction=proposal.perturbation_direction if fixed is None else fixed,
            means=means and Mention(mention=means.mention, groundings=means.groundings),
            trigger=self._inside(proposal.perturbation_words),
        )

    def _outcome(self, changed: Changed) -> Outcome:
        return Outcome(
            **self._named(changed),
            direction=changed.direction,
            aspect=changed.aspect,
            aspect_mention=self._inside(changed.aspect_words),
        )

    def _named(self, named: Named) -> dict[str, object]:
        """Return the fields of a participant."""
        mention = self._found(named.words, self._quote)
        antecedent = None if named.antecedent is None else self._quoted_first(named.antecedent)
        places = [mention] if antecedent is None else [mention, antecedent]
        meant = self._meant(named.mention, places)
        return {
            "mention": mention,
            "antecedent": antecedent,
            "groundings": meant.groundings if meant else (),
            "measure": named.measure,
            "composition": self._composition(named, places),
        }

    def _meant(self, number: int | None, places: list[Span]) -> TextMention | None:
        """Return the mention that a slot is grounded by: the one it names, or its very words."""
        if number is not None:
            named = self._mention(number)
            if not any(_holds(place, named.mention) for place in places):
                raise Refused(MENTION_ELSEWHERE)
            return named
        mentions = self._document.mentions
        return next((each for each in mentions if each.mention in places), None)

    def _composition(self, named: Named, places: list[Span]) -> Composition | None:
        if named.op is None:
            return None
        members = [self._mention(number) for number in named.members]
        if not all(any(_holds(place, each.mention) for place in places) for each in members):
            raise Refused(MENTION_ELSEWHERE)
        return Composition(
            op=named.op,
            members=tuple(Member(mention=m.mention, groundings=m.groundings) for m in members),
        )

    def _condition(self, condition: Condition) -> ContextItem:
        words = None if condition.words is None else self._quoted_first(condition.words)
        meant = self._meant(condition.mention, [words] if words else [])
        is_setting = condition.type is ContextType.SETTING
        return ContextItem(
            type=condition.type,
            mention=words,
            groundings=meant.groundings if meant and not is_setting else (),
            value=condition.setting if is_setting else None,
            state=condition.state if condition.type is ContextType.CO_STIMULUS else None,
            direction=(
                condition.direction if condition.type is ContextType.CO_PERTURBATION else None
            ),
            inferred=words is None,
        )

    def _mention(self, number: int) -> TextMention:
        mentions = self._document.mentions
        if not 0 <= number < len(mentions):
            raise Refused(NO_MENTION)
        return mentions[number]

    def _inside(self, words: Words | None) -> Span | None:
        return None if words is None else self._found(words, self._quote)

    def _quoted_first(self, words: Words) -> Span:
        quoted = find(self._document.text, words.words, words.occurrence, self._quote)
        return quoted or self._anywhere(words)

    def _anywhere(self, words: Words) -> Span:
        return self._found(words, None)

    def _found(self, words: Words, within: Span | None) -> Span:
        found = find(self._document.text, words.words, words.occurrence, within)
        if found is None:
            raise Refused(NOT_VERBATIM)
        return found


def _holds(place: Span, mention: Span) -> bool:
    return place.start <= mention.start and mention.end <= place.end
