"""What a workbook (OOXML, ECMA-376) holds, looked at before it is read: its sheets, their extent, what is lost."""

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from eclor.errors import PayloadRefused, Place
from harvesters import strict_xml

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

MAX_BYTES: Final = 256 * 1024 * 1024
"""Of all parts, unpacked."""
MAX_CELLS: Final = 3_000_000
"""Of the rectangle that a sheet spans: its reader makes room for each, empty or not."""
_BOOK: Final = "xl/workbook.xml"
_LINKS: Final = "xl/_rels/workbook.xml.rels"
_COUNTS: Final = ("count", "uniqueCount")
_CHUNK: Final = 256 * 1024
_LETTERS: Final = 26
_WORKSHEET: Final = "/worksheet"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: its name, its part in the archive, whether it is shown."""

    name: str
    part: str
    shown: bool


def sheets_of(archive: "ZipFile", *, name: str) -> list[Sheet]:
    """Return the worksheets in their order; refuse (`PayloadRefused`) what is no workbook, or is too large."""
    parts = set(archive.namelist())
    if not {_BOOK, _LINKS} <= parts or len({part.lower() for part in parts}) < len(archive.namelist()):
        raise PayloadRefused("payload.xlsx-root", place=Place(name))
    if sum(entry.file_size for entry in archive.infolist()) > MAX_BYTES:
        raise PayloadRefused("payload.too-large", place=Place(name), limit_mib=MAX_BYTES // 1024 // 1024)
    links = {link.get("Id"): link for link in strict_xml.read(archive.read(_LINKS), name=f"{name}/{_LINKS}")}
    found = []
    for element in strict_xml.read(archive.read(_BOOK), name=f"{name}/{_BOOK}").iter():
        if strict_xml.local(element) != "sheet":
            continue
        link = next((links.get(value) for key, value in element.attrib.items() if key.endswith("}id")), None)
        if link is None or not link.get("Type", "").endswith(_WORKSHEET):
            continue
        target = link.get("Target", "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if part in parts and part.lower().endswith(".xml"):
            found.append(Sheet(element.get("name", ""), part, element.get("state", "visible") == "visible"))
    return found


@dataclass(slots=True)
class _Survey:
    """Follows the cells of a sheet."""

    place: Place
    size: int
    """Of the part, in bytes."""
    lost: set[int] = field(default_factory=set)
    """Rows, from 1, with a cell that is an error, or a formula whose result was not kept."""
    _row: int = 0
    _column: int = 0
    _box: list[int] = field(default_factory=list)
    _formula: bool = False
    _value: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if any(int(attributes.get(key) or 0) not in range(self.size) for key in _COUNTS):
            raise PayloadRefused("payload.xlsx-root", place=self.place)
        match tag.rpartition("}")[2]:
            case "row":
                self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
                self._column = 0
            case "c":
                self._cell(attributes)
            case "f":
                self._formula = True
            case "v" | "is":
                self._value = True
            case _:
                pass

    def end(self, tag: str) -> None:
        if tag.rpartition("}")[2] == "c" and self._formula and not self._value:
            self.lost.add(self._row)

    def declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding or "utf-8").lower() != "utf-8":
            raise PayloadRefused("payload.xml-encoding", place=self.place)

    def refuse(self, *_: object) -> None:
        raise PayloadRefused("payload.xml-dtd", place=self.place)

    def _cell(self, attributes: dict[str, str]) -> None:
        self._formula = self._value = False
        self._column, self._row = _position(attributes.get("r", ""), column=self._column, row=self._row)
        if attributes.get("t") == "e":
            self.lost.add(self._row)
        box = self._box or [self._row, self._row, self._column, self._column]
        self._box = [
            min(box[0], self._row),
            max(box[1], self._row),
            min(box[2], self._column),
            max(box[3], self._column),
        ]
        if (self._box[1] - self._box[0] + 1) * (self._box[3] - self._box[2] + 1) > MAX_CELLS:
            raise PayloadRefused("payload.xlsx-extent", place=self.place, cells=MAX_CELLS)


def _position(reference: str, *, column: int, row: int) -> tuple[int, int]:
    """Return column and row, from 1, of `AB12`; without a reference, those after the last cell."""
    letters = reference.rstrip("0123456789")
    if not reference:
        return column + 1, row
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number, int(reference[len(letters) :] or row)


def surveyed(archive: "ZipFile", *, name: str) -> dict[str, set[int]]:
    """Return, of each part, the rows, from 1, of which a cell is lost.

    Every part is looked at, whichever will be read: its reader makes room for what a part says that it holds, before
    it looks. Refuses (`PayloadRefused`) a part that announces more elements than it has bytes, that spans too far, or
    that holds a DTD. Reads in pieces: nothing is held but those rows.
    """
    parts = [entry for entry in archive.infolist() if entry.filename.lower().endswith((".xml", ".rels"))]
    return {entry.filename: _survey(archive, entry, name=name) for entry in parts}


def _survey(archive: "ZipFile", entry: "ZipInfo", *, name: str) -> set[int]:
    survey = _Survey(Place(f"{name}/{entry.filename}"), entry.file_size)
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler, parser.EndElementHandler = survey.start, survey.end
    parser.XmlDeclHandler = survey.declared
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = survey.refuse
    try:
        with archive.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise PayloadRefused("payload.xml-syntax", place=Place(survey.place.file, error.lineno)) from error
    except (ValueError, LookupError) as error:
        raise PayloadRefused("payload.xlsx-root", place=survey.place) from error
    return survey.lost
