"""Versions of which the ledger says nothing: they count as those whose unit sets are destroyed."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from anonymizers.times import Grain, span_labelled
from charter.ledger.records import PastPeriod, PastVersion, Seen
from charter.periods import days_of
from eclor.names import Period, Slug

_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


def unrecorded(dataset: Slug, periods: Iterable[Period], *, number: int = 0) -> PastVersion:
    """Return a version that published these periods, of which nothing was kept; 0 where no number is known."""
    return PastVersion(
        dataset=dataset,
        number=number,
        content="",
        policy_digest="",
        group="",
        key_mark="",
        seen=Seen(_NEVER, ()),
        periods=tuple(_period(period) for period in periods),
    )


def _period(period: Period) -> PastPeriod:
    span = span_labelled(period)
    return PastPeriod(period, days_of(span, Grain.DAY) if span else None, (), _NEVER, "")
