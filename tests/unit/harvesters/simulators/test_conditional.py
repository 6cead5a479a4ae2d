from datetime import UTC, datetime

import pytest

from harvesters.simulators.conditional import is_unchanged, validators

ETAG = '"abc"'
SINCE = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "unchanged"),
    [
        ({}, False),
        ({"if-none-match": '"abc"'}, True),
        ({"if-none-match": 'W/"abc"'}, True),
        ({"if-none-match": '"x", "abc"'}, True),
        ({"if-none-match": "*"}, True),
        ({"if-none-match": '"abcd"'}, False),
        ({"if-modified-since": "Sun, 01 Nov 2026 00:00:00 GMT"}, True),
        ({"if-modified-since": "Sat, 31 Oct 2026 23:59:59 GMT"}, False),
        ({"if-modified-since": "yesterday"}, False),
        ({"if-none-match": '"x"', "if-modified-since": "Sun, 01 Nov 2026 00:00:00 GMT"}, False),
    ],
)
def test_a_client_that_has_it_is_told_so(asked: dict[str, str], unchanged: bool) -> None:
    assert is_unchanged(asked, etag=ETAG, modified=SINCE) is unchanged


def test_validators_are_a_strong_etag_and_a_date() -> None:
    assert validators(ETAG, SINCE)["Last-Modified"] == "Sun, 01 Nov 2026 00:00:00 GMT"
    assert validators(ETAG, SINCE)["ETag"] == ETAG
