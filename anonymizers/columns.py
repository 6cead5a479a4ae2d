"""What treatments of columns share: the mark of a value that no label holds, and texts."""

from collections.abc import Callable
from typing import Any, Final, TypeAlias

import ibis

Column: TypeAlias = Any
"""An Ibis column expression; ibis ships no types."""

OUTSIDE: Final = "\x1foutside"
"""Stands for a value that no declared label holds. It is never released: the delivery is refused.

It begins with a control character, which intake lets into no text.
"""


def as_text(column: Column) -> Column:
    """Return a column as text; a text as it is."""
    return column if column.type().is_string() else column.cast("string")


def _eclor_label(text: str) -> str:
    """Stand for the session's function of that name: the same text, which sorts at the price of a number."""
    raise NotImplementedError


eclor_label: Final = ibis.udf.scalar.builtin(_eclor_label, name="eclor_label")

Written: TypeAlias = Callable[[str | None], Column]
"""How a treatment writes a label that it knows beforehand, or a missing one."""


def plain(label: str | None) -> Column:
    """Write a label as a text."""
    return ibis.null("string") if label is None else ibis.literal(label)


def sortable(label: str | None) -> Column:
    """Write a label as a text of the session's list of labels, in byte order.

    The mark of a value of no label is not in that list: such a value was looked for before, and would be missing.
    """
    return eclor_label(plain(None if label == OUTSIDE else label))
