"""Where the model is and what it costs."""

from dataclasses import dataclass, field
from typing import Final

TIMEOUT: Final = 60.0
RETRIES: Final = 2
PER: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach a model.

    ``timeout`` is in seconds and holds for one request; ``retries`` bounds how often one is sent
    again. Prices are for a million tokens, in any one currency; ``api_key`` never leaves this
    object but to the address.
    """

    base_url: str
    name: str
    api_key: str | None = field(default=None, repr=False)
    timeout: float = TIMEOUT
    retries: int = RETRIES
    input_price: float | None = None
    output_price: float | None = None

    def cost(self, input_tokens: int, output_tokens: int) -> float | None:
        """Return what so many tokens cost; None where a price was not set."""
        if self.input_price is None or self.output_price is None:
            return None
        return (input_tokens * self.input_price + output_tokens * self.output_price) / PER
