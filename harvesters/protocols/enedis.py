"""enedis: a reading of a load curve is a row (Data Connect Metering Data v3 to v5; SGE as XML or as Quoalise)."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, Final, TypeAlias

from eclor.errors import PayloadRefused, Place
from harvesters import strict_json, strict_xml
from harvesters.decoding import BOM, opened, whole
from harvesters.local_clock import with_offsets
from harvesters.parsing import Event, PayloadProtocol, RefusedRow, Row, Shape
from harvesters.times import NoSuchTime, read_date, read_instant

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_Curve: TypeAlias = Callable[[], Iterator[Row]]
"""Gives the readings of a curve, made anew: all their rows at once take many times what they are made of."""
_STEP: Final = re.compile(r"PT(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?", re.ASCII)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MEASURES: Final = ("mesure", "points")
_ERRORS: Final = ("Fault", "erreur", "resultat-erreur")


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row a reading: `usage_point_id`, `value` as sent, `unit`, `date` as sent, `instant`, `interval_s`.

    `value` is mean power over `interval_s` seconds where the unit is W: energy is the one times the other. `instant` is
    `date` with its offset: Data Connect says local times, of which the doubled hour of autumn comes in order. Whether
    it is the beginning or the end of the interval, the source's contract says. `quality` is that of the whole answer,
    `measure_type` that of the reading (B as read, then corrected). A reading without value has `value` None; one whose
    value or date cannot be read is a refused row. Refuses an error body, whatever its HTTP status.
    """
    del options
    content = whole(opened(payload), name=name)
    is_xml = content.removeprefix(BOM).lstrip()[:1] == b"<"
    series = _of_xml(content, name=name) if is_xml else _of_json(content, name=name)
    number = 0
    for curve in series:
        for row in _with_instants(curve):
            number += 1
            yield _checked(row, place=Place(name), number=number)


def _of_json(content: bytes, *, name: str) -> Iterator[_Curve]:
    match strict_json.read(content, name=name):
        case {"error": _} | {"error_description": _} | {"errors": _}:
            raise PayloadRefused("payload.enedis-error", place=Place(name))
        case {"meter_reading": dict() as reading} | ({"interval_reading": _} as reading):
            readings: list[object] = [reading]
        case {"meter_reading": list() as readings} | {"usage_point": list() as readings}:
            pass
        case _:
            raise PayloadRefused("payload.enedis-root", place=Place(name, 1))
    for found in readings:
        yield _curve(found, place=Place(name))


def _curve(reading: object, *, place: Place) -> _Curve:
    if isinstance(reading, dict) and isinstance(reading.get("meter_reading"), dict):
        reading = reading | reading["meter_reading"]
    intervals = reading.get("interval_reading") if isinstance(reading, dict) else None
    if not isinstance(reading, dict) or not isinstance(intervals, list):
        raise PayloadRefused("payload.enedis-root", place=Place(place.file, 1))
    kind = reading.get("reading_type")
    kind = kind if isinstance(kind, dict) else {}
    shared: Row = {key: reading.get(key) for key in ("usage_point_id", "start", "end", "quality")}
    shared |= {key: kind.get(key) for key in ("measurement_kind", "unit", "aggregate")}
    shared["direction"] = kind.get("flow_direction")
    default = kind.get("interval_length") or kind.get("measuring_period")
    return lambda: (shared | _reading(item, default=default) for item in intervals)


def _reading(item: object, *, default: object) -> Row:
    values = item if isinstance(item, dict) else {}
    length = values.get("interval_length") or default
    return {
        "value": values.get("value"),
        "date": values.get("date"),
        "interval_length": length,
        "interval_s": _seconds(length),
        "measure_type": values.get("measure_type"),
    }


def _seconds(length: object) -> int | None:
    found = _STEP.fullmatch(length) if isinstance(length, str) else None
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds or None


def _of_xml(content: bytes, *, name: str) -> Iterator[_Curve]:
    root = strict_xml.read(content, name=name)
    parts = {strict_xml.local(element) for element in root.iter()}
    if parts & set(_ERRORS):
        raise PayloadRefused("payload.enedis-error", place=Place(name))
    if strict_xml.local(root) == "quoalise":
        for data in strict_xml.children(root, "data"):
            yield partial(_senml, data)
    elif "grandeur" in parts:
        point = next((strict_xml.text(found) for found in root.iter() if strict_xml.local(found) == "pointId"), None)
        for quantity in (found for found in root.iter() if strict_xml.local(found) == "grandeur"):
            yield partial(_quantity, quantity, point=point)
    else:
        raise PayloadRefused("payload.enedis-root", place=Place(name, 1))


def _quantity(quantity: "Element", *, point: str | None) -> Iterator[Row]:
    """Yield the readings of a `grandeur` of the detailed measures of SGE, version 2 (`mesure`) or 3 (`points`)."""
    shared: Row = {
        "usage_point_id": point, "start": None, "end": None, "quality": None,
        "measurement_kind": strict_xml.child_text(quantity, "grandeurPhysique"),
        "unit": strict_xml.child_text(quantity, "unite"), "aggregate": None,
        "direction": strict_xml.child_text(quantity, "grandeurMetier"),
    }  # fmt: skip
    for measure in quantity:
        if strict_xml.local(measure) not in _MEASURES:
            continue
        length = strict_xml.child_text(measure, "p")
        yield shared | {
            "value": strict_xml.child_text(measure, "v"), "date": strict_xml.child_text(measure, "d"),
            "interval_length": length, "interval_s": _seconds(length),
            "measure_type": strict_xml.child_text(measure, "n"),
        }  # fmt: skip


def _senml(data: "Element") -> Iterator[Row]:
    """Yield the records of a Quoalise `data`, their base values resolved (RFC 8428 section 4.1)."""
    found = {strict_xml.local(element): element.attrib for element in data.iter()}
    meta = {name: found.get(name, {}) for name in ("identifier", "physical", "business", "aggregate", "sampling")}
    shared: Row = {
        "usage_point_id": meta["identifier"].get("value"), "start": None, "end": None, "quality": None,
        "measurement_kind": meta["physical"].get("quantity"), "aggregate": meta["aggregate"].get("type"),
        "direction": meta["business"].get("direction"),
    }  # fmt: skip
    interval = meta["sampling"].get("interval", "")
    step = int(interval) if interval.isascii() and interval.isdigit() else None
    shared |= {"interval_length": f"PT{step}S" if step else None, "interval_s": step, "measure_type": None}
    base: dict[str, str] = {}
    for record in (element for element in data.iter() if strict_xml.local(element) == "senml"):
        base |= {key: value for key, value in record.attrib.items() if key in {"bn", "bt", "bu", "bv"}}
        unit = record.get("u") or base.get("bu") or meta["physical"].get("unit")
        value = _sum(base.get("bv"), record.get("v"))
        yield shared | {"unit": unit, "value": value, "date": _moment(base.get("bt"), record.get("t"))}


def _sum(base: str | None, value: str | None) -> str | None:
    if base is None or value is None:
        return value if base is None else base
    try:
        return str(Decimal(base) + Decimal(value))
    except (InvalidOperation, ArithmeticError):
        return "?"


def _moment(base: str | None, seconds: str | None) -> str | None:
    """Return the instant of a record, in seconds since 1970; None where there is none."""
    total = _sum(base or "0", seconds or "0")
    try:
        moment = _EPOCH + timedelta(seconds=float(Decimal(total or "")))
    except (InvalidOperation, ValueError, OverflowError):
        return None
    return None if base is None and seconds is None else moment.isoformat().replace("+00:00", "Z")


def _with_instants(curve: _Curve) -> Iterator[Row]:
    dates = [date if isinstance(date, str) else "" for date in (row["date"] for row in curve())]
    for row, instant in zip(curve(), with_offsets(dates), strict=True):
        yield row | {"instant": instant}


def _checked(row: Row, *, place: Place, number: int) -> Row | RefusedRow:
    return row if _is_number(row["value"]) and _is_time(str(row["instant"])) else RefusedRow(
        "payload.enedis-reading", place, {"number": number}
    )  # fmt: skip


def _is_number(value: object) -> bool:
    if isinstance(value, str):
        try:
            return Decimal(value).is_finite()
        except InvalidOperation:
            return False
    return value is None or (isinstance(value, int | Decimal) and not isinstance(value, bool))


def _is_time(text: str) -> bool:
    for read in (read_date, read_instant):
        try:
            read(text)
        except NoSuchTime:
            return True
        except (ValueError, OverflowError):
            continue
        return True
    return False


PROTOCOL: Final = PayloadProtocol("enedis", Shape.NESTED, parse)
