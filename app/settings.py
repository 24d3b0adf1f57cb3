"""What an operator can set, by environment variables that begin with ``EVIPATH_``."""

from enum import StrEnum
from functools import cached_property
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MEBIBYTE = 1024 * 1024


class LogFormat(StrEnum):
    """How a line of the log is written."""

    JSON = "json"
    CONSOLE = "console"


class LogLevel(StrEnum):
    """The least severe event that is logged."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Settings(BaseSettings):
    """The settings of one process; a value that can't be used is refused at the start.

    The credentials of a Neo4j store come from ``NEO4J_USERNAME`` and ``NEO4J_PASSWORD`` and never
    stand in a store's address, a log or an error.
    """

    model_config = SettingsConfigDict(
        env_prefix="EVIPATH_", frozen=True, extra="ignore", populate_by_name=True
    )

    store: str | None = Field(
        default=None,
        description="Address of the store: sqlite:///path/to/file, sqlite:///:memory:, "
        "neo4j://host:7687/db, bolt://… or neo4j+s://…; default: graph.db in the data directory.",
    )
    data_dir: Path | None = Field(
        default=None,
        description="Directory of the default store and of caches; "
        "default: the user's data directory.",
    )
    host: str = Field(default="127.0.0.1", description="Address that the service listens on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port; 0 takes a free one.")
    body_limit: int = Field(
        default=32 * MEBIBYTE,
        ge=1024,
        description="Greatest size of a request body in bytes, also once it is decompressed.",
    )
    require_token: bool = Field(
        default=False, description="Ask readers for a token too; writing always asks for one."
    )
    job_workers: int = Field(default=1, ge=1, le=32, description="Jobs that run at the same time.")
    answer_cache: int = Field(
        default=256,
        ge=0,
        le=100_000,
        description="Answers kept in memory, by snapshot and question.",
    )
    deadline: float = Field(
        default=20.0,
        gt=0,
        le=600,
        description="Seconds after which a search of paths ends with what it proved.",
    )
    retry_after: int = Field(
        default=5, ge=1, le=3600, description="Seconds that a refused client is asked to wait."
    )
    log_level: LogLevel = Field(
        default=LogLevel.INFO, description="Least severe event that is logged."
    )
    log_format: LogFormat = Field(
        default=LogFormat.CONSOLE, description="How the log is written: json or console."
    )
    neo4j_username: str = Field(
        default="neo4j", validation_alias="NEO4J_USERNAME", description="User of a Neo4j store."
    )
    neo4j_password: SecretStr | None = Field(
        default=None, validation_alias="NEO4J_PASSWORD", description="Password of a Neo4j store."
    )

    @field_validator("store")
    @classmethod
    def _no_credentials(cls, store: str | None) -> str | None:
        if store is not None and "@" in store.partition("://")[2].partition("/")[0]:
            raise ValueError(
                "a store's address holds no credentials; set NEO4J_USERNAME and NEO4J_PASSWORD"
            )
        return store

    @cached_property
    def directory(self) -> Path:
        """The data directory."""
        if self.data_dir is not None:
            return self.data_dir
        from platformdirs import user_data_path

        return user_data_path("evipath", appauthor=False)

    @property
    def store_url(self) -> str:
        """The store's address, the default one where none is set."""
        return self.store or f"sqlite:///{self.directory / 'graph.db'}"
