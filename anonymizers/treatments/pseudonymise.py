"""Pseudonymise: an identifier becomes a keyed HMAC, for counting and joining inside one run; it is never released.

HMAC-SHA-256 of dataset, 0x1F, column, 0x1F and the normalised value, under the key of the release period to which the
row's cell belongs (LANGUAGE.md section 5, "Pseudonym"). The key stays in the session: the expression names a function.
"""

from typing import Final

from anonymizers.columns import Column, session_function

SEPARATOR: Final = "\x1f"

eclor_pseudonym: Final = session_function("eclor_pseudonym", ("string", "string", "date"), "string")
"""The HMAC of a scope and a value, under the key of the period that begins on a day."""


MONOTONE: Final = False
"""A pseudonym that kept the order of identifiers would say something of them."""


def treat(column: Column, *, dataset: str, name: str, period: Column) -> Column:
    """Return 64 lower-case hexadecimal digits; null for a missing value, or for a period without a key.

    `name` is that of the first column of the minimum count, so that a union of columns is one; `period` the first day
    of the row's release period. A pseudonym means nothing in another dataset or another column.
    """
    return eclor_pseudonym(f"{dataset}{SEPARATOR}{name}{SEPARATOR}", column, period)
