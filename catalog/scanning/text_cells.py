"""The cells of any table as one Parquet file of texts, written block by block."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from catalog.scanning.headers import MAX_COLUMNS
from eclor.errors import PayloadRefused, Place

if TYPE_CHECKING:
    import pyarrow.parquet as pq

Cells = Mapping[str, Sequence[str | None]]
"""Columns of one length, by their names."""
BLOCK_ROWS: Final = 50_000
BLOCK_CHARACTERS: Final = 8_000_000
"""So many make a block, empty cells counted too: what waits in memory."""
_MEMORY: Final = "256MB"


@dataclass(slots=True)
class TextCells:
    """Writes blocks of cells into `folder`. A column may come late: the file then is made of parts."""

    folder: Path
    name: str
    columns: dict[str, None] = field(default_factory=dict)
    """In the order in which they came."""
    _folded: dict[str, str] = field(default_factory=dict)
    _parts: list[Path] = field(default_factory=list)
    _writer: "pq.ParquetWriter | None" = None
    _written: tuple[str, ...] = ()

    def add(self, cells: Cells) -> None:
        """Write a block; refuses (`PayloadRefused`) more columns than a table may have."""
        import pyarrow as pa  # noqa: PLC0415 - heavy: a file that is refused needs it not

        cells = {self._own(name): texts for name, texts in cells.items()}
        if tuple(cells) != self._written or self._writer is None:
            self._start(tuple(cells))
        assert self._writer is not None, "a part was started"
        self._writer.write_table(pa.table({name: pa.array(texts, pa.string()) for name, texts in cells.items()}))

    def add_rows(self, rows: Iterable[Mapping[str, str | None]]) -> None:
        """Write rows whose columns may differ, some at a time."""
        held: list[Mapping[str, str | None]] = []
        present: dict[str, None] = {}
        characters = 0
        for row in rows:
            held.append(row)
            present |= dict.fromkeys(row)
            self._refuse_beyond(len(present))
            characters += sum(len(text or "") for text in row.values())
            if len(held) >= BLOCK_ROWS or characters + len(held) * len(present) >= BLOCK_CHARACTERS:
                self._add_held(held, present)
                held, present, characters = [], {}, 0
        if held:
            self._add_held(held, present)

    def _add_held(self, rows: Sequence[Mapping[str, str | None]], present: Mapping[str, None]) -> None:
        names = [*(name for name in self.columns if name in present), *(n for n in present if n not in self.columns)]
        self.add({name: [row.get(name) for row in rows] for name in names})

    def _own(self, name: str) -> str:
        """Return the name as this file has it: the engine takes two that differ by case for one."""
        if name in self.columns:
            return name
        own, again = name, 2
        while own.casefold() in self._folded and self._folded[own.casefold()] != own:
            own, again = f"{name} ({again})", again + 1
        self._folded[own.casefold()] = own
        self.columns[own] = None
        self._refuse_beyond(len(self.columns))
        return own

    def _refuse_beyond(self, columns: int) -> None:
        if columns > MAX_COLUMNS:
            raise PayloadRefused("scan.too-wide", place=Place(self.name), columns=MAX_COLUMNS)

    def _start(self, names: tuple[str, ...]) -> None:
        import pyarrow as pa  # noqa: PLC0415 - as above
        import pyarrow.parquet as pq  # noqa: PLC0415 - as above

        self.close()
        part = self.folder / f"part-{len(self._parts)}.parquet"
        self._writer = pq.ParquetWriter(part, pa.schema([(name, pa.string()) for name in names]), compression="lz4")
        self._parts.append(part)
        self._written = names

    def close(self) -> None:
        """Let go of the part that is being written."""
        if self._writer is not None:
            self._writer.close()
        self._writer = None

    def finished(self) -> Path | None:
        """Return the file with all cells; None if there is no column at all."""
        self.close()
        if len(self._parts) <= 1:
            return next(iter(self._parts), None)
        import duckdb  # noqa: PLC0415 - heavy: most files have one part

        whole = self.folder / "whole.parquet"
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": _MEMORY,
            "threads": 1,
            "temp_directory": str(self.folder),
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        with duckdb.connect(config=config) as connection:
            parts = connection.read_parquet([str(part) for part in self._parts], union_by_name=True)
            parts.write_parquet(str(whole), compression="lz4", row_group_size=20_000)
        return whole
