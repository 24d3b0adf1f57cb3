"""Articles: the fold of their records, at every revision."""

from datetime import date

import pytest

from app.graph.port import GraphStore, GraphWriter
from app.model.article import fold
from app.model.errors import BadInput, Conflict, NotFound
from app.model.text import sha256_of
from app.model.vocabulary import DocumentFormat
from tests.support.factories import paper, record


def test_an_article_is_the_fold_of_its_records(store: GraphStore) -> None:
    one = paper(1)
    two = record(
        "Curcumin prevents EMT.",
        "Curcumin blocked NF-kappaB. Inhibition of NF-kappaB reversed EMT.",
        identifiers=("doi:10.1/x",),
        document_format=DocumentFormat.PUBMED_TEXT,
        authors=("Huber", "Wirth"),
    )

    def work(writer: GraphWriter) -> None:
        one.put(writer)
        writer.put_record(one.id, two, None)

    store.write("ada", "two records", work)
    with store.view() as view:
        article = view.articles([one.id])[one.id]
        assert article == fold(one.id, (one.record, two))
        assert article.citation.identifiers == ("PMID:1", "doi:10.1/x")
        formats = [r.format for r in view.article_records(one.id)]
        assert formats == [DocumentFormat.PUBMED_TEXT, DocumentFormat.PUBMED_XML]
        assert view.articles(["nothing", one.id]).keys() == {one.id}
        assert view.article_records("nothing") == ()


def test_a_newer_record_takes_the_place_of_the_older_one(store: GraphStore) -> None:
    old = paper(1, title="Before.")
    new = paper(1, title="After.", version=2, revised=date(2020, 1, 1))
    store.write("ada", "old", old.put)
    store.write("ada", "new", new.put)
    with store.view() as view:
        assert view.articles([old.id])[old.id].citation.title == "After."
        assert len(view.article_records(old.id)) == 1
        assert view.articles_with_text(old.sha256) == ()
        assert view.articles_with_text(new.sha256) == (old.id,)
        assert view.text(old.sha256) == old.text
    with store.view(1) as view:
        assert view.articles([old.id])[old.id].citation.title == "Before."
        assert view.articles_with_text(old.sha256) == (old.id,)
        assert view.text(new.sha256) is None


def test_aliases_find_an_article_and_can_move(store: GraphStore) -> None:
    one, two = paper(1), paper(2)
    store.write("ada", "both", lambda w: (one.put(w), two.put(w)))
    store.write("ada", "move", lambda w: w.put_alias("doi:10.1/ä b", two.id))
    store.write("ada", "move", lambda w: w.put_alias("PMID:1", two.id))
    with store.view() as view:
        asked = ["PMID:1", "PMID:2", "PMID:3", one.id, "doi:10.1/ä b"]
        assert view.article_ids(asked) == {
            "PMID:1": two.id,
            "PMID:2": two.id,
            one.id: one.id,
            "doi:10.1/ä b": two.id,
        }
        assert view.article_ids([]) == {}
    with store.view(1) as view:
        assert view.article_ids(["PMID:1", "doi:10.1/ä b"]) == {"PMID:1": one.id}


def test_citation_keys_find_all_that_were_stored_under_them(store: GraphStore) -> None:
    early = paper(1, key="jci|2004|114")
    late = paper(1, key="jci|2004|115", version=2)
    store.write("ada", "early", early.put)
    store.write("ada", "late", late.put)
    store.write("ada", "other", paper(2, key="jci|2004|115").put)
    with store.view() as view:
        assert view.articles_with_citation("jci|2004|114") == ("a0001",)
        assert view.articles_with_citation("jci|2004|115") == ("a0001", "a0002")
        assert view.articles_with_citation("none") == ()
    with store.view(1) as view:
        assert view.articles_with_citation("jci|2004|115") == ()


def test_pages_of_articles_are_in_order_and_count_all(store: GraphStore) -> None:
    for number in (3, 1, 2):
        store.write("ada", "one", paper(number).put)
    with store.view() as view:
        first = view.article_page(None, 2)
        second = view.article_page(first.next_after, 2)
        assert [a.id for a in first.items] == ["a0001", "a0002"]
        assert [a.id for a in second.items] == ["a0003"]
        assert (first.total, second.total, second.next_after) == (3, 3, None)
        assert view.article_page(None, 3).next_after is None
    with store.view(2) as view:
        assert [a.id for a in view.article_page(None, 9).items] == ["a0001", "a0003"]
    with store.view(0) as view:
        empty = view.article_page(None, 9)
        assert (empty.items, empty.total, empty.next_after) == ((), 0, None)


def test_facts_are_what_reasoning_needs(store: GraphStore) -> None:
    one = paper(1, authors=("Huber", "Wirth"), year=2004)
    two = paper(2, publication_types=("Retracted Publication",), year=None)
    store.write("ada", "both", lambda w: (one.put(w), two.put(w)))
    with store.view() as view:
        facts = view.article_facts([one.id, two.id, "nothing"])
    assert facts.keys() == {one.id, two.id}
    assert facts[one.id].authors == ("Huber A", "Wirth A")
    assert (facts[one.id].curie, facts[one.id].year) == ("PMID:1", 2004)
    assert (facts[one.id].retracted, facts[two.id].retracted) == (False, True)
    assert facts[two.id].year is None


def test_texts_keep_every_character(store: GraphStore) -> None:
    words = "TGF-\u03b2 \U0001f9ec \u4e0a\u76ae e\u0301 \u202e \u00a0' \" \\ \x7f"
    one = paper(1, title=words, abstract="\U0001f600 a")
    store.write("ada", words, one.put)
    with store.view() as view:
        assert view.text(one.sha256) == one.text
        assert view.articles([one.id])[one.id].text == one.text
        assert view.revision.message == words


def test_half_an_article_is_refused(store: GraphStore) -> None:
    with pytest.raises(Conflict, match="a0009"):
        store.write("ada", "half", lambda w: w.add_article("a0009"))
    with store.view() as view:
        assert view.article_ids(["a0009"]) == {}
    assert store.head().number == 0


def test_what_belongs_to_no_article_is_refused(store: GraphStore) -> None:
    text = "Some text"
    for put in (
        lambda w: w.put_alias("PMID:1", "a0009"),
        lambda w: w.put_record("a0009", paper(1).record, None),
        lambda w: w.put_text("a0009", text, sha256_of(text)),
    ):
        with pytest.raises(NotFound, match="a0009"):
            store.write("ada", "lost", put)
    assert store.head().number == 0


def test_a_text_that_is_not_its_hash_is_refused(store: GraphStore) -> None:
    one = paper(1)
    store.write("ada", "one", one.put)
    with pytest.raises(BadInput, match="hash"):
        store.write("ada", "wrong", lambda w: w.put_text(one.id, "other", one.sha256))
    assert store.head().number == 1
