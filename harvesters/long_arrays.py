"""JSON whose rows are the objects of one array: where the whole would take too much, they are read a few at a time.

What stands around the array is read first, without them, so that whoever reads knows what they are rows of.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from eclor.errors import PayloadRefused
from harvesters import strict_json, weighing

_AT_ONCE_BYTES: Final = 128 * 1024
"""Of objects that are read together; a longer one is read, and weighed, by itself."""
_UP_TO_BRACKET: Final = re.compile(rb'[^\[\]{}"]*+(?:"(?:[^"\\]++|\\.)*+"[^\[\]{}"]*+)*+[\[\]{}]', re.DOTALL)
_MEMBER: Final = re.compile(rb'"((?:[^"\\]++|\\.)*+)"\s*:\s*[\[{]\Z', re.DOTALL)
_COMMA: Final = re.compile(rb"\s*,\s*")
_NOTHING: Final = re.compile(rb"\s*")
_OPENING: Final = b"{["
_OBJECT, _ARRAY, _END = b"{[]"


@dataclass(frozen=True, slots=True)
class Items:
    """The objects of an array, read as they are asked for. Refuses (`PayloadRefused`) as `strict_json.read` does."""

    content: bytes
    name: str
    line: int
    """Where the content begins in the payload."""
    most: int = weighing.MOST_BYTES
    """Bytes that one of them may take."""
    stretches: list[tuple[int, int]] = field(default_factory=list)
    """Where objects begin and end that are read together."""

    def __iter__(self) -> Iterator[object]:
        for start, end in self.stretches:
            yield from self._read(start, end)

    def note(self, start: int, end: int) -> None:
        """Note where the next object is."""
        if self.stretches and end - self.stretches[-1][0] <= _AT_ONCE_BYTES:
            start = self.stretches.pop()[0]
        self.stretches.append((start, end))

    def _read(self, start: int, end: int) -> list[object]:
        begins = self.content.rfind(b"\n", 0, start) + 1
        line, before = self.line + self.content.count(b"\n", 0, start), len(self.content[begins:start].decode())
        several = b"[%b]" % self.content[start:end]
        values = strict_json.read(several, name=self.name, line=line, before=before - 1, most=self.most)
        assert isinstance(values, list), "objects between brackets are an array"
        return values


def read(content: bytes, path: Sequence[str], *, name: str, line: int = 1, most: int = weighing.MOST_BYTES) -> object:
    """Return the one JSON value of `content`; where it would take too much, the array at the path is `Items`.

    Refuses what `strict_json.read` does; too heavy is then what stands around the array, or one of its objects.
    """
    try:
        return strict_json.read(content, name=name, line=line, most=most)
    except PayloadRefused as refusal:
        items = Items(content, name, line, most)
        begins = _beginning(content, path) if refusal.code == "payload.too-heavy" else None
        ends = None if begins is None else _note(items, begins)
        if ends is None:
            raise
    lines = b"\n" * content.count(b"\n", begins, ends)  # so that what comes behind has its line
    around = strict_json.read(content[:begins] + lines + content[ends:], name=name, line=line, most=most)
    return _with(around, path, items)


def _beginning(content: bytes, path: Sequence[str]) -> int | None:
    """Return the byte behind the bracket that opens the array at the path; None where none is found."""
    names: list[str | None] = []
    at = 0
    while (found := _UP_TO_BRACKET.match(content, at)) is not None:
        member = _MEMBER.search(content, at, found.end())
        at = found.end()
        if content[at - 1] in _OPENING:
            names.append(member[1].decode(errors="replace") if member else None)
            if content[at - 1] == _ARRAY and names[1:] == [*path]:
                return at
        elif names:
            names.pop()
    return None


def _note(items: Items, begins: int) -> int | None:
    """Note where each object is; return where the array ends. None where something else is among them."""
    content, depth, start, ended, at = items.content, 0, begins, begins, begins
    while (found := _UP_TO_BRACKET.match(content, at)) is not None:
        at = found.end()
        sign = content[at - 1]
        if sign in _OPENING:
            if depth == 0:
                between = _COMMA if items.stretches else _NOTHING
                if sign != _OBJECT or not between.fullmatch(content, ended, at - 1):
                    return None
                start = at - 1
            depth += 1
        elif depth > 0:
            depth -= 1
            if depth == 0:
                items.note(start, at)
                ended = at
        else:
            is_end = sign == _END and items.stretches and _NOTHING.fullmatch(content, ended, at - 1)
            return at - 1 if is_end else None
    return None


def _with(around: object, path: Sequence[str], items: Items) -> object:
    if not path:
        return items
    holder = strict_json.member(around, path[:-1])
    assert isinstance(holder, dict), "the array was found in it"
    holder[path[-1]] = items
    return around
