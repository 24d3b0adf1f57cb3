"""How well claims and entities are read, measured on public corpora."""
