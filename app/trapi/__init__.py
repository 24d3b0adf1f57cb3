"""The TRAPI door: the Translator Reasoner API, versions 2.0 and 1.6, over the services."""
