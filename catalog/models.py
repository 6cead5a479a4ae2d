"""The metadata: SQLModel tables, on SQLite (WAL) or PostgreSQL; changed only by a migration."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import JSON, BigInteger, Column, DateTime, Dialect, TypeDecorator, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class Instant(TypeDecorator[datetime]):
    """An aware instant, in UTC both ways: SQLite keeps no offset and would give back a naive one. Refuses naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant in UTC."""
        del dialect
        if value is not None and value.tzinfo is None:
            message = "an instant without its offset is not stored"
            raise ValueError(message)
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant in UTC, aware."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _instant(*, nullable: bool = False) -> "Column[datetime]":
    return Column(Instant(), nullable=nullable)


NOT_COLLECTED: Final = "not_collected"
"""What a dataset's row says, as its kind and as its state, of what the territory does not collect."""
_NOTHING: Final = text("''")


class DatasetRow(SQLModel, table=True):
    """A dataset of the territory: what is declared of it, and where it stands."""

    __tablename__ = "dataset"

    slug: str = Field(primary_key=True)
    title: str
    description: str
    kind: str
    """`snapshot`, `series` or `live`; `not_collected` of what is only announced."""
    theme: str
    service: str
    licence: str
    source: str
    simulated: bool
    shape: str
    declared: dict[str, object] = Field(sa_column=Column(JSON, nullable=False))
    """The dataset's declaration as parsed (French keys), for pages and metadata."""
    state: str
    """`waiting` (never published), `served`, `refused` (last run refused, nothing served), `withdrawn`.

    And `not_collected`: announced with its reason, and no row of it ever comes in.
    """
    state_reason: str = ""
    """French sentence(s) for people; empty while served and well."""
    current_version: int | None = None
    last_number: int = 0
    """The highest version number ever given, abandoned ones included: a number is never reused."""
    withdrawal_delay_s: int
    updated_at: datetime = Field(sa_column=_instant())


class VersionRow(SQLModel, table=True):
    """One published version; never changed, save what says whether its bytes may leave.

    `withdrawn_at` is for good; `closed_at` is undone when its policy is served again; `served_until` is compared with
    the clock by whoever serves.
    """

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("dataset", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    """Rises over all datasets: what live listeners replay from."""
    dataset: str = Field(foreign_key="dataset.slug", index=True)
    number: int
    published_at: datetime = Field(sa_column=_instant())
    periods: list[str] = Field(sa_column=Column(JSON, nullable=False))
    rows: int
    masked: int
    columns: list[dict[str, object]] = Field(sa_column=Column(JSON, nullable=False))
    """`ReleaseColumn` as a map: name, type, kind, description, level, decimals."""
    folder: str
    """Relative to the published root."""
    content_digest: str
    """SHA-256 of the CSV: two equal releases are one version."""
    policy_digest: str
    policy_version: int
    journal_index: int
    note: str = ""
    """Why this version: « Octobre 2026 », « Livraison du 24 novembre »…"""
    withdrawn_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))
    withdrawn_reason: str = ""
    closed_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))
    """Since when the acts on its policy, or the calendar, keep its bytes from leaving."""
    closed_reason: str = Field(default="", sa_column_kwargs={"server_default": _NOTHING})
    served_until: datetime | None = Field(default=None, sa_column=_instant(nullable=True))
    """When the calendar ends its serving, unless something is renewed before."""
    until_reason: str = Field(default="", sa_column_kwargs={"server_default": _NOTHING})


class ServingChangeRow(SQLModel, table=True):
    """What the journal told of versions that no longer leave, or leave again: what the feed of withdrawals shows."""

    __tablename__ = "serving_change"

    journal_index: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    """The entry that told it: each is written here once."""
    dataset: str = Field(index=True)
    versions: str
    """Numbers and runs of numbers: `1-3, 7`."""
    change: str
    """`withdrawn` (for good), `closed` (until it is served again), `reopened`."""
    reason: str
    since: datetime = Field(sa_column=_instant())
    told_at: datetime = Field(sa_column=_instant())


class FileRow(SQLModel, table=True):
    """One file of a version."""

    __tablename__ = "file"
    __table_args__ = (UniqueConstraint("version_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    version_id: int = Field(foreign_key="version.id", index=True)
    name: str
    media_type: str
    size_bytes: int = Field(sa_type=BigInteger)
    sha256: str


class WalkRow(SQLModel, table=True):
    """One walk of one dataset through the doors, and how it ended."""

    __tablename__ = "walk"

    id: int | None = Field(default=None, primary_key=True)
    run_id: str = Field(index=True)
    dataset: str = Field(index=True)
    started_at: datetime = Field(sa_column=_instant())
    ended_at: datetime = Field(sa_column=_instant())
    outcome: str
    """`published`, `unchanged`, `waiting` (no closed period yet), `paused` (no source was asked), `refused`,
    `unavailable`, `failed`."""
    door: str
    """The door that refused: declaration, harvest, compile, apply, validate, publish; empty otherwise."""
    version: int | None = None
    message_fr: str = ""
    message_en: str = ""
    internal: dict[str, object] = Field(sa_column=Column(JSON, nullable=False))
    """Figures for the DPO; never in a public answer."""
    told: dict[str, object] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """What anybody may read of its end: `reason` in French, `refusal` (`EclorError.told`), `mute` (the same by way)."""


class TokenRow(SQLModel, table=True):
    """One API token: whom it stands for, and its digest; never the token."""

    __tablename__ = "api_token"

    id: str = Field(primary_key=True)
    """Names it in lists; says nothing of it."""
    digest: str = Field(unique=True)
    user: str
    """The program or the service that uses it: never a person's name."""
    role: str
    organization: str
    """Identifier of the organisation that it is for; empty for all."""
    name: str
    made_at: datetime = Field(sa_column=_instant())


class DraftRow(SQLModel, table=True):
    """One draft of a dataset: a description as a program wrote it, for people to read; no row of data."""

    __tablename__ = "draft"

    id: str = Field(primary_key=True)
    name: str = Field(unique=True)
    organization: str
    state: str
    """`draft` or `deleted`, as its writer left it."""
    described: dict[str, object] = Field(sa_column=Column(JSON, nullable=False))
    writer: str
    made_at: datetime = Field(sa_column=_instant())
    changed_at: datetime = Field(sa_column=_instant())
