"""The scan's verdicts, counts and rows are those of great-expectations itself, on any table and any parameters."""

from decimal import Decimal
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from catalog.gates import expectations_library as library
from catalog.gates.expectations_scan import Scan, compiled
from catalog.gates.outcome import Outcome
from catalog.gates.pushdown import COMPILERS
from catalog.gates.subject import Expected

SCHEMA: Final = pa.schema(
    [
        ("texte", pa.string()),
        ("autre", pa.string()),
        ("entier", pa.int64()),
        ("voisin", pa.int64()),
        ("decimal", pa.decimal128(18, 2)),
        ("reel", pa.float64()),
    ]
)
TEXTS: Final = st.sampled_from(["nord", "Nord", "sud", "", "a\n", "été", "ı7", "12", "٣", "a b"]) | st.none()
WHOLE: Final = st.integers(-3, 12) | st.none()
DECIMALS: Final = st.sampled_from([Decimal("0.10"), Decimal("1.50"), Decimal("2.00"), Decimal("-1.25"), None])
REALS: Final = st.sampled_from([0.1, 1.5, -2.0, float("nan"), None])
ROWS: Final = st.lists(st.tuples(TEXTS, TEXTS, WHOLE, WHOLE, DECIMALS, REALS), max_size=8)

NUMBERS: Final = st.sampled_from([0, 1, 2, 7, -2, 0.1, 1.5, "0.75", 2.000001])
FLAGS: Final = st.sampled_from(["oui", "non", True, False])
MOSTLY: Final = st.sampled_from([1, 0.5, "0.75", 0, 0.9])
SETS: Final = st.lists(st.sampled_from(["nord", "sud", "12", ""]), min_size=1, max_size=3)
WHOLE_SETS: Final = st.lists(st.integers(-1, 4), min_size=1, max_size=4)
PATTERNS: Final = st.sampled_from(
    [
        "^n",
        "d$",
        r"^\d+$",
        "(?i)NORD",
        "(?i)i",
        ".b",
        r"\bb",
        r"a\s",
        "[^a-z]",
        "(no|su)",
        "^.{0,3}$",
        r"\w",
        "(?=n)",
        "e{2,}",
    ]
)
IGNORED: Final = st.sampled_from(["either_value_is_missing", "both_values_are_missing"])
IGNORED_OF_MANY: Final = st.sampled_from(["all_values_are_missing", "any_value_is_missing", "never"])


def asked(name: str, **parameters: st.SearchStrategy[object]) -> st.SearchStrategy[Expected]:
    """Return an expectation with all of its parameters, or some."""
    needed = {key: each for key, each in parameters.items() if key.startswith(("column", "value", "regex", "sum"))}
    others = {key: each for key, each in parameters.items() if key not in needed}
    drawn = st.fixed_dictionaries(needed, optional=others)
    return drawn.map(lambda given: Expected(name, given))  # type: ignore[arg-type]


def bounded(expected: Expected) -> bool:
    return bool({"min_value", "max_value"} & {*expected.parameters})


def numeric(name: str, *columns: str, **more: st.SearchStrategy[object]) -> st.SearchStrategy[Expected]:
    bounds = {"strict_min": FLAGS, "strict_max": FLAGS, **more}
    low = asked(name, column=st.sampled_from(columns), min_value=NUMBERS, max_value=NUMBERS, **bounds)
    return low.filter(bounded)


def on(*columns: str) -> st.SearchStrategy[object]:
    return st.sampled_from(columns)


TWO: Final = st.sampled_from([("entier", "voisin"), ("texte", "autre")])
SEVERAL: Final = st.sampled_from([["entier", "voisin"], ["texte", "entier"], ["texte", "autre", "decimal"]])
MAP: Final = "expect_column_values_to_"
COLUMN: Final = "expect_column_"
BETWEEN: Final = ("max", "min", "sum", "mean", "median", "stdev")
LENGTHS: Final = st.integers(0, 4)
SUITE: Final = (
    asked(f"{MAP}not_be_null", column=on(*SCHEMA.names), mostly=MOSTLY),
    asked(f"{MAP}be_null", column=on(*SCHEMA.names), mostly=MOSTLY),
    numeric(f"{MAP}be_between", "entier", "decimal", "reel", mostly=MOSTLY),
    numeric(f"{MAP}be_between", "entier", "decimal"),
    asked(f"{MAP}be_in_set", column=on("texte"), value_set=SETS, mostly=MOSTLY),
    asked(f"{MAP}be_in_set", column=on("entier"), value_set=WHOLE_SETS, mostly=MOSTLY),
    asked(f"{MAP}not_be_in_set", column=on("texte"), value_set=SETS, mostly=MOSTLY),
    asked(f"{MAP}match_regex", column=on("texte"), regex=PATTERNS, mostly=MOSTLY),
    asked(f"{MAP}match_regex", column=on("autre"), regex=PATTERNS),
    asked(f"{MAP}not_match_regex", column=on("texte"), regex=PATTERNS, mostly=MOSTLY),
    asked(f"{COLUMN}value_lengths_to_equal", column=on("texte"), value=LENGTHS, mostly=MOSTLY),
    asked(f"{COLUMN}value_lengths_to_be_between", column=on("texte"), min_value=LENGTHS, strict_min=FLAGS).filter(
        bounded
    ),
    asked(f"{MAP}be_unique", column=on("texte", "entier", "decimal"), mostly=MOSTLY),
    asked(f"{MAP}be_increasing", column=on("entier"), strictly=FLAGS, mostly=MOSTLY),
    asked(f"{MAP}be_decreasing", column=on("entier"), strictly=FLAGS, mostly=MOSTLY),
    TWO.flatmap(lambda two: pair("a_to_be_greater_than_b", *two, or_equal=FLAGS)),
    TWO.flatmap(lambda two: pair("to_be_equal", *two)),
    asked("expect_compound_columns_to_be_unique", column_list=SEVERAL, ignore_row_if=IGNORED_OF_MANY, mostly=MOSTLY),
    asked(
        "expect_multicolumn_sum_to_equal",
        column_list=st.just(["entier", "voisin"]),
        sum_total=st.integers(-2, 4),
        ignore_row_if=IGNORED_OF_MANY,
    ),
    *(numeric(f"{COLUMN}{each}_to_be_between", "entier") for each in BETWEEN),
    numeric(f"{COLUMN}max_to_be_between", "reel"),
    asked(f"{COLUMN}unique_value_count_to_be_between", column=on("texte", "entier"), min_value=LENGTHS).filter(bounded),
    numeric(f"{COLUMN}proportion_of_unique_values_to_be_between", "texte", "entier"),
    asked(f"{COLUMN}distinct_values_to_be_in_set", column=on("texte"), value_set=SETS),
    asked(f"{COLUMN}distinct_values_to_contain_set", column=on("entier"), value_set=WHOLE_SETS),
    asked(f"{COLUMN}distinct_values_to_equal_set", column=on("texte"), value_set=SETS),
    asked(
        "expect_table_columns_to_match_ordered_list",
        column_list=st.sampled_from([SCHEMA.names, SCHEMA.names[::-1], SCHEMA.names[:2]]),
    ),
    asked(
        "expect_table_columns_to_match_set",
        column_set=st.sampled_from([SCHEMA.names[::-1], SCHEMA.names[:2], ["x"]]),
        exact_match=FLAGS,
    ),
    asked("expect_table_column_count_to_equal", value=st.sampled_from([len(SCHEMA.names), 2])),
    asked("expect_column_to_exist", column=on("texte", "x")),
    asked("expect_table_row_count_to_equal", value=LENGTHS),
    asked(
        "expect_table_row_count_to_be_between", min_value=LENGTHS, max_value=st.integers(4, 8), strict_max=FLAGS
    ).filter(bounded),
)


def pair(name: str, first: str, second: str, **more: st.SearchStrategy[object]) -> st.SearchStrategy[Expected]:
    return asked(
        f"expect_column_pair_values_{name}",
        column_A=st.just(first),
        column_B=st.just(second),
        ignore_row_if=IGNORED,
        mostly=MOSTLY,
        **more,
    )


def scanned(expectations: list[Expected], rows: Path, scratch: Path) -> dict[int, Outcome]:
    with Scan.opened(rows, scratch) as scan:
        table = scan.table()
        made = {place: each for place, one in enumerate(expectations) if (each := compiled(one, table))}
        outcomes = scan.outcomes([*made.values()])
    return {place: outcome for place, outcome in zip(made, outcomes, strict=True) if outcome is not None}


def told(outcome: Outcome) -> tuple[bool, dict[str, JsonValue], tuple[int, ...]]:
    """Return what must be alike; an observed value is never kept of the library, and its mark of a failure may be."""
    counts = {name: value for name, value in outcome.counts.items() if name != "observed_value"}
    return outcome.success, counts, () if outcome.success else outcome.rows


@pytest.mark.usefixtures("expectations_gate")
def test_the_scan_says_what_the_library_says(tmp_path: Path) -> None:
    file, held = tmp_path / "release.parquet", set()

    @settings(max_examples=10, deadline=None, phases=[Phase.generate])
    @given(rows=ROWS, expectations=st.tuples(*SUITE).map(list))
    def agree(rows: list[tuple[object, ...]], expectations: list[Expected]) -> None:
        columns = zip(*rows, strict=True) if rows else [[] for _ in SCHEMA]
        cells = [pa.array(each, field.type) for each, field in zip(columns, SCHEMA, strict=True)]
        pq.write_table(pa.table(cells, SCHEMA), file)
        found = scanned(expectations, file, tmp_path)
        judged = [expectations[place] for place in found]
        held.update(each.name for each in judged)
        for expected, ours, theirs in zip(judged, found.values(), library.outcomes(judged, file), strict=True):
            assert not theirs.broken, (expected, rows)
            assert told(ours) == told(theirs), (expected, rows)

    agree()
    assert COMPILERS.keys() == held


TWINS: Final = (
    (Expected(f"{MAP}not_be_null", {"column": "texte"}), {"mostly": 1}),
    (Expected(f"{MAP}be_in_set", {"column": "entier", "value_set": [1, 2]}), {"mostly": "1"}),
    (Expected(f"{MAP}be_between", {"column": "entier", "min_value": 1}), {"mostly": 1.0, "strict_min": "non"}),
    (Expected(f"{MAP}be_unique", {"column": "entier"}), {"mostly": "1.0"}),
    (Expected("expect_compound_columns_to_be_unique", {"column_list": ["texte", "entier"]}), {"mostly": 1}),
)
"""Expectations, and what says of each what it says without it."""


@pytest.mark.usefixtures("expectations_gate")
def test_an_expectation_twice_bare_and_with_all_that_goes_without_saying_is_judged_twice_alike(tmp_path: Path) -> None:
    file = tmp_path / "release.parquet"
    pq.write_table(pa.table({"texte": ["nord", None, "sud", "sud"], "entier": [0, 2, 2, 2]}), file)
    twice = [Expected(one.name, {**one.parameters, **more}) for one, more in TWINS]
    suite = [each for pair in zip([one for one, _ in TWINS], twice, strict=True) for each in pair]
    theirs, ours = library.outcomes(suite, file), scanned(suite, file, tmp_path)
    assert [*ours] == [*range(len(suite))]
    assert [told(ours[place]) for place in ours] == [told(outcome) for outcome in theirs]
    assert [told(bare) for bare in theirs[::2]] == [told(spelt_out) for spelt_out in theirs[1::2]]
    assert not any(outcome.success for outcome in theirs)


@pytest.mark.usefixtures("expectations_gate")
def test_expectations_of_the_same_parameters_are_not_the_same(tmp_path: Path) -> None:
    file = tmp_path / "release.parquet"
    pq.write_table(pa.table({"texte": ["nord", "sud"]}), file)
    suite = [Expected(f"{MAP}{name}", {"column": "texte"}) for name in ("not_be_null", "be_null", "not_be_null")]
    assert [outcome.success for outcome in library.outcomes(suite, file)] == [True, False, True]


@pytest.mark.usefixtures("expectations_gate")
def test_what_the_scan_leaves_is_judged_however_often_it_is_asked(tmp_path: Path) -> None:
    file = tmp_path / "release.parquet"
    pq.write_table(pa.table({"texte": ["nord", "sud"]}), file)
    left = Expected(f"{MAP}match_regex_list", {"column": "texte", "regex_list": ["^n", "^s"]})
    suite = [left, Expected(left.name, {**left.parameters, "mostly": 1}), left]
    assert scanned(suite, file, tmp_path) == {}
    assert [outcome.success for outcome in library.outcomes(suite, file)] == [True] * 3
