"""Live states: tiles that wear their age, and alerts in words. Unknown is a state of its own, never the last value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from api.pages import words
from api.pages.names import Names, Row
from charter.vocabulary import FieldType

_ALERT: Final = ("severite", "titre", "consigne", "emis_a", "expire_a")
"""Columns of a list of alerts, as CAP's are published."""
_STYLES: Final[Mapping[str, str]] = MappingProxyType({"Extreme": "grave", "Severe": "grave", "Minor": "light"})
_ORDER: Final = ("Extreme", "Severe", "Moderate", "Minor")


@dataclass(frozen=True, slots=True)
class Tile:
    """One live value and when it was observed; a stale one is unknown."""

    label: str
    value: str
    observed: datetime | None
    stale: bool


def tiles(rows: Sequence[Row], names: Names, *, limit_s: float, now: datetime) -> tuple[Tile, ...]:
    """Return a tile a row: the declared value of the declared line, with its instant; unknown past the limit."""
    view = names.declaration.view
    line, value = view.rows or names.declaration.key[0], view.value or names.declaration.key[0]
    if not names.has(line, value):
        return ()
    instant = next((column.name for column in names.columns.values() if column.type == FieldType.DATETIME), None)
    made = []
    for row in rows:
        observed = words.instant_of(row[instant]) if instant else None
        stale = row[value] is None or observed is None or (now - observed).total_seconds() > limit_s
        made.append(Tile(names.value(line, row[line]), names.value(value, row[value]), observed, stale))
    return tuple(sorted(made, key=lambda tile: tile.label))


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert: its level in words, what happens, what to do, until when; `over` once its end has come."""

    level: str
    style: str
    title: str
    advice: str
    sent: datetime | None
    until: datetime | None
    over: bool


def alerts(rows: Sequence[Row], names: Names, now: datetime) -> tuple[Alert, ...] | None:
    """Return the alerts, gravest first, those that are over last. None if the columns are not those of alerts."""
    if not names.has(*_ALERT):
        return None
    ranked = sorted(
        ((_rank(str(row["severite"])), _alert(row, names, now)) for row in rows),
        key=lambda pair: (pair[1].over, pair[0], pair[1].title),
    )
    return tuple(alert for _, alert in ranked)


def _rank(level: str) -> int:
    return _ORDER.index(level) if level in _ORDER else len(_ORDER)


def _alert(row: Row, names: Names, now: datetime) -> Alert:
    until = words.instant_of(row["expire_a"])
    return Alert(
        level=names.value("severite", row["severite"]),
        style=_STYLES.get(str(row["severite"]), ""),
        title=str(row["titre"] or row.get("evenement") or ""),
        advice=str(row["consigne"] or ""),
        sent=words.instant_of(row["emis_a"]),
        until=until,
        over=until is not None and until <= now,
    )
