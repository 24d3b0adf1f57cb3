"""Reading claims by rules over the dependency graph of a sentence."""

from app.extraction.rules.reader import RULES_VERSION, RulesReader

__all__ = ["RULES_VERSION", "RulesReader"]
