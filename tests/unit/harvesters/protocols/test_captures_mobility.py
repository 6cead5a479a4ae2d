"""Every capture of traffic and transport: rows counted here by another method than the parser's."""

import io
import json
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from google.protobuf import text_format
from google.transit.gtfs_realtime_pb2 import FeedMessage

from harvesters import strict_json
from tests.payloads import read

SHARED = Path(os.environ.get("ECLOR_SHARED", "../shared"))
CAPTURES = SHARED / "captures"

pytestmark = [
    pytest.mark.captures,
    pytest.mark.skipif(not CAPTURES.is_dir(), reason="no captures here: set ECLOR_SHARED to the folder that has them"),
]

REFUSED_ROWS = {"mobility/gbfs_v2.3/free_bike_status_with_error.json": ["payload.gbfs-wrong"]}
"""Captures some rows of which are refused: an identifier that is a number, a time of -1, a boolean that is 0."""

WARNED = {
    "mobility/gtfsrt_nyct_j.pb": ["payload.gtfs-rt-extensions"],
    "mobility/gtfsrt_nyct_si_20231019.pb": ["payload.gtfs-rt-extensions"],
    "traffic/datex_france_events.xml": ["payload.datex2-delta"],
}

ROWS = {
    "mobility/gbfs_v2.3/gbfs.json": 4,
    "mobility/gbfs_v2.3/system_information.json": 1,
    "mobility/gbfs_v3.0/vehicle_status.json": 4,
    "mobility/gtfsrt_nyct_j.pb": 50,
    "mobility/gtfsrt_nyct_si_20231019.pb": 42,
    "mobility/netex_rb_flb-aggregated-netex.zip": 644,
    "mobility/netex_rb_sjv-aggregated-netex.zip": 551,
    "mobility/siri_et-2_1.xml": 1,
    "mobility/siri_vm-small.xml": 2,
    "traffic/datex_finland_afir-messagecontainer.v3_6.json": 1,
    "traffic/datex_finland_roadworks.xml": 3,
    "traffic/datex_france_dialog-regulations.xml": 2,
    "traffic/datex_france_speeds.xml": 2,
    "traffic/datex_netherlands_situations.xml": 11,
    "traffic/datex_netherlands_truckparking-status.xml": 8,
}
"""Some, counted by hand (grep -o, unzip) and written down, should the counting below be wrong too."""


def _records(content: bytes) -> int:
    names = (rb"situationRecord|siteMeasurements|parkingRecordStatus|urbanVehicleAccessRegulation"
             if b"controlledZone" in content
             else rb"situationRecord|siteMeasurements|parkingRecordStatus|trafficRegulationOrder")  # fmt: skip
    if content.startswith(b"{"):
        return content.count(b'"energyInfrastructureSite":')
    return len(re.findall(rb"<(?:\w+:)?(?:" + names + rb")[ >]", content))


def _array(content: bytes) -> int:
    data = json.loads(content)["data"]
    if "system_id" in data:
        return 1
    if "geofencing_zones" in data:
        return len(data["geofencing_zones"]["features"])
    (members, *others) = data.values()
    return sum(len(one["feeds"]) for one in (members, *others)) if isinstance(members, dict) else len(members)


def _entities(content: bytes) -> int:
    feed = FeedMessage()
    if content.startswith(b"#"):
        text_format.Parse(content.decode(), feed)
    else:
        feed.ParseFromString(content)
    return len(feed.entity)


def _identified(content: bytes) -> int:
    """Count as `grep ' id='` does, frames apart: the header of these files identifies nothing outside a frame."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        texts = [archive.read(name) for name in archive.namelist()]
    tags = [tag for text in texts for tag in re.findall(rb"<(\w+)[^>]* id=\"", text)]
    return sum(not tag.endswith(b"Frame") for tag in tags)


def _journeys(content: bytes) -> int:
    wanted = {"EstimatedVehicleJourney", "PtSituationElement", "VehicleActivity"}
    return sum(element.tag.rpartition("}")[2] in wanted for element in ET.fromstring(content).iter())


SETS: dict[str, tuple[str, int, Callable[[bytes], int]]] = {
    "datex2": (r"traffic/datex_.*", 9, _records),
    "gbfs": (r"mobility/gbfs_.*", 26, _array),
    "gtfs-rt": (r"mobility/gtfsrt_.*", 6, _entities),
    "netex": (r"mobility/netex_.*", 2, _identified),
    "siri": (r"mobility/siri_.*", 4, _journeys),
}
"""Protocol: which captures, how many there are by the manifest, and how their rows are counted."""


def _files(protocol: str) -> list[str]:
    names = (path.relative_to(CAPTURES).as_posix() for path in CAPTURES.rglob("*") if path.is_file())
    return sorted(name for name in names if re.fullmatch(SETS[protocol][0], name))


CASES = [(protocol, name) for protocol in SETS for name in _files(protocol)] if CAPTURES.is_dir() else []


@pytest.mark.parametrize(("protocol", "name"), CASES)
def test_a_capture_gives_as_many_rows_as_it_has(protocol: str, name: str) -> None:
    content = (CAPTURES / name).read_bytes()
    outcome = read(protocol, content)
    assert outcome.code == ""
    assert outcome.refused_codes == REFUSED_ROWS.get(name, [])
    assert len(outcome.rows) + len(outcome.refused) == SETS[protocol][2](content)
    assert outcome.warning_codes == WARNED.get(name, [])
    assert all(row["kind"] for row in outcome.rows)
    for row in outcome.rows:
        strict_json.dump(row)  # raises on a float


@pytest.mark.parametrize("protocol", SETS)
def test_no_capture_is_left_out(protocol: str) -> None:
    assert len(_files(protocol)) == SETS[protocol][1]


@pytest.mark.parametrize(("name", "rows"), ROWS.items())
def test_a_capture_counted_by_hand(name: str, rows: int) -> None:
    (protocol,) = [protocol for protocol in SETS if name in _files(protocol)]
    assert len(read(protocol, (CAPTURES / name).read_bytes()).rows) == rows


def test_what_is_listed_above_exists() -> None:
    assert [name for name in {*REFUSED_ROWS, *WARNED, *ROWS} if not (CAPTURES / name).is_file()] == []


def test_a_breakdown_of_the_state_s_roads_says_where_and_when() -> None:
    (row,) = read("datex2", (CAPTURES / "traffic/datex_france_events.xml").read_bytes()).rows
    assert (row["type"], row["version"], row["roads"]) == ("VehicleObstruction", "1", "A4; A0004")
    assert row["position"] == "2.3988867,48.821583"
    assert (row["start"], row["end"]) == ("2026-07-24T08:04:50.000+02:00", None)


def test_speeds_are_numbers_of_their_site() -> None:
    first, second = read("datex2", (CAPTURES / "traffic/datex_france_speeds.xml").read_bytes()).rows
    assert (first["id"], first["vehicleFlowRate"], first["averageVehicleSpeed"]) == ("MUM76.h1", "1010", "112.0")
    assert (second["id"], second["time"]) == ("A0001011200", "2026-07-25T08:30:00.000+02:00")


def test_a_location_by_alert_c_alone_has_no_place() -> None:
    rows = read("datex2", (CAPTURES / "traffic/datex_finland_roadworks.xml").read_bytes()).rows
    assert [row["geometry"] for row in rows] == [None, None, None]


def test_regulations_keep_their_lines_and_words_that_no_schema_knows() -> None:
    rows = read("datex2", (CAPTURES / "traffic/datex_france_dialog-regulations.xml").read_bytes()).rows
    assert all(row["geometry"]["type"] == "MultiLineString" for row in rows)  # type: ignore[index]
    assert "commercial" in str(rows[0]["trafficRegulation"])


def test_dutch_lists_of_positions_are_turned_to_longitude_first() -> None:
    rows = read("datex2", (CAPTURES / "traffic/datex_netherlands_emission-zones.xml").read_bytes()).rows
    for row in rows:
        position = row["geometry"]["coordinates"]  # type: ignore[index]
        while isinstance(position[0], list):
            position = position[0]
        assert 3 < position[0] < 8
        assert 50 < position[1] < 54


def test_the_text_form_says_what_the_binary_form_says() -> None:
    for name in ("gtfsrt_alerts", "gtfsrt_trip-updates-full"):
        text = (CAPTURES / f"mobility/{name}.asciipb").read_bytes()
        binary = text_format.Parse(text.decode(), FeedMessage()).SerializeToString()
        assert read("gtfs-rt", text).rows == read("gtfs-rt", binary).rows
