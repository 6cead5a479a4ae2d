"""gtfs-rt: an entity of a GTFS Realtime feed (1.0, 2.0), protobuf, its text form or its JSON, is a row."""

import re
import struct
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache, lru_cache
from math import isfinite
from operator import attrgetter
from typing import BinaryIO, Final

from google.protobuf import json_format, text_format
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import DecodeError, EncodeError, Message
from google.transit.gtfs_realtime_pb2 import FeedMessage

from eclor.errors import PayloadRefused, Place
from harvesters import strict_json
from harvesters.coordinates import plain
from harvesters.decoding import BOM, decoded, refuse_html, whole
from harvesters.geometry import is_sound
from harvesters.parsing import Event, PayloadProtocol, PayloadWarning, RefusedRow, Row, Shape
from harvesters.weighing import REMADE_BYTES
from harvesters.xml_rows import by_language, put_texts

_KINDS: Final = ("trip_update", "vehicle", "alert", "shape", "stop", "trip_modifications")
_LAT_LON: Final = {"latitude", "longitude"}
_TEXT: Final = re.compile(rb"\s*(?:#[^\n]*\n\s*)*(?:header|entity)\s*[:{<]")
_JSON: Final = re.compile(rb'\s*\{\s*"')
_DAY_S: Final = 86_400
_SHORTER: Final = ("%.6g", "%.7g", "%.8g")
_LONGEST: Final = "%.9g"
"""Digits that tell any two 32-bit floats apart; the ones above tell most."""
_pack: Final = struct.Struct("f").pack

_Convert = Callable[..., object]
_Read = Callable[[Message], Row]


class _UnreadableError(ValueError):
    """A float that is no number, a time that is none, a text that is not UTF-8."""


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row an entity: `kind`, `id`, `is_deleted`, `feed_timestamp`, `incrementality`, then its message.

    `kind` is `trip_update`, `vehicle`, `alert`, `shape`, `stop` or `trip_modifications` (several, joined by « + »), and
    under these names stands what the feed says, by the names of the specification; what it leaves out is absent, no
    default put in. Times are ISO 8601 in UTC, floats the shortest decimal, enumerations words, texts in languages the
    French one or the first (others under `name@lang`). `position` is `lon,lat` of a vehicle or None. An entity without
    identifier, without content, with NaN, an impossible time or a text that is not UTF-8 is a refused row. A
    differential feed and extensions, which are dropped, give a warning. Entity identifiers may change from feed to
    feed, a vehicle's be used again: a key needs `trip_update.trip.trip_id` and its `start_date`.
    """
    del options
    content = whole(payload, name=name).removeprefix(BOM)
    refuse_html(content, name=name)
    feed = _feed(content, name=name)
    known, is_whole = _known(feed)
    place = Place(name)
    yield from _warnings(feed, content, known=known, place=place)
    about = _about(feed, place=place)
    read = _reader(FeedMessage.DESCRIPTOR.fields_by_name["entity"].message_type)
    for number, entity in enumerate(feed.entity, start=1):
        row = _row(entity, about, read=read, is_whole=is_whole)
        if isinstance(row, str):
            yield RefusedRow(row, place, {"number": number})
            continue
        is_odd = _put_position(row)
        yield row
        if is_odd:
            yield PayloadWarning("payload.geometry", place, {"number": number})


def _feed(content: bytes, *, name: str) -> FeedMessage:
    feed = FeedMessage()
    if _TEXT.match(content):
        try:
            text_format.Parse(decoded(content, name=name), feed)
        except text_format.ParseError as error:
            place = Place(name, error.GetLine() or 1, error.GetColumn() or 1)
            raise PayloadRefused("payload.gtfs-rt-text", place=place) from error
    elif _JSON.match(content):
        if not (_read_json(content, feed, name=name) or _read_json(content, feed, name=name, leave_out=True)):
            raise PayloadRefused("payload.gtfs-rt-json", place=Place(name))
    else:
        try:
            feed.ParseFromString(content)
        except DecodeError as error:
            raise PayloadRefused("payload.gtfs-rt", place=Place(name)) from error
    if not feed.HasField("header") or not feed.header.gtfs_realtime_version:
        raise PayloadRefused("payload.gtfs-rt", place=Place(name))
    return feed


def _read_json(content: bytes, feed: FeedMessage, *, name: str, leave_out: bool = False) -> bool:
    """Read a feed by protobuf's mapping to JSON (`tripUpdate`) or the specification's names; say whether it is one.

    What the specification does not know is left out, or makes it none.
    """
    document = strict_json.read(content, name=name, most=REMADE_BYTES)
    if not isinstance(document, dict) or "header" not in document:
        raise PayloadRefused("payload.gtfs-rt", place=Place(name))
    feed.Clear()
    try:
        json_format.ParseDict(document, feed, ignore_unknown_fields=leave_out)
    except json_format.ParseError:
        return False
    return True


def _about(feed: FeedMessage, *, place: Place) -> Row:
    seconds = feed.header.timestamp
    try:
        made = _instant(seconds) if seconds else None
    except _UnreadableError as error:
        raise PayloadRefused("payload.gtfs-rt-header-time", place=place) from error
    return {"feed_timestamp": made, "incrementality": "DIFFERENTIAL" if feed.header.incrementality else "FULL_DATASET"}


def _known(feed: FeedMessage) -> tuple[int, bool]:
    """Drop what is not of the specification; return the bytes of the rest, and whether no entity lacks what it must."""
    feed.DiscardUnknownFields()
    try:
        return len(feed.SerializeToString()), True
    except EncodeError:
        return len(feed.SerializePartialToString()), False


def _warnings(feed: FeedMessage, content: bytes, *, known: int, place: Place) -> Iterator[PayloadWarning]:
    if feed.header.incrementality:
        yield PayloadWarning("payload.gtfs-rt-differential", place)
    if _has_extensions(content, known):
        yield PayloadWarning("payload.gtfs-rt-extensions", place)


def _has_extensions(content: bytes, known: int) -> bool:
    """Say whether a feed held more than the bytes that are known of it: never a text, which is read by names."""
    if known == len(content) or _TEXT.match(content):
        return False
    if _JSON.match(content):
        return not _read_json(content, FeedMessage(), name="")
    whole_feed = FeedMessage()  # numbers may also be written longer than they need be
    whole_feed.ParseFromString(content)
    return len(whole_feed.SerializePartialToString()) > known


def _row(entity: Message, about: Row, *, read: _Read, is_whole: bool) -> Row | str:
    """Return the row of an entity, or the code of its refusal; `is_whole` says that none lacks what it must have."""
    try:
        members = read(entity)
    except _UnreadableError:
        return "payload.gtfs-rt-number"
    identifier, deleted = members.pop("id", ""), bool(members.pop("is_deleted", False))
    kinds = [kind for kind in _KINDS if kind in members]
    if not identifier or not (kinds or deleted) or not (is_whole or entity.IsInitialized()):
        return "payload.gtfs-rt-missing"
    kind = kinds[0] if len(kinds) == 1 else "+".join(kinds) or None
    return {"kind": kind, "id": identifier, "is_deleted": deleted, **about, "position": None, **members}


def _put_position(row: Row) -> bool:
    """Put the position of a vehicle; say whether it is none."""
    vehicle = row.get("vehicle")
    position = vehicle.get("position") if isinstance(vehicle, dict) else None
    if not isinstance(position, dict) or not position.keys() >= _LAT_LON:
        return False
    lon, lat = position["longitude"], position["latitude"]
    if not is_sound({"type": "Point", "coordinates": [lon, lat]}):
        return True
    row["position"] = f"{plain(lon)},{plain(lat)}"
    return False


@cache
def _reader(descriptor: Descriptor) -> _Read:
    """Return what turns a message of that type into members; made once a type.

    Each field is asked for by its name: `ListFields` makes an object of each field and sorts them.
    """
    fields = sorted(descriptor.fields, key=attrgetter("number"))
    converters = [(field.name, _converter(field)) for field in fields]
    lists = frozenset(field.name for field in fields if field.is_repeated)
    texts = frozenset(field.name for field in fields if _is_texts(field))
    read = _with_lists(converters, lists) if lists else _without_lists(converters)
    return _with_texts(read, texts) if texts else read


def _without_lists(converters: list[tuple[str, _Convert]]) -> _Read:
    def read(message: Message) -> Row:
        row: Row = {}
        is_set = message.HasField
        for name, convert in converters:
            if is_set(name):
                row[name] = convert(getattr(message, name))
        return row

    return read


def _with_lists(converters: list[tuple[str, _Convert]], lists: frozenset[str]) -> _Read:
    def read(message: Message) -> Row:
        row: Row = {}
        for name, convert in converters:
            if name in lists:
                if values := getattr(message, name):
                    row[name] = [*map(convert, values)]
            elif message.HasField(name):
                row[name] = convert(getattr(message, name))
        return row

    return read


def _with_texts(read: _Read, texts: frozenset[str]) -> _Read:
    def read_with_texts(message: Message) -> Row:
        row = read(message)
        for name in texts & row.keys():
            said = ((_text(one.language), _text(one.text)) for one in getattr(message, name).translation)
            put_texts(row, name, by_language(said))
        return row

    return read_with_texts


def _is_texts(field: FieldDescriptor) -> bool:
    return field.message_type is not None and field.message_type.name == "TranslatedString" and not field.is_repeated


def _converter(field: FieldDescriptor) -> _Convert:
    if field.message_type is not None:
        return _reader(field.message_type)
    if field.enum_type is not None:
        return {value.number: value.name for value in field.enum_type.values}.__getitem__
    if field.type in {FieldDescriptor.TYPE_INT64, FieldDescriptor.TYPE_UINT64}:  # the specification's POSIX times
        return _instant
    return _SCALARS[field.type]


@lru_cache(maxsize=_DAY_S)
def _instant(seconds: int) -> str:
    return _day(seconds // _DAY_S) + _clock(seconds % _DAY_S)


@lru_cache(maxsize=256)
def _day(days: int) -> str:
    try:
        return f"{datetime.fromtimestamp(days * _DAY_S, UTC).date().isoformat()}T"
    except (ValueError, OverflowError, OSError) as error:
        raise _UnreadableError from error


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}Z"


def _float32(number: float) -> Decimal:
    if not isfinite(number):
        raise _UnreadableError
    same = _pack(number)
    for shorter in _SHORTER:
        text = shorter % number
        if _pack(float(text)) == same:
            return Decimal(text)
    return Decimal(_LONGEST % number)


def _float64(number: float) -> Decimal:
    if not isfinite(number):
        raise _UnreadableError
    return Decimal(repr(number))


def _text(value: str | bytes) -> str:
    """Return a text; protobuf gives those of version 2 that are not UTF-8 as bytes."""
    if isinstance(value, bytes):
        raise _UnreadableError
    return value


_SCALARS: Final[Mapping[int, _Convert]] = {
    FieldDescriptor.TYPE_FLOAT: _float32,
    FieldDescriptor.TYPE_DOUBLE: _float64,
    FieldDescriptor.TYPE_STRING: _text,
    FieldDescriptor.TYPE_INT32: int,
    FieldDescriptor.TYPE_UINT32: int,
    FieldDescriptor.TYPE_BOOL: bool,
}

PROTOCOL: Final = PayloadProtocol("gtfs-rt", Shape.NESTED, parse)
