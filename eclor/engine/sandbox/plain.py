"""The questions that programs ask most, read at once: columns and plain aggregates of one table.

They may be filtered, by `AND` alone, grouped, ordered and limited. A word that the grammar below does not hold leaves
the question to `reading`, whose checks these are: what is said here is to the letter what it would say, at a tenth of
the cost.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, TypeVar

from sqlglot import Dialect

from eclor.engine.quoting import quoted
from eclor.engine.sandbox.allowed import OF_THE_SESSION, of_the_system
from eclor.engine.sandbox.full_text import FULL_TEXT
from eclor.engine.sandbox.naming import numbered
from eclor.engine.sandbox.question import MOST_ROWS, Ordering, Read

Part = TypeVar("Part")
_MOST_CHARACTERS: Final = 2_000
_MOST_DIGITS: Final = 9
"""Of an offset that is no concern of the engine's."""
_TOKEN: Final = re.compile(
    r"""
    (?P<call>   (?i:count|sum|avg|min|max)\( )
  | (?P<word>   [A-Za-z_][A-Za-z0-9_]* )
  | "(?P<name>  [^"\\\x00-\x1f]+ )"
  | (?P<text>   '[^'\\\x00-\x1f]*' )
  | (?P<number> [0-9]{1,40} (?:\.[0-9]{1,40})? (?![\w.]) )
  | (?P<sign>   <= | >= | <> | != | [*,)=<>;] )
  | (?P<other>  [^ \t\r\n] )
    """,
    re.VERBOSE,
)
_END: Final = "end"
_GRAMMAR: Final = frozenset(
    {
        "SELECT", "DISTINCT", "AS", "FROM", "WHERE", "AND", "IS", "NOT", "NULL", "LIKE", "ILIKE", "GROUP", "BY",
        "ORDER", "ASC", "DESC", "LIMIT", "OFFSET",
    }
)  # fmt: skip
_THEIRS: Final = Dialect.get_or_raise("postgres")
_KEYWORDS: Final = frozenset(
    word.upper()
    for keyword in chain(_THEIRS.tokenizer_class.KEYWORDS, _THEIRS.parser_class.NO_PAREN_FUNCTION_PARSERS)
    for word in keyword.split()
)
"""Words that mean something somewhere in PostgreSQL: they name nothing here, unless quoted."""
_SIGNS: Final[Mapping[str, str]] = {"=": "=", "<>": "<>", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


class _NotPlain(Exception):
    """A question that is more than this file knows."""


def plain(text: str) -> Read | None:
    """Read a question; none if it is not a plain one, or not a question that may be asked."""
    if len(text) > _MOST_CHARACTERS:
        return None
    try:
        return _question(_Tokens(text))
    except _NotPlain:
        return None


class _Tokens:
    """The words of a question, from first to last."""

    def __init__(self, text: str) -> None:
        self._tokens = [*_tokens(text), (_END, "")]
        self._place = 0

    def next(self, kinds: Collection[str]) -> tuple[str, str]:
        """Pass the next token, which has to be of one of these kinds; return its kind and text."""
        token = self._tokens[self._place]
        if token[0] not in kinds:
            raise _NotPlain
        self._place += 1
        return token

    def take(self, kind: str) -> str:
        """Pass the next token, which has to be of this kind; return its text."""
        return self.next((kind,))[1]

    def took(self, kind: str) -> bool:
        """Say whether the next token was of this kind, and pass it if so."""
        found = self._tokens[self._place][0] == kind
        self._place += found
        return found


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """Yield each token's kind and text: a keyword's and a sign's kind is itself."""
    for match in _TOKEN.finditer(text):
        kind, found = str(match.lastgroup), match[match.lastgroup or 0]
        match kind:
            case "word" if (word := found.upper()) in _GRAMMAR:
                yield word, word
            case "word" if word not in _KEYWORDS:
                yield _named(found.lower())
            case "name":
                yield _named(found)
            case "sign":
                yield found, found
            case "call" | "text" | "number":
                yield kind, found
            case _:
                raise _NotPlain


def _named(name: str) -> tuple[str, str]:
    if name == FULL_TEXT or name.lower() in OF_THE_SESSION:
        raise _NotPlain
    return "name", name


def _question(tokens: _Tokens) -> Read:
    tokens.take("SELECT")
    before = "SELECT DISTINCT " if tokens.took("DISTINCT") else "SELECT "
    outputs = [] if tokens.took("*") else _outputs(tokens)
    before += ", ".join(said if said == quoted(name) else f"{said} AS {quoted(name)}" for said, name in outputs) or "*"
    tokens.take("FROM")
    table = tokens.take("name")
    if of_the_system(table):
        raise _NotPlain
    rows = " ".join([f"AS {quoted(table)}", *_rows(tokens)])
    tail, ordering = _ordering(tokens, outputs)
    tokens.took(";")
    tokens.take(_END)
    behind = rows + tail
    return Read((table,), False, True, lambda views: f"{before} FROM {quoted(views[table])} {behind}", ordering)


def _rows(tokens: _Tokens) -> Iterator[str]:
    if tokens.took("WHERE"):
        yield "WHERE " + " AND ".join(_listed(tokens, _comparison, "AND"))
    if tokens.took("GROUP"):
        tokens.take("BY")
        yield "GROUP BY " + ", ".join(_listed(tokens, _column))


def _ordering(tokens: _Tokens, outputs: Sequence[tuple[str, str]]) -> tuple[str, Ordering | None]:
    """Read how rows are ordered and cut; return that as the engine is told, and as others can do it if they can."""
    keys: list[tuple[str, str]] = []
    if tokens.took("ORDER"):
        tokens.take("BY")
        keys = _listed(tokens, _ordered)
    limit = _whole(tokens, MOST_ROWS) if tokens.took("LIMIT") else str(MOST_ROWS + 1)
    offset = _whole(tokens, None) if tokens.took("OFFSET") else ""
    clauses = [*([f"ORDER BY {', '.join(map(''.join, keys))}"] if keys else []), f"LIMIT {limit}"]
    clauses += [f"OFFSET {offset}"] if offset else []
    tail = "".join(f" {clause}" for clause in clauses)
    places = [_place(said, outputs) for said, _ in keys]
    known = tuple((place, way == " DESC") for place, (_, way) in zip(places, keys, strict=True) if place is not None)
    if not keys or len(known) < len(keys) or len(offset) > _MOST_DIGITS:
        return tail, None
    return tail, Ordering(tail, len(outputs), known, int(limit), int(offset or 0))


def _place(said: str, outputs: Sequence[tuple[str, str]]) -> int | None:
    """Return the output that a key is: the one of that name, or else one that is the same column or aggregate.

    None where a name differs from the key's by capitals alone: the engine does not tell the two apart.
    """
    alike = [place for place, (_, name) in enumerate(outputs) if quoted(name).casefold() == said.casefold()]
    if len(alike) > 1 or (alike and quoted(outputs[alike[0]][1]) != said):
        return None
    return next(chain(alike, (place for place, (one, _) in enumerate(outputs) if one == said)), None)


def _listed(tokens: _Tokens, one: Callable[[_Tokens], Part], between: str = ",") -> list[Part]:
    found = [one(tokens)]
    while tokens.took(between):
        found.append(one(tokens))
    return found


def _outputs(tokens: _Tokens) -> list[tuple[str, str]]:
    """Read what is chosen: each under its own name, a column's or a function's, numbered when taken."""
    found = _listed(tokens, _output)
    return [*zip((said for said, _ in found), numbered(name for _, name in found), strict=True)]


def _output(tokens: _Tokens) -> tuple[str, str]:
    said, name = _value(tokens)
    return said, tokens.take("name") if tokens.took("AS") else name


def _value(tokens: _Tokens) -> tuple[str, str]:
    """Read a column or an aggregate of one; return what is said, and the name that it has by itself."""
    kind, found = tokens.next(("name", "call"))
    if kind == "name":
        return quoted(found), found
    function = found[:-1].lower()
    if function == "count" and tokens.took("*"):
        of = "*"
    else:
        of = ("DISTINCT " if tokens.took("DISTINCT") else "") + _column(tokens)
    tokens.take(")")
    return f"{function.upper()}({of})", function


def _column(tokens: _Tokens) -> str:
    return quoted(tokens.take("name"))


def _ordered(tokens: _Tokens) -> tuple[str, str]:
    """Read a key; return what it is, and the way it goes as it is said."""
    said, _ = _value(tokens)
    return said, next((f" {way}" for way in ("ASC", "DESC") if tokens.took(way)), "")


def _comparison(tokens: _Tokens) -> str:
    column = _column(tokens)
    kind, sign = tokens.next(("IS", "LIKE", "ILIKE", *_SIGNS))
    match kind:
        case "IS":
            said = "IS NOT NULL" if tokens.took("NOT") else "IS NULL"
            tokens.take("NULL")
            return f"{column} {said}"
        case "LIKE" | "ILIKE":
            return f"{column} {sign} {tokens.take('text')}"
        case _:
            return f"{column} {_SIGNS[sign]} {tokens.next(('text', 'number'))[1]}"


def _whole(tokens: _Tokens, most: int | None) -> str:
    """Read a number of rows; beyond the most, one more than these."""
    number = tokens.take("number")
    if not number.isdecimal():
        raise _NotPlain
    return number if most is None or int(number) <= most else str(most + 1)
