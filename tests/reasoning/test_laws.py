"""The laws of signs and meanings, as properties."""

from hypothesis import given
from hypothesis import strategies as st

from app.model.entity import EntityRelation
from app.model.vocabulary import RelationType, Sign
from app.reasoning.canon import Canon
from app.reasoning.signs import number, sign_of
from tests.reasoning.graphs import NODES

signs = st.sampled_from(list(Sign))


def _times(one: Sign, other: Sign) -> Sign:
    return sign_of(number(one) * number(other))


@given(signs, signs, signs)
def test_signs_compose_associatively_and_unsigned_absorbs(a: Sign, b: Sign, c: Sign) -> None:
    assert _times(_times(a, b), c) is _times(a, _times(b, c))
    assert _times(a, Sign.UNSIGNED) is Sign.UNSIGNED


same_as = st.builds(
    lambda s, o, t: EntityRelation(subject=s, type=t, object=o, source="test"),
    st.sampled_from(NODES),
    st.sampled_from(NODES),
    st.sampled_from([RelationType.SAME_AS, RelationType.OPPOSITE_OF]),
)


@given(st.lists(same_as, max_size=6))
def test_a_meaning_is_its_own_meaning(relations: list[EntityRelation]) -> None:
    canon = Canon(relations)
    for node in NODES:
        assert node in canon.named_by(canon.canonical(node))
        assert canon.canonical(canon.canonical(node)) == canon.canonical(node)
