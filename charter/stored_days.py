"""Which local days hold rows, as far as periods tell them apart: by what files say of themselves, else by a scan."""

import re
from datetime import date, datetime
from typing import Final

from anonymizers.times import Grain, local_day
from charter.dimensions import Dimension
from charter.due import closing_of
from charter.grains import GRAINS, step_levels
from charter.model import Policy
from charter.periods import EARLIEST, Closing, local_date
from charter.raw_table import raw_table, read_fields, stored_schema
from charter.run import Run
from charter.vocabulary import FieldType
from eclor.engine.statistics import extremes
from eclor.errors import GuaranteeBroken

_YEAR: Final = re.compile(r"[1-9]\d{3}", re.ASCII)


def stored_days(run: Run, time: Dimension) -> tuple[date, ...]:
    """Return local days that hold rows, up to today: at least one of each period that does, at every step.

    A row without time has none. Refuses a day before `EARLIEST`: a broken clock, or no day at all.
    """
    today = local_date(run.world.clock.now())
    proven = _proven_days(run, time, today)
    days = _read_days(run, time) if proven is None else proven
    if any(day < EARLIEST for day in days):
        dataset = run.plan.policy.dataset
        raise GuaranteeBroken("release.too-early", dataset=dataset, column=time.name, first=EARLIEST.year)
    return tuple(sorted(day for day in days if day <= today))


def _proven_days(run: Run, time: Dimension, today: date) -> set[date] | None:
    """Return the ends of each group of rows; none where a period could stand between two of them, or is to come.

    Both ends hold rows, and nothing stands between two days of one period or of neighbours.
    """
    ends = extremes(run.held.files, time.name)
    if ends is None:
        return None
    pairs = [(_day(least), _day(greatest)) for least, greatest in ends]
    closing, grains = closing_of(run), _grains(run.plan.policy, time)
    told = all(last <= today and _are_neighbours(closing, grains, first, last) for first, last in pairs)
    return {day for pair in pairs for day in pair} if told else None


def _are_neighbours(closing: Closing, grains: frozenset[Grain], first: date, last: date) -> bool:
    if first < EARLIEST:
        return True  # refused, whatever stands behind it
    spans = [closing.periods((first, last), grain) for grain in grains]
    return all(periods[-1].first <= periods[0].after for periods in spans)


def _grains(policy: Policy, time: Dimension) -> frozenset[Grain]:
    """Return the levels of time of all steps."""
    return frozenset(GRAINS[levels[time.name]] for levels in step_levels(policy))


def _read_days(run: Run, time: Dimension) -> set[date]:
    """Return the days of all rows: one scan of one column."""
    policy = run.plan.policy
    column = raw_table(policy)[time.name]
    moment = column.truncate("h") if time.field.type is FieldType.DATETIME else column
    run.session.bind([time.name], (), schema=stored_schema(read_fields(policy)))
    found = run.session.arrow(moment.name("at").as_table().distinct())["at"].to_pylist()
    return {_day(value) for value in found if value is not None}


def _day(value: datetime | date | int | str) -> date:
    """Return the local day of a stored moment; a year that is none stands for the first day of all, too early."""
    if isinstance(value, datetime):
        return local_day(value)
    if isinstance(value, date):
        return value
    return date(int(value), 1, 1) if _YEAR.fullmatch(str(value)) else date.min
