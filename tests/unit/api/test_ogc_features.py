"""The OGC API on a home of two datasets: what each address says, in which form, and what it refuses."""

from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from catalog.registry import withdraw
from tests.serving import IN_ORDER, POINTS, SERIES
from tests.unit.api.conftest import ORIGIN, client_on
from tests.unit.catalog.publish.released import Home, passages

ROOT = "/ogc"
ITEMS = f"{ROOT}/collections/{SERIES}/items"
PLACES = f"{ROOT}/collections/{POINTS}/items"
RECORDS = f"{ROOT}/collections/jeux_de_donnees/items"
MERCATOR = "http://www.opengis.net/def/crs/EPSG/0/3857"
LATITUDE_FIRST = "http://www.opengis.net/def/crs/EPSG/0/4326"
Json = dict[str, object]


def asked(client: TestClient, path: str, **parameters: str) -> dict[str, object]:
    address = f"{path}?{urlencode({name.replace('_', '-'): value for name, value in parameters.items()})}"
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    document: dict[str, object] = answer.json()
    return document


def ids(document: dict[str, object]) -> list[object]:
    features = document["features"]
    assert isinstance(features, list)
    assert document["numberReturned"] == len(features)
    return [feature["id"] for feature in features]


def following(document: dict[str, object]) -> str | None:
    links = document["links"]
    assert isinstance(links, list)
    return next((link["href"].removeprefix(ORIGIN) for link in links if link["rel"] == "next"), None)


def refused(client: TestClient, path: str, status: int = 400) -> str:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    return str(answer.json()["code"])


def test_every_link_of_the_first_page_answers(client: TestClient) -> None:
    for start in (ROOT, f"{ROOT}/", f"{ROOT}/collections", f"{ROOT}/collections/{POINTS}", PLACES, f"{PLACES}/D1"):
        for link in asked(client, start)["links"]:  # type: ignore[attr-defined]
            assert link["href"].startswith((ORIGIN, "https://")), link
            if link["href"].startswith(ORIGIN):
                answer = client.get(link["href"].removeprefix(ORIGIN), headers={"accept": "*/*"})
                assert answer.status_code == 200, link
                if link["href"].startswith(f"{ORIGIN}{ROOT}"):
                    assert answer.headers["content-type"].removesuffix("; charset=utf-8") == link["type"]


def test_the_collection_with_places_comes_first_and_the_records_last(client: TestClient) -> None:
    found = asked(client, f"{ROOT}/collections")["collections"]
    assert isinstance(found, list)
    assert [(one["id"], one["itemType"]) for one in found] == [
        (POINTS, "feature"),
        (SERIES, "feature"),
        ("jeux_de_donnees", "record"),
    ]
    assert "storageCrs" in found[0]
    assert "storageCrs" not in found[1]


def test_a_feature_is_a_row_with_its_place(client: TestClient) -> None:
    document = asked(client, PLACES)
    assert ids(document) == ["D1", "D2"]
    assert document["features"][0] == {  # type: ignore[index]
        "type": "Feature",
        "id": "D1",
        "geometry": {"type": "Point", "coordinates": [5.89, 49.47]},
        "properties": {"identifiant": "D1", "nom": "Déchèterie d'Audun"},
    }
    assert asked(client, f"{PLACES}/D1")["geometry"] == {"type": "Point", "coordinates": [5.89, 49.47]}


@pytest.mark.parametrize(
    ("crs", "coordinates"), [(LATITUDE_FIRST, [49.47, 5.89]), (MERCATOR, [655671.801, 6354990.127])]
)
def test_coordinates_come_in_the_system_that_is_asked(client: TestClient, crs: str, coordinates: list[float]) -> None:
    answer = client.get(f"{PLACES}?limit=1&{urlencode({'crs': crs})}")
    assert answer.headers["content-crs"] == f"<{crs}>"
    assert answer.json()["features"][0]["geometry"]["coordinates"] == pytest.approx(coordinates, abs=0.01)
    assert client.get(f"{PLACES}/D1?{urlencode({'crs': crs})}").headers["content-crs"] == f"<{crs}>"


@pytest.mark.parametrize(
    "parameters",
    [
        {"bbox": "5.88,49.46,5.90,49.48"},
        {"bbox": "5.88,49.46,0,5.90,49.48,100"},
        {"bbox": "49.46,5.88,49.48,5.90", "bbox_crs": LATITUDE_FIRST},
        {"filter": "S_INTERSECTS(geometry, BBOX(5.88, 49.46, 5.90, 49.48))"},
        {"filter": "S_INTERSECTS(position, POINT(5.89 49.47))"},
        {"filter": '{"op":"=","args":[{"property":"identifiant"},"D1"]}', "filter_lang": "cql2-json"},
        {"identifiant": "D1"},
        {"nom": "Déchèterie d'Audun"},
    ],
)
def test_each_way_to_filter_finds_the_same(client: TestClient, parameters: dict[str, str]) -> None:
    document = asked(client, PLACES, **parameters)
    assert (ids(document), document["numberMatched"]) == (["D1"], 1)


def test_pages_follow_each_other_to_the_end_and_keep_the_filter(client: TestClient) -> None:
    path: str | None = f"{ITEMS}?{urlencode({'limit': 4, 'filter': 'passages > 22', 'site': 'AUD'})}"
    found: list[object] = []
    while path is not None:
        document = client.get(path).json()
        found += [feature["properties"] for feature in document["features"]]
        assert document["numberMatched"] == 11
        path = following(document)
    names = ("site", "horodatage", "passages", "foyers", "statut")
    rows = [dict(zip(names, row, strict=True)) for row in IN_ORDER]
    assert found == [row for row in rows if row["site"] == "AUD" and row["passages"] and int(str(row["passages"])) > 22]


def test_a_masked_cell_fits_no_comparison_nor_its_contrary(client: TestClient) -> None:
    both = asked(client, ITEMS, filter="passages > 25 OR NOT (passages > 25)", limit="100")
    masked = asked(client, ITEMS, filter="passages IS NULL")
    assert (both["numberMatched"], masked["numberMatched"]) == (24, 6)
    assert all(one["properties"]["statut"] == "publie" for one in both["features"])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("when", "count"),
    [
        ("2026-10-03", 1),
        ("2026-10-03/2026-10-04", 2),
        ("../2026-10-05", 5),
        ("2026-10-29T12:00:00Z/..", 2),
        ("2025", 0),
    ],
)
def test_datetime_keeps_what_shares_an_instant(client: TestClient, when: str, count: int) -> None:
    assert asked(client, ITEMS, datetime=when)["numberMatched"] == count


def test_a_box_keeps_what_has_no_place_as_the_standard_says(client: TestClient) -> None:
    assert asked(client, ITEMS, bbox="0,0,1,1")["numberMatched"] == len(IN_ORDER)


def test_a_row_without_a_key_of_its_own_is_named_by_version_and_place(client: TestClient) -> None:
    first = asked(client, ITEMS, limit="1")
    assert ids(first) == ["2-1"]
    assert asked(client, f"{ITEMS}/1-1")["properties"] != asked(client, f"{ITEMS}/2-30")["properties"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("unknown=1", "ogc.unknown-parameter"),
        ("limit=0", "api.bad-parameter"),
        ("limit=1&limit=2", "api.bad-parameter"),
        ("limit=%C3%28", "api.bad-parameter"),
        ("bbox=1,2,3", "api.bad-parameter"),
        ("bbox=a,b,c,d", "api.bad-parameter"),
        ("bbox=1,5,2,4", "api.bad-parameter"),
        ("bbox=nan,1,2,3", "api.bad-parameter"),
        ("datetime=yesterday", "api.bad-parameter"),
        ("datetime=..", "api.bad-parameter"),
        ("datetime=../..", "api.bad-parameter"),
        ("datetime=2026-10-02/2026-10-01", "api.bad-parameter"),
        ("crs=EPSG:2154", "api.bad-parameter"),
        ("filter-crs=x", "api.bad-parameter"),
        ("filter-lang=sql&filter=1", "api.bad-parameter"),
        ("filter=no_such=1", "ogc.unknown-property"),
        ("filter=(((", "ogc.bad-filter"),
        ("cursor=x", "api.bad-cursor"),
        ("passages=many", "api.bad-parameter"),
        ("f=xml", "api.bad-parameter"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_name(client: TestClient, query: str, code: str) -> None:
    assert refused(client, f"{ITEMS}?{query}") == code


def test_a_limit_beyond_the_most_is_the_most(client: TestClient) -> None:
    assert len(ids(asked(client, ITEMS, limit="999999"))) == len(IN_ORDER)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        (f"{ROOT}?x=1", 400, "ogc.unknown-parameter"),
        (f"{ROOT}/collections/nothing", 404, "api.no-dataset"),
        (f"{ITEMS}/9-1", 404, "api.no-version"),
        (f"{ITEMS}/2-31", 404, "ogc.no-feature"),
        (f"{PLACES}/D3", 404, "ogc.no-feature"),
        (f"{RECORDS}/nothing", 404, "ogc.no-feature"),
        (f"{ITEMS}?cursor=9-1", 404, "api.no-version"),
        (f"{PLACES}/D1?crs=x", 400, "api.bad-parameter"),
        (f"{RECORDS}?identifiant=1", 400, "ogc.unknown-parameter"),
    ],
)
def test_what_is_not_there_is_said(client: TestClient, path: str, status: int, code: str) -> None:
    assert refused(client, path, status) == code


def test_an_answer_that_the_reader_has_is_not_sent_again(client: TestClient) -> None:
    answer = client.get(PLACES)
    assert answer.headers["cache-control"] == "no-cache"
    assert client.get(PLACES, headers={"if-none-match": answer.headers["etag"]}).status_code == 304
    assert client.head(PLACES).headers["etag"] == answer.headers["etag"]


@pytest.mark.parametrize(
    "path",
    [
        *(ROOT, f"{ROOT}/conformance", f"{ROOT}/api", f"{ROOT}/collections", f"{ROOT}/collections/{POINTS}", PLACES),
        *(f"{ROOT}/collections/{SERIES}/queryables", f"{PLACES}/D1", RECORDS, f"{RECORDS}/{POINTS}", ITEMS),
    ],
)
def test_people_get_pages(client: TestClient, path: str) -> None:
    for answer in (client.get(path, headers={"accept": "text/html,*/*;q=0.8"}), client.get(f"{path}?f=html")):
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert '<html lang="fr">' in answer.text
        assert answer.text.count("<h1>") == 1
    assert client.get(f"{path}?f=json", headers={"accept": "text/html"}).json()
    assert client.get(path, headers={"accept": "image/png"}).status_code == 406


def test_the_description_names_what_the_items_take(client: TestClient) -> None:
    described = asked(client, f"{ROOT}/api")
    assert str(described["openapi"]).startswith("3.0")
    operation = described["paths"]["/collections/{collectionId}/items"]["get"]  # type: ignore[index]
    names = {one["name"] for one in operation["parameters"]}
    assert names >= {"limit", "bbox", "bbox-crs", "datetime", "crs", "filter", "filter-lang", "filter-crs", "cursor"}


def test_queryables_are_the_columns_with_their_types(client: TestClient) -> None:
    schema = asked(client, f"{ROOT}/collections/{SERIES}/queryables")
    types = {name: one["type"] for name, one in schema["properties"].items()}  # type: ignore[attr-defined]
    assert types == {
        "site": "string",
        "horodatage": "string",
        "passages": "number",
        "foyers": "number",
        "statut": "string",
    }
    places = asked(client, f"{ROOT}/collections/{POINTS}/queryables")["properties"]
    assert places["position"]["format"] == "geometry-any"  # type: ignore[index]


@pytest.mark.parametrize(
    ("parameters", "names"),
    [
        ({}, [SERIES, POINTS]),
        ({"q": "DECHETERIES"}, [SERIES, POINTS]),
        ({"q": "points de collecte,nothing"}, [POINTS]),
        ({"q": f"{'x,' * 1500}collecte"}, [POINTS]),
        ({"q": ","}, [SERIES, POINTS]),
        ({"ids": POINTS}, [POINTS]),
        ({"externalIds": f"{ORIGIN}/dataset/{SERIES},https://elsewhere.example"}, [SERIES]),
        ({"type": "dataset"}, [SERIES, POINTS]),
        ({"type": "service"}, []),
        ({"bbox": "0,0,1,1"}, []),
        ({"bbox": "5,49,7,50"}, [SERIES, POINTS]),
        ({"datetime": "2026-10-15"}, [SERIES]),
        ({"filter": "rows > 10 AND CASEI(title) LIKE '%d%'"}, [SERIES]),
        ({"filter": "S_WITHIN(geometry, BBOX(5, 49, 7, 50))"}, [SERIES, POINTS]),
    ],
)
def test_records_are_found(client: TestClient, parameters: dict[str, str], names: list[str]) -> None:
    document = asked(client, RECORDS, **parameters)
    assert (ids(document), document["numberMatched"]) == (names, len(names))


def test_records_come_by_pages(client: TestClient) -> None:
    first = asked(client, RECORDS, limit="1")
    path = following(first)
    assert path is not None
    second = client.get(path).json()
    assert (ids(first), ids(second), following(second)) == ([SERIES], [POINTS], None)


def test_a_walk_stays_on_its_version_and_ends_with_its_withdrawal(own_home: Home) -> None:
    with client_on(own_home.folder) as client:
        path = following(asked(client, ITEMS, limit="3"))
        assert path is not None
    own_home.clock.move(days=1)
    own_home.published(passages(own_home, IN_ORDER[:8]))
    with client_on(own_home.folder) as client:
        walked = client.get(path)
        assert walked.headers["eclor-version"] == "2"
        assert ids(walked.json()) == ["2-4", "2-5", "2-6"]
        assert asked(client, ITEMS)["numberMatched"] == 8
    withdraw(own_home.catalog, SERIES, 2, reason="Une erreur.", now=own_home.clock.now())
    with client_on(own_home.folder) as client:
        assert client.get(path).status_code == 410
        assert client.get(f"{ITEMS}/2-1").status_code == 410
        assert asked(client, f"{ITEMS}/3-1")["id"] == "3-1"


def test_a_withdrawn_dataset_leaves_every_list(own_home: Home) -> None:
    for number in (1, 2):
        withdraw(own_home.catalog, SERIES, number, reason="Une erreur.", now=own_home.clock.now())
    with client_on(own_home.folder) as client:
        found = asked(client, f"{ROOT}/collections")["collections"]
        assert [one["id"] for one in found] == [POINTS, "jeux_de_donnees"]  # type: ignore[attr-defined]
        assert ids(asked(client, RECORDS)) == [POINTS]
        assert client.get(f"{RECORDS}/{SERIES}").status_code == 404
        for path in (f"{ROOT}/collections/{SERIES}", ITEMS, f"{ROOT}/collections/{SERIES}/queryables", f"{ITEMS}/2-1"):
            assert client.get(path).status_code == 410


def test_until_an_index_stands_places_wait_and_the_rest_is_scanned(own_home: Home) -> None:
    for index in own_home.folder.rglob("rows.sqlite"):
        index.unlink()
    with client_on(own_home.folder) as client:
        assert len(ids(asked(client, ITEMS))) == len(IN_ORDER)
        assert asked(client, ITEMS, filter="passages > 25 AND site = 'AUD'")["numberMatched"] == 10
        assert asked(client, f"{PLACES}/D2")["id"] == "D2"
        assert asked(client, f"{ITEMS}/2-7")["id"] == "2-7"
        assert refused(client, f"{PLACES}?bbox=5,49,6,50", 503) == "api.bytes-missing"
