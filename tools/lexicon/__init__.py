"""The lexicon, compiled from public tables and our own lists."""
