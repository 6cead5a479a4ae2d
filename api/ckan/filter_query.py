"""The subset of Solr's query syntax that CKAN's clients write, as a test of one dataset's fields.

`field:value`, `field:"a phrase"`, `field:(a OR b)`, `field:[a TO b]`, `*:*`, bare words, `+`, `-`, `NOT`, `AND`, `OR`,
parentheses. `*` and `?` in a value stand for any letters. AND is understood between two terms.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from api.ckan.wire import bad_search
from api.row_files import fold

Document = Mapping[str, Sequence[str]]
"""A dataset's values by field; `text` holds all that bare words look into."""
Test = Callable[[Document], bool]
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<range>[\[{][^\]}]*[\]}])|(?P<phrase>\"(?:[^\"\\]|\\.)*\")|(?P<mark>[()+:]|-(?=\S))"
    r"|(?P<word>(?:[^\s()\":\\\[\]{}]|\\.)+))"
)
_MOST_TOKENS: Final = 300
_DEEPEST: Final = 20
_TEXTS: Final = frozenset({"text", "title", "notes"})


def read_filter(text: str) -> Test:
    """Return the test that a query writes. Refuses (409) what cannot be read."""
    return _Reader(_tokens(text)).whole()


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    place, end = 0, len(text.rstrip())
    while place < end:
        matched = _TOKEN.match(text, place)
        if matched is None or len(found) >= _MOST_TOKENS:
            raise bad_search("the query cannot be parsed")
        found.append((str(matched.lastgroup), matched.group(str(matched.lastgroup))))
        place = matched.end()
    return found


class _Reader:
    """Recursive descent over the tokens of one query."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._place = 0

    def whole(self) -> Test:
        """Return the test of all the tokens; no token at all lets everything through."""
        if not self._tokens:
            return lambda _document: True
        test = self._either("text", 0)
        if self._place < len(self._tokens):
            raise bad_search("the query cannot be parsed")
        return test

    def _either(self, field: str, depth: int) -> Test:
        if depth > _DEEPEST:
            raise bad_search("the query is nested too deeply")
        options = [self._both(field, depth)]
        while self._take("OR") or self._take("||"):
            options.append(self._both(field, depth))
        return lambda document: any(option(document) for option in options)

    def _both(self, field: str, depth: int) -> Test:
        terms = [self._signed(field, depth)]
        while self._more():
            if not self._take("AND"):
                self._take("&&")
            terms.append(self._signed(field, depth))
        return lambda document: all(term(document) for term in terms)

    def _more(self) -> bool:
        return self._place < len(self._tokens) and self._tokens[self._place][1] not in {")", "OR", "||"}

    def _signed(self, field: str, depth: int) -> Test:
        if self._take("-") or self._take("NOT") or self._take("!"):
            refused = self._signed(field, depth + 1) if depth < _DEEPEST else self._either(field, depth + 1)
            return lambda document: not refused(document)
        self._take("+")
        return self._term(field, depth)

    def _term(self, field: str, depth: int) -> Test:
        if self._take("("):
            inner = self._either(field, depth + 1)
            if not self._take(")"):
                raise bad_search("a parenthesis is not closed")
            return inner
        kind, text = self._next()
        if kind == "word" and self._take(":"):
            return self._term(text, depth + 1) if depth < _DEEPEST else self._either(text, depth + 1)
        match kind:
            case "range":
                return _between(field, text)
            case "phrase":
                return _equals(field, re.sub(r"\\(.)", r"\1", text[1:-1]), wild=False)
            case "word":
                return _equals(field, re.sub(r"\\(.)", r"\1", text), wild=True)
            case _:
                raise bad_search("the query cannot be parsed")

    def _take(self, text: str) -> bool:
        taken = self._place < len(self._tokens) and self._tokens[self._place] in {("mark", text), ("word", text)}
        self._place += taken
        return taken

    def _next(self) -> tuple[str, str]:
        if self._place >= len(self._tokens):
            raise bad_search("the query ends too soon")
        self._place += 1
        return self._tokens[self._place - 1]


def _equals(field: str, value: str, *, wild: bool) -> Test:
    if wild and value == "*":
        return lambda document: field == "*" or bool(document.get(field))
    if field in _TEXTS or field.startswith("extras_"):
        return _speaks(field, fold(value).strip("*"))
    if wild and ("*" in value or "?" in value):
        pieces = [{"*": ".*", "?": "."}.get(letter, re.escape(letter)) for letter in re.sub(r"\*+", "*", value)]
        pattern = re.compile("".join(pieces))
        return lambda document: any(pattern.fullmatch(one) for one in document.get(field, ()))
    return lambda document: value in document.get(field, ())


def _speaks(field: str, wanted: str) -> Test:
    return lambda document: any(wanted in fold(text) for text in document.get(field, ()))


def _between(field: str, text: str) -> Test:
    """A range of instants or texts; both ends count, `*` is no end, `NOW` is later than all."""
    low, mark, high = text[1:-1].strip().partition(" TO ")
    if not mark:
        raise bad_search("a range is written [a TO b]")
    first, last = ("" if low.strip() == "*" else low.strip()), _upper(high.strip())
    return lambda document: any(first <= one <= last for one in document.get(field, ()))


def _upper(text: str) -> str:
    return "\U0010ffff" if text == "*" or text.startswith("NOW") else text
