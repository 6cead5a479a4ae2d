"""json, geojson, chirpstack, ttn, cap, open311, overpass: what a nested payload becomes."""

from decimal import Decimal

import pytest

from harvesters import strict_json
from tests.payloads import ALERT, ELEMENTS, FEATURES, REPORTS, TTN_UPLINK, UPLINK, as_json, as_lines, read


class TestJson:
    def test_numbers_are_exact(self) -> None:
        (row,) = read("json", b'{"prix": 0.10, "grand": 90071992547409931234567, "vide": null, "oui": true}').rows
        assert row == {"prix": Decimal("0.10"), "grand": 90071992547409931234567, "vide": None, "oui": True}
        assert strict_json.dump(row) == b'{"prix":0.10,"grand":90071992547409931234567,"vide":null,"oui":true}'

    def test_lines_of_json_are_read_one_by_one(self) -> None:
        outcome = read("json", b'\n{"a": 1}\n\n{"a": }\n{"a": 3}\n')
        assert outcome.rows == [{"a": 1}, {"a": 3}]
        assert [(row.code, row.place.line) for row in outcome.refused] == [("payload.json-syntax", 4)]

    def test_a_last_line_cut_short_refuses_the_whole(self) -> None:
        outcome = read("json", b'{"a": 1}\n{"a": 2')
        assert (outcome.code, str(outcome.refusal.place)) == ("payload.json-cut", "envoi:2:8")  # type: ignore[union-attr]

    def test_a_fault_has_its_line_and_column(self) -> None:
        outcome = read("json", b'[\n {"a": 1},\n {"a" 2}\n]')
        assert str(outcome.refusal).startswith("envoi:3:7: ")

    def test_the_rows_stand_where_the_option_says(self) -> None:
        payload = as_json({"data": {"items": [{"a": 1}, 2]}})
        outcome = read("json", payload, lignes="data.items")
        assert outcome.rows == [{"a": 1}]
        assert outcome.refused_codes == ["payload.not-an-object"]
        assert read("json", payload, lignes="data.rows").code == "payload.json-no-rows"

    def test_a_list_inside_each_object_is_unfolded_with_what_stands_around(self) -> None:
        changed = {"id": "a", "suites": {"liste": [{"n": 1}, {"n": 2}], "du": "x"}}
        payload = as_json([changed, {"id": "b", "suites": {"liste": []}}, {"id": "c"}, {"suites": {"liste": "d"}}, 5])
        outcome = read("json", payload, deplier="suites.liste")
        assert outcome.rows == [{"id": "a", "suites": {"liste": {"n": n}, "du": "x"}} for n in (1, 2)]
        assert outcome.refused_codes == ["payload.json-no-rows", "payload.not-an-object"]

    def test_sixty_four_levels_are_read_and_one_more_is_not(self) -> None:
        assert read("json", b'{"a":' + b"[" * 63 + b"]" * 63 + b"}").code == ""
        assert read("json", b'{"a":' + b"[" * 64 + b"]" * 64 + b"}").code == "payload.too-deep"
        assert read("json", b'{"a":[' * 32 + b"]}" * 32).code == ""
        assert read("json", b'{"a":[' * 33 + b"]}" * 33).code == "payload.too-deep"

    def test_brackets_inside_a_text_are_no_levels(self) -> None:
        assert read("json", b'{"a": "%s", "b": "\\"%s"}' % (b"[" * 200, b"{" * 200)).code == ""

    def test_two_documents_are_not_one(self) -> None:
        assert read("json", b"[]\n[]\n").code == "payload.json-syntax"


class TestGeojson:
    def test_a_feature_is_its_properties_and_its_geometry(self) -> None:
        first, second = read("geojson", as_json(FEATURES)).rows
        assert first == {
            "nom": "École",
            "surface": Decimal("12.5"),
            "geometry": {"type": "Point", "coordinates": [Decimal("5.93"), Decimal("49.47")]},
        }
        assert second == {"nom": "Mairie", "surface": None, "geometry": None}

    def test_the_identifier_goes_where_it_is_asked(self) -> None:
        rows = read("geojson", as_json(FEATURES), identifiant="numero").rows
        assert [row["numero"] for row in rows] == [7, None]

    @pytest.mark.parametrize(
        "geometry",
        [
            {"type": "Point", "coordinates": []},
            {"type": "Point", "coordinates": [0, 0]},
            {"type": "Point", "coordinates": [920000.5, 6930000.1]},
            {"type": "Point", "coordinates": ["5.9", "49.4"]},
            {"type": "Polygon", "coordinates": []},
            {"type": "Polygon", "coordinates": [[[5, 49], [6, 49], [6, 50], [5, 50]]]},
            {"type": "MultiPolygon", "coordinates": [[[[5, 49], [6, 49], [5, 49]]]]},
            {"type": "Polygon", "coordinates": [[[5, 49], [6, 50], [6, 49], [5, 50], [5, 49]]]},
            {"type": "Polygon", "coordinates": [[[5, 49, 1], [6, 50, 1], [6, 49, 2], [5, 50, 2], [5, 49, 1]]]},
            {"type": "Polygon", "coordinates": [[[5, 49], [6, 49], [6, 50], [5, 49]],
                                                [[7, 49], [8, 49], [8, 50], [7, 49]]]},
            {"type": "MultiPolygon", "coordinates": [[[[5, 49], [6, 49], [6, 50], [5, 49]]],
                                                     [[[5, 49], [6, 50], [6, 49], [5, 50], [5, 49]]]]},
            {"type": "Polygon", "coordinates": [[[5, 49], [5, 49], [5, 49], [5, 49]]]},
            {"type": "LineString", "coordinates": [[5, 49]]},
            {"type": "GeometryCollection", "geometries": []},
            {"type": "Circle", "coordinates": [5, 49]},
            "POINT(5 49)",
        ],
    )  # fmt: skip
    def test_a_geometry_that_cannot_be_drawn_costs_no_row(self, geometry: object) -> None:
        outcome = read("geojson", as_json({"type": "Feature", "properties": {"n": 1}, "geometry": geometry}))
        assert outcome.rows == [{"n": 1, "geometry": None}]
        assert outcome.warning_codes == ["payload.geometry"]

    def test_every_sound_geometry_is_kept(self) -> None:
        ring = [[5, 49], [6, 49], [6, 50], [5, 49]]
        sound = [
            {"type": "Point", "coordinates": [5, 49, 300]},
            {"type": "MultiPoint", "coordinates": [[5, 49]]},
            {"type": "MultiLineString", "coordinates": [ring]},
            {"type": "Polygon", "coordinates": [ring]},
            {"type": "MultiPolygon", "coordinates": [[ring]]},
            {"type": "MultiPolygon", "coordinates": [[ring], [[[*position, 7] for position in ring]]]},
        ]
        sound.append({"type": "GeometryCollection", "geometries": list(sound)})
        features = [{"type": "Feature", "properties": None, "geometry": geometry} for geometry in sound]
        outcome = read("geojson", as_lines(*features))
        assert [row["geometry"] for row in outcome.rows] == sound
        assert outcome.warnings == []

    def test_another_system_is_refused(self) -> None:
        for name, code in (
            ("urn:ogc:def:crs:EPSG::2154", "payload.geojson-system"),
            ("urn:ogc:def:crs:OGC:1.3:CRS84", ""),
        ):
            crs = {"type": "name", "properties": {"name": name}}
            assert read("geojson", as_json({**FEATURES, "crs": crs})).code == code

    def test_a_property_does_not_hide_the_geometry(self) -> None:
        feature = {"type": "Feature", "properties": {"geometry": "x"}, "geometry": None}
        assert read("geojson", as_json(feature)).refused_codes == ["payload.geojson-property"]
        assert read("geojson", as_json(FEATURES), identifiant="nom").refused_codes == ["payload.geojson-property"] * 2

    def test_what_is_no_feature_is_refused(self) -> None:
        assert read("geojson", b"[]").code == "payload.geojson-root"
        assert read(
            "geojson", as_json({"type": "FeatureCollection", "features": [1, {"type": "Feature"}]})
        ).refused_codes == [
            "payload.geojson-feature",
            "payload.geojson-feature",
        ]


class TestUplinks:
    def test_an_uplink_is_given_as_nested_as_it_came(self) -> None:
        (row,) = read("chirpstack", as_json(UPLINK)).rows
        assert row["object"] == {"power_w": Decimal("41.5"), "on": True}
        assert strict_json.member(row, ["deviceInfo", "devEui"]) == "70b3d57ba0003bb8"

    def test_an_array_and_a_history_are_uplinks(self) -> None:
        assert len(read("chirpstack", as_json([UPLINK, UPLINK])).rows) == 2
        assert len(read("chirpstack", as_lines(*[UPLINK] * 5)).rows) == 5

    @pytest.mark.parametrize(
        ("message", "code"),
        [
            ({"time": UPLINK["time"], "deviceInfo": UPLINK["deviceInfo"], "devAddr": "00"}, "payload.chirpstack-event"),
            ({"time": UPLINK["time"], "deviceInfo": UPLINK["deviceInfo"], "margin": 7}, "payload.chirpstack-event"),
            (
                {
                    "time": UPLINK["time"],
                    "deviceInfo": UPLINK["deviceInfo"],
                    "integrationName": "loracloud",
                    "eventType": "modem_UplinkResponse",
                    "object": {"log_messages": []},
                },
                "payload.chirpstack-event",
            ),
            ({"applicationID": "1", "devEUI": "cLPVe6AAO7g=", "data": ""}, "payload.chirpstack-v3"),
            ({**UPLINK, "deviceInfo": {}}, "payload.chirpstack-event"),
            (7, "payload.chirpstack-event"),
        ],
        ids=["join", "status", "integration", "version 3", "no device", "number"],
    )
    def test_another_message_is_a_refused_row(self, message: object, code: str) -> None:
        outcome = read("chirpstack", as_json([message, UPLINK]))
        assert (outcome.refused_codes, len(outcome.rows)) == ([code], 1)

    def test_a_broken_line_of_a_history_costs_itself_alone(self) -> None:
        outcome = read("chirpstack", as_lines(UPLINK) + b'{"time": \n' + as_lines(UPLINK))
        assert len(outcome.rows) == 2
        assert [str(row.place) for row in outcome.refused] == ["envoi:2"]

    def test_the_things_stack_is_read_the_same_way(self) -> None:
        outcome = read("ttn", as_json([TTN_UPLINK, {"end_device_ids": {}, "join_accept": {}}, 1]))
        assert len(outcome.rows) == 1
        assert outcome.refused_codes == ["payload.ttn-message"] * 2

    def test_a_counter_that_is_left_out_is_zero(self) -> None:
        first = {**TTN_UPLINK, "uplink_message": {"decoded_payload": {"w": 0}}}
        (row,) = read("ttn", as_json(first)).rows
        assert row["uplink_message"] == {"decoded_payload": {"w": 0}, "f_cnt": 0}
        (later,) = read("ttn", as_json({**first, "uplink_message": {"f_cnt": 7}})).rows
        assert later["uplink_message"] == {"f_cnt": 7}

    def test_what_the_things_stack_stored_is_read_out_of_its_result(self) -> None:
        outcome = read("ttn", as_lines({"result": TTN_UPLINK}, {"result": {"join_accept": {}}}))
        assert outcome.rows == read("ttn", as_json(TTN_UPLINK)).rows
        assert outcome.refused_codes == ["payload.ttn-message"]

    def test_an_error_that_ends_what_was_stored_refuses_the_whole(self) -> None:
        for error in ({"error": {"grpc_code": 14}}, {"code": 5, "message": "x", "details": []}):
            assert read("ttn", as_lines({"result": TTN_UPLINK}, error)).code == "payload.ttn-error"
        failed: dict[str, object] = {"end_device_ids": {}, "downlink_failed": {}, "error": {}}
        assert read("ttn", as_lines(TTN_UPLINK, failed)).refused_codes == ["payload.ttn-message"]


class TestCap:
    def test_an_area_of_an_info_block_is_a_row(self) -> None:
        plateau, valley, german = read("cap", ALERT.format(status="Actual").encode()).rows
        assert [row["areaDesc"] for row in (plateau, valley, german)] == ["Plateau", "Vallée", "Hochebene"]
        assert [row["language"] for row in (plateau, valley, german)] == ["fr-FR", "fr-FR", "de-DE"]
        assert plateau["category"] == "Met Safety"
        assert plateau["expires"] == "2026-11-22T18:00:00+01:00"
        assert german["expires"] is None
        assert plateau["geocode"] == {"INSEE": "54580"}

    def test_latitude_comes_first_in_cap_and_last_in_geojson(self) -> None:
        plateau, valley, _ = read("cap", ALERT.format(status="Actual").encode()).rows
        ring = [[5.9, 49.4], [5.9, 49.5], [6.0, 49.5], [5.9, 49.4]]
        exact = [[Decimal(str(lon)), Decimal(str(lat))] for lon, lat in ring]
        assert plateau["geometry"] == {"type": "Polygon", "coordinates": [exact]}
        assert (valley["geometry"], valley["circles"]) == (None, ["49.4,5.9 3"])

    @pytest.mark.parametrize("status", ["Exercise", "Test", "Draft", "System"])
    def test_a_drill_is_a_row_that_says_so(self, status: str) -> None:
        assert {row["status"] for row in read("cap", ALERT.format(status=status).encode()).rows} == {status}

    def test_a_status_that_cap_does_not_know_refuses_the_rows(self) -> None:
        outcome = read("cap", ALERT.format(status="Réel").encode())
        assert outcome.rows == []
        assert outcome.refused_codes == ["payload.cap-unknown-word"] * 3

    @pytest.mark.parametrize("missing", ["identifier", "sent", "msgType", "event", "severity"])
    def test_what_cap_requires_and_is_missing_refuses_the_rows(self, missing: str) -> None:
        text = (
            ALERT.format(status="Actual")
            .replace(f"<{missing}>", f"<x{missing}>")
            .replace(f"</{missing}>", f"</x{missing}>")
        )
        outcome = read("cap", text.encode())
        assert outcome.rows == []
        assert missing in str(outcome.refused[0])

    def test_an_info_block_without_area_is_not_lost(self) -> None:
        text = ALERT.format(status="Actual").replace("<area><areaDesc>Hochebene</areaDesc></area>", "")
        assert [row["areaDesc"] for row in read("cap", text.encode()).rows] == ["Plateau", "Vallée", None]

    @pytest.mark.parametrize(
        "polygon", ["49.4,5.9", "49.4 5.9", "a,b c,d e,f a,b", "49,5 49,6 50,6 51,7", "NaN,1 2,3 4,5 NaN,1"]
    )
    def test_a_polygon_that_cannot_be_drawn_costs_no_row(self, polygon: str) -> None:
        text = ALERT.format(status="Actual").replace("49.4,5.9 49.5,5.9 49.5,6.0 49.4,5.9", polygon)
        outcome = read("cap", text.encode())
        assert (len(outcome.rows), outcome.rows[0]["geometry"], outcome.warning_codes) == (
            3,
            None,
            ["payload.geometry"],
        )

    def test_two_polygons_are_one_geometry(self) -> None:
        ring = "49.4,5.9 49.5,5.9 49.5,6.0 49.4,5.9"
        text = ALERT.format(status="Actual").replace(f"{ring}<", f"{ring}</polygon><polygon>{ring}<")
        geometry = read("cap", text.encode()).rows[0]["geometry"]
        assert isinstance(geometry, dict)
        assert geometry["type"] == "MultiPolygon"

    @pytest.mark.parametrize("namespace", ["urn:oasis:names:tc:emergency:cap:1.1", "http://www.incident.com/cap/1.0"])
    def test_former_versions_are_read(self, namespace: str) -> None:
        text = ALERT.format(status="Actual").replace("urn:oasis:names:tc:emergency:cap:1.2", namespace)
        assert len(read("cap", text.encode()).rows) == 3

    def test_another_document_is_refused(self) -> None:
        assert read("cap", b'<feed xmlns="http://www.w3.org/2005/Atom"/>').code == "payload.cap-root"
        assert read("cap", b"<alert/>").code == "payload.cap-root"


class TestOpen311:
    def test_a_request_is_a_row_in_xml_and_json(self) -> None:
        of_xml = read("open311", REPORTS.encode()).rows
        report = {"service_request_id": "12", "status": "open", "service_code": "001", "description": None,
                  "lat": "49.47", "long": "5.93"}  # fmt: skip
        assert of_xml[0] == {"kind": "request", **report}
        assert read("open311", as_json([report])).rows == of_xml[:1]
        assert read("open311", as_json({"service_requests": [report]})).rows == of_xml[:1]

    def test_a_service_is_a_row_with_its_attributes(self) -> None:
        (row,) = read(
            "open311",
            b"<service_definition><service_code>A</service_code><attributes><attribute><code>C</code><values>"
            b"<value><key>1</key></value></values></attribute></attributes></service_definition>",
        ).rows
        assert row == {"kind": "service", "service_code": "A", "attributes": [{"code": "C", "values": [{"key": "1"}]}]}

    @pytest.mark.parametrize(
        "payload", [b'[{"code": 400, "description": "no"}]', b'{"errors": []}', b"<errors><error/></errors>"]
    )
    def test_an_error_with_status_200_is_refused(self, payload: bytes) -> None:
        assert read("open311", payload).code == "payload.open311-error"

    def test_what_comes_several_times_in_xml_is_a_list(self) -> None:
        definition = (
            b"<service_definition><service_code>1</service_code><media_url>a</media_url><media_url>b</media_url>"
        )
        (row,) = read("open311", definition + b"</service_definition>").rows
        assert row == {"kind": "service", "service_code": "1", "media_url": ["a", "b"]}

    def test_what_has_no_identifier_is_a_refused_row(self) -> None:
        assert (
            read("open311", b'[{"token": "t"}, 3, {"service_code": ""}]').refused_codes
            == ["payload.open311-element"] * 3
        )

    def test_another_document_is_refused(self) -> None:
        assert read("open311", b"<feed/>").code == "payload.open311-root"
        assert read("open311", b"7").code == "payload.open311-root"


class TestOverpass:
    def test_an_element_is_a_row_with_its_position(self) -> None:
        node, way, relation = read("overpass", as_json(ELEMENTS)).rows
        assert (node["type"], node["id"], node["position"]) == ("node", 1, "5.93,49.47")
        assert (way["type"], way["id"], way["position"]) == ("way", 1, "5.94,49.48")
        assert relation["position"] is None
        assert [each["reference"] for each in (node, way, relation)] == ["node/1", "way/1", "relation/4"]

    def test_a_position_beside_the_meridian_is_written_out(self) -> None:
        (node,) = read("overpass", b'{"elements": [{"type": "node", "id": 1, "lat": 51, "lon": -0.0000001}]}').rows
        assert node["position"] == "-0.0000001,51"

    @pytest.mark.parametrize("remark", ["runtime error: Query timed out", "runtime remark: x", ""])
    def test_a_remark_refuses_the_elements_that_came_with_it(self, remark: str) -> None:
        assert read("overpass", as_json({**ELEMENTS, "remark": remark})).code == "payload.overpass-remark"
        assert read("overpass", f"<osm><remark>{remark}</remark></osm>".encode()).code == "payload.overpass-remark"

    def test_xml_gives_the_row_of_json(self) -> None:
        xml = (
            b'<osm version="0.6"><note>n</note>'
            b'<node id="1" lat="49.47" lon="5.93"><tag k="amenity" v="recycling"/></node>'
            b'<way id="1"><center lat="49.48" lon="5.94"/><nd ref="1"/><nd ref="2"/></way>'
            b'<relation id="4"><member type="way" ref="1" role=""/></relation></osm>'
        )
        assert read("overpass", xml).rows == read("overpass", as_json(ELEMENTS)).rows

    def test_xml_with_the_geometry_gives_the_row_of_json(self) -> None:
        """As `out geom` answers in either form (a node outside the box that was asked for has no point)."""
        xml = (
            b'<osm><way id="1"><nd ref="1" lat="49.4" lon="5.9"/><nd ref="2"/></way><relation id="4">'
            b'<member type="way" ref="1" role="outer"><nd lat="49.4" lon="5.9"/><nd/></member>'
            b'<member type="node" ref="9" role="" lat="49.5" lon="6.0"/></relation></osm>'
        )
        course = [{"lat": 49.4, "lon": 5.9}, None]
        way = {"type": "way", "id": 1, "nodes": [1, 2], "geometry": course}
        members = [
            {"type": "way", "ref": 1, "role": "outer", "geometry": course},
            {"type": "node", "ref": 9, "role": "", "lat": 49.5, "lon": 6.0},
        ]
        elements = {"elements": [way, {"type": "relation", "id": 4, "members": members}]}
        assert read("overpass", xml).rows == read("overpass", as_json(elements)).rows

    def test_a_number_that_is_none_is_refused(self) -> None:
        half = b'<osm><way id="1"><nd ref="1" lat="49.4"/></way></osm>'
        assert read("overpass", half).code == "payload.overpass-number"
        assert read("overpass", b'<osm><node id="un"/></osm>').code == "payload.overpass-number"
        assert read("overpass", b'<osm><node id="1" lat="nord"/></osm>').code == "payload.overpass-number"

    def test_what_is_no_element_is_a_refused_row(self) -> None:
        assert (
            read("overpass", as_json({"elements": [1, {"type": "tram", "id": 1}]})).refused_codes
            == ["payload.overpass-element"] * 2
        )

    def test_another_document_is_refused(self) -> None:
        assert read("overpass", b"[]").code == "payload.overpass-root"
        assert read("overpass", b"<html2/>").code == "payload.overpass-root"


def test_a_sequence_of_json_texts_is_read_as_lines_are() -> None:
    """GeoJSON text sequences (RFC 8142), as GDAL writes them."""
    feature = b'{"type": "Feature", "properties": {"n": 1}, "geometry": null}'
    outcome = read("geojson", b"\x1e" + feature + b"\n\x1e" + feature + b"\n\x1e{\n")
    assert (outcome.rows, outcome.refused_codes) == ([{"n": 1, "geometry": None}] * 2, ["payload.json-cut"])


def test_alerts_in_one_document_are_read_one_after_another() -> None:
    """As the feed of IPAWS writes them; without any, nothing is in force."""
    alert = ALERT.format(status="Actual").partition("?>")[2] or ALERT.format(status="Actual")
    around = '<a:alerts xmlns:a="http://gov.fema.ipaws.services/feed">{}</a:alerts>'
    rows = read("cap", ALERT.format(status="Actual").encode()).rows
    assert read("cap", around.format(alert * 2).encode()).rows == rows * 2
    assert read("cap", around.format("").encode()).code == ""
    assert read("cap", b'<feed xmlns="http://www.w3.org/2005/Atom"/>').code == "payload.cap-root"
