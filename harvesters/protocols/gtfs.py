"""gtfs: a line of a file of a GTFS Schedule feed is a row, streamed out of the zip."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import BinaryIO, Final, cast
from zipfile import ZipFile, ZipInfo

from eclor.errors import PayloadRefused, Place
from harvesters import strict_json
from harvesters.archives import unzipped
from harvesters.decoding import TextLines, whole
from harvesters.delimited import ShortLines, columns_of
from harvesters.geometry import is_sound
from harvesters.parsing import Columns, Event, PayloadProtocol, PayloadWarning, RefusedRow, Shape, one_by_one
from harvesters.weighing import REMADE_BYTES

KIND: Final = "kind"
_ZONES: Final = "locations"
"""The one file that is no table: the zones of on-demand services, `locations.geojson`."""
_FILES: Final = frozenset({
    "agency", "areas", "attributions", "booking_rules", "calendar", "calendar_dates", "fare_attributes",
    "fare_leg_join_rules", "fare_leg_rules", "fare_media", "fare_products", "fare_rules", "fare_transfer_rules",
    "feed_info", "frequencies", "levels", "location_group_stops", "location_groups", "networks", "pathways",
    "rider_categories", "route_networks", "routes", "shapes", "stop_areas", "stop_times", "stops", "timeframes",
    "transfers", "translations", "trips",
})  # fmt: skip
"""Tables of the GTFS Schedule reference."""
_SUFFIXES: Final = dict.fromkeys(_FILES, ".txt") | {_ZONES: ".geojson"}
_NEEDED: Final = ("agency", "routes", "trips", "stop_times")


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row a line of each file of the feed: `kind` (the file, without `.txt`), then its columns as text.

    A zone of `locations.geojson` is a row too, of the kind `locations`: `id`, its properties, `geometry` (GeoJSON, or
    None with a warning where it is unsound). Files stand in alphabetical order, at the root or in one folder. Line ends
    may mix, a byte order mark may stand. Times above 24:00:00 stay text. Commas are due; a header with more semicolons,
    tabs or bars is read by them. Refuses (`PayloadRefused`) a zip that is damaged, encrypted, reaches out of itself, or
    unpacks beyond reason (4 GiB, or 200 to 1), and one without agency, routes, trips or stop_times. A file that is
    empty, or that GTFS does not know, is named in a warning. A line that leaves out its last cells has them empty, as
    feeds are written; one with more cells than the header is a refused row. Option `fichiers` names the files to read
    (`stops routes`); without it, all. A name that GTFS does not know refuses the feed, a file that is not there gives a
    warning: neither is a feed of nothing.
    """
    yield from one_by_one(parse_columns(payload, name=name, options=options))


def parse_columns(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event | Columns]:
    """Yield what `parse` does, the rows side by side where they are sure."""
    wanted = _wanted(options.get("fichiers", ""), name=name)
    with unzipped(payload, name=name) as (archive, entries):
        tables, strangers = _tables(entries, name=name)
        for table, entry in sorted(tables.items()):
            if not wanted or table in wanted:
                yield from _rows(archive, entry, table=table, name=name)
    for absent in sorted(wanted - tables.keys()):
        yield PayloadWarning("payload.gtfs-absent", Place(f"{name}/{absent}{_SUFFIXES[absent]}"))
    for stranger in strangers:
        yield PayloadWarning("payload.gtfs-stranger", Place(f"{name}/{stranger}"))


def _wanted(option: str, *, name: str) -> frozenset[str]:
    """Return the files that the option names, with or without their endings; none where it names none."""
    wanted = frozenset(file.removesuffix(".txt").removesuffix(".geojson") for file in option.replace(",", " ").split())
    if unknown := wanted - _SUFFIXES.keys():
        raise PayloadRefused("payload.gtfs-unknown", place=Place(name), files=", ".join(sorted(unknown)))
    return wanted


def _tables(entries: list[ZipInfo], *, name: str) -> tuple[dict[str, ZipInfo], list[str]]:
    tables: dict[str, ZipInfo] = {}
    strangers = []
    for entry in entries:
        path = PurePosixPath(entry.filename)
        if _SUFFIXES.get(path.stem) != path.suffix:
            strangers.append(entry.filename)
        elif path.stem in tables:
            raise PayloadRefused("payload.gtfs-twice", place=Place(name), file=path.name)
        else:
            tables[path.stem] = entry
    if missing := [f"{table}.txt" for table in _NEEDED if table not in tables]:
        raise PayloadRefused("payload.gtfs-missing", place=Place(name), files=", ".join(missing))
    return tables, strangers


def _rows(archive: ZipFile, entry: ZipInfo, *, table: str, name: str) -> Iterator[Event | Columns]:
    place = f"{name}/{entry.filename}"
    if entry.file_size == 0:
        yield PayloadWarning("payload.empty", Place(place))
        return
    with archive.open(entry) as stream:
        if table == _ZONES:
            yield from _zones(whole(cast("BinaryIO", stream), name=place), name=place)
            return
        lines = TextLines(cast("BinaryIO", stream), place, sealed=True)
        yield from columns_of(lines, delimiter=None, short_lines=ShortLines.PADDED, lead=(KIND, table))


def _zones(content: bytes, *, name: str) -> Iterator[Event]:
    features = strict_json.member(strict_json.read(content, name=name, most=REMADE_BYTES), ("features",))
    if not isinstance(features, list):
        raise PayloadRefused("payload.geojson-root", place=Place(name, 1))
    for number, feature in enumerate(features, start=1):
        match feature:
            case {"id": str() as identifier, "properties": dict() | None as properties, "geometry": geometry}:
                sound = is_sound(geometry)
                own = {KIND: _ZONES, "id": identifier}
                yield own | (properties or {}) | own | {"geometry": geometry if sound else None}
                if not sound:
                    yield PayloadWarning("payload.geometry", Place(name), {"number": number})
            case _:
                yield RefusedRow("payload.gtfs-zone", Place(name), {"number": number})


PROTOCOL: Final = PayloadProtocol("gtfs", Shape.NESTED, parse, ("fichiers",), parse_columns)
