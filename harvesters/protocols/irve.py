"""irve: a charge point is a row (schemas IRVE statique and dynamique 2.3, as consolidated CSV)."""

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters.delimited import OPTIONS, table_of, text_lines
from harvesters.parsing import Event, PayloadProtocol, RefusedRow, Row, Shape

_KEY: Final = "id_pdc_itinerance"
_POSITION: Final = "coordonneesXY"
_BOOLEANS: Final = ("prise_type_ef", "prise_type_2", "prise_type_combo_ccs", "prise_type_chademo", "prise_type_autre",
                    "gratuit", "paiement_acte", "paiement_cb", "paiement_autre", "reservation", "station_deux_roues",
                    "cable_t2_attache")  # fmt: skip
_TRUTH: Final = {"true": True, "1": True, "oui": True, "vrai": True,
                 "false": False, "0": False, "non": False, "faux": False, "": None}  # fmt: skip
_NUMBER: Final = r"-?\d{1,3}(?:\.\d+)?"
_PAIR: Final = re.compile(rf"\s*\[?\s*({_NUMBER})\s*,\s*({_NUMBER})\s*\]?\s*", re.ASCII)
_MAX_LON: Final = 180
_MAX_LAT: Final = 90
_LATITUDES: Final = (41.0, 51.5)
_LONGITUDES: Final = (-5.5, 10.0)
"""Of metropolitan France. Read the other way round it lies in the sea off Somalia, where France has no land."""


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row a charge point, under the column names of the schema, cells as text but for two kinds.

    Booleans (true, 1, oui…) are `bool`, or None when empty; `coordonneesXY`, written `[lon,lat]`, is `lon,lat` in
    WGS 84 degrees, digits as sent. A cell of these that cannot be read, a pair of metropolitan France the wrong way
    round and an empty `id_pdc_itinerance` (the schema has « Non concerné » for it) refuse their row, naming the column.
    Options and refusals of `csv`; refuses a file without `id_pdc_itinerance`.
    """
    lines = text_lines(payload, name=name, options=options)
    yield from table_of(lines, delimiter=options.get("delimiteur"), read_row=_charge_point)


def _charge_point(row: Row, place: Place) -> Row | RefusedRow:
    if _KEY not in row:
        raise PayloadRefused("payload.irve-columns", place=Place(place.file, 1))
    truths: Row = {column: _TRUTH.get(str(row[column]).strip().lower(), "") for column in _BOOLEANS if column in row}
    wrong = [column for column, truth in truths.items() if truth == ""]
    if not str(row[_KEY]).strip():
        wrong.append(_KEY)
    if _POSITION in row:
        position = _lon_lat(str(row[_POSITION]))
        if position is None:
            wrong.append(_POSITION)
        truths[_POSITION] = position
    if wrong:
        return RefusedRow("payload.irve-cells", place, {"columns": ", ".join(wrong)})
    return row | truths


def _lon_lat(cell: str) -> str | None:
    pair = _PAIR.fullmatch(cell)
    if pair is None:
        return None
    lon, lat = float(pair[1]), float(pair[2])
    return None if abs(lon) > _MAX_LON or abs(lat) > _MAX_LAT or _is_turned(lon, lat) else f"{pair[1]},{pair[2]}"


def _is_turned(lon: float, lat: float) -> bool:
    return _LATITUDES[0] <= lon <= _LATITUDES[1] and _LONGITUDES[0] <= lat <= _LONGITUDES[1]


PROTOCOL: Final = PayloadProtocol("irve", Shape.TABLE, parse, OPTIONS)
