"""Where PubMed is, in whose name it is asked, and how often."""

from dataclasses import dataclass, field
from typing import Final

BASE_URL: Final = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
PER_SECOND: Final = 3
PER_SECOND_WITH_KEY: Final = 10


@dataclass(frozen=True, slots=True)
class Access:
    """How the E-utilities are reached.

    ``tool`` and ``email`` tell NCBI who asks. ``api_key`` never leaves this object but in the body
    of a request to ``base_url``. ``timeout`` is in seconds, for an answer to begin or go on;
    ``attempts`` counts the first one; a wait that is longer than ``longest`` seconds is not made.
    """

    base_url: str = BASE_URL
    tool: str = "evipath"
    email: str | None = None
    api_key: str | None = field(default=None, repr=False)
    timeout: float = 60.0
    attempts: int = 6
    longest: float = 120.0

    @property
    def per_second(self) -> int:
        """Requests that NCBI allows in a second."""
        return PER_SECOND_WITH_KEY if self.api_key else PER_SECOND
