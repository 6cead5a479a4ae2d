"""A column of texts typed at once has the values, the refusals and the gaps that each cell has by itself."""

from collections.abc import Callable
from datetime import datetime

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from eclor.names import FieldName
from harvesters.source import MappedColumn
from harvesters.typed_columns import TypedColumn, typed_column, typed_texts

kinds = st.sampled_from(
    ["texte", "code", "entier", "decimal", "date", "date-heure", "booleen", "position", "geometrie", "fichier"]
)
_DAYS = ["2026-03-29", "2026-10-25", "2026-02-30", "1979-12-31", "2036-07-01", "2040-07-01"]
_CLOCKS = ["02:30:00", "02:59:59.5", "03:00:00", "01:59:59", "24:00:00", "23:59:60", "12:00"]
_ZONES = ["", "Z", "+01:00", "-14:30", "+24:00", "+00:60", "+0100"]
moments = st.tuples(st.sampled_from(_DAYS), st.sampled_from("T "), st.sampled_from(_CLOCKS), st.sampled_from(_ZONES))
numbers = st.text("-+.0129eE ", max_size=6) | st.integers(-(10**19), 10**19).map(str) | st.decimals(places=3).map(str)
words = st.text(st.sampled_from("aÉe\u0301 \u00a0\t\x00\x1b"), max_size=4)
cells = st.one_of(numbers, moments.map("".join), words, st.sampled_from(["oui", "5.9,49.4", "2026-11-28"]))


@settings(deadline=None, max_examples=600)
@given(
    kinds,
    st.one_of(*(st.lists(some, min_size=1, max_size=4) for some in (numbers, moments.map("".join), words, cells))),
)
@example("decimal", ["1.230", "-.5", "1.", ""])
@example("decimal", ["1.234"])
@example("entier", ["9223372036854775807", "-0", "007", ""])
@example("entier", ["9223372036854775808"])
@example("entier", ["0" * 31])
@example("decimal", [f"1.{'0' * 31}"])
@example("date-heure", ["2026-10-25T02:30:00", "2026-10-25T03:30:00", ""])
@example("date-heure", ["2026-03-29T02:30:00", "2026-03-29T12:30:00"])
@example("date-heure", ["2040-07-01T12:00:00"])
@example("date-heure", ["2026-03-29T02:30:00+01:00", "2026-10-25 02:30:00.1234-02:00", ""])
@example("date-heure", ["2026-03-29T02:30:00Z", "2026-02-30T02:30:00Z"])
@example("date-heure", ["2026-03-29T02:30Z", "2026-03-29T02+01:00"])
@example("date-heure", ["2026-03-29T02:30:00+01:00", "2026-03-29T02+01:00"])
@example("date-heure", ["0001-01-01T00:30:00+01:00"])
@example("date-heure", ["9999-12-31T23:30:00-01:00"])
@example("texte", ["e", "\u0301"])
@example("texte", ["a\x7f"])
@example("texte", [" a ", "~", ""])
def test_a_column_is_typed_as_its_cells_are(kind: str, texts: list[str]) -> None:
    column = MappedColumn(FieldName("c"), "c", kind, decimals=2 if kind == "decimal" else 0)
    at_once, one_by_one = typed_texts(column, pa.array(texts, pa.string())), typed_column(column, [*texts])
    assert at_once.arrays.keys() == one_by_one.arrays.keys()
    for name, values in one_by_one.arrays.items():
        assert at_once.arrays[name].equals(values)
    assert (at_once.refused, at_once.skipped) == (one_by_one.refused, one_by_one.skipped)
    assert _clocks(at_once) == _clocks(one_by_one)


def _clocks(typed: TypedColumn) -> list[bool] | None:
    """Which of the instants were written as local hours."""
    if typed.local is None:
        return None
    known: list[bool] = typed.arrays["c"].is_valid().to_pylist()
    return [local for local, is_known in zip(typed.local.to_pylist(), known, strict=True) if is_known]


@pytest.mark.parametrize("kind", [str, datetime.fromisoformat])
def test_a_local_hour_is_told_from_one_of_a_zone(kind: Callable[[str], object]) -> None:
    texts = ["2026-10-05T09:00:00", "2026-10-05T09:00:00+00:00", "2026-10-05T09:00:00-04:00"]
    typed = typed_column(MappedColumn(FieldName("c"), "c", "date-heure"), [kind(text) for text in texts])
    assert _clocks(typed) == [True, False, False]


def test_a_slice_of_a_column_is_typed_as_itself() -> None:
    column = MappedColumn(FieldName("c"), "c", "entier")
    assert typed_texts(column, pa.array(["x", "1", "2"], pa.string())[1:]).arrays["c"].to_pylist() == [1, 2]


@pytest.mark.parametrize("last", ["2026-10-25T02:30:00", "2026-03-29T02:30:00", "24/11/2026", None, 12])
def test_instants_by_the_hundred_are_typed_as_each_is(last: object) -> None:
    column = MappedColumn(FieldName("c"), "c", "date-heure")
    cells = [*[f"2026-11-24T11:{number % 60:02d}:00.5+01:00" for number in range(150)], last]
    together, first, end = (
        typed_column(column, cells),
        typed_column(column, cells[:1]),
        typed_column(column, cells[-1:]),
    )
    for name, values in together.arrays.items():
        assert (values[0], values[150]) == (first.arrays[name][0], end.arrays[name][0])
    assert len(together.refused) == len(end.refused)
    assert len(together.skipped) == len(end.skipped)
