"""What the real records at hand do not show, format by format."""

import json
from pathlib import Path

import pytest

from app.ingest import Item, citation_key, normalise_pages, read
from app.ingest.abstracts import split_labelled
from app.ingest.dates import partial_date
from app.model.article import Article, Citation, Journal, PartialDate, Record, fold, text_of
from app.model.vocabulary import DocumentFormat


def items(text: str, name: str = "in", kind: DocumentFormat | None = None) -> list[Item]:
    return list(read(text.encode(), name=name, format=kind))


def one(text: str, name: str = "in") -> Citation:
    [item] = items(text, name)
    assert item.record is not None, str(item.error)
    return item.record.citation


def fault(text: str, name: str = "in") -> str:
    [item] = items(text, name)
    assert item.error is not None
    return str(item.error)


# --- XML ----------------------------------------------------------------------------------------


def article(inner: str = "", after: str = "", data: str = "") -> Citation:
    return one(
        '<PubmedArticle><MedlineCitation><PMID Version="2">5</PMID><Article>'
        f"<ArticleTitle>A <i>b</i><sub>2</sub>\n  c.</ArticleTitle>{inner}</Article>{after}"
        f"</MedlineCitation><PubmedData>{data}</PubmedData></PubmedArticle>"
    )


def test_markup_is_dropped_and_its_text_kept() -> None:
    maths = (
        '<AbstractText>x <m:math xmlns:m="http://www.w3.org/1998/Math/MathML"><m:mi>y</m:mi>'
        "<m:mn>2</m:mn></m:math><!-- no --> z<?pi no?>.</AbstractText>"
    )
    citation = article(f"<Abstract>{maths}</Abstract>")
    assert text_of(citation) == "A b2 c.\nx y2 z."


def test_labels_have_one_form() -> None:
    citation = article(
        '<Abstract><AbstractText Label="UNLABELLED" NlmCategory="UNASSIGNED">First.</AbstractText>'
        '<AbstractText Label="Methods:">Second.</AbstractText><AbstractText/></Abstract>'
    )
    assert text_of(citation).split("\n")[1:] == ["First.", "METHODS: Second."]
    assert [part.category for part in citation.abstract] == ["UNASSIGNED", None]


def test_a_vernacular_title_stands_in_for_a_missing_one() -> None:
    text = (
        "<PubmedArticle><MedlineCitation><PMID>5</PMID><Article><ArticleTitle/>"
        "<VernacularTitle>Über etwas.</VernacularTitle></Article></MedlineCitation></PubmedArticle>"
    )
    assert one(text).title == "Über etwas."


def test_version_and_revision_are_kept() -> None:
    text = (
        '<PubmedArticle><MedlineCitation><PMID Version="3">5</PMID><DateRevised><Year>2020</Year>'
        "<Month>02</Month><Day>29</Day></DateRevised><Article><ArticleTitle>T.</ArticleTitle>"
        "</Article></MedlineCitation></PubmedArticle>"
    )
    [item] = items(text)
    assert item.record is not None
    assert (item.record.version, str(item.record.revised)) == (3, "2020-02-29")
    assert "2021-02-29 is not a date" in fault(text.replace("2020", "2021"))


def test_people_banks_and_identifiers() -> None:
    citation = article(
        '<ELocationID EIdType="doi" ValidYN="N">10.1000/BAD</ELocationID>'
        "<AuthorList CompleteYN='N'><Author><CollectiveName>The  Group</CollectiveName>"
        "<Identifier Source='ORCID'>http://orcid.org/0000-0002-1825-009x</Identifier></Author>"
        "</AuthorList><DataBankList><DataBank><DataBankName>GEO</DataBankName>"
        "<AccessionNumberList><AccessionNumber>GSE1</AccessionNumber><AccessionNumber>GSE2"
        "</AccessionNumber></AccessionNumberList></DataBank></DataBankList>",
        "<GeneSymbolList><GeneSymbol>abc</GeneSymbol></GeneSymbolList>"
        "<PersonalNameSubjectList><PersonalNameSubject><LastName>Koch</LastName>"
        "</PersonalNameSubject></PersonalNameSubjectList><InvestigatorList><Investigator>"
        "<LastName>Curie</LastName><AffiliationInfo><Affiliation>Paris</Affiliation>"
        "</AffiliationInfo></Investigator></InvestigatorList><SupplMeshList><SupplMeshName "
        "Type='Organism' UI='C1'>Bug</SupplMeshName></SupplMeshList>"
        "<OtherAbstract Language='fre' Type='Publisher'><AbstractText>Une souris.</AbstractText>"
        "<CopyrightInformation>no</CopyrightInformation></OtherAbstract>",
        "<ArticleIdList><ArticleId IdType='doi'>10.1000/GOOD</ArticleId>"
        "<ArticleId IdType='pmc'>PMC12</ArticleId></ArticleIdList><ReferenceList><Title>Books"
        "</Title><Reference><Citation>X.</Citation><ArticleIdList><ArticleId IdType='doi'>10.1/X"
        "</ArticleId><ArticleId IdType='doi'>10.1000/Y</ArticleId></ArticleIdList></Reference>"
        "</ReferenceList>",
    )
    assert citation.identifiers == ("PMID:5", "PMC:12", "doi:10.1000/good")
    assert citation.elocation_ids == ("doi:10.1000/bad",)
    assert citation.authors[0].collective == "The Group"
    assert citation.authors[0].orcid == "0000-0002-1825-009X"
    assert citation.authors_complete is False
    assert citation.data_banks == ("GEO/GSE1", "GEO/GSE2")
    assert citation.gene_symbols == ("abc",)
    assert citation.personal_subjects[0].last_name == "Koch"
    assert citation.investigators[0].affiliations == ("Paris",)
    assert citation.supplementary_mesh[0].type == "Organism"
    assert citation.other_abstracts[0].language == "fre"
    assert [part.text for part in citation.other_abstracts[0].parts] == ["Une souris."]
    assert citation.references[0].section == "Books"
    assert citation.references[0].ids == ("doi:10.1/X", "doi:10.1000/y")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2004", PartialDate(year=2004)),
        ("2004 Aug", PartialDate(year=2004, month=8)),
        ("2006 Mar 1", PartialDate(year=2006, month=3, day=1)),
        ("2004 Jul-Aug", PartialDate(year=2004, source="2004 Jul-Aug")),
        ("2019 Sep/Oct", PartialDate(year=2019, source="2019 Sep/Oct")),
        ("1998 Dec-1999 Jan", PartialDate(year=1998, source="1998 Dec-1999 Jan")),
        ("Winter 1998", PartialDate(year=1998, source="Winter 1998")),
        ("2000 Spring", PartialDate(year=2000, source="2000 Spring")),
        ("in press", PartialDate(source="in press")),
    ],
)
def test_partial_dates(words: str, expected: PartialDate) -> None:
    assert partial_date(words) == expected


# --- MEDLINE ------------------------------------------------------------------------------------


def test_medline_people_keep_their_own() -> None:
    citation = one(
        "PMID- 5\nTI  - T.\nFAU - King, Martin Luther Jr\nAU  - King ML Jr\n"
        "AUID- ORCID: https://orcid.org/0000-0002-1825-0097\nAD  - First\n      place.\n"
        "AD  - Second place.\nFAU - de la Cruz, Ana\nAU  - de la Cruz A\nCN  - A Group\n"
        "AD  - Of the group.\nFIR - Curie, Marie\nIR  - Curie M\nIRAD- Paris.\n"
    )
    king, cruz, group = citation.authors
    assert (king.name, king.fore_name, king.suffix) == ("King ML Jr", "Martin Luther", "Jr")
    assert king.orcid == "0000-0002-1825-0097"
    assert king.affiliations == ("First place.", "Second place.")
    assert (cruz.last_name, cruz.initials, cruz.affiliations) == ("de la Cruz", "A", ())
    assert (group.collective, group.affiliations) == ("A Group", ("Of the group.",))
    assert citation.investigators[0].affiliations == ("Paris.",)


def test_medline_fields_without_a_real_record() -> None:
    citation = one(
        "PMID- 5\nTI  - [T.]\nTT  - Vernakular\nCI  - (c) Us\nRN  - EC 1.1.1.1 (An (inner) name)\n"
        "GR  - R01 CA1/2/CA/NCI NIH HHS/United States\nGR  - Wellcome Trust/United Kingdom\n"
        "RIN - Nature. 2005;1:1. PMID: 77\nSI  - GEO/GSE1\nOTO - NOTNLM\nOT  - *word\nOT  - other\n"
        "COIS- none\nOAB - Publisher: Une souris.\nOABL- fre\nPHST- 2020/03/14 00:00 [received]\n"
        "OID - NLM - PMC12\nRF  - 12\nXX  - what is this\nPMC - PMC12\nLID - e5 [pii]\n"
    )
    assert citation.vernacular_title == "Vernakular"
    assert (citation.chemicals[0].registry_number, citation.chemicals[0].name) == (
        "EC 1.1.1.1",
        "An (inner) name",
    )
    first, second = citation.grants
    assert (first.id, first.acronym, first.agency) == ("R01 CA1/2", "CA", "NCI NIH HHS")
    assert (second.id, second.agency, second.country) == (None, "Wellcome Trust", "United Kingdom")
    assert citation.retracted
    assert (citation.corrections[0].pmid, citation.corrections[0].source) == (
        "77",
        "Nature. 2005;1:1",
    )
    assert [(word.name, word.major, word.owner) for word in citation.keywords] == [
        ("word", True, "NOTNLM"),
        ("other", False, "NOTNLM"),
    ]
    assert citation.other_abstracts[0].language == "fre"
    assert citation.history[0].status == "received"
    assert citation.reference_count == 12
    assert citation.notes == ("XX: what is this",)
    assert citation.identifiers == ("PMID:5", "PMC:12")
    assert citation.elocation_ids == ("pii:e5",)


def test_medline_errors_name_their_line() -> None:
    found = items("PMID- 1\nTI  - T.\nLR  - 2004\n\nPMID- 2\nAB  - x\n\nPMID- 3\nTI  - U.\n")
    assert [item.error is None for item in found] == [False, False, True]
    assert "record 1, line 3: LR: '2004' is not a date" in str(found[0].error)
    assert "record 2, line 5: the record has no title" in str(found[1].error)
    assert "line 2: expected a tag" in fault("PMID- 1\nstray\n")


def test_labels_split_only_where_that_is_safe() -> None:
    parts = split_labelled(
        "BACKGROUND: A study of DNA: it is. RESULTS AND DISCUSSION: P53: up. DNA: kept here. "
        "We saw CONCLUSIONS: not a label. CONCLUSION: End."
    )
    assert [part["label"] for part in parts] == [
        "BACKGROUND",
        "RESULTS AND DISCUSSION",
        "CONCLUSION",
    ]
    assert parts[1]["text"] == "P53: up. DNA: kept here. We saw CONCLUSIONS: not a label."
    assert split_labelled("EMT: a review.") == [{"text": "EMT: a review.", "label": None}]


# --- page text ----------------------------------------------------------------------------------

CITED = "J Clin Invest. 2004 Aug;114(4):569-81."
PAGE = "Send to\n{cited}\n\nA title here.\n\n{front}An abstract. It goes on.\n\n{end}"


def page(front: str = "", end: str = "", cited: str = CITED) -> str:
    return PAGE.format(front=front, end=end, cited=cited)


def test_page_with_authors_and_numbered_affiliations() -> None:
    citation = one(
        page(
            "Huber MA1, Grünert S2, van der Berg J Jr1,2.\n\nAuthor information\n\n"
            "1Ulm, Germany.\n\n2Vienna, Austria.\n\n",
            "PMID: 15314694 PMCID: PMC503772 DOI: 10.1172/JCI21358\n[Indexed for MEDLINE]\n"
            "Publication types\nMeSH terms\nAnimals\n",
            CITED + " doi: 10.1172/JCI21358. Epub 2004 Jul 2. Review.",
        )
    )
    assert [a.affiliations for a in citation.authors] == [
        ("Ulm, Germany.",),
        ("Vienna, Austria.",),
        ("Ulm, Germany.", "Vienna, Austria."),
    ]
    assert citation.authors[2].suffix == "Jr"
    assert citation.identifiers == ("PMID:15314694", "PMC:503772", "doi:10.1172/jci21358")
    assert text_of(citation) == "A title here.\nAn abstract. It goes on."
    assert str(citation.published_electronic) == "2004-07-02"
    assert citation.notes == ("Review",)


def test_page_with_labelled_paragraphs() -> None:
    text = page().replace(
        "An abstract. It goes on.", "BACKGROUND:\n\nWe ask.\n\nRESULTS: We saw.\n\nCopyright © Us."
    )
    citation = one(text)
    assert text_of(citation) == "A title here.\nBACKGROUND: We ask.\nRESULTS: We saw."
    assert citation.copyright == "Copyright © Us."


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Just a text.\nWith two lines. 2004 was a year.", "expected a citation line"),
        (f"{CITED}\n", "line 1: expected the title after the citation line, found nothing"),
        (f"{CITED}\n\nA title here.\n", "line 1: expected an abstract"),
        (f"{CITED}\n\nAuthor information\n\nUlm.\n", "line 3: expected the title, found 'Author"),
        (f"{CITED}\n\nHuber MA, Wirth T.\n\nAn abstract.", "expected the title, found 'Huber"),
        (f"{CITED}\n\nA title.\n\nChoose Destination\n\nText.", "line 5: expected the abstract"),
        (
            f"{CITED}\n\nA title.\n\n[Indexed for MEDLINE]\n\nSome other text.",
            "expected an abstract",
        ),
    ],
)
def test_page_is_strict(text: str, says: str) -> None:
    assert says in fault(text, "page.txt")


def test_export_of_many() -> None:
    first, third = (
        f"{n}. {CITED}\n\nTitle {n}.\n\nHuber MA, Wirth T.\n\nComment in\n    Nature. 2005;1:1.\n\n"
        f"Abstract {n}.\n\nPMID: {n} [Indexed for MEDLINE]\n\n\n"
        for n in (1, 3)
    )
    second = f"2. {CITED}\n\nTitle 2.\n\nPMID: 2\n\n\n"
    found = items(first + second + third + f"4. {CITED}\n\nTitle 4.\n")
    assert [item.error is None for item in found] == [True, True, True, False]
    records = [item.record for item in found if item.record]
    assert [text_of(r.citation) for r in records] == [
        "Title 1.\nAbstract 1.",
        "Title 2.",
        "Title 3.\nAbstract 3.",
    ]
    assert records[0].citation.corrections[0].type == "CommentIn"
    assert records[2].citation.identifiers == ("PMID:3",)


# --- JSON ---------------------------------------------------------------------------------------


def test_json_shapes(seed: Path) -> None:
    citation = json.loads((seed / "article.json").read_text(encoding="utf-8"))
    [plain] = items(json.dumps(citation))
    assert plain.record is not None
    record = plain.record
    whole = fold("some-id", (record,))
    shapes = [record.model_dump(mode="json"), whole.model_dump(mode="json"), citation]
    for text in (
        json.dumps(shapes),
        json.dumps(shapes, indent=1),
        "\n".join(json.dumps(shape) for shape in shapes),
    ):
        found = items(text)
        assert [item.record for item in found] == [record] * 3
    assert Article.model_validate(shapes[1]) == whole


def test_json_record_keeps_its_format_and_revision() -> None:
    record = Record(format=DocumentFormat.MEDLINE, citation=Citation(title="T."), version=2)
    [item] = items(record.model_dump_json())
    assert item.record == record


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"title": "T", "pages": 5}', "line 1: /pages: Input should be a valid string"),
        ('[{"title": "T"}, 5]', "record 2: /1/: expected an object, found int"),
        ('{"title": "T",\n "x": 1}', "/x: Extra inputs are not permitted"),
        ('{"title": "T"\n "x": 1}', "line 2: broken JSON at column"),
        ('{"title": "T"}\n{"title": }\n{"title": "U"}', "line 2: broken JSON"),
        ('{"title": " "}', "the title is empty"),
        ('["a"]', "/0/: expected an object, found str"),
        ('{"format": "x", "citation": {"title": "T"}}', "/format: Input should be"),
        ('{"abstract": [{"text": ""}], "title": "T"}', "/abstract/0/text: String should have"),
        ("[]", "holds no record"),
        ("[" * 100_000, "broken JSON"),
    ],
)
def test_json_errors_point(text: str, says: str) -> None:
    errors = [str(item.error) for item in items(text, kind=DocumentFormat.JSON) if item.error]
    assert len(errors) == 1
    assert says in errors[0]


def test_an_article_whose_text_was_changed_is_refused() -> None:
    whole = fold("i", (Record(format=DocumentFormat.JSON, citation=Citation(title="T.")),))
    dump = whole.model_dump(mode="json")
    assert "/text: is not" in fault(json.dumps({**dump, "text": "U."}))
    assert "/text_sha256: is not" in fault(json.dumps({**dump, "text_sha256": "0"}))


# --- citation keys ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pages", "full"),
    [
        ("569-81", "569-581"),
        ("569-581", "569-581"),
        ("1352-4", "1352-1354"),
        ("S12-5", "S12-S15"),
        ("e511-e512", "e511-e512"),
        ("99-101", "99-101"),
        ("12-4,17-9", "12-14, 17-19"),
        ("e10089", "e10089"),
        ("402;404", "402; 404"),
    ],
)
def test_normalise_pages(pages: str, full: str) -> None:
    assert normalise_pages(pages) == full


def cited(**changed: object) -> Citation:
    fields: dict[str, object] = {
        "title": "A title: of β-catenin.",
        "journal": Journal(medline_ta="J Clin Invest"),
        "published": PartialDate(year=2004, month=8),
        "volume": "114",
        "issue": "4",
        "pages": "569-81",
    }
    return Citation.model_validate({**fields, **changed})


def test_keys_agree_across_spellings() -> None:
    key = citation_key(cited())
    assert key is not None
    for same in (
        cited(journal=Journal(iso_abbreviation="J. clin. Invest.")),
        cited(pages="569-581"),
        cited(issue=None),
        cited(title="A Title of β-catenin"),
        cited(published=PartialDate(year=2004)),
    ):
        assert citation_key(same) == key
    for other in (cited(volume="115"), cited(pages="570"), cited(title="Another title.")):
        assert citation_key(other) != key


@pytest.mark.parametrize("lacking", ["volume", "pages", "published"])
def test_no_key_without_its_parts(lacking: str) -> None:
    assert citation_key(cited(**{lacking: None})) is None


def test_digits_of_other_scripts_are_no_date() -> None:
    assert partial_date("2٠٠٤ Aug") == PartialDate(source="2٠٠٤ Aug")
    [item] = items("PMID- 5\nTI  - T.\nDP  - 2٠٠٤ Aug\nEDAT- 2٠٠٤/01/01\n")
    assert item.error is not None
