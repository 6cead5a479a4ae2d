"""openactive: pages of a feed, items that come, change and go. The deleted and the last page are synthetic."""

import pytest

from tests.payloads import as_json, read
from tests.payloads_answers import FEED_PAGE


def page(*items: object) -> bytes:
    return as_json({"next": "https://x.exemple/?afterChangeNumber=1", "items": list(items)})


def test_an_item_is_a_row_deleted_or_not() -> None:
    slot, deleted = read("openactive", as_json(FEED_PAGE)).rows
    assert slot["data"]["startDate"] == "2026-11-22T09:00:00Z"  # type: ignore[index]
    assert deleted == {"state": "deleted", "kind": "Slot", "id": "7", "modified": 12, "data": None}


def test_a_deleted_item_keeps_nothing_of_what_it_was() -> None:
    (row,) = read(
        "openactive", page({"state": "deleted", "kind": "K", "id": "1", "modified": 1, "data": {"n": "Léa"}})
    ).rows
    assert row["data"] is None


def test_the_last_page_has_no_item() -> None:
    outcome = read("openactive", page())
    assert (outcome.code, outcome.rows, outcome.warnings) == ("", [], [])


def test_a_change_number_may_exceed_what_a_double_holds() -> None:
    item = {"state": "deleted", "kind": "K", "id": "1"}
    rows = read("openactive", page({**item, "modified": 2**63 + 1}, {**item, "modified": "18446744073709551617"})).rows
    assert [row["modified"] for row in rows] == [2**63 + 1, "18446744073709551617"]


@pytest.mark.parametrize(
    "item",
    [
        {"state": "updated", "kind": "K", "id": "1", "modified": 1},
        {"state": [], "kind": "K", "id": "1", "modified": 1},
        {"state": "gone", "kind": "K", "id": "1", "modified": 1},
        {"state": "deleted", "kind": "K", "modified": 1},
        {"state": "deleted", "kind": "K", "id": "1", "modified": 1.5},
        {"state": "deleted", "kind": "K", "id": True, "modified": 1},
        {"state": "deleted", "id": "1", "modified": 1},
        "x",
    ],
)
def test_an_item_that_lacks_what_is_required_is_refused(item: object) -> None:
    outcome = read("openactive", page(item))
    assert (outcome.rows, outcome.refused_codes) == ([], ["payload.openactive-item"])


def test_what_is_no_page_is_refused() -> None:
    for payload in (b"[]", b'{"items": []}', b'{"@type": "Slot", "id": "1"}'):
        assert read("openactive", payload).code == "payload.openactive-root"
