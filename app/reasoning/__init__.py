"""Claims to signed edges to an index to paths to answers.

Pure functions over model types: nothing here knows a store, a clock or a web framework. The rules
are those of ``docs/reference/reasoning.md``.
"""
