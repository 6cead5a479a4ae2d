"""The club's feed of slots by OpenActive: RPDE 1.0, one item an hour of a court, free or taken. Nobody plays there."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

import orjson
from pydantic import Field

from harvesters.simulators.clock import days, midnight
from harvesters.simulators.parameters import Block
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_PATH: Final = "/openactive/facility-use-slots"
_PAGE: Final = 200
_HOUR: Final = timedelta(hours=1)
_Key = tuple[int, str]


class Court(Block):
    """A court, and the share of its hours that are taken in the end."""

    code: str
    taken: float = Field(alias="part_prise")


class Slots(Block):
    """The club's feed: `creneaux.yaml`."""

    base: str = Field(alias="adresse")
    """What the addresses of its facilities begin with."""
    days: int = Field(alias="jours")
    """How many days ahead an hour may be booked."""
    hours: tuple[int, int] = Field(alias="heures")
    licence: str = Field(alias="licence")
    courts: tuple[Court, ...]


def feed(slots: Slots, stage: Stage) -> Given:
    """Give the items that changed after `afterTimestamp` and `afterId`, oldest change first; an empty page is the last.

    What is over is a deleted item, for a day; the address of the last page stays good for later visits.
    """
    after = (int(stage.query.get("afterTimestamp", "0")), stage.query.get("afterId", ""))
    items = sorted((item for item in _items(slots, stage) if _key(item) > after), key=_key)[:_PAGE]
    stamp, identifier = _key(items[-1]) if items else after
    onward = urlencode({"afterTimestamp": stamp, "afterId": identifier})
    page = {"next": f"{stage.origin}{_PATH}?{onward}", "items": items, "license": slots.licence}
    return Given(orjson.dumps(page), "application/vnd.openactive.rpde+json; version=1", stage.slot(60))


def _key(item: dict[str, object]) -> _Key:
    return int(str(item["modified"])), str(item["id"])


def _items(slots: Slots, stage: Stage) -> Iterator[dict[str, object]]:
    first, last = stage.today - timedelta(days=1), stage.today + timedelta(days=slots.days - 1)
    for court in slots.courts:
        for day in days(first, last):
            opened = midnight(day - timedelta(days=slots.days - 1), stage.zone)
            draws = generator(stage.seed, "slots", court.code, day.isoformat())
            for hour in range(*slots.hours):
                start = midnight(day, stage.zone).astimezone(stage.zone).replace(hour=hour)
                taken, moment = draws.random() < court.taken, draws.random()
                booked = opened + (start - opened) * moment if taken else None
                yield _item(slots, court, start, at=stage.now, changes=(opened, booked))


def _item(
    slots: Slots, court: Court, start: datetime, *, at: datetime, changes: tuple[datetime, datetime | None]
) -> dict[str, object]:
    opened, booked = changes
    use = f"{slots.base}/facility-uses/{court.code}"
    item: dict[str, object] = {"kind": "FacilityUse/Slot", "id": f"{court.code}/{start.isoformat()}"}
    if start + _HOUR <= at:
        return item | {"state": "deleted", "modified": _milliseconds(start + _HOUR)}
    is_taken = booked is not None and booked <= at
    data = {
        "@context": "https://openactive.io/",
        "@type": "Slot",
        "@id": f"{use}#/slots/{start.isoformat()}",
        "facilityUse": {"@type": "FacilityUse", "@id": use, "identifier": court.code},
        "startDate": start.isoformat(),
        "endDate": (start + _HOUR).isoformat(),
        "duration": "PT1H",
        "remainingUses": 0 if is_taken else 1,
        "maximumUses": 1,
    }
    changed = booked if booked is not None and is_taken else opened
    return item | {"state": "updated", "modified": _milliseconds(changed), "data": data}


def _milliseconds(instant: datetime) -> int:
    return round(instant.timestamp() * 1000)


SYSTEM: Final = DomainSystem(Slots, {_PATH: feed})
