"""The DataStore over a published version: thirty rows of two sites, every fifth day masked."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.ckan.site import CSV, stable_id
from tests.serving import IN_ORDER, POINTS, SERIES

TABLE, PLACES = stable_id(SERIES, CSV), stable_id(POINTS, CSV)
COUNTED = [row for row in IN_ORDER if row[2] is not None]
MASKED = [place for place, row in enumerate(IN_ORDER, 1) if row[2] is None]


def asked(client: TestClient, action: str, question: dict[str, object]) -> tuple[int, dict[str, Any]]:
    answer = client.post(f"/api/3/action/{action}", content=json.dumps(question))
    said = answer.json()
    return answer.status_code, said["result"] if answer.status_code == 200 else said["error"]


def search(client: TestClient, **question: object) -> dict[str, Any]:
    status, result = asked(client, "datastore_search", {"resource_id": TABLE, **question})
    assert status == 200, result
    return result


def ids(result: dict[str, Any]) -> list[int]:
    return [row["_id"] for row in result["records"]]


def where(test: Any) -> list[int]:
    return [place for place, row in enumerate(IN_ORDER, 1) if test(row)]


@pytest.mark.parametrize("name", ["fields", "sort"])
@pytest.mark.parametrize("hostile", ['""' * 2_000 + '"', " " * 20_000 + '"', " " * 20_000 + '"",' * 2_000])
def test_a_list_of_names_is_read_once_however_it_is_filled(client: TestClient, name: str, hostile: str) -> None:
    status, error = asked(client, "datastore_search", {"resource_id": TABLE, name: hostile})
    assert (status, name in error) == (409, True)


@pytest.mark.parametrize(
    ("filters", "test"),
    [
        ({"site": "AUD"}, lambda row: row[0] == "AUD"),
        ({"site": ["AUD", "NOWHERE"]}, lambda row: row[0] == "AUD"),
        ({"site": []}, lambda _row: False),
        ({"passages": None}, lambda row: row[2] is None),
        ({"passages": [21, None]}, lambda row: row[2] in {21, None}),
        ({"passages": {"gte": 40, "lt": 45}}, lambda row: row[2] is not None and 40 <= row[2] < 45),
        ({"passages": [{"lt": 23}, {"gt": 48}]}, lambda row: row[2] is not None and (row[2] < 23 or row[2] > 48)),
        ({"passages": {"in": [21, 22]}, "site": "AUD"}, lambda row: row[2] in {21, 22} and row[0] == "AUD"),
        ({"passages": {"gt": None}}, lambda _row: False),
        ({"passages": "41"}, lambda row: row[2] == 41),
        ({"$or": [{"passages": 21}, {"site": "VIL", "passages": {"lt": 24}}]},
         lambda row: row[2] is not None and (row[2] == 21 or (row[0] == "VIL" and row[2] < 24))),
        ({"$and": [{"$or": [{"site": "AUD"}, {"passages": None}]}, {"statut": "masque"}]}, lambda row: row[2] is None),
        ({"_id": {"gt": 28}}, None),
        ({}, lambda _row: True),
    ],
)  # fmt: skip
def test_filters_hold_as_ckan_says(client: TestClient, filters: dict[str, object], test: Any) -> None:
    found = search(client, filters=filters)
    assert ids(found) == ([29, 30] if test is None else where(test))
    assert found["total"] == len(found["records"])


def test_operations_are_given_back(client: TestClient) -> None:
    found = search(client, filters={"site": "AUD", "passages": {"gte": 1}})
    assert found["filterops"] == {
        "op": "$and",
        "field": None,
        "value": [
            {"op": "eq", "field": "site", "value": "AUD"},
            {"op": "gte", "field": "passages", "value": 1},
        ],
    }


def nested(depth: int) -> dict[str, object]:
    filters: dict[str, object] = {"site": "AUD"}
    for _ in range(depth):
        filters = {"$and": [filters]}
    return filters


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ({"filters": {"nope": 1}}, "filters"),
        ({"filters": {"passages": "many"}}, "query"),
        ({"filters": {"passages": 10**30}}, "query"),
        ({"filters": {"passages": {"near": 1}}}, "filters"),
        ({"filters": {"passages": [[1]]}}, "query"),
        ({"filters": "site:AUD"}, "filters"),
        ({"filters": [1]}, "filters"),
        ({"filters": {"$or": {"site": "AUD"}}}, "filters"),
        ({"filters": nested(11)}, "filters"),
        ({"filters": {"$or": [{"passages": place} for place in range(101)]}}, "filters"),
        ({"filters": {"site": ["A"] * 1001}}, "filters"),
        ({"filters": {"$or": [{"site": ["A"] * 600}, {"site": ["B"] * 600}]}}, "filters"),
        ({"filters": {"$or": [{}] * 2000}}, "filters"),
        ({"filters": {"site": [{}] * 2000}}, "filters"),
        ({"filters": '{"site":' + "[{}," * 300 + "{}" + "]" * 300 + "}"}, "filters"),
        ({"sort": "nope"}, "sort"),
        ({"sort": "site; drop table rows"}, "sort"),
        ({"sort": "site sideways"}, "sort"),
        ({"sort": ["site"] * 1001}, "sort"),
        ({"sort": "site," * 1001}, "sort"),
        ({"fields": '"' * 201}, "fields"),
        ({"sort": '"' * 201}, "sort"),
        ({"q": " " * 100_000, "plain": False}, "query"),
        ({"q": "e" * 101 + " " + "é" * 100}, "q"),
        ({"q": "e" * 201, "plain": False}, "query"),
        ({"fields": "nope"}, "fields"),
        ({"limit": -1}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"offset": -1}, "offset"),
        ({"q": {"nope": "x"}}, "q"),
        ({"q": ["x"]}, "q"),
        ({"q": "x", "language": "klingon"}, "query"),
        ({"q": "a & ", "plain": False}, "query"),
        ({"q": "((", "plain": False}, "query"),
        ({"q": " ".join("abcdefghijklmnopqrstuvwxyz")}, "q"),
        ({"records_format": "xml"}, "records_format"),
        ({"distinct": True, "fields": "site", "sort": "passages"}, "sort"),
        ({"nope": 1}, "__extras"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_name(
    client: TestClient, question: dict[str, object], named: str
) -> None:
    status, error = asked(client, "datastore_search", {"resource_id": TABLE, **question})
    assert (status, error["__type"]) == (409, "Validation Error")
    assert named in error


def test_as_many_parts_as_may_be_are_read(client: TestClient) -> None:
    either: list[dict[str, object]] = [{"site": "AUD", "passages": {"lt": 0}}] * 49
    found = search(client, filters={"$or": [*either, {"site": "AUD"}, *[{"$and": []}] * 100, {"site": [{}]}]})
    assert found["total"] == len(IN_ORDER)


def test_ten_levels_are_read(client: TestClient) -> None:
    assert search(client, filters=nested(9))["total"] == len(where(lambda row: row[0] == "AUD"))


@pytest.mark.parametrize("sort", ["passages", "passages desc", "passages asc nulls last", ["passages desc", "_id"]])
def test_masked_cells_come_last_both_ways(client: TestClient, sort: object) -> None:
    found = [row["passages"] for row in search(client, sort=sort)["records"]]
    assert found[-len(MASKED) :] == [None] * len(MASKED)
    down = "desc" in str(sort)
    assert found[: -len(MASKED)] == sorted((row[2] for row in COUNTED), reverse=down)


def test_nulls_come_first_for_who_asks(client: TestClient) -> None:
    found = search(client, sort="passages desc nulls first, site", limit=len(MASKED) + 1)["records"]
    assert [row["passages"] for row in found] == [*[None] * len(MASKED), max(row[2] for row in COUNTED)]


def test_pages_follow_each_other(client: TestClient) -> None:
    filters: dict[str, object] = {"_id": {"gt": 0}}
    seen: list[int] = []
    while (page := search(client, filters=filters, include_next_page=True, limit=7))["records"]:
        seen += ids(page)
        if "next_page" not in page:
            break
        filters = page["next_page"]
    assert seen == [*range(1, 31)]
    assert ids(search(client, limit=7, offset=28)) == [29, 30]
    assert search(client, limit=0)["total"] == 30
    assert search(client, limit=100_000)["limit"] == 32_000
    assert "total" not in search(client, include_total=False)


def test_distinct_rows_are_counted_as_such(client: TestClient) -> None:
    found = search(client, fields="site", distinct=True, sort="site desc", limit=1)
    assert (found["records"], found["total"]) == ([{"site": "VIL"}], 2)


@pytest.mark.parametrize(
    ("question", "test"),
    [
        ({"q": "aud"}, lambda row: row[0] == "AUD"),
        ({"q": "aud masque"}, lambda row: row[0] == "AUD" and row[2] is None),
        ({"q": {"site": "vil"}}, lambda row: row[0] == "VIL"),
        ({"q": "41"}, lambda row: 41 in row[2:4]),
        ({"q": "au:* & !masque", "plain": False}, lambda row: row[0] == "AUD" and row[2] is not None),
        ({"q": "(aud | vil) & 41", "plain": False}, lambda row: 41 in row[2:4]),
        ({"full_text": "masque"}, lambda row: row[2] is None),
        ({"q": ""}, lambda _row: True),
        ({"q": "?!"}, lambda _row: False),
    ],
)
def test_words_are_found(client: TestClient, question: dict[str, object], test: Any) -> None:
    found = search(client, **question)
    assert ids(found) == where(test)
    ranked = any(field["id"].startswith("rank") for field in found["fields"])
    assert ranked == bool(question.get("q") or question.get("full_text"))


def test_the_four_formats_say_the_same(client: TestClient) -> None:
    rows = [[place, *row] for place, row in enumerate(IN_ORDER, 1)]
    assert search(client, records_format="lists")["records"] == rows
    for kind, separator in (("csv", ","), ("tsv", "\t")):
        lines = search(client, records_format=kind)["records"].splitlines()
        assert lines == [separator.join("" if cell is None else str(cell) for cell in row) for row in rows]


def test_tables_are_listed_and_described(client: TestClient) -> None:
    _, listed = asked(client, "datastore_search", {"resource_id": "_table_metadata"})
    assert {row["name"] for row in listed["records"]} == {TABLE, PLACES}
    _, about = asked(client, "datastore_info", {"id": TABLE})
    assert (about["meta"]["count"], about["meta"]["id"]) == (30, TABLE)
    assert {field["id"]: field["type"] for field in about["fields"]}["passages"] == "int8"


@pytest.mark.parametrize("action", ["datastore_search", "datastore_info"])
def test_what_is_no_table_is_not_found(client: TestClient, action: str) -> None:
    for identifier in ("nowhere", stable_id(SERIES, "data.json"), "'", "_"):
        assert asked(client, action, {"id": identifier})[0] == 404


NAMES = st.sampled_from(["site", "passages", "foyers", "statut", "_id", "nope", "$or", "$and"])
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6)),
    lambda inside: st.one_of(
        st.lists(inside, max_size=3), st.dictionaries(st.sampled_from(["gt", "lte", "in", "site"]), inside, max_size=2)
    ),
    max_leaves=4,
)


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    filters=st.dictionaries(NAMES, VALUES, max_size=3),
    sort=st.sampled_from(["", "passages", "foyers desc", "site, passages desc"]),
    q=st.one_of(st.just(""), st.text(max_size=8), st.sampled_from(["AUD", "41"])),
)
def test_no_question_fails_and_none_finds_a_masked_value(
    client: TestClient, filters: dict[str, object], sort: str, q: str
) -> None:
    """A masked cell answers to null alone: every row found by a comparison of a measure has that measure."""
    question = {"resource_id": TABLE, "filters": filters, "sort": sort, "q": q}
    answer = client.post("/api/3/action/datastore_search", content=json.dumps(question))
    assert answer.status_code in {200, 409}, answer.text
    compared = filters.get("passages")
    if answer.status_code == 200 and isinstance(compared, int | float | str):
        assert all(row["passages"] is not None for row in answer.json()["result"]["records"])


@pytest.mark.parametrize(
    "question",
    [
        {},
        {"sort": "passages desc, foyers"},
        {"fields": "statut,passages,_id", "limit": 4, "offset": 3},
        {"filters": {"site": "AUD"}, "sort": "foyers", "offset": 2},
        {"filters": {"_id": {"gt": 12}}, "limit": 5},
        {"resource_id": PLACES},
        {"resource_id": PLACES, "sort": "nom desc"},
    ],
)
def test_objects_made_by_the_index_are_those_of_the_rows(
    client: TestClient, question: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    by_the_index = search(client, **question)
    monkeypatch.setattr("api.ckan.datastore.json_page", lambda _search, _parts: None)
    assert search(client, **question) == by_the_index


@pytest.mark.parametrize("shape", ["objects", "lists", "csv", "tsv"])
def test_a_long_page_is_the_same_as_a_short_one(
    client: TestClient, shape: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = search(client, records_format=shape)
    monkeypatch.setattr("api.ckan.datastore.json_page", lambda _search, _parts: None)
    monkeypatch.setattr("api.ckan.datastore._AT_ONCE", 5)
    assert search(client, records_format=shape) == short
