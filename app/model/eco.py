"""Evidence codes (ECO) and the side of function that each shows.

Generated from ``graph_schema/evipath.yaml`` by ``python -m graph_schema.generate``; do not edit.
"""

from app.model.vocabulary import Side, Supports

ECO_LABEL: dict[str, str] = {
    "ECO:0000016": "loss-of-function mutant phenotype evidence",
    "ECO:0000019": "RNAi evidence",
    "ECO:0001583": "small interfering RNA knockdown evidence",
    "ECO:0000018": "anti-sense experiment evidence",
    "ECO:0000292": "morpholino experiment evidence",
    "ECO:0001091": "knockout phenotypic evidence",
    "ECO:0001030": "conditional knockout evidence",
    "ECO:0001042": "dominant-negative mutant phenotypic evidence",
    "ECO:0000020": "protein inhibition evidence",
    "ECO:0000184": "enzyme inhibition evidence",
    "ECO:0000341": "specific protein inhibition by antibody evidence",
    "ECO:0000042": "gain-of-function mutant phenotypic evidence",
    "ECO:0001032": "constitutively active mutant protein evidence",
    "ECO:0000120": "over expression analysis evidence",
    "ECO:0000017": "ectopic expression evidence",
    "ECO:0000012": "functional complementation evidence",
    "ECO:0000013": "transgenic rescue experiment evidence",
    "ECO:0000038": "transient rescue experiment evidence",
    "ECO:0006053": "pharmacological assay evidence",
    "ECO:0000059": "experimental phenotypic evidence",
    "ECO:0000204": "author statement",
    "ECO:0000033": "author statement supported by traceable reference",
    "ECO:0006185": "author inference",
}
"""ECO's own label of each term."""

ECO_SIDE: dict[str, Side | None] = {
    "ECO:0000016": Side.LOSS,
    "ECO:0000019": Side.LOSS,
    "ECO:0001583": Side.LOSS,
    "ECO:0000018": Side.LOSS,
    "ECO:0000292": Side.LOSS,
    "ECO:0001091": Side.LOSS,
    "ECO:0001030": Side.LOSS,
    "ECO:0001042": Side.LOSS,
    "ECO:0000020": Side.LOSS,
    "ECO:0000184": Side.LOSS,
    "ECO:0000341": Side.LOSS,
    "ECO:0000042": Side.GAIN,
    "ECO:0001032": Side.GAIN,
    "ECO:0000120": Side.GAIN,
    "ECO:0000017": Side.GAIN,
    "ECO:0000012": Side.GAIN,
    "ECO:0000013": Side.GAIN,
    "ECO:0000038": Side.GAIN,
    "ECO:0006053": None,
    "ECO:0000059": None,
    "ECO:0000204": None,
    "ECO:0000033": None,
    "ECO:0006185": None,
}
"""The side that each term shows; None where the term itself shows none."""

ECO_SIDE_OF_PERTURBATION: frozenset[str] = frozenset(
    {
        "ECO:0000059",
    }
)
"""Terms that leave the method untold: the claim's perturbation gives the side."""

ECO_SUPPORTS: dict[str, Supports] = {
    "ECO:0000012": Supports.RESCUE,
    "ECO:0000013": Supports.RESCUE,
    "ECO:0000038": Supports.RESCUE,
}
"""What a term supports by itself."""
