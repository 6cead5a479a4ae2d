"""vigilance: a phenomenon over a département in a period is a row (Météo-France: DPVigilance V6, phenomena, NXFR33)."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters import strict_json, strict_xml
from harvesters.decoding import BOM, opened, whole
from harvesters.parsing import Event, PayloadProtocol, RefusedRow, Row, Shape
from harvesters.times import NoSuchTime, read_instant
from harvesters.warning_colours import NoColour, colour_of, level_of

_PHENOMENA: Final = {"1": "vent", "2": "pluie-inondation", "3": "orages", "4": "crues", "5": "neige-verglas",
                     "6": "canicule", "7": "grand froid", "8": "avalanches", "9": "vagues-submersion"}  # fmt: skip
_DOMAINS: Final = (
    (re.compile(r"FRA"), "national"),
    (re.compile(r"99"), "autre"),
    (re.compile(r"\d{2}|2[AB]|97\d", re.ASCII), "departement"),
    (re.compile(r"(\d{2}|2[AB])10", re.ASCII), "cote"),
    (re.compile(r"ZDF_\w+", re.ASCII), "zone"),
)
_DIGITS: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?", re.ASCII)
_LATEST_EPOCH: Final = 4_102_444_800
"""The year 2100: what is greater is no number of seconds."""


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row a phenomenon of a domain in a period: `domain_id`, `phenomenon_id`, `phenomenon_max_color_id`.

    `color` is vert, jaune, orange, rouge, or inconnu where no level is said: never green for want of one. `phenomenon`
    is its name; `domain_kind` departement, cote (3010), zone, national or autre (99 is Andorra). `update_time`, and
    `begin_validity_time` and `end_validity_time` of the period, say how old it is; times of NXFR33 are local.
    Floods (4) have no `timelaps_items` and count all the same. A domain that lists no phenomenon is a row without
    one. The texts' product gives a row a bulletin, `kind` « texte ». A level that is not 1 to 4 refuses its row.
    Option `instant` (ISO 8601): what is no more valid then is inconnu. Refuses an error, and a map without a domain.
    """
    instant = _instant(options.get("instant"), name=name)
    content = whole(opened(payload), name=name)
    is_xml = content.removeprefix(BOM).lstrip()[:1] == b"<"
    number = 0
    for row in _of_xml(content, name=name) if is_xml else _of_json(content, name=name):
        number += 1
        yield row if row["kind"] == "texte" else _coloured(row, instant=instant, place=Place(name), number=number)
    if number == 0:
        raise PayloadRefused("payload.vigilance-empty", place=Place(name))


def _instant(text: str | None, *, name: str) -> datetime | None:
    try:
        return None if text is None else read_instant(text).utc
    except ValueError as error:
        raise PayloadRefused("payload.vigilance-instant", place=Place(name)) from error


def _coloured(row: Row, *, instant: datetime | None, place: Place, number: int) -> Row | RefusedRow:
    try:
        level = level_of(row["phenomenon_max_color_id"])
        highest = level_of(row["max_color_id"])
        if instant is not None and _is_over(row["end_validity_time"], instant):
            level = None
    except NoColour:
        return RefusedRow("payload.vigilance-colour", place, {"number": number})
    identifier, domain = row["phenomenon_id"], row["domain_id"]
    known = identifier is None or (isinstance(identifier, str) and identifier in _PHENOMENA)
    if not isinstance(domain, str) or not known:
        return RefusedRow("payload.vigilance-phenomenon", place, {"number": number})
    return row | {
        "domain_kind": next((kind for form, kind in _DOMAINS if form.fullmatch(domain)), "autre"),
        "phenomenon": None if identifier is None else _PHENOMENA[str(identifier)],
        "phenomenon_max_color_id": level, "max_color_id": highest, "color": colour_of(level),
    }  # fmt: skip


def _is_over(end: object, instant: datetime) -> bool:
    try:
        return read_instant(str(end)).utc <= instant
    except (NoSuchTime, ValueError):
        return True


def _of_json(content: bytes, *, name: str) -> Iterator[Row]:
    match strict_json.read(content, name=name):
        case {"product": {"periods": list() as periods, **product}}:
            for period in periods:
                yield from _period(period, update=product.get("update_time"))
        case {"product": {"text_bloc_items": list() as blocks, **product}}:
            said = {"kind": "texte", "update_time": product.get("update_time")}
            yield from (block | said for block in blocks if isinstance(block, dict))
        case {"phenomenons_max_colors": list() as phenomena, "domain_id": domain, **rest}:
            head = _head(domain, update=_epoch(rest.get("update_time")), end=_epoch(rest.get("end_validity_time")))
            yield from (head | _phenomenon(phenomenon) for phenomenon in phenomena)
        case {"code": _, "message": _} | {"fault": _} | {"error": _}:
            raise PayloadRefused("payload.vigilance-error", place=Place(name))
        case _:
            raise PayloadRefused("payload.vigilance-root", place=Place(name, 1))


def _head(domain: object, *, update: object, end: object) -> Row:
    return {
        "kind": "carte", "update_time": update, "echeance": None, "begin_validity_time": None,
        "end_validity_time": end, "domain_id": domain, "max_color_id": None,
    }  # fmt: skip


def _period(period: object, *, update: object) -> Iterator[Row]:
    if not isinstance(period, dict):
        yield _head(None, update=update, end=None) | _phenomenon(None)
        return
    domains = strict_json.member(period, ("timelaps", "domain_ids"))
    for domain in domains if isinstance(domains, list) else ():
        said = domain if isinstance(domain, dict) else {}
        head = _head(_text(said.get("domain_id")), update=update, end=period.get("end_validity_time"))
        head |= {key: period.get(key) for key in ("echeance", "begin_validity_time")}
        head["max_color_id"] = said.get("max_color_id")
        phenomena = said.get("phenomenon_items")
        yield from (head | _phenomenon(item) for item in (phenomena if isinstance(phenomena, list) else []) or [None])


def _phenomenon(item: object) -> Row:
    found = item if isinstance(item, dict) else {}
    spans = found.get("timelaps_items")
    return {
        "phenomenon_id": _text(found.get("phenomenon_id")),
        "phenomenon_max_color_id": found.get("phenomenon_max_color_id"),
        "timelaps_items": spans if isinstance(spans, list) else [],
    }


def _text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _epoch(value: object) -> str | None:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < _LATEST_EPOCH:
        return None
    return datetime.fromtimestamp(value, UTC).isoformat().replace("+00:00", "Z")


def _of_xml(content: bytes, *, name: str) -> Iterator[Row]:
    root = strict_xml.read(content, name=name)
    if strict_xml.local(root) != "CV":
        raise PayloadRefused("payload.vigilance-root", place=Place(name, 1))
    issue = next((child.attrib for child in strict_xml.children(root, "EV")), {})
    begin = _local(issue.get("daterun"))
    for domain in strict_xml.children(root, "DV"):
        colour = domain.get("coul")
        head = _head(domain.get("dep"), update=_local(issue.get("dateinsert")), end=_local(issue.get("dateprevue")))
        head |= {"begin_validity_time": begin, "max_color_id": colour}
        risks = [risk.get("val") for risk in strict_xml.children(domain, "risque")] or [None]
        for risk in risks:
            yield head | {"phenomenon_id": risk, "phenomenon_max_color_id": colour, "timelaps_items": []}


def _local(digits: str | None) -> str | None:
    """Return a local time of `20180318160000` in ISO 8601, without offset."""
    found = _DIGITS.fullmatch(digits or "")
    return f"{found[1]}-{found[2]}-{found[3]}T{found[4]}:{found[5]}:{found[6] or '00'}" if found else None


PROTOCOL: Final = PayloadProtocol("vigilance", Shape.NESTED, parse, ("instant",))
