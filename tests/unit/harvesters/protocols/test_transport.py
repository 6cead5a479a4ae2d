"""GTFS-RT, SIRI and NeTEx: what the domain guide says goes wrong. Payloads here are written by hand.

No SIRI Lite and no French NeTEx may be kept with the captures: these are synthetic, from the standards' own forms.
"""

import io
import struct

import pytest
from google.transit.gtfs_realtime_pb2 import FeedMessage

from harvesters.protocols import load
from tests.payloads import as_json, read, zipped
from tests.payloads_mobility import FEED_TEXT, NETWORK, PASSAGES, feed

HEADER = 'header { gtfs_realtime_version: "2.0" }'


def test_an_entity_is_a_row_of_its_kind() -> None:
    update, vehicle, alert = read("gtfs-rt", feed(FEED_TEXT)).rows
    assert [row["kind"] for row in (update, vehicle, alert)] == ["trip_update", "vehicle", "alert"]
    assert update["feed_timestamp"] == "2026-11-22T08:00:00Z"
    assert update["trip_update"]["stop_time_update"] == [  # type: ignore[index]
        {"stop_sequence": 3, "arrival": {"delay": -30, "time": "2026-11-22T08:01:00Z"}}
    ]
    assert vehicle["position"] == "5.93456,49.47123"
    assert alert["alert"]["header_text"] == "Travaux"  # type: ignore[index]
    assert alert["alert"]["header_text@de"] == "Baustelle"  # type: ignore[index]


def test_what_the_feed_leaves_out_is_not_put_in() -> None:
    """A missing `start_date`, a missing occupancy: absent, not today, not EMPTY."""
    _, vehicle, _ = read("gtfs-rt", feed(FEED_TEXT)).rows
    assert vehicle["vehicle"]["trip"] == {"trip_id": "T1"}  # type: ignore[index]
    assert "occupancy_status" not in vehicle["vehicle"]  # type: ignore[operator]


def test_a_vehicle_used_on_two_trips_stays_two_rows() -> None:
    trips = "".join(
        f'entity {{ id: "{trip}" vehicle {{ trip {{ trip_id: "{trip}" }} vehicle {{ id: "7" }} }} }}' for trip in "AB"
    )
    rows = read("gtfs-rt", feed(HEADER + trips)).rows
    assert [row["vehicle"]["trip"]["trip_id"] for row in rows] == ["A", "B"]  # type: ignore[index]


def test_a_differential_feed_says_so_and_keeps_its_deletions() -> None:
    text = 'header { gtfs_realtime_version: "2.0" incrementality: DIFFERENTIAL } entity { id: "1" is_deleted: true }'
    outcome = read("gtfs-rt", feed(text))
    assert outcome.warning_codes == ["payload.gtfs-rt-differential"]
    assert [(row["id"], row["is_deleted"]) for row in outcome.rows] == [("1", True)]


def test_an_unknown_extension_is_left_out_and_said() -> None:
    extension = bytes([0xC2, 0x3E, 0x02, 0x08, 0x01])  # field 1000, two bytes
    outcome = read("gtfs-rt", feed(FEED_TEXT) + extension)
    assert outcome.warning_codes == ["payload.gtfs-rt-extensions"]
    assert len(outcome.rows) == 3


@pytest.mark.parametrize(
    ("entity", "code"),
    [
        ('id: "1"', "payload.gtfs-rt-missing"),
        ('id: "" alert { }', "payload.gtfs-rt-missing"),
        ('id: "1" vehicle { position { latitude: nan longitude: 5.9 } }', "payload.gtfs-rt-number"),
        ('id: "1" vehicle { timestamp: 1795334400000000 }', "payload.gtfs-rt-number"),
    ],
)
def test_an_entity_that_is_wrong_is_refused_alone(entity: str, code: str) -> None:
    outcome = read("gtfs-rt", feed(f'{HEADER} entity {{ {entity} }} entity {{ id: "2" alert {{ }} }}'))
    assert outcome.refused_codes == [code]
    assert [row["id"] for row in outcome.rows] == ["2"]


def test_a_vehicle_at_nowhere_has_no_position() -> None:
    outcome = read("gtfs-rt", feed(HEADER + 'entity { id: "1" vehicle { position { latitude: 0 longitude: 0 } } }'))
    assert [row["position"] for row in outcome.rows] == [None]
    assert outcome.warning_codes == ["payload.geometry"]


@pytest.mark.parametrize("text", ["header { gtfs_realtime_version: }", "entity { id: 3 }", "header { nothing: 1 }"])
def test_a_text_form_that_is_wrong_says_where(text: str) -> None:
    outcome = read("gtfs-rt", b"# a feed\n" + text.encode())
    assert outcome.code == "payload.gtfs-rt-text"
    assert outcome.refusal is not None
    assert outcome.refusal.place.line == 2  # type: ignore[union-attr]


def test_a_header_in_milliseconds_refuses_the_feed() -> None:
    late = 'header { gtfs_realtime_version: "2.0" timestamp: 1795334400000000 }'
    assert read("gtfs-rt", feed(late)).code == "payload.gtfs-rt-header-time"


@pytest.mark.parametrize("number", [49.47123, 5.1e-06, 123456.7, 0.1, 1 / 3])
def test_a_float_of_32_bits_is_the_shortest_decimal(number: float) -> None:
    text = f'{HEADER} entity {{ id: "1" vehicle {{ position {{ latitude: 1 longitude: 1 speed: {number!r} }} }} }}'
    (row,) = read("gtfs-rt", feed(text)).rows
    speed = row["vehicle"]["position"]["speed"]  # type: ignore[index]
    assert struct.pack("f", float(speed)) == struct.pack("f", number)
    assert len(str(speed.normalize().as_tuple().digits)) <= len(str(tuple(range(9))))


def _lite(value: object, *, status: object = "true") -> dict[str, object]:
    visit = {
        "RecordedAtTime": "2026-11-22T07:59:30Z",
        "MonitoringRef": {"value": "STIF:StopPoint:Q:1:"},
        "MonitoredVehicleJourney": {
            "LineRef": {"value": "L1"},
            "DestinationName": value,
            "MonitoredCall": {"ExpectedDepartureTime": "2026-11-22T09:02:00+01:00"},
        },
    }
    delivery = {
        "ResponseTimestamp": "2026-11-22T08:00:00Z", "Status": status, "ValidUntil": "2026-11-22T08:01:00Z",
        "MonitoredStopVisit": [visit],
        "MonitoredStopVisitCancellation": [
            {"MonitoringRef": {"value": "STIF:StopPoint:Q:1:"}, "LineRef": {"value": "L2"}}
        ],
    }  # fmt: skip
    return {"Siri": {"ServiceDelivery": {"ProducerRef": "AOM", "StopMonitoringDelivery": [delivery]}}}


@pytest.mark.parametrize(
    "value", ["Gare", {"value": "Gare"}, [{"value": "Gare"}], [{"value": "Gare", "lang": "FR"}], ["Gare"]]
)
def test_siri_lite_says_the_same_as_xml_in_arrays_or_objects(value: object) -> None:
    xml = read("siri", PASSAGES.format(status="true").encode())
    lite = read("siri", as_json(_lite(value)))
    assert lite.rows == xml.rows
    assert (lite.code, lite.refused, lite.warnings) == ("", [], [])


@pytest.mark.parametrize("kind", ["StopLineNotice", "StopLineNoticeCancellation", "StopNotice"])
def test_what_a_stop_announces_is_a_row_too(kind: str) -> None:
    text = PASSAGES.format(status="true").replace("MonitoredStopVisitCancellation", kind)
    assert [row["kind"] for row in read("siri", text.encode()).rows] == ["MonitoredStopVisit", kind]


def test_a_text_that_replaces_a_default_is_a_text() -> None:
    text = PASSAGES.format(status="true").replace(' xml:lang="FR"', ' overridden="true"')
    assert read("siri", text.encode()).rows == read("siri", PASSAGES.format(status="true").encode()).rows


def test_the_producer_of_a_soap_answer_stands_beside_it() -> None:
    text = PASSAGES.format(status="true")
    about = text[text.index("<ProducerRef>") : text.index("<Status>")]
    delivery = text[text.index("<StopMonitoringDelivery") : text.index("</ServiceDelivery>")]
    answer = f"<ServiceDeliveryInfo>{about}</ServiceDeliveryInfo><Answer>{delivery}</Answer>"
    soap = f"<Envelope><Body><GetStopMonitoringResponse>{answer}</GetStopMonitoringResponse></Body></Envelope>"
    assert read("siri", soap.encode()).rows == read("siri", text.encode()).rows


@pytest.mark.parametrize("status", ["false", False])
def test_a_delivery_that_failed_is_a_failure_whatever_http_said(status: object) -> None:
    assert read("siri", as_json(_lite("Gare", status=status))).code == "payload.siri-error"
    assert read("siri", PASSAGES.format(status="false").encode()).code == "payload.siri-error"


def test_a_journey_outside_every_delivery_is_no_row() -> None:
    visit = "<MonitoredStopVisit><MonitoredVehicleJourney/></MonitoredStopVisit>"
    text = f"<Siri><ServiceDelivery><StopMonitoringDelivery/>{visit}</ServiceDelivery></Siri>"
    outcome = read("siri", text.encode())
    assert (outcome.code, outcome.rows) == ("", [])


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ("<Siri><ServiceDelivery><ErrorCondition/></ServiceDelivery></Siri>", "payload.siri-error"),
        ("<S:Envelope xmlns:S='x'><S:Body><S:Fault/></S:Body></S:Envelope>", "payload.siri-error"),
        ("<Siri><ServiceDelivery><ConnectionTimetableDelivery/></ServiceDelivery></Siri>", "payload.siri-delivery"),
        ('{"Siri": {"ConnectionMonitoringDistributorDelivery": {}}}', "payload.siri-delivery"),
        ('{"Siri": {"ServiceDelivery": {}}}', "payload.siri-root"),
        ("<Siri><ServiceDelivery/></Siri>", "payload.siri-root"),
        ("<gtfs/>", "payload.siri-root"),
    ],
)  # fmt: skip
def test_what_delivers_nothing_is_refused(payload: str, code: str) -> None:
    assert read("siri", payload.encode()).code == code


def test_times_stay_as_sent_utc_or_local() -> None:
    visit, cancelled = read("siri", PASSAGES.format(status="true").encode()).rows
    assert visit["RecordedAtTime"] == "2026-11-22T07:59:30Z"
    call = visit["MonitoredVehicleJourney"]["MonitoredCall"]  # type: ignore[index]
    assert call == {"ExpectedDepartureTime": "2026-11-22T09:02:00+01:00"}
    assert visit["ValidUntil"] == "2026-11-22T08:01:00Z"
    assert cancelled["kind"] == "MonitoredStopVisitCancellation"


def test_more_to_ask_for_is_said() -> None:
    text = PASSAGES.format(status="true").replace("<Status>true</Status>\n", "<MoreData>true</MoreData>\n", 1)
    assert read("siri", text.encode()).warning_codes == ["payload.siri-more"]


def test_a_visit_without_its_journey_is_refused() -> None:
    text = PASSAGES.format(status="true").replace("MonitoredVehicleJourney", "Extensions")
    assert read("siri", text.encode()).refused_codes == ["payload.siri-missing"]


def test_french_stops_in_lambert_93_become_degrees_and_keep_identifiers_that_end_in_a_colon() -> None:
    quay, journey, passing = read("netex", NETWORK.encode()).rows
    lon, lat = map(float, str(quay["position"]).split(","))
    assert 5.8 < lon < 6.1
    assert 49.3 < lat < 49.6
    assert quay["keyList"] == {"accès": "plain-pied"}
    assert (journey["id"], journey["LineRef"]) == ("AOM:ServiceJourney:7:", "AOM:Line:1:")
    assert passing["parent"] == "AOM:ServiceJourney:7:"


def test_a_passing_time_without_identifier_stands_in_its_journey() -> None:
    _, journey, _ = read("netex", NETWORK.encode()).rows
    nameless, named = journey["passingTimes"]["TimetabledPassingTime"]  # type: ignore[index]
    assert nameless["DepartureDayOffset"] == "1"
    assert named == "AOM:TimetabledPassingTime:2:"


def test_a_list_is_no_object_though_it_has_an_identifier() -> None:
    text = (
        '<PublicationDelivery><dataObjects><GeneralFrame id="f"><members id="m"><DayType id="d">'
        '<timebands id="l"><Timeband id="t"/></timebands></DayType></members></GeneralFrame></dataObjects>'
        "</PublicationDelivery>"
    )
    rows = read("netex", text.encode()).rows
    assert [(row["kind"], row["parent"]) for row in rows] == [("DayType", None), ("Timeband", "d")]
    assert rows[0]["timebands"] == {"id": "l", "Timeband": ["t"]}


def test_objects_outside_every_frame_are_refused_not_lost() -> None:
    outcome = read("netex", b'<PublicationDelivery><stopPlaces><StopPlace id="s"/></stopPlaces></PublicationDelivery>')
    assert (outcome.code, outcome.rows) == ("payload.netex-root", [])


def test_what_a_request_identifies_beside_the_frames_is_no_object() -> None:
    topic = '<PublicationRequest><topics><NetworkFrameTopic id="t"/></topics></PublicationRequest><dataObjects>'
    outcome = read("netex", NETWORK.replace("<dataObjects>", topic).encode())
    assert (outcome.code, outcome.rows) == ("", read("netex", NETWORK.encode()).rows)


@pytest.mark.parametrize("namespace", ['xmlns="http://www.netex.org.uk/netex"', 'xmlns="urn:other"', ""])
def test_the_namespace_is_not_what_tells(namespace: str) -> None:
    text = NETWORK.replace('xmlns="http://www.netex.org.uk/netex"', namespace)
    assert read("netex", text.encode()).rows == read("netex", NETWORK.encode()).rows


def test_a_prefixed_document_says_the_same() -> None:
    prefixed = NETWORK.replace("<", "<n:").replace("<n:/", "</n:").replace("<n:?", "<?").replace("n:gml:", "gml:")
    prefixed = prefixed.replace("xmlns=", "xmlns:n=")
    assert read("netex", prefixed.encode()).rows == read("netex", NETWORK.encode()).rows


def test_the_files_of_an_archive_come_in_order_and_refer_across() -> None:
    lines = NETWORK.replace("Quay", "ScheduledStopPoint")
    archive = zipped(
        {"reseau/z_arrets.xml": NETWORK.encode(), "reseau/a_lignes.xml": lines.encode(), "lisez.txt": b"x"}
    )
    outcome = read("netex", archive)
    assert [row["kind"] for row in outcome.rows[::3]] == ["ScheduledStopPoint", "Quay"]
    assert outcome.warning_codes == ["payload.netex-stranger"]
    assert read("netex", archive, objets="Quay").rows == [outcome.rows[3]]


def test_a_kind_asked_for_of_which_nothing_came_is_said() -> None:
    outcome = read("netex", NETWORK.encode(), objets="Quay, Stopplace")
    assert [row["kind"] for row in outcome.rows] == ["Quay"]
    assert outcome.warning_codes == ["payload.netex-absent"]
    assert "Stopplace" in str(outcome.warnings[0])


def test_an_archive_is_read_from_a_stream_that_cannot_turn_back() -> None:
    class Stream(io.BytesIO):
        def seekable(self) -> bool:
            return False

    archive = zipped({"a.xml": NETWORK.encode()})
    rows = list(load("netex").parse(Stream(archive), name="envoi", options={}))
    assert rows == read("netex", archive).rows


def test_objects_without_an_identifier_are_counted() -> None:
    text = NETWORK.replace("<members>", "<members><Line><Name>x</Name></Line><LineRef ref='a'/>").replace(
        'id="FR:54580:Quay:1:AOM"', 'id=""'
    )
    outcome = read("netex", text.encode())
    assert outcome.refused_codes == ["payload.netex-no-id"]
    assert [(warning.code, warning.facts) for warning in outcome.warnings] == [
        ("payload.netex-anonymous", {"count": 1})
    ]


@pytest.mark.parametrize("files", [{}, {"a.txt": b"x"}, {"a.xml": b"<Siri/>"}, {"../a.xml": NETWORK.encode()}])
def test_an_archive_without_netex_is_refused(files: dict[str, bytes]) -> None:
    assert read("netex", zipped(files)).code in {"payload.netex-root", "payload.zip-path", "payload.zip"}


def test_a_location_with_an_identifier_is_still_the_place_of_its_stop() -> None:
    text = NETWORK.replace("<Location>", '<Location id="l1">')
    quay, location, *_ = read("netex", text.encode()).rows
    assert quay["position"] == read("netex", NETWORK.encode()).rows[0]["position"]
    assert (location["kind"], location["parent"]) == ("Location", quay["id"])


def test_a_place_that_cannot_be_read_costs_no_row() -> None:
    outcome = read("netex", NETWORK.replace("912345.6 6933333.3", "912345.6").encode())
    assert outcome.rows[0]["position"] is None
    assert outcome.warning_codes == ["payload.geometry"]


def test_a_feed_with_a_text_that_is_not_utf_8_loses_that_entity_alone() -> None:
    message = FeedMessage()
    message.header.gtfs_realtime_version = "2.0"
    for number in ("1", "2"):
        entity = message.entity.add()
        entity.id = number
        entity.vehicle.vehicle.id = f"bus-{number}"
    outcome = read("gtfs-rt", message.SerializeToString().replace(b"bus-1", b"bus-\xff"))
    assert ([row["id"] for row in outcome.rows], outcome.refused_codes) == (["2"], ["payload.gtfs-rt-number"])


def test_an_entity_that_lacks_what_the_feed_requires_is_refused_and_the_others_read() -> None:
    message = FeedMessage()
    message.header.gtfs_realtime_version = "2.0"
    for number in ("1", "2"):
        entity = message.entity.add()
        entity.id = number
        entity.vehicle.position.longitude = 6.0
        if number == "2":
            entity.vehicle.position.latitude = 49.4
    outcome = read("gtfs-rt", message.SerializePartialToString())
    assert ([row["id"] for row in outcome.rows], outcome.refused_codes) == (["2"], ["payload.gtfs-rt-missing"])


def test_what_siri_says_twice_in_one_language_is_all_kept_in_json_as_in_xml() -> None:
    said = [("FR", "Gare"), ("EN", "Station"), ("FR", "par le centre")]
    lite = _lite("Gare", status="true")
    journey = lite["Siri"]["ServiceDelivery"]["StopMonitoringDelivery"][0]["MonitoredStopVisit"][0]  # type: ignore[index]
    journey = journey["MonitoredVehicleJourney"]
    journey["JourneyNote"] = [{"value": text, "lang": lang} for lang, text in said] + [{"value": "sans"}]
    journey["VehicleFeatureRef"] = [{"value": "lowFloor"}]
    told = "".join(f'<JourneyNote xml:lang="{lang}">{text}</JourneyNote>' for lang, text in said)
    text = PASSAGES.format(status="true").replace(
        "<MonitoredCall>", f"{told}<VehicleFeatureRef>lowFloor</VehicleFeatureRef><MonitoredCall>", 1
    )
    of_json, of_xml = read("siri", as_json(lite)).rows[0], read("siri", text.encode()).rows[0]
    for row in (of_json, of_xml):
        found = row["MonitoredVehicleJourney"]
        assert (found["JourneyNote"], found["JourneyNote@EN"]) == ("Gare\npar le centre", "Station")  # type: ignore[index]
        assert found["VehicleFeatureRef"] == ["lowFloor"]  # type: ignore[index]
    assert of_json["MonitoredVehicleJourney"]["JourneyNote@"] == "sans"  # type: ignore[index]


def test_what_siri_lite_leaves_empty_is_none_and_no_list() -> None:
    """As Île-de-France Mobilités writes it: `[]` for no name, `{}` for no platform."""
    call = {"StopPointName": [{"value": "Gare"}], "ArrivalPlatformName": {}}
    journey = {"LineRef": {"value": "L"}, "DirectionName": [], "MonitoredCall": call, "OnwardCalls": {"OnwardCall": []}}
    visit = {"MonitoringRef": {"value": "S"}, "MonitoredVehicleJourney": journey}
    document = {"Siri": {"ServiceDelivery": {"StopMonitoringDelivery": [{"MonitoredStopVisit": [visit]}]}}}
    (row,) = read("siri", as_json(document)).rows
    assert row["MonitoredVehicleJourney"] == {
        "LineRef": "L", "DirectionName": None, "MonitoredCall": {"StopPointName": "Gare", "ArrivalPlatformName": None},
        "OnwardCalls": {"OnwardCall": []},
    }  # fmt: skip
