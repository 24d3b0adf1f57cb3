"""The one place where the parts are put together and a concrete store is named."""

from app import __version__
from app.api.container import AnswerCache, ApiConfig, Container
from app.graph.port import GraphStore
from app.model.errors import BadInput
from app.services.jobs import JobRunner
from app.services.reasoning import Reasoner
from app.settings import Settings

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
    return Container(
        config=ApiConfig(
            version=__version__,
            body_limit=settings.body_limit,
            require_token=settings.require_token,
            retry_after=settings.retry_after,
        ),
        store=opened,
        reasoner=Reasoner(opened, cache=settings.directory / "cache", deadline=settings.deadline),
        jobs=JobRunner(opened, workers=settings.job_workers),
        cache=AnswerCache(settings.answer_cache),
    )


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
