"""A workbook: every sheet, hidden ones too, and all the texts that stand beside their cells."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from catalog.scanning.found import Metadata
from catalog.scanning.headers import is_data, named, numbered
from catalog.scanning.images import in_image
from catalog.scanning.text_cells import TextCells
from eclor.errors import PayloadRefused, Place
from harvesters.archives import unzipped
from harvesters.workbooks import MAX_CELLS, Sheet, sheets_of, surveyed

if TYPE_CHECKING:
    from zipfile import ZipFile

    from python_calamine import CalamineSheet

MAX_FILE: Final = 64 << 20
_WORKBOOK: Final = "xl/workbook.xml"
_TITLE_ROWS: Final = 20
_ABOVE: Final = "au-dessus du tableau"
_CELLS: Final = re.compile(r"xl/(?:worksheets/[^/]+|sharedStrings|styles|theme/.+|workbook|calcChain)\.xml")
"""Parts whose text is that of the cells, or of nobody."""
_ASIDE: Final = {
    "xl/comments": "commentaires",
    "xl/threadedComments": "commentaires",
    "xl/persons": "auteurs des commentaires",
    "xl/drawings": "dessins",
    "xl/charts": "graphiques",
    "xl/pivotCache": "tableaux croisés",
    "xl/externalLinks": "liens",
    "xl/worksheets/_rels": "liens",
    "docProps": "propriétés",
    "customXml": "propriétés",
}
_SHEETS: Final = "noms des feuilles"
_EDGES: Final = re.compile(rb"<(?:odd|even|first)(?:Header|Footer)>([^<]+)<")
"""What is printed above and below a sheet."""
_FORMULAS: Final = re.compile(rb"<(?:f|formula[12]|definedName)(?:\s[^>]*)?>([^<]+)<")
_IN_QUOTES: Final = re.compile(r'"([^"]+)"')
"""What a formula says in words: a link, a list of choices, a name for a text."""
_TARGETS: Final = frozenset({"Target"})
_TOLD: Final = frozenset({"v", "displayName", "userId", "author", "name", "descr", "title"})
"""Attributes that hold what someone wrote."""
_AUTHORS: Final = frozenset({"creator", "lastModifiedBy", "Manager"})
_IMAGES: Final = (".jpg", ".jpeg", ".png", ".tif", ".tiff")
_MAX_IMAGE: Final = 32 << 20


def read_workbook(path: Path, cells: TextCells, *, name: str) -> Metadata:
    """Read a workbook into `cells`; return what its properties and its pictures say of people.

    Refuses (`PayloadRefused`) what the harvesters refuse (a bomb, a DTD, a sheet beyond three million cells), and a
    sheet with a formula whose result was not kept or a cell that is an error: it cannot be read for sure.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - most files are no workbook

    content = _held(path, name=name)
    metadata = Metadata()
    with unzipped(content, name=name) as (archive, _):
        sheets = _sheets(archive, name=name)
        try:
            book = CalamineWorkbook.from_filelike(BytesIO(content))
            for sheet in sheets:
                _read_sheet(book.get_sheet_by_name(sheet.name), sheet, cells, several=len(sheets) > 1)
        except CalamineError as error:
            raise PayloadRefused("payload.xlsx-root", place=Place(name)) from error
        cells.add_rows({_SHEETS: sheet.name} for sheet in sheets)
        cells.add_rows({column: text} for column, text in _aside(archive, metadata, name=name))
    return metadata


def _held(path: Path, *, name: str) -> bytes:
    if path.stat().st_size > MAX_FILE:
        raise PayloadRefused("scan.file-too-large", place=Place(name), mib=MAX_FILE >> 20)
    return path.read_bytes()


def _sheets(archive: "ZipFile", *, name: str) -> list[Sheet]:
    if _WORKBOOK not in archive.namelist():
        raise PayloadRefused("scan.packed", place=Place(name))
    sheets = sheets_of(archive, name=name)
    surveys = surveyed(archive, name=name)
    for sheet in sheets:
        if lost := surveys[sheet.part].lost:
            raise PayloadRefused("scan.lost-cells", place=Place(name, min(lost)), cells=MAX_CELLS)
    return sheets


def _read_sheet(table: "CalamineSheet", sheet: Sheet, cells: TextCells, *, several: bool) -> None:
    from harvesters.protocols.xlsx import cell_text  # noqa: PLC0415 - loads the reader of workbooks

    rows = ([cell_text(cell) for cell in row] for row in table.iter_rows())
    source = (row for row in rows if any(cell.strip() for cell in row))
    top = list(islice(source, _TITLE_ROWS))
    if not top:
        return
    prefix = f"{sheet.name} / " if several else ""
    at = _header(top)
    cells.add_rows({f"{prefix}{_ABOVE}": cell} for row in top[:at] for cell in row if cell)
    with_names = not is_data(top[at])
    cut = named(top[at] if with_names else [numbered(place + 1) for place in range(len(top[at]))], name=cells.name)
    names = [f"{prefix}{name}" for name in cut]
    body = [*top[at + 1 if with_names else at :]]
    cells.add_rows(dict(zip(names, row, strict=False)) for part in (body, source) for row in part)


def _header(top: Sequence[Sequence[str]]) -> int:
    """Return which of the first rows names the columns: the first with as many texts as any of them."""
    widths = [sum(bool(cell.strip()) for cell in row) for row in top]
    return widths.index(max(widths)) if max(widths) > 1 else 0


def _aside(archive: "ZipFile", metadata: Metadata, *, name: str) -> Iterator[tuple[str, str]]:
    """Yield the texts beside the cells, each with the column that it goes to."""
    for entry in archive.infolist():
        part = entry.filename
        if part.lower().endswith(_IMAGES) and entry.file_size <= _MAX_IMAGE:
            metadata.take(in_image(archive.read(entry), name=name))
        elif part.endswith((".xml", ".rels", ".vml")) and not _CELLS.fullmatch(part):
            column = next((column for start, column in _ASIDE.items() if part.startswith(start)), "autres textes")
            for tag, text in _texts(archive.read(entry), name=f"{name}/{part}"):
                if tag in _AUTHORS:
                    metadata.author("propriétés", text)
                yield column, text
        elif part.startswith("xl/worksheets/"):
            edges = _EDGES.findall(archive.read(entry))
            yield from (("en-têtes et pieds de page", unescape(edge.decode("utf-8", "replace"))) for edge in edges)
        if part == _WORKBOOK or part.startswith("xl/worksheets/sheet"):
            yield from (("formules", text) for text in _in_formulas(archive.read(entry)))
    yield from metadata.texts


def _in_formulas(sheet: bytes) -> Iterator[str]:
    """Yield once each text that formulas, checks of entries and names hold."""
    for formula in dict.fromkeys(_FORMULAS.findall(sheet)):
        yield from _IN_QUOTES.findall(unescape(formula.decode("utf-8", "replace")))


def _texts(content: bytes, *, name: str) -> list[tuple[str, str]]:
    """Return the texts of a part: those of its elements, and what someone wrote in their attributes."""
    found: list[tuple[str, str]] = []
    waiting: list[str] = []

    def start(_: str, attributes: dict[str, str]) -> None:
        flush("")
        found.extend(
            ("", value)
            for key, value in attributes.items()
            if (local := key.rpartition("}")[2]) in _TOLD
            or (local in _TARGETS and not value.startswith(("http", "../", "/", "xl/")) and ":" in value)
        )

    def flush(tag: str) -> None:
        text = "".join(waiting).strip()
        waiting.clear()
        if text:
            found.append((tag.rpartition("}")[2], text))

    def refuse(*_: object) -> None:
        raise PayloadRefused("payload.xml-dtd", place=Place(name))

    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler, parser.EndElementHandler = start, flush
    parser.CharacterDataHandler = waiting.append
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise PayloadRefused("payload.xml-syntax", place=Place(name, error.lineno)) from error
    return found
