"""enedis: a reading of a load curve is a row (Data Connect; SGE: answers, R50, R4x, R63, Quoalise)."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters import strict_json, strict_xml
from harvesters.decoding import BOM, opened, whole
from harvesters.parsing import Event, PayloadProtocol, Row, Shape
from harvesters.readings import Curve, events
from harvesters.strict_json import member

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_STEP: Final = re.compile(r"PT(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?", re.ASCII)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MEASURES: Final = ("mesure", "points")
_ERRORS: Final = ("Fault", "erreur", "resultat-erreur")
_INDEXES: Final = frozenset({"R151", "serieMesuresDatees", "seriesMesuresDateesGrilleTurpe",
                             "seriesMesuresDateesGrilleFrn"})  # fmt: skip
"""What tells indexes of meters and energies between two readings, which `enedis-index` reads."""
_SHORT: Final = {"value": "v", "date": "d", "interval_length": "p", "measure_type": "n"}
"""What a reading is called in the forms of 2026 and of SGE."""
_R4X: Final = {"start": "Horodatage_Debut", "end": "Horodatage_Fin", "measurement_kind": "Grandeur_Physique",
               "unit": "Unite_Mesure", "direction": "Grandeur_Metier"}  # fmt: skip


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
    first = content.removeprefix(BOM).lstrip()[:1]
    is_xml = first == b"<"
    if b";" in content.partition(b"\n")[0] and first not in b"<{[":
        raise PayloadRefused("payload.enedis-table", place=Place(name, 1))
    series = _of_xml(content, name=name) if is_xml else _of_json(content, name=name)
    yield from events(series, name=name)


def _of_json(content: bytes, *, name: str) -> Iterator[Curve]:
    match strict_json.read(content, name=name):
        case {"error": _} | {"error_description": _} | {"errors": _}:
            raise PayloadRefused("payload.enedis-error", place=Place(name))
        case {"meter_reading": dict() as reading} | ({"interval_reading": _} as reading):
            readings: list[object] = [reading]
        case {"meter_reading": list() as readings} | {"usage_point": list() as readings}:
            pass
        case {"mesures": [{"contexte": _}, *_]}:
            raise PayloadRefused("payload.enedis-index", place=Place(name, 1))
        case {"mesures": list() as measures} | ({"grandeur": _} as measures):
            yield from _measures(measures, place=Place(name, 1))
            return
        case _:
            raise PayloadRefused("payload.enedis-root", place=Place(name, 1))
    for found in readings:
        yield _curve(found, place=Place(name))


def _curve(reading: object, *, place: Place) -> Curve:
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


def _measures(found: object, *, place: Place) -> Iterator[Curve]:
    """Yield the curves of the flow R63 (`mesures`, one a delivery point), or of Data Connect of 2026, which is one."""
    for measure in found if isinstance(found, list) else [found]:
        match measure:
            case {"idPrm": str() as point, "grandeur": list() as quantities, **said}:
                shared: Row = {
                    "usage_point_id": point, "start": member(said, ("periode", "dateDebut")),
                    "end": member(said, ("periode", "dateFin")), "quality": said.get("etapeMetier"), "aggregate": None,
                }  # fmt: skip
                yield from (_points(quantity, shared, said.get("pas"), place=place) for quantity in quantities)
            case _:
                raise PayloadRefused("payload.enedis-root", place=place)


def _points(quantity: object, shared: Row, step: object, *, place: Place) -> Curve:
    points = member(quantity, ("points",))
    if not isinstance(quantity, dict) or not isinstance(points, list):
        raise PayloadRefused("payload.enedis-root", place=place)
    shared = shared | {
        "measurement_kind": quantity.get("grandeurPhysique"), "unit": quantity.get("unite"),
        "direction": quantity.get("grandeurMetier"),
    }  # fmt: skip
    default = quantity.get("pas", step)
    return lambda: (
        shared | _reading({name: member(point, (short,)) for name, short in _SHORT.items()}, default=default)
        for point in points
    )


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


def _of_xml(content: bytes, *, name: str) -> Iterator[Curve]:
    root = strict_xml.read(content, name=name)
    parts = {strict_xml.local(element) for element in root.iter()}
    _refuse_others(parts, name=name)
    if strict_xml.local(root) == "quoalise":
        for data in strict_xml.children(root, "data"):
            yield partial(_senml, data)
    elif strict_xml.local(root) == "R50":
        yield from _r50(root)
    elif "Donnees_Courbe" in parts:
        yield from _r4x(root)
    elif "grandeur" in parts:
        point = _first(root, "pointId")
        for quantity in (found for found in root.iter() if strict_xml.local(found) == "grandeur"):
            yield partial(_quantity, quantity, point=point)
    else:
        raise PayloadRefused("payload.enedis-root", place=Place(name, 1))


def _refuse_others(parts: set[str], *, name: str) -> None:
    """Refuse an error, and what another protocol reads."""
    if parts & set(_ERRORS):
        raise PayloadRefused("payload.enedis-error", place=Place(name))
    if parts & _INDEXES:
        raise PayloadRefused("payload.enedis-index", place=Place(name, 1))


def _r50(root: "Element") -> Iterator[Curve]:
    """Yield the curves of the flow R50, one a delivery point: mean active power in W, which it does not say."""
    length = _minutes(_first(root, "Pas_Publication"))
    for meter in strict_xml.children(root, "PRM"):
        yield partial(_half_hours, meter, length=length)


def _half_hours(meter: "Element", *, length: str | None) -> Iterator[Row]:
    shared: Row = {
        "usage_point_id": strict_xml.child_text(meter, "Id_PRM"), "start": None, "end": None, "quality": None,
        "measurement_kind": "PA", "unit": "W", "aggregate": None, "direction": None,
    }  # fmt: skip
    for day in strict_xml.children(meter, "Donnees_Releve"):
        for point in strict_xml.children(day, "PDC"):
            said = {"value": strict_xml.child_text(point, "V"), "date": strict_xml.child_text(point, "H")}
            yield shared | _reading(said, default=length)


def _r4x(root: "Element") -> Iterator[Curve]:
    """Yield the curves of the flows R4Q, R4M and R4H, of one delivery point each."""
    shared: Row = {
        "usage_point_id": _first(root, "Identifiant_PRM"), "quality": _first(root, "Nature_De_Courbe_Demandee"),
        "aggregate": None,
    }  # fmt: skip
    for curve in (found for found in root.iter() if strict_xml.local(found) == "Donnees_Courbe"):
        yield partial(_industrial, curve, shared)


def _industrial(curve: "Element", shared: Row) -> Iterator[Row]:
    said = shared | {name: strict_xml.child_text(curve, tag) for name, tag in _R4X.items()}
    length = _minutes(strict_xml.child_text(curve, "Granularite"))
    for point in strict_xml.children(curve, "Donnees_Point_Mesure"):
        values = {
            "value": point.get("Valeur_Point"),
            "date": point.get("Horodatage"),
            "measure_type": point.get("Statut_Point"),
        }
        yield said | _reading(values, default=length)


def _first(root: "Element", tag: str) -> str | None:
    return next((strict_xml.text(found) for found in root.iter() if strict_xml.local(found) == tag), None)


def _minutes(text: str | None) -> str | None:
    return f"PT{text}M" if text else None


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
        said = {name: strict_xml.child_text(measure, short) for name, short in _SHORT.items()}
        yield shared | _reading(said, default=None)


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


PROTOCOL: Final = PayloadProtocol("enedis", Shape.NESTED, parse)
