"""The words that a question may be asked in, as data: verbs, subjects, forms and contexts."""

from dataclasses import dataclass
from typing import Final

from app.model.vocabulary import ContextType, Effect

EFFECT_VERBS: Final[dict[Effect, tuple[str, ...]]] = {
    Effect.REVERSES: (
        "reverse reverses reversed reversing reversal",
        "revert reverts reverted reverting reversion",
        "undo undoes undone undoing -",
    ),
    Effect.PREVENTS: (
        "prevent prevents prevented preventing prevention",
        "block blocks blocked blocking -",
        "stop stops stopped stopping -",
        "avert averts averted averting -",
        "forestall forestalls forestalled forestalling -",
    ),
    Effect.LOWERS: (
        "lower lowers lowered lowering lowering",
        "reduce reduces reduced reducing reduction",
        "decrease decreases decreased decreasing -",
        "diminish diminishes diminished diminishing -",
        "attenuate attenuates attenuated attenuating attenuation",
        "abrogate abrogates abrogated abrogating abrogation",
        "abolish abolishes abolished abolishing abolition",
        "suppress suppresses suppressed suppressing suppression",
        "repress represses repressed repressing repression",
        "inhibit inhibits inhibited inhibiting inhibition",
        "downregulate downregulates downregulated downregulating downregulation",
        "weaken weakens weakened weakening weakening",
        "impair impairs impaired impairing impairment",
        "ameliorate ameliorates ameliorated ameliorating amelioration",
        "alleviate alleviates alleviated alleviating alleviation",
        "mitigate mitigates mitigated mitigating mitigation",
        "limit limits limited limiting -",
        "counteract counteracts counteracted counteracting -",
    ),
    Effect.INDUCES: (
        "induce induces induced inducing induction",
        "cause causes caused causing -",
        "trigger triggers triggered triggering -",
        "initiate initiates initiated initiating initiation",
        "elicit elicits elicited eliciting -",
        "provoke provokes provoked provoking -",
    ),
    Effect.PROMOTES: (
        "promote promotes promoted promoting promotion",
        "increase increases increased increasing -",
        "raise raises raised raising -",
        "enhance enhances enhanced enhancing enhancement",
        "stimulate stimulates stimulated stimulating stimulation",
        "activate activates activated activating activation",
        "upregulate upregulates upregulated upregulating upregulation",
        "drive drives driven driving -",
        "favour favours favoured favouring -",
        "favor favors favored favoring -",
        "boost boosts boosted boosting -",
        "facilitate facilitates facilitated facilitating facilitation",
        "augment augments augmented augmenting augmentation",
    ),
    Effect.MAINTAINS: (
        "maintain maintains maintained maintaining maintenance",
        "sustain sustains sustained sustaining -",
        "preserve preserves preserved preserving preservation",
        "perpetuate perpetuates perpetuated perpetuating -",
    ),
    Effect.WORSENS: (
        "worsen worsens worsened worsening worsening",
        "exacerbate exacerbates exacerbated exacerbating exacerbation",
        "aggravate aggravates aggravated aggravating aggravation",
    ),
}
"""Of each verb: base, third person, participle, gerund, and the noun before "of" (- for none)."""

NO_EFFECT_PHRASES: Final = (
    r"ha(?:ve|s|d) no (?:significant )?effects? (?:up)?on",
    r"do(?:es)?(?: not|n't) (?:affect|influence|change|alter)",
    r"fails? to (?:affect|influence|change|alter)",
    r"with(?:out| no) (?:any )?effect on",
    r"leaves? unchanged",
)

SUBJECTS: Final = (
    r"interventions?",
    r"perturbations?",
    r"manipulations?",
    r"treatments?",
    r"targets?",
    r"things?",
    r"experiments?",
)
"""What may be asked for; all mean the same: what is done to which target."""

UNKNOWN_SUBJECTS: Final = (
    r"drugs?", r"compounds?", r"chemicals?", r"small molecules?", r"inhibitors?", r"genes?",
    r"proteins?", r"pathways?", r"papers?", r"articles?", r"people", r"patients?",
)  # fmt: skip

FORMS: Final[tuple[str, ...]] = (
    # what causes a reversal of EMT
    r"(?:which|what) (?:{subject} )?{cause} (?:the |a )?{noun} of {outcome}",
    # which interventions reverse EMT; what can reverse EMT; what is known to reverse EMT
    r"(?:which|what) (?:{subject} )?(?:{helper} )?{active} {outcome}",
    r"(?:which|what) (?:{subject} )?{that} {active} {outcome}",
    r"(?:by )?(?:which|what) (?:{subject} )?(?:{be}|can|could|may) {outcome} (?:be )?{participle}"
    r"(?: by)?",
    r"{outcome} {be} {participle} by (?:which|what)(?: {subject})?",
    # how can EMT be reversed; how can we reverse EMT; how to reverse EMT
    r"how (?:can|could|may|might|is|are|to) {outcome} (?:be )?{participle}",
    r"how (?:can|could|may|might|do|does|to|would) (?:(?:we|i|one|you) )?{active} {outcome}",
    # list interventions that reverse EMT; interventions reversing EMT
    r"(?:{show} )?(?:(?:all|the|any) )?{subject} {that} {active} {outcome}",
    r"(?:{show} )?(?:(?:all|the|any) )?{subject} {gerund} {outcome}",
    r"(?:{show} )?(?:(?:all|the|any) )?{subject} for (?:the )?(?:{noun} of|{gerund}) {outcome}",
    r"(?:{show} )?what {active} {outcome}",
    r"(?:{noun} of|{gerund}) {outcome}",
    r"{active} {outcome}",
)
"""The forms of a question; the first that fits counts. Names in braces are filled in."""

HELPERS: Final = (
    r"can", r"could", r"may", r"might", r"will", r"would", r"do", r"does", r"is known to",
    r"are known to", r"is able to", r"are able to", r"is reported to", r"are reported to",
    r"is predicted to", r"are predicted to", r"helps? to",
)  # fmt: skip
THAT: Final = r"(?:that|which|to)(?: (?:can|could|may|might|will))?"
SHOW: Final = r"(?:(?:please )?(?:find|list|show|give|name)(?: me)?)"
CAUSE: Final = r"(?:causes?|brings? about|leads? to|results? in|produces?)"


@dataclass(frozen=True, slots=True)
class KnownContext:
    """A context that has a name of its own in a question."""

    phrase: str
    type: ContextType
    id: str


KNOWN_CONTEXTS: Final = (
    KnownContext(
        r"(?:human|patient)(?:s| beings?| tissues?| cells?)?|man|people",
        ContextType.ORGANISM,
        "NCBITaxon:9606",
    ),
    KnownContext(
        r"(?:mouse|mice|murine)(?: (?:models?|tissues?|cells?))?",
        ContextType.ORGANISM,
        "NCBITaxon:10090",
    ),
    KnownContext(
        r"rats?(?: (?:models?|tissues?|cells?))?", ContextType.ORGANISM, "NCBITaxon:10116"
    ),
    KnownContext(r"zebrafish", ContextType.ORGANISM, "NCBITaxon:7955"),
    KnownContext(r"vivo", ContextType.SETTING, "in_vivo"),
    KnownContext(r"vitro", ContextType.SETTING, "in_vitro"),
)

CAN_BE_ASKED: Final = (
    "which interventions reverse EMT",
    "what prevents metastasis in mice",
    "how can EMT be prevented in vivo",
    "what lowers metastasis",
    "which interventions induce EMT",
    "what promotes EMT within 2 hops",
    "which interventions maintain EMT, including candidates",
    "what worsens metastasis as of 2026-01-01",
    "which interventions have no effect on EMT",
)
