"""The version of the client, which is counted on its own."""

__version__ = "0.1.0"
