"""The metadata database: one engine a process, SQLite in WAL mode or PostgreSQL; migrated at start."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlmodel import Session

from eclor.errors import SettingsRefused

DRIVERS: Final = frozenset({"sqlite", "postgresql+psycopg"})
BUSY_TIMEOUT_MS: Final = 10_000
MIGRATIONS: Final = Path(__file__).parent / "migrations"
MIGRATION_LOCK: Final = 3_141_592
"""The PostgreSQL advisory lock under which one process at a time migrates."""


def engine_at(url: str) -> Engine:
    """Return an engine on the metadata database; nothing is read nor changed yet.

    Refuses (`SettingsRefused`) a URL that is neither `sqlite:///FILE` nor `postgresql+psycopg://…`.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise SettingsRefused("catalog.database-url") from error
    if parsed.drivername not in DRIVERS:
        raise SettingsRefused("catalog.database-url")
    engine = create_engine(parsed, pool_pre_ping=parsed.drivername != "sqlite")
    if engine.dialect.name == "sqlite":
        if parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: SqliteConnection, _record: object) -> None:
    """WAL: readers never wait for the writer. FULL: a committed version survives a power cut."""
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Begin as a writer where a writer is announced: a read that turns into a write could not wait for its turn."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Give a session that sees one state of the database and changes nothing."""
    with Session(engine) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """Give a session whose changes are committed together at the end, or not at all."""
    with engine.connect().execution_options(writes=True) as connection, Session(connection) as session, session.begin():
        yield session


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest shape; one process at a time, all steps or none.

    Refuses (`SettingsRefused`) one that does not answer or cannot be read, and one that a newer version has changed.
    """
    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
            config = migrations(connection)
            _refuse_newer(connection, config)
            command.upgrade(config, "head")
    except DBAPIError as error:
        cause = getattr(error.orig, "sqlite_errorname", type(error.orig).__name__)
        raise SettingsRefused("catalog.no-database", cause=cause) from error


def _refuse_newer(connection: Connection, config: Config) -> None:
    """Refuse a database at a migration that this version does not have: what it changed cannot be known."""
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    reached = MigrationContext.configure(connection).get_current_heads()
    if unknown := sorted(set(reached) - known):
        raise SettingsRefused("catalog.newer-database", migration=", ".join(unknown), newest=max(known))


def migrations(connection: Connection) -> Config:
    """Return the migrations' configuration, bound to an open connection: no file, no address."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
