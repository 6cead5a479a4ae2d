"""What a workbook (OOXML, ECMA-376) holds, looked at before it is read: its sheets, their extent, what is lost."""

import posixpath
from dataclasses import dataclass, field
from functools import lru_cache
from string import ascii_letters
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from eclor.errors import PayloadRefused, Place
from harvesters import strict_xml

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

MAX_BYTES: Final = 256 * 1024 * 1024
"""Of all parts, unpacked."""
MAX_CELLS: Final = 3_000_000
"""Of the rectangle that a sheet spans, its first line being 1: its reader makes room for each, empty or not."""
_BOOK: Final = "xl/workbook.xml"
_LINKS: Final = "xl/_rels/workbook.xml.rels"
_COUNTS: Final = ("count", "uniqueCount")
_CHUNK: Final = 256 * 1024
_LETTERS: Final = 26
_WIDEST: Final = 3
"""Letters of the last column that the standard has, XFD."""
_WORKSHEET: Final = "/worksheet"
_TRUE: Final = ("1", "true")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: its name, its part in the archive, whether it is shown."""

    name: str
    part: str
    shown: bool


def sheets_of(archive: "ZipFile", *, name: str) -> list[Sheet]:
    """Return the worksheets in their order.

    Refuses (`PayloadRefused`) what is no workbook, what is too large, and two sheets of one name: readers find a sheet
    by its name (ECMA-376 part 1, 18.2.19: unique), and would never look at the second.
    """
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
    if len({sheet.name.casefold() for sheet in found}) < len(found):
        raise PayloadRefused("payload.xlsx-root", place=Place(name))
    return found


@dataclass(slots=True)
class Survey:
    """Follows the cells of a sheet, and says what a reader of its values would not see."""

    place: Place
    size: int
    """Of the part, in bytes."""
    stale: bool = False
    """The workbook asks for a full calculation when it is opened (`fullCalcOnLoad`, 18.2.2)."""
    parser: "expat.XMLParserType" = field(default_factory=lambda: expat.ParserCreate(namespace_separator="}"))
    lost: set[int] = field(default_factory=set)
    """Rows, from 1, with a cell that is an error, or a formula whose result was not kept."""
    uncalculated: set[int] = field(default_factory=set)
    """Rows, from 1, with a formula whose result is to be calculated anew when the workbook is opened."""
    merged: int = 0
    """The last row, from 1, that a cell merged with one above reaches: what it shows stands in the first alone."""
    _strings: int = 0
    """Texts that cells share; their reader makes room for each."""
    _row: int = 0
    _column: int = 0
    _box: tuple[int, int, int] | None = None
    """Last row, first and last column so far."""
    _formula: bool = False
    _is_text: bool = False
    """The cell is a text: the result of its formula may well be empty."""
    _value: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        name = tag[tag.rfind("}") + 1 :]
        if name == "c":
            self._cell(attributes)
        elif name in {"v", "is"}:
            self._take_value()
        elif name == "f":
            self._formula = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "si":
            self._strings += 1
            self._refuse_beyond(self._strings)
        elif name == "row":
            self.settle()
            self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
        elif name == "calcPr":
            self.stale = attributes.get("fullCalcOnLoad") in _TRUE
        self._refuse_false_counts(attributes)

    def settle(self) -> None:
        """Judge the last cell: its formula has a result, or its row is lost."""
        if self._formula and not self._value:
            self.lost.add(self._row)
        elif self._formula and self.stale:
            self.uncalculated.add(self._row)
        self._formula = self._value = False
        self.parser.CharacterDataHandler = None

    def _take_value(self) -> None:
        """Take the result of a formula for one once a character of it comes: libraries leave it empty."""
        if self._formula and not self._is_text:
            self.parser.CharacterDataHandler = self._hear
        else:
            self._value = True

    def _hear(self, text: str) -> None:
        self._value = self._value or not text.isspace()

    def declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        """Take the declaration of the part, which is in UTF-8 or refused."""
        if (encoding or "utf-8").lower() != "utf-8":
            raise PayloadRefused("payload.xml-encoding", place=self.place)

    def refuse(self, *_: object) -> None:
        """Refuse a DTD or an entity."""
        raise PayloadRefused("payload.xml-dtd", place=self.place)

    def _refuse_false_counts(self, attributes: dict[str, str]) -> None:
        for key in _COUNTS:
            if key in attributes and int(attributes[key]) not in range(self.size):
                raise PayloadRefused("payload.xlsx-root", place=self.place)

    def _cell(self, attributes: dict[str, str]) -> None:
        if self._formula:
            self.settle()
        self._value = False
        reference = attributes.get("r", "")
        letters = reference.rstrip("0123456789")
        self._column = _number_of(letters) if letters else self._column + 1
        self._row = int(reference[len(letters) :]) if letters else self._row
        kind = attributes.get("t")
        self._is_text = kind == "str"
        if kind == "e":
            self.lost.add(self._row)
        last, left, right = self._box or (0, self._column, self._column)
        if self._row > last or not left <= self._column <= right:
            self._stretch(max(last, self._row), min(left, self._column), max(right, self._column))

    def _merge(self, span: str) -> None:
        top, bottom = (corner.lstrip(ascii_letters + "$") for corner in (span.partition(":")[::2]))
        if bottom.isascii() and bottom.isdigit() and top != bottom:
            self.merged = max(self.merged, int(bottom))

    def _stretch(self, last: int, left: int, right: int) -> None:
        self._box = last, left, right
        self._refuse_beyond(last * (right - left + 1))

    def _refuse_beyond(self, cells: int) -> None:
        if cells > MAX_CELLS:
            raise PayloadRefused("payload.xlsx-extent", place=self.place, cells=MAX_CELLS)


@lru_cache(maxsize=20_000)
def _number_of(letters: str) -> int:
    """Return the number, from 1, of a column: A is 1, AA is 27; raise `ValueError` beyond three letters."""
    if len(letters) > _WIDEST:
        raise ValueError(letters[: _WIDEST + 1])
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number


def surveyed(archive: "ZipFile", *, name: str) -> dict[str, Survey]:
    """Return what was seen of each part: the rows of its sheet, from 1, of which a cell is lost.

    Every part is looked at, whichever will be read: its reader makes room for what a part says that it holds, before
    it looks. Refuses (`PayloadRefused`) a part that announces more elements than it has bytes, that spans too far, or
    that holds a DTD. Reads in pieces: nothing is held but those rows.
    """
    surveys = {_BOOK: _survey(archive, archive.getinfo(_BOOK), name=name)}
    for entry in archive.infolist():
        if entry.filename.lower().endswith((".xml", ".rels")) and entry.filename not in surveys:
            surveys[entry.filename] = _survey(archive, entry, name=name, stale=surveys[_BOOK].stale)
    return surveys


def _survey(archive: "ZipFile", entry: "ZipInfo", *, name: str, stale: bool = False) -> Survey:
    survey = Survey(Place(f"{name}/{entry.filename}"), entry.file_size, stale)
    parser = survey.parser
    parser.StartElementHandler = survey.start
    parser.XmlDeclHandler = survey.declared
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = survey.refuse
    try:
        with archive.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        survey.settle()
    except expat.ExpatError as error:
        raise PayloadRefused("payload.xml-syntax", place=Place(survey.place.file, error.lineno)) from error
    except (ValueError, LookupError) as error:
        raise PayloadRefused("payload.xlsx-root", place=survey.place) from error
    return survey
