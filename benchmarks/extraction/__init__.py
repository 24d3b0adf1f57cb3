"""How well claims are read from text: drawn and annotated sentences, corpora, scores and tables.

``python -m benchmarks.extraction`` prints the tables; docs/quality.md quotes them.
"""
