"""Numbers and days as people write them: read as the column declares, and any other way is refused, never guessed."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eclor.errors import DeclarationRefused
from eclor.names import FieldName
from harvesters.harvest import harvest
from harvesters.receiving import Keeping
from harvesters.source import MappedColumn
from harvesters.storage_types import typed_cells
from harvesters.typed_columns import typed_column
from harvesters.written import FORMS
from tests.harvesting import all_of, column, drop, flow, reach, rows_of, store_at

READ = [
    ("1 234,50", "decimal", "1 234,50", Decimal("1234.50")),
    ("1 234,50", "decimal", "1\u202f234\u202f567,5", Decimal("1234567.50")),
    ("1 234,50", "decimal", "1\u00a0234,50\u00a0€", Decimal("1234.50")),
    ("1 234,50", "decimal", "\u221212,5", Decimal("-12.50")),
    ("1 234,50", "decimal", "12", Decimal("12.00")),
    ("1 234,50", "entier", "1 234", 1234),
    ("1 234,50", "position", ["5,8912", "49,4567"], "5.8912,49.4567"),
    ("1.234,50", "decimal", "1.234,50", Decimal("1234.50")),
    ("1,234.50", "decimal", "1,234.50", Decimal("1234.50")),
    ("31/12/2026", "date", "1/2/2026", date(2026, 2, 1)),
    ("31.12.2026", "date", "31.12.2026", date(2026, 12, 31)),
    ("12,5 %", "decimal", "1 012,5\u202f%", Decimal("1012.50")),
    ("12,5 %", "entier", "-3%", -3),
    ("12.5 %", "decimal", "1,012.5%", Decimal("1012.50")),
    ("31/12/26", "date", "1/2/68", date(2068, 2, 1)),
    ("31/12/26", "date", "01/02/69", date(1969, 2, 1)),
    ("31.12.26", "date", "31.12.00", date(2000, 12, 31)),
    ("31 décembre 2026", "date", "1er août 2026", date(2026, 8, 1)),
    ("31 décembre 2026", "date", "2\u00a0FEVRIER\u00a02026", date(2026, 2, 2)),
    ("31 décembre 2026", "date", "9 de\u0301c. 2026", date(2026, 12, 9)),
    ("31 décembre 2026", "date", "29 févr. 2024", date(2024, 2, 29)),
    ("31 décembre 2026", "date", "14 juill. 2026", date(2026, 7, 14)),
    ("31 décembre 2026", "date", "Jeudi 31 décembre 2026", date(2026, 12, 31)),
    ("31 décembre 2026", "date", "sam. 1er août 2026", date(2026, 8, 1)),
    ("31 décembre 2026", "date", "samedi, 1 août 2026", date(2026, 8, 1)),
]
REFUSED = [
    ("1 234,50", "decimal", "12.5"),
    ("1 234,50", "decimal", "1 23,50"),
    ("1 234,50", "decimal", "1234 567"),
    ("1 234,50", "decimal", "12,50 €/t"),
    ("1 234,50", "decimal", "n.c."),
    ("1 234,50", "entier", "12,5"),
    ("1 234,50", "position", ["5.8912", "49,4567"]),
    ("1,234.50", "decimal", "1 234,50"),
    ("31/12/2026", "date", "2026-12-31"),
    ("31/12/2026", "date", "12/31/2026"),
    ("31/12/2026", "date", "31/12/26"),
    ("31/12/2026", "date", "29/02/2026"),
    ("31/12/2026 23:59", "date-heure", "31/12/2026"),
    ("12,5 %", "decimal", "12,5"),
    ("12,5 %", "decimal", "12,5 €"),
    ("1 234,50", "decimal", "12,5 %"),
    ("31/12/26", "date", "31/12/2026"),
    ("31/12/26", "date", "29/02/26"),
    ("31 décembre 2026", "date", "31 brumaire 2026"),
    ("31 décembre 2026", "date", "mercredi 31 décembre 2026"),
    ("31 décembre 2026", "date", "jeud 31 décembre 2026"),
    ("31 décembre 2026", "date", "jeudi 31 février 2026"),
    ("31 décembre 2026", "date", "31 décembre 26"),
    ("31 décembre 2026", "date", "31/12/2026"),
]


def mapped(written: str, kind: str) -> MappedColumn:
    return MappedColumn(FieldName("x"), "x", kind, decimals=2 if kind == "decimal" else 0, written=written)


@pytest.mark.parametrize(("written", "kind", "cell", "value"), READ)
def test_a_cell_is_read_as_its_column_declares(written: str, kind: str, cell: object, value: object) -> None:
    typed = typed_cells(mapped(written, kind), [cell])
    assert (typed.values, typed.refused) == ([value], ())


@pytest.mark.parametrize(("written", "kind", "cell"), REFUSED)
def test_another_way_of_writing_is_refused(written: str, kind: str, cell: object) -> None:
    typed = typed_cells(mapped(written, kind), [cell, "", None])
    assert (typed.values, typed.refused) == ([None, None, None], (0,))


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("31/12/2026 23:59", "1/7/2026 8:05"),
        ("31/12/2026 23:59", "01/07/2026 08:05:00"),
        ("31/12/2026 23:59", "01/07/2026, 8h05"),
        ("31.12.26 23:59", "01.07.26 8:05"),
        ("31 décembre 2026 23:59", "1er juillet 2026 à 8 h 05"),
        ("31 décembre 2026 23:59", "mercredi 1er juillet 2026 à 8h05"),
    ],
)
def test_an_instant_is_local_whatever_the_column_holds_beside(written: str, text: str) -> None:
    typed = typed_column(mapped(written, "date-heure"), [text] * 200)
    assert set(typed.arrays["x"].to_pylist()) == {datetime(2026, 7, 1, 6, 5)}  # noqa: DTZ001 - as it is stored


@given(st.decimals(-(10**12), 10**12, places=2), st.sampled_from(["1 234,50", "1.234,50", "1,234.50"]))
def test_every_number_that_is_written_so_is_read_exactly(number: Decimal, written: str) -> None:
    thousands, mark = {"1 234,50": ("\u202f", ","), "1.234,50": (".", ","), "1,234.50": (",", ".")}[written]
    text = f"{number:,.2f}".translate(str.maketrans({",": thousands, ".": mark}))
    assert typed_cells(mapped(written, "decimal"), [text]).values == [number]


@pytest.mark.parametrize("written", FORMS)
def test_an_example_is_read_in_its_own_way(written: str) -> None:
    assert FORMS[written].plain(written) in {"1234.50", "12.5", "2026-12-31", "2026-12-31T23:59"}


@given(st.text(alphabet="0123456789 ,.-/€\u202fh:", max_size=30), st.sampled_from(sorted(FORMS)))
def test_a_text_is_read_in_the_plain_way_or_not_at_all(text: str, written: str) -> None:
    read = FORMS[written].plain(text)
    assert read is None or set(read) <= set("+-0123456789.:T")


def test_a_file_of_a_town_hall_is_read_as_its_spreadsheet_wrote_it(tmp_path: Path) -> None:
    """Semicolons, commas, spaces, a currency, days first, in the encoding of an office: a wrong cell is counted."""
    lines = (
        "Jour;Montant;Lieu",
        "03/02/2026;1 234,50\u00a0€;Hôtel de ville",
        "31/12/2025;12,5;",
        "31/12/2025;douze;École",
    )
    source = flow(
        tmp_path,
        column("jour", "date", path="Jour", more=', ecrit: "31/12/2026"'),
        column("montant", "decimal", path="Montant", more=', decimales: 2, ecrit: "1 234,50"'),
        column("lieu", "texte", path="Lieu"),
        address=str(tmp_path / "in"), options='{delimiteur: ";", encodage: windows-1252}',
    )  # fmt: skip
    drop(tmp_path / "in", "factures.csv", "".join(f"{line}\r\n" for line in lines).encode("windows-1252"))
    store = store_at(tmp_path)
    raw = harvest(source, all_of(source), keeping=Keeping.REPLACE, store=store, reach=reach(store))
    assert rows_of(raw, store, tmp_path) == [
        {"jour": date(2026, 2, 3), "montant": Decimal("1234.50"), "lieu": "Hôtel de ville"},
        {"jour": date(2025, 12, 31), "montant": Decimal("12.50"), "lieu": None},
    ]
    assert raw.counts.refused == 1


@pytest.mark.parametrize(("kind", "written"), [("texte", "1 234,50"), ("date", "1 234,50"), ("entier", "1_234")])
def test_an_example_that_does_not_suit_the_type_is_refused_with_those_that_do(
    tmp_path: Path, kind: str, written: str
) -> None:
    with pytest.raises(DeclarationRefused) as refused:
        flow(tmp_path, column("x", kind, more=f', ecrit: "{written}"'), address="/in")
    assert refused.value.code == "declaration.written"
    assert ("31/12/2026" in refused.value.facts["fitting"]) == (kind == "date")


@pytest.mark.parametrize("last", ["panne,0", "ok"])
def test_a_code_that_stands_for_nothing_is_none_of_the_list_and_stops_nothing(tmp_path: Path, last: str) -> None:
    """By columns, and row by row where a line is too short."""
    source = flow(
        tmp_path,
        column("etat", "code", more=', valeurs: ["ok", "panne"], vides: ["NN"]'),
        column("niveau", "entier", more=', vides: ["-999"]'),
        address=str(tmp_path / "in"),
    )  # fmt: skip
    drop(tmp_path / "in", "a.csv", ["etat,niveau", "ok,12", "NN,-999", last, "ok,0"])
    store = store_at(tmp_path)
    raw = harvest(source, all_of(source), keeping=Keeping.REPLACE, store=store, reach=reach(store))
    held = [(row["etat"], row["niveau"]) for row in rows_of(raw, store, tmp_path)]
    assert (held[:2], held[-1]) == ([("ok", 12), (None, None)], ("ok", 0))
