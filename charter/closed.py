"""The newest closed period of a policy: what changes when a series has something new to publish."""

from datetime import datetime, timedelta
from typing import Final

from anonymizers.times import span_holding
from charter.durations import Duration
from charter.grains import PERIOD_GRAINS
from charter.model import Policy
from charter.periods import Closing, local_date
from eclor.names import Period

_DAY: Final = timedelta(days=1)


def last_closed(policy: Policy, *, now: datetime) -> Period | None:
    """Return the label of the newest period whose end and delay have passed at `now`; none for a delivery."""
    grain = PERIOD_GRAINS.get(policy.publication.frequency)
    if grain is None:
        return None
    closing = Closing(grain, Duration.parse(policy.guarantees.publication_delay), now)
    span = span_holding(grain, local_date(now))
    while not closing.is_closed(span, grain):
        span = span_holding(grain, span.first - _DAY)
    return Period(span.label)
