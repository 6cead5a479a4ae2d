"""The words of a version's rows, made beside it once somebody looks for words: `python -m catalog.words_index < ORDER`.

For each piece of the texts of a column, the rows that it stands in; for each run of two or three bytes, the pieces that
hold it; for each whole number, the rows that have it. Made of what was published alone. Readers get it through the API
only. A column of more pieces than `MOST_PIECES`, and one that is neither text nor number, has none of it.
"""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from catalog.beside import Order, make
from catalog.export import Table
from catalog.letters import BETWEEN, canonical
from charter.release_parts import ReleaseColumn

NAME: Final = "words.sqlite"
DENSE: Final = 32
"""Rows of which more than one in so many hold a piece are kept as bits, others as numbers of four bytes."""
MOST_PIECES: Final = 2_000_000
_SETTINGS: Final = ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA page_size = 8192")
_TABLES: Final = (
    "CREATE TABLE columns (place INTEGER PRIMARY KEY, name TEXT, rows INTEGER)",
    "CREATE TABLE pieces (id INTEGER PRIMARY KEY, piece BLOB, many INTEGER, rows BLOB)",
    "CREATE TABLE runs (place INTEGER, run INTEGER, pieces BLOB, PRIMARY KEY (place, run)) WITHOUT ROWID",
    "CREATE TABLE numbers (place INTEGER, n INTEGER, many INTEGER, rows BLOB, PRIMARY KEY (place, n)) WITHOUT ROWID",
)
_MOST_DIGITS: Final = 18
_HALF: Final = 32
_LOW: Final = 2**_HALF - 1
_LONG: Final = 1 << 24
SHORT: Final = 2
"""Bytes of the shortest run; the others have one more."""
Places = npt.NDArray[np.uint32]
Marks = npt.NDArray[np.bool_]
_Pairs = npt.NDArray[np.int64]
_Whole = TypeVar("_Whole", np.uint32, np.int64)
_NONE: Final[_Pairs] = np.zeros(0, np.int64)


def run_of(letters: bytes) -> int:
    """Return the number of a run of two or three bytes; no two have the same."""
    return int.from_bytes(letters, "big") + (_LONG if len(letters) > SHORT else 0)


def packed(places: Places, rows: int) -> bytes:
    """Return places, from 0, of a version of so many rows, as the index keeps them."""
    if len(places) * DENSE <= rows:
        return places.astype("<u4").tobytes()
    bits = np.zeros(rows, np.bool_)
    bits[places] = True
    return np.packbits(bits).tobytes()


def unpacked(kept: bytes, many: int, rows: int) -> Places | Marks:
    """Return what `packed` kept: places, or a mark for each row where they are many."""
    if many * DENSE <= rows:
        return np.frombuffer(kept, "<u4")
    return np.unpackbits(np.frombuffer(kept, np.uint8), count=rows).view(np.bool_)


def once(values: "npt.NDArray[_Whole]") -> "npt.NDArray[_Whole]":
    """Return whole numbers in order, each once, sorted where they lie; `numpy.unique` hashes: ten times dearer."""
    values.sort()
    return np.compress(np.append(True, np.diff(values) != 0)[: len(values)], values)


def write(table: Table, path: Path) -> None:
    """Write the index of a table's texts and numbers."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for statement in (*_SETTINGS, "BEGIN", *_TABLES):
            database.execute(statement)
        first = 1
        for place, column in enumerate(table.columns):
            values = _values(table, column)
            if _is_number(values.type):
                _write_numbers(database, place, values)
            elif pa.types.is_large_string(values.type) and (pieces := _pieces(values)) is not None:
                _write_runs(database, place, (pieces.letters, first))
                _write_pieces(database, pieces, first)
                first += len(pieces.letters)
            else:
                continue
            database.execute("INSERT INTO columns VALUES (?, ?, ?)", (place, column.name, len(values)))
        database.execute("COMMIT")


def _values(table: Table, column: ReleaseColumn) -> pa.ChunkedArray:
    batches = [batch.column(0) for batch in Table(table.path, (column,)).record_batches()]
    values = pa.chunked_array(batches or [pa.array([], pa.string())])
    texts = {pa.string(), pa.dictionary(pa.int32(), pa.string())}
    return pc.cast(values, pa.large_string()) if values.type in texts else values


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or (pa.types.is_decimal128(kind) and kind.precision <= _MOST_DIGITS))


@dataclass(frozen=True, slots=True)
class _Pieces:
    """The pieces of a column, canonical; in pairs, the number of each and the row that it stands in; how many rows."""

    letters: list[bytes]
    pairs: _Pairs
    rows: int


def _pieces(values: pa.ChunkedArray) -> _Pieces | None:
    known: dict[str, int] = {}
    canonicals: dict[str, int] = {}
    pairs, rows = [_NONE], 0
    for chunk in values.chunks:
        parted = pc.split_pattern_regex(chunk, BETWEEN)
        encoded = pc.list_flatten(parted).dictionary_encode()
        met = encoded.dictionary.to_pylist()
        for piece in met:
            if piece not in known:
                known[piece] = canonicals.setdefault(canonical(piece), len(canonicals))
        if len(known) > MOST_PIECES:
            return None
        numbers = np.array([known[piece] for piece in met], np.int64)[encoded.indices.to_numpy()]
        pairs.append(_paired(numbers, pc.list_parent_indices(parted).to_numpy() + rows))
        rows += len(chunk)
    return _Pieces([piece.encode() for piece in canonicals], np.concatenate(pairs), rows)


def _write_pieces(database: sqlite3.Connection, pieces: _Pieces, first: int) -> None:
    kept = (
        (first + number, pieces.letters[number], len(places), packed(places, pieces.rows))
        for number, places in _groups(pieces.pairs)
    )
    database.executemany("INSERT INTO pieces VALUES (?, ?, ?, ?)", kept)


def _write_runs(database: sqlite3.Connection, place: int, pieces: tuple[list[bytes], int]) -> None:
    """Write which pieces, counted from the first, hold each run; no piece holds the byte that is set between them."""
    letters, first = pieces
    blob = np.frombuffer(b"\0".join([*letters, b""]), np.uint8).astype(np.int64)
    owners = np.cumsum(blob == 0)
    for runs in (blob[:-1] << 8 | blob[1:], (blob[:-2] << 16 | blob[1:-1] << 8 | blob[2:]) + _LONG):
        whole = np.flatnonzero(np.minimum.reduce([blob[n : len(runs) + n] for n in range(1 + len(blob) - len(runs))]))
        kept = (
            (place, run, (held + first).astype("<u4").tobytes())
            for run, held in _groups(_paired(runs[whole], owners[whole]))
        )
        database.executemany("INSERT INTO runs VALUES (?, ?, ?)", kept)


def _write_numbers(database: sqlite3.Connection, place: int, values: pa.ChunkedArray) -> None:
    """Write where each whole number stands; no word is another number."""
    whole, places = [_NONE], [_NONE]
    rows = 0
    for chunk in values.chunks:
        unscaled = np.frombuffer(chunk.buffers()[1], np.int64)[:: 2 if pa.types.is_decimal(chunk.type) else 1]
        unscaled = unscaled[chunk.offset : chunk.offset + len(chunk)]
        unit = 10**chunk.type.scale if pa.types.is_decimal(chunk.type) else 1
        there = np.flatnonzero(chunk.is_valid().to_numpy(zero_copy_only=False) & (unscaled % unit == 0))
        whole.append(unscaled[there] // unit)
        places.append(there + rows)
        rows += len(chunk)
    found = np.concatenate(whole)
    numbers = once(found.copy())
    codes = np.searchsorted(numbers, found)
    kept = (
        (place, int(numbers[code]), len(held), packed(held, rows))
        for code, held in _groups(_paired(codes, np.concatenate(places)))
    )
    database.executemany("INSERT INTO numbers VALUES (?, ?, ?, ?)", kept)


def _paired(codes: _Pairs, places: _Pairs) -> _Pairs:
    pairs: _Pairs = codes.astype(np.int64) << _HALF
    pairs |= places.astype(np.int64)
    return pairs


def _groups(pairs: _Pairs) -> Iterator[tuple[int, Places]]:
    """Give each code with its places, each once, in their order."""
    pairs = once(pairs)
    bounds = [0, *(np.flatnonzero(np.diff(pairs >> _HALF)) + 1).tolist(), len(pairs)]
    for start, end in pairwise(bounds if len(pairs) else []):
        yield int(pairs[start] >> _HALF), (pairs[start:end] & _LOW).astype(np.uint32)


def main(text: str) -> int:
    """Make the index that an order asks for."""
    make(Order.read(text), NAME, write)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.stdin.read()))
