"""Reading noun phrases: "loss of E-cadherin", "p53-deficient mice", "a MEK inhibitor"."""

from app.extraction.rules.phrases.core import Phrases

__all__ = ["Phrases"]
