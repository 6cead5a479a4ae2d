"""SQL and dumps over a published version, asked as clients do."""

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.ckan.site import CSV, stable_id
from tests.serving import IN_ORDER, POINTS, SERIES

TABLE, PLACES = stable_id(SERIES, CSV), stable_id(POINTS, CSV)
COUNTED = [row for row in IN_ORDER if row[2] is not None]


def sql(client: TestClient, text: str) -> tuple[int, dict[str, Any]]:
    answer = client.post("/api/3/action/datastore_search_sql", content=json.dumps({"sql": text}))
    said = answer.json()
    return answer.status_code, said["result"] if answer.status_code == 200 else said["error"]


def rows(client: TestClient, text: str) -> list[dict[str, Any]]:
    status, result = sql(client, text.replace("{t}", f'"{TABLE}"').replace("{p}", f'"{PLACES}"'))
    assert status == 200, result
    records: list[dict[str, Any]] = result["records"]
    return records


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT count(*), count(passages) AS counted FROM {t}", [{"count": 30, "counted": len(COUNTED)}]),
        ("SELECT sum(passages) FROM {t}", [{"sum": sum(row[2] for row in COUNTED)}]),
        ("SELECT min(passages), max(passages) FROM {t} WHERE site = 'AUD'",
         [{"min": min(row[2] for row in COUNTED if row[0] == "AUD"),
           "max": max(row[2] for row in COUNTED if row[0] == "AUD")}]),
        ("SELECT site, count(*) AS n FROM {t} GROUP BY site ORDER BY site",
         [{"site": site, "n": sum(row[0] == site for row in IN_ORDER)} for site in ("AUD", "VIL")]),
        ("WITH few AS (SELECT * FROM {t} WHERE passages IS NOT NULL) SELECT count(*) FROM few", [{"count": 24}]),
        ("SELECT count(*) FROM {t} WHERE passages > 0 OR NOT passages > 0", [{"count": 24}]),
        ("SELECT passages FROM {t} ORDER BY passages DESC LIMIT 1", [{"passages": max(row[2] for row in COUNTED)}]),
        ("SELECT passages FROM {t} ORDER BY passages DESC NULLS FIRST LIMIT 1", [{"passages": None}]),
        ("SELECT a._id, b.nom FROM {t} a JOIN {p} b ON b._id = a._id ORDER BY 1 LIMIT 1",
         [{"_id": 1, "nom": "Déchèterie d'Audun"}]),
        ("SELECT _id, row_number() OVER (ORDER BY _id DESC) AS r FROM {t} ORDER BY _id LIMIT 1", [{"_id": 1, "r": 30}]),
        ("SELECT site, site FROM {t} LIMIT 1", [{"site": "AUD", "site_1": "AUD"}]),
        ("SELECT site FROM {t} WHERE site ILIKE 'au%' AND site ~ '^A' LIMIT 1;", [{"site": "AUD"}]),
        ("SELECT 7 / 2 AS whole, round(avg(x)::numeric, 2) AS r FROM (SELECT 1 AS x UNION ALL SELECT 2) s",
         [{"whole": 3, "r": 1.5}]),
        ("SELECT 'NaN'::float AS x, ARRAY[1, 2] AS a, interval '1 day' AS i",
         [{"x": "NaN", "a": [1, 2], "i": "1 day, 0:00:00"}]),
        ("SELECT to_char('2026-03-04'::date, 'YYYY-MM') AS m, extract(year from date '2026-03-04')",
         [{"m": "2026-03", "extract": 2026}]),
        ("SELECT count(*) FROM {t} WHERE _full_text @@ plainto_tsquery('masque aud')", [{"count": 3}]),
        ("SELECT count(*) FILTER (WHERE passages IS NULL) AS m FROM {t}", [{"m": 6}]),
        ("SELECT string_agg(DISTINCT site, '+' ORDER BY site) FROM {t}", [{"string_agg": "AUD+VIL"}]),
        ("SELECT 1 AS un -- end", [{"un": 1}]),
    ],
)  # fmt: skip
def test_questions_in_sql_are_answered_with_masked_cells_null(
    client: TestClient, text: str, expected: list[dict[str, Any]]
) -> None:
    assert rows(client, text) == expected


def test_all_columns_are_those_of_the_table(client: TestClient) -> None:
    status, result = sql(client, f'SELECT * FROM "{TABLE}" ORDER BY _id')
    assert status == 200
    assert [[*row.values()] for row in result["records"]] == [[n, *row] for n, row in enumerate(IN_ORDER, 1)]
    assert [field["type"] for field in result["fields"]] == ["int4", "text", "text", "int8", "int8", "text"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("SELECT * FROM nowhere", 404),
        (f'SELECT * FROM "{SERIES}"', 404),
        ("SELECT pg_sleep(9)", 403),
        ("SELECT * FROM pg_user", 403),
        ("SELECT * FROM information_schema.tables", 403),
        ("SELECT 'a'::int", 409),
        ("SELECT 1/0", 409),
        ("SELECT 1; SELECT 2", 409),
        ("SELEC 1", 409),
        ("", 409),
    ],
)
def test_refusals_in_sql_are_those_of_ckan(client: TestClient, text: str, status: int) -> None:
    found, error = sql(client, text)
    assert found == status
    assert str(client.app.state.parts.settings.home) not in json.dumps(error)  # type: ignore[attr-defined]


def test_an_answer_kept_is_given_again(client: TestClient) -> None:
    text = f'SELECT count(*) AS n FROM "{TABLE}"'
    assert sql(client, text) == sql(client, text)


def lines(text: str) -> list[str]:
    return text.splitlines()


@pytest.mark.parametrize(("kind", "separator"), [("csv", ","), ("tsv", "\t")])
def test_a_dump_in_lines_holds_every_row(client: TestClient, kind: str, separator: str) -> None:
    answer = client.get(f"/datastore/dump/{TABLE}?format={kind}")
    written = [[n, *row] for n, row in enumerate(IN_ORDER, 1)]
    expected = [separator.join("" if cell is None else str(cell) for cell in row) for row in written]
    names = separator.join(("_id", "site", "horodatage", "passages", "foyers", "statut"))
    assert lines(answer.text) == [names, *expected]
    assert answer.headers["content-disposition"] == f'attachment; filename="{TABLE}.{kind}"'


def test_a_dump_in_json_and_in_xml(client: TestClient) -> None:
    found = client.get(f"/datastore/dump/{TABLE}?format=json&limit=2&sort=passages desc&fields=site,passages").json()
    assert [field["id"] for field in found["fields"]] == ["site", "passages"]
    assert found["records"][0][1] == max(row[2] for row in COUNTED)
    assert client.get(f"/datastore/dump/{TABLE}?format=json&limit=0").json()["records"] == []
    xml = client.get(f"/datastore/dump/{TABLE}?format=xml&filters=" + json.dumps({"passages": None}))
    assert xml.headers["content-type"] == "text/xml; charset=utf-8"
    assert xml.text.count('<passages xsi:nil="true" />') == xml.text.count("<row ") == 6


def test_a_dump_is_asked_for_again_and_in_parts(client: TestClient) -> None:
    address = f"/datastore/dump/{TABLE}?bom=true"
    whole = client.get(address)
    assert whole.content.startswith("\ufeff_id,".encode())
    assert client.get(address, headers={"If-None-Match": whole.headers["etag"]}).status_code == 304
    part = client.get(address, headers={"Range": "bytes=3-5", "Accept-Encoding": "identity"})
    assert (part.status_code, part.content) == (206, b"_id")
    head = client.head(address)
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("format=xls", 400),
        ("filters={", 400),
        ('filters={"nope":1}', 400),
        ('filters={"passages":"x"}', 400),
        ("sort=nope", 400),
        ("fields=nope", 400),
        ("limit=-1", 400),
        ("nope=1", 400),
    ],
)
def test_a_dump_that_cannot_be_made_is_refused(client: TestClient, query: str, status: int) -> None:
    assert client.get(f"/datastore/dump/{TABLE}?{query}").status_code == status
    assert client.get("/datastore/dump/nowhere").status_code == 404


@pytest.mark.parametrize("kind", ["csv", "tsv", "json", "xml"])
@pytest.mark.parametrize(
    "query",
    [
        "",
        "limit=20&offset=5",
        "limit=9&fields=statut,_id",
        "offset=40",
        'filters={"site":"AUD"}',
        "sort=passages desc&limit=25",
        "q=aud",
        "fields=_id",
    ],
)
def test_a_long_dump_is_the_same_as_a_short_one(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, kind: str, query: str
) -> None:
    address = f"/datastore/dump/{TABLE}?format={kind}&{query}"
    short = client.get(address).content
    monkeypatch.setattr("api.ckan.dump._BATCH", 7)
    assert client.get(address).content == short
