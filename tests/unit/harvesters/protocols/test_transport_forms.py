"""GTFS-RT in JSON, and services of SIRI beside journeys: facilities, lines, stops. Payloads are written by hand."""

import pytest
from google.protobuf import json_format
from google.transit.gtfs_realtime_pb2 import FeedMessage

from tests.payloads import as_json, read
from tests.payloads_mobility import FEED_TEXT, feed


def test_the_json_of_a_feed_says_what_the_binary_form_says() -> None:
    """By protobuf's own mapping, and by the names of the specification, as some agencies write it."""
    message = FeedMessage()
    message.ParseFromString(feed(FEED_TEXT))
    rows = read("gtfs-rt", feed(FEED_TEXT)).rows
    for as_specified in (False, True):
        text = json_format.MessageToJson(message, preserving_proto_field_name=as_specified).encode()
        outcome = read("gtfs-rt", b"\xef\xbb\xbf" + text)
        assert (outcome.rows, outcome.warning_codes) == (rows, [])
    more = text.replace(b'"entity":', b'"made_by": "x", "entity":')
    assert read("gtfs-rt", more).rows == rows
    assert read("gtfs-rt", more).warning_codes == ["payload.gtfs-rt-extensions"]


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({"header": {"gtfsRealtimeVersion": "2.0", "timestamp": "demain"}}, "payload.gtfs-rt-json"),
        ({"header": {"gtfsRealtimeVersion": "2.0"}, "entity": {"id": "1"}}, "payload.gtfs-rt-json"),
        ({"header": {}, "entity": []}, "payload.gtfs-rt"),
        ({"response": {"header": {"gtfsRealtimeVersion": "2.0"}}}, "payload.gtfs-rt"),
    ],
)
def test_a_json_that_is_no_feed_is_refused(document: object, code: str) -> None:
    assert read("gtfs-rt", as_json(document)).code == code


def test_a_facility_and_what_is_discovered_are_rows_in_both_writings() -> None:
    lite = {"Siri": {
        "ServiceDelivery": {"FacilityMonitoringDelivery": [{"FacilityCondition": [
            {"FacilityRef": {"value": "asc-1"}, "FacilityStatus": {"Status": "notAvailable"}}, {"FacilityStatus": {}},
        ]}]},
    }}  # fmt: skip
    text = (
        "<Siri><ServiceDelivery><FacilityMonitoringDelivery><FacilityCondition><FacilityRef>asc-1</FacilityRef>"
        "<FacilityStatus><Status>notAvailable</Status></FacilityStatus></FacilityCondition><FacilityCondition>"
        "<FacilityStatus/></FacilityCondition></FacilityMonitoringDelivery></ServiceDelivery></Siri>"
    )
    for payload in (as_json(lite), text.encode()):
        outcome = read("siri", payload)
        (row,) = outcome.rows
        assert (row["kind"], row["FacilityRef"]) == ("FacilityCondition", "asc-1")
        assert row["FacilityStatus"] == {"Status": "notAvailable"}
        assert outcome.refused_codes == ["payload.siri-missing"]
    stops = {"Siri": {"StopPointsDelivery": {"AnnotatedStopPointRef": [
        {"StopPointRef": "s1", "StopName": "Gare", "Location": {"Longitude": 5.93, "Latitude": 49.47}}]}}}  # fmt: skip
    (stop,) = read("siri", as_json(stops)).rows
    assert (stop["delivery"], stop["StopPointRef"], stop["position"]) == ("StopPoints", "s1", "5.93,49.47")
    lines = "<Siri><LinesDelivery><AnnotatedLineRef><LineRef>L1</LineRef></AnnotatedLineRef></LinesDelivery></Siri>"
    (line,) = read("siri", lines.encode()).rows
    assert (line["kind"], line["LineRef"], line["position"]) == ("AnnotatedLineRef", "L1", None)
