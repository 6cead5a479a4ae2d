"""What is due: the closed periods that hold rows and were never published, at one level of time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from anonymizers.times import Grain, Span, utc_midnight
from charter.dimensions import Dimension
from charter.durations import Duration
from charter.grains import PERIOD_GRAINS
from charter.periods import Closing, days_of, stored_ranges
from charter.run import Run
from charter.unit_rows import DELIVERY
from charter.vocabulary import NO_DELAY
from eclor.engine.limits import Range
from eclor.names import Period

MANY_RANGES: Final = 64
"""Beyond so many stretches of time the stored rows are read in one."""


@dataclass(frozen=True, slots=True)
class DuePeriod:
    """One period to publish: its first day, its label (empty for a delivery), the local days of its cells, if any."""

    first: date
    label: Period
    days: tuple[date, date] | None


@dataclass(frozen=True, slots=True)
class Due:
    """The periods to publish, by first day, and where their rows are stored.

    A delivery without time is one period, `DELIVERY`, that is no span of the calendar.
    """

    spans: Mapping[date, Span | None]
    days: tuple[tuple[date, date], ...]
    ranges: tuple[Range, ...]

    @property
    def periods(self) -> tuple[DuePeriod, ...]:
        """Return its periods, in order."""
        days = self.days or (None,) * len(self.spans)
        named = zip(self.spans.items(), days, strict=True)
        return tuple(DuePeriod(first, Period(span.label if span else ""), each) for (first, span), each in named)

    @property
    def beginnings(self) -> dict[datetime, date]:
        """Return the first day of each period by the naive UTC instant when its rows begin.

        It parts stored days as well, each of which stands at its midnight: Paris is ahead of UTC by less than a day.
        """
        return {utc_midnight(one.days[0]): one.first for one in self.periods if one.days}


def closing_of(run: Run) -> Closing:
    """Return when this policy's periods close."""
    policy = run.plan.policy
    delay = Duration.parse(policy.guarantees.publication_delay)
    return Closing(PERIOD_GRAINS[policy.publication.frequency], delay, run.world.clock.now())


def due_periods(run: Run, time: Dimension, days: tuple[date, ...]) -> Due:
    """Return what is due at the level of `time`; published periods are frozen, whatever arrives late."""
    closing = closing_of(run)
    published = run.held.former.periods if run.held.former else ()
    spans = [
        span
        for span in closing.periods(days, time.grain)
        if closing.is_closed(span, time.grain) and Period(span.label) not in published
    ]
    return due_spans(time, spans)


def due_spans(time: Dimension, spans: Sequence[Span]) -> Due:
    """Return some periods of the calendar as due, whether or not they were published."""
    covered = tuple(days_of(span, time.grain) for span in spans)
    return Due({span.first: span for span in spans}, covered, _ranges(time, covered))


def _ranges(time: Dimension, covered: tuple[tuple[date, date], ...]) -> tuple[Range, ...]:
    ranges = stored_ranges(time.name, time.field.type, covered)
    if len(ranges) <= MANY_RANGES:
        return ranges
    return stored_ranges(time.name, time.field.type, [(covered[0][0], covered[-1][1])])


def due_delivery(run: Run) -> Due:
    """Return the delivery itself, the period of a table without time, if its delay has passed since it was received."""
    return Due({DELIVERY: None} if delivery_due(run) <= run.world.clock.now() else {}, (), ())


def delivery_due(run: Run) -> datetime:
    """Return the instant from which what was received may be published."""
    delay = run.plan.policy.guarantees.publication_delay
    return run.held.raw.received_at if delay == NO_DELAY else Duration.parse(delay).after(run.held.raw.received_at)


def next_close(run: Run, time: Dimension, days: tuple[date, ...]) -> datetime | None:
    """Return when the next period that holds rows closes, none if no row waits."""
    closing = closing_of(run)
    waiting = [closing.due(span, time.grain) for span in closing.periods(days, time.grain)]
    return min((due for due in waiting if due > closing.now), default=None)


def grain_of_periods(run: Run) -> Grain:
    """Return the length of a release."""
    return PERIOD_GRAINS[run.plan.policy.publication.frequency]
