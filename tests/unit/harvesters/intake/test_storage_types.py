"""Cells become storage values exactly, or are refused; expected values worked out by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from eclor.names import FieldName
from harvesters.source import MappedColumn
from harvesters.storage_types import STORAGE_TYPES, CellRefused, arrow_columns, typed_cells
from harvesters.times import Instant
from harvesters.typed_columns import typed_texts


def _naive(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _column(kind: str, **more: int) -> MappedColumn:
    return MappedColumn(FieldName("c"), "c", kind, **more)  # type: ignore[arg-type]


def _read(kind: str, cell: object, **more: int) -> object:
    typed = typed_cells(_column(kind, **more), [cell])
    if typed.refused:
        raise CellRefused
    return typed.values[0]


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("texte", "  Rue de l'E\u0301cole \n", "Rue de l'École"),
        ("texte", "\u00a0deux  mots\u00a0", "deux  mots"),
        ("texte", 54580, "54580"),
        ("code", "054580", "054580"),
        ("code", "2A004", "2A004"),
        ("code", "1E05", "1E05"),
        ("code", 9007199254740993, "9007199254740993"),
        ("texte", "Classe 2,5E+3", "Classe 2,5E+3"),
        ("texte", "+33 (0)3 82 59 15 15", "+33 (0)3 82 59 15 15"),
        ("texte", "+33(0)382591515", "+33(0)382591515"),
        ("texte", "-5 °C (nuit)", "-5 °C (nuit)"),
        ("texte", "- voie(s) fermée(s), rue(bis), accès(voir plan)", "- voie(s) fermée(s), rue(bis), accès(voir plan)"),
        ("texte", "- Salle Curie(2e étage), + de 65 ans(H/F)", "- Salle Curie(2e étage), + de 65 ans(H/F)"),
        ("texte", "- habitant(e-s), agent(e.s) : 8h-12h(été)", "- habitant(e-s), agent(e.s) : 8h-12h(été)"),
        ("texte", "- Concert | Entrée libre ! Venez !!", "- Concert | Entrée libre ! Venez !!"),
        ("texte", "@paysHautVal", "@paysHautVal"),
        ("texte", "a = b (c|d)!", "a = b (c|d)!"),
        ("texte", "=> voir (annexe)", "=> voir (annexe)"),
        ("texte", "=====", "====="),
        ("code", "-12", "-12"),
        ("code", Decimal("12.0"), "12"),
        ("code", date(2026, 11, 24), "2026-11-24"),
        ("entier", " -12 ", -12),
        ("entier", "+7", 7),
        ("entier", 9223372036854775807, 9223372036854775807),
        ("entier", Decimal("57.0"), 57),
        ("entier", "57.0", 57),
        ("booleen", "Oui", True),
        ("booleen", "FAUX", False),
        ("booleen", "yes", True),
        ("booleen", 0, False),
        ("booleen", True, True),
        ("date", "2024-02-29", date(2024, 2, 29)),
        ("date-heure", "2026-11-24T12:00:00Z", Instant(_naive("2026-11-24T12:00:00"), ambiguous=False)),
        ("date-heure", "2026-11-24 13:00+01:00", Instant(_naive("2026-11-24T12:00:00"), ambiguous=False)),
        ("date-heure", "2026-11-24T12:00:00.123456789-0530", Instant(_naive("2026-11-24T17:30:00.123456"), False)),
        ("date-heure", "2026-11-24T13:00", Instant(_naive("2026-11-24T12:00:00"), ambiguous=False)),
        ("date-heure", "2026-07-14T13:00:00", Instant(_naive("2026-07-14T11:00:00"), ambiguous=False)),
        ("date-heure", datetime(2026, 11, 24, 12, tzinfo=UTC), Instant(_naive("2026-11-24T12:00:00"), ambiguous=False)),
        ("position", "5.92810,49.45220", "5.9281,49.4522"),
        ("position", "[5.9281, 49.4522]", "5.9281,49.4522"),
        ("position", [Decimal("5.92810"), Decimal("49.4522")], "5.9281,49.4522"),
        ("position", {"type": "Point", "coordinates": [6, Decimal("49.5"), 300]}, "6,49.5"),
        ("position", "-0.00000001,51.4779", "0,51.4779"),
        (
            "geometrie",
            {"type": "Point", "coordinates": [6, Decimal("49.50")]},
            '{"type":"Point","coordinates":[6,49.50]}',
        ),
        ("geometrie", '{"type": "Point", "coordinates": [6, 49.5]}', '{"type":"Point","coordinates":[6,49.5]}'),
        (
            "geometrie",
            {"commentaire": "Mme Kieffer", "bbox": [647310098], "coordinates": [6, 49, 231], "type": "Point"},
            '{"type":"Point","coordinates":[6,49,231]}',
        ),
        (
            "geometrie",
            {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [6, 49], "nom": "Kieffer"}]},
            '{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[6,49]}]}',
        ),
        ("fichier", "https://x/y.jpg", "https://x/y.jpg"),
    ],
)
def test_a_cell_is_read_as_its_type(kind: str, cell: object, value: object) -> None:
    assert _read(kind, cell) == value


@pytest.mark.parametrize("kind", sorted(STORAGE_TYPES))
@pytest.mark.parametrize("cell", [None, "", "   ", "\t"])
def test_an_empty_cell_is_empty_in_every_type(kind: str, cell: object) -> None:
    assert _read(kind, cell, **({"decimals": 2} if kind == "decimal" else {})) is None


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("texte", True),
        ("texte", Decimal("1.5")),
        ("texte", ["a"]),
        ("texte", {"a": 1}),
        ("entier", "12.5"),
        ("entier", Decimal("12.5")),
        ("entier", "1 000"),
        ("entier", "1_000"),
        ("entier", "12 W"),
        ("entier", "١٢"),
        ("entier", True),
        ("entier", "NaN"),
        ("entier", float("nan")),
        ("entier", float("inf")),
        ("entier", 2**63),
        ("entier", "-9223372036854775809"),
        ("entier", Decimal("1E+40")),
        ("booleen", "2"),
        ("booleen", "designated"),
        ("booleen", Decimal(1)),
        ("date", "24/11/2026"),
        ("date", "2026-02-30"),
        ("date", "2026-11-24T00:00:00Z"),
        ("date", "20261124"),
        ("date", 20261124),
        ("date-heure", "2026-11-24"),
        ("date-heure", "2026-11-24T24:00:00Z"),
        ("date-heure", "2026-11-24T12:00:00+25:00"),
        ("date-heure", "2026-11-24T12:00:60Z"),
        ("date-heure", 1764000000),
        ("date-heure", "0001-01-01T00:00:00+02:00"),
        ("position", "49.4522"),
        ("position", "5.9;49.4"),
        ("position", "5,9,49,4"),
        ("position", "181,45"),
        ("position", "45,91"),
        ("position", "0,0"),
        ("position", [5.9, None]),
        ("position", {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}),
        ("geometrie", "not json"),
        ("geometrie", {"type": "Point", "coordinates": [6, 49, 647310098]}),
        ("geometrie", {"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]}),
        ("geometrie", {"type": "Polygon", "coordinates": [[[5, 49], [6, 50], [6, 49], [5, 50], [5, 49]]]}),
        ("code", "2,45701E+13"),
        ("code", "2.45701E+13"),
        ("code", "5.457E+4 "),
        ("texte", "=1+1"),
        ("texte", '  =HYPERLINK("http://x.example","gratuit")'),
        ("code", "=A1"),
        ("texte", "@SUM(1+9)*cmd|' /C calc'!A0"),
        ("texte", "+cmd|' /C calc'!A0"),
        ("texte", "- hyperlink(a1)"),
        ("texte", "-1+LOG10(2)"),
        ("texte", '+HYPERLINK ("http://x.example")'),
        ("texte", "+A1 & hyperlink(concatenate(a1;b1))"),
        ("texte", "-Feuille!A1+_xlfn.WEBSERVICE(A1)"),
        ("texte", "-A1|b!c"),
        ("texte", "-2+3+cmd|' /C calc'!A0"),
    ],
)
def test_what_is_not_plainly_of_its_type_is_refused(kind: str, cell: object) -> None:
    with pytest.raises(CellRefused):
        _read(kind, cell)


@pytest.mark.parametrize(
    ("cell", "times", "per", "value"),
    [
        (57, 900, 3600, 14),  # 14.25
        (58, 900, 3600, 15),  # 14.5, half up
        (-58, 900, 3600, -14),  # -14.5, half up
        ("57.9", 900, 3600, 14),  # 14.475
        (Decimal("58.0001"), 900, 3600, 15),
        (3, 1, 2, 2),  # 1.5
        ("0.5", 1000, 1, 500),
    ],
)
def test_a_factor_is_exact_and_half_up(cell: object, times: int, per: int, value: int) -> None:
    assert _read("entier", cell, times=times, per=per) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [("12.34", "12.34"), ("12.340", "12.34"), (12, "12.00"), (Decimal("-0.05"), "-0.05"), (0.1, "0.10")],
)
def test_a_decimal_has_its_declared_digits(cell: object, value: str) -> None:
    read = _read("decimal", cell, decimals=2)
    assert str(read) == value


@pytest.mark.parametrize("cell", ["1.555", "12.344", Decimal("-0.005"), 0.30000000000000004, "1e-3"])
def test_a_decimal_of_more_decimals_than_declared_is_refused_and_never_rounded(cell: object) -> None:
    with pytest.raises(CellRefused):
        _read("decimal", cell, decimals=2)


def test_a_decimal_under_a_factor_is_half_up() -> None:
    assert _read("decimal", "1.555", decimals=2, times=1, per=10) == Decimal("0.16")


def test_a_decimal_of_more_than_18_digits_is_refused() -> None:
    assert _read("decimal", "9999999999999999.99", decimals=2) == Decimal("9999999999999999.99")
    with pytest.raises(CellRefused):
        _read("decimal", "10000000000000000", decimals=2)


def test_the_doubled_autumn_hour_is_read_as_summer_and_marked() -> None:
    first = Instant(_naive("2026-10-25T00:30:00"), ambiguous=True)
    assert _read("date-heure", "2026-10-25T02:30:00") == first
    assert _read("date-heure", "2026-10-25T02:30:00+02:00") == Instant(first.utc, ambiguous=False)
    assert _read("date-heure", "2026-10-25T02:30:00+01:00") == Instant(_naive("2026-10-25T01:30:00"), ambiguous=False)
    assert _read("date-heure", "2026-10-25T01:59:59") == Instant(_naive("2026-10-24T23:59:59"), ambiguous=False)
    assert _read("date-heure", "2026-10-25T03:00:00") == Instant(_naive("2026-10-25T02:00:00"), ambiguous=False)


def test_a_time_inside_the_spring_gap_is_set_apart() -> None:
    cells: list[object] = ["2026-03-29T01:59:59", "2026-03-29T02:00:00", "2026-03-29T02:59:59", "2026-03-29T03:00:00"]
    typed = typed_cells(_column("date-heure"), cells)
    assert typed.skipped == (1, 2)
    assert typed.refused == ()
    assert typed.values[0] == Instant(_naive("2026-03-29T00:59:59"), ambiguous=False)
    assert typed.values[3] == Instant(_naive("2026-03-29T01:00:00"), ambiguous=False)


def test_the_arrow_columns_are_those_that_the_engine_expects() -> None:
    types = {kind: STORAGE_TYPES[kind].arrow(_column(kind, decimals=3)) for kind in STORAGE_TYPES}
    assert types == {
        "texte": pa.string(),
        "code": pa.string(),
        "fichier": pa.string(),
        "position": pa.string(),
        "geometrie": pa.string(),
        "entier": pa.int64(),
        "decimal": pa.decimal128(18, 3),
        "date": pa.date32(),
        "booleen": pa.bool_(),
        "date-heure": pa.timestamp("us"),
    }


def test_a_date_heure_has_its_companion() -> None:
    columns = arrow_columns(typed_cells(_column("date-heure"), ["2026-10-25T02:30:00", None, "2026-10-25T02:30:00Z"]))
    assert list(columns) == ["c", "c__ambigu"]
    assert columns["c"].to_pylist() == [_naive("2026-10-25T00:30:00"), None, _naive("2026-10-25T02:30:00")]
    assert columns["c__ambigu"].to_pylist() == [True, False, False]


@pytest.mark.parametrize(
    ("kind", "cells", "values"),
    [
        ("entier", ["-999", "-999.0", -999, Decimal("-999.00"), -999.0, "0", "-99"], [*[None] * 5, 0, -99]),
        ("decimal", ["NN", " n.c. ", "1.5"], [None, None, Decimal("1.5")]),
        ("texte", ["[ND]", "nn", "NN"], [None, "nn", None]),
        ("booleen", [True, "NN", 1], [True, None, True]),
    ],
)
def test_what_a_column_declares_to_stand_for_nothing_is_empty_and_no_value(
    kind: str, cells: list[object], values: list[object]
) -> None:
    empties = frozenset({"-999", "NN", "n.c.", "[ND]"})
    column = MappedColumn(FieldName("x"), "x", kind, decimals=1 if kind == "decimal" else 0, empties=empties)
    typed = typed_cells(column, cells)
    assert (typed.values, typed.refused) == (values, ())
    texts = [str(cell) for cell in cells]
    assert typed_texts(column, pa.array(texts)).arrays["x"].to_pylist() == typed_cells(column, list(texts)).values


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(1+9)*cmd|' /C calc'!A0", "-2+3+cmd|x!A0", "2,45701E+13"])
def test_what_a_spreadsheet_runs_or_spoilt_costs_its_row_alone_in_a_column_too(cell: str) -> None:
    plain = ["+33 (0)3 82", "- Salle Curie(2e étage)"]
    typed = typed_texts(_column("code"), pa.array([*plain, cell, ""]))
    assert (typed.arrays["c"].to_pylist(), typed.refused) == ([*plain, None, None], (2,))
