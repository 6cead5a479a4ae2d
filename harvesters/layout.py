"""The layout of a row: which members it has, whatever their values; few layouts make up millions of rows."""

from collections.abc import Iterator, Mapping

Layout = tuple[object, ...]
"""Hashable: a name, or a pair of a name and the layout of the object under it, for each member in order."""

Steps = tuple[str, ...]
"""The members to go through to reach a value."""


def layout_of(row: Mapping[str, object]) -> Layout:
    """Return the layout of a row; lists and empty objects are values."""
    return tuple([(name, layout_of(value)) if type(value) is dict and value else name for name, value in row.items()])


def paths_of(layout: Layout, above: Steps = ()) -> Iterator[tuple[Steps, bool]]:
    """Yield every path of a layout from the top, and whether a value (not an object) stands there."""
    for member in layout:
        if isinstance(member, str):
            yield (*above, member), True
        elif isinstance(member, tuple):
            name, below = member
            yield (*above, name), False
            yield from paths_of(below, (*above, name))


def found_at(row: Mapping[str, object], steps: Steps) -> object:
    """Return the value at the end of steps that the row's layout is known to hold."""
    value: object = row
    for step in steps:
        value = value[step]  # type: ignore[index]
    return value
