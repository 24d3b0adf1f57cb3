"""From a text to the entities that it names: lexicon, matcher, abbreviations."""

from app.grounding.grounder import Grounder
from app.grounding.lexicon import Lexicon, Target

__all__ = ["Grounder", "Lexicon", "Target"]
