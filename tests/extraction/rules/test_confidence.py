import tomllib
from dataclasses import replace
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extraction.rules.confidence import (
    FILE,
    FREE,
    NAMES,
    Features,
    checked,
    weights,
)
from app.extraction.rules.reader import RULES_VERSION, RulesReader
from app.model.reading import Candidate, Document, TextMention
from app.model.text import Grounding, Span
from app.model.vocabulary import Category

STORED = tomllib.loads(FILE.read_text(encoding="utf-8"))
RULES = tomllib.loads(
    resources.files("app.extraction.rules").joinpath("rules.toml").read_text(encoding="utf-8")
)["rule"]
REFIT = "run python -m benchmarks.extraction.calibrate --write"

grounded = st.builds(
    Features,
    doubt=st.floats(0, 2),
    ambiguity=st.floats(0, 2),
    distance=st.floats(0, 4),
    verbs=st.floats(0, 3),
    breaks=st.floats(0, 3),
    depth=st.floats(0, 3),
    changes=st.floats(0, 3),
    length=st.floats(-3, 2),
    negated=st.sampled_from((0.0, 1.0)),
    unsigned=st.sampled_from((0.0, 1.0)),
)
rules = st.sampled_from([*STORED["rules"], "a-rule-of-tomorrow"])
groups = st.sampled_from([*STORED["groups"], "none"])


def mention(text: str, words: str, category: Category, score: float = 1.0) -> TextMention:
    start = text.index(words)
    return TextMention(
        mention=Span(start=start, end=start + len(words), text=words),
        groundings=(Grounding(id=f"TEST:{words}", name=words, score=score),),
        category=category,
    )


def read(text: str, *mentions: TextMention) -> tuple[Candidate, ...]:
    return RulesReader().read(Document(text=text, title_end=0, mentions=mentions))


def only(text: str, *mentions: TextMention) -> float:
    (found,) = read(text, *mentions)
    return found.extraction.confidence


@given(rules, groups, grounded)
def test_confidence_lies_between_never_and_always(
    rule: str, group: str, features: Features
) -> None:
    assert 0.0 < weights().confidence(rule, group, features) < 1.0


def test_confidence_keeps_clear_of_0_and_1_whatever_the_weights() -> None:
    sure = weights().model_copy(update={"intercept": 1e6})
    never = weights().model_copy(update={"intercept": -1e6})
    assert sure.confidence("transitive", "verb", Features()) == 0.99
    assert never.confidence("transitive", "verb", Features()) == 0.01


@given(rules, groups, grounded, st.sampled_from(sorted(set(NAMES) - FREE)), st.floats(0, 3))
def test_what_makes_a_reading_harder_never_makes_it_surer(
    rule: str, group: str, features: Features, name: str, more: float
) -> None:
    harder = replace(features, **{name: features.values()[name] + more})
    model = weights()
    assert model.confidence(rule, group, harder) <= model.confidence(rule, group, features)


def test_a_positive_weight_on_what_makes_a_reading_harder_is_refused() -> None:
    raised = {**STORED, "features": {**STORED["features"], "ungrounded": 0.2}}
    with pytest.raises(ValueError, match="ungrounded can only lower"):
        checked(raised)


def test_a_weight_for_a_feature_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="no feature is called 'colour'"):
        checked({**STORED, "features": {"colour": -1.0}})


def test_every_feature_has_a_weight() -> None:
    assert set(STORED["features"]) == set(NAMES)


def test_something_ungrounded_is_less_sure_and_a_doubtful_grounding_lies_between() -> None:
    text = "Here GATA9 strongly repressed ABC77 in these cells."
    agent = mention(text, "GATA9", Category.GENE)
    clear = only(text, agent, mention(text, "ABC77", Category.GENE))
    doubtful = only(text, agent, mention(text, "ABC77", Category.GENE, 0.3))
    bare = only(text, agent)
    assert bare <= doubtful <= clear
    assert bare < clear


def test_a_claim_drawn_over_a_long_way_is_less_sure() -> None:
    near = "GATA9 represses ABC77."
    far = (
        "GATA9, which was first described in the early days of the field and binds much else, "
        "strongly and, as far as anybody knows, in every tissue represses ABC77."
    )
    told = [
        only(text, *(mention(text, name, Category.GENE) for name in ("GATA9", "ABC77")))
        for text in (near, far)
    ]
    assert told[1] < told[0]


def test_reading_again_gives_the_same_confidence() -> None:
    text = "GATA9 represses ABC77, whereas ABC78 is required for migration."
    mentions = [mention(text, name, Category.GENE) for name in ("GATA9", "ABC77", "ABC78")]
    mentions.append(mention(text, "migration", Category.BIOLOGICAL_PROCESS))
    first, second = read(text, *mentions), read(text, *mentions)
    assert len(first) == 2
    assert first == second


def test_a_rule_without_an_entry_is_as_sure_as_its_group() -> None:
    model = weights()
    plain = model.model_copy(update={"rules": {}})
    for group in STORED["groups"]:
        unknown = model.confidence("a-rule-of-tomorrow", group, Features())
        assert unknown == plain.confidence("transitive", group, Features())


def test_every_rule_has_an_entry_or_is_known_to_be_too_rare() -> None:
    claiming = {
        rule["name"] for rule in RULES if any(example["claims"] for example in rule["example"])
    }
    known = {*STORED["rules"], *STORED["unmeasured"], "stance"}
    assert sorted(claiming - known) == [], REFIT
    assert sorted(set(STORED["unmeasured"]) & set(STORED["rules"])) == []


def test_no_entry_is_left_of_a_rule_that_is_gone() -> None:
    names = {rule["name"] for rule in RULES}
    assert sorted({*STORED["rules"], *STORED["unmeasured"]} - names) == [], REFIT


def test_the_weights_were_fitted_to_this_version_of_the_rules() -> None:
    assert STORED["rules_version"] == RULES_VERSION, REFIT
