"""Conditions and ranges, case by case, as RFC 9110 tells them (sections 13 and 14)."""

from datetime import UTC, datetime, timedelta

import pytest

from api.conditional import (
    MOST_RANGES,
    Failed,
    NotModified,
    Partial,
    Several,
    Unsatisfiable,
    Validators,
    Whole,
    decide,
)
from api.dating import UNDATED, Modified, http_date
from tests.unit.catalog.publish.released import MovingClock

TAG = '"abc"'
MODIFIED = datetime(2026, 11, 24, 5, 12, 7, 900, tzinfo=UTC)
ABOUT = Validators(TAG, 1000, Modified.lasting(MODIFIED, MovingClock(MODIFIED + timedelta(days=1))))
SAME, BEFORE, AFTER = "Tue, 24 Nov 2026 05:12:07 GMT", "Tue, 24 Nov 2026 05:12:06 GMT", "Tue, 24 Nov 2026 05:12:08 GMT"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, Whole()),
        ({"if-none-match": TAG}, NotModified()),
        ({"if-none-match": 'W/"abc"'}, NotModified()),
        ({"if-none-match": '"x", "abc"'}, NotModified()),
        ({"if-none-match": '"x","abc" , "y"'}, NotModified()),
        ({"if-none-match": "*"}, NotModified()),
        ({"if-none-match": '"x"'}, Whole()),
        ({"if-none-match": "abc"}, Whole()),
        ({"if-none-match": ""}, Whole()),
        ({"if-none-match": '"x"', "if-modified-since": SAME}, Whole()),
        ({"if-modified-since": SAME}, NotModified()),
        ({"if-modified-since": AFTER}, NotModified()),
        ({"if-modified-since": BEFORE}, Whole()),
        ({"if-modified-since": "yesterday"}, Whole()),
        ({"if-match": TAG}, Whole()),
        ({"if-match": "*"}, Whole()),
        ({"if-match": '"x"'}, Failed()),
        ({"if-match": 'W/"abc"'}, Failed()),
        ({"if-match": '"x"', "if-none-match": TAG}, Failed()),
        ({"if-unmodified-since": SAME}, Whole()),
        ({"if-unmodified-since": BEFORE}, Failed()),
        ({"if-unmodified-since": BEFORE, "if-none-match": TAG}, Failed()),
        ({"if-unmodified-since": BEFORE, "if-match": TAG}, Whole()),
        ({"if-unmodified-since": "yesterday"}, Whole()),
        ({"range": "bytes=0-0"}, Partial(0, 0)),
        ({"range": "bytes=10-19"}, Partial(10, 19)),
        ({"range": "bytes=990-2000"}, Partial(990, 999)),
        ({"range": "bytes=990-"}, Partial(990, 999)),
        ({"range": "bytes=-10"}, Partial(990, 999)),
        ({"range": "bytes=-5000"}, Partial(0, 999)),
        ({"range": "bytes=-0"}, Unsatisfiable()),
        ({"range": "bytes=1000-"}, Unsatisfiable()),
        ({"range": "bytes=20-10"}, Whole()),
        ({"range": "bytes=-"}, Whole()),
        ({"range": "bytes=0-1,500-501"}, Several((Partial(0, 1), Partial(500, 501)))),
        ({"range": "bytes=500-501 ,, 0-1"}, Several((Partial(0, 1), Partial(500, 501)))),
        ({"range": "Bytes=0-1, -1"}, Several((Partial(0, 1), Partial(999, 999)))),
        ({"range": "bytes=0-1,5-6"}, Partial(0, 6)),
        ({"range": "bytes=0-10,5-20,0-3"}, Partial(0, 20)),
        ({"range": "bytes=0-1,1000-,-0"}, Partial(0, 1)),
        ({"range": "bytes=2000-,1000-"}, Unsatisfiable()),
        ({"range": "bytes=0-1,x"}, Whole()),
        ({"range": "bytes=0-1,9-5"}, Whole()),
        ({"range": "bytes=,"}, Whole()),
        ({"range": "bytes=0-400,500-999"}, Whole()),
        ({"range": "bytes=0-" + "9" * 40}, Partial(0, 999)),
        ({"range": "bytes=0-" + "9" * 41}, Whole()),
        ({"range": "bytes=" + ",".join(["0-0"] * MOST_RANGES)}, Partial(0, 0)),
        ({"range": "bytes=" + ",".join(["0-0"] * (MOST_RANGES + 1))}, Whole()),
        ({"range": "bytes=" + "," * 5000 + "0-0"}, Whole()),
        ({"range": "lines=0-1"}, Whole()),
        ({"range": "bytes=0-1", "if-range": TAG}, Partial(0, 1)),
        ({"range": "bytes=0-1", "if-range": 'W/"abc"'}, Whole()),
        ({"range": "bytes=0-1", "if-range": '"x"'}, Whole()),
        ({"range": "bytes=0-1", "if-range": SAME}, Partial(0, 1)),
        ({"range": "bytes=0-1", "if-range": AFTER}, Whole()),
        ({"range": "bytes=0-1", "if-none-match": TAG}, NotModified()),
    ],
)
def test_a_condition_is_decided_as_the_rfc_says(headers: dict[str, str], expected: object) -> None:
    assert decide("GET", headers, ABOUT) == expected


def test_a_range_is_for_get_alone() -> None:
    assert decide("HEAD", {"range": "bytes=0-1"}, ABOUT) == Whole()


def test_an_empty_file_satisfies_no_range() -> None:
    assert decide("GET", {"range": "bytes=0-"}, Validators(TAG, 0, UNDATED)) == Unsatisfiable()
    assert decide("GET", {"range": "bytes=-5"}, Validators(TAG, 0, UNDATED)) == Unsatisfiable()


def test_an_instant_is_written_in_gmt() -> None:
    assert http_date(MODIFIED) == SAME


@pytest.mark.parametrize(
    "long", [" " * 30_000, "," * 30_000, ", " * 15_000, '"' * 30_000, '"a' + " " * 30_000, '"a" ' * 7_500]
)
def test_a_list_of_tags_is_read_once_however_it_is_filled(long: str) -> None:
    assert decide("GET", {"if-none-match": f'"x",{long}x'}, ABOUT) == Whole()
    assert decide("GET", {"if-none-match": f"{long}, {TAG}"}, ABOUT) == NotModified()
