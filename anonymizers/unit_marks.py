"""Marks of units for comparison: 64 bits of a keyed HMAC of the raw value, the same in every period and sister table.

Not the pseudonym, which turns with its rotation: a mark must meet itself wherever a published cell could be compared
with another (LANGUAGE.md section 9, "Ledger"). The key is that of the comparison group; the session holds it.
"""

from typing import Final

import ibis

from anonymizers.columns import Column, session_function
from anonymizers.instants import first_day, local_time
from anonymizers.times import Grain

_SEPARATOR: Final = "\x1f"

_PRIME: Final = 2_147_483_647
_FACTOR: Final = 1_103_515_245

eclor_mark: Final = session_function("eclor_mark", ("string", "string"), "int64")
"""The first 64 bits of the HMAC of a scope and a value, as a signed number."""

_normalised: Final = session_function("eclor_normalised", ("string",), "string")
"""A text in NFC, without blanks around it."""


def unit_mark(column: Column, *, unit: str) -> Column:
    """Return the marks of units of a kind (`foyer`, `trajet`…); null for a missing one."""
    return eclor_mark(f"{unit}{_SEPARATOR}", column)


def unit_text(column: Column, *, unit: str) -> Column:
    """Return the texts that the marks of units of a kind are hashes of; null for a missing one."""
    return ibis.literal(f"{unit}{_SEPARATOR}") + _normalised(column)


def day_mark(column: Column) -> Column:
    """Return a number below 2 ** 31 that stands for the local day of a moment; sums of such tell days apart.

    The same day gives the same number in every table, whether it is stored as a day or as an instant.
    """
    day = first_day(local_time(column), grain=Grain.DAY)
    spread = (day.epoch_days().cast("int64") * _FACTOR + 1) % _PRIME
    return (spread * spread) % _PRIME
