"""Arguments that several tools share."""

from typing import Annotated

from pydantic import Field

from app.model.answer import MAX_HOPS_LIMIT

Name = Annotated[
    str, Field(min_length=1, max_length=300, description="A CURIE such as GO:0001837, or a name.")
]
Names = Annotated[list[Name], Field(max_length=20, description="CURIEs or names; any of them.")]
Contexts = Annotated[
    list[Annotated[str, Field(max_length=300)]],
    Field(
        max_length=20,
        description="Where it should hold, as type:id: organism:NCBITaxon:9606, "
        "cell:CL:0000066, setting:in_vivo.",
    ),
]
Hops = Annotated[int, Field(ge=1, le=MAX_HOPS_LIMIT, description="The greatest length of a path.")]
Candidates = Annotated[
    bool, Field(description="Also use claims that no curator has judged; they are marked.")
]
Background = Annotated[bool, Field(description="Also use what the authors only cite or suppose.")]
Matched = Annotated[bool, Field(description="Only paths without an extrapolated hop.")]
AsOf = Annotated[
    str | None,
    Field(max_length=64, description="Ask the graph as of a revision, a time or a day."),
]
Quotes = Annotated[int, Field(ge=1, le=20, description="How many quotes an answer shows at most.")]
ClaimId = Annotated[str, Field(max_length=100, description="The claim's id: 64 hex digits.")]
Article = Annotated[
    str, Field(min_length=1, max_length=300, description="PMID:…, PMC:…, doi:… or an internal id.")
]
Excluding = Annotated[
    list[Annotated[str, Field(max_length=300)]],
    Field(
        max_length=5,
        description="Side effects as outcome:effect, such as GO:0006915:induces. Each answer says "
        "whether it has them: excluded, clear, or never_measured.",
    ),
]
