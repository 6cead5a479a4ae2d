"""CQL2 text read into the tree that CQL2 JSON writes (OGC 21-065r2, annex B), in one pass and in linear time.

Parsers by backtracking, the reference package's among them, take time that doubles with each open parenthesis, or end
the process on deep ones: a filter comes from anyone. Positions are the text's characters, from 1.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Final

from api.ogc.cql2_words import (
    COMPARISONS,
    GEOMETRIES,
    KEYWORDS,
    MOST_DEPTH,
    MOST_LENGTH,
    OPERATIONS,
    Tree,
    bad_filter,
    too_large,
)
from api.ogc.wkt import coordinates
from eclor.errors import RequestRefused

_EXACT_DIGITS: Final = 18
"""Integers of so many digits are kept whole."""
_TOKEN: Final = re.compile(
    r"""\s*+(?:
      (?P<number>(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)?)
    | (?P<text>'(?:''|\\'|[^'])*+')
    | (?P<quoted>"[^"]++")
    | (?P<word>[^\W0-9][\w.:]*+|:[\w.:]++)
    | (?P<sign><=|>=|<>|[=<>+\-*/%^(),])
    | (?P<end>$)
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    place: int

    @property
    def keyword(self) -> str:
        """Return the word in capitals, if it can be one of the language's own."""
        return self.text.upper() if self.kind == "word" else ""


def parse(text: str) -> Tree:
    """Return the tree of a CQL2 text. Refuses (400) another grammar, too long a text, too deep a nesting."""
    if len(text) > MOST_LENGTH:
        raise too_large()
    reader = _Reader([*_tokens(text)])
    tree = reader.disjunction()
    reader.expect("end", "")
    return tree


def _tokens(text: str) -> Iterator[_Token]:
    place = 0
    while True:
        found = _TOKEN.match(text, place)
        if found is None or found.lastgroup is None:
            raise bad_filter(place + 1)
        kind = found.lastgroup
        yield _Token(kind, found[kind], found.start(kind) + 1)
        if kind == "end":
            return
        place = found.end()


class _Reader:
    """Recursive descent, one method a level of precedence."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _fault(self) -> RequestRefused:
        return bad_filter(self._next.place)

    def _take(self) -> _Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _sign(self, *signs: str) -> str | None:
        """Take one of these signs, if it is next."""
        return self._take().text if self._next.kind == "sign" and self._next.text in signs else None

    def _keyword(self, *words: str) -> str | None:
        """Take one of these words, if it is next."""
        return self._take().keyword if self._next.keyword in words else None

    def expect(self, kind: str, text: str) -> None:
        """Take what must come."""
        if (self._next.kind, self._next.text) != (kind, text):
            raise self._fault()
        self._at += kind != "end"

    def _deeper(self, read: Callable[[], Tree]) -> Tree:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise too_large()
        tree = read()
        self._depth -= 1
        return tree

    def disjunction(self) -> Tree:
        """Read alternatives."""
        return self._several("OR", self._conjunction)

    def _conjunction(self) -> Tree:
        return self._several("AND", self._negation)

    def _several(self, word: str, read: Callable[[], Tree]) -> Tree:
        terms = [read()]
        while self._keyword(word):
            terms.append(read())
        return terms[0] if len(terms) == 1 else {"op": word.lower(), "args": terms}

    def _negation(self) -> Tree:
        if self._keyword("NOT"):
            return {"op": "not", "args": [self._deeper(self._negation)]}
        return self._comparison()

    def _comparison(self) -> Tree:
        left = self._sum()
        if (sign := self._sign(*COMPARISONS)) is not None:
            return {"op": sign, "args": [left, self._sum()]}
        if self._keyword("IS"):
            negated = self._keyword("NOT") is not None
            self._expect_word("NULL")
            return _negated({"op": "isNull", "args": [left]}, negated=negated)
        negated = self._keyword("NOT") is not None
        match self._keyword("LIKE", "BETWEEN", "IN"):
            case "LIKE":
                tree: Tree = {"op": "like", "args": [left, self._sum()]}
            case "BETWEEN":
                low = self._sum()
                self._expect_word("AND")
                tree = {"op": "between", "args": [left, low, self._sum()]}
            case "IN":
                tree = {"op": "in", "args": [left, self._list()]}
            case _ if negated:
                raise self._fault()
            case _:
                return left
        return _negated(tree, negated=negated)

    def _expect_word(self, word: str) -> None:
        if not self._keyword(word):
            raise self._fault()

    def _list(self) -> Tree:
        """Read terms between parentheses."""
        self.expect("sign", "(")
        if self._sign(")"):
            return []
        terms = [self._deeper(self.disjunction)]
        while self._sign(","):
            terms.append(self._deeper(self.disjunction))
        self.expect("sign", ")")
        return terms

    def _sum(self) -> Tree:
        return self._chain(self._product, self._plus_or_minus)

    def _product(self) -> Tree:
        return self._chain(self._power, self._times)

    def _power(self) -> Tree:
        return self._chain(self._factor, lambda: self._sign("^"))

    def _plus_or_minus(self) -> str | None:
        return self._sign("+", "-")

    def _times(self) -> str | None:
        if self._keyword("DIV"):
            return "div"
        return self._sign("*", "/", "%")

    def _chain(self, read: Callable[[], Tree], operator: Callable[[], str | None]) -> Tree:
        tree, length = read(), 0
        while (sign := operator()) is not None:
            length += 1  # a chain leans to the left: the tree is as deep as it is long
            if length > MOST_DEPTH:
                raise too_large()
            tree = {"op": sign, "args": [tree, read()]}
        return tree

    def _factor(self) -> Tree:
        if self._sign("-"):
            inner = self._deeper(self._factor)
            return (
                -inner
                if isinstance(inner, int | float) and not isinstance(inner, bool)
                else {"op": "*", "args": [-1, inner]}
            )
        if self._sign("+"):
            return self._deeper(self._factor)
        return self._primary()

    def _primary(self) -> Tree:
        token = self._next
        match token.kind:
            case "number":
                return _number(self._take())
            case "text":
                return _unescaped(self._take())
            case "quoted":
                self._at += 1
                return {"property": token.text[1:-1]}
            case "word":
                return self._word(self._take())
            case "sign" if token.text == "(":
                return self._group()
            case _:
                raise self._fault()

    def _group(self) -> Tree:
        """Read a term between parentheses; several are an array, and none is the empty one."""
        terms = self._list()
        assert isinstance(terms, list)
        return terms[0] if len(terms) == 1 else terms

    def _word(self, token: _Token) -> Tree:
        word = token.keyword
        if word in {"TRUE", "FALSE"}:
            return word == "TRUE"
        if word in KEYWORDS:
            self._at -= 1
            raise self._fault()
        if (self._next.kind, self._next.text) == ("sign", "(") or (word in GEOMETRIES and self._next.keyword == "Z"):
            return self._called(token)
        return {"property": token.text}

    def _called(self, token: _Token) -> Tree:
        word = token.keyword
        if word in GEOMETRIES:
            self._keyword("Z")
            return self._geometry(word)
        arguments = self._list()
        assert isinstance(arguments, list)
        match word:
            case "DATE" | "TIMESTAMP" if len(arguments) == 1 and isinstance(arguments[0], str):
                return {word.lower(): arguments[0]}
            case "INTERVAL":
                return {"interval": arguments}
            case "BBOX":
                return {"bbox": arguments}
            case _:
                return {"op": OPERATIONS.get(word.lower(), token.text), "args": arguments}

    def _geometry(self, word: str) -> Tree:
        kind = GEOMETRIES[word]
        if kind != "GeometryCollection":
            return {"type": kind, "coordinates": coordinates(self._numbers(), self._next.place)}
        self.expect("sign", "(")
        parts = [self._deeper(self._part)]
        while self._sign(","):
            parts.append(self._deeper(self._part))
        self.expect("sign", ")")
        return {"type": kind, "geometries": parts}

    def _part(self) -> Tree:
        token = self._take()
        if token.keyword not in GEOMETRIES:
            raise self._fault()
        self._keyword("Z")
        return self._geometry(token.keyword)

    def _numbers(self) -> list[str]:
        """Take the signs and numbers of a geometry, its outer parentheses included."""
        taken, depth = [], 0
        while self._next.kind in {"sign", "number"}:
            text = self._take().text
            taken.append(text)
            depth += (text == "(") - (text == ")")
            if depth == 0:
                return taken
        raise self._fault()


def _negated(tree: Tree, *, negated: bool) -> Tree:
    return {"op": "not", "args": [tree]} if negated else tree


def _number(token: _Token) -> int | float:
    if token.text.isdigit() and len(token.text) <= _EXACT_DIGITS:
        return int(token.text)
    value = float(token.text)
    if not isfinite(value):
        raise bad_filter(token.place)
    return value


def _unescaped(token: _Token) -> str:
    return token.text[1:-1].replace("''", "'").replace("\\'", "'")
