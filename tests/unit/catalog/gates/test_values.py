"""What is told of a file's values, when it is not, and that no verdict depends on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.gates.drift import DriftGate
from catalog.gates.drifting import Version
from catalog.gates.expectations import ExpectationsGate
from catalog.gates.personal_data import PersonalDataGate
from catalog.gates.schema import SchemaGate
from catalog.gates.subject import Expected, Former, Gate, Verdict
from catalog.gates.values import ROWS, Values, opened_values, values_of
from tests.gated import NOTES, VISITS, Row, column

VALUES = "expect_column_values_to_"
PAIR = {"column_A": "passages", "column_B": "foyers"}
ASKED = (
    *VISITS.expectations,
    Expected(f"{VALUES}not_be_null", {"column": "passages", "mostly": 0.8}),
    Expected(f"{VALUES}match_regex", {"column": "site", "regex": "^n"}),
    Expected("expect_column_max_to_be_between", {"column": "passages", "max_value": 30}),
    Expected("expect_column_distinct_values_to_equal_set", {"column": "site", "value_set": ["nord", "sud"]}),
    Expected("expect_compound_columns_to_be_unique", {"column_list": ["site", "horodatage"]}),
    Expected("expect_column_pair_values_to_be_equal", {**PAIR, "ignore_row_if": "either_value_is_missing"}),
)
SITES = st.sampled_from(["nord", "sud", "sur", "", None])
HOURS = st.sampled_from(["2026-05-04T09:00:00+02:00", "2026-05-04T09:00:00", "ensemble", "hier", None])
COUNTS = st.integers(-1, 40) | st.none()
CELLS = st.tuples(SITES, HOURS, COUNTS, COUNTS, st.sampled_from(["publie", "masque", None]))


def written(folder: Path, *, groups: int | None = None, **columns: object) -> Path:
    file = folder / "release.parquet"
    pq.write_table(pa.table(columns), file, row_group_size=groups)
    return file


@contextmanager
def nothing_told() -> Iterator[None]:
    """As if no value of any column were told, nor any order of rows."""
    with patch.object(Values, "of", lambda *_: None), patch.object(Values, "apart", lambda *_: False):
        yield


def timeless(verdict: Verdict) -> Verdict:
    """A verdict without the library's own report, which says how many seconds it took."""
    return replace(verdict, internal={name: told for name, told in verdict.internal.items() if name != "report"})


def test_values_are_counted_and_so_are_missing_cells(tmp_path: Path) -> None:
    values = opened_values(written(tmp_path, site=["b", None, "a", "b"], n=[1, 1, None, 2]))
    assert (values.rows, values.filled) == (4, {"site": 3, "n": 3})
    counted = values.ask("SELECT site,", ROWS, "FROM", str(values.of("site")), "ORDER BY site")
    assert counted == [("a", 1), ("b", 2), (None, 1)]
    assert values.of("none") is None


def test_values_that_do_not_come_back_are_not_told(tmp_path: Path) -> None:
    rows = 120_000
    columns = {
        "id": [f"identifiant-{row:09}" for row in range(rows)],
        "site": [f"site-{row % 50}" for row in range(rows)],
        "narrow": pa.array([row % 1_000 for row in range(rows)], pa.int64()),
        "wide": pa.array([row * 1_000_003 for row in range(rows)], pa.int64()),
        "real": [row / 7 for row in range(rows)],
    }
    values = opened_values(written(tmp_path, **columns))
    assert {name for name in columns if values.of(name)} == {"site", "narrow"}


def test_a_file_that_is_written_again_is_read_again(tmp_path: Path) -> None:
    file = written(tmp_path, site=["a", "b"])
    first = values_of(file)
    assert values_of(file) is first
    written(tmp_path, site=["a", "b", "c"])
    assert values_of(file).rows == 3


@pytest.mark.parametrize(
    ("sites", "ranks", "apart"),
    [
        (["a", "a", "b"], [1, 2, 1], True),
        (["a", "a", "b"], [1, 1, 1], False),
        (["b", "a", "a"], [1, 1, 2], False),
        (["a", "b", "b"], [1, 2, 2], False),
        (["a", "a", None], [1, 2, 3], False),
        (["a"], [1], True),
        ([], [], True),
    ],
)
def test_rows_in_the_order_of_their_key_are_told_apart(
    sites: list[str], ranks: list[int], apart: bool, tmp_path: Path
) -> None:
    file = written(tmp_path, groups=2, site=pa.array(sites, pa.string()), rank=pa.array(ranks, pa.int64()))
    assert opened_values(file).apart(frozenset({"rank", "site"})) is apart


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(-9, 9) | st.none(), max_size=40), st.lists(st.sampled_from("abc"), max_size=40))
def test_tenths_of_values_are_tenths_of_rows(numbers: list[int | None], texts: list[str]) -> None:
    size = min(len(numbers), len(texts))
    cells = numbers[:size]
    with TemporaryDirectory() as name:
        amounts = pa.array([None if cell is None else Decimal(cell) / 4 for cell in cells], pa.decimal128(12, 2))
        file = written(Path(name), whole=pa.array(cells, pa.int64()), amount=amounts, text=texts[:size])
        closed = {"whole": False, "amount": False, "text": True}
        portraits = []
        for told in (True, False):
            with Version.opened(opened_values(file), Path(name)) as version:
                if told:
                    portraits.append(version.portrait(closed))
                    continue
                with nothing_told():
                    portraits.append(version.portrait(closed))
    assert portraits[0] == portraits[1]


@settings(max_examples=12, deadline=None)
@given(st.lists(CELLS, max_size=12), st.booleans())
def test_no_verdict_depends_on_what_is_told(rows: list[Row], sort: bool) -> None:
    ordered = sorted(rows, key=lambda row: [str(cell or "") for cell in row]) if sort else rows
    gates: list[Gate] = [SchemaGate(), ExpectationsGate(), DriftGate()]
    with TemporaryDirectory() as name:
        folder = Path(name)
        subject = replace(replace(VISITS, expectations=ASKED).of(ordered, folder), count=len(rows))
        subject = replace(subject, former=Former(subject.rows, 1, "2026-03-02"))
        told = [timeless(gate.judge(subject, scratch=folder)) for gate in gates]
        with nothing_told():
            assert [timeless(gate.judge(subject, scratch=folder)) for gate in gates] == told


PLANTED = (
    ("P1", "RAS", "Sophie", "Martin", 1),
    ("P2", "appeler le 06 12 34 56 78", "Karim", "Weber", 2),
    ("P3", "appeler le 06 12 34 56 78", "Sophie", "Martin", 3),
    ("P4", "Mme Sophie Martin a appelé", "Noël", "Petit", 4),
)


def test_what_is_found_does_not_depend_on_it_either(personal_data_gate: PersonalDataGate, tmp_path: Path) -> None:
    columns = (*NOTES.columns[:2], column("prenom", "texte"), column("nom", "texte"), NOTES.columns[-1])
    subject = replace(NOTES, columns=columns).of(PLANTED, tmp_path)
    told = personal_data_gate.judge(subject, scratch=tmp_path)
    assert {fault.column for fault in told.faults} == {"commentaire", "prenom", "nom"}
    with nothing_told():
        assert personal_data_gate.judge(subject, scratch=tmp_path) == told
