"""Each form that something personal takes is asked about under names that say nothing, whatever stands around it.

The values are drawn; nobody is meant.
"""

from collections.abc import Callable
from pathlib import Path
from random import Random

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
    "masked": of("99XXXXXXXX9999"),
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


def doubts(folder: Path, table: dict[str, list[str]]) -> dict[str, str]:
    """Return what is asked about, in columns that others part."""
    path, apart = folder / "any.parquet", ["oui"] * ROWS
    parted = {
        each: cells
        for name in table
        for each, cells in ((name, table[name]), (f"{name} _", apart), (f"{name} ~", apart))
    }
    pq.write_table(pa.table(parted), path)
    columns = [ScannedColumn(name) for name in parted]
    with Cells.opened(path, folder) as cells:
        found = unexplained_findings(cells, columns, {each: {} for each in parted}, KnownWords(lambda _: None))
        return {name: finding.kind.removeprefix("unexplained-") for name, finding, _ in found}


@pytest.mark.parametrize("header", ["COL{}", "ZUSR_F{}", "Angabe {}", "other {}"])
@pytest.mark.parametrize("filled", [1, 3], ids=["all", "one in three"])
@pytest.mark.parametrize(("kind", "drawn"), [("number", NUMBERS), ("date", BIRTHS)], ids=["numbers", "births"])
def test_every_form_is_asked_about(tmp_path: Path, header: str, filled: int, kind: str, drawn: dict[str, Draw]) -> None:
    lot = Random(74)  # noqa: S311 - of a test
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
        ["12:30:45", "08:15:09", "23:59:59", "17:04:31"],
    ],
)
def test_what_looks_like_it_is_not(tmp_path: Path, cells: list[str]) -> None:
    assert doubts(tmp_path, {"nom": ["a"] * ROWS, "COL3": cells * (ROWS // len(cells))}) == {}


@given(st.text(" \t\u00a0\u202f'\"[](),;:=#|", max_size=4), st.text(" \t\u00a0\u202f'\"[](),;:=#|", max_size=4))
def test_what_stands_around_a_cell_changes_nothing(before: str, after: str) -> None:
    assert forms.bare(f"{before}25402318897741{after}") == "25402318897741"
