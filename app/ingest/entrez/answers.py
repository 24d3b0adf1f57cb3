"""What the E-utilities answer: hits, sets on the history server, records, and errors of theirs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from app.model.errors import BadInput

EMPTY: Final = b"<PubmedArticleSet></PubmedArticleSet>"
"""The answer that holds no record."""

_LOST: Final = ("cannot retrieve history data", "unable to obtain query", "history not found")
_NOTHING: Final = ("id list is empty", "empty result", "out of range", "no items found")
_WRONG: Final = ("empty term", "invalid query", "api key invalid")


class Passing(Exception):
    """The answer can't be used, and the next one may be; ``wait`` is what the server asks for."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class HistoryLost(Exception):
    """The history server has forgotten a set: post it again."""


@dataclass(frozen=True, slots=True)
class HistorySet:
    """A set of PMIDs that the history server holds."""

    environment: str
    key: str


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found: how many there are, the first PMIDs, and their set.

    ``remarks`` are PubMed's own on the query, such as words that it does not know.
    """

    count: int
    pmids: tuple[str, ...]
    held: HistorySet | None
    remarks: tuple[str, ...]


def read_hits(body: bytes) -> Hits:
    """Read the answer of a search; Passing, BadInput."""
    root = _root(body)
    if root.tag != "eSearchResult":
        raise Passing(f"it answered a search with <{root.tag}>")
    error = root.findtext("ERROR")
    if error and not _is(error, _NOTHING):
        raise meant(error)
    count = root.findtext("Count")
    if count is None or not count.isdigit():
        if error:
            return Hits(0, (), None, (error,))
        raise Passing("it answered a search without a count")
    environment, key = root.findtext("WebEnv"), root.findtext("QueryKey")
    held = HistorySet(environment, key) if environment and key else None
    pmids = tuple(each.text for each in root.iterfind("IdList/Id") if each.text)
    return Hits(int(count), pmids, held, tuple(_remarks(root)))


def read_posted(body: bytes) -> HistorySet:
    """Read the answer to PMIDs that were posted; Passing, BadInput."""
    root = _root(body)
    error = root.findtext("ERROR")
    environment, key = root.findtext("WebEnv"), root.findtext("QueryKey")
    if environment and key:
        return HistorySet(environment, key)
    raise meant(error or f"it answered posted PMIDs with <{root.tag}>")


def read_records(body: bytes) -> bytes:
    """Return a set of records if it is whole; Passing, HistoryLost, BadInput."""
    # The reader of PubMed XML finds what is wrong within; here it matters that nothing is cut off.
    if body.rstrip().endswith(b"</PubmedArticleSet>"):
        return body
    root = _root(body)
    if root.tag == "PubmedArticleSet":
        return EMPTY
    error = root.findtext("ERROR") or f"it answered with <{root.tag}>"
    if _is(error, _NOTHING):
        return EMPTY
    raise meant(error)


def meant(error: str) -> Exception:
    """Return the error that the server's words mean; Passing unless it is known to stay."""
    said = " ".join(error.split())[:200]
    if _is(said, _LOST):
        return HistoryLost(said)
    if _is(said, _WRONG):
        return BadInput(f"PubMed refuses the request: {said}")
    return Passing(said)


def _is(error: str, known: tuple[str, ...]) -> bool:
    lower = error.lower()
    return any(each in lower for each in known)


def _remarks(root: etree._Element) -> Iterator[str]:
    for each in root.iterfind("ErrorList/*"):
        if each.text:
            kind = "phrase" if each.tag == "PhraseNotFound" else "field"
            yield f"PubMed does not know the {kind} {each.text!r}"
    for each in root.iterfind("WarningList/*"):
        if not each.text:
            continue
        yield {
            "PhraseIgnored": f"PubMed ignores the phrase {each.text!r}",
            "QuotedPhraseNotFound": f"PubMed does not find the phrase {each.text}",
        }.get(str(each.tag), f"PubMed says: {each.text}")


def _root(body: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise Passing("its answer is cut off or no XML") from error
