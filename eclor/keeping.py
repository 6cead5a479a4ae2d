"""What a delivery does to what was held, as a policy and the catalogue's entry have it."""

from charter.compile import Plan
from charter.vocabulary import Delivery, Frequency
from harvesters.receiving import Keeping


def keeping_of(plan: Plan) -> Keeping:
    """Return what a delivery does to what was held.

    A snapshot, a live state and a source whole at each delivery replace what was held; increments join it.
    """
    whole = plan.policy.publication.frequency in {Frequency.DELIVERY, Frequency.LIVE}
    return Keeping.REPLACE if whole or plan.entry.delivery is Delivery.COMPLETE else Keeping.APPEND
