"""Exports that are one file: what each format reads of a source, in which order."""

from collections.abc import Iterable, Iterator

from app.export import (
    bel,
    bel_json,
    bel_script,
    bel_terms,
    claim_table,
    cx2,
    graphml,
    jsonl,
    rdf,
    rdf_forms,
    sif,
)
from app.services.exported import Source


def jsonl_lines(source: Source) -> Iterator[bytes]:
    """Yield the snapshot, articles, entities, relations and claims, one a line."""
    yield jsonl.line("snapshot", source.exported.snapshot)
    yield from jsonl.lines("article", source.articles())
    yield from jsonl.lines("entity", source.entities())
    yield from jsonl.lines("relation", source.relations())
    yield from jsonl.lines("claim", source.claim_views())


def claim_csv(source: Source) -> Iterator[bytes]:
    """Yield the table of claims."""
    return _encoded(claim_table.lines(source.claims(), source.exported))


def sif_lines(source: Source) -> Iterator[bytes]:
    """Yield the signed edges."""
    known = {entity.id for entity in source.entities()}
    return _encoded(sif.lines(source.claims(), known, source.exported))


def graphml_elements(source: Source) -> Iterator[bytes]:
    """Yield the document: declarations, entities, and what claims draw."""

    def elements() -> Iterator[str]:
        known: set[str] = set()
        yield from graphml.head(source.exported)
        for entity in source.entities():
            known.add(entity.id)
            yield graphml.node(entity)
        yield from graphml.edges(source.claims(), known, source.exported)
        yield graphml.tail()

    return _encoded(elements())


def cx2_pieces(source: Source) -> Iterator[bytes]:
    """Yield the document: declarations, entities, and what claims draw."""
    numbers: dict[str, int] = {}
    yield from cx2.head(source.exported)
    for number, entity in enumerate(source.entities()):
        numbers[entity.id] = number
        yield cx2.node(number, entity)
    yield from cx2.edges(source.claims(), numbers, source.exported)
    yield cx2.tail()


def bel_lines(source: Source) -> Iterator[bytes]:
    """Yield the script."""

    def lines() -> Iterator[str]:
        known = _named(source)
        yield from bel_script.head(bel_terms.namespaces(known), source.exported)
        yield from bel_script.lines(bel.statements(source.claims(), known, source.exported))

    return _encoded(lines())


def bel_links(source: Source) -> Iterator[bytes]:
    """Yield the document: links, then terms."""
    known = _named(source)
    numbers: dict[bel_terms.Term, int] = {}
    yield bel_json.head(bel_terms.namespaces(known), source.exported)
    yield from bel_json.links(bel.statements(source.claims(), known, source.exported), numbers)
    yield from bel_json.tail(numbers)


def n_quads(source: Source) -> Iterator[bytes]:
    """Yield the statements of all nanopublications, each with its graph."""
    return _encoded(rdf_forms.n_quads(_graphs(source)))


def turtle(source: Source) -> Iterator[bytes]:
    """Yield the statements of all nanopublications together."""
    return _encoded(rdf_forms.turtle(_graphs(source)))


def json_ld(source: Source) -> Iterator[bytes]:
    """Yield the document of all nanopublications."""
    return rdf_forms.json_ld(_graphs(source))


def _graphs(source: Source) -> Iterator[rdf.Graph]:
    snapshot = source.exported.snapshot
    yield from rdf.snapshot_graph(snapshot, source.entities(), source.relations())
    for claim in source.claims():
        yield from rdf.nanopublication(claim, snapshot)


def _named(source: Source) -> dict[str, bel_terms.Named]:
    return {
        entity.id: bel_terms.Named(entity.id, entity.name, entity.category)
        for entity in source.entities()
    }


def _encoded(pieces: Iterable[str]) -> Iterator[bytes]:
    return (piece.encode() for piece in pieces)
