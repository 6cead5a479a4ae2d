r"""Which patterns RE2 and Python read alike, and on which texts.

A pattern of literals, classes, groups, branches and counted repeats means the same to both. `$` and `.` differ on a
line feed, `\d`, `\w` and `\b` beyond ASCII, `\s` on control characters, `(?i)` on the letters that fold into ASCII:
a pattern that has one of these is trusted only on a column without such a character, which the same scan tells.
What the two write otherwise is for the library alone: `{,n}`, which RE2 takes for those signs; `[:alpha:]`, which
Python does; `\B`, on a text without a letter; comments, and escapes by number, which RE2 refuses.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from catalog.gates.pushdown.columns import Outside

_LINE_FEED: Final = r"\n"
_BEYOND_ASCII: Final = r"[^\x00-\x7F]"
_ODD_SPACE: Final = r"[^ -~]"
_FOLDING: Final = "[\u0130\u0131\u017f\u212a]"
_MOST_REPEATS: Final = 200
_READ_OTHERWISE: Final = re.compile(r"\{,|\[[:.=]|\(\?#|\\[^_bdDwWsSnrtfva\W]|\[[^\]]*\\b")

_CLASSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "CATEGORY_DIGIT": _BEYOND_ASCII,
        "CATEGORY_NOT_DIGIT": _BEYOND_ASCII,
        "CATEGORY_WORD": _BEYOND_ASCII,
        "CATEGORY_NOT_WORD": _BEYOND_ASCII,
        "CATEGORY_SPACE": _ODD_SPACE,
        "CATEGORY_NOT_SPACE": _ODD_SPACE,
    }
)
_PLACES: Final[Mapping[str, str]] = MappingProxyType(
    {"AT_BEGINNING": "", "AT_END": _LINE_FEED, "AT_BOUNDARY": _BEYOND_ASCII}
)


def guards_of(pattern: str) -> tuple[str, ...]:
    """Return the patterns of the texts on which the two may differ; raises `Outside` for one that RE2 may not read."""
    body = pattern.removeprefix("(?i)")
    if _READ_OTHERWISE.search(body) or not pattern.isascii() or not pattern.isprintable():
        raise Outside
    try:
        with_flags = re.compile(body)
        parsed = _parse(body)
    except (re.error, RecursionError, OverflowError):
        raise Outside from None
    if with_flags.flags & ~re.UNICODE:
        raise Outside
    found = {guard for guard in _guards(parsed) if guard}
    folding = {_FOLDING} if body != pattern else set()
    return tuple(sorted(found | folding))


def _parse(pattern: str) -> Any:  # noqa: ANN401 - the parser's own tree
    from re import _parser  # type: ignore[attr-defined] # noqa: PLC0415 - the only reader of its own syntax

    return _parser.parse(pattern)


def _guards(tree: Any) -> Iterator[str]:  # noqa: ANN401 - the parser's own tree
    for code, argument in tree:
        known = _READ.get(str(code))
        if known is None:
            raise Outside
        yield from known(argument)


def _nothing(_: object) -> Iterator[str]:
    return iter(())


def _any(_: object) -> Iterator[str]:
    yield _LINE_FEED


def _named(table: Mapping[str, str]) -> Callable[[object], Iterator[str]]:
    def read(argument: object) -> Iterator[str]:
        if str(argument) not in table:
            raise Outside
        yield table[str(argument)]

    return read


def _repeat(argument: tuple[int, int, Any]) -> Iterator[str]:
    least, most, body = argument
    if least > _MOST_REPEATS or (int(most) > _MOST_REPEATS and str(most) != "MAXREPEAT"):
        raise Outside
    yield from _guards(body)


def _group(argument: tuple[object, int, int, Any]) -> Iterator[str]:
    _, added, removed, body = argument
    if added or removed:
        raise Outside
    yield from _guards(body)


def _branch(argument: tuple[object, list[Any]]) -> Iterator[str]:
    for body in argument[1]:
        yield from _guards(body)


_READ: Final[Mapping[str, Callable[[Any], Iterator[str]]]] = MappingProxyType(
    {
        "LITERAL": _nothing,
        "NOT_LITERAL": _nothing,
        "RANGE": _nothing,
        "NEGATE": _nothing,
        "ANY": _any,
        "IN": _guards,
        "CATEGORY": _named(_CLASSES),
        "AT": _named(_PLACES),
        "MAX_REPEAT": _repeat,
        "MIN_REPEAT": _repeat,
        "SUBPATTERN": _group,
        "BRANCH": _branch,
    }
)
