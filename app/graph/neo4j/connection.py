"""The way to a Neo4j server: sessions, managed transactions, and errors in our own words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, LiteralString, Self, TypeVar
from urllib.parse import urlsplit

from neo4j import Driver, GraphDatabase, ManagedTransaction, Query, Session, Transaction
from neo4j.api import READ_ACCESS, WRITE_ACCESS
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from app.model.errors import BadInput, StoreError, Unavailable
from app.model.text import one_space

T = TypeVar("T")
AnyTransaction = ManagedTransaction | Transaction
SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
PART = "neo4j"
_NO_SUCH_DATABASE = "Neo.ClientError.Database.DatabaseNotFound"


class Connection:
    """One driver on one database; every session shares its bookmarks, so a read after a write
    sees the write on whichever member of a cluster it lands.

    ``url`` is ``neo4j://host:port/database`` or one of the other schemes of the driver; without a
    database it is the server's default one. ``retry_seconds`` bounds how long a passing fault is
    retried before it becomes :class:`~app.model.errors.Unavailable`.
    """

    def __init__(
        self, url: str, username: str, password: str, *, retry_seconds: float = 5.0
    ) -> None:
        address, self.database = _split(url)
        self.url = f"{address}/{self.database}" if self.database else address
        self._address = address
        self._driver: Driver = GraphDatabase.driver(
            address,
            auth=(username, password),
            max_transaction_retry_time=retry_seconds,
            connection_timeout=retry_seconds,
            connection_acquisition_timeout=4 * retry_seconds,
            notifications_min_severity="OFF",
            user_agent="evipath",
        )
        self._bookmarks = GraphDatabase.bookmark_manager()

    def read(self, work: Callable[[ManagedTransaction], T]) -> T:
        """Run reading work in a managed transaction, again after a passing fault."""
        with self._session(READ_ACCESS) as session:
            return session.execute_read(work)

    def write(self, work: Callable[[ManagedTransaction], T]) -> T:
        """Run work in a managed transaction on the member that takes writes."""
        with self._session(WRITE_ACCESS) as session:
            return session.execute_write(work)

    @contextmanager
    def streaming(self) -> Iterator[Transaction]:
        """Open one transaction to stream from, on the member that takes writes.

        A fault in the middle is not retried.
        """
        with self._session(WRITE_ACCESS) as session, session.begin_transaction() as transaction:
            yield transaction

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Open one transaction that is committed at the end of the block, or undone."""
        with self._session(WRITE_ACCESS) as session, session.begin_transaction() as transaction:
            yield transaction
            transaction.commit()

    def run(self, statement: str) -> None:
        """Run a schema statement in a transaction of its own."""
        with self._session(WRITE_ACCESS) as session:
            session.run(Query(statement)).consume()

    def drop_constraint(self, name: str) -> None:
        """Drop a constraint that the schema has no more, where it is there."""
        with self._session(WRITE_ACCESS) as session:
            session.run("DROP CONSTRAINT $name IF EXISTS", name=name).consume()

    def close(self) -> None:
        """Close all connections."""
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @contextmanager
    def _session(self, access: str) -> Iterator[Session]:
        with self._translated():
            session = self._driver.session(
                database=self.database,
                default_access_mode=access,
                bookmark_manager=self._bookmarks,
            )
            with session:
                yield session

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except AuthError as error:
            raise Unavailable(
                PART,
                f"{self._address} refuses the user name and password "
                "(set NEO4J_USERNAME and NEO4J_PASSWORD)",
            ) from error
        except (ServiceUnavailable, SessionExpired, TransientError) as error:
            raise self._unreachable(error) from error
        except ClientError as error:
            if error.code == _NO_SUCH_DATABASE:
                raise Unavailable(
                    PART, f"{self._address} has no database {self.database!r}"
                ) from error
            raise StoreError(f"{PART}: {self._address}: {error.message}") from error
        except Neo4jError as error:
            raise StoreError(f"{PART}: {self._address}: {error.message}") from error
        except (ConfigurationError, DriverError) as error:
            raise self._unreachable(error) from error

    def _unreachable(self, error: Exception) -> Unavailable:
        reason = one_space(getattr(error, "message", None) or str(error))
        return Unavailable(PART, f"{self._address} can't be reached: {reason}")


def rows(
    transaction: AnyTransaction, query: LiteralString, **parameters: object
) -> Iterator[dict[str, Any]]:
    """Run a query and stream its rows as plain dictionaries."""
    for record in transaction.run(query, parameters):
        yield record.data()


def values(
    transaction: AnyTransaction, query: LiteralString, **parameters: object
) -> list[list[Any]]:
    """Run a query and return its rows as bare lists, nested lists as the driver made them."""
    return [record.values() for record in transaction.run(query, parameters)]


def _split(url: str) -> tuple[str, str | None]:
    parts = urlsplit(url)
    try:
        port = parts.port or 7687
    except ValueError as error:
        raise BadInput(f"store URL: {error}") from error
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise BadInput(
            f"store URL: expected neo4j://host:7687/database, got scheme "
            f"{parts.scheme!r} and host {parts.hostname!r}"
        )
    if parts.username or parts.password:
        raise BadInput(
            "store URL: credentials belong in NEO4J_USERNAME and NEO4J_PASSWORD, not in the URL"
        )
    if parts.query or parts.fragment:
        raise BadInput("store URL: takes no query and no fragment")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}:{port}", parts.path.strip("/") or None
