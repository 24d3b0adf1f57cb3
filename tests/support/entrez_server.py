"""E-utilities on the loopback: a real HTTP server that answers as NCBI's do, faults included.

It holds PubMed XML as it lies on disk and searches it by a small part of PubMed's language: words,
``[UID]``, ranges of it, and ``[MDAT]``, joined by AND and OR. What it does wrong is scripted: each
of ``faults`` is answered once in place of what was asked.
"""

import gzip
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

from lxml import etree

_HEAD = '<?xml version="1.0" encoding="UTF-8" ?>\n'
_TERM = re.compile(r'\(|\)|\bAND\b|\bOR\b|"[^"]*"\[MDAT\] : "[^"]*"\[MDAT\]|[^\s()]+')


@dataclass(frozen=True)
class Fault:
    """An answer in place of the right one; ``cut`` sends the right one, but not to its end."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    only: str = ""


LIMITED = Fault(
    429,
    b'{"error":"API rate limit exceeded","api-key":"s3cret","count":"4","limit":"3"}',
    {"Retry-After": "2", "Content-Type": "application/json"},
)
BROKEN = Fault(500, b"<html><body>Internal Server Error</body></html>")
BAD_GATEWAY = Fault(502, b"<!DOCTYPE html><html><h1>502 Bad Gateway</h1></html>")
CUT = Fault(cut=True)
_FAILED = "<ERROR>Search Backend failed: timeout</ERROR>"
BACKEND = Fault(body=f"{_HEAD}<eSearchResult>{_FAILED}</eSearchResult>".encode(), only="esearch")
LOST = Fault(
    400,
    f"{_HEAD}<eFetchResult>\n\t<ERROR>Cannot retrieve history data. query_key: 1, WebEnv: MCID_1, "
    "retstart: 0, retmax: 200</ERROR>\n</eFetchResult>".encode(),
    only="efetch",
)
BAD_KEY = Fault(400, b'{"error":"API key invalid","api-key":"s3cret","type":"eutils"}')


@dataclass
class EntrezServer:
    """What is served, and what was asked: the utility and the fields of each request, its time."""

    records: dict[str, bytes] = field(default_factory=dict)
    modified: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    most: int = 9_999
    delay: float = 0.0
    url: str = ""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    sets: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def hold(self, *paths: Path) -> None:
        """Hold every article of these files."""
        for path in paths:
            data = path.read_bytes()
            self.hold_xml(gzip.decompress(data) if path.suffix == ".gz" else data)

    def hold_xml(self, data: bytes) -> None:
        """Hold every article of a document; one that is held already is replaced."""
        for element in etree.fromstring(data).iterfind("PubmedArticle"):
            pmid = element.findtext("MedlineCitation/PMID") or ""
            day = element.find("MedlineCitation/DateRevised")
            element.tail = "\n"
            self.records[pmid] = etree.tostring(element)
            if day is not None:
                self.modified[pmid] = "/".join(each.text or "" for each in day)

    def fetched(self) -> list[str]:
        """Return the PMIDs of all records that were asked for, in order."""
        found: list[str] = []
        for utility, fields in self.asked:
            if utility == "efetch":
                held = self.sets.get((fields["WebEnv"], fields["query_key"]), [])
                start = int(fields["retstart"])
                found += held[start : start + int(fields["retmax"])]
        return found

    def answer(self, utility: str, fields: dict[str, str]) -> bytes:
        if utility == "esearch":
            return self._esearch(fields)
        if utility == "epost":
            return self._epost(fields)
        assert utility == "efetch", utility
        return self._efetch(fields)

    def _esearch(self, fields: dict[str, str]) -> bytes:
        found = sorted(self._matching(fields["term"]), key=int, reverse=True)
        shown = found[: min(int(fields["retmax"]), self.most)]
        environment, key = self._keep(found)
        errors = ""
        if not found:
            errors = (
                f"<ErrorList><PhraseNotFound>{fields['term']}</PhraseNotFound></ErrorList>"
                "<WarningList><OutputMessage>No items found.</OutputMessage></WarningList>"
            )
        ids = "".join(f"<Id>{pmid}</Id>\n" for pmid in shown)
        return (
            f"{_HEAD}<eSearchResult><Count>{len(found)}</Count><RetMax>{len(shown)}</RetMax>"
            f"<RetStart>0</RetStart><QueryKey>{key}</QueryKey><WebEnv>{environment}</WebEnv>"
            f"<IdList>{ids}</IdList>{errors}</eSearchResult>"
        ).encode()

    def _epost(self, fields: dict[str, str]) -> bytes:
        environment, key = self._keep(fields["id"].split(","))
        return (
            f"{_HEAD}<ePostResult><QueryKey>{key}</QueryKey><WebEnv>{environment}</WebEnv>"
            "</ePostResult>"
        ).encode()

    def _efetch(self, fields: dict[str, str]) -> bytes:
        held = self.sets[fields["WebEnv"], fields["query_key"]]
        start = int(fields["retstart"])
        assert start < len(held), "out of range"
        window = held[start : start + int(fields["retmax"])]
        articles = b"".join(self.records[pmid] for pmid in window if pmid in self.records)
        return _HEAD.encode() + b"<PubmedArticleSet>\n" + articles + b"</PubmedArticleSet>\n"

    def _keep(self, pmids: Sequence[str]) -> tuple[str, str]:
        key = (f"MCID_{len(self.sets)}", "1")
        self.sets[key] = list(pmids)
        return key

    def _matching(self, term: str) -> set[str]:
        return _Query(_TERM.findall(term), self).any_of()


class _Query:
    """A query, read from left to right; ``AND`` binds as it does at PubMed, no more than ``OR``."""

    def __init__(self, tokens: Sequence[str], server: EntrezServer) -> None:
        self._tokens = list(tokens)
        self._server = server

    def any_of(self) -> set[str]:
        found = self._one()
        while self._tokens and self._tokens[0] != ")":
            join = self._tokens.pop(0) if self._tokens[0] in ("AND", "OR") else "AND"
            other = self._one()
            found = found & other if join == "AND" else found | other
        return found

    def _one(self) -> set[str]:
        token = self._tokens.pop(0)
        if token == "(":
            found = self.any_of()
            self._tokens.pop(0)
            return found
        return {pmid for pmid in self._server.records if self._test(token)(pmid)}

    def _test(self, token: str) -> Callable[[str], bool]:
        server = self._server
        if token.endswith("[UID]"):
            low, _, high = token.removesuffix("[UID]").partition(":")
            return lambda pmid: int(low) <= int(pmid) <= int(high or low)
        if token.endswith("[MDAT]"):
            first = token.split('"')[1]
            return lambda pmid: server.modified.get(pmid, "") >= first
        word = re.sub(r"\[\w+\]$", "", token).strip('"').encode().lower()
        return lambda pmid: word in server.records[pmid].lower()


@contextmanager
def entrez_server(*paths: Path) -> Iterator[EntrezServer]:
    """Serve the articles of these files on a free port of the loopback."""
    served = EntrezServer()
    served.hold(*paths)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            form = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
            fields = {name: values[0] for name, values in parse_qs(form).items()}
            utility = self.path.rpartition("/")[2].removesuffix(".fcgi")
            served.times.append(time.monotonic())
            served.lines.append(self.requestline)
            fault = next((f for f in served.faults if f.only in ("", utility)), None)
            if fault is not None:
                served.faults.remove(fault)
            time.sleep(served.delay)
            if fault is None or fault.cut:
                served.asked.append((utility, fields))
                self._send(200, served.answer(utility, fields), {}, cut=fault is not None)
            else:
                self._send(fault.status, fault.body, fault.headers)

        def _send(
            self, status: int, body: bytes, headers: Mapping[str, str], *, cut: bool = False
        ) -> None:
            try:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body[: len(body) // 2] if cut else body)
                self.close_connection = cut
            except OSError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    served.url = f"http://127.0.0.1:{server.server_address[1]}/entrez/eutils"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
