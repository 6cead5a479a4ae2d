"""Marks of units for comparison: 64 bits of a keyed HMAC of the raw value, the same in every period and sister table.

Not the pseudonym, which turns with its rotation: a mark must meet itself wherever a published cell could be compared
with another (LANGUAGE.md section 9, "Ledger"). The key is that of the comparison group; the session holds it.
"""

from typing import Final

from anonymizers.columns import Column, session_function

SEPARATOR: Final = "\x1f"

eclor_mark: Final = session_function("eclor_mark", ("string", "string"), "int64")
"""The first 64 bits of the HMAC of a scope and a value, as a signed number."""


def unit_mark(column: Column, *, unit: str) -> Column:
    """Return the marks of units of a kind (`foyer`, `trajet`…); null for a missing one."""
    return eclor_mark(f"{unit}{SEPARATOR}", column)
