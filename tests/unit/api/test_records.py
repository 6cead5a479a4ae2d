"""Pages of rows: against the rows that were published, sorted and filtered here by hand."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from tests.serving import IN_ORDER, POINTS, SERIES
from tests.unit.catalog.publish.released import Home

PATH = f"/api/v1/datasets/{SERIES}/records"
NAMES = ("site", "horodatage", "passages", "foyers", "statut")


def walked(client: TestClient, query: str) -> list[tuple[object, ...]]:
    """All the rows of a walk by pages, following `next`."""
    rows: list[tuple[object, ...]] = []
    address = f"{PATH}?{query}"
    while address:
        page = client.get(address).json()
        rows += [tuple(record.values()) for record in page["records"]]
        address = page["next"]
    return rows


def last(rows: list[tuple[object, ...]], place: int, sign: int = 1) -> list[tuple[object, ...]]:
    """Sort by a number, nulls last whatever the sign, equal ones in key order."""
    return sorted(rows, key=lambda row: (row[place] is None, sign * int(str(row[place] or 0))))


@pytest.mark.parametrize("limit", [1, 7, 30, 1000])
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", lambda rows: rows),
        ("sort=foyers", lambda rows: last(rows, 3)),
        ("sort=-foyers", lambda rows: last(rows, 3, -1)),
        ("sort=-site,passages", lambda rows: last([r for r in rows if r[0] == "VIL"], 2) + last(rows[:15], 2)),
        ("site=AUD", lambda rows: [row for row in rows if row[0] == "AUD"]),
        ("foyers__gte=40&sort=-foyers", lambda rows: last([r for r in rows if (r[3] or 0) >= 40], 3, -1)),
        ("foyers__isnull=true", lambda rows: [row for row in rows if row[3] is None]),
        ("site__in=VIL,X&foyers__lt=20", lambda rows: [r for r in rows if r[0] == "VIL" and r[3] and r[3] < 20]),
        ("horodatage__startswith=2026-10-1", lambda rows: [r for r in rows if r[1].startswith("2026-10-1")]),
        ("horodatage__contains=-0", lambda rows: [row for row in rows if "-0" in row[1]]),
        ("statut__ne=masque&site__eq=VIL", lambda rows: [r for r in rows if r[4] == "publie" and r[0] == "VIL"]),
    ],
)
def test_pages_hold_each_row_once_in_order(
    client: TestClient, query: str, expected: Callable[[list[tuple[object, ...]]], object], limit: int
) -> None:
    assert walked(client, f"{query}&limit={limit}") == expected([*IN_ORDER])


def test_columns_come_in_the_order_asked_for(client: TestClient) -> None:
    record = client.get(f"{PATH}?select=foyers,site&limit=1").json()["records"][0]
    assert list(record.items()) == [("foyers", 16), ("site", "AUD")]


def test_the_same_rows_in_csv_and_ndjson(client: TestClient) -> None:
    csv = client.get(f"{PATH}?limit=3&sort=horodatage&format=csv")
    assert csv.headers["content-type"] == "text/csv; charset=utf-8"
    assert csv.text.splitlines()[:2] == [",".join(NAMES), "AUD,2026-10-01,21,16,publie"]
    lines = client.get(f"{PATH}?limit=2", headers={"Accept": "application/x-ndjson"})
    assert lines.text.splitlines()[0].startswith('{"site":"AUD","horodatage":"2026-10-01"')
    assert 'rel="next"' in lines.headers["link"]
    assert client.get(f"{PATH}?format=csv&site=NOWHERE").text == ",".join(NAMES) + "\n"


def test_texts_with_quotes_and_accents_are_json(client: TestClient) -> None:
    records = client.get(f"/api/v1/datasets/{POINTS}/records").json()["records"]
    assert [record["nom"] for record in records] == ["Déchèterie d'Audun", "Déchèterie, Villerupt"]


def test_an_answer_is_revalidated_by_its_tag(client: TestClient) -> None:
    first = client.get(f"{PATH}?limit=2")
    again = client.get(f"{PATH}?limit=2", headers={"If-None-Match": f'"x", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["vary"] == "Accept, Accept-Encoding"
    head = client.head(f"{PATH}?limit=2")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(first.content))


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("foyer=1", "api.unknown-column"),
        ("select=sites", "api.unknown-column"),
        ("sort=-nope", "api.unknown-column"),
        ("foyers__near=1", "api.unknown-operator"),
        ("foyers__like=1", "rows.not-for-column"),
        ("foyers=many", "api.bad-value"),
        ("foyers__in=1,x", "api.bad-value"),
        ("foyers__isnull=maybe", "api.bad-parameter"),
        ("limit=0", "api.bad-parameter"),
        ("limit=1001", "api.bad-parameter"),
        ("limit=1&limit=2", "api.bad-parameter"),
        ("format=xml", "api.bad-parameter"),
        ("cursor=x", "api.bad-cursor"),
        ("cursor=WzEsIngiLFtdLDFd", "api.bad-cursor"),
        ("site=%ff", "api.bad-parameter"),
        (f"site__contains={'e' * 201}", "api.bad-parameter"),
        (f"site__like={'%25' * 201}", "api.bad-parameter"),
        (f"q={'e' * 101}%20{'a' * 100}", "api.bad-parameter"),
    ],
)
def test_a_wrong_question_is_told_what_is_wrong(client: TestClient, query: str, code: str) -> None:
    answer = client.get(f"{PATH}?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert answer.json()["code"] == code


def test_an_unknown_column_is_told_its_neighbour(client: TestClient) -> None:
    problem = client.get(f"{PATH}?foyer__gt=3").json()
    assert "Vouliez-vous « foyers » ?" in problem["detail"]
    assert "Did you mean “foyers”?" in problem["detail_en"]


@pytest.mark.parametrize("name", [SERIES.replace("tt", "t"), f"{SERIES}s"])
def test_a_name_mistyped_is_told_its_neighbour(client: TestClient, name: str) -> None:
    for path in (f"/api/v1/datasets/{name}", f"/api/v1/datasets/{name}/records", f"/dataset/{name}/data.csv"):
        problem = client.get(path).json()
        assert f"Vouliez-vous « {SERIES} » ?" in problem["detail"]
        assert f"Did you mean “{SERIES}”?" in problem["detail_en"]
    assert "Vouliez-vous" not in client.get("/api/v1/datasets/nowhere").json()["detail"]


@pytest.mark.parametrize("moment", ["hier", "2026-13-45", "2026-02-30", "2026-10-02T14:00:00 01:00", "20261002", ""])
@pytest.mark.parametrize("operator", ["gt", "gte", "lt", "lte"])
def test_before_or_after_what_is_no_moment_is_told(client: TestClient, moment: str, operator: str) -> None:
    answer = client.get(PATH, params={f"horodatage__{operator}": moment})
    assert (answer.status_code, answer.json()["code"]) == (400, "api.bad-moment")
    assert "%2B" in answer.json()["detail"]


@pytest.mark.parametrize(
    "moment", ["2026", "2026-10", "2026-T4", "2026-W41", "2026-10-02", "2026-10-02T14:00:00+02:00"]
)
def test_any_label_of_time_or_its_beginning_is_a_moment(client: TestClient, moment: str) -> None:
    assert client.get(PATH, params={"horodatage__gte": moment}).status_code == 200
    assert client.get(PATH, params={"horodatage__between": f"{moment},2027"}).status_code == 200
    assert client.get(PATH, params={"horodatage": "ensemble"}).status_code == 200


def test_a_value_is_never_repeated_in_a_message(client: TestClient) -> None:
    assert "jean.dupont" not in client.get(f"{PATH}?foyers=jean.dupont").text


def test_nothing_acceptable_is_said_with_what_there_is(client: TestClient) -> None:
    answer = client.get(PATH, headers={"Accept": "image/png"})
    assert (answer.status_code, answer.json()["code"]) == (406, "api.not-acceptable")
    assert "text/csv" in answer.json()["detail"]


def test_a_cursor_belongs_to_its_question(client: TestClient) -> None:
    cursor = client.get(f"{PATH}?limit=2&sort=site").json()["next"].partition("cursor=")[2]
    assert client.get(f"{PATH}?limit=2&sort=-site&cursor={cursor}").json()["code"] == "api.bad-cursor"


def test_a_cursor_belongs_to_its_dataset(client: TestClient) -> None:
    """Another one has a version of the same number: its rows are not what the walk was of."""
    elsewhere = client.get(f"/api/v1/datasets/{POINTS}/records?limit=1").json()["next"].partition("cursor=")[2]
    assert client.get(f"/api/v1/datasets/{POINTS}/records?limit=1&cursor={elsewhere}").status_code == 200
    for path in (PATH, f"/dataset/{SERIES}"):
        refused = client.get(f"{path}?cursor={elsewhere}", headers={"Accept": "text/html, application/json;q=0.9"})
        assert refused.status_code == 400
        assert "api.cursor-elsewhere" in refused.text


def test_the_list_says_where_each_dataset_stands(client: TestClient, home: Home) -> None:
    del home
    listed = client.get("/api/v1/datasets").json()
    assert [one["slug"] for one in listed["datasets"]] == [SERIES, POINTS]
    assert [one["version"]["number"] for one in listed["datasets"]] == [2, 1]
    assert client.get("/api/v1/datasets?state=withdrawn").json()["count"] == 0
    assert client.get("/api/v1/datasets?state=lost").status_code == 400
    assert client.get("/api/v1/datasets/nowhere").json()["code"] == "api.no-dataset"
