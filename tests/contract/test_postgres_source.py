"""A territory's own PostgreSQL as a source: read-only, streamed, never more than the mapped columns."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from harvesters.raw_store import RawStore
from tests.harvesting import store_at
from tests.unit.harvesters.transport.tables import filled, held, refused, run, source


@pytest.fixture
def store(tmp_path: Path) -> RawStore:
    return store_at(tmp_path)


@pytest.fixture
def engine(postgres_url: str) -> Iterator[Engine]:
    made = create_engine(postgres_url)
    yield made
    made.dispose()


def _plain(url: str) -> str:
    """The address as an operator writes it, without a driver."""
    return url.replace("+psycopg", "")


def test_a_table_is_read_in_the_order_of_its_key(
    tmp_path: Path, postgres_url: str, engine: Engine, store: RawStore
) -> None:
    filled(engine, rows=2_500)
    run(engine, "CREATE SCHEMA depots", "ALTER TABLE pesees SET SCHEMA depots")
    rows = held(tmp_path, _plain(postgres_url), store, source(tmp_path, address="depots.pesees"))
    assert [row["badge"] for row in rows] == [f"{number:06}" for number in range(2_500)]
    assert str(rows[7]["poids"]) == "7.10"


def test_a_view_that_writes_is_stopped_by_the_transaction(
    tmp_path: Path, postgres_url: str, engine: Engine, store: RawStore
) -> None:
    filled(engine)
    run(
        engine,
        "CREATE FUNCTION sly() RETURNS text LANGUAGE sql AS 'DELETE FROM pesees; SELECT ''x''::text'",
        "CREATE VIEW piege AS SELECT sly() AS badge, poids, pese_le, actif, prenom FROM pesees",
    )
    assert refused(tmp_path, _plain(postgres_url), store, source(tmp_path, address="piege")).code == "sql.cut"
    assert len(held(tmp_path, _plain(postgres_url), store, source(tmp_path))) == 3


def test_a_column_that_the_account_may_not_read_is_a_refusal(
    tmp_path: Path, postgres_url: str, engine: Engine, store: RawStore
) -> None:
    filled(engine)
    run(
        engine,
        "DROP ROLE IF EXISTS lectrice",
        "CREATE ROLE lectrice LOGIN",
        "GRANT SELECT (badge) ON pesees TO lectrice",
    )
    url = _plain(postgres_url).replace("postgres@", "lectrice@")
    assert refused(tmp_path, url, store, source(tmp_path)).code == "sql.cut"
    run(engine, "DROP OWNED BY lectrice", "DROP ROLE lectrice")
