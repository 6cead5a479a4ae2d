"""Shared vehicles whose identifier does not change after a trip: such a feed tells trips, and is refused (GBFS).

From one delivery to the next no identifier and no place is kept, only marks of 32 bits, salted with the feed's own
time: enough to know again a vehicle that stands half a kilometre away, too short to name one for sure.
"""

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from eclor.errors import PayloadRefused, Place
from harvesters.parsing import Row

_CELL: Final = Decimal("0.005")
"""Degrees, some 400 m by 550 m here: a vehicle pushed aside stays in its cell or a next one."""
_MARK_BYTES: Final = 4
_NEAR: Final = (-1, 0, 1)


class Rotation:
    """Judges the vehicles of one delivery by the marks of the former one, and makes the marks for the next."""

    def __init__(self, former: object) -> None:
        self._salt, self._marks = "", frozenset[str]()
        match former:
            case {"salt": str() as salt, "marks": list() as marks}:
                self._salt, self._marks = salt, frozenset(map(str, marks))
            case _:
                pass
        self._next_salt = ""
        self._next: set[str] = set()
        self._moved = 0

    def see(self, row: Row) -> None:
        """Take a row; those that are no vehicles say nothing."""
        identifier = row.get("vehicle_id")
        if row.get("kind") != "vehicle_status" or not isinstance(identifier, str):
            return
        self._next_salt = self._next_salt or f"{row.get('feed_last_updated')}"
        kind, here = _standing(row)
        if not here:
            return
        known = self._mark(self._salt, identifier, kind) in self._marks
        if known and not any(self._mark(self._salt, identifier, place) in self._marks for place in here):
            self._moved += 1
        self._next |= {self._mark(self._next_salt, identifier, kind), self._mark(self._next_salt, identifier, here[0])}

    def settle(self, *, name: str) -> object:
        """Return what the next delivery is judged by; refuse this one if a vehicle moved under the same identifier."""
        if self._moved:
            raise PayloadRefused("payload.gbfs-not-rotated", place=Place(name), count=self._moved)
        return {"salt": self._next_salt, "marks": sorted(self._next)}

    @staticmethod
    def _mark(salt: str, identifier: str, what: str) -> str:
        text = f"{salt}\0{identifier}\0{what}".encode()
        return hashlib.blake2b(text, digest_size=_MARK_BYTES).hexdigest()


def _standing(row: Row) -> tuple[str, list[str]]:
    """Return how a vehicle stands (free, docked) and where: its station, or its cell and then those around."""
    station, lon, lat = row.get("station_id"), row.get("lon"), row.get("lat")
    if isinstance(station, str):
        return "docked", [f"station {station}"]
    if isinstance(lon, int | Decimal) and isinstance(lat, int | Decimal):
        return "free", list(_cells(Decimal(lon), Decimal(lat)))
    return "nowhere", []


def _cells(lon: Decimal, lat: Decimal) -> Iterator[str]:
    x, y = int(lon // _CELL), int(lat // _CELL)
    yield f"cell {x} {y}"
    yield from (f"cell {x + right} {y + up}" for right in _NEAR for up in _NEAR if (right, up) != (0, 0))
