"""gtfs: a line of a file of a GTFS Schedule feed is a row, streamed out of the zip."""

import struct
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO, Final, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from eclor.errors import PayloadRefused, Place
from harvesters.decoding import TextLines, opened, whole
from harvesters.delimited import ShortLines, table_of
from harvesters.parsing import Event, PayloadProtocol, PayloadWarning, Shape

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
_MAX_ENTRIES: Final = 500
_MAX_TOTAL_BYTES: Final = 4 * 1024**3
_MAX_RATIO: Final = 200
_SMALL_BYTES: Final = 1024**2
"""Below this an entry may be compressed however well it likes."""
_ENCRYPTED: Final = 0x1
_DAMAGE: Final = (BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, OSError, ValueError, ArithmeticError)
"""What the zip reader raises on damaged bytes."""


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row a line of each file of the feed: `kind` (the file, without `.txt`), then its columns as text.

    Files stand in alphabetical order, at the root or in one folder. Line ends may mix, a byte order mark may stand.
    Times above 24:00:00 stay text. Refuses (`PayloadRefused`) a zip that is damaged, encrypted, reaches out of itself,
    or unpacks beyond reason (4 GiB, or 200 to 1), and one without agency, routes, trips or stop_times. A file
    that is empty, or that GTFS does not know, is named in a warning. A line that leaves out its last cells has them
    empty, as feeds are written; one with more cells than the header is a refused row. Option `fichiers` names the files
    to read (`stops routes`); without it, all.
    """
    wanted = options.get("fichiers", "").split() or _FILES
    try:
        with ZipFile(_seekable(payload, name=name)) as archive:
            tables, strangers = _tables(archive, name=name)
            for table, entry in sorted(tables.items()):
                if table not in wanted:
                    continue
                yield from _rows(archive, entry, table=table, name=name)
    except _DAMAGE as error:
        raise PayloadRefused("payload.zip", place=Place(name)) from error
    for stranger in strangers:
        yield PayloadWarning("payload.gtfs-stranger", Place(f"{name}/{stranger}"))


def _seekable(payload: BinaryIO | bytes, *, name: str) -> BinaryIO:
    stream = opened(payload)
    return stream if stream.seekable() else BytesIO(whole(stream, name=name))


def _tables(archive: ZipFile, *, name: str) -> tuple[dict[str, ZipInfo], list[str]]:
    _refuse_traps(archive.infolist(), name=name)
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_litter(entry)]
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


def _is_litter(entry: ZipInfo) -> bool:
    path = PurePosixPath(entry.filename)
    return path.name.startswith(".") or "__MACOSX" in path.parts


def _refuse_traps(entries: list[ZipInfo], *, name: str) -> None:
    total = sum(entry.file_size for entry in entries)
    swollen = any(
        entry.file_size > _SMALL_BYTES and entry.file_size > _MAX_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    if len(entries) > _MAX_ENTRIES or total > _MAX_TOTAL_BYTES or swollen:
        raise PayloadRefused("payload.zip-bomb", place=Place(name))
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise PayloadRefused("payload.zip-encrypted", place=Place(name))
    if any(_reaches_out(entry.filename) for entry in entries):
        raise PayloadRefused("payload.zip-path", place=Place(name))


def _reaches_out(filename: str) -> bool:
    path = PurePosixPath(filename)
    return path.is_absolute() or ".." in path.parts or "\\" in filename or ":" in filename.partition("/")[0]


def _rows(archive: ZipFile, entry: ZipInfo, *, table: str, name: str) -> Iterator[Event]:
    place = f"{name}/{entry.filename}"
    if entry.file_size == 0:
        yield PayloadWarning("payload.empty", Place(place))
        return
    with archive.open(entry) as stream:
        lines = TextLines(cast("BinaryIO", stream), place, sealed=True)
        for event in table_of(lines, delimiter=",", short_lines=ShortLines.PADDED):
            yield {KIND: table, **event} if isinstance(event, dict) else event


PROTOCOL: Final = PayloadProtocol("gtfs", Shape.NESTED, parse, ("fichiers",))
