"""The one place where the parts are put together and a concrete store is named."""

from functools import partial
from typing import TYPE_CHECKING

from app import __version__
from app.api.container import AnswerCache, ApiConfig, Container
from app.api.rates import Rates
from app.graph.port import GraphStore
from app.ingest.entrez import Access, Entrez
from app.model.errors import BadInput
from app.model.reading import ClaimReader, TextMention
from app.services.callbacks import Callbacks
from app.services.conflicts import Conflicts
from app.services.fetch_job import FETCH, fetch_work
from app.services.ingest_job import INGEST, ingest_work
from app.services.job_runner import JobRunner
from app.services.oidc import Provider
from app.services.pipeline import Pipeline, ReadingHere, Reads
from app.services.reading_pool import ReadingPool
from app.services.reasoning import Reasoner
from app.services.simulation_job import SIMULATE, simulation_work
from app.settings import Settings
from app.trapi.later import TRAPI, trapi_work

if TYPE_CHECKING:
    from fastapi import FastAPI
    from mcp.server.mcpserver import MCPServer

    from app.trapi.parts import Parts as TrapiParts

NEO4J_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


def open_store(url: str, settings: Settings) -> GraphStore:
    """Open the store at an address, made where an embedded one is not there yet.

    Raises :class:`~app.model.errors.BadInput` for an address that names no store or holds
    credentials, and what the store raises when it can't be opened.
    """
    scheme, _, rest = url.partition("://")
    if "@" in rest.partition("/")[0]:
        raise BadInput(
            "A store's address holds no credentials; set NEO4J_USERNAME and NEO4J_PASSWORD."
        )
    if scheme == "sqlite":
        return _open_sqlite(url, settings)
    if scheme in NEO4J_SCHEMES:
        return _open_neo4j(url, settings)
    raise BadInput(
        f"{url!r} is no address of a store: write sqlite:///path/to/file or "
        "neo4j://host:7687/database."
    )


def build(settings: Settings, store: GraphStore | None = None) -> Container:
    """Put the parts of a service together; ``store`` is an open one, else that of the settings.

    Whoever builds it closes it.
    """
    opened = store if store is not None else open_store(settings.store_url, settings)
    # In a process of its own even where it is one: reading would hold up whoever asks.
    reads = ReadingPool(partial(pipeline, settings), settings.extraction_jobs)
    reasoner = open_reasoner(opened, settings)
    return Container(
        config=ApiConfig(
            version=__version__,
            body_limit=settings.body_limit,
            require_token=settings.require_token,
            retry_after=settings.retry_after,
            deadline=settings.deadline,
            searches=settings.searches,
            searches_waiting=settings.searches_waiting,
            has_model=settings.has_model,
            quorum=settings.quorum,
            public_url=settings.public_url,
            session_hours=settings.session_hours,
        ),
        store=opened,
        reasoner=reasoner,
        conflicts=Conflicts(reasoner),
        jobs=JobRunner(
            opened.accounts,
            {
                INGEST: ingest_work(opened, reads if settings.extraction else None),
                FETCH: fetch_work(
                    opened,
                    entrez(settings),
                    settings.fetch_limit,
                    reads if settings.extraction else None,
                ),
                SIMULATE: simulation_work(reasoner),
                TRAPI: trapi_work(_trapi(settings, opened, reasoner), _callbacks(settings)),
            },
            workers=settings.job_workers,
        ),
        cache=AnswerCache(settings.answer_cache),
        reads=reads,
        rates=Rates(settings.write_limit, settings.sign_in_limit),
        provider=_provider(settings),
        mentions=_mentions if settings.extraction else None,
    )


def open_reasoner(store: GraphStore, settings: Settings) -> Reasoner:
    """Return what answers questions over a store; large indexes are kept in the data directory."""
    return Reasoner(store, cache=settings.directory / "cache", deadline=settings.deadline)


def service(settings: Settings, store: GraphStore | None = None) -> "FastAPI":
    """Return the application with all its doors; ``store`` as in :func:`build`."""
    from app.api.app import create_app
    from app.mcp.http import McpDoor
    from app.mcp.parts import Parts
    from app.trapi.http import TrapiDoor

    parts = build(settings, store)
    asking = Parts(
        store=parts.store,
        reasoner=parts.reasoner,
        version=__version__,
        require_token=settings.require_token,
        quorum=settings.quorum,
        count_write=parts.rates.count_write,
    )
    trapi = TrapiDoor(
        _trapi(settings, parts.store, parts.reasoner), _callbacks(settings), parts.jobs.notify
    )
    return create_app(parts, (McpDoor(asking), trapi))


def _trapi(settings: Settings, store: GraphStore, reasoner: Reasoner) -> "TrapiParts":
    from app.trapi.parts import Parts as TrapiParts

    return TrapiParts(
        store=store,
        reasoner=reasoner,
        batch_limit=settings.trapi_batch_limit,
        require_token=settings.require_token,
    )


def _callbacks(settings: Settings) -> Callbacks:
    return Callbacks(hosts=settings.callback_hosts, private=settings.trapi_private_callbacks)


def mcp_server(settings: Settings, store: GraphStore) -> "MCPServer":
    """Return the MCP server for standard input and output over an open store.

    The tool that decides is there where a token is set.
    """
    from app.mcp.parts import Parts
    from app.mcp.server import make_server

    token = settings.mcp_token.get_secret_value() if settings.mcp_token is not None else None
    reasoner = open_reasoner(store, settings)
    parts = Parts(
        store=store,
        reasoner=reasoner,
        version=__version__,
        token=token,
        quorum=settings.quorum,
    )
    return make_server(parts, deciding=token is not None)


def open_reads(settings: Settings, jobs: int) -> Reads:
    """Return what reads texts for claims: in this process, or in ``jobs`` processes.

    Nothing is loaded before the first text. Whoever opens it closes it.
    """
    make = partial(pipeline, settings)
    return ReadingHere(make) if jobs == 1 else ReadingPool(make, jobs)


def entrez(settings: Settings) -> Entrez:
    """Return the way to PubMed; nothing is sent yet."""
    key = settings.ncbi_api_key
    return Entrez(
        Access(
            base_url=settings.ncbi_base_url,
            tool=settings.ncbi_tool,
            email=settings.ncbi_email,
            api_key=key.get_secret_value() if key is not None else None,
        )
    )


def pipeline(settings: Settings) -> Pipeline:
    """Return the grounder with the readers: the rules, and the language model if one is set up."""
    from app.extraction.rules import RulesReader
    from app.grounding import Grounder

    grounder = Grounder.load()
    return Pipeline(
        grounder,
        grounder.lexicon,
        (RulesReader(grounder.ground, grounder.version),),
        model=_model(settings, grounder.version),
    )


def _model(settings: Settings, lexicon: str) -> ClaimReader | None:
    if settings.model_base_url is None or settings.model_name is None:
        return None
    from app.extraction.language_model import Access, ModelReader

    key = settings.model_api_key
    access = Access(
        base_url=settings.model_base_url,
        name=settings.model_name,
        api_key=key.get_secret_value() if key is not None else None,
        timeout=settings.model_timeout,
        retries=settings.model_retries,
        input_price=settings.model_input_price,
        output_price=settings.model_output_price,
    )
    return ModelReader(access, lexicon)


def _provider(settings: Settings) -> Provider | None:
    if settings.oidc_issuer is None or settings.oidc_client_id is None:
        return None
    secret = settings.oidc_client_secret
    return Provider(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=secret.get_secret_value() if secret is not None else None,
        label=settings.oidc_label,
        scopes=settings.oidc_scopes,
        name_claim=settings.oidc_name_claim,
        role_claim=settings.oidc_role_claim,
        roles=settings.oidc_roles,
        default_role=settings.oidc_default_role,
    )


def _mentions(text: str) -> tuple[TextMention, ...]:
    from app.grounding import Grounder

    return Grounder.load().mentions(text)


def _open_sqlite(url: str, settings: Settings) -> GraphStore:
    from app.graph.sqlite.store import open_sqlite

    if url == settings.store_url and settings.store is None:
        settings.directory.mkdir(parents=True, exist_ok=True)
    return open_sqlite(url)


def _open_neo4j(url: str, settings: Settings) -> GraphStore:
    from app.graph.neo4j.store import Neo4jStore

    if settings.neo4j_password is None:
        raise BadInput("A Neo4j store needs NEO4J_PASSWORD (and NEO4J_USERNAME) to be set.")
    password = settings.neo4j_password.get_secret_value()
    return Neo4jStore.open(
        url, username=settings.neo4j_username, password=password, backups=settings.directory
    )
