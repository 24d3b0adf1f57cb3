"""The lists of a ``PubmedArticle``: people, indexing, and what the article is tied to.

Long lists are read in one pass over their descendants, which costs a fraction of nested loops.
"""

from functools import lru_cache

from app.ingest.identifiers import doi_curie, orcid, pmc_curie, typed
from app.ingest.pubmed_state import Element, Fields, Handler, State, children, text, word
from app.model.article import MeshQualifier

# --- people -------------------------------------------------------------------------------------

_PERSON = {
    "LastName": "last_name",
    "ForeName": "fore_name",
    "Initials": "initials",
    "Suffix": "suffix",
}
_OF_PERSON = frozenset({"Affiliation", "Identifier", "CollectiveName"})
_PEOPLE = frozenset({"Author", "Investigator", "PersonalNameSubject"})


def _persons(element: Element) -> list[Fields]:
    """Read a list of people in one pass over its descendants, in the order of the document."""
    people: list[Fields] = []
    fields: Fields = {}
    for node in element.iterdescendants():
        tag = node.tag
        name = _PERSON.get(tag)
        if name is not None:
            fields[name] = word(node)
        elif tag in _PEOPLE:
            fields = {"equal_contribution": True} if node.get("EqualContrib") == "Y" else {}
            people.append(fields)
        elif tag in _OF_PERSON:
            value = text(node)
            if value is not None:
                _describe(fields, tag, node.get("Source", ""), value)
    return people


def _describe(fields: Fields, tag: str, source: str, value: str) -> None:
    if tag == "CollectiveName":
        fields["collective"] = value
    elif source == "ORCID":
        fields["orcid"] = orcid(value)
    else:
        name = "affiliations" if tag == "Affiliation" else "affiliation_ids"
        held = fields.setdefault(name, [])
        if isinstance(held, list):
            held.append(value if tag == "Affiliation" else typed(source, value))


def authors(element: Element, state: State) -> None:
    """Read an AuthorList; editors go among the notes, for they wrote the whole and not this."""
    if element.get("Type") == "editors":
        for editor in _persons(element):
            names = (editor.get(part) for part in ("fore_name", "last_name", "collective"))
            state.lists["notes"].append("Editor: " + " ".join(str(name) for name in names if name))
        return
    state.out["authors"] = _persons(element)
    complete = element.get("CompleteYN")
    if complete is not None:
        state.out["authors_complete"] = complete == "Y"


def people(name: str) -> Handler:
    """Return a handler that stores a list of people as the field ``name``."""

    def handle(element: Element, state: State) -> None:
        state.out[name] = _persons(element)

    return handle


# --- indexing -----------------------------------------------------------------------------------


@lru_cache(maxsize=16384)
def _qualifier(id_: str | None, name: str, major: str | None) -> MeshQualifier:
    return MeshQualifier(id=id_, name=name, major=major == "Y")


def mesh(element: Element, state: State) -> None:
    """Read a MeshHeadingList; qualifiers, being few, are built once."""
    headings: list[Fields] = []
    qualifiers: list[MeshQualifier] = []
    for node in element.iterdescendants("DescriptorName", "QualifierName"):
        name, major = word(node) or "", node.get("MajorTopicYN")
        if node.tag == "QualifierName":
            qualifiers.append(_qualifier(node.get("UI"), name, major))
            continue
        qualifiers = []
        headings.append(
            {
                "id": node.get("UI"),
                "name": name,
                "type": node.get("Type"),
                "major": major == "Y",
                "qualifiers": qualifiers,
            }
        )
    state.out["mesh_headings"] = headings


def supplementary(element: Element, state: State) -> None:
    """Read a SupplMeshList."""
    for entry in element:
        state.lists["supplementary_mesh"].append(
            {"id": entry.get("UI"), "name": word(entry), "type": entry.get("Type")}
        )


def chemicals(element: Element, state: State) -> None:
    """Read a ChemicalList; registry number 0 means that there is none."""
    for entry in element:
        fields: Fields = {}
        for child in entry:
            if child.tag == "NameOfSubstance":
                fields["id"], fields["name"] = child.get("UI"), word(child)
            elif child.tag == "RegistryNumber" and child.text != "0":
                fields["registry_number"] = text(child)
        state.lists["chemicals"].append(fields)


def keywords(element: Element, state: State) -> None:
    """Read a KeywordList."""
    owner = element.get("Owner")
    for entry in element:
        name = text(entry)
        if name is not None:
            major = entry.get("MajorTopicYN") == "Y"
            state.lists["keywords"].append({"name": name, "major": major, "owner": owner})


# --- what it is tied to -------------------------------------------------------------------------


def grants(element: Element, state: State) -> None:
    """Read a GrantList."""
    for entry in element:
        parts = children(entry)
        state.lists["grants"].append(
            {
                "id": parts.get("GrantID"),
                "acronym": parts.get("Acronym"),
                "agency": parts.get("Agency"),
                "country": parts.get("Country"),
            },
        )


def data_banks(element: Element, state: State) -> None:
    """Read a DataBankList as ``bank/accession``."""
    for bank in element:
        name = bank.findtext("DataBankName") or ""
        numbers = bank.find("AccessionNumberList")
        values = [text(number) for number in numbers] if numbers is not None else []
        for value in values or [None]:
            state.lists["data_banks"].append(f"{name}/{value}" if value else name)


def corrections(element: Element, state: State) -> None:
    """Read a CommentsCorrectionsList."""
    for entry in element:
        parts = children(entry)
        state.lists["corrections"].append(
            {
                "type": entry.get("RefType", ""),
                "source": parts.get("RefSource"),
                "pmid": parts.get("PMID"),
                "note": parts.get("Note"),
            },
        )


def references(element: Element, state: State) -> None:
    """Read a ReferenceList in one pass, its nested lists with their titles included."""
    found: list[Fields] = []
    fields: Fields = {}
    ids: list[str] = []
    section = None
    for node in element.iterdescendants("Reference", "Citation", "ArticleId", "Title"):
        tag = node.tag
        if tag == "ArticleId":
            value = word(node)
            if value is not None:
                ids.append(_reference_id(node.get("IdType", "pubmed"), value))
        elif tag == "Citation":
            fields["citation"] = text(node)
        elif tag == "Reference":
            ids = []
            fields = {"section": section, "ids": ids} if section else {"ids": ids}
            found.append(fields)
        elif tag == "Title":
            section = text(node)
    state.out["references"] = found


def _reference_id(kind: str, value: str) -> str:
    if kind == "pubmed" and value.isascii() and value.isdigit():
        return f"PMID:{value}"
    curie = doi_curie(value) if kind == "doi" else pmc_curie(value) if kind == "pmc" else None
    return curie or typed(kind, value)
