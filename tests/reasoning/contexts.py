"""A small hierarchy of contexts for tests."""

from app.reasoning.hierarchy import Hierarchy

HUMAN, MOUSE, MAMMAL, FLY = (f"NCBITaxon:{i}" for i in (9606, 10090, 40674, 7227))

PLACES = Hierarchy(
    [
        (HUMAN, MAMMAL), (MOUSE, MAMMAL),
        ("mammary", "epithelial"), ("mammary", "breast"), ("MCF-7", "breast"),
        ("epithelial", "epithelial of MeSH"), ("epithelial of MeSH", "epithelial"),
    ],
    axes={
        HUMAN: "species", MOUSE: "species", MAMMAL: "species", FLY: "species",
        "epithelial": "lineage", "mesenchymal": "lineage", "mammary": "lineage",
        "breast": "organ", "lung": "organ",
    },
    organisms={"MCF-7": HUMAN},
    names={HUMAN: "human", MOUSE: "mouse"},
)  # fmt: skip
