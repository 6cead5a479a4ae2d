"""What a release by rows says: kept columns, bands, instants, and the order of its lines."""

from decimal import Decimal

import pytest

from eclor.errors import GuaranteeBroken
from tests.applying import Desk, rows, shown

CODE = "code code nomenclature! technique {operation: conserver}"
WAIT = "wait entier mesure? technique {operation: generaliser, tranches: [0, 5, 15, 30]}"


def test_a_presence_leaves_by_bands_only(desk: Desk) -> None:
    essay = rows([CODE, WAIT], shown="[code, wait]", frequency="direct")
    release = desk.apply(essay, "code,wait\nb,4\na,5\nd,30\nc,29\ne,\n")
    assert shown(release) == [("a", "5-15"), ("b", "0-5"), ("c", "15-30"), ("d", "30+"), ("e", None)]
    assert [(column.name, column.type, column.kind) for column in release.columns] == [
        ("code", "code", "technical"),
        ("wait", "texte", "technical"),
    ]
    assert (release.periods, release.figures.masked, release.figures.rows_in) == ((), 0, 5)


def test_a_value_under_the_first_band_refuses_the_delivery(desk: Desk) -> None:
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(rows([CODE, WAIT], shown="[code, wait]", frequency="direct"), "code,wait\na,-1\n")
    assert refused.value.code == "release.unlisted-value"


def test_lines_stand_in_the_order_of_their_bytes_missing_values_first(desk: Desk) -> None:
    essay = rows([CODE, "size entier mesure! technique {operation: conserver}"], shown="[code, size]")
    data = "code,size\nz,1\né,1\nZ,1\n10,1\n9,1\n,1\na,10\na,9\na,\na,9\n"
    assert shown(desk.apply(essay, data)) == [
        (None, 1),
        ("10", 1),
        ("9", 1),
        ("Z", 1),
        ("a", None),
        ("a", 9),
        ("a", 9),
        ("a", 10),
        ("z", 1),
        ("é", 1),
    ]


def test_columns_follow_the_policy_and_dropped_ones_are_gone(desk: Desk) -> None:
    essay = rows(
        [
            CODE,
            "note texte nomenclature! technique {operation: retirer}",
            "name texte nomenclature! technique {operation: conserver}",
        ],
        shown="[name, code]",
    )
    release = desk.apply(essay, "code,note,name\n1,secret,B\n2,secret,A\n")
    assert shown(release) == [("A", "2"), ("B", "1")]
    assert b"secret" not in release.rows.path.read_bytes()


def test_instants_are_local_with_their_offset_and_sort_as_they_read(desk: Desk) -> None:
    essay = rows(
        ["seen date-heure temps! technique {operation: conserver}", CODE], shown="[seen, code]", frequency="direct"
    )
    data = (
        "seen,code\n2026-10-25T01:30:00Z,winter\n2026-10-25T00:30:00Z,summer\n2026-10-25T02:30:00,unsaid\n"
        "2026-07-01T12:00:00.25Z,split\n2026-07-01T12:00:00Z,whole\n,none\n"
    )
    assert shown(desk.apply(essay, data)) == [
        (None, "none"),
        ("2026-07-01T14:00:00+02:00", "whole"),
        ("2026-07-01T14:00:00.25+02:00", "split"),
        ("2026-10-25T02:30:00", "unsaid"),
        ("2026-10-25T02:30:00+01:00", "winter"),
        ("2026-10-25T02:30:00+02:00", "summer"),
    ]


def test_each_type_keeps_its_form(desk: Desk) -> None:
    essay = rows(
        [
            CODE,
            "day date temps! technique {operation: conserver}",
            "area decimal(2) mesure! technique {operation: conserver}",
            "open booleen nomenclature! technique {operation: conserver}",
            "at position lieu! technique {operation: conserver}",
            "size entier mesure! technique {operation: conserver}",
        ],
        shown="[code, day, area, open, at, size]",
    )
    data = 'code,day,area,open,at,size\na,2026-02-01,12.5,oui,"5.9,49.4",7\n'
    assert shown(desk.apply(essay, data)) == [("a", "2026-02-01", Decimal("12.50"), True, "5.9,49.4", 7)]


def test_a_level_of_time_is_a_label(desk: Desk) -> None:
    for level, label in [
        ("heure", "2026-01-01T00:00:00+01:00"),
        ("jour", "2026-01-01"),
        ("semaine", "2026-W01"),
        ("mois", "2026-01"),
        ("trimestre", "2026-T1"),
        ("annee", "2026"),
    ]:
        essay = rows(
            [CODE, f"seen date-heure temps! technique {{operation: generaliser, niveaux: [{level}]}}"],
            shown="[code, seen]",
        )
        assert shown(desk.apply(essay, "code,seen\na,2025-12-31T23:10:00Z\n")) == [("a", label)]


def test_an_empty_delivery_is_a_release_of_no_row(desk: Desk) -> None:
    release = desk.apply(rows([CODE, WAIT], shown="[code, wait]", frequency="direct"), "code,wait\n")
    assert (shown(release), release.rows.count) == ([], 0)
