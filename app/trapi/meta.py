"""The meta knowledge graph: what can be asked here at all."""

from typing import Final

from app.graph.port import GraphView
from app.services.links import Overview, overview
from app.services.reasoning import Reasoner
from app.trapi import biolink
from app.trapi.query import Json

_ATTRIBUTES: Final = (
    "biolink:publications",
    "biolink:supporting_text",
    "biolink:has_evidence_of_type",
    "biolink:negated",
)
_DIRECTIONS: Final = ["increased", "decreased"]


def meta_knowledge_graph(reasoner: Reasoner, view: GraphView) -> Json:
    """Return the meta knowledge graph of a snapshot; the same in both versions of TRAPI."""
    found = overview(reasoner, view)
    return {
        "nodes": {
            f"{biolink.PREFIX}{name}": {"id_prefixes": list(prefixes)}
            for name, prefixes in found.prefixes.items()
        },
        "edges": _edges(found),
    }


def _edges(found: Overview) -> list[Json]:
    made: list[Json] = []
    for link in found.links:
        edge: Json = {
            "subject": biolink.PREFIX + link.subject,
            "predicate": "biolink:affects" if link.signed else "biolink:associated_with",
            "object": biolink.PREFIX + link.object,
            "knowledge_types": ["lookup", "inferred"] if link.signed else ["lookup"],
            "attributes": [
                {
                    "attribute_type_id": each,
                    "constraint_use": True,
                    "constraint_name": each.removeprefix(biolink.PREFIX).replace("_", " "),
                }
                for each in _ATTRIBUTES
            ],
            "association": "biolink:Association",
        }
        if link.signed:
            edge["qualifiers"] = _qualifiers()
        made.append(edge)
    return made


def _qualifiers() -> list[Json]:
    aspects = sorted(biolink.values("GeneOrGeneProductOrChemicalEntityAspectEnum"))
    return [
        {
            "qualifier_type_id": "biolink:qualified_predicate",
            "applicable_values": ["biolink:causes"],
        },
        *(
            {
                "qualifier_type_id": f"biolink:{end}_direction_qualifier",
                "applicable_values": _DIRECTIONS,
            }
            for end in ("subject", "object")
        ),
        *(
            {"qualifier_type_id": f"biolink:{end}_aspect_qualifier", "applicable_values": aspects}
            for end in ("subject", "object")
        ),
        {"qualifier_type_id": "biolink:species_context_qualifier"},
    ]
