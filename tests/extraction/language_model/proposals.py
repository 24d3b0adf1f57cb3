"""A document with its mentions, and proposals of a model on it."""

from typing import Any

from app.model.reading import Document, TextMention
from app.model.text import Grounding
from app.model.vocabulary import Category
from tests.support.factories import span

TITLE = "NF-kappaB and EMT."
TEXT = (
    f"{TITLE}\nInhibition of NF-kappaB activity in mesenchymal cells caused a reversal of EMT. "
    "Curcumin did not alter EMT in KRAS cells."
)


def mention(text: str, words: str, entity: str, category: Category, nth: int = 1) -> TextMention:
    at = -1
    for _ in range(nth):
        at = text.index(words, at + 1)
    place = span(text[at:], words)
    return TextMention(
        mention=place.model_copy(update={"start": at, "end": at + len(words)}),
        groundings=(Grounding(id=entity, name=words, score=0.9),),
        category=category,
    )


MENTIONS = (
    mention(TEXT, "NF-kappaB", "FPLX:NFkappaB", Category.GENE_FAMILY),
    mention(TEXT, "EMT", "GO:0001837", Category.BIOLOGICAL_PROCESS),
    mention(TEXT, "NF-kappaB", "FPLX:NFkappaB", Category.GENE_FAMILY, 2),
    mention(TEXT, "EMT", "GO:0001837", Category.BIOLOGICAL_PROCESS, 2),
    mention(TEXT, "Curcumin", "CHEBI:3962", Category.SMALL_MOLECULE),
    mention(TEXT, "EMT", "GO:0001837", Category.BIOLOGICAL_PROCESS, 3),
)
DOCUMENT = Document(text=TEXT, title_end=len(TITLE), mentions=MENTIONS)

QUOTE = "Inhibition of NF-kappaB activity in mesenchymal cells caused a reversal of EMT"


def words(text: str, occurrence: int = 1) -> dict[str, Any]:
    return {"words": text, "occurrence": occurrence}


def named(text: str, number: int | None, **more: Any) -> dict[str, Any]:
    return {
        "words": words(text),
        "antecedent": None,
        "mention": number,
        "measure": None,
        "op": None,
        "members": [],
        **more,
    }


def proposal(**more: Any) -> dict[str, Any]:
    """NF-kappaB inhibition reverses EMT, as the second sentence says, with some slots changed."""
    return {
        "quote": words(QUOTE),
        "agent": named("NF-kappaB activity", 2, measure="activity"),
        "perturbation": "inhibition",
        "perturbation_direction": "-",
        "perturbation_words": words("Inhibition"),
        "means": None,
        "predicate": "reverses",
        "predicate_words": words("caused a reversal of"),
        "outcome": {
            **named("EMT", 3),
            "direction": "down",
            "aspect": "maintenance",
            "aspect_words": None,
        },
        "negated": False,
        "strength": None,
        "timing": None,
        "context": [
            {
                "type": "cell",
                "words": words("mesenchymal cells"),
                "mention": None,
                "setting": None,
                "state": None,
                "direction": None,
            }
        ],
        "evidence": "loss_of_function",
        "supports": "necessity",
        "evidence_words": None,
        "eco": ["ECO:0000059"],
        "epistemic": "demonstrated",
        "epistemic_words": None,
        **more,
    }


def answer(*proposals: dict[str, Any]) -> dict[str, Any]:
    return {"claims": list(proposals)}
