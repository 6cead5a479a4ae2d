"""Claims: parsers to rows, over the CPU of the bare library that reads the same bytes.

GTFS-RT and DATEX II (v2, XML) within 1.5 times the library with every value read: protobuf's FeedMessage with every
field that is set, ElementTree's tree with every tag, text and attribute. Neither refuses, types or shapes anything. For
who wants to know, the libraries are measured bare too, with nothing read (protobuf: a parse, in C, of which no Python
value is made). GTFS: stop_times out of a zip to rows side by side, as intake takes them, within 1.5 times DuckDB
reading the CSV file beside it into a table, all columns as text. `python -m benchmarks.harvest_parsers [stop times]`;
the least of five, GTFS once.
"""

import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import duckdb
from google.protobuf.message import Message
from google.transit.gtfs_realtime_pb2 import FeedMessage

from benchmarks.cpu_time import cpu_s
from harvesters.parsing import Columns
from harvesters.protocols import load

TARGET = 1.5
ROUNDS = 5
TRIPS = 2_000
SITUATIONS = 5_000
STOPS_A_TRIP = 25
START = 1_795_334_400

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<d2LogicalModel xmlns="http://datex2.eu/schema/2/2_0" modelBaseVersion="2">
<payloadPublication xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="SituationPublication" lang="fr">
<publicationTime>2026-11-22T08:06:04+01:00</publicationTime>
"""
_SITUATION = """<situation id="s{n}" version="1"><overallSeverity>medium</overallSeverity><headerInformation>
<confidentiality>noRestriction</confidentiality><informationStatus>real</informationStatus></headerInformation>
<situationRecord xsi:type="VehicleObstruction" id="s{n}-1" version="1">
<situationRecordCreationTime>2026-11-22T08:04:50+01:00</situationRecordCreationTime>
<situationRecordVersionTime>2026-11-22T08:06:04+01:00</situationRecordVersionTime>
<probabilityOfOccurrence>certain</probabilityOfOccurrence><source><sourceIdentification>DIR</sourceIdentification>
<reliable>true</reliable></source><validity><validityStatus>definedByValidityTimeSpec</validityStatus>
<validityTimeSpecification><overallStartTime>2026-11-22T08:04:50+01:00</overallStartTime></validityTimeSpecification>
</validity><impact><originalNumberOfLanes>2</originalNumberOfLanes></impact>
<generalPublicComment><comment><values><value lang="fr">Sur 500 m</value></values></comment></generalPublicComment>
<groupOfLocations xsi:type="Point"><tpegPointLocation xsi:type="TpegSimplePoint">
<tpegDirection>westBound</tpegDirection>
<point xsi:type="TpegNonJunctionPoint"><pointCoordinates>
<latitude>49.4{n:05d}</latitude><longitude>5.9{n:05d}</longitude>
</pointCoordinates><name><descriptor><values><value lang="fr">A30</value></values></descriptor>
<tpegOtherPointDescriptorType>linkName</tpegOtherPointDescriptorType></name></point></tpegPointLocation>
<pointAlongLinearElement><linearElement><roadNumber>A0030</roadNumber></linearElement></pointAlongLinearElement>
</groupOfLocations><vehicleObstructionType>brokenDownVehicle</vehicleObstructionType></situationRecord></situation>
"""
_TAIL = "</payloadPublication></d2LogicalModel>"


def feed() -> bytes:
    """Return a feed of trips with 25 stops to come and the vehicle of each."""
    message = FeedMessage()
    message.header.gtfs_realtime_version = "2.0"
    message.header.timestamp = START
    for trip in range(TRIPS):
        entity = message.entity.add(id=f"t{trip}")
        entity.trip_update.trip.trip_id = f"trip:{trip}"
        entity.trip_update.trip.start_date = "20261122"
        for stop in range(STOPS_A_TRIP):
            update = entity.trip_update.stop_time_update.add(stop_sequence=stop, stop_id=f"stop:{trip + stop}")
            update.arrival.time = START + trip * 7 + stop * 60
            update.departure.time = update.arrival.time + 20
        vehicle = message.entity.add(id=f"v{trip}").vehicle
        vehicle.trip.trip_id = f"trip:{trip}"
        vehicle.position.latitude, vehicle.position.longitude = 49.4 + trip / 1e5, 5.9 + trip / 1e5
        vehicle.timestamp = START - trip % 60
    return bytes(message.SerializeToString())


def situations() -> bytes:
    """Return a publication of single situations, as a road operator's events are."""
    return (_HEAD + "".join(_SITUATION.format(n=number) for number in range(SITUATIONS)) + _TAIL).encode()


def stop_times(folder: Path, count: int) -> tuple[Path, Path]:
    """Write stop times as a CSV file and in a feed's zip; return both."""
    table, archive = folder / "stop_times.txt", folder / "feed.zip"
    with table.open("w") as file:
        file.write("trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type,timepoint\n")
        for number in range(count):
            trip, stop = divmod(number, STOPS_A_TRIP)
            clock = f"{5 + trip % 20:02d}:{stop * 2 % 60:02d}"
            file.write(
                f"trip:{trip:07d}:1,{clock}:00,{clock}:30,stop:{(trip * 7 + stop) % 4000:05d},{stop + 1},0,0,1\n"
            )
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as feed_zip:
        feed_zip.write(table, table.name)
        feed_zip.writestr("agency.txt", "agency_id,agency_name,agency_url,agency_timezone\nA,R,https://a.example,UTC\n")
        feed_zip.writestr("routes.txt", "route_id,route_type\nR,3\n")
        feed_zip.writestr("trips.txt", "route_id,service_id,trip_id\nR,S,T\n")
    return table, archive


def rows(protocol: str, payload: bytes) -> int:
    """Return how many rows a parser gives."""
    return sum(1 for event in load(protocol).parse(payload, name="bench", options={}) if isinstance(event, dict))


def _visit(message: Message) -> None:
    for field, value in message.ListFields():
        if field.message_type is not None:
            for inner in value if field.is_repeated else (value,):
                _visit(inner)


def _protobuf(payload: bytes, *, read: bool) -> None:
    message = FeedMessage()
    message.ParseFromString(payload)
    if read:
        _visit(message)


def _tree(payload: bytes, *, read: bool) -> None:
    root = ET.fromstring(payload)
    if read:
        for element in root.iter():
            _ = element.tag, element.text, element.items()


def _compared(protocol: str, payload: bytes, library: Callable[..., None], *, expected: int) -> bool:
    assert rows(protocol, payload) == expected
    works = (
        lambda: rows(protocol, payload),
        lambda: library(payload, read=True),
        lambda: library(payload, read=False),
    )
    times = [[cpu_s(work) for work in works] for _ in range(ROUNDS)]  # one after the other: what is beside hits all
    ours, read, bare = (min(spent) for spent in zip(*times, strict=True))
    print(
        f"{protocol}: {expected:,} rows of {len(payload) / 1e6:.1f} MB in {ours:.2f} CPU s, "
        f"{ours / read:.2f} of the library with every value read (target {TARGET}), {ours / bare:.1f} of it bare"
    )
    return ours / read <= TARGET


def _gtfs(count: int) -> bool:
    with tempfile.TemporaryDirectory() as temporary:
        table, archive = stop_times(Path(temporary), count)
        reading = "CREATE TABLE rows AS FROM read_csv(?, all_varchar = true)"
        yardstick = cpu_s(lambda: duckdb.connect().execute(reading, [str(table)]))
        spent = cpu_s(lambda: _side_by_side(archive, count))
    print(
        f"gtfs: {count:,} stop times to rows, side by side, in {spent:.1f} CPU s, {spent / yardstick:.1f} of DuckDB's "
        f"own read of the CSV ({yardstick:.1f} s; target {TARGET})"
    )
    return spent / yardstick <= TARGET


def _side_by_side(archive: Path, count: int) -> None:
    """Read stop times as intake does."""
    columns = load("gtfs").columns
    assert columns is not None
    with archive.open("rb") as stream:
        events = columns(stream, name="bench", options={"fichiers": "stop_times"})
        assert sum(event.table.num_rows for event in events if isinstance(event, Columns)) == count


def main(count: int = 5_000_000) -> int:
    """Measure, print, and return 0 if every target holds."""
    kept = [
        _compared("gtfs-rt", feed(), _protobuf, expected=2 * TRIPS),
        _compared("datex2", situations(), _tree, expected=SITUATIONS),
        _gtfs(count),
    ]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
