"""The store: a port in the domain's words, and one adapter for each engine."""
