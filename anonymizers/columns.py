"""What treatments of columns share: the mark of a value that no label holds, and texts."""

from typing import Any, Final, TypeAlias

Column: TypeAlias = Any
"""An Ibis column expression; ibis ships no types."""

OUTSIDE: Final = "\x1foutside"
"""Stands for a value that no declared label holds. It is never released: the delivery is refused.

It begins with a control character, which intake lets into no text.
"""


def as_text(column: Column) -> Column:
    """Return a column as text; a text as it is."""
    return column if column.type().is_string() else column.cast("string")
