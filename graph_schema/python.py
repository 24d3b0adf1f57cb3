"""Python modules rendered from the schema: enums, evidence codes and SQLite's lists."""

from collections.abc import Iterable, Iterator

from graph_schema.schema import Schema, Value, Vocabulary

HEAD = '''"""{title}.

Generated from ``graph_schema/evipath.yaml`` by ``python -m graph_schema.generate``; do not edit.
"""
'''


def vocabulary_module(schema: Schema) -> str:
    """Return ``app/model/vocabulary.py``: one ``StrEnum`` a vocabulary."""
    blocks = [
        HEAD.format(title="Closed vocabularies of the typed graph"),
        "from enum import StrEnum",
        *(f"\n\n{_enum(each)}" for each in schema.vocabularies),
    ]
    return "\n".join(blocks) + "\n"


def _enum(vocabulary: Vocabulary) -> str:
    members = (f'    {each.member} = "{each.text}"' for each in vocabulary.values)
    head = [f"class {vocabulary.name}(StrEnum):", f'    """{vocabulary.definition}"""', ""]
    return "\n".join([*head, *members])


def evidence_module(schema: Schema) -> str:
    """Return ``app/model/eco.py``: ECO's labels and the side of function that each term shows."""
    codes = schema.evidence_codes.values
    lines = [
        HEAD.format(title="Evidence codes (ECO) and the side of function that each shows"),
        "from app.model.vocabulary import Side, Supports",
        "",
        "ECO_LABEL: dict[str, str] = {",
        *(f'    "{each.text}": "{each.title}",' for each in codes),
        "}",
        '"""ECO\'s own label of each term."""',
        "",
        "ECO_SIDE: dict[str, Side | None] = {",
        *(f'    "{each.text}": {_side(each)},' for each in codes),
        "}",
        '"""The side that each term shows; None where the term itself shows none."""',
        "",
        "ECO_SIDE_OF_PERTURBATION: frozenset[str] = frozenset(",
        *_set(each.text for each in codes if each.facts.get("side") == "perturbation"),
        ")",
        '"""Terms that leave the method untold: the claim\'s perturbation gives the side."""',
        "",
        "ECO_SUPPORTS: dict[str, Supports] = {",
        *(
            f'    "{each.text}": Supports.{str(each.facts["supports"]).upper()},'
            for each in codes
            if "supports" in each.facts
        ),
        "}",
        '"""What a term supports by itself."""',
    ]
    return "\n".join(lines) + "\n"


def _side(code: Value) -> str:
    side = code.facts.get("side")
    return f"Side.{side.upper()}" if side in ("loss", "gain") else "None"


def _set(texts: Iterable[str]) -> Iterator[str]:
    yield "    {"
    yield from (f'        "{each}",' for each in texts)
    yield "    }"
