"""The treatments: name → where it is, loaded on use. A treatment is one file and one line here.

Each `treat` takes an Ibis column and returns a column that says no more: never finer, null for null, whatever the
order of the rows (held by tests/property/test_treatments.py). Each file says by `MONOTONE` whether a greater value
never becomes a lesser one.
"""

from importlib import import_module
from typing import Final

from anonymizers.columns import Column
from anonymizers.extensions import Extension, Group, installed

TREATMENTS: Final[dict[str, str]] = {
    "aggregate": "anonymizers.treatments.aggregate:treat",
    "bins": "anonymizers.treatments.bins:treat",
    "cap": "anonymizers.treatments.cap:treat",
    "count_units": "anonymizers.treatments.count_units:treat",
    "grouping": "anonymizers.treatments.grouping:treat",
    "keep": "anonymizers.treatments.keep:treat",
    "mask": "anonymizers.treatments.mask:treat",
    "pooled_zone": "anonymizers.treatments.pooled_zone:treat",
    "pseudonymise": "anonymizers.treatments.pseudonymise:treat",
    "round_to": "anonymizers.treatments.round_to:treat",
    "time_grain": "anonymizers.treatments.time_grain:treat",
    "zone_grain": "anonymizers.treatments.zone_grain:treat",
    "zone_of_position": "anonymizers.treatments.zone_of_position:treat",
}


def treated(name: str, column: Column, /, **parameters: object) -> Column:
    """Return a column under the treatment of that name; an unknown one is a bug of the caller.

    A treatment of another package (`eclor.treatments`) is reached here, and by no policy: language 1 is closed.
    Refuses (`GuaranteeBroken`) one that takes a name of ours, or that cannot be loaded.
    """
    if name not in TREATMENTS:
        (extension,) = (each for each in added() if each.name == name)
        return extension.load()(column, **parameters)
    module, _, attribute = TREATMENTS[name].partition(":")
    return getattr(import_module(module), attribute)(column, **parameters)


def added() -> tuple[Extension, ...]:
    """Return the treatments that installed packages add; refuses (`GuaranteeBroken`) what cannot be one."""
    return installed(Group.TREATMENTS, ours=TREATMENTS)
