"""PubMed's E-utilities: searching, sets on the history server, and records as PubMed XML."""

from app.ingest.entrez.access import Access
from app.ingest.entrez.answers import HistoryLost, HistorySet, Hits
from app.ingest.entrez.pubmed import Entrez, PubMed

__all__ = ["Access", "Entrez", "HistoryLost", "HistorySet", "Hits", "PubMed"]
