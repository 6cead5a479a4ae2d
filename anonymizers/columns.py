"""What treatments of columns share: session functions, the mark of a value that no label holds, texts, bands."""

from collections.abc import Callable, Sequence
from inspect import Parameter, Signature
from itertools import pairwise
from typing import Any, Final, TypeAlias

import ibis

from anonymizers.cells import UNKNOWN

Column: TypeAlias = Any
"""An Ibis column expression, or a function that gives one; ibis ships no types."""

OUTSIDE: Final = "\x1foutside"
"""Stands for a value that no declared label holds. It is never released: the delivery is refused.

It begins with a control character, which intake lets into no text.
"""


def session_function(name: str, takes: tuple[object, ...], gives: object) -> Column:
    """Return a function of which only the name is known here: each session defines what it does."""

    def stands_for_it(*_: object) -> None:
        raise NotImplementedError

    parameters = [Parameter(f"of_{place}", Parameter.POSITIONAL_OR_KEYWORD) for place in range(len(takes))]
    vars(stands_for_it)["__signature__"] = Signature(parameters)
    return ibis.udf.scalar.builtin(stands_for_it, name=name, signature=(takes, gives))


eclor_known: Final = session_function("eclor_known", ("string", "string"), "string")
"""What was found beforehand, under a name, for a value: each distinct value is judged once, outside the engine."""

eclor_epci: Final = session_function("eclor_epci", ("string",), "string")
"""The EPCI of a commune, null for a commune of no EPCI; of a marked code, the zone that it is counted under."""

TRUE: Final = "oui"
FALSE: Final = "non"
"""Truth as a label: the words of the language and of its sources."""


def as_text(column: Column) -> Column:
    """Return a column as text; a text as it is."""
    if column.type().is_boolean():
        return ibis.cases((column, TRUE), (~column, FALSE), else_=ibis.null("string"))
    return column if column.type().is_string() else column.cast("string")


def value_of(column: Column) -> Column:
    """Return a column as text, null for what is missing: an empty text, or the very label of a missing value.

    A source that writes `inconnu` means the same cell; two groups of one label would be one line, of either.
    """
    text = as_text(column)
    return text.isin(["", UNKNOWN]).ifelse(ibis.null("string"), text)


def band_labels(bounds: Sequence[int]) -> tuple[str, ...]:
    """Return the labels of bands in their order: ``a-b`` with b excluded, ``a+`` for the last."""
    closed = [f"{low}-{high}" for low, high in pairwise(bounds)]
    return (*closed, f"{bounds[-1]}+")


Written: TypeAlias = Callable[[str | None], Column]
"""How a treatment writes a label that it knows beforehand, or a missing one."""

eclor_label: Final = session_function("eclor_label", ("string",), "string")
"""The same text, which sorts at the price of a number."""


def plain(label: str | None) -> Column:
    """Write a label as a text."""
    return ibis.null("string") if label is None else ibis.literal(label)


def sortable(label: str | None) -> Column:
    """Write a label as a text of the session's list of labels, in byte order.

    The mark of a value of no label is not in that list: such a value was looked for before, and would be missing.
    """
    return eclor_label(plain(None if label == OUTSIDE else label))
