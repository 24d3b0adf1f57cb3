"""Readers of the public tables: each gives terms, or relations, of one source."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson

from app.model.vocabulary import Category
from tools.lexicon.terms import Term, is_symbol

LOCI = {
    "gene with protein product": Category.GENE,
    "RNA, micro": Category.GENE,
    "RNA, long non-coding": Category.GENE,
    "complex locus constituent": Category.GENE,
    "unknown": Category.GENE,
}
REGULATION = re.compile(
    r"\b(?:regulation|induction|activation|inhibition|stimulation|up-?regulation|"
    r"down-?regulation|suppression|promotion|reduction|termination|initiation|maintenance) of\b"
    r"|^(?:positive|negative|up|down)[ -]|activity$|regulator\b|\bactivator\b|\binhibitor\b",
    re.IGNORECASE,
)
_SIGNALLING = re.compile(r"signal(?:l?ing)\b|signal transduction|cascade$", re.IGNORECASE)
_INVERTED = re.compile(r", ")
_HUMAN = re.compile(r"(?P<name>.+?)(?: protein)?, (?P<species>human|mouse|rat)$")


class Tables:
    """The tables in an unpacked folder of resources."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def rows(self, name: str, delimiter: str = "\t") -> Iterator[list[str]]:
        """Yield the rows of a table, the header too."""
        with (self._folder / name).open(encoding="utf-8", newline="") as file:
            if delimiter == "\t":
                for line in file:
                    yield line.rstrip("\r\n").split("\t")
            else:
                yield from csv.reader(file, delimiter=delimiter)

    def json(self, name: str) -> Any:
        """Return a document."""
        return orjson.loads((self._folder / name).read_bytes())

    @cached_property
    def mesh_mappings(self) -> dict[str, dict[str, str]]:
        """For each namespace, what MeSH ids map to: id by MeSH id."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for _, mesh, _, space, target, _ in self.rows("mesh_mappings.tsv"):
            found[space].setdefault(mesh, target)
        return found


def genes(tables: Tables) -> tuple[dict[str, Term], dict[str, str], dict[str, str]]:
    """Return human genes by id, ids by symbol, and ids by UniProt accession."""
    terms: dict[str, Term] = {}
    by_symbol: dict[str, str] = {}
    by_protein: dict[str, str] = {}
    rows = tables.rows("hgnc_entries.tsv")
    next(rows)
    for row in rows:
        curie, symbol, name, status, aliases, ncbi, uniprot, mgi, rgd, previous, _, locus, _ = row
        if status != "Approved" or locus not in LOCI:
            continue
        term = Term(curie, symbol, LOCI[locus], "HGNC", taxon="NCBITaxon:9606")
        term.add("s", [symbol])
        term.add("n", _gene_names(name))
        term.add("a", aliases.split(", "))
        term.add("p", previous.split(", "))
        if locus == "RNA, micro" and symbol.startswith("MIR"):
            term.add("a", [f"miR-{symbol[3:].lower()}", f"microRNA-{symbol[3:].lower()}"])
        term.xrefs |= {f"NCBIGene:{ncbi}"} if ncbi else set()
        accessions = [each for each in uniprot.split(", ") if each]
        term.xrefs |= {f"UniProtKB:{each}" for each in accessions}
        term.xrefs |= {
            each.strip() for each in (*mgi.split(", "), *rgd.split(", ")) if each.strip()
        }
        terms[curie] = term
        by_symbol[symbol] = curie
        for each in accessions:
            by_protein.setdefault(each, curie)
    return terms, by_symbol, by_protein


def _gene_names(name: str) -> list[str]:
    """Return the approved name, and what stands before its comma where that names the gene."""
    head, _, rest = name.partition(", ")
    return [name, head] if rest and len(head.split()) > 1 else [name]


def orthologues(tables: Tables, by_symbol: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Yield (human gene, synonyms) of mouse and rat genes whose symbol is equal but for case."""
    upper = {symbol.upper(): curie for symbol, curie in by_symbol.items()}
    for table in ("mgi_entries.tsv", "rgd_entries.tsv"):
        rows = tables.rows(table)
        next(rows)
        for row in rows:
            curie = upper.get(row[1].upper())
            if curie and len(row) > 2 and row[2]:
                yield curie, re.split(r"[;|]", row[2])


def families(
    tables: Tables, by_symbol: dict[str, str]
) -> tuple[dict[str, Term], list[tuple[str, str, str]]]:
    """Return FamPlex families and complexes, and (child, ``isa`` or ``partof``, parent)."""
    relations = []
    kinds: dict[str, set[str]] = defaultdict(set)
    for space, child, kind, _, parent in tables.rows("famplex/relations.csv", ","):
        child_id = by_symbol.get(child) if space == "HGNC" else f"FPLX:{child}"
        if child_id and space in ("HGNC", "FPLX"):
            relations.append((child_id, kind, f"FPLX:{parent}"))
            kinds[parent].add(kind)
    terms = {}
    for (name,) in tables.rows("famplex/entities.csv", ","):
        only_parts = kinds[name] == {"partof"}
        category = Category.MACROMOLECULAR_COMPLEX if only_parts else Category.GENE_FAMILY
        term = Term(f"FPLX:{name}", name.replace("_", " "), category, "FamPlex")
        term.add("f", [name.replace("_", " ")])
        terms[term.id] = term
    for space, outside, name in tables.rows("famplex/equivalences.csv", ","):
        if space == "MESH" and f"FPLX:{name}" in terms:
            terms[f"FPLX:{name}"].xrefs.add(f"MESH:{outside}")
    return terms, relations


def all_memberships(direct: list[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield memberships with those of a family's members in the families above it.

    A path of the graph takes one step of kinship, so that SMAD3, of ``SMAD2_3``, has to be a
    member of ``SMAD`` itself.
    """
    above: dict[str, set[str]] = defaultdict(set)
    for child, kind, parent in direct:
        if kind == "isa":
            above[child].add(parent)
    yield from direct
    for child, parents in list(above.items()):
        seen, frontier = set(parents), list(parents)
        while frontier:
            for parent in above.get(frontier.pop(), set()) - seen:
                seen.add(parent)
                frontier.append(parent)
                yield child, "isa", parent


def famplex_texts(tables: Tables) -> Iterator[tuple[str, str, str]]:
    """Yield (text, namespace, id) of FamPlex's map of texts."""
    for row in tables.rows("famplex/grounding_map.csv", ","):
        yield row[0], row[1], row[2]


def processes(
    tables: Tables, wanted: set[str]
) -> tuple[dict[str, Term], list[tuple[str, str, str]]]:
    """Return biological processes that are no regulation of another, and their hierarchy."""
    terms = {}
    relations = []
    for entry in tables.json("go.json"):
        name = entry["name"]
        if entry["namespace"] != "biological_process" or name.startswith("obsolete"):
            continue
        if entry["id"] not in wanted and (REGULATION.search(name) or len(name) > 60):
            continue
        pathway = _SIGNALLING.search(name) is not None
        category = Category.PATHWAY if pathway else Category.BIOLOGICAL_PROCESS
        term = Term(entry["id"], name, category, "GO")
        term.add("n", [name])
        synonyms = [s for s in entry.get("synonyms", ()) if len(s) <= 60]
        term.add("m", [s for s in synonyms if not REGULATION.search(s)])
        terms[term.id] = term
        above = entry.get("relations", {})
        relations += [
            (term.id, kind, parent)
            for kind in ("is_a", "part_of")
            for parent in above.get(kind, ())
        ]
    return terms, [each for each in relations if each[2] in terms]


MESH_TREES: tuple[tuple[str, Category], ...] = (
    ("C23", Category.PHENOTYPIC_FEATURE),
    ("C", Category.DISEASE),
    ("F03", Category.DISEASE),
    ("A11.251.210", Category.CELL_LINE),
    ("A11.284", Category.ANATOMICAL_ENTITY),
    ("A11", Category.CELL),
    ("A", Category.ANATOMICAL_ENTITY),
    ("B", Category.ORGANISM_TAXON),
    ("D12.776", Category.GENE_FAMILY),
    ("D08.811", Category.GENE_FAMILY),
    ("D23.529", Category.GENE_FAMILY),
    ("D12.644.276", Category.GENE_FAMILY),
    ("D27", Category.NAMED_THING),
    ("D26", Category.NAMED_THING),
    ("D", Category.CHEMICAL_ENTITY),
    ("G04", Category.BIOLOGICAL_PROCESS),
    ("G05", Category.BIOLOGICAL_PROCESS),
    ("G07", Category.BIOLOGICAL_PROCESS),
    ("G08", Category.BIOLOGICAL_PROCESS),
    ("G09", Category.BIOLOGICAL_PROCESS),
    ("G10", Category.BIOLOGICAL_PROCESS),
    ("G11", Category.BIOLOGICAL_PROCESS),
    ("G12", Category.BIOLOGICAL_PROCESS),
    ("G03", Category.BIOLOGICAL_PROCESS),
)


def mesh(tables: Tables) -> Iterator[Term]:
    """Yield the descriptors of the chosen trees."""
    for curie, name, synonyms, trees, taxon in tables.rows("mesh_id_label_mappings.tsv"):
        category = _mesh_category(trees.split("|"))
        if category in (None, Category.NAMED_THING):
            continue
        term = Term(f"MESH:{curie}", name, category, "MeSH")
        names = [each for each in (name, *synonyms.split("|")) if not _INVERTED.search(each)]
        term.add("n", names[:1] if names and names[0] == name else [])
        term.add("m", names)
        if category is Category.ORGANISM_TAXON and taxon:
            term.xrefs.add(f"NCBITaxon:{taxon.split('|')[0].lstrip('0')}")
        if category is Category.CELL_LINE:
            term.add("m", [re.sub(r" [Cc]ells?$", "", each) for each in names])
        yield term


def _mesh_category(trees: list[str]) -> Category | None:
    for prefix, category in MESH_TREES:
        if any(tree.startswith(prefix) for tree in trees):
            return category
    return None


def mesh_supplement(tables: Tables) -> Iterator[tuple[str, str, list[str]]]:
    """Yield (MeSH id, name, names) of the supplementary concepts."""
    for curie, name, synonyms, *_ in tables.rows("mesh_supp_id_label_mappings.tsv"):
        yield curie, name, [name, *(each for each in synonyms.split("|") if each)]


def human_protein(name: str) -> tuple[str, str] | None:
    """Return (name, species) of a supplementary concept such as ``SNAI1 protein, human``."""
    match = _HUMAN.fullmatch(name)
    return (match["name"], match["species"]) if match else None


def diseases(tables: Tables) -> Iterator[tuple[Term, list[str], list[str]]]:
    """Yield (disease, the MeSH ids that it names, ids of its parents)."""
    for entry in tables.json("mondo.json"):
        name = entry["name"]
        if name.startswith("obsolete") or len(name) > 70:
            continue
        term = Term(f"MONDO:{entry['id']}", name, Category.DISEASE, "MONDO")
        names = [each for each in entry.get("synonyms", ()) if len(each) <= 60]
        term.add("n", [name])
        term.add("m", [each for each in names if not _INVERTED.search(each)])
        mesh_ids = sorted({x["id"] for x in entry.get("xrefs", ()) if x["namespace"] == "MESH"})
        parents = [f"MONDO:{each}" for each in entry.get("relations", {}).get("is_a", ())]
        yield term, mesh_ids, parents


_PLAIN_CHEMICAL = re.compile(r"[A-Za-z][A-Za-z0-9 '()+-]{2,39}")
_SYSTEMATIC = re.compile(
    r"\d-[a-z]+.*\d-|\d,\d|\(\d?[A-Z]?\)|^\([+-]|[a-z]\(\w+\)[a-z]|poly\(|\bC\d+\b"
)


def chemicals(tables: Tables, mapped: set[str]) -> Iterator[Term]:
    """Yield ChEBI's entries that have an everyday name, or that another table points to."""
    for entry in tables.json("chebi.json"):
        name = entry["name"]
        plain = _PLAIN_CHEMICAL.fullmatch(name) and not _SYSTEMATIC.search(name)
        useful = "has_role" in entry.get("relations", {}) and len(name.split()) <= 3
        if entry["id"] in mapped or (plain and useful):
            term = Term(entry["id"], name, Category.SMALL_MOLECULE, "ChEBI")
            term.add("n", [name])
            yield term


def inhibitors(tables: Tables) -> Iterator[tuple[str, list[str], str, str]]:
    """Yield (name, names, ChEBI id or empty, ChEMBL id or empty) of LINCS's small molecules."""
    for entry in tables.json("lincs_small_molecules.json").values():
        names = [entry["Name"], *entry["Alternative Names"].split(";")]
        chebi = entry["ChEBI ID"].strip()
        yield (
            entry["Name"],
            [each.strip() for each in names if is_code_or_name(each.strip())],
            f"CHEBI:{chebi}" if chebi.isdigit() else "",
            f"CHEMBL{entry['ChEMBL ID']}" if entry["ChEMBL ID"].isdigit() else "",
        )


def is_code_or_name(name: str) -> bool:
    """Tell whether a small molecule's name is one that people write."""
    return 4 <= len(name) <= 30 and not _SYSTEMATIC.search(name) and not name.isdigit()


def cell_lines(tables: Tables) -> Iterator[Term]:
    """Yield EFO's cell lines: its entries that a registry of cell lines knows."""
    for entry in tables.json("efo.json"):
        xrefs = entry.get("xrefs", ())
        spaces = {"CVCL" if x["id"].startswith("CVCL") else x["namespace"] for x in xrefs}
        called_cell = f"{entry['name']} cell" in entry.get("synonyms", ())
        if not spaces & {"CVCL", "CLO"} and not ("BTO" in spaces and called_cell):
            continue
        term = Term(f"EFO:{entry['id']}", entry["name"], Category.CELL_LINE, "EFO")
        names = [entry["name"], *entry.get("synonyms", ())]
        term.add("n", [entry["name"]])
        short = [re.sub(r" (?:cells?|cell line)$", "", each) for each in names]
        term.add("m", [each for each in short if is_symbol(each) or " " not in each])
        term.xrefs |= {f"CLO:{x['id']}" for x in xrefs if x["namespace"] == "CLO"}
        term.xrefs |= {f"BTO:{x['id']}" for x in xrefs if x["namespace"] == "BTO"}
        yield term
