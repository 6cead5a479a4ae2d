"""Pseudonymise: an identifier becomes a keyed HMAC, for counting and joining inside one run; it is never released.

HMAC-SHA-256 of dataset, 0x1F, column, 0x1F and the normalised value, under the key of the release period to which the
row's cell belongs (LANGUAGE.md section 5, "Pseudonym"). The key stays in the session: the expression names a function.
"""

from typing import Final

import ibis
import ibis.expr.datatypes as dt

from anonymizers.columns import Column

SEPARATOR: Final = "\x1f"


def _eclor_pseudonym(scope: str, content: str, at_period: dt.date) -> str:  # type: ignore[empty-body]
    """Stand for the session's function of that name."""


eclor_pseudonym: Final = ibis.udf.scalar.builtin(_eclor_pseudonym, name="eclor_pseudonym")


def treat(column: Column, *, scope: str, period: Column) -> Column:
    """Return 64 lower-case hexadecimal digits; null for a missing value, or for a period without a key.

    `scope` is that of `scope_of`; `period` the first day of the row's release period.
    """
    return eclor_pseudonym(scope, column, period)


def scope_of(dataset: str, column: str) -> str:
    """Return what goes before the value: a pseudonym means nothing in another dataset or another column."""
    return f"{dataset}{SEPARATOR}{column}{SEPARATOR}"
