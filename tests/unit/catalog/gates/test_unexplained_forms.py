"""Each form that something personal takes is asked about under names that say nothing, whatever stands around it.

The values are drawn; nobody is meant.
"""

from collections.abc import Callable
from pathlib import Path
from random import Random  # noqa: TID251 - a seeded one, the same each time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.gates import unexplained_forms as forms
from catalog.gates.cells import Cells
from catalog.gates.known_words import KnownWords
from catalog.gates.scanned_column import ScannedColumn
from catalog.gates.unexplained import unexplained_findings

ROWS = 12
Draw = Callable[[Random], str]
MONTHS = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]


def of(mask: str) -> Draw:
    """Draw a digit for 9, a capital for A, a hexadecimal digit for F, a consonant or a digit for C."""
    kinds = {
        "9": "0123456789",
        "A": "ABCDEFGHJKLMNPQRSTVWXYZ",
        "F": "0123456789ABCDEF",
        "C": "CFGHJKLMNPRTVWXYZ0123456789",
    }
    return lambda drawn: "".join(drawn.choice(kinds.get(each, each)) for each in mask)


def born(form: Callable[[int, int, int], str]) -> Draw:
    return lambda drawn: form(drawn.randint(13, 28), drawn.randint(1, 12), drawn.randint(1935, 2006))


def small(draw: Draw) -> Draw:
    return lambda drawn: draw(drawn).lower()


NUMBERS: dict[str, Draw] = {
    "delivery point": of("99999999999999"),
    "after an apostrophe": of("'99999999999999"),
    "before a tab": of("99999999999999\t"),
    "between hard spaces": of("\u00a099999999999999\u202f"),
    "as a formula": of('="99999999999999"'),
    "numbered": of("n° 99999999999999"),
    "by threes, apart": of("99'999'999'999'999"),
    "by threes, thin": of("99\u2009999\u2009999\u2009999\u2009999"),
    "underlined": of("99_999_999_999_999"),
    "of a spreadsheet": of("99999999999999.0"),
    "two": of("99999999999999 / 99999999999999"),
    "masked": of("99" + 8 * "X" + "9999"),
    "gas": lambda drawn: f"GI{drawn.randrange(10**6):06}",
    "gas, in small letters": lambda drawn: f"gi{drawn.randrange(10**6):06}",
    "metering point": lambda drawn: f"LU{drawn.randrange(10**31):031}",
    "family": small(of("9999999A")),
    "family, by place": of("57/9999999"),
    "card": of("KCCCCCCC9"),
    "card, in small letters": small(of("KCCCCCCC9")),
    "card, by threes": of("KCC CCC CC9"),
    "card, old or new": lambda drawn: of(drawn.choice(["999999999999", "KCCCCCCC9"]))(drawn),
    "passport": small(of("99AA99999")),
    "residence": of("A99999999A"),
    "device": of("eui-FFFFFFFFFFFFFFFF"),
    "device, for a program": of("0xFFFFFFFFFFFFFFFF"),
    "device, by pairs": of("FF_FF_FF_FF_FF_FF_FF_FF"),
    "device, by points": of("FFFF.FFFF.FFFF.FFFF"),
    "network card": of("FFFFFF-FFFFFF"),
}
BIRTHS: dict[str, Draw] = {
    "by points": born(lambda day, month, year: f"{day}.{month}.{year % 100:02}"),
    "in words": born(lambda day, month, year: f"{day} mars {year % 100:02}"),
    "in Roman figures": born(lambda day, month, year: f"{day}.{MONTHS[month - 1]}.{year}"),
    "by lines": born(lambda day, month, year: f"{day}_{month:02}_{year}"),
    "by backslashes": born(lambda day, month, year: f"{day}\\{month:02}\\{year}"),
    "at midnight": born(lambda day, month, year: f"{day}/{month:02}/{year} 0:00"),
    "at midnight, somewhere": born(lambda day, month, year: f"{year}-{month:02}-{day}T00:00:00+02:00"),
    "month first": born(lambda day, month, year: f"{month:02}/{day}/{year} 12:00:00 AM"),
    "with an age": born(lambda day, month, year: f"{day}/{month:02}/{year} ({2026 - year} ans)"),
    "before a tab": born(lambda day, month, year: f"{day}/{month:02}/{year}\t"),
    "a month": born(lambda _, month, year: f"{month:02}/{year}"),
    "a spreadsheet's": lambda drawn: f"{drawn.randint(14_000, 38_000)}.0",
}
POSITIONS: dict[str, Draw] = {
    "in brackets": of("[5.999999, 49.999999]"),
    "of a database": of("SRID=4326;POINT (5.999999 49.999999)"),
    "with a height": of("POINT Z (5.999999 49.999999 0)"),
    "as members": of('{"lat": 49.999999, "lng": 5.999999}'),
    "by names": of("lat: 49.99999 lon: 5.99999"),
    "by sides": of("N49.99999 E5.99999"),
    "by a line": of("49.99999|5.99999"),
    "by a tab": of("49.99999\t5.99999"),
    "in minutes": of("N 49° 29' 19'' - E 5° 49' 39''"),
    "in minutes, plain": of("49 29 19.99 / 5 49 39.99"),
    "of one axis": of("49°29'19.9\"N"),
    "in a link": of("https://maps.example/?mlat=49.99999&mlon=5.99999"),
    "on a grid": of("31U GQ 99999 99999"),
    "of a zone": of("32U 299999 5499999"),
    "in metres": of("69999.9 / 79999.9"),
    "in binary": of("0101000020E6100000" + "F" * 32),
    "of an area": lambda drawn: "".join(drawn.choice("23456789CFGHJMPQRVWX") for _ in range(4)) + "+6M Villerupt",
    "in three words": lambda drawn: "///" + ".".join(drawn.choice(["carton", "lampe", "plume"]) for _ in range(3)),
}
NAMES = ["Pasteur", "Victor Hugo", "des Lilas", "de la Gare", "Foch", "du Moulin", "Jean Jaurès", "Haute Borne"]
STREETS: dict[str, Draw] = {
    "of a corner": lambda drawn: f"{drawn.randint(1, 30)}/{drawn.randint(31, 80)} rue {drawn.choice(NAMES)}",
    "hard space": lambda drawn: f"{drawn.randint(1, 80)}\u00a0rue {drawn.choice(NAMES)}",
    "in brackets": lambda drawn: f"rue {drawn.choice(NAMES)} ({drawn.randint(1, 80)})",
    "and its town": lambda drawn: f"rue {drawn.choice(NAMES)}, {drawn.randint(1, 80)} à Villerupt",
    "of a hamlet": lambda drawn: f"{drawn.randint(1, 80)} hameau {drawn.choice(NAMES)}",
    "a place": lambda drawn: f"Lieu-dit {drawn.choice(NAMES)}, {drawn.randint(1, 80)}",
    "without its kind": lambda drawn: f"{drawn.randint(1, 90)} {drawn.choice(NAMES)}",
    "in Luxembourgish": lambda drawn: f"{drawn.randint(1, 80)}, {drawn.choice(['Bungerts', 'Kierche'])}gaass",
    "in English": lambda drawn: f"{drawn.randint(1, 80)} {drawn.choice(['Mill', 'Church'])} Road",
    "in Dutch": lambda drawn: f"{drawn.choice(['Kerk', 'Dorps'])}straat {drawn.randint(1, 80)}",
    "in a home": lambda drawn: f"Entrée {drawn.randint(1, 5)}, {drawn.randint(1, 5)}e ét. porte {drawn.randint(1, 40)}",
    "in parts": lambda drawn: f"{drawn.randint(1, 80)};rue {drawn.choice(NAMES)};57390",
}


def beside(folder: Path, table: dict[str, list[str]]) -> dict[str, str]:
    """Return what is asked about."""
    path = folder / "any.parquet"
    pq.write_table(pa.table(table), path)
    with Cells.opened(path, folder) as cells:
        columns = [ScannedColumn(name) for name in table]
        found = unexplained_findings(cells, columns, {each: {} for each in table}, KnownWords(lambda _: None))
        return {name: finding.kind.removeprefix("unexplained-") for name, finding, _ in found}


def doubts(folder: Path, table: dict[str, list[str]]) -> dict[str, str]:
    """Return what is asked about, in columns that others part."""
    apart = ["oui"] * ROWS
    return beside(
        folder,
        {
            each: cells
            for name in table
            for each, cells in ((name, table[name]), (f"{name} _", apart), (f"{name} ~", apart))
        },
    )


@pytest.mark.parametrize(("header", "filled"), [("COL{}", 1), ("Angabe {}", 3)])
@pytest.mark.parametrize(
    ("kind", "drawn"),
    [("number", NUMBERS), ("date", BIRTHS), ("position", POSITIONS), ("street", STREETS)],
    ids=["numbers", "births", "positions", "streets"],
)
def test_every_form_is_asked_about(tmp_path: Path, header: str, filled: int, kind: str, drawn: dict[str, Draw]) -> None:
    lot = Random(74)
    table = {
        name: [draw(lot) if row % filled == 0 else "" for row in range(ROWS)]
        for name, draw in ((header.format(place), draw) for place, draw in enumerate(drawn.values()))
    }
    told = doubts(tmp_path, table)
    assert {name: told.get(column) for name, column in zip(drawn, table, strict=True)} == dict.fromkeys(drawn, kind)


@pytest.mark.parametrize(
    "cells",
    [
        ["150000 km", "87000 km", "210500 km", "94300 km"],
        ["AB123401", "AB123407", "AB123412", "AB123499"],
        ["FR-10233", "FR-10241", "FR-10377", "FR-10412"],
        ["2024_00000017", "2024_00000018", "2023_00000411", "2025_00000002"],
        ["40000", "38500", "12000", "25750"],
        ["37512", "8120", "14003", "22871"],
        ["03/2021", "11/2022", "07/2019", "05/2023"],
        ["Salle 12", "Salle 25", "Salle 31", "Salle 4"],
        ["Thionville 2", "Metz 3", "Longwy 1", "Briey 2"],
        ["12 élèves", "25 élèves", "31 élèves", "4 élèves"],
        ["data.gouv.fr", "www.eau.fr", "cc.ville.fr", "a.b.fr"],
        ["LU", "MA", "ME", "JE"],
        ["RUE", "IMP", "CHE", "PL"],
        ["6540", "5710", "9220", "7344"],
        ["12:30:45", "08:15:09", "23:59:59", "17:04:31"],
    ],
)
def test_what_looks_like_it_is_not(tmp_path: Path, cells: list[str]) -> None:
    assert doubts(tmp_path, {"nom": ["a"] * ROWS, "COL3": cells * (ROWS // len(cells))}) == {}


@given(st.text(" \t\u00a0\u202f'\"[](),;:=#|", max_size=4), st.text(" \t\u00a0\u202f'\"[](),;:=#|", max_size=4))
def test_what_stands_around_a_cell_changes_nothing(before: str, after: str) -> None:
    assert forms.bare(f"{before}25402318897741{after}") == "25402318897741"


def test_what_stands_a_column_apart_is_told_together(tmp_path: Path) -> None:
    lot, rows = Random(74), range(ROWS)
    draw = {
        "position": (of("49.999999"), of("5.999999")),
        "date": (born(lambda day, month, _: f"{day}/{month:02}"), born(lambda _, __, year: str(year))),
        "street": (
            lambda drawn: f"{drawn.choice(['Kierche', 'Duerf'])}strooss",
            lambda drawn: str(drawn.randint(1, 99)),
        ),
    }
    for kind, (one, other) in draw.items():
        table = {"F1": [one(lot) for _ in rows], "F2": [other(lot) for _ in rows]}
        assert beside(tmp_path, table) == dict.fromkeys(table, kind)
    apart = {"F1": [draw["position"][0](lot) for _ in rows], "F2": ["non"] * ROWS}
    apart["F3"] = [draw["position"][1](lot) for _ in rows]
    assert beside(tmp_path, apart) == {"F1": "position", "F3": "position"}
    twos = [born(lambda *parts, at=at: f"{parts[at] % 100:02}") for at in range(3)]
    table = {f"F{at}": [draw_one(lot) for _ in rows] for at, draw_one in enumerate(twos)}
    assert beside(tmp_path, table) == dict.fromkeys(table, "date")


def test_beside_people_four_digits_are_theirs_and_letters_are_initials_anywhere(tmp_path: Path) -> None:
    table = {"COL3": ["0821", "6797", "3340", "9105"]}
    assert beside(tmp_path, {"usager": ["a"] * 4, **table}) == {"COL3": "number"}
    assert beside(tmp_path, {"usager": ["a"] * 4, "COL3": ["1985", "1974", "2007", "1853"]}) == {}
    assert beside(tmp_path, {"COL3": ["MLT", "JPD", "A.G.", "SB"]}) == {"COL3": "name"}
    assert beside(tmp_path, {"nature": ["MLT", "JPD", "AGO", "SB"]}) == {}


def test_a_name_that_ends_with_a_number_is_a_thing_where_a_name_is_said(tmp_path: Path) -> None:
    names = ["Atelier Vélo 41", "Repair Café 12", "Les Chiffonniers 7", "Objets Trouvés 26", "Boîte à Dons 33"]
    assert beside(tmp_path, {"COL3": names}) == {"COL3": "street"}
    assert beside(tmp_path, {"nom": names}) == beside(tmp_path, {"nom": [*"abcde"], "COL3": names}) == {}
