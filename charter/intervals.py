"""Where a reader of a period to be published can place each number that it masks (LANGUAGE.md section 9, step 11)."""

from anonymizers.disclosure.intervals import Intervals, Shown, intervals
from charter.guarantees import Guarantees
from charter.protection import Shielded, rules_of


def intervals_of(part: Shielded, guarantees: Guarantees) -> Intervals:
    """Work out what protecting the period did not: see `anonymizers.disclosure.intervals`."""
    rules = part.comparison.release.rules if part.comparison else rules_of(guarantees)
    shown = Shown(part.true, part.cells, part.protected.masked, rules, part.kept_roundings)
    return intervals(shown, part.protected.bounds)
