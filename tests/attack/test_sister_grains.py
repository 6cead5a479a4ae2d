"""Tables at several grains over the same visits, whose ladders choose levels and whose small zones are merged.

Periods come one after the other, rows come late, are corrected, move or go (an erased unit takes all of its rows).
The attacker (`span_attacker`) combines every number of every version with any coefficients.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

from anonymizers.differencing import settle as settling
from tests.attack.span_attacker import Number, spoken_of
from tests.attack.zoned_publishing import IRIS, Grain, K, Key, Office, Print, Visit

DAILY = (2006, 2009, 2010, 2012)
"""Stories in which much is published; some others take the engine half a minute of CPU: those are for the soak."""
MORE = range(40)
NOWS = (date(2026, 2, 5), date(2026, 2, 12), date(2026, 3, 5), date(2026, 3, 12), date(2026, 4, 12))
ZONES = ((), ("iris", "commune", "epci"), ("iris", "commune"), ("commune", "epci"), ("iris",), ("commune",), ("epci",))
TIMES = (
    (("jour", "semaine", "mois"), "mois"),
    (("semaine", "mois"), "mois"),
    (("jour", "semaine"), "semaine"),
    (("semaine",), "semaine"),
    (("jour", "mois"), "trimestre"),
    (("mois",), "mois"),
    (("mois", "trimestre"), "trimestre"),
    (("jour",), "jour"),
    (("",), "annee"),
)
"""Levels of time, and the length of a release."""

Drawn = TypeVar("Drawn")


@dataclass
class Story:
    """Visits that come, go and are corrected, by the dice of one number."""

    dice: np.random.Generator
    rows: list[Visit]
    units: int
    zones: Sequence[str]
    count: int = 0

    @classmethod
    def told_by(cls, number: int) -> "Story":
        dice = np.random.default_rng(number)
        zones = dice.permutation([*IRIS])[: int(dice.integers(2, 5))].tolist()
        return cls(dice, [], int(dice.integers(9, 30)), zones)

    def one_of(self, several: Sequence[Drawn]) -> Drawn:
        return several[int(self.dice.integers(len(several)))]

    def visit(self, now: date) -> Visit:
        """Draw a visit before `now`, in one of few places and days."""
        self.count += 1
        days = (now - date(2026, 1, 5)).days
        day = date(2026, 1, 5) + timedelta(days=self.one_of([0, 3, 24, 27, 31, 55]) % days)
        unit = f"u{self.dice.integers(self.units)}"
        return Visit(self.count, unit, self.one_of(self.zones), day, self.one_of("aab"), int(self.dice.integers(1, 4)))

    def goes_on(self, now: date, several: int) -> None:
        """Receive rows, lose a few, correct and move a few; now and then somebody is erased."""
        self.rows += [self.visit(now) for _ in range(several)]
        if self.dice.integers(3) == 0:
            gone = self.one_of(self.rows).unit
            self.rows = [row for row in self.rows if row.unit != gone]
        for _ in range(int(self.dice.integers(3))):
            place = int(self.dice.integers(len(self.rows)))
            row = self.rows[place]
            moved = [replace(row, volume=row.volume + 1), replace(row, iris=self.one_of(self.zones)), None]
            self.rows[place : place + 1] = [one for one in [self.one_of(moved)] if one]

    def grains(self) -> list[Grain]:
        """Draw two or three tables of one source."""
        names = ("essai", "soeur", "tiers")[: int(self.dice.integers(2, 4))]
        late = self.one_of(["geler", "reviser", "reviser"])
        return [self._grain(name, names, late) for name in names]

    def _grain(self, name: str, names: tuple[str, ...], late: str) -> Grain:
        zones, (times, frequency) = self.one_of(ZONES), self.one_of(TIMES)
        steps = [(zone, times[0]) for zone in zones or [""]]
        steps += [(steps[-1][0], time) for time in times[1:]]
        by_kind = bool(self.dice.integers(3) == 0) or not (zones or times[0])
        names_of = {"zone": bool(zones), "jour": bool(times[0]), "genre": by_kind}
        held = [one for one, there in names_of.items() if there]
        margins = self.one_of([(), (), *((one,) for one in held), (held[0], "")]) if len(held) > 1 else ()
        small = self.one_of(["", "fusionner", "fusionner", "masquer"]) if zones else ""
        loss = self.one_of([20, 40, 60])
        return Grain(name, tuple(steps), frequency, by_kind, margins, late, small, loss, names)


def told(number: int, folder: Path, engine: str = "duckdb") -> Office:
    """Publish a whole story."""
    story = Story.told_by(number)
    office = Office(folder, story.grains(), engine)
    for now in NOWS[int(story.dice.integers(2)) :]:
        story.goes_on(now, int(story.dice.integers(40, 90)))
        for grain in story.dice.permutation(len(office.grains))[: int(story.dice.integers(1, 3))].tolist():
            office.publish(office.grains[grain], story.rows, now)
            if story.dice.integers(2):
                story.goes_on(now, int(story.dice.integers(8)))
    return office


def numbers_of(made: Sequence[Print]) -> list[Number]:
    """Read each number once, with the rows that it was made from: shown again by later results, it says no more."""
    found: dict[tuple[str, Key, tuple[int, ...]], Number] = {}
    for one in made:
        for key, shown in one.cells.items():
            name = one.grain.dataset, key, shown or ()
            if shown and any(shown) and name not in found:
                rows = one.rows_of(key)
                truth = len({row.unit for row in rows}), len(rows), sum(row.volume for row in rows)
                assert shown == truth, (one.number, key)
                behind = {row.number: (row.unit, row.volume) for row in rows}
                found[name] = Number(f"{one.grain.dataset}{key}#{one.number}", behind)
    return list(found.values())


def leaks(office: Office) -> Iterator[str]:
    yield from map(str, spoken_of(numbers, K) if (numbers := numbers_of(office.made)) else ())


@pytest.mark.parametrize("number", DAILY)
def test_tables_at_several_grains_tell_of_nobody(tmp_path: Path, number: int) -> None:
    office = told(number, tmp_path)
    assert len(office.made) > 1
    assert [*leaks(office)] == []


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("number", MORE)
def test_longer(tmp_path: Path, number: int) -> None:
    assert [*leaks(told(number + 100 * int.from_bytes(os.urandom(4)), tmp_path))] == []


def seen(days: dict[date, str]) -> list[Visit]:
    """Return visits of one zone, one for each letter of a day, which names its unit."""
    told = [(day, unit) for day, units in days.items() for unit in units]
    return [Visit(number, unit, "570010103", day, "a", 2) for number, (day, unit) in enumerate(told)]


def test_two_months_less_the_weeks_that_lie_across_them_tell_of_nobody(tmp_path: Path) -> None:
    """One unit came after February's last whole week: January and February less seven weeks would be that one alone."""
    names = ("essai", "soeur")
    months, weeks = (
        Grain(name, (("", level),), level, False, (), "geler", named=names)
        for name, level in zip(names, ("mois", "semaine"), strict=True)
    )
    full = {date(2026, 1, day): "abcd" for day in (6, 13, 20, 28)} | {date(2026, 2, day): "abcd" for day in (3, 10, 17)}
    rows = seen(full | {date(2026, 2, 1): "efg", date(2026, 2, 25): "h"})
    office = Office(tmp_path, [months, weeks])
    for grain, now in ((weeks, (2, 5)), (months, (2, 5)), (weeks, (2, 28)), (months, (3, 4))):
        day = date(2026, *now)
        office.publish(grain, [row for row in rows if row.day <= day], day)
    assert office.refused == []
    assert [len(one.cells) for one in office.made] == [4, 1, 7, 2]
    assert office.made[-1].cells["*", "2026-01", "*"] == (4, 16, 32)
    assert [*leaks(office)] == []


def test_what_is_not_compared_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same story, of which nothing is compared with what was published before, tells of somebody."""
    for search in ("nesting", "combinations"):
        monkeypatch.setattr(settling, search, lambda *_: iter(()))
    assert [*leaks(told(DAILY[1], tmp_path))]
