"""The rules of curation: pure functions over claims and decisions, without a store."""
