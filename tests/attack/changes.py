"""What a hostile hand does to a document: values swapped, lists reordered or emptied, figures and durations moved."""

import re
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

Path = tuple[str | int, ...]

FIGURES = (0, 1, 2, 3, 4, 5, 6, 9, 10, 11, 12, 30, 49, 50, 60, 85, 86, 99, 100, 101)
DURATIONS = (
    "1 minute",
    "23 heures",
    "24 heures",
    "1 jour",
    "31 jours",
    "1 mois",
    "3 mois",
    "12 mois",
    "13 mois",
    "11 ans",
)
DAYS = ("2020-01-01", "2026-01-01", "2026-11-23", "2026-11-24", "2027-10-31", "2028-12-31", "2031-01-01")
KINDS = ("swap", "swap", "reorder", "empty", "twice", "remove", "replace", "replace", "replace", "replace")

_DURATION = re.compile(r"[0-9]+ [a-z]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def mutated(draw: st.DrawFn, plain: Any, paths: Sequence[Path]) -> None:
    """Change a document in place, once; a change that has no hold there changes nothing."""
    kind = draw(st.sampled_from(KINDS))
    block = draw(st.sampled_from(sorted({path[0] for path in paths}, key=str)))  # a short block is hit as often
    path = draw(st.sampled_from([path for path in paths if path[0] == block]))
    if kind == "remove":
        remove(plain, path)
    elif kind == "swap":
        near = [other for other in paths if other[-1] == path[-1] or other[:-1] == path[:-1]]
        _swap(plain, path, draw(st.sampled_from(near)))
    elif (here := value_at(plain, path)) is not None:
        put_at(plain, path, _changed(draw, kind, here))


def _swap(plain: Any, one: Path, other: Path) -> None:
    here, there = value_at(plain, one), value_at(plain, other)
    if here is not None and there is not None and not _inside(one, other):
        put_at(plain, one, there)
        put_at(plain, other, here)


def _changed(draw: st.DrawFn, kind: str, here: Any) -> object:
    match here:
        case list():
            lists = {"reorder": here[::-1], "empty": [], "twice": [*here, *here[-1:]]}
            return lists.get(kind, here)
        case int():
            return draw(st.sampled_from(FIGURES))
        case "oui" | "non":
            return "non" if here == "oui" else "oui"
        case str() if _DURATION.fullmatch(here):
            return draw(st.sampled_from(DURATIONS))
        case str() if _DAY.fullmatch(here):
            return draw(st.sampled_from(DAYS))
        case _:
            return here


def value_at(plain: Any, path: Path) -> Any:
    """The value at a path, or None where a former change took it away."""
    for step in path:
        if isinstance(plain, dict):
            plain = plain.get(step)
        elif isinstance(plain, list) and isinstance(step, int) and step < len(plain):
            plain = plain[step]
        else:
            return None
    return plain


def put_at(plain: Any, path: Path, value: object) -> None:
    """Put a value at a path that still stands."""
    block = value_at(plain, path[:-1])
    if isinstance(block, dict) or (isinstance(block, list) and isinstance(path[-1], int) and path[-1] < len(block)):
        block[path[-1]] = value


def remove(plain: Any, path: Path) -> None:
    """Take a value out, with its key."""
    block = value_at(plain, path[:-1])
    if isinstance(block, dict):
        block.pop(path[-1], None)
    elif isinstance(block, list) and isinstance(path[-1], int) and path[-1] < len(block):
        del block[path[-1]]


def _inside(one: Path, other: Path) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]
