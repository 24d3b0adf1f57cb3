"""What an operator can set, by environment variables that begin with ``EVIPATH_``."""

from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.model.vocabulary import Role

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
    public_url: str | None = Field(
        default=None,
        description="Address by which browsers reach the service where a proxy stands before it, "
        "as in https://evipath.example.org; decides whether sessions are sent by https alone.",
    )
    session_hours: int = Field(
        default=12, ge=1, le=720, description="Hours after which a browser must sign in again."
    )
    quorum: int = Field(
        default=1,
        ge=1,
        le=2,
        description="Curators who must agree before a claim is accepted or rejected: 1 or 2.",
    )
    write_limit: str = Field(
        default="1200/minute",
        description="How often one user may write, as in 100/minute; empty: as often as they like.",
    )
    sign_in_limit: str = Field(
        default="20/minute",
        description="How often one address may try to sign in; empty: as often as it likes.",
    )
    oidc_issuer: str | None = Field(
        default=None,
        description="Address of an OpenID Connect provider that signs people in, as in "
        "https://login.example.org; needs EVIPATH_OIDC_CLIENT_ID.",
    )
    oidc_client_id: str | None = Field(
        default=None, description="Name that the provider gave this service."
    )
    oidc_client_secret: SecretStr | None = Field(
        default=None, description="The service's secret there, where the provider gave it one."
    )
    oidc_label: str = Field(
        default="your institution", description="What the page calls the provider."
    )
    oidc_scopes: str = Field(
        default="openid profile email", description="What the provider is asked to tell."
    )
    oidc_name_claim: str = Field(
        default="preferred_username", description="What of the identity becomes the user's name."
    )
    oidc_role_claim: str = Field(
        default="groups", description="What of the identity holds the groups or roles."
    )
    oidc_roles: dict[str, Role] = Field(
        default_factory=dict,
        description='Role by group, as JSON: {"lab-curators": "curator"}; the highest counts.',
    )
    oidc_default_role: Role | None = Field(
        default=None, description="Role of those in none of these groups; none: they are refused."
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
    searches: int = Field(
        default=4,
        ge=1,
        le=1024,
        description="Questions that search for paths at the same time; each may take 100 MB.",
    )
    searches_waiting: int = Field(
        default=64,
        ge=0,
        le=10_000,
        description="Questions that may wait for their turn to search; more are refused with 503.",
    )
    retry_after: int = Field(
        default=5, ge=1, le=3600, description="Seconds that a refused client is asked to wait."
    )
    extraction: bool = Field(
        default=True,
        description="Read each article that is ingested for candidate claims, and show all its "
        "mentions.",
    )
    extraction_jobs: int = Field(
        default=1,
        ge=1,
        le=64,
        description="Processes in which the service reads articles for claims.",
    )
    model_base_url: str | None = Field(
        default=None,
        description="Address of a language model as a second reader, as in "
        "http://127.0.0.1:8080/v1; it is asked only where a command or request says so.",
    )
    model_name: str | None = Field(default=None, description="The language model's name there.")
    model_api_key: SecretStr | None = Field(
        default=None, description="Key for the language model, where it wants one."
    )
    model_input_price: float | None = Field(
        default=None, ge=0, description="Price of a million tokens that the model is sent."
    )
    model_output_price: float | None = Field(
        default=None, ge=0, description="Price of a million tokens that the model writes."
    )
    model_timeout: float = Field(
        default=60.0, gt=0, le=3600, description="Seconds that one request to the model may take."
    )
    model_retries: int = Field(
        default=2, ge=0, le=10, description="How often a request to the model is sent again."
    )
    ncbi_base_url: str = Field(
        default="https://eutils.ncbi.nlm.nih.gov/entrez/eutils",
        description="Address of the E-utilities that articles are fetched from.",
    )
    ncbi_email: str | None = Field(
        default=None,
        pattern=r"^[^@\s]+@[^@\s]+$",
        description="E-mail address that NCBI may write to about your requests; NCBI asks for one.",
    )
    ncbi_tool: str = Field(
        default="evipath",
        pattern=r"^\S+$",
        description="Name of the program that NCBI is told, without blanks.",
    )
    ncbi_api_key: SecretStr | None = Field(
        default=None,
        description="Key from an NCBI account: ten requests a second instead of three.",
    )
    fetch_limit: int = Field(
        default=1000,
        ge=1,
        le=1_000_000,
        description="Hits of a PubMed query that are fetched where no limit was given; a query "
        "with more is refused.",
    )
    trapi_batch_limit: int = Field(
        default=10_000,
        ge=1,
        le=1_000_000,
        description="Identifiers that one TRAPI query may have; more get 413.",
    )
    trapi_callback_hosts: str = Field(
        default="",
        description="Hosts that TRAPI's /asyncquery may send answers to, with commas between; "
        "empty allows every host that is public.",
    )
    trapi_private_callbacks: bool = Field(
        default=False,
        description="Let /asyncquery send answers to loopback and private addresses, too.",
    )
    mcp_token: SecretStr | None = Field(
        default=None,
        description="Token of a curator, in whose name `evipath mcp` may decide on candidates; "
        "without it that command only reads.",
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

    @field_validator("write_limit", "sign_in_limit")
    @classmethod
    def _a_rate(cls, rate: str) -> str:
        from limits import parse

        if rate.strip():
            try:
                parse(rate)
            except ValueError as error:
                raise ValueError("a limit is written as in 100/minute, or is empty") from error
        return rate.strip()

    @field_validator("public_url", "oidc_issuer")
    @classmethod
    def _an_address(cls, url: str | None) -> str | None:
        if url is None:
            return None
        parts = urlsplit(url)
        loopback = parts.hostname in ("localhost", "127.0.0.1", "::1")
        if parts.scheme != "https" and not (parts.scheme == "http" and loopback):
            raise ValueError("the address begins with https:// (http:// only on this machine)")
        if not parts.hostname or parts.username or parts.query or parts.fragment:
            raise ValueError("the address has a host, and neither credentials nor a query")
        return url.rstrip("/")

    @model_validator(mode="after")
    def _provider_is_whole(self) -> Self:
        if self.oidc_issuer is not None and self.oidc_client_id is None:
            raise ValueError("an OpenID Connect provider needs EVIPATH_OIDC_CLIENT_ID")
        return self

    @field_validator("model_base_url", "ncbi_base_url")
    @classmethod
    def _plain_address(cls, url: str | None) -> str | None:
        if url is None:
            return None
        scheme, _, rest = url.partition("://")
        if scheme not in ("http", "https") or not rest or "@" in rest.partition("/")[0]:
            raise ValueError(
                "the address begins with http:// or https:// and holds no credentials; "
                "set EVIPATH_MODEL_API_KEY or EVIPATH_NCBI_API_KEY"
            )
        return url

    @property
    def callback_hosts(self) -> tuple[str, ...]:
        """The hosts that answers may be sent to; empty for every public one."""
        names = (each.strip().lower() for each in self.trapi_callback_hosts.split(","))
        return tuple(each for each in names if each)

    @property
    def has_model(self) -> bool:
        """Whether a language model is set up."""
        return bool(self.model_base_url and self.model_name)

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
