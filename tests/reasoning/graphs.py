"""Random small graphs, and every signed path in them by brute force."""

from hypothesis import strategies as st

from app.model.edge import Edge, StoredEdge
from app.model.entity import EntityRelation
from app.model.vocabulary import (
    Aspect,
    Category,
    Epistemic,
    EvidenceType,
    RelationType,
    Side,
    Sign,
    Status,
)
from app.reasoning.index import Index, Lens, LinkEdge, build_index
from app.reasoning.kernel import Hop, Search, Walk

NODES = "ABCDEF"

stored_edges = st.builds(
    lambda claim, article, epistemic, subject, object_, sign, side, aspect: StoredEdge(
        claim=f"{claim:064x}",
        article_id=f"ART:{article}",
        status=Status.ACCEPTED,
        epistemic=epistemic,
        evidence=EvidenceType.LOSS_OF_FUNCTION,
        confidence=1.0,
        edge=Edge(
            subject=subject, object=object_, sign=sign, side=side, aspect=aspect, rule="test"
        ),
        rule_version=1,
    ),
    st.integers(0, 1 << 30),
    st.integers(1, 4),
    st.sampled_from([Epistemic.DEMONSTRATED, Epistemic.SUMMARY, Epistemic.INTERPRETATION]),
    st.sampled_from(NODES),
    st.sampled_from(NODES),
    st.sampled_from(list(Sign)),
    st.sampled_from([None, *Side]),
    st.sampled_from([None, *Aspect]),
)

kinships = st.builds(
    lambda subject, object_, type_, role: EntityRelation(
        subject=subject, type=type_, object=object_, role=role, source="test"
    ),
    st.sampled_from(NODES),
    st.sampled_from("AAAF" + NODES),
    st.sampled_from([RelationType.MEMBER_OF, RelationType.IS_A]),
    st.sampled_from([None, Sign.POSITIVE, Sign.NEGATIVE]),
)

graphs = st.tuples(st.lists(stored_edges, min_size=2, max_size=16), st.lists(kinships, max_size=5))


def index_of(edges: list[StoredEdge], relations: list[EntityRelation] | None = None) -> Index:
    """Build an index; ``F`` is a gene family, everything else a gene."""
    categories = dict.fromkeys(NODES, Category.PATHWAY) | {"F": Category.GENE_FAMILY}
    return build_index(edges, relations or [], categories, {})


def brute_force(search: Search, source: str, change: int) -> list[Walk]:
    """Find every path by trying everything, in the same order as the kernel."""
    found: list[Walk] = []

    def is_over(hops: list[Hop], change_here: int) -> bool:
        last_causal = [hop.via for hop in hops if isinstance(hop.via, LinkEdge)]
        return (
            hops[-1].object == search.target
            and change_here == search.arriving
            and bool(last_causal)
            and search.admits(last_causal[-1])
        )

    def walk(at: str, change_here: int, hops: list[Hop], seen: set[str]) -> None:
        if hops and hops[-1].object == search.target:
            if is_over(hops, change_here):
                found.append(Walk(sum(hop.cost for hop in hops), tuple(hops)))
            return
        if len(hops) == search.max_hops:
            return
        for hop in _possible(search, at, change_here, hops):
            if hop.object not in seen:
                walk(hop.object, change_here * hop.sign, [*hops, hop], seen | {hop.object})

    if source != search.target:
        walk(source, change, [], {source})
    return sorted(found, key=lambda w: w.order)


def _possible(search: Search, at: str, change: int, hops: list[Hop]) -> list[Hop]:
    lens: Lens = search.lens
    if hops and not isinstance(hops[-1].via, LinkEdge) and len(hops) > 1:
        return []  # A hop of kinship that is not the first ends the path.
    found = [search._causal_hop(link, change) for link in lens.outgoing.get(at, ())]
    for kin in lens.kin_from.get(at, ()):
        first = not hops and not kin.outcome_side and kin.object != search.target
        last = bool(hops) and kin.object == search.target
        if hops and not isinstance(hops[-1].via, LinkEdge):
            last = False  # Never kinship after kinship.
        if first or last:
            found.append(search._kin_hop(kin, change))
    return [hop for hop in found if hop is not None]
