"""A table of a database: mapped columns alone, read-only, streamed; the same rows make no new delivery."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event

from harvesters.raw_store import RawStore
from harvesters.transport import sql
from tests.harvesting import column, store_at
from tests.unit.harvesters.transport.tables import filled, held, refused, run, source


@pytest.fixture
def store(tmp_path: Path) -> RawStore:
    return store_at(tmp_path)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'base.sqlite'}"


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    made = create_engine(url)
    yield made
    made.dispose()


def test_rows_come_typed_in_the_order_of_their_key(tmp_path: Path, url: str, engine: Engine, store: RawStore) -> None:
    filled(engine)
    rows = held(tmp_path, url, store, source(tmp_path))
    assert [row["badge"] for row in rows] == ["000000", "000001", "000002"]
    assert [str(row["poids"]) for row in rows] == ["0.10", "1.10", "2.10"]
    assert set(rows[0]) == {"badge", "poids", "pese_le", "pese_le__ambigu", "actif"}


def test_only_columns_that_are_let_in_are_asked_for(
    tmp_path: Path, url: str, engine: Engine, store: RawStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(engine)
    asked: list[str] = []

    def watched(*given: object, **named: object) -> Engine:
        made = create_engine(*given, **named)  # type: ignore[call-overload]
        event.listen(made, "before_cursor_execute", lambda *said: asked.append(said[2]))
        return made  # type: ignore[no-any-return]

    monkeypatch.setattr(sql, "create_engine", watched)
    held(tmp_path, url, store, source(tmp_path))
    (select,) = [statement for statement in asked if "FROM pesees" in statement]
    assert "prenom" not in select
    assert "secret" not in select
    assert "*" not in select


def test_the_same_rows_write_nothing(tmp_path: Path, url: str, engine: Engine, store: RawStore) -> None:
    filled(engine)
    held(tmp_path, url, store, source(tmp_path))
    before = sorted((tmp_path / "raw").rglob("*"))
    held(tmp_path, url, store, source(tmp_path))
    assert sorted((tmp_path / "raw").rglob("*")) == before


def test_a_view_and_an_empty_table_are_states(tmp_path: Path, url: str, engine: Engine, store: RawStore) -> None:
    filled(engine)
    run(engine, "CREATE VIEW lourdes AS SELECT * FROM pesees WHERE poids > 2")
    assert len(held(tmp_path, url, store, source(tmp_path, address="lourdes"))) == 1
    run(engine, "DELETE FROM pesees")
    assert held(tmp_path, url, store, source(tmp_path, address="lourdes")) == []


def test_a_wide_name_is_quoted_and_what_is_no_number_refuses_its_row(
    tmp_path: Path, url: str, engine: Engine, store: RawStore
) -> None:
    run(engine, 'CREATE TABLE "order" ("N° badge" text, poids float, photo blob)')
    run(engine, "INSERT INTO \"order\" VALUES ('A1', 1.5, x'00ff'), ('A2', 9e999, NULL), ('A3', 2, NULL)")
    declared = source(
        tmp_path, column("badge", path="N° badge"), column("poids", "decimal", more=", decimales: 1"),
        column("photo", "texte"), column("prenom", "texte", more=", facultatif: oui"), address="order",
    )  # fmt: skip
    rows = held(tmp_path, url, store, declared)
    assert [(row["badge"], str(row["poids"]), row["photo"]) for row in rows] == [
        ("A1", "1.5", "00ff"),
        ("A3", "2.0", None),
    ]


@pytest.mark.parametrize(
    "address", ["pesees; DROP TABLE pesees", "pesees WHERE 1=1", "(SELECT 1)", "a.b.c", "pesees--", '"pesees"', "1x"]
)
def test_an_address_is_a_name_and_nothing_more(
    tmp_path: Path, url: str, engine: Engine, store: RawStore, address: str
) -> None:
    filled(engine)
    declared = source(tmp_path, address=address.replace('"', '\\"'))
    assert refused(tmp_path, url, store, declared).code == "sql.table"


def test_what_is_not_there_is_named(tmp_path: Path, url: str, engine: Engine, store: RawStore) -> None:
    filled(engine)
    assert refused(tmp_path, url, store, source(tmp_path, address="mesures")).code == "sql.no-table"
    declared = source(tmp_path, column("badge", path="numero"), column("prenom", "texte"))
    refusal = refused(tmp_path, url, store, declared)
    assert refusal.code == "sql.no-column"
    assert "numero" in refusal.french()


@pytest.mark.parametrize(
    ("secret", "code"),
    [
        ("mysql://u:MARKER@h/b", "sql.address"),
        ("no address MARKER", "sql.address"),
        ("sqlite:///relative.sqlite", "sql.address"),
        ("sqlite://", "sql.address"),
        ("sqlite:////nowhere/MARKER.sqlite", "sql.down"),
        ("postgresql://u:MARKER@127.0.0.1:1/b", "sql.down"),
        ("oracle+nothing://u:MARKER@h", "sql.address"),
    ],
)
def test_a_secret_that_opens_nothing_is_never_shown(tmp_path: Path, store: RawStore, secret: str, code: str) -> None:
    refusal = refused(tmp_path, secret, store, source(tmp_path))
    assert refusal.code == code
    assert "MARKER" not in refusal.french() + refusal.english() + str(refusal)


def test_nothing_is_written_even_by_a_missing_file(tmp_path: Path, store: RawStore) -> None:
    refused(tmp_path, f"sqlite:///{tmp_path / 'none.sqlite'}", store, source(tmp_path))
    assert not (tmp_path / "none.sqlite").exists()
