"""What is asked of the classes: k units in each, l sensitive values, none far from the whole."""

from dataclasses import dataclass

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.microdata.hierarchy import Floats
from anonymizers.microdata.leaves import Classes, Traits


@dataclass(frozen=True, slots=True)
class Asked:
    """What a class must hold, and how many rows may be left out because theirs does not.

    At least `k` units; at least `l` sensitive values; sensitive values at most `t_percent` hundredths away from those
    of all rows (`distances`), unless None. At most `suppressible_percent` % of the rows may be left out.
    """

    k: int
    l: int = 1  # noqa: E741 - the name that the literature gives it
    t_percent: int | None = None
    suppressible_percent: int = 5

    def __post_init__(self) -> None:
        if self.k < 1 or self.l < 1 or self.suppressible_percent not in range(101):
            raise ValueError("k and l are at least 1, and from 0 to 100 % of the rows may be left out")

    @property
    def on_traits(self) -> bool:
        """Tell whether anything is asked of the sensitive values."""
        return self.l > 1 or self.t_percent is not None


def crowded(classes: Classes, asked: Asked) -> Booleans:
    """Return the classes that hold `asked.k` units: units, not rows; one person with k rows hides nobody."""
    return classes.units >= asked.k


def diverse(classes: Classes, traits: Traits, asked: Asked) -> Booleans:
    """Return the classes that hold `asked.l` distinct sensitive values."""
    return distinct_values(classes, traits) >= asked.l


def near(classes: Classes, traits: Traits, asked: Asked) -> Booleans:
    """Return the classes whose sensitive values lie within `asked.t_percent` of the whole; all when it asks nothing."""
    if asked.t_percent is None:
        return np.ones(len(classes.keys), dtype=np.bool_)
    return distances(classes, traits) <= asked.t_percent / 100


def distinct_values(classes: Classes, traits: Traits) -> Integers:
    """Return how many sensitive values each class holds."""
    return np.bincount(np.searchsorted(classes.keys, traits.keys), minlength=len(classes.keys))


def distances(classes: Classes, traits: Traits) -> Floats:
    """Return how far the sensitive values of each class lie from those of all rows: half the sum of differences.

    The distance of t-closeness over a nomenclature, where any two values are equally far apart: 0 to 1. All rows that
    came in make the whole, those that will be left out included.
    """
    known, place = np.unique(traits.values, return_inverse=True)
    whole = np.bincount(place, weights=traits.rows, minlength=len(known)) / traits.rows.sum()
    of_class = np.searchsorted(classes.keys, traits.keys)
    share = traits.rows / classes.rows[of_class]
    # values that a class lacks add their whole share: 1 - the share of those it holds
    held = np.bincount(of_class, weights=whole[place], minlength=len(classes.keys))
    apart = np.bincount(of_class, weights=np.abs(share - whole[place]), minlength=len(classes.keys))
    return (apart + 1 - held) / 2
