"""The tables and our own lists brought together, each thing once."""

import re
from dataclasses import dataclass, field

from app.grounding.tokens import key_of
from app.model.vocabulary import Category
from tools.lexicon import own, sources
from tools.lexicon.terms import Term

PARENT_TYPES = {"isa": "member_of", "partof": "subunit_of"}


@dataclass(slots=True)
class Gathered:
    """Terms by id, secondary ids with (primary id, name), relations, targets of compounds."""

    terms: dict[str, Term] = field(default_factory=dict)
    secondary: dict[str, tuple[str, str]] = field(default_factory=dict)
    relations: set[tuple[str, str, str, str, str]] = field(default_factory=set)
    targets: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    by_symbol: dict[str, str] = field(default_factory=dict)

    def merge(self, secondary: Term, primary: str) -> None:
        """Give the names of a term to another of which it is an equivalent."""
        term = self.terms[primary]
        for name, kind in secondary.names.items():
            term.add("m" if kind in "nm" else kind, [name])
        if secondary.source != "MONDO":
            self.secondary[secondary.id] = (primary, secondary.name)
        if secondary.id != primary:
            term.xrefs.add(secondary.id)


def gather(tables: sources.Tables, lists: own.OwnLists) -> Gathered:
    """Return everything that the lexicon is compiled from."""
    all_ = Gathered()
    genes, all_.by_symbol, by_protein = sources.genes(tables)
    all_.terms.update(genes)
    families, membership = sources.families(tables, all_.by_symbol)
    all_.terms.update(families)
    for child, kind, parent in sources.all_memberships(membership):
        relation = PARENT_TYPES[kind]
        if parent in all_.terms:
            all_.relations.add((child, relation, parent, lists.role(child, parent), "FamPlex"))
    wanted = {row[0] for row in lists.concepts}
    processes, hierarchy = sources.processes(tables, wanted)
    all_.terms.update(processes)
    for child, kind, parent in hierarchy:
        all_.relations.add((child, kind, parent, "+" if kind == "is_a" else "", "GO"))
    own.add_seeds(all_, lists.seeds, lists.same)
    _add_chemicals(all_, tables)
    _add_mesh(all_, tables, by_protein)
    _add_diseases(all_, tables)
    _add_texts(all_, tables, by_protein)
    _add_proteins(all_, tables, by_protein)
    _add_orthologues(all_, tables)
    _add_cell_lines(all_, tables)
    own.add(all_, lists)
    return all_


def _add_chemicals(all_: Gathered, tables: sources.Tables) -> None:
    mapped = set(tables.mesh_mappings["CHEBI"].values())
    mapped |= {row[2] for row in sources.Tables.rows(tables, "famplex/grounding_map.csv", ",")}
    all_.terms.update({term.id: term for term in sources.chemicals(tables, mapped)})
    known = {key_of(name): term.id for term in all_.terms.values() for name in term.names}
    for name, names, chebi, chembl in sources.inhibitors(tables):
        primary = chebi if chebi in all_.terms else known.get(key_of(name), "")
        if not primary.startswith("CHEBI:"):
            if not chembl or primary:
                continue
            primary = f"CHEMBL.COMPOUND:{chembl}"
            term = Term(primary, name, Category.SMALL_MOLECULE, "LINCS")
            all_.terms.setdefault(primary, term)
        all_.terms[primary].add("m", names)
        known[key_of(name)] = primary


def _add_mesh(all_: Gathered, tables: sources.Tables, by_protein: dict[str, str]) -> None:
    to_family = {
        xref: term.id
        for term in all_.terms.values()
        if term.source == "FamPlex"
        for xref in term.xrefs
    }
    chemicals = {
        key_of(term.name): term.id for term in all_.terms.values() if term.source == "ChEBI"
    }
    for term in sources.mesh(tables):
        primary = to_family.get(term.id) or _mapped(all_, tables, by_protein, term.id[5:])
        primary = primary or _taxon(all_, term) or _same_chemical(chemicals, term)
        if primary:
            all_.merge(term, primary)
        else:
            all_.terms[term.id] = term
    for curie, name, names in sources.mesh_supplement(tables):
        primary = _mapped(all_, tables, by_protein, curie)
        if primary and primary.startswith("CHEBI:"):
            term = Term(f"MESH:{curie}", name, Category.SMALL_MOLECULE, "MeSH")
            term.add("m", [each for each in names if sources.is_code_or_name(each)])
            all_.merge(term, primary)


def _same_chemical(chemicals: dict[str, str], term: Term) -> str | None:
    """Return the chemical whose preferred name a descriptor has."""
    if term.category is not Category.CHEMICAL_ENTITY:
        return None
    return chemicals.get(key_of(term.name))


def _taxon(all_: Gathered, term: Term) -> str | None:
    """Return the taxon that a descriptor names, with a term for it."""
    taxa = sorted((each for each in term.xrefs if each.startswith("NCBITaxon:")), key=len)
    if term.category is not Category.ORGANISM_TAXON or len(taxa) != 1:
        return None
    all_.terms.setdefault(taxa[0], Term(taxa[0], term.name, term.category, "NCBITaxon"))
    return taxa[0]


def _mapped(
    all_: Gathered, tables: sources.Tables, by_protein: dict[str, str], mesh: str
) -> str | None:
    mappings = tables.mesh_mappings
    if (gene := mappings["HGNC"].get(mesh)) is not None:
        curie = gene if gene.startswith("HGNC:") else f"HGNC:{gene}"
        return curie if curie in all_.terms else None
    if (protein := mappings["UP"].get(mesh)) in by_protein:
        return by_protein[protein or ""]
    for space in ("GO", "CHEBI", "CL"):
        if (target := mappings[space].get(mesh)) in all_.terms:
            return target
    return None


def _add_diseases(all_: Gathered, tables: sources.Tables) -> None:
    found = list(sources.diseases(tables))
    home: dict[str, str] = {}
    for term, mesh, _ in found:
        names = {key_of(name) for name in term.names}
        primary = _same_disease(all_, mesh, names)
        held = all_.terms.get(primary)
        if held and held.category in (Category.DISEASE, Category.PHENOTYPIC_FEATURE):
            all_.merge(term, primary)
            home[term.id] = primary
        else:
            all_.terms[term.id] = term
            home[term.id] = term.id
    for term, _, parents in found:
        for parent in parents:
            child, above = home[term.id], home.get(parent)
            if above and child != above:
                all_.relations.add((child, "is_a", above, "+", "MONDO"))


def _same_disease(all_: Gathered, mesh: list[str], names: set[str]) -> str:
    """Return the descriptor that a disease is, of those that its source names; empty for none."""
    held = [curie for each in mesh if (curie := f"MESH:{each}") in all_.terms]
    if len(held) > 1:
        held = [each for each in held if names & {key_of(name) for name in all_.terms[each].names}]
    return held[0] if len(held) == 1 else ""


def _add_texts(all_: Gathered, tables: sources.Tables, by_protein: dict[str, str]) -> None:
    for text, space, name in sources.famplex_texts(tables):
        curie = {
            "FPLX": f"FPLX:{name}",
            "HGNC": all_.by_symbol.get(name, ""),
            "UP": by_protein.get(name, ""),
            "CHEBI": name,
            "MESH": f"MESH:{name}",
            "GO": name,
        }.get(space, "")
        if curie in all_.terms:
            all_.terms[curie].add("f", [text])


def _add_proteins(all_: Gathered, tables: sources.Tables, by_protein: dict[str, str]) -> None:
    """Add the names of proteins that MeSH's supplement gives to human genes."""
    upper = {symbol.upper(): curie for symbol, curie in all_.by_symbol.items()}
    for curie, name, names in sources.mesh_supplement(tables):
        protein = sources.human_protein(name)
        if protein is None:
            continue
        gene = _mapped(all_, tables, by_protein, curie) or upper.get(protein[0].upper())
        if gene is None or not gene.startswith("HGNC:"):
            continue
        bare = [sources.human_protein(each) for each in names]
        short = [pair[0] if pair else each for pair, each in zip(bare, names, strict=True)]
        kind = "m" if protein[1] == "human" else "r"
        all_.terms[gene].add(kind, [each for each in short if len(each) <= 60 and ", " not in each])
        if protein[1] == "human":
            all_.secondary[f"MESH:{curie}"] = (gene, name)


def _add_orthologues(all_: Gathered, tables: sources.Tables) -> None:
    for gene, names in sources.orthologues(tables, all_.by_symbol):
        useful = [each for each in names if len(each) >= 3 and not _CLONE.match(each)]
        all_.terms[gene].add("r", useful)


_CLONE = re.compile(
    r"(?:LOC|MGC|RGD|RIK|AI|AW|AU|BC|BB|AA|C\d+|D\w+|Gm|ENS|GS|mKIAA|KIAA)\d{2,}", re.IGNORECASE
)


def _add_cell_lines(all_: Gathered, tables: sources.Tables) -> None:
    held = {
        key_of(name): term.id
        for term in all_.terms.values()
        if term.category is Category.CELL_LINE
        for name in term.names
    }
    for term in sources.cell_lines(tables):
        primary = next((held[key] for name in term.names if (key := key_of(name)) in held), None)
        if primary:
            all_.merge(term, primary)
        else:
            all_.terms[term.id] = term
