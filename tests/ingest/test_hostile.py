"""Bad input gives an error that names its place; what is good beside it goes in."""

import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ingest import Item, Limits, detect, files, read
from app.model.article import text_of
from app.model.errors import ParseError
from app.model.vocabulary import DocumentFormat

RECORD = (
    '<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>'
    "<Article><ArticleTitle>{title}</ArticleTitle><Abstract><AbstractText>{body}</AbstractText>"
    "</Abstract></Article></MedlineCitation></PubmedArticle>\n"
)
DOCTYPE = '<!DOCTYPE PubmedArticleSet SYSTEM "http://dtd.nlm.nih.gov/x.dtd">\n'


def xml(*records: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>\n') -> bytes:
    return f"{head}<PubmedArticleSet>\n{''.join(records)}</PubmedArticleSet>".encode()


def record(pmid: object = 1, title: str = "A title.", body: str = "A body.") -> str:
    return RECORD.format(pmid=pmid, title=title, body=body)


def items(data: bytes, name: str = "in", **options: object) -> list[Item]:
    return list(read(data, name=name, **options))  # type: ignore[arg-type]


def error(data: bytes, name: str = "in", **options: object) -> ParseError:
    [item] = items(data, name, **options)
    assert item.record is None
    assert item.error is not None
    return item.error


def titles(found: list[Item]) -> list[str]:
    return [item.record.citation.title for item in found if item.record]


@pytest.mark.parametrize("kind", [None, *DocumentFormat])
@pytest.mark.parametrize("data", [b"", b"  \n\t\n", b"\xef\xbb\xbf", gzip.compress(b"", mtime=0)])
def test_empty(data: bytes, kind: DocumentFormat | None) -> None:
    found = items(data, format=kind)
    assert [item.record for item in found] == [None]
    assert found[0].error is not None


@pytest.mark.parametrize("data", [bytes(range(256)), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"%PDF\0\1"])
def test_binary(data: bytes) -> None:
    assert "binary" in str(error(data))


def test_html_says_what_to_do() -> None:
    assert "save the record as" in str(error(b"<!DOCTYPE html><html></html>"))


def test_gzip_cut_off_keeps_what_came_before() -> None:
    rows = [record(n, body=f"Body {n} {n * 7919 % 104729}.") for n in range(1, 3001)]
    whole = gzip.compress(xml(*rows))
    found = items(whole[: len(whole) // 2])
    assert 100 < len(titles(found)) < 3000
    assert [item.error is None for item in found] == [True] * (len(found) - 1) + [False]
    assert "cut off" in str(found[-1].error)


def test_broken_gzip() -> None:
    data = bytearray(gzip.compress(xml(record()) * 50))
    data[20:30] = b"0123456789"
    assert "gzip" in str(error(bytes(data)))


def test_truncated_xml_keeps_whole_records_and_names_the_line() -> None:
    data = xml(record(1), record(2), record(3))
    found = items(data[: data.index(b"3</PMID>") + 30])
    assert len(titles(found)) == 2
    fault = found[-1].error
    assert fault is not None
    assert (fault.record, fault.line) == (3, 5)
    assert "cut off" in str(fault)


def test_a_bad_record_is_skipped_and_the_rest_goes_in() -> None:
    bad = "<PubmedArticle><MedlineCitation><PMID>2</PMID></MedlineCitation></PubmedArticle>\n"
    found = items(xml(record(1), bad, record("x"), record(4)))
    assert [item.error is None for item in found] == [True, False, False, True]
    assert [item.line for item in found] == [3, 4, 5, 6]
    assert str(found[1].error) == "in, record 2, line 4: PMID 2: the record has no title " + (
        "(ArticleTitle)"
    )
    assert "'x' is not a PMID" in str(found[2].error)


BOMB = "<!DOCTYPE x [<!ENTITY a '{}'>{}]>\n".format(
    "ha" * 100,
    "".join(f"<!ENTITY {chr(c)} '{f'&{chr(c - 1)};' * 10}'>" for c in range(ord("b"), ord("k"))),
)


def test_xml_bomb_is_not_expanded() -> None:
    fault = error(xml(record(body="&j;"), head=BOMB))
    assert "entit" in str(fault)


def test_xml_bomb_in_an_attribute_is_not_expanded() -> None:
    bomb = xml(record().replace('Owner="NLM"', 'Owner="&j;"'), head=BOMB)
    assert items(bomb)[-1].error is not None
    assert titles(items(bomb)) == []


@pytest.mark.parametrize("target", ["file:///etc/passwd", "http://127.0.0.1:9/x"])
def test_external_entity_is_not_read(target: str) -> None:
    head = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{target}">]>\n'
    assert "declares an entity (e)" in str(error(xml(record(body="&e;"), head=head)))


def test_external_parameter_entity_is_not_read(tmp_path: Path) -> None:
    dtd = tmp_path / "x.dtd"
    dtd.write_text("<!ENTITY e 'leaked'>")
    head = f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{dtd.as_uri()}">%p;]>\n'
    found = items(xml(record(body="&e;"), head=head))
    assert titles(found) == []
    assert "leaked" not in str(found[0].error)


def test_unknown_entity_is_an_error() -> None:
    found = items(xml(record(1, body="a &alpha; b"), record(2), head=DOCTYPE))
    assert [item.error is None for item in found] == [False, True]
    assert "entity" in str(found[0].error)


def test_the_five_entities_and_character_references_are_text() -> None:
    found = items(xml(record(title="a &lt; b &amp; &#x3b1;"), head=DOCTYPE))
    assert titles(found) == ["a < b & α"]


@pytest.mark.parametrize("depth", [300, 50_000])
def test_deep_nesting(depth: int) -> None:
    deep = "<i>" * depth + "x" + "</i>" * depth
    assert error(xml(record(body=deep))).reason


def test_other_xml() -> None:
    assert "found <svg>" in str(error(b"<svg><g/></svg>"))
    assert "holds no record" in str(error(b"<PubmedArticleSet></PubmedArticleSet>"))


def test_books_are_reported_and_deletions_are_read() -> None:
    book = "<PubmedBookArticle><BookDocument><PMID>7</PMID></BookDocument></PubmedBookArticle>"
    gone = "<DeleteCitation><PMID>8</PMID><PMID>9</PMID></DeleteCitation>"
    found = items(xml(book, record(1), gone))
    assert [item.error is None for item in found] == [False, True, True, True]
    assert "PMID 7" in str(found[0].error)
    assert found[0].pmids == ("7",)
    gone_ones = [item.deletion for item in found[2:] if item.deletion]
    assert [each.pmid for each in gone_ones] == ["PMID:8", "PMID:9"]
    assert [item.number for item in found] == [1, 2, 3, 4]
    bad = items(xml("<DeleteCitation><PMID>x</PMID></DeleteCitation>", record(1)))
    assert "DeleteCitation: 'x' is not a PMID" in str(bad[0].error)
    assert titles(bad) == ["A title."]


def test_wrong_bytes_in_xml_are_placed() -> None:
    data = xml(record(1), record(2, body="caf\u00e9"), record(3)).replace("é".encode(), b"\xe9")
    found = items(data)
    assert titles(found) == ["A title."]
    assert f"byte {data.index(0xE9)} (0xe9) is not UTF-8" in str(found[-1].error)
    assert found[-1].line == 4


@pytest.mark.parametrize("name", ["iso-8859-1", "utf-16", "windows-1252"])
def test_declared_encodings(name: str) -> None:
    head = f'<?xml version="1.0" encoding="{name}"?>\n'
    data = xml(record(body="café"), head=head).decode().encode(name)
    [item] = items(data)
    assert item.record is not None, str(item.error)
    assert item.record.citation.abstract[0].text == "café"


MEDLINE = "PMID- {pmid}\nTI  - Title {pmid}\n      goes on.\nAB  - Body.\n\n"


def test_wrong_bytes_in_medline_spoil_one_record() -> None:
    data = "".join(MEDLINE.format(pmid=n) for n in (1, 2, 3)).replace("Title 2", "Caf\u00e9")
    raw = data.encode("latin-1")
    found = items(raw)
    assert titles(found) == ["Title 1 goes on.", "Title 3 goes on."]
    assert f"byte {raw.index(0xE9)} (0xe9) is not UTF-8" in str(found[1].error)
    assert found[1].line == 7


def test_utf16_text_says_what_to_do() -> None:
    assert "UTF-16" in str(error(MEDLINE.format(pmid=1).encode("utf-16")))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_line_ends(seed: Path, end: str, bom: bytes) -> None:
    for name in ("article.nbib", "page.txt", "export.txt", "article.xml", "article.json"):
        data = bom + (seed / name).read_text(encoding="utf-8").replace("\n", end).encode()
        plain = items((seed / name).read_bytes(), name)
        assert [item.record for item in items(data, name)] == [item.record for item in plain]
        assert plain[0].record is not None


def test_nul_in_text_formats(seed: Path) -> None:
    for name in ("article.nbib", "page.txt"):
        data = (seed / name).read_bytes().replace(b"J Clin", b"J\0Clin")
        for item in items(data, name, format=detect((seed / name).read_bytes(), name)):
            assert item.record is None
            assert "NUL" in str(item.error)


def test_nul_in_json_is_named() -> None:
    assert "/title: holds a control" in str(error(b'{"title": "a\\u0000b"}'))


def test_long_line_and_limits() -> None:
    body = "word " * 200_000
    [item] = items(f"PMID- 1\nTI  - T.\nAB  - {body}\n".encode())
    assert item.record is not None
    small = Limits(record_bytes=10_000, text_chars=1000)
    assert "longer than the 10000 bytes" in str(
        items(f"PMID- 1\nTI  - T.\nAB  - {body}\n".encode(), limits=small)[0].error
    )
    wrapped = "PMID- 1\nTI  - T.\nAB  - w\n" + "      word\n" * 2000 + "\nPMID- 2\nTI  - U.\n"
    found = items(wrapped.encode(), limits=small)
    assert titles(found) == ["U."]
    text = error(xml(record(body="w" * 1001)), limits=small)
    assert "more than the 1000 allowed" in str(text)
    whole = error(xml(record(body="w" * 400_000)), limits=small)
    assert "longer than the 10000 bytes" in str(whole)


def test_duplicates_are_two_items() -> None:
    found = items(xml(record(1), record(1)))
    assert [item.number for item in found] == [1, 2]
    assert found[0].record == found[1].record


def test_pmid_for_many_records() -> None:
    assert "more than one" in str(error(xml(record(1), record(2)), pmid="1"))


def test_missing_and_unreadable_paths(tmp_path: Path) -> None:
    [source] = files([tmp_path / "none.xml"])
    assert "no such file" in str(source.skipped)
    [item] = read(tmp_path / "none.xml", name="none.xml")
    assert "can't be read" in str(item.error)


def test_files_are_sorted_and_whole(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/z.nbib", "b/a.XML.gz", "c.json", "a.txt", ".hidden", "n.nxml"):
        (tmp_path / name).write_text("x")
    found = list(files(["-", tmp_path]))
    names = [source.name.removeprefix(f"{tmp_path}/") for source in found]
    assert names == ["-", ".hidden", "a.txt", "c.json", "n.nxml", "b/a.XML.gz", "b/z.nbib"]
    assert [source.skipped is None for source in found] == [1, 0, 1, 1, 0, 1, 1]
    assert found[0].path is None


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"<?xml version='1.0'?>", "a.txt", DocumentFormat.PUBMED_XML),
        (gzip.compress(b"\n\nPMID- 1\nTI  - x\n", mtime=0), "a", DocumentFormat.MEDLINE),
        (b'\xef\xbb\xbf {"title": 1}', "a.xml", DocumentFormat.JSON),
        (b"[ {", "a", DocumentFormat.JSON),
        (b"[Translated title of a page].", "a", DocumentFormat.PUBMED_TEXT),
        (b"J Clin Invest. 2004", "a.nbib", DocumentFormat.MEDLINE),
    ],
)
def test_detect(head: bytes, name: str, kind: DocumentFormat) -> None:
    assert detect(head, name) == kind


FRAGMENTS = st.sampled_from(
    [
        b"<PubmedArticleSet>",
        record().encode(),
        b"</PubmedArticleSet>",
        b"PMID- 1\n",
        b"TI  - Title\n",
        b"AU  - A B\n",
        b"FAU - A, B\n",
        b"AD  - x\n",
        b"RN  - \n",
        b"GR  - a/b/c/d/e\n",
        b"DP  - 2004 Jul-Aug\n",
        b"PHST- 2004/13/45 [x]\n",
        b"LR  - 2004\n",
        b"J Clin Invest. 2004 Aug;114(4):569-81.\n\n",
        b"1. J Clin Invest. 2004 Aug;114(4):569-81.\n\n",
        b"Title.\n\n",
        b"Author information:\n",
        b"(1)x\n\n",
        b"PMID: 1\n",
        b'{"title": "x"}\n',
        b'[{"citation": {}}',
        b'{"format": "json", "citation": {"title": "x"}}',
        b"\r",
        b"\n\n",
        b"\x1f\x8b",
        b"\xff\xfe",
        b"&x;",
        b"\xe9",
        b"\0",
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.binary(max_size=400), st.lists(FRAGMENTS, max_size=12).map(b"".join)),
    st.sampled_from([None, *DocumentFormat]),
    st.booleans(),
)
def test_any_bytes_give_items(data: bytes, kind: DocumentFormat | None, zipped: bool) -> None:
    source = io.BytesIO(gzip.compress(data) if zipped else data)
    found = list(read(source, name="any", format=kind))
    assert found
    for item in found:
        assert (item.record is None) != (item.error is None)
        if item.record is not None:
            assert text_of(item.record.citation).strip()


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=80)


@settings(max_examples=200, deadline=None)
@given(WORDS, st.lists(WORDS, max_size=4))
def test_text_is_the_same_through_xml_and_json(title: str, parts: list[str]) -> None:
    def escaped(text: str) -> str:
        kept = "".join(char for char in text if ord(char) not in (0xFFFE, 0xFFFF))
        return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    bodies = "</AbstractText><AbstractText>".join(escaped(part) for part in parts)
    [item] = items(xml(record(title=escaped(title), body=bodies)))
    if item.record is None:
        assert "title" in str(item.error)
        return
    text = text_of(item.record.citation)
    assert "  " not in text
    assert text.split("\n")[0] == item.record.citation.title
    again = items(item.record.citation.model_dump_json().encode(), format=DocumentFormat.JSON)
    assert again[0].record is not None
    assert text_of(again[0].record.citation) == text
