"""What is asked of PubMed."""

from typing import Annotated, Self

from pydantic import ConfigDict, Field, StrictBool, StringConstraints, model_validator

from app.model.base import Frozen

MOST_PMIDS = 100_000
"""PMIDs that one request may name."""

Pmid = Annotated[str, StringConstraints(pattern=r"^(PMID:)?[1-9]\d{0,8}$")]


class FetchRequest(Frozen):
    """Articles to fetch from PubMed: by ``pmids``, or those that a ``query`` finds.

    ``limit`` is how many hits of the query are fetched at most, the newest PMIDs; without it a
    query with more hits than the service allows unasked is refused. What is in the graph and
    unrevised is left as it is, unless ``again`` asks for it. ``model`` lets the language model
    read as well.
    """

    pmids: tuple[Pmid, ...] = Field(default=(), max_length=MOST_PMIDS)
    query: str | None = Field(default=None, min_length=1, max_length=10_000, pattern=r"\S")
    limit: int | None = Field(default=None, ge=1, le=10_000_000)
    again: StrictBool = False
    model: StrictBool = False

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {
                    "required": ["pmids"],
                    "properties": {
                        "pmids": {"minItems": 1},
                        "query": {"type": "null"},
                        "limit": {"type": "null"},
                    },
                },
                {
                    "required": ["query"],
                    "properties": {"query": {"type": "string"}, "pmids": {"maxItems": 0}},
                },
            ]
        }
    )

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.pmids) == (self.query is not None):
            raise ValueError("give either pmids or a query")
        if self.pmids and self.limit is not None:
            raise ValueError("limit is for a query")
        return self
