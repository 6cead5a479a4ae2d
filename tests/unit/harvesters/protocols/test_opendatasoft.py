"""opendatasoft: one record, the same row in each version and export."""

from decimal import Decimal

import pytest

from tests.payloads import as_json, as_lines, read
from tests.payloads_answers import RECORDS

FIELDS = {"nom": "Rédange", "places": -999.0, "geo_point_2d": [49.5, 5.93], "seuils": [1, 2]}
V1 = {
    "nhits": 12, "parameters": {"dataset": "d", "rows": 10, "start": 10},
    "records": [{"datasetid": "d", "recordid": "a1", "fields": FIELDS, "record_timestamp": "2026-11-22T08:00:00Z"},
                {"datasetid": "d", "recordid": "a2", "fields": {"p": [49.4, 5.9]},
                 "geometry": {"type": "Point", "coordinates": [5.9, 49.4]}}],
}  # fmt: skip


def test_a_page_and_the_exports_say_the_same() -> None:
    rows = read("opendatasoft", as_json(RECORDS)).rows
    assert rows[0]["conso_mwh"] == Decimal("12.5")
    assert rows[0]["nb_sites"] is None
    assert read("opendatasoft", as_json(RECORDS["results"])).rows == rows
    assert read("opendatasoft", as_lines(*RECORDS["results"])).rows == rows  # type: ignore[misc]


def test_version_one_gives_the_fields_and_its_points_longitude_by_name() -> None:
    outcome = read("opendatasoft", as_json(V1))
    first, second = outcome.rows
    assert first == {
        "recordid": "a1", "nom": "Rédange", "places": Decimal("-999.0"), "seuils": [1, 2],
        "geo_point_2d": {"lon": Decimal("5.93"), "lat": Decimal("49.5")},
    }  # fmt: skip
    assert second["p"] == {"lon": Decimal("5.9"), "lat": Decimal("49.4")}
    assert outcome.warnings == []


def test_a_page_of_version_one_that_lacks_records_is_said() -> None:
    outcome = read("opendatasoft", as_json({**V1, "nhits": 300}))
    assert (len(outcome.rows), outcome.warning_codes) == (2, ["payload.page-short"])


def test_version_two_wraps_a_record() -> None:
    page = {
        "total_count": 1,
        "links": [],
        "records": [{"links": [], "record": {"id": "a1", "fields": {"nom": "Thil"}}}],
    }
    assert read("opendatasoft", as_json(page)).rows == [{"recordid": "a1", "nom": "Thil"}]
    catalogue = {
        "total_count": 1,
        "links": [],
        "datasets": [{"links": [], "dataset": {"dataset_id": "d", "metas": {}}}],
    }
    assert read("opendatasoft", as_json(catalogue)).rows == [{"dataset_id": "d", "metas": {}}]


def test_a_geojson_export_gives_geometries() -> None:
    feature = {"type": "Feature", "properties": {"n": 1}, "geometry": {"type": "Point", "coordinates": []}}
    outcome = read("opendatasoft", as_json({"type": "FeatureCollection", "features": [feature]}))
    assert (outcome.rows, outcome.warning_codes) == ([{"n": 1, "geometry": None}], ["payload.geometry"])


@pytest.mark.parametrize(
    ("payload", "code"),
    [(b'{"error_code": "ODSQLError", "message": "x"}', "error"), (b'{"errorcode": 10002, "error": "x"}', "error"),
     (b'{"facets": []}', "no-records"), (b'{"links": [], "attachments": []}', "no-records"), (b"{}", "root"),
     (b"3", "root")],
)  # fmt: skip
def test_what_holds_no_record_is_refused(payload: bytes, code: str) -> None:
    assert read("opendatasoft", payload).code == f"payload.opendatasoft-{code}"
