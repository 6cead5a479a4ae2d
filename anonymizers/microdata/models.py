"""What is asked of the classes: k units in each, l sensitive values, none far from the whole."""

from dataclasses import dataclass

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.microdata.hierarchy import Floats
from anonymizers.microdata.leaves import Classes


@dataclass(frozen=True, slots=True)
class Asked:
    """At least `k` units and `l` sensitive values a class; at most `suppressible_percent` % of rows left out.

    l-diversity needs leaves that hold the sensitive value. Both only ever gain by coarsening, which the search uses.
    """

    k: int
    l: int = 1  # noqa: E741 - the name that the literature gives it
    suppressible_percent: int = 5


def failing(classes: Classes, asked: Asked) -> Booleans:
    """Return the classes whose rows must be left out."""
    out: Booleans = classes.units < asked.k
    if asked.l > 1:
        out |= distinct_traits(classes) < asked.l
    return out


def distinct_traits(classes: Classes) -> Integers:
    """Return how many sensitive values each class holds; leaves without any hold none."""
    if classes.traits is None:
        return np.zeros(len(classes.keys), dtype=np.int64)
    return np.bincount(np.searchsorted(classes.keys, classes.traits[0]), minlength=len(classes.keys))


def distances(classes: Classes) -> Floats:
    """Return how far the sensitive values of each class lie from those of all rows: half the sum of differences.

    t-closeness over a nomenclature (all values equally far). It does not grow by coarsening alone once rows are left
    out, so it judges a node that was found and does not steer the search.
    """
    if classes.traits is None:
        return np.zeros(len(classes.keys))
    keys, values, rows = classes.traits
    known, place = np.unique(values, return_inverse=True)
    whole = np.bincount(place, weights=rows, minlength=len(known)) / rows.sum()
    of_class = np.searchsorted(classes.keys, keys)
    share = rows / classes.rows[of_class]
    # values that a class lacks add their whole share: 1 - the share of those it holds
    held = np.bincount(of_class, weights=whole[place], minlength=len(classes.keys))
    apart = np.bincount(of_class, weights=np.abs(share - whole[place]), minlength=len(classes.keys))
    return (apart + 1 - held) / 2


def expected_linkage(classes: Classes, kept: Booleans) -> float:
    """Return the chance that a guess inside their class finds a person: the mean of 1 / class size over people."""
    units = classes.units[kept]
    return float(len(units) / units.sum()) if units.sum() else 0.0
