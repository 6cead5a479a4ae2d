"""The whole grammar of rows: groups, alternatives, boxes, words, every format, every row as a stream."""

import io
import json
from collections.abc import Callable

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from tests.serving import IN_ORDER, POINTS, SERIES
from tests.unit.api.test_records import NAMES, PATH, walked

PLACES = f"/api/v1/datasets/{POINTS}/records"
Rows = list[tuple[object, ...]]


def number(row: tuple[object, ...], place: int) -> int:
    value = row[place]
    return value if isinstance(value, int) else -1


@pytest.mark.parametrize("limit", [1, 7, 1000])
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("or=site=VIL|foyers__gte=40", lambda rows: [r for r in rows if r[0] == "VIL" or number(r, 3) >= 40]),
        (
            "or=site=VIL|site=X&or=foyers__lt=20",
            lambda rows: [r for r in rows if r[0] == "VIL" and 0 <= number(r, 3) < 20],
        ),
        ("foyers__between=16,20", lambda rows: [r for r in rows if 16 <= number(r, 3) <= 20]),
        ("foyers__notin=16,17", lambda rows: [r for r in rows if r[3] is not None and r[3] not in {16, 17}]),
        ("site__like=V%25", lambda rows: [r for r in rows if r[0] == "VIL"]),
        ("site__like=v%25", lambda _: []),
        ("site__contains=vi", lambda rows: [r for r in rows if r[0] == "VIL"]),
        ("horodatage__endswith=-09", lambda rows: [r for r in rows if str(r[1]).endswith("-09")]),
        ("q=vil 10-1", lambda rows: [r for r in rows if r[0] == "VIL" and "10-1" in str(r[1])]),
    ],
)
def test_filters_hold_what_they_say(
    client: TestClient, query: str, expected: Callable[[Rows], Rows], limit: int
) -> None:
    assert walked(client, f"{query}&limit={limit}") == expected([*IN_ORDER])


@pytest.mark.parametrize("limit", [1, 1000])
def test_groups_are_reckoned_of_published_values_alone(client: TestClient, limit: int) -> None:
    told = walked(client, f"group=site&aggregate=count,sum(foyers),min(foyers),distinct(statut)&limit={limit}")
    sites = sorted({str(row[0]) for row in IN_ORDER})
    of = {site: [row for row in IN_ORDER if row[0] == site] for site in sites}
    known = {site: [number(row, 3) for row in rows if row[3] is not None] for site, rows in of.items()}
    statuses = {site: len({row[4] for row in rows}) for site, rows in of.items()}
    assert told == [
        (site, len(of[site]), sum(known[site]) if known[site] else None, min(known[site], default=None), statuses[site])
        for site in sites
    ]


def test_a_sum_of_masked_cells_alone_is_null_and_sorts_last_both_ways(client: TestClient) -> None:
    for sign in ("", "-"):
        lines = walked(client, f"group=horodatage,site&aggregate=sum(foyers)&sort={sign}sum(foyers)&limit=4")
        values = [line[2] for line in lines]
        known = [value for value in values if value is not None]
        assert None in values
        assert values[: len(known)] == sorted(known, key=lambda value: int(str(value)), reverse=sign == "-")
        assert len(lines) == len({line[:2] for line in lines}) == len(IN_ORDER)


def test_without_a_group_all_rows_are_one_line(client: TestClient) -> None:
    page = client.get(f"{PATH}?aggregate=count,avg(foyers)&foyers__isnull=true").json()
    assert page["records"] == [{"count": sum(row[3] is None for row in IN_ORDER), "avg(foyers)": None}]
    assert page["next"] is None


def test_distinct_lines_of_the_columns_selected(client: TestClient) -> None:
    told = walked(client, "select=statut,site&distinct=true&sort=-site&limit=1")
    assert told == sorted({(row[4], row[0]) for row in IN_ORDER}, key=lambda line: line[0]) or len(told) == len(
        set(told)
    )
    assert {*told} == {(row[4], row[0]) for row in IN_ORDER}


@pytest.mark.parametrize(
    ("box", "names"),
    [("5.88,49,5.9,50", ["D1"]), ("5,49,6,50", ["D1", "D2"]), ("0,0,1,1", []), ("5.92,49,-170,50", ["D2"])],
)
def test_a_box_holds_the_places_in_it_across_the_antimeridian_too(
    client: TestClient, box: str, names: list[str]
) -> None:
    found = client.get(f"{PLACES}?bbox={box}").json()["records"]
    assert [record["identifiant"] for record in found] == names


def test_geojson_takes_the_place_out_of_the_properties(client: TestClient) -> None:
    for query in ("", "&limit=all"):
        answer = client.get(f"{PLACES}?format=geojson{query}")
        assert answer.headers["content-type"] == "application/geo+json"
        first = answer.json()["features"][0]
        assert first["geometry"] == {"type": "Point", "coordinates": [5.89, 49.47]}
        assert first["properties"] == {"identifiant": "D1", "nom": "Déchèterie d'Audun"}


def table(content: bytes, kind: str) -> pa.Table:
    if kind == "parquet":
        return pq.read_table(io.BytesIO(content))
    with pa.ipc.open_stream(content) as reader:
        return reader.read_all()


@pytest.mark.parametrize("kind", ["parquet", "arrow"])
@pytest.mark.parametrize("query", ["limit=1000", "limit=all", "limit=all&sort=foyers&site=VIL", "limit=all&site=X"])
def test_the_same_rows_as_tables(client: TestClient, kind: str, query: str) -> None:
    answer = client.get(f"{PATH}?{query}&format={kind}")
    rows = [tuple(row.values()) for row in table(answer.content, kind).to_pylist()]
    assert rows == walked(client, query.replace("limit=all", "limit=1000"))
    assert table(answer.content, kind).column_names == [*NAMES]


@pytest.mark.parametrize("kind", ["parquet", "arrow"])
def test_pages_of_tables_follow_each_other(client: TestClient, kind: str) -> None:
    for order, expected in (("", walked(client, "")), ("&sort=-foyers", walked(client, "sort=-foyers"))):
        rows: Rows = []
        answer = client.get(f"{PATH}?limit=7&format={kind}{order}")
        while True:
            rows += [tuple(row.values()) for row in table(answer.content, kind).to_pylist()]
            if "next" not in answer.links:
                break
            answer = client.get(answer.links["next"]["url"])
        assert rows == expected


@pytest.mark.parametrize("query", ["", "&site=VIL", "&sort=-foyers", "&select=foyers,site", "&group=site"])
def test_every_row_streams_as_its_pages_say(client: TestClient, query: str) -> None:
    paged = client.get(f"{PATH}?limit=1000&format=csv{query}")
    streamed = client.get(f"{PATH}?limit=all&format=csv{query}")
    assert streamed.text == paged.text
    lines = client.get(f"{PATH}?limit=all&format=ndjson{query}").text.splitlines()
    assert [json.loads(line) for line in lines] == client.get(f"{PATH}?limit=1000{query}").json()["records"]


def test_the_stream_of_all_rows_is_the_file(client: TestClient) -> None:
    assert client.get(f"{PATH}?limit=all&format=csv").content == client.get(f"/dataset/{SERIES}/data.csv").content


def test_a_stream_is_revalidated_and_asked_for_its_head(client: TestClient) -> None:
    address = f"{PATH}?limit=all&format=csv&site=VIL"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address, headers={"If-Match": '"x"'}).json()["code"] == "api.precondition"
    head = client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert {**head.headers} == {name: value for name, value in first.headers.items() if name != "transfer-encoding"}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("limit=all", "api.bad-parameter"),
        ("bbox=1,2,3,4", "rows.no-place"),
        ("format=geojson", "rows.no-place"),
        ("aggregate=sum(site)", "rows.not-for-column"),
        ("aggregate=median(foyers)", "api.bad-parameter"),
        ("aggregate=sum", "api.bad-parameter"),
        ("aggregate=count(site)", "api.bad-parameter"),
        ("aggregate=sum(*)", "api.unknown-column"),
        ("aggregate=sum(nope)", "api.unknown-column"),
        ("group=nope", "api.unknown-column"),
        ("group=site&select=site", "api.bad-parameter"),
        ("group=site&sort=foyers", "api.bad-parameter"),
        ("group=site&distinct=true", "api.bad-parameter"),
        ("distinct=maybe", "api.bad-parameter"),
        ("or=site", "api.bad-parameter"),
        ("or=nope=1|site=2", "api.unknown-column"),
        ("q=a b c d e f g h i j k", "api.bad-parameter"),
        ("q=a&q=b", "api.bad-parameter"),
        ("foyers__between=1", "api.bad-parameter"),
        ("site__like=a\\", "api.bad-parameter"),
        ("limit=all&limit=3&format=csv", "api.bad-parameter"),
    ],
)
def test_a_wrong_question_is_told_what_is_allowed(client: TestClient, query: str, code: str) -> None:
    answer = client.get(f"{PATH}?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert answer.json()["code"] == code


@pytest.mark.parametrize("box", ["1,2,3", "a,b,c,d", "1,2,3,4,5,6", "-181,0,0,1", "0,5,1,4", "nan,0,1,1"])
def test_a_box_is_four_degrees(client: TestClient, box: str) -> None:
    assert client.get(f"{PLACES}?bbox={box}").json()["code"] == "api.bad-parameter"


def test_what_sql_calls_everything_is_understood(client: TestClient) -> None:
    assert client.get(f"{PATH}?select=*&limit=3").json()["records"] == client.get(f"{PATH}?limit=3").json()["records"]
    counted = client.get(f"{PATH}?group=site&aggregate=count(*)")
    assert counted.json()["records"] == client.get(f"{PATH}?group=site&aggregate=count").json()["records"]


@pytest.mark.parametrize(
    ("query", "here"),
    [
        ("offset=10", "cursor"),
        ("page_size=10", "limit"),
        ("f=csv", "format"),
        ("Fields=site", "select"),
        ("order_by=site", "sort"),
        ("where=foyers>3", "column__gt"),
        ("select=count(*)", "aggregate"),
        ("foyer=3", "“foyers”"),
    ],
)
def test_a_parameter_of_another_api_is_told_what_it_is_called_here(client: TestClient, query: str, here: str) -> None:
    refused = client.get(f"{PATH}?{query}")
    assert (refused.status_code, refused.json()["code"]) == (400, "api.unknown-column")
    guess = refused.json()["detail_en"].partition("Did you mean")[2].partition("?")[0]
    assert here in guess
