"""What a file given by hand is held to: no column empty throughout, no mixed clocks, no day out of the calendar."""

import io
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from eclor.errors import PayloadRefused
from eclor.offline.parquet import ParquetRows
from eclor.world import FixedClock
from harvesters import protocols
from harvesters.admission import Admission
from harvesters.intake import IntakeCounts
from harvesters.reach import Payload
from harvesters.reading import Reading
from harvesters.receiving import Keeping
from harvesters.scrutiny import Days, Met, Scrutiny
from tests.harvesting import all_of, column, flow

CALENDAR = Days(date(1912, 1, 1), date(2199, 12, 31))


def read(folder: Path, text: str, *columns: str, scrutiny: Scrutiny, more: str = "") -> IntakeCounts:
    source = flow(folder, *columns, address=str(folder), options="{fin_de_ligne: facultative}", more=more)
    protocol = protocols.load("csv")
    admission = Admission.of(source, all_of(source), shape=protocol.shape)
    rows = ParquetRows(folder / "rows.parquet")
    reading = Reading(
        protocol, admission, Keeping.REPLACE, rows, FixedClock(datetime(2027, 1, 1, tzinfo=UTC)), scrutiny
    )
    stream = io.BytesIO(text.encode())
    for _ in reading.rows(Payload("a.csv", stream, dict, taken=stream.tell)):
        pass
    return reading.settle(name="a.csv")


def refusal(folder: Path, text: str, *columns: str, spans: Mapping[str, Days] | None = None, more: str = "") -> str:
    with pytest.raises(PayloadRefused) as refused:
        read(folder, text, *columns, scrutiny=Scrutiny(spans=spans or {}), more=more)
    return refused.value.located()


DAYS = ["1912-01-01", "2199-12-31", ""]


@pytest.mark.parametrize("wrong", ["1911-12-31", "2200-01-01", "9999-12-31", "0001-01-01"])
def test_a_day_out_of_the_calendar_is_told_by_its_row(tmp_path: Path, wrong: str) -> None:
    text = "\n".join(["jour,site", *(f"{day},a" for day in DAYS), f"{wrong},a"])
    columns = (column("jour", "date"), column("site"))
    assert "a.csv: [intake.out-of-range] « jour »" in refusal(tmp_path, text, *columns, spans={"jour": CALENDAR})
    assert "1 lignes sur 4 (4)" in refusal(tmp_path, text, *columns, spans={"jour": CALENDAR})
    assert read(tmp_path, text, *columns, scrutiny=Scrutiny()).rows == 4
    sound = text.rpartition("\n")[0]
    assert read(tmp_path, sound, *columns, scrutiny=Scrutiny(spans={"jour": CALENDAR})).rows == 3


def test_clocks_that_are_mixed_from_one_batch_to_the_next_are_told(tmp_path: Path) -> None:
    hours = [*["2026-10-05T09:00:00Z"] * 200_000, "", "2026-10-05T09:00:00"]
    text = "vu\n" + "\n".join(f'"{hour}"' for hour in hours) + "\n"
    said = refusal(tmp_path, text, column("vu", "date-heure"))
    assert "[intake.mixed-zones]" in said
    assert "(200000 lignes sur 200002 : 1, 2, 3, 4, 5, …) et sans (1 : 200002)" in said


def test_a_row_that_the_declaration_leaves_out_is_not_looked_at(tmp_path: Path) -> None:
    text = "site,vu,poids\nnord,2026-10-05T09:00:00Z,1\nsud,2026-10-05T09:00:00,douze\nnord,2026-10-05T09:00:00+02:00,2"
    columns = (column("site"), column("vu", "date-heure"), column("poids", "entier"))
    kept = "    garder: [{chemin: site, valeurs: [nord]}]"
    assert read(tmp_path, text, *columns, scrutiny=Scrutiny(), more=kept).left_out == 1
    assert "[intake.retyped-column]" in refusal(tmp_path, text, *columns)


def test_a_column_that_nothing_is_made_of_may_be_empty(tmp_path: Path) -> None:
    text, columns = "nom,site\n,a\n ,b\n", (column("nom", "texte"), column("site"))
    assert "[intake.empty-column] « nom » (colonne « nom ») est vide à toutes les 2 lignes." in refusal(
        tmp_path, text, *columns
    )
    assert read(tmp_path, text, *columns, scrutiny=Scrutiny(may_be_empty=frozenset({"nom"}))).rows == 2


def test_a_file_without_rows_has_no_empty_column(tmp_path: Path) -> None:
    assert read(tmp_path, "nom,site\n", column("nom"), column("site"), scrutiny=Scrutiny()).rows == 0


def test_five_rows_are_named_and_all_are_counted() -> None:
    met = Met()
    for found in ([True, False, True], [False] * 3, [True] * 3, [True] * 3):
        met.where(pa.array(found), range(10, 13))
    assert (met.count, met.named) == (8, "10, 12, 10, 11, 12, …")
    met = Met()
    for row in range(5):
        met.at(row)
    assert met.named == "0, 1, 2, 3, 4"
