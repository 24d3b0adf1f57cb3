"""Two articles found to be one: merged by a decision, read under either id, undone."""

from collections.abc import Callable

import pytest

from app.graph.port import GraphStore
from app.ingest import Item
from app.model.article import Article, Record
from app.model.claim import Claim
from app.model.decision import ArticleDecision, ArticleDecisionRequest
from app.model.errors import BadInput, Conflict, NotFound, PreconditionFailed
from app.model.vocabulary import DocumentFormat
from app.reasoning.rules import RULE_VERSION
from app.services import articles, merging
from app.services.check import check
from app.services.ingest import IngestReport, ingest
from tests.conformance.test_edge_columns import streamed, told
from tests.support.factories import claim, edge, quote, record, span

PAGE = record(
    "Curcumin prevents EMT.",
    "Inhibition of NF-kappaB reversed EMT.",
    document_format=DocumentFormat.PUBMED_TEXT,
)
XML = record(
    "Curcumin prevents EMT!",
    "It is said that inhibition of NF-kappaB reversed EMT.",
    identifiers=("PMID:1", "doi:10.1/x"),
)
OTHER = record("Another.", "It is another one.", identifiers=("PMID:2",))


def put(store: GraphStore, *records: Record) -> IngestReport:
    items = [Item("test", number, None, record=each) for number, each in enumerate(records, 1)]
    return ingest(store, items, actor="ann")


def read(store: GraphStore, identifier: str, revision: int | None = None) -> Article:
    with store.view(revision) as view:
        return articles.article(view, identifier)


def decide(
    store: GraphStore, identifier: str, expected: int | None = None, **fields: object
) -> Article:
    request = ArticleDecisionRequest.model_validate(fields)
    return merging.decide_article(
        store, identifier, request, actor="ann", expected_revision=expected
    )


def merge(store: GraphStore, identifier: str, into: str) -> Article:
    return decide(store, identifier, type="merge", into=into, reason="the same paper")


def decisions(store: GraphStore, identifier: str) -> tuple[ArticleDecision, ...]:
    with store.view() as view:
        return merging.history(view, identifier)


def said_of(one: Article) -> Claim:
    words = "nhibition of NF-kappaB reversed EMT"
    made = claim(one.text, agent="NF-kappaB", words=words)
    return made.model_copy(update={"quotes": (quote(one.text, words),)})


def two(store: GraphStore) -> tuple[Article, Article, Claim]:
    """The page and the XML as two articles, with a claim on the page."""
    page, xml = put(store, PAGE, XML, OTHER).articles[:2]
    first, second = read(store, page), read(store, xml)
    said = said_of(first)
    assert span(second.text, said.quotes[0].text)

    def work(writer: object) -> None:
        writer.put_claim(first.id, said)  # type: ignore[attr-defined]
        writer.put_edges(said.id, [edge()], RULE_VERSION)  # type: ignore[attr-defined]

    store.write("ann", "a claim", work)
    return first, second, said


def test_either_id_gives_the_one_article(store: GraphStore) -> None:
    page, xml, said = two(store)
    merged = merge(store, page.id, "PMID:1")
    assert merged.id == xml.id
    assert set(merged.records) == {DocumentFormat.PUBMED_TEXT, DocumentFormat.PUBMED_XML}
    for identifier in (page.id, xml.id, "PMID:1", "doi:10.1/x"):
        assert read(store, identifier) == merged
    with store.view() as view:
        stored = view.claims([said.id])[said.id]
        assert stored.article_id == xml.id
        found = stored.state.quotes[0]
        assert found.verified
        assert merged.text[found.start : found.end] == found.text
        assert [each.paper for each in view.edges()] == [xml.id]
        assert told(view.edge_columns()) == streamed(view)
        assert view.counts().articles == 2
        assert page.id not in view.articles([page.id])
        assert [each.id for each in view.article_page(None, 10).items] == sorted(
            (xml.id, read(store, "PMID:2").id)
        )
        assert view.articles_with_text(page.text_sha256) == ()
    (made,) = decisions(store, page.id)
    assert made == decisions(store, xml.id)[0]
    assert (made.article, made.into, made.actor, made.reason) == (
        page.id,
        xml.id,
        "ann",
        "the same paper",
    )
    assert list(check(store)) == []


def test_the_past_stays_as_it_was(store: GraphStore) -> None:
    page, xml, _ = two(store)
    head = store.head().number
    merge(store, page.id, xml.id)
    assert read(store, page.id, head) == page
    assert read(store, xml.id, head) == xml
    with store.view(head) as view:
        assert view.counts().articles == 3


def test_what_comes_again_changes_nothing(store: GraphStore) -> None:
    page, xml, _ = two(store)
    merge(store, page.id, xml.id)
    head = store.head()
    report = put(store, PAGE, XML)
    assert (report.errors, store.head()) == ([], head)


def test_of_two_records_of_a_format_the_latest_counts(store: GraphStore) -> None:
    older = record("A title.", "An abstract.", identifiers=("PMID:7",), version=1)
    newer = record("A title.", "A new abstract.", identifiers=("PMID:8",), version=2)
    put(store, older, newer)
    merged = merge(store, "PMID:8", "PMID:7")
    assert merged.text == "A title.\nA new abstract."
    assert read(store, "PMID:7") == read(store, "PMID:8") == merged
    head = store.head()
    report = put(store, older, newer)
    assert (report.errors, store.head()) == ([], head)


def test_a_merge_is_undone(store: GraphStore) -> None:
    page, xml, said = two(store)
    merge(store, page.id, xml.id)
    (made,) = decisions(store, page.id)
    assert decide(store, xml.id, type="undo", decision=made.id) == page
    assert (read(store, page.id), read(store, "PMID:1")) == (page, xml)
    with store.view() as view:
        stored = view.claims([said.id])[said.id]
        assert (stored.article_id, stored.state.quotes) == (page.id, said.quotes)
        assert view.counts().articles == 3
        assert told(view.edge_columns()) == streamed(view)
    assert [each.type.value for each in decisions(store, page.id)] == ["merge", "undo"]
    assert list(check(store)) == []
    with pytest.raises(Conflict, match="undone already"):
        decide(store, page.id, type="undo", decision=made.id)
    assert merge(store, page.id, xml.id).id == xml.id


def test_undoing_leaves_what_came_since(store: GraphStore) -> None:
    put(store, record("One.", "Text one.", identifiers=("PMID:7",)), OTHER)
    one, other = read(store, "PMID:7"), read(store, "PMID:2")
    merge(store, "PMID:7", "PMID:2")
    newer = record("One, again.", "Text one, again.", identifiers=("PMID:7",), version=5)
    json = record("Another.", "It is another one.", identifiers=("PMID:2",),
                  document_format=DocumentFormat.JSON)  # fmt: skip
    put(store, newer, json)
    (made,) = decisions(store, "PMID:2")
    decide(store, one.id, type="undo", decision=made.id)
    assert read(store, "PMID:7").citation.title == "One, again."
    back = read(store, "PMID:2")
    assert (back.id, back.text) == (other.id, other.text)
    assert set(back.records) == {DocumentFormat.JSON, DocumentFormat.PUBMED_XML}


def test_merges_follow_each_other(store: GraphStore) -> None:
    page, xml, _ = two(store)
    merge(store, page.id, "PMID:1")
    last = merge(store, "PMID:1", "PMID:2")
    for identifier in (page.id, xml.id, "PMID:1", "PMID:2"):
        assert read(store, identifier) == last
    first = decisions(store, page.id)[0]
    with pytest.raises(Conflict, match="merged further"):
        decide(store, page.id, type="undo", decision=first.id)
    assert len(decisions(store, "PMID:2")) == 2


def test_a_record_of_two_articles_says_how_to_merge_them(store: GraphStore) -> None:
    put(store, XML, OTHER)
    both = record("Both.", "Both.", identifiers=("PMID:2", "doi:10.1/x"))
    (error,) = put(store, both).errors
    ids = {read(store, "PMID:1").id, read(store, "PMID:2").id}
    assert all(each in error.reason for each in ids)
    assert "evipath merge-articles" in error.reason
    merge(store, "PMID:2", "PMID:1")
    assert put(store, both).errors == []


@pytest.mark.parametrize(
    ("fields", "error", "words"),
    [
        ({"type": "merge", "into": "PMID:2"}, BadInput, "why"),
        ({"type": "merge", "into": "PMID:2", "reason": " "}, BadInput, "why"),
        ({"type": "merge", "reason": "x"}, BadInput, "into"),
        ({"type": "merge", "into": "PMID:1", "reason": "x"}, Conflict, "already"),
        ({"type": "merge", "into": "PMID:9", "reason": "x"}, NotFound, "PMID:9"),
        ({"type": "merge", "into": "PMID:2", "reason": "x", "decision": "d"}, BadInput, "no use"),
        ({"type": "undo"}, BadInput, "decision"),
        ({"type": "undo", "decision": "d", "into": "PMID:2"}, BadInput, "no use"),
        ({"type": "undo", "decision": "d"}, NotFound, "no merge d"),
    ],
)
def test_what_can_t_be_decided_is_refused(
    store: GraphStore, fields: dict[str, object], error: type[Exception], words: str
) -> None:
    put(store, XML, OTHER)
    head = store.head()
    with pytest.raises(error, match=words):
        decide(store, "PMID:1", **fields)
    assert store.head() == head


def test_a_graph_that_changed_meanwhile_is_not_decided_on(store: GraphStore) -> None:
    put(store, XML, OTHER)
    seen = store.head().number
    put(store, PAGE)
    with pytest.raises(PreconditionFailed):
        decide(store, "PMID:1", seen, type="merge", into="PMID:2", reason="x")
    decide(store, "PMID:1", seen + 1, type="merge", into="PMID:2", reason="x")


def _by_load(store: GraphStore, other: GraphStore, tmp: object) -> None:
    other.load(store.dump())


def _by_backup(store: GraphStore, other: GraphStore, tmp: object) -> None:
    store.backup(tmp / "a.backup")  # type: ignore[operator]
    other.restore(tmp / "a.backup")  # type: ignore[operator]


@pytest.mark.parametrize("way", [_by_load, _by_backup])
def test_a_merge_goes_along(
    store: GraphStore,
    other: GraphStore,
    tmp_path: object,
    way: Callable[[GraphStore, GraphStore, object], None],
) -> None:
    page, _, _ = two(store)
    merge(store, page.id, "PMID:1")
    way(store, other, tmp_path)
    assert list(other.dump()) == list(store.dump())
    assert read(other, page.id) == read(store, page.id)
    assert decisions(other, page.id) == decisions(store, page.id)
    kinds = {change.kind for change in other.changes(0, 99, None, 999).items}
    assert "article_decision" in kinds


def test_a_purge_takes_what_was_merged_along(store: GraphStore) -> None:
    page, xml, said = two(store)
    merge(store, page.id, xml.id)
    store.purge("article", xml.id, "root", "asked for")
    with store.view() as view:
        assert view.article_ids([page.id, xml.id, "PMID:1"]) == {}
        assert view.claims([said.id]) == {}
        assert view.counts().articles == 1
    assert not [row for row in store.dump() if row.kind == "article_decision"]
    assert page.id not in str(
        [row for row in store.dump() if row.kind not in {"tombstone", "revision"}]
    )


def test_a_purge_after_an_undo_takes_only_its_own(store: GraphStore) -> None:
    page, xml, said = two(store)
    merge(store, page.id, xml.id)
    between = store.head().number
    (made,) = decisions(store, page.id)
    decide(store, page.id, type="undo", decision=made.id)
    store.purge("article", xml.id, "root", "asked for")
    assert read(store, page.id) == page
    with store.view() as view:
        assert view.claims([said.id])[said.id].article_id == page.id
        assert told(view.edge_columns()) == streamed(view)
    with store.view(between) as view:
        assert view.claims([said.id])[said.id].article_id is None
        assert told(view.edge_columns()) == streamed(view)
    assert xml.id not in str(
        [row for row in store.dump() if row.kind not in {"tombstone", "revision"}]
    )
