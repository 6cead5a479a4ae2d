"""What is written by another hand is read back as it was."""

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from harvesters import strict_json
from tests.payloads import read

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\ufffd"), max_size=12)
NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)
DELIMITERS = {",": ",", ";": ";", "|": "|", "tabulation": "\t"}


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    header = draw(st.lists(NAMES, min_size=2, max_size=5, unique=True))
    rows = draw(st.lists(st.lists(CELLS, min_size=len(header), max_size=len(header)), max_size=6))
    return header, rows


def _written(header: list[str], rows: list[list[str]], *, delimiter: str, end: str) -> str:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    return target.getvalue()


@given(table=tables(), delimiter=st.sampled_from(sorted(DELIMITERS)), end=st.sampled_from(["\n", "\r\n"]))
def test_a_table_comes_back_cell_for_cell(table: tuple[list[str], list[list[str]]], delimiter: str, end: str) -> None:
    header, rows = table
    text = _written(header, rows, delimiter=DELIMITERS[delimiter], end=end)
    outcome = read("csv", text.encode(), delimiteur=delimiter)
    assert outcome.rows == [dict(zip(header, row, strict=True)) for row in rows]
    assert (outcome.code, outcome.refused) == ("", [])


@given(table=tables(), cut=st.integers(min_value=0))
def test_a_table_cut_anywhere_gives_its_first_rows_alone(table: tuple[list[str], list[list[str]]], cut: int) -> None:
    header, rows = table
    payload = _written(header, rows, delimiter=",", end="\n").encode()
    outcome = read("csv", payload[: cut % len(payload)], delimiteur=",")
    given_rows = outcome.rows[:-1] if "payload.no-final-line-end" in outcome.warning_codes else outcome.rows
    whole = [dict(zip(header, row, strict=True)) for row in rows]
    assert given_rows == whole[: len(given_rows)]


NUMBERS = st.integers() | st.decimals(allow_nan=False, allow_infinity=False, min_value=-1e20, max_value=1e20, places=4)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | CELLS,
    lambda children: st.lists(children, max_size=4) | st.dictionaries(NAMES, children, max_size=4),
    max_leaves=12,
)


def _same(left: object, right: object) -> bool:
    match left, right:
        case dict(), dict():
            return left.keys() == right.keys() and all(_same(left[key], right[key]) for key in left)
        case list(), list():
            return len(left) == len(right) and all(map(_same, left, right))
        case _:
            return type(left) is type(right) and left == right


@given(row=st.dictionaries(NAMES, VALUES, max_size=5))
def test_a_row_written_as_json_is_read_back_digit_for_digit(row: dict[str, object]) -> None:
    (back,) = read("json", strict_json.dump(row)).rows
    assert _same(back, row)


@given(row=st.dictionaries(NAMES, st.integers() | CELLS | st.lists(st.booleans()), max_size=5))
def test_json_of_the_standard_library_is_read_as_it_says(row: dict[str, object]) -> None:
    assert read("json", json.dumps(row, indent=2).encode()).rows == [row]
    assert read("json", (json.dumps(row) + "\n").encode() * 3).rows == [row] * 3


@given(depth=st.integers(1, 140), wide=st.booleans())
def test_the_depth_that_is_read_is_sixty_four_levels(depth: int, wide: bool) -> None:
    inner = "[],[[]]," * 3 if wide and depth < 60 else ""
    payload = '{"a":' + "[" * (depth - 1) + inner.rstrip(",") + "]" * (depth - 1) + "}" if depth > 1 else "{}"
    assert (read("json", payload.encode()).code == "payload.too-deep") == (depth > 64)
