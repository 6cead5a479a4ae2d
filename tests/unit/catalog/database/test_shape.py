"""The tables are what the migrations make, on either engine (`tests/contract` runs this file on PostgreSQL)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import SQLModel, select

from catalog.database import reading, upgrade, writing
from catalog.models import WalkRow
from eclor.errors import SettingsRefused
from tests.unit.catalog.database.rows import dataset_row, version_row, walk_row

PARIS_WINTER = timezone(timedelta(hours=1))


def test_the_migrations_leave_nothing_to_change(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_two_starts_migrate_once(engine: Engine) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(upgrade, [engine, engine]))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM alembic_version").scalar_one() == 1


def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(engine: Engine) -> None:
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SettingsRefused) as refused:
        upgrade(engine)
    assert refused.value.code == "catalog.newer-database"
    assert refused.value.facts["migration"] == "9999"
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == "9999"


def test_an_instant_comes_back_aware_and_equal(engine: Engine) -> None:
    noon_in_paris = datetime(2026, 11, 24, 12, 0, tzinfo=PARIS_WINTER)
    with writing(engine) as session:
        session.add(walk_row("a", started_at=noon_in_paris))
    with reading(engine) as session:
        kept = session.exec(select(WalkRow)).one().started_at
    assert (kept, kept.utcoffset()) == (datetime(2026, 11, 24, 11, 0, tzinfo=UTC), timedelta(0))


def test_an_instant_without_its_offset_is_not_stored(engine: Engine) -> None:
    with pytest.raises(StatementError, match="without its offset"), writing(engine) as session:
        session.add(walk_row("a", started_at=datetime(2026, 11, 24, 12, 0)))  # noqa: DTZ001 - what is refused


def test_a_number_names_one_version(engine: Engine) -> None:
    with writing(engine) as session:
        session.add(dataset_row("a"))
        session.flush()
        session.add(version_row("a", 1))
    with pytest.raises(IntegrityError), writing(engine) as session:
        session.add(version_row("a", 1))


def test_a_version_belongs_to_a_dataset(engine: Engine) -> None:
    with pytest.raises(IntegrityError), writing(engine) as session:
        session.add(version_row("nobody", 1))


def test_a_failed_change_changes_nothing(engine: Engine) -> None:
    def half_done() -> None:
        with writing(engine) as session:
            session.add(dataset_row("a"))
            session.flush()
            session.add(version_row("nobody", 1))

    with pytest.raises(IntegrityError):
        half_done()
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM dataset").scalar_one() == 0


def test_two_writers_wait_for_each_other(engine: Engine) -> None:
    def walk(number: int) -> None:
        with writing(engine) as session:
            session.exec(select(WalkRow)).all()
            session.add(walk_row(f"run-{number}"))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(walk, range(20)))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM walk").scalar_one() == 20
