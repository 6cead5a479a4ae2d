"""The settings: environment variables ``ECLOR_*``, read once at the start and passed down as values."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from eclor.engine.limits import Engine

ENDPOINTS: Final = "endpoints.json"
"""File of the home where a run says where its sources answer, for the processes that it starts."""


class Settings(BaseSettings):
    """Everything that an operator may set; each is documented in `docs/operator/settings.md`."""

    model_config = SettingsConfigDict(env_prefix="ECLOR_", frozen=True, extra="ignore")

    home: Path = Field(Path("var"), description="Where all state lives.")
    territory: Path = Field(Path("policies/ccphva"), description="The territory's folder.")
    database_url: str = Field("", description="SQLAlchemy URL; empty means SQLite under the home.")
    storage_url: str = Field("", description="fsspec URL of published files; empty means a folder under the home.")
    engine: Engine = Field(Engine.DUCKDB, description="The engine that applies policies.")
    spark_master: str = Field("", description="Address of the cluster that Spark runs on; empty means this machine.")
    public_url: str = Field("", description="Origin of all absolute links; empty means http://127.0.0.1:PORT.")
    port: int = Field(
        8000, description="Port of the API and the pages.", validation_alias=AliasChoices("PORT", "ECLOR_PORT")
    )
    notify_url: str = Field("", description="Where context brokers reach `eclor intake`; empty means this machine.")
    notify_port: int = Field(0, description="Port of this machine that they are told at; 0 takes any.")
    push_token: SecretStr = Field(SecretStr(""), description="Token of the CKAN that `eclor push` writes to.")
    memory_limit: str = Field("1GB", description="Memory that the engine may take before it spills to disk.")

    rate: int = Field(
        3000, ge=0, description="Requests a minute that one client may make of one worker; 0 counts nobody."
    )

    @property
    def origin(self) -> str:
        """Return the origin of absolute links, without a trailing slash."""
        return (self.public_url or f"http://127.0.0.1:{self.port}").rstrip("/")

    @property
    def database(self) -> str:
        """Return the metadata database's URL."""
        return self.database_url or f"sqlite:///{(self.home / 'catalog.sqlite').resolve()}"

    @property
    def published(self) -> Path:
        """Return the folder of published versions."""
        return self.home / "published"


def environment() -> Mapping[str, str]:
    """Return the process's environment, for what looks secrets up by name."""
    return os.environ


def environment_for_children(settings: Settings) -> Mapping[str, str]:
    """Return this process's environment with the home, the territory and the port said outright."""
    return {
        **os.environ,
        "ECLOR_HOME": str(settings.home.resolve()),
        "ECLOR_TERRITORY": str(settings.territory.resolve()),
        "PORT": str(settings.port),
    }
