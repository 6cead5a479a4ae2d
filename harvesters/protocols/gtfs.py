"""gtfs: a line of a file of a GTFS Schedule feed is a row, streamed out of the zip."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import BinaryIO, Final, cast
from zipfile import ZipFile, ZipInfo

from eclor.errors import PayloadRefused, Place
from harvesters.archives import unzipped
from harvesters.decoding import TextLines
from harvesters.delimited import ShortLines, columns_of
from harvesters.parsing import Columns, Event, PayloadProtocol, PayloadWarning, Shape, one_by_one

KIND: Final = "kind"
_FILES: Final = frozenset({
    "agency", "areas", "attributions", "booking_rules", "calendar", "calendar_dates", "fare_attributes",
    "fare_leg_join_rules", "fare_leg_rules", "fare_media", "fare_products", "fare_rules", "fare_transfer_rules",
    "feed_info", "frequencies", "levels", "location_group_stops", "location_groups", "networks", "pathways",
    "rider_categories", "route_networks", "routes", "shapes", "stop_areas", "stop_times", "stops", "timeframes",
    "transfers", "translations", "trips",
})  # fmt: skip
"""Files of the GTFS Schedule reference."""
_NEEDED: Final = ("agency", "routes", "trips", "stop_times")


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row a line of each file of the feed: `kind` (the file, without `.txt`), then its columns as text.

    Files stand in alphabetical order, at the root or in one folder. Line ends may mix, a byte order mark may stand.
    Times above 24:00:00 stay text. Refuses (`PayloadRefused`) a zip that is damaged, encrypted, reaches out of itself,
    or unpacks beyond reason (4 GiB, or 200 to 1), and one without agency, routes, trips or stop_times. A file
    that is empty, or that GTFS does not know, is named in a warning. A line that leaves out its last cells has them
    empty, as feeds are written; one with more cells than the header is a refused row. Option `fichiers` names the files
    to read (`stops routes`); without it, all.
    """
    yield from one_by_one(parse_columns(payload, name=name, options=options))


def parse_columns(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event | Columns]:
    """Yield what `parse` does, the rows side by side where they are sure."""
    wanted = options.get("fichiers", "").split() or _FILES
    with unzipped(payload, name=name) as (archive, entries):
        tables, strangers = _tables(entries, name=name)
        for table, entry in sorted(tables.items()):
            if table not in wanted:
                continue
            yield from _rows(archive, entry, table=table, name=name)
    for stranger in strangers:
        yield PayloadWarning("payload.gtfs-stranger", Place(f"{name}/{stranger}"))


def _tables(entries: list[ZipInfo], *, name: str) -> tuple[dict[str, ZipInfo], list[str]]:
    tables: dict[str, ZipInfo] = {}
    strangers = []
    for entry in entries:
        path = PurePosixPath(entry.filename)
        if path.suffix != ".txt" or path.stem not in _FILES:
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
        lines = TextLines(cast("BinaryIO", stream), place, sealed=True)
        yield from columns_of(lines, delimiter=",", short_lines=ShortLines.PADDED, lead=(KIND, table))


PROTOCOL: Final = PayloadProtocol("gtfs", Shape.NESTED, parse, ("fichiers",), parse_columns)
