"""The subset of Solr's query syntax that CKAN's clients write, as a test of one dataset's fields.

`field:value`, `field:"a phrase"`, `field:(a OR b)`, `field:[a TO b}`, `*:*`, bare words, `+`, `-`, `!`, `NOT`, `AND`,
`OR`, parentheses, `*` and `?` in a value, instants and `NOW-7DAYS`. AND is understood between two terms; weights
(`^2`) and nearness (`~3`) are read and count for nothing: the order by relevance is no contract.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from api.ckan.index import Document
from api.ckan.ranges import between
from api.ckan.wildcards import wildcard
from api.ckan.wire import ActionRefused, bad_search
from catalog.search import tokens

__all__ = ["Document", "Test", "read_filters"]
Test = Callable[[Document], bool]
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<range>[\[{][^\]}]*[\]}])|(?P<phrase>\"(?:[^\"\\]|\\.)*\"(?:[~^][0-9.]*)*)"
    r"|(?P<mark>[()+:]|[-!](?=\S))|(?P<word>(?:[^\s()\":\\\[\]{}]|\\.)+))"
)
_WEIGHT: Final = re.compile(r"(?<=.)[~^][0-9.]*$")
_MOST_TOKENS: Final = 300
_MOST_WILDCARDS: Final = 40
_DEEPEST: Final = 20
_TEXTS: Final = frozenset({"text", "title", "notes", "author", "maintainer", "res_name"})
_MAGIC: Final = re.compile(r"\b_(query|val)_\b")


def read_filters(texts: Sequence[str], now: datetime, *, named: str) -> list[Test]:
    """Return the tests that queries write; `named` is the parameter that they stand in.

    Refuses (409) what cannot be read, and too much of it in all.
    """
    read = [_read(text, named) for text in texts]
    _bound([token for one in read for token in one])
    return [_Reader(one, now).whole() for one in read]


def _bound(read: list[tuple[str, str]]) -> None:
    """Refuse what would be tried on every dataset for too long."""
    wild = sum(text.count("*") + text.count("?") for kind, text in read if kind == "word" and text != "*")
    if len(read) > _MOST_TOKENS or wild > _MOST_WILDCARDS:
        raise _unreadable("the query is too long")


def _read(text: str, named: str) -> list[tuple[str, str]]:
    if text.lstrip().startswith("{!"):
        raise bad_search(f"\"Local parameters are not supported in param '{named}'.\"")
    if _MAGIC.search(text):
        raise bad_search(f"\"Magic fields are not supported in param '{named}'.\"")
    return _tokens(text)


def _unreadable(why: str = "the query cannot be parsed") -> ActionRefused:
    return bad_search(f"'{why}'")


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    place, end = 0, len(text.rstrip())
    while place < end:
        matched = _TOKEN.match(text, place)
        if matched is None or len(found) >= _MOST_TOKENS:
            raise _unreadable()
        found.append((str(matched.lastgroup), matched.group(str(matched.lastgroup))))
        place = matched.end()
    return found


class _Reader:
    """Recursive descent over the tokens of one query."""

    def __init__(self, tokens: list[tuple[str, str]], now: datetime) -> None:
        self._tokens = tokens
        self._place = 0
        self._now = now

    def whole(self) -> Test:
        """Return the test of all the tokens; no token at all lets everything through."""
        if not self._tokens:
            return lambda _document: True
        test = self._either("text", 0)
        if self._place < len(self._tokens):
            raise _unreadable()
        return test

    def _either(self, field: str, depth: int) -> Test:
        if depth > _DEEPEST:
            raise _unreadable("the query is nested too deeply")
        options = [self._both(field, depth)]
        while self._take("OR") or self._take("||"):
            options.append(self._both(field, depth))
        return options[0] if len(options) == 1 else lambda document: any(option(document) for option in options)

    def _both(self, field: str, depth: int) -> Test:
        terms = [self._signed(field, depth)]
        while self._more():
            if not self._take("AND"):
                self._take("&&")
            terms.append(self._signed(field, depth))
        return terms[0] if len(terms) == 1 else lambda document: all(term(document) for term in terms)

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
                raise _unreadable("a parenthesis is not closed")
            return inner
        kind, text = self._next()
        if kind == "word" and self._take(":"):
            return self._term(text, depth + 1) if depth < _DEEPEST else self._either(text, depth + 1)
        match kind:
            case "range":
                return between(field, text, self._now)
            case "phrase":
                return _equals(field, _bare(text[1 : text.rindex('"')]), wild=False)
            case "word":
                return _equals(field, _WEIGHT.sub("", text), wild=True)
            case _:
                raise _unreadable()

    def _take(self, text: str) -> bool:
        taken = self._place < len(self._tokens) and self._tokens[self._place] in {("mark", text), ("word", text)}
        self._place += taken
        return taken

    def _next(self) -> tuple[str, str]:
        if self._place >= len(self._tokens):
            raise _unreadable("the query ends too soon")
        self._place += 1
        return self._tokens[self._place - 1]


def _bare(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _equals(field: str, value: str, *, wild: bool) -> Test:
    if wild and value == "*":
        return lambda document: field == "*" or bool(document.get(field))
    fits = wildcard(value) if wild and re.search(r"(?<!\\)[*?]", value) else None
    texts = field in _TEXTS or field.startswith("extras_")
    if fits and texts:
        return lambda document: any(fits(word.lower()) for text in document.get(field, ()) for word in text.split())
    if fits:
        return lambda document: any(fits(one.lower()) for one in document.get(field, ()))
    if texts:
        return _speaks(field, _bare(value))
    exact = _bare(value)
    return lambda document: exact in document.get(field, ())


def _speaks(field: str, wanted: str) -> Test:
    """A text that holds these words one after the other, whatever their accents and plural marks."""
    phrase = " ".join(tokens(wanted))
    if not phrase:
        return lambda document: any(wanted in text for text in document.get(field, ()))
    return lambda document: any(f" {phrase} " in text for text in document.spoken(field))
