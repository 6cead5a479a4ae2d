"""The scan of a file: read for sure, judged by the personal-data gate, told without a value."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from catalog.gates.scanned import ScannedColumn, Tallies, scan, scan_names
from catalog.scanning.columnar import looked_at
from catalog.scanning.delimited import read_delimited
from catalog.scanning.documents import in_document
from catalog.scanning.flattening import rows_of
from catalog.scanning.found import Metadata, Trace
from catalog.scanning.images import in_image
from catalog.scanning.json_pieces import pieces
from catalog.scanning.kinds import Kind, kind_of
from catalog.scanning.report import Counts, ScannedPlace, ScanReport, Verdict, merged
from catalog.scanning.text_cells import TextCells
from eclor.errors import PayloadRefused, Place, SettingsRefused

if TYPE_CHECKING:
    from catalog.gates.detector import Detector

_MAX_PICTURE: Final = 128 << 20
_HIDDEN: Final = "nom masqué"
_NOTES: Final = "métadonnées"
_SHOWN: Final = ("picture",)
_UNREAD: Final = {
    Kind.PDF: ("pages",),
    Kind.JPEG: _SHOWN,
    Kind.PNG: _SHOWN,
    Kind.TIFF: _SHOWN,
    Kind.WEBP: _SHOWN,
    Kind.HEIC: _SHOWN,
}
_OF_TRACE: Final = {Trace.MAKER_NOTE: Verdict.REVIEW}


@dataclass(slots=True)
class _Read:
    """A file as the gate takes it: cells, what metadata say, and names within columns."""

    tables: dict[Path, tuple[str, ...]] = field(default_factory=dict)
    """Parquet files, and their columns."""
    metadata: Metadata = field(default_factory=Metadata)
    inner_names: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of all columns."""
        return tuple(name for columns in self.tables.values() for name in columns)


@dataclass(frozen=True, slots=True)
class Scanner:
    """Scans files, one after the other, with one detector; `work` is where private scratch may be made."""

    detector: "Detector"
    work: Path | None = None

    def scan(self, path: Path, *, declared: Mapping[str, Collection[str]]) -> ScanReport:
        """Return what a file holds of personal data; nothing of it is kept.

        `declared` says of columns what they may hold (`officials`). Refuses (`PayloadRefused`) a file that cannot be
        read for sure or whose scan does not end, and (`SettingsRefused`) a column that is not there.
        """
        in_stem = scan_names(self.detector, path.stem, ()).file
        in_name = {**scan_names(self.detector, path.name, ()).file, **in_stem}
        suffix = path.suffix if len(in_name) == len(in_stem) else ""
        shown = str(path.with_name(f"({_HIDDEN}){suffix}")) if in_name else str(path)
        with _refusals_of(path, shown), self._scratch() as scratch:
            read = _read(path, scratch, name=shown)
            if unknown := declared.keys() - set(read.columns):
                raise SettingsRefused("scan.no-such-column", count=len(unknown))
            columns = self._columns(read, declared, scratch=scratch)
        return ScanReport(shown, merged(_of_gate(in_name)), columns, read.unread)

    @contextmanager
    def _scratch(self) -> Iterator[Path]:
        """Give a folder that only its owner reads, removed at the end."""
        with TemporaryDirectory(prefix="eclor-scan-", dir=self.work) as folder:
            yield Path(folder)

    def _columns(
        self, read: _Read, declared: Mapping[str, Collection[str]], *, scratch: Path
    ) -> tuple[ScannedPlace, ...]:
        found: defaultdict[str, list[Counts]] = defaultdict(list)
        """By name: notes of the file may stand under that of a column."""
        for rows, columns in read.tables.items():
            asked = [ScannedColumn(name, declared=frozenset(declared.get(name, ()))) for name in columns]
            for name, tallies in _judged(self.detector, rows, asked, scratch=scratch).items():
                found[name].append(_of_gate(tallies))
        names = scan_names(self.detector, "", (*read.columns, *read.inner_names)).columns
        traces = {place: _of_traces(counts) for place, counts in read.metadata.traces.items()}
        places = dict.fromkeys((*read.columns, *traces))
        told = [
            ScannedPlace(
                f"colonne {number}" if name in names else name,
                merged(*found[name], _of_gate(names.get(name, {})), traces.get(name, {})),
            )
            for number, name in enumerate(places, start=1)
        ]
        if inner := [names[name] for name in read.inner_names if name in names]:
            told.append(ScannedPlace("noms de champs", merged(*map(_of_gate, inner))))
        return tuple(told)


def _judged(detector: "Detector", rows: Path, columns: list[ScannedColumn], *, scratch: Path) -> Mapping[str, Tallies]:
    """Return what the gate finds; refuse (`PayloadRefused`) cells that cannot be read, saying none of them."""
    import duckdb  # noqa: PLC0415 - loaded by the gate, where it reads

    try:
        return scan(detector, rows, columns, scratch=scratch)
    except (duckdb.Error, UnicodeError):
        raise PayloadRefused("scan.cells") from None


def _of_gate(tallies: Tallies) -> Counts:
    return {(Verdict(finding.decision.value), finding.kind): tally.rows for finding, tally in tallies.items()}


def _of_traces(counts: Mapping[Trace, int]) -> Counts:
    return {(_OF_TRACE.get(trace, Verdict.BLOCK), trace.value): count for trace, count in counts.items()}


@contextmanager
def _refusals_of(path: Path, shown: str) -> Iterator[None]:
    """Let no refusal of the block say the name of a file whose name is not to be said; whatever goes wrong is one."""
    try:
        yield
    except PayloadRefused as refusal:
        place = refusal.place or Place(shown)
        told = Place(place.file.replace(str(path), shown), place.line, place.column)
        raise PayloadRefused(refusal.code, place=told, **refusal.facts) from None
    except SettingsRefused:
        raise
    except OSError:
        raise PayloadRefused("scan.no-file", place=Place(shown)) from None
    except Exception as failure:  # noqa: BLE001 - the wall: whatever goes wrong blocks, and its words may be a cell's
        raise PayloadRefused("scan.failed", place=Place(shown), error=type(failure).__name__) from None


def _read(path: Path, scratch: Path, *, name: str) -> _Read:
    kind = kind_of(path, name=name)
    if kind is Kind.PARQUET:
        return _read_columnar(path, scratch, name=name)
    cells = TextCells(scratch, name)
    metadata = _read_into(cells, kind, path, name=name)
    return _Read(_tables(cells), metadata, unread=_UNREAD.get(kind, ()))


def _tables(cells: TextCells) -> dict[Path, tuple[str, ...]]:
    rows = cells.finished()
    return {} if rows is None else {rows: tuple(cells.columns)}


def _read_into(cells: TextCells, kind: Kind, path: Path, *, name: str) -> Metadata:
    metadata = Metadata()
    match kind:
        case Kind.TEXT:
            read_delimited(path, cells, name=name)
        case Kind.JSON:
            with path.open("rb") as stream:
                cells.add_rows(rows_of(pieces(stream, name=name)))
        case Kind.WORKBOOK:
            from catalog.scanning.workbook import read_workbook  # noqa: PLC0415 - most files are no workbook

            metadata = read_workbook(path, cells, name=name)
        case Kind.PDF:
            metadata = in_document(_held(path, name=name), name=name)
            cells.add_rows({place: text} for place, text in metadata.texts)
        case _:
            metadata = in_image(_held(path, name=name), name=name)
            cells.add_rows({place: text} for place, text in metadata.texts)
    return metadata


def _read_columnar(path: Path, scratch: Path, *, name: str) -> _Read:
    held = looked_at(path, name=name)
    notes = TextCells(scratch, name)
    notes.add_rows({_NOTES: note} for note in held.notes)
    columns = tuple(column for column in held.columns if column not in held.geometries)
    unread = ("geometries",) if held.geometries else ()
    rows = scratch / "rows.parquet"
    rows.symlink_to(path.resolve())  # the engine takes marks in a file's name for a pattern of names
    return _Read({rows: columns} | _tables(notes), inner_names=held.nested, unread=unread)


def _held(path: Path, *, name: str) -> bytes:
    if path.stat().st_size > _MAX_PICTURE:
        raise PayloadRefused("scan.file-too-large", place=Place(name), mib=_MAX_PICTURE >> 20)
    return path.read_bytes()
