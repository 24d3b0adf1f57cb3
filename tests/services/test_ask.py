"""Questions in words and the query that each is read as."""

import pytest

from app.model.vocabulary import ContextType, Effect
from app.services.ask import AskedQuery, NotUnderstood, SaidContext, read

MICE = SaidContext("mice", ContextType.ORGANISM, "NCBITaxon:10090")
HUMAN = SaidContext("human tissue", ContextType.ORGANISM, "NCBITaxon:9606")
VIVO = SaidContext("vivo", ContextType.SETTING, "in_vivo")
VITRO = SaidContext("vitro", ContextType.SETTING, "in_vitro")


def asked(outcome: str, effect: Effect, **said: object) -> AskedQuery:
    return AskedQuery(outcome=outcome, effect=effect, **said)  # type: ignore[arg-type]


READ: dict[str, AskedQuery] = {
    "which interventions reverse EMT": asked("EMT", Effect.REVERSES),
    "Which interventions reverse EMT?": asked("EMT", Effect.REVERSES),
    "  which  interventions\nreverse the EMT ?": asked("EMT", Effect.REVERSES),
    "what reverses epithelial-mesenchymal transition in mice": asked(
        "epithelial-mesenchymal transition", Effect.REVERSES, context=(MICE,)
    ),
    "what can reverse GO:0001837": asked("GO:0001837", Effect.REVERSES),
    "what is known to reverse EMT": asked("EMT", Effect.REVERSES),
    "which treatments could revert EMT": asked("EMT", Effect.REVERSES),
    "how can EMT be reversed": asked("EMT", Effect.REVERSES),
    "how can EMT in mice be reversed within two hops": asked(
        "EMT", Effect.REVERSES, context=(MICE,), max_hops=2
    ),
    "how to reverse EMT": asked("EMT", Effect.REVERSES),
    "reverse EMT": asked("EMT", Effect.REVERSES),
    "reversing EMT": asked("EMT", Effect.REVERSES),
    "reversal of EMT in human tissue in vivo": asked("EMT", Effect.REVERSES, context=(HUMAN, VIVO)),
    "what causes a reversal of EMT": asked("EMT", Effect.REVERSES),
    "which interventions lead to the reversal of EMT": asked("EMT", Effect.REVERSES),
    "how can metastasis be prevented": asked("metastasis", Effect.PREVENTS),
    "how can we prevent metastasis": asked("metastasis", Effect.PREVENTS),
    "how do I stop metastasis": asked("metastasis", Effect.PREVENTS),
    "what blocks metastasis": asked("metastasis", Effect.PREVENTS),
    "interventions for the prevention of metastasis": asked("metastasis", Effect.PREVENTS),
    "interventions for preventing metastasis": asked("metastasis", Effect.PREVENTS),
    "interventions preventing metastasis in vitro": asked(
        "metastasis", Effect.PREVENTS, context=(VITRO,)
    ),
    "by what is EMT prevented": asked("EMT", Effect.PREVENTS),
    "EMT is prevented by what": asked("EMT", Effect.PREVENTS),
    "what is EMT prevented by": asked("EMT", Effect.PREVENTS),
    "what lowers metastasis": asked("metastasis", Effect.LOWERS),
    "what reduces metastasis": asked("metastasis", Effect.LOWERS),
    "which interventions attenuate metastasis": asked("metastasis", Effect.LOWERS),
    "which perturbations abrogate metastasis in mice": asked(
        "metastasis", Effect.LOWERS, context=(MICE,)
    ),
    "show me all interventions that suppress EMT": asked("EMT", Effect.LOWERS),
    "list interventions which may diminish EMT": asked("EMT", Effect.LOWERS),
    "what lowers metastasis in mammary epithelial cells as of revision 3": asked(
        "metastasis",
        Effect.LOWERS,
        context=(SaidContext("mammary epithelial cells"),),
        as_of="3",
    ),
    "which interventions induce EMT": asked("EMT", Effect.INDUCES),
    "what triggers EMT": asked("EMT", Effect.INDUCES),
    "what causes EMT": asked("EMT", Effect.INDUCES),
    "what promotes EMT": asked("EMT", Effect.PROMOTES),
    "what drives metastasis": asked("metastasis", Effect.PROMOTES),
    "find interventions that increase EMT within 4 hops": asked("EMT", Effect.PROMOTES, max_hops=4),
    "what maintains EMT": asked("EMT", Effect.MAINTAINS),
    "which interventions sustain EMT, including candidates": asked(
        "EMT", Effect.MAINTAINS, include_candidates=True
    ),
    "what worsens metastasis as of 2026-01-01": asked(
        "metastasis", Effect.WORSENS, as_of="2026-01-01"
    ),
    "what exacerbates metastasis as of 2026-01-01T12:00:00Z": asked(
        "metastasis", Effect.WORSENS, as_of="2026-01-01T12:00:00Z"
    ),
    "which interventions have no effect on EMT": asked("EMT", Effect.NO_EFFECT),
    "which interventions do not affect EMT": asked("EMT", Effect.NO_EFFECT),
    "what doesn't influence EMT": asked("EMT", Effect.NO_EFFECT),
    "which interventions reverse EMT, including candidates and background": asked(
        "EMT", Effect.REVERSES, include_candidates=True, include_background=True
    ),
    "which interventions reverse EMT, matched paths only": asked(
        "EMT", Effect.REVERSES, matched_only=True
    ),
    "which interventions reverse EMT in vivo and in mice": asked(
        "EMT", Effect.REVERSES, context=(VIVO, MICE)
    ),
    "what prevents carcinoma in situ": asked("carcinoma in situ", Effect.PREVENTS),
}

REFUSED: dict[str, str] = {
    "": "empty",
    "  ?": "empty",
    "hello": "names no effect",
    "EMT": "names no effect",
    "what is EMT": "effect on a named outcome",
    "what does NF-kappaB inhibition do": "effect on a named outcome",
    "does inhibiting NF-kappaB reverse EMT": "Yes-or-no",
    "which drugs reverse EMT": "interventions on targets of every kind",
    "which genes promote EMT": "interventions on targets of every kind",
    "who discovered NF-kappaB": "Only interventions",
    "why does NF-kappaB promote EMT": "Only interventions",
    "which interventions do not reverse EMT": "denied effect",
    "which interventions reverse EMT and prevent metastasis": "one effect on one outcome",
    "which interventions reverse EMT without inducing apoptosis": "must not do|one outcome",
    "which interventions reverse": "can't|can not|form",
    "which interventions reverse EMT within 9 hops": "1 to 6 hops",
    "what reverses EMT " + "x" * 500: "longer than 500",
}


@pytest.mark.parametrize("question", READ)
def test_reads(question: str) -> None:
    assert read(question) == READ[question]


@pytest.mark.parametrize("question", REFUSED)
def test_refuses_with_what_can_be_asked(question: str) -> None:
    with pytest.raises(NotUnderstood, match=REFUSED[question]) as refused:
        read(question)
    assert refused.value.can_be_asked
    assert refused.value.errors[0].pointer == "/query/q"


def test_every_example_offered_can_be_read() -> None:
    for question in NotUnderstood("").can_be_asked:
        assert read(question).outcome


def test_there_are_forty_phrasings_and_ten_refusals() -> None:
    assert len(READ) >= 40
    assert len(REFUSED) >= 10
