"""Options that several commands share."""

from typing import Annotated

import typer

from app.model.vocabulary import Epistemic, EvidenceType, PredicateType, Status

Store = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="Store: sqlite:///path/to/file or neo4j://host:7687/db; default: EVIPATH_STORE, "
        "or graph.db in the user's data directory.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else.")]
As = Annotated[
    str | None,
    typer.Option("--as", metavar="NAME", help="In whose name; default: the login name."),
]
AsOf = Annotated[
    str | None,
    typer.Option(metavar="WHEN", help="As of a revision, an RFC 3339 time, or a day in UTC."),
]
Names = Annotated[list[str] | None, typer.Option(help="CURIE or name; repeatable: any of these.")]
Predicates = Annotated[list[PredicateType] | None, typer.Option(help="Verb; repeatable.")]
Statuses = Annotated[list[Status] | None, typer.Option(help="Status; repeatable.")]
Epistemics = Annotated[
    list[Epistemic] | None, typer.Option(help="How strongly it is said; repeatable.")
]
Evidences = Annotated[list[EvidenceType] | None, typer.Option(help="How it was shown; repeatable.")]
Articles = Annotated[list[str] | None, typer.Option(help="Article, by any identifier; repeatable.")]
Limit = Annotated[int, typer.Option(min=1, max=1_000_000, help="How many at most.")]
Context = Annotated[
    list[str] | None,
    typer.Option(help="Context, as in organism:NCBITaxon:10090 or setting:in_vivo; repeatable."),
]
ReadJobs = Annotated[
    int, typer.Option("--jobs", min=1, max=64, help="Processes that read at the same time.")
]
Extract = Annotated[
    bool | None,
    typer.Option(
        "--extract/--no-extract",
        help="Whether articles are read for candidate claims; default: EVIPATH_EXTRACTION, on.",
    ),
]
Model = Annotated[
    bool,
    typer.Option("--model", help="Let the language model read as well, where one is set up."),
]
Excluding = Annotated[
    list[str] | None,
    typer.Option(
        metavar="OUTCOME:EFFECT",
        help="A side effect, as in GO:0006915:induces; repeatable. Each answer says whether it "
        "has it, or that nobody measured it.",
    ),
]
