"""The length of a release: a calendar period, a delivery or a live state, its levels, its delay, small zones."""

from collections.abc import Iterator
from typing import Final

from charter.checks.case import Case
from charter.durations import Duration, period_length
from charter.levels import PERIOD_LEVELS, SQUARES, is_finer
from charter.vocabulary import NO_DELAY, TIME_CHAIN, Category, Frequency, Level, Operation, french_key
from eclor.errors import PolicyRefused
from eclor.sentences.variants import variant

_UNPERIODICAL: Final = (Frequency.DELIVERY, Frequency.LIVE)


def period(case: Case) -> Iterator[PolicyRefused]:
    """Yield G516, and P404 or P405 where releases would follow one another faster than the charter's finest time."""
    frequency = case.policy.publication.frequency
    if frequency in _UNPERIODICAL:
        yield from _without_period(case, frequency)
        return
    times = [field for field in case.dimensions() if field.category is Category.TIME]
    for field in times[1:]:
        facts = variant("G516", "second-time", column=field.name)
        yield case.refuse("G516", "publication", "dimensions", **facts)
    yield from _finer_than_period(case, frequency)
    if case.is_table:
        yield from _rhythm(case, PERIOD_LEVELS[frequency])


def _without_period(case: Case, frequency: Frequency) -> Iterator[PolicyRefused]:
    reviewed = [field.name for field in case.kept() if field.treatment.operation is Operation.MASK]
    if case.is_table or reviewed:
        wording = {"column": reviewed[0]} if reviewed else {}
        facts = variant("G516", "reviewed" if reviewed else "table", frequency=frequency, **wording)
        yield case.refuse("G516", "publication", "frequency", **facts)


def _finer_than_period(case: Case, frequency: Frequency) -> Iterator[PolicyRefused]:
    length = PERIOD_LEVELS[frequency]
    for rank, field in enumerate(case.policy.fields):
        for level in field.treatment.levels or ():
            if is_finer(length, level):
                facts = variant("G516", "long", level=level, column=field.name, frequency=frequency)
                yield case.refuse("G516", "fields", rank, "treatment", "levels", **facts)


def _rhythm(case: Case, length: Level) -> Iterator[PolicyRefused]:
    facts = {"column": french_key("frequency"), "asked": length}
    if is_finer(length, floor := case.charter.finest.time):
        yield case.refuse("P404", "publication", "frequency", **variant("P404", "level", floor=floor, **facts))
    if case.has_minors and is_finer(length, case.charter.minors.time):
        yield case.refuse("P405", "publication", "frequency", floor=case.charter.minors.time, **facts)


def small_populations(case: Case) -> Iterator[PolicyRefused]:
    """Yield P409 under the charter's threshold, G527 where no dimension is a zone or one is a square."""
    rule = case.policy.guarantees.small_populations
    if rule is None:
        return
    floor = case.charter.small_populations.threshold_min
    if rule.threshold < floor:
        yield case.refuse("P409", "guarantees", "small_populations", "threshold", asked=rule.threshold, floor=floor)
    levels = {level for field in case.dimensions() for level in field.treatment.levels or ()}
    if not levels - set(TIME_CHAIN) or levels & SQUARES:
        yield case.refuse("G527", "guarantees", "small_populations")


def delay(case: Case) -> Iterator[PolicyRefused]:
    """Yield G517 where the delay does not go with the frequency, P414 where it is shorter than the charter's."""
    asked, frequency = case.policy.guarantees.publication_delay, case.policy.publication.frequency
    if (asked == NO_DELAY) is not (period_length(frequency) is None):
        yield case.refuse("G517", "guarantees", "publication_delay", delay=asked, frequency=frequency)
    elif asked != NO_DELAY:
        floor = case.charter.publication_delay_min
        if not Duration.parse(floor).fits_in(Duration.parse(asked)):
            yield case.refuse("P414", "guarantees", "publication_delay", asked=asked, floor=floor)
