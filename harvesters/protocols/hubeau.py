"""hubeau: an element of a page of Hub'Eau is a row (hydrometry, piezometry, drinking water, rivers and the others)."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters import strict_json
from harvesters.decoding import opened, whole
from harvesters.geometry import is_sound
from harvesters.parsing import Event, PayloadProtocol, PayloadWarning, RefusedRow, Row, Shape

_RESULT: Final = re.compile(r"\s*([<>]=?|[≤≥]?)\s*(-?\d{1,18}(?:[.,]\d{1,18})?)\s*", re.ASCII)
_TEXT: Final = "resultat_alphanumerique"
_NUMBERS: Final = ("resultat_numerique", "resultat", "resultat_obs", "resultat_obs_elab", "resultat_analyse")
_REMARKS: Final = ("code_remarque", "code_remarque_analyse")
_LIMITS: Final = ("limite_quantification", "limite_quantification_analyse", "limite_detection")
_SIGNS: Final = {"2": "<", "7": "<", "9": "<", "10": "<", "3": ">", "8": ">", "0": "?"}
"""Remarks of Sandre's list 155 under which the number is a bound, or (0) nothing was analysed."""
_LOOSE: Final = {"≤": "<", "≥": ">", "<=": "<", ">=": ">"}


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row an element of `data`, under Hub'Eau's names, as it came; three more where it holds a result.

    `valeur` is the number that was measured, None where there is none; `signe` is `<` or `>` where the result is
    a bound only (`<0,5`, or a remark that says so), `?` where nothing was analysed; `seuil` is that bound. The
    number beside such a text (`resultat_numerique`, `resultat`) is then None: it was not measured. Decimals may be
    written with a comma. Features (format=geojson) give their properties and `geometry`. Refuses an error body; a
    page that is alone and has fewer elements than it announces is read, with a warning.
    """
    del options
    answer = strict_json.read(whole(opened(payload), name=name), name=name)
    elements = _elements(answer, place=Place(name))
    for number, element in enumerate(elements, start=1):
        yield from _row(element, place=Place(name), number=number)
    match answer:
        case {"count": int() as count, **rest} if not (rest.get("next") or rest.get("prev")) and count > len(elements):
            yield PayloadWarning("payload.page-short", Place(name), {"announced": count, "found": len(elements)})
        case _:
            pass


def _elements(answer: object, *, place: Place) -> list[object]:
    match answer:
        case {"data": {"features": list() as found}} | {"data": list() as found} | {"features": list() as found}:
            return found
        case {"message": _} | {"field_errors": _} | {"error": _}:
            raise PayloadRefused("payload.hubeau-error", place=place)
        case _:
            raise PayloadRefused("payload.hubeau-root", place=Place(place.file, 1))


def _row(element: object, *, place: Place, number: int) -> Iterator[Event]:
    match element:
        case {"type": "Feature", "properties": dict() as properties, **rest}:
            geometry = rest.get("geometry")
            sound = is_sound(geometry)
            yield _measured(properties) | {"geometry": geometry if sound else None}
            if geometry is not None and not sound:
                yield PayloadWarning("payload.geometry", place, {"number": number})
        case dict():
            yield _measured(element)
        case _:
            yield RefusedRow("payload.not-an-object", place, {"number": number})


def _measured(row: Row) -> Row:
    numbers = [key for key in _NUMBERS if key in row]
    if _TEXT not in row and not numbers:
        return row
    said = row.get(_TEXT)
    sign, value = _read(said) if isinstance(said, str) else ("", None)
    plain = next((found for key in numbers if (found := _number(row[key])) is not None), None)
    remark = next((str(row[key]) for key in _REMARKS if row.get(key) is not None), "")
    sign = _SIGNS.get(remark, "") or sign
    if not sign:
        unread = isinstance(said, str) and value is None
        return row | {"valeur": None if unread else value if plain is None else plain, "signe": None, "seuil": None}
    limit = next((found for key in _LIMITS if (found := _number(row.get(key))) is not None), None)
    bound = value if value is not None else limit if sign == "<" and limit is not None else plain
    return row | dict.fromkeys(numbers) | {"valeur": None, "signe": sign, "seuil": None if sign == "?" else bound}


def _read(text: str) -> tuple[str, Decimal | None]:
    found = _RESULT.fullmatch(text)
    if found is None:
        return "", None
    return _LOOSE.get(found[1], found[1]), Decimal(found[2].replace(",", "."))


def _number(value: object) -> Decimal | None:
    match value:
        case bool():
            return None
        case int() | Decimal():
            return Decimal(value)
        case str():
            sign, number = _read(value)
            return None if sign else number
        case _:
            return None


PROTOCOL: Final = PayloadProtocol("hubeau", Shape.NESTED, parse)
