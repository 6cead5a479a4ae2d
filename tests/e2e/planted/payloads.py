"""Where a payload says something, whatever its format, and the payload with something else said there."""

import csv
import io
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from google.transit.gtfs_realtime_pb2 import FeedMessage

NEW = "commentaire"
"""A member, column, element or property that nobody announced."""
NAMED = "(nom)"
"""What is planted as the name of such a member or column, not as what stands in it."""


@dataclass(frozen=True)
class Spot:
    """One cell: what it says, and how it is made to say another thing."""

    said: object
    write: Callable[[object], None]


@dataclass
class Document:
    """A payload: its cells by their path, in the order in which they stand, and its bytes once some were written."""

    spots: dict[str, list[Spot]] = field(default_factory=lambda: defaultdict(list))
    content: Callable[[], bytes] = bytes

    def add(self, path: str, said: object, write: Callable[[object], None]) -> None:
        self.spots[path].append(Spot(said, write))


def document(content: bytes, options: Mapping[str, str]) -> Document:
    """Read a payload by what its bytes look like."""
    if content[:1] == b"\n":
        return _feed(content)
    start = content.lstrip(b"\xef\xbb\xbf \r\n")[:20]
    if start.startswith(b"PK"):
        return _zip(content)
    if start.startswith(b"BEGIN:"):
        return _calendar(content)
    if start.startswith(b"<"):
        return _xml(content)
    if start.startswith((b"{", b"[")):
        return _json(content)
    return _csv(content, options)


def _json(content: bytes) -> Document:
    try:
        trees, lines = [json.loads(content)], False
    except json.JSONDecodeError:
        trees, lines = [json.loads(line) for line in content.splitlines() if line.strip()], True
    told = Document()
    for tree in trees:
        _members(tree, "[]" if lines else "", told)
    told.content = lambda: b"".join(json.dumps(tree, ensure_ascii=False).encode() + b"\n" for tree in trees)
    return told


def _members(node: Any, path: str, told: Document) -> None:
    if isinstance(node, dict):
        for name, value in list(node.items()):
            _member(node, name, value, f"{path}.{name}".lstrip("."), told)
        told.add(f"{path}.{NEW}".lstrip("."), "", lambda said: node.update({NEW: said}))
        told.add(f"{path}.{NAMED}".lstrip("."), "", lambda said: node.update({str(said): NEW}))
    elif isinstance(node, list):
        for at, value in enumerate(node):
            _member(node, at, value, f"{path}[]", told)


def _member(holder: Any, key: Any, value: Any, path: str, told: Document) -> None:
    if isinstance(value, dict | list):
        _members(value, path, told)
    else:
        told.add(path, value, lambda said: holder.__setitem__(key, said))


def _csv(content: bytes, options: Mapping[str, str], *, prefix: str = "", told: Document | None = None) -> Document:
    encoding = options.get("encodage", "utf-8")
    text = content.decode(encoding)
    head = text.split("\n", 1)[0]
    separator = options.get("delimiteur") or (";" if head.count(";") > head.count(",") else ",")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    told = told or Document()
    for row in rows[1:]:
        for at, (name, cell) in enumerate(zip(rows[0], row, strict=False)):
            told.add(prefix + name, cell, lambda said, row=row, at=at: row.__setitem__(at, str(said)))

    def widen(name: str, said: object) -> None:
        for row in rows:
            row.append(name if row is rows[0] else "")
        rows[1][-1] = str(said)

    if len(rows) > 1:
        told.add(prefix + NEW, "", lambda said: widen(NEW, said))
        told.add(prefix + NAMED, "", lambda said: widen(str(said), NEW))
        told.add(prefix + NAMED + " 1", rows[0][0], lambda said: rows[0].__setitem__(0, str(said)))

    def written() -> bytes:
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=separator, lineterminator="\r\n" if "\r\n" in text else "\n").writerows(rows)
        return out.getvalue().encode(encoding)

    told.content = written
    return told


def _zip(content: bytes) -> Document:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    told, written = Document(), {}
    for name, member in members.items():
        _csv(member, {}, prefix=f"{name}/", told=told)
        written[name] = told.content

    def zipped() -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, member in written.items():
                archive.writestr(name, member())
        return out.getvalue()

    told.content = zipped
    return told


def _feed(content: bytes) -> Document:
    feed = FeedMessage.FromString(content)
    told = Document()
    _fields(feed, "", told)
    told.content = feed.SerializeToString
    return told


def _fields(message: Any, path: str, told: Document) -> None:
    """Also those that are not said: a plate has its field, whether or not the network fills it in."""
    for one in message.DESCRIPTOR.fields:
        name = f"{path}.{one.name}".lstrip(".")
        value = getattr(message, one.name)
        if one.type == one.TYPE_MESSAGE:
            parts = value if one.is_repeated else [value] if message.HasField(one.name) else []
            for part in parts:
                _fields(part, name, told)
            if one.name == "vehicle" and not parts:
                _fields(value, name, told)
        elif one.type == one.TYPE_STRING and not one.is_repeated:
            told.add(name, value, lambda said, name=one.name: setattr(message, name, str(said)))


def _calendar(content: bytes) -> Document:
    lines = re.sub(r"\r?\n[ \t]", "", content.decode()).splitlines()
    told, within = Document(), []
    for at, line in enumerate(lines):
        head, _, value = line.partition(":")
        name = head.partition(";")[0]
        if name == "BEGIN":
            within.append(value)
        elif name == "END":
            for more in ("DESCRIPTION", "COMMENT", "CONTACT", "ATTENDEE", "X-NOTE"):
                told.add("/".join([*within, f"+{more}"]), "", _appending(lines, at, more))
            within.pop()
        else:
            told.add("/".join([*within, name]), value, _ending(lines, at, head))
    told.content = lambda: "\r\n".join([*lines, ""]).encode()
    return told


def _ending(lines: list[str], at: int, head: str) -> Callable[[object], None]:
    return lambda said: lines.__setitem__(at, f"{head}:{said}".replace(", ", "\\, "))


def _appending(lines: list[str], at: int, name: str) -> Callable[[object], None]:
    end = lines[at]
    return lambda said: lines.__setitem__(at, f"{name}:{said}".replace(", ", "\\, ") + f"\r\n{end}")


def _xml(content: bytes) -> Document:
    """Texts and attributes by the bytes that they take: nothing else of the document changes."""
    reading = _Reading(content)
    parser = expat.ParserCreate(namespace_separator=None)
    parser.buffer_text = False
    reading.at = lambda: parser.CurrentByteIndex
    parser.StartElementHandler = reading.begins
    parser.EndElementHandler = reading.ends
    parser.CharacterDataHandler = reading.says
    parser.Parse(content, True)
    reading.told.content = reading.written
    return reading.told


@dataclass
class _Reading:
    """An XML document as it is read, and what is written in the place of some of its bytes."""

    content: bytes
    told: Document = field(default_factory=Document)
    within: list[str] = field(default_factory=list)
    spans: dict[tuple[int, int], str] = field(default_factory=dict)
    at: Callable[[], int] = int

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        self.within.append(name.rpartition(":")[2])
        at = self.at()
        tag = self.content[at : self.content.index(b">", at)]
        for attribute in attributes:
            found = re.search(rb'\b%s="([^"]*)"' % re.escape(attribute.encode()), tag)
            if found and not attribute.startswith("xmlns"):
                self._spot(f"{self._path}@{attribute}", at + found.start(1), at + found.end(1))

    def says(self, text: str) -> None:
        if text.strip():
            self._spot(self._path, self.at(), self.content.index(b"<", self.at()))

    def ends(self, _name: str) -> None:
        at = self.at()
        if self.content[at : at + 2] == b"</":
            spot = (at, at)
            self.told.add(f"{self._path}/{NEW}", "", lambda said: self._write(spot, f"<{NEW}>{said}</{NEW}>"))
        self.within.pop()

    @property
    def _path(self) -> str:
        return "/".join(self.within)

    def _spot(self, path: str, start: int, end: int) -> None:
        self.told.add(path, self.content[start:end].decode(), lambda said: self._write((start, end), str(said)))

    def _write(self, span: tuple[int, int], said: str) -> None:
        self.spans[span] = said

    def written(self) -> bytes:
        out, last = [], 0
        for (start, end), said in sorted(self.spans.items()):
            out += [self.content[last:start], said.encode()]
            last = end
        return b"".join([*out, self.content[last:]])
