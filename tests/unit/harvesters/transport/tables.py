"""What a table read by the access `sql` must give, whatever the database; `test_sql` and the contract tests run it."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from eclor.errors import EclorError
from harvesters.raw_store import RawStore
from harvesters.receiving import Keeping
from harvesters.source import Source
from tests.harvesting import all_of, column, flow, harvested, rows_of

COLUMNS = (
    column("badge"),
    column("poids", "decimal", more=", decimales: 2"),
    column("pese_le", "date-heure"),
    column("actif", "booleen", more=", facultatif: oui"),
    column("prenom", "texte"),
)


def source(folder: Path, *columns: str, address: str = "pesees", options: str = "{cle: badge}") -> Source:
    return flow(
        folder, *(columns or COLUMNS), access="sql", protocol="json", address=address, options=options,
        more="    secret: base",
    )  # fmt: skip


def run(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def filled(engine: Engine, rows: int = 3) -> None:
    created = (
        "CREATE TABLE pesees (badge text, poids numeric(9,2), pese_le timestamp, "
        "actif boolean, prenom text, secret text)"
    )
    added = text("INSERT INTO pesees VALUES (:badge, :poids, '2026-11-04 08:00:00', true, 'x', 'MARKER')")
    run(engine, created)
    with engine.begin() as connection:
        given = [{"badge": f"{number:06}", "poids": f"{number}.10"} for number in reversed(range(rows))]
        connection.execute(added, given)


def held(folder: Path, url: str, store: RawStore, declared: Source) -> list[dict[str, object]]:
    raw = harvested(
        declared, store, allowed=all_of(declared, "prenom"), keeping=Keeping.REPLACE, secrets={"ECLOR_SECRET_BASE": url}
    )
    return rows_of(raw, store, folder / "work")


def refused(folder: Path, url: str, store: RawStore, declared: Source) -> EclorError:
    with pytest.raises(EclorError) as caught:
        held(folder, url, store, declared)
    return caught.value
