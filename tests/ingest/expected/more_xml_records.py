"""Two more records, as in :mod:`tests.ingest.expected.xml_records`."""

from tests.ingest.expected import Fields, at, cited, keywords, mesh, part, who, ymd

TEA = (
    "1State Key Laboratory of Tea Plant Biology and Utilization, Anhui Agricultural Universiy, "
    "Hefei, 230036 Anhui People's Republic of China."
)
LIFE = (
    "2School of Life Sciences, Anhui Agricultural Universiy, Hefei, 230036 Anhui "
    "People's Republic of China."
)
ANHUI = ["ISNI:0000 0004 1760 4804", "GRID:grid.411389.6"]

MORE: dict[str, tuple[str, str, Fields]] = {
    "31449452": (
        "pubmed21n1002.xml.gz",
        "2020-08-27",
        {
            "identifiers": [
                "PMID:31449452",
                "PMC:6818419",
                "doi:10.1161/circulationaha.119.040151",
            ],
            "title": "Bridging the Gap Between Cardiology and Family Medicine.",
            "languages": ["eng"],
            "journal": {
                "title": "Circulation",
                "iso_abbreviation": "Circulation",
                "medline_ta": "Circulation",
                "nlm_id": "0147763",
                "issn_electronic": "1524-4539",
                "issn_linking": "0009-7322",
                "country": "United States",
            },
            "volume": "140",
            "issue": "9",
            "pages": "709-711",
            "elocation_ids": ["doi:10.1161/circulationaha.119.040151"],
            "published": ymd(2019, 8, 27),
            "published_electronic": ymd(2019, 8, 26),
            "authors": [
                who(
                    "Wójcik",
                    "Cezary",
                    "C",
                    "Center for Preventive Cardiology, Knight Cardiovascular Institute, Oregon "
                    "Health & Science University, Portland (C.W.).",
                ),
                who(
                    "Shapiro",
                    "Michael D",
                    "MD",
                    "Center for Preventive Cardiology, Section on Cardiovascular Medicine, Wake "
                    "Forest University Baptist Medical Center, Winston-Salem, NC (M.D.S.).",
                ),
            ],
            "authors_complete": True,
            "publication_types": ["Journal Article", "Research Support, N.I.H., Extramural"],
            "mesh_headings": mesh(
                "D002318 Cardiovascular Diseases / Q000188 drug therapy / Q000473 pathology "
                "/ Q000517 *prevention & control",
                "D004334 Drug Administration Schedule",
                "D005194 *Family Practice",
                "D017408 Guidelines as Topic",
                "D006801 Humans",
                "D019161 Hydroxymethylglutaryl-CoA Reductase Inhibitors / Q000627 therapeutic use",
                "D011320 Primary Health Care",
            ),
            "chemicals": [
                {"id": "D019161", "name": "Hydroxymethylglutaryl-CoA Reductase Inhibitors"}
            ],
            "keywords": keywords(
                "cardiovascular disease",
                "cholesterol",
                "family practice",
                "guidelines",
                "hypertension",
                "primary prevention",
                major=True,
            ),
            "grants": [
                {
                    "id": "K12 HD043488",
                    "acronym": "HD",
                    "agency": "NICHD NIH HHS",
                    "country": "United States",
                }
            ],
            "references": cited(
                ("JAMA Cardiol. 2018 Jul 1;3(7):572-581", "29800138"),
                ("J Fam Pract. 2018 Jul;67(7):402;404", "29989612"),
            ),
            "citation_subsets": ["AIM", "IM"],
            "other_ids": ["mid:NIHMS1534610"],
            "status": "MEDLINE",
            "owner": "NLM",
            "publication_model": "Print-Electronic",
            "publication_status": "ppublish",
            "cited_medium": "Internet",
            "completed": "2020-05-08",
            "history": [
                at("entrez", 2019, 8, 27, "06:00"),
                at("pubmed", 2019, 8, 27, "06:00"),
                at("medline", 2020, 5, 10, "06:00"),
            ],
        },
    ),
    "31388333": (
        "pubmed21n1000.xml.gz",
        "2020-10-01",
        {
            "identifiers": ["PMID:31388333", "PMC:6679434", "doi:10.1186/s12935-019-0917-8"],
            "title": "The roles of kinetochore of micronucleus in mitosis of HeLa cells: a live "
            "cell imaging study.",
            "abstract": [
                part(
                    "BACKGROUND",
                    "UNASSIGNED",
                    183,
                    "b52796615906d30297e734ef05a56bc6ab5622ddcfacbe30b2d28a2652424f91",
                ),
                part(
                    "METHODS",
                    "UNASSIGNED",
                    254,
                    "2e5b92e14a455515196a10d9a5b5f09bd1c92dcb4c5e49c536cca30c36c75cc2",
                ),
                part(
                    "RESULTS",
                    "UNASSIGNED",
                    853,
                    "e70262e73ca0a90f4173df3d550da44b754ec6b43843e648e2fcba43356f0598",
                ),
                part(
                    "CONCLUSIONS",
                    "UNASSIGNED",
                    276,
                    "bb1f497042bcfb2011bb746cf945d32f2fa03253463c48818bff47b7838d6ce1",
                ),
            ],
            "languages": ["eng"],
            "journal": {
                "title": "Cancer cell international",
                "iso_abbreviation": "Cancer Cell Int",
                "medline_ta": "Cancer Cell Int",
                "nlm_id": "101139795",
                "issn": "1475-2867",
                "issn_linking": "1475-2867",
                "country": "England",
            },
            "volume": "19",
            "pages": "206",
            "elocation_ids": ["doi:10.1186/s12935-019-0917-8"],
            "published": ymd(2019),
            "published_electronic": ymd(2019, 8, 2),
            "authors": [
                who(
                    "Jiang",
                    "Erkang",
                    "E",
                    TEA,
                    LIFE,
                    orcid="0000-0002-1387-5039",
                    affiliation_ids=ANHUI + ANHUI,
                ),
                who("Wei", "Lianping", "L", LIFE, affiliation_ids=ANHUI),
                who("Tao", "Fang", "F", LIFE, affiliation_ids=ANHUI),
                who("Yu", "Mei", "M", LIFE, affiliation_ids=ANHUI),
                who("Wang", "Shu", "S", LIFE, affiliation_ids=ANHUI),
                who("Zhou", "Xiuhong", "X", TEA, affiliation_ids=ANHUI),
                who("Li", "Daxiang", "D", TEA, affiliation_ids=ANHUI),
                who("Xie", "Zhongwen", "Z", TEA, affiliation_ids=ANHUI),
            ],
            "authors_complete": True,
            "publication_types": ["Journal Article"],
            "keywords": keywords(
                "Chromosome fragment",
                "Kinetochore",
                "Lagging chromosome",
                "Live cell imaging",
                "Micronucleus",
                "Mitosis",
            ),
            "references": cited(
                ("Proc Natl Acad Sci U S A. 1999 Jul 20;96(15):8493-8", "10411903"),
                ("Mutagenesis. 2003 Sep;18(5):439-43", "12960412"),
                ("Trends Cell Biol. 2005 Nov;15(11):589-98", "16214339"),
                ("Carcinogenesis. 2006 Dec;27(12):2511-8", "16777991"),
                ("Mutat Res. 2008 Nov 10;646(1-2):41-9", "18845170"),
                ("PLoS One. 2010 Apr 08;5(4):e10089", "20386692"),
                ("Mutat Res. 2010 Oct 13;692(1-2):12-8", "20691709"),
                ("Chemosphere. 2011 Jul;84(5):676-80", "21486675"),
                ("DNA Repair (Amst). 2011 Jun 10;10(6):629-38", "21543268"),
                ("Nature. 2012 Jan 18;482(7383):53-8", "22258507"),
                ("Mutat Res. 2013 Jan 20;750(1-2):63-71", "23000430"),
                ("Nature. 2015 Jun 11;522(7555):179-84", "26017310"),
                ("Mutagenesis. 2016 May;31(3):309-21", "26443851"),
                ("Mutat Res. 2016 May;787:7-14", "26938028"),
                ("Hum Exp Toxicol. 2017 Mar;36(3):302-310", "27198677"),
                ("Asian Pac J Cancer Prev. 2016;17(4):1773-7", "27221851"),
                ("Oxid Med Cell Longev. 2016;2016:3592042", "27313827"),
                ("Chromosoma. 2016 Sep;125(4):645-59", "27376724"),
                ("Mutat Res Genet Toxicol Environ Mutagen. 2016 Jul;805:25-37", "27402480"),
                ("Arch Toxicol. 2016 Nov;90(11):2657-2667", "27542123"),
            ),
            "other_ids": ["pii:917"],
            "conflict_of_interest": "Competing interestsThe authors declare that they have no "
            "competing interests.",
            "status": "PubMed-not-MEDLINE",
            "owner": "NLM",
            "publication_model": "Electronic-eCollection",
            "publication_status": "epublish",
            "cited_medium": "Print",
            "history": [
                at("received", 2019, 3, 5),
                at("accepted", 2019, 7, 22),
                at("entrez", 2019, 8, 8, "06:00"),
                at("pubmed", 2019, 8, 8, "06:00"),
                at("medline", 2019, 8, 8, "06:01"),
            ],
        },
    ),
}
