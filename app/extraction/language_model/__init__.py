"""The second reader, optional: a language model at any address that speaks the OpenAI protocol.

A document goes out as data and a list of proposals comes back, in a strict schema of closed
vocabularies. Nothing of it is believed: each span has to stand verbatim in the text, each entity
has to be one of the document's mentions, and what remains is a candidate like any other.
"""

from app.extraction.language_model.access import Access
from app.extraction.language_model.reader import ModelReader

__all__ = ["Access", "ModelReader"]
