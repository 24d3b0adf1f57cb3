import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.errors import BadInput
from app.model.identifiers import default_prefixes, expand, is_curie, normalise_curie


@pytest.mark.parametrize(
    ("text", "curie"),
    [
        ("go:0001837", "GO:0001837"),
        ("Go:0001837", "GO:0001837"),
        (" GO: 0001837 ", "GO:0001837"),
        ("GO:GO:0001837", "GO:0001837"),
        ("DOI:10.1/X", "doi:10.1/x"),
        ("doi:10.1172/JCI200421358", "doi:10.1172/jci200421358"),
        ("pmc:PMC503772", "PMC:503772"),
        ("PMC503772", "PMC:503772"),
        ("pmc503772", "PMC:503772"),
        ("PMCID:PMC503772", "PMC:503772"),
        ("PMCID:503772", "PMC:503772"),
        ("pmid:123", "PMID:123"),
        ("PMID: 15314694", "PMID:15314694"),
        ("pubmed:15314694", "PMID:15314694"),
        ("fplx:NFkappaB", "FPLX:NFkappaB"),
        ("FamPlex:NFkappaB", "FPLX:NFkappaB"),
        ("mesh:d058750", "MESH:D058750"),
        ("hgnc:HGNC:7794", "HGNC:7794"),
        ("NCBITAXON:9606", "NCBITaxon:9606"),
        ("uniprot:P19838", "UniProtKB:P19838"),
        ("biolink:Gene", "biolink:Gene"),
    ],
)
def test_a_curie_gets_its_canonical_spelling(text: str, curie: str) -> None:
    assert normalise_curie(text) == curie


@pytest.mark.parametrize(
    ("iri", "curie"),
    [
        ("http://purl.obolibrary.org/obo/GO_0001837", "GO:0001837"),
        ("https://purl.obolibrary.org/obo/GO_0001837", "GO:0001837"),
        ("http://identifiers.org/hgnc/7794", "HGNC:7794"),
        ("https://identifiers.org/hgnc:7794", "HGNC:7794"),
        ("https://identifiers.org/HGNC:7794", "HGNC:7794"),
        ("https://bioregistry.io/mesh:D058750", "MESH:D058750"),
        ("https://identifiers.org/fplx:NFkappaB", "FPLX:NFkappaB"),
        ("https://pubmed.ncbi.nlm.nih.gov/15314694/", "PMID:15314694"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC503772/", "PMC:503772"),
        ("https://europepmc.org/articles/PMC503772", "PMC:503772"),
        ("https://doi.org/10.1172/JCI200421358", "doi:10.1172/jci200421358"),
        ("http://dx.doi.org/10.1172/jci200421358", "doi:10.1172/jci200421358"),
        (
            "https://doi.org/10.1002/a%3C1247::AID%3E3.0.CO;2-X",
            "doi:10.1002/a<1247::aid>3.0.co;2-x",
        ),
    ],
)
def test_an_iri_is_contracted(iri: str, curie: str) -> None:
    assert normalise_curie(iri) == curie


# The identifiers that the founding abstract and its curated claims use.
SEED = """\
CL:0000066 CL:0002327 CL:0008019 FPLX:NFkappaB FPLX:RAS FPLX:TGFB GO:0001837 GO:0006915 GO:0007179
GO:0007249 GO:0007265 HGNC:5173 HGNC:5960 HGNC:7797 MESH:D001943 MESH:D008325 MESH:D009361
MESH:D009362 MESH:D009369 MESH:D016212 MESH:D017209 MESH:D018450 MESH:D058750 MESH:D063646
NCBITaxon:10090 NCBITaxon:9606 GO:0060231 MESH:D016328 ECO:0000059 PMID:15314694 PMC:503772
"""


@pytest.mark.parametrize("curie", SEED.split())
def test_identifiers_of_the_seed_are_canonical_and_come_back_from_their_iri(curie: str) -> None:
    assert is_curie(curie)
    assert normalise_curie(curie) == curie
    assert normalise_curie(curie.lower() if not curie.startswith("FPLX") else curie) == curie
    assert normalise_curie(expand(curie)) == curie


def test_an_iri_is_escaped_and_read_back() -> None:
    curie = "doi:10.1002/(sici)1097-0142(19960401)77:7<1247::aid-cncr1>3.0.co;2-#?%"
    iri = expand(curie)
    assert not re.search(r"[<>#?\s]", iri)
    assert normalise_curie(iri) == curie


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "'' is not a CURIE: write prefix:id, such as GO:0001837"),
        ("EMT", "'EMT' is not a CURIE"),
        ("GO:", "'GO:' is not a CURIE"),
        (":0001837", "':0001837' is not a CURIE"),
        ("nosuch:1", "unknown prefix 'nosuch'"),
        ("HGCN:7794", "nearest are HGNC"),
        ("GO:12", "'12' is not an identifier of GO; write it as in GO:0001837"),
        ("GO:000183७", "is not an identifier of GO"),
        ("GO:0001837\n1", "is not an identifier of GO"),
        ("PMID:0", "is not an identifier of PMID"),
        ("PMID:PMC503772", "is not an identifier of PMID"),
        ("MESH:EMT", "is not an identifier of MESH"),
        ("doi:JCI200421358", "is not an identifier of doi"),
        ("UniProtKB:P1 9838", "is not an identifier of UniProtKB"),
        ("http://example.org/GO_0001837", "no known prefix stands for the IRI"),
        ("http://purl.obolibrary.org/obo/GO_12", "'12' is not an identifier of GO"),
    ],
)
def test_what_is_no_curie_is_refused_with_its_reason(text: str, says: str) -> None:
    assert not is_curie(text)
    with pytest.raises(BadInput) as refused:
        normalise_curie(text)
    assert says in str(refused.value)


def test_a_long_text_is_cut_in_the_message() -> None:
    with pytest.raises(BadInput) as refused:
        normalise_curie("x" * 10_000)
    assert len(str(refused.value)) < 200


@given(st.text(max_size=40))
def test_any_text_is_normalised_once_or_refused(text: str) -> None:
    if is_curie(text):
        once = normalise_curie(text)
        assert normalise_curie(once) == once


@given(
    prefix=st.sampled_from(sorted(default_prefixes().prefixes)),
    case=st.sampled_from([str.lower, str.upper, str.title, str]),
    repeat=st.integers(0, 2),
    local=st.one_of(
        st.from_regex(r"[0-9]{1,9}", fullmatch=True),
        st.from_regex(r"10\.[0-9]{4}/[ -~]{1,12}", fullmatch=True),
        st.from_regex(r"[A-Za-z0-9:./_%#-]{1,16}", fullmatch=True),
    ),
)
def test_normalising_is_idempotent(prefix: str, case: type[str], repeat: int, local: str) -> None:
    text = f"{case(prefix)}:" * (repeat + 1) + local
    if is_curie(text):
        once = normalise_curie(text)
        assert normalise_curie(once) == once
        assert once.startswith(f"{prefix}:")


@pytest.mark.parametrize("prefix", sorted(default_prefixes().prefixes))
def test_every_prefix_is_known_in_any_case_and_makes_an_iri(prefix: str) -> None:
    entry = default_prefixes().prefixes[prefix]
    curie = entry.example or f"{prefix}:1"
    assert normalise_curie(f"{prefix.lower()}:{curie.partition(':')[2]}") == curie
    assert expand(curie).startswith(entry.iri)
    assert not entry.iri.startswith("http://example.org/")


def test_an_import_may_bring_a_prefix_of_its_own() -> None:
    more = default_prefixes().with_prefixes(
        {"BOOL": "https://example.org/bool/", "go": "https://example.org/go/"}
    )
    assert more.normalise("bool:AKT") == "BOOL:AKT"
    assert more.normalise("https://example.org/bool/AKT") == "BOOL:AKT"
    assert more.expand("GO:0001837") == "http://purl.obolibrary.org/obo/GO_0001837"
    assert not is_curie("BOOL:AKT")


def test_a_prefix_needs_a_name_and_an_iri_of_its_own() -> None:
    with pytest.raises(BadInput, match="can't be a prefix"):
        default_prefixes().with_prefixes({"no good": "https://example.org/"})
    with pytest.raises(BadInput, match="belongs to GO"):
        default_prefixes().with_prefixes({"GENE": "http://purl.obolibrary.org/obo/GO_"})


def test_reading_a_curie_does_not_import_the_iri_library() -> None:
    code = (
        "import sys; from app.model.identifiers import normalise_curie;"
        "assert normalise_curie('go:0001837') == 'GO:0001837'; assert 'curies' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
