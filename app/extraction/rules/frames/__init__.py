"""The rules of the grammar: verbs, states and nouns that state an effect."""

from app.extraction.rules.frames.core import Frames

__all__ = ["Frames"]
