"""The parameters that questions to the reasoning kernel share."""

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Query

from app.api.answers import AsOf
from app.api.strict import LATER
from app.api.wire.questions import CONTEXT_PATTERN, EXCLUDING_PATTERN, MOST_EXCLUDED, NAME_PATTERN
from app.graph.port import GraphView
from app.model.answer import MAX_HOPS_LIMIT, AnswerOrder, InterventionQuestion
from app.model.answer_kind import AnswerKind
from app.model.errors import BadInput, FieldError
from app.services import questions
from app.services.questions import AskedEffect

OutcomeName = Annotated[
    str,
    Query(
        min_length=1,
        max_length=300,
        json_schema_extra={"pattern": NAME_PATTERN},
        description="What changes: a CURIE or a name.",
        examples=["GO:0001837"],
    ),
]
TargetName = Annotated[
    str,
    Query(
        min_length=1,
        max_length=300,
        json_schema_extra={"pattern": NAME_PATTERN},
        description="What is acted upon: a CURIE or a name.",
        examples=["FPLX:NFkappaB"],
    ),
]
CauseName = Annotated[
    str,
    Query(
        min_length=1,
        max_length=300,
        json_schema_extra={"pattern": NAME_PATTERN},
        description="What has the effect: a CURIE or a name.",
        examples=["FPLX:RAS"],
    ),
]
EffectAsked = Annotated[AskedEffect, Query(description="What it should do.", examples=["reverses"])]
OtherOutcome = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=300,
        json_schema_extra={"pattern": NAME_PATTERN},
        description="Another outcome to compare with; by default the same.",
    ),
]
OtherEffect = Annotated[
    AskedEffect | None, Query(description="What it should do there; by default the same.")
]
Versus = Annotated[
    list[Annotated[str, Query(max_length=300, json_schema_extra={"pattern": CONTEXT_PATTERN})]],
    Query(
        max_length=20,
        description="The context to compare with, as in context; repeatable. Without it, with "
        "another outcome, the same context.",
    ),
]
ContextTexts = Annotated[
    list[Annotated[str, Query(max_length=300, json_schema_extra={"pattern": CONTEXT_PATTERN})]],
    Query(
        max_length=20,
        description="Where it should hold, as type:id; repeatable: organism:NCBITaxon:9606, "
        "cell:CL:0000066, setting:in_vivo.",
    ),
]
MaxHops = Annotated[
    int, Query(ge=1, le=MAX_HOPS_LIMIT, description="The greatest length of a path.")
]
Candidates = Annotated[bool, Query(description="Also use claims that no curator has judged.")]
Background = Annotated[bool, Query(description="Also use what the authors only cite or suppose.")]
Matched = Annotated[bool, Query(description="Only paths without an extrapolated hop.")]
Order = Annotated[
    AnswerOrder,
    Query(
        description="How predictions are ordered: standing (by a matched chain, context, and how "
        "clearly all walks to the outcome agree) or influence (by net influence alone)."
    ),
]

Simulate = Annotated[
    bool,
    Query(
        description="Also simulate every intervention near the outcome in an ensemble of Boolean "
        "networks, and order the predicted tier by what they do."
    ),
]

Excluding = Annotated[
    list[Annotated[str, Query(max_length=300, json_schema_extra={"pattern": EXCLUDING_PATTERN})]],
    Query(
        max_length=MOST_EXCLUDED,
        description="A side effect, as outcome:effect; repeatable: GO:0006915:induces. Each "
        "intervention then says whether it has it: excluded, clear, or never_measured.",
    ),
]

AnswerAs = Annotated[
    AnswerKind,
    Query(
        description="What is listed: targets, or means (the compounds and constructs that act on "
        "them, each with what else it is known to act on)."
    ),
]

LATER_PARAMETERS = {LATER: ["answer"]}
"""What goes into the description of an operation that answers with targets alone."""


@dataclass(frozen=True, slots=True)
class AskedIntervention:
    """The parameters of a question for interventions, as they were given."""

    outcome: str
    effect: AskedEffect
    context: tuple[str, ...]
    max_hops: int
    include_candidates: bool
    include_background: bool
    matched_only: bool
    order: AnswerOrder
    as_of: str | None
    simulate: bool = False
    excluding: tuple[str, ...] = ()

    def question(self, view: GraphView) -> InterventionQuestion:
        """Return the question with its names resolved in ``view``."""
        return InterventionQuestion(
            outcome=questions.resolved(view, self.outcome),
            effect=self.effect.effect,
            context=questions.contexts(view, self.context),
            max_hops=self.max_hops,
            include_candidates=self.include_candidates,
            include_background=self.include_background,
            matched_only=self.matched_only,
            order=self.order,
            simulate=self.simulate,
            excluding=questions.side_effects(view, self.excluding),
            as_of=self.as_of,
        )


def asked_intervention(
    outcome: OutcomeName,
    effect: EffectAsked,
    context: ContextTexts = [],
    max_hops: MaxHops = questions.DEFAULT_HOPS,
    include_candidates: Candidates = False,
    include_background: Background = False,
    matched_only: Matched = False,
    order: Order = AnswerOrder.STANDING,
    simulate: Simulate = False,
    as_of: AsOf = None,
) -> AskedIntervention:
    """Gather the parameters of a question for interventions."""
    return AskedIntervention(
        outcome=outcome,
        effect=effect,
        context=tuple(context),
        max_hops=max_hops,
        include_candidates=include_candidates,
        include_background=include_background,
        matched_only=matched_only,
        order=order,
        simulate=simulate,
        as_of=as_of,
    )


Asked = Annotated[AskedIntervention, Depends(asked_intervention)]


def asked_selective(asked: Asked, excluding: Excluding = []) -> AskedIntervention:
    """Gather the parameters of a question for interventions without some side effects."""
    return replace(asked, excluding=tuple(excluding))


AskedSelective = Annotated[AskedIntervention, Depends(asked_selective)]


def asked_answer(
    outcome: Annotated[
        str | None,
        Query(
            min_length=1,
            max_length=300,
            json_schema_extra={"pattern": NAME_PATTERN},
            description="Instead of a center: the outcome of a question whose answer is drawn.",
        ),
    ] = None,
    effect: Annotated[
        AskedEffect | None, Query(description="With outcome: what it should do.")
    ] = None,
    context: ContextTexts = [],
    max_hops: MaxHops = questions.DEFAULT_HOPS,
    include_candidates: Candidates = False,
    include_background: Background = False,
    matched_only: Matched = False,
    order: Order = AnswerOrder.STANDING,
    simulate: Simulate = False,
    as_of: AsOf = None,
) -> AskedIntervention | None:
    """Gather the parameters of a question that need not be asked; None without an outcome."""
    if outcome is None and effect is None:
        return None
    if outcome is None or effect is None:
        missing = "outcome" if outcome is None else "effect"
        raise BadInput(
            "Outcome and effect are asked for together.",
            [FieldError(f"/query/{missing}", "is missing")],
        )
    return asked_intervention(
        outcome,
        effect,
        context,
        max_hops,
        include_candidates,
        include_background,
        matched_only,
        order,
        simulate,
        as_of,
    )


MayAsk = Annotated[AskedIntervention | None, Depends(asked_answer)]
