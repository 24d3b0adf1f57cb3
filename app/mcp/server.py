"""The MCP server: its tools, its resources, and what it tells agents about itself."""

import orjson
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.resources import ResourceSecurity

from app.mcp.asking import asking_tools
from app.mcp.comparing import comparing_tools
from app.mcp.deciding import deciding_tool
from app.mcp.forward import forward_tools
from app.mcp.looking import looking_tools
from app.mcp.parts import Parts
from app.mcp.registering import for_resources
from app.services import articles, claims, revisions

INSTRUCTIONS = """\
EviPath holds what articles say (claims, each with a verbatim quote) and answers mechanism questions
by reasoning over signed paths of claims.
Start with ask ("which interventions reverse EMT") or find_interventions. Say of each answer its
tier: observed and entailed rest on experiments made in that direction, predicted and kinship are
inferences. Show counter_evidence where there is any.
Cite only quotes that the tools returned, with their PMID; check others with check_words. A claim
whose status is candidate was read by a machine and judged by nobody. Name the snapshot's id, so
that others get the same answer. `cut` says what was left out."""

JSON = "application/json"


def make_server(parts: Parts, *, deciding: bool) -> MCPServer:
    """Return the server over these parts.

    ``deciding`` says whether the tool that writes is there; it asks for a curator's token in any
    case.
    """
    tools = [
        *asking_tools(parts),
        *forward_tools(parts),
        *comparing_tools(parts),
        *looking_tools(parts),
    ]
    if deciding:
        tools.append(deciding_tool(parts))
    server = MCPServer(
        "evipath",
        title="EviPath",
        instructions=INSTRUCTIONS,
        version=parts.version,
        tools=tools,
        log_level="WARNING",
        # An identifier such as doi:10.1000/..1 names no file.
        resource_security=ResourceSecurity(
            reject_path_traversal=False, reject_absolute_paths=False
        ),
    )
    _add_resources(server, parts)
    return server


def _add_resources(server: MCPServer, parts: Parts) -> None:
    @server.resource(
        "evipath://claim/{claim}",
        name="claim",
        title="A claim",
        description="One claim with all its slots, quotes and readings.",
        mime_type=JSON,
    )
    @for_resources
    def claim_resource(claim: str, context: Context) -> str:
        parts.reader(context)
        head = parts.store.head()
        with parts.store.view(head.number) as view:
            found = claims.claim_view(view, claim)
        return _json(snapshot=revisions.snapshot_of(head), claim=found)

    @server.resource(
        "evipath://article/{+article}",
        name="article",
        title="An article",
        description="An article by PMID:…, PMC:…, doi:… or internal id: citation, the text that "
        "quotes count in, and its claims' ids.",
        mime_type=JSON,
    )
    @for_resources
    def article_resource(article: str, context: Context) -> str:
        parts.reader(context)
        head = parts.store.head()
        with parts.store.view(head.number) as view:
            found = articles.article(view, article)
            ids = claims.claim_ids_of_article(view, found.id)
        return _json(
            snapshot=revisions.snapshot_of(head),
            id=found.id,
            curie=found.curie,
            citation=found.citation,
            retracted=found.citation.retracted,
            text=found.text,
            text_sha256=found.text_sha256,
            claims=ids,
        )


def _json(**parts: object) -> str:
    return orjson.dumps(parts, default=_plain).decode()


def _plain(value: object) -> object:
    dump = getattr(value, "model_dump", None)
    if dump is None:
        raise TypeError(f"{type(value).__name__} has no JSON")
    return dump(mode="json")
