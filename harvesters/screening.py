"""Units that a dataset must no longer hold: known by keyed marks, left out of what comes in before it is stored.

A person who objects is left out for good; one whose rows were erased is left out of what was already on its way then.
Marks are HMAC-SHA-256 under a key of the dataset's own, in a sealed file: no identifier is kept to keep it out.
"""

import hmac
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from eclor.durable import sync_folder
from eclor.world import Secret, World
from harvesters.sealed_file import PREFIX_SIZE, read_sealed, write_sealed

FILE: Final = ".screen"
_SEAL_KEY: Final = "screen-seal."
_MARK_KEY: Final = "screen-mark."
KEY_NAMES: Final = (_SEAL_KEY, _MARK_KEY)
"""Beginnings of the names of the two keys of a dataset's screen."""


@dataclass(frozen=True, slots=True)
class Screened:
    """One unit, by its mark; `until` is none for an objection, else rows received later are let in."""

    mark: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """The units screened of one dataset, by column. `key` is none while nobody is."""

    columns: Mapping[str, frozenset[Screened]] = field(default_factory=dict)
    key: Secret | None = None

    def __bool__(self) -> bool:
        return any(self.columns.values())

    def without(self, table: pa.Table, *, received_from: datetime) -> pa.Table:
        """Return the rows of a batch that hold nobody screened."""
        met = self.met(table, received_from=received_from)
        return table if met is None else table.filter(pc.invert(met))

    def met(self, table: pa.Table, *, received_from: datetime) -> pa.ChunkedArray | None:
        """Say of each row of a batch whether it holds somebody screened; None: none does. One HMAC a distinct value."""
        found: pa.ChunkedArray | None = None
        for column, screened in self.columns.items():
            marks = {one.mark for one in screened if one.until is None or received_from <= one.until}
            if not marks or self.key is None or column not in table.column_names:
                continue
            names = name_texts(table[column])
            met = [text for text in pc.unique(names).to_pylist() if text and mark_of(self.key, text) in marks]
            if met:
                here = pc.is_in(names, value_set=pa.array(met, pa.string()))
                found = here if found is None else pc.or_(found, here)
        return found


def normal(text: str) -> str:
    """Return an identifier as it is compared: NFC, trimmed, as a pseudonym is made (LANGUAGE.md section 6)."""
    return unicodedata.normalize("NFC", text).strip()


def name_texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column of identifiers as normal texts."""
    texts = column.cast(pa.string())
    return pc.utf8_trim_whitespace(pc.utf8_normalize(texts, form="NFC"))


def holding(table: pa.Table, columns: Iterable[str], wanted: Collection[str]) -> pa.Array:
    """Return which rows hold one of the wanted normal texts in one of the columns."""
    values = pa.array(sorted(wanted), pa.string())
    found = pa.repeat(pa.scalar(value=False), table.num_rows)
    for column in columns:
        if column in table.column_names:
            found = pc.or_(found, pc.is_in(name_texts(table[column]).combine_chunks(), value_set=values))
    return found


def mark_of(key: Secret, text: str) -> str:
    """Return the mark of a normal text."""
    return hmac.digest(key.reveal(), text.encode(), "sha256").hex()


def read_screen(place: Path, world: World) -> Screen:
    """Return the screen of a dataset's folder. Refuses (`PayloadRefused`) a damaged one: nothing then comes in."""
    path = place / FILE
    if not path.exists():
        return Screen()
    name = f"{_SEAL_KEY}{_named(place)}"
    content = b"".join(read_sealed(path, key=world.keys.partition_key(name), name=name))
    columns = {
        column: frozenset(Screened(mark, until and datetime.fromisoformat(until)) for mark, until in marks)
        for column, marks in orjson.loads(content).items()
    }
    return Screen(columns, _mark_key(place, world))


def screen_out(
    place: Path, columns: Iterable[str], units: Collection[str], *, until: datetime | None, world: World
) -> None:
    """Add units to a dataset's screen, for good or for what was received until an instant. Under the append lock.

    Of those that were there until an earlier instant the later one is kept: a source may say the same each day.
    """
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    held, key = read_screen(place, world), _mark_key(place, world)
    added = frozenset(Screened(mark_of(key, normal(unit)), until) for unit in units)
    together = {name: _latest(held.columns.get(name, frozenset()) | added) for name in columns}
    write_screen(place, {**held.columns, **together}, world)


def _latest(screened: frozenset[Screened]) -> frozenset[Screened]:
    ended = {one for one in screened if one.until is not None}
    last = {one.mark: one for one in sorted(ended, key=lambda one: str(one.until))}
    return frozenset({*(screened - ended), *last.values()})


def write_screen(place: Path, columns: Mapping[str, frozenset[Screened]], world: World) -> None:
    """Write a screen whole and durable. Under the append lock."""
    plain = {
        column: sorted(((one.mark, one.until and one.until.isoformat()) for one in marks), key=str)
        for column, marks in columns.items()
    }
    name, half = f"{_SEAL_KEY}{_named(place)}", place / f"{FILE}.half"
    half.unlink(missing_ok=True)
    key, prefix = world.keys.partition_key(name), world.randomness.bytes(PREFIX_SIZE)
    write_sealed(half, memoryview(orjson.dumps(plain)), key=key, name=name, prefix=prefix)
    half.replace(place / FILE)
    sync_folder(place)


def _mark_key(place: Path, world: World) -> Secret:
    return world.keys.partition_key(f"{_MARK_KEY}{_named(place)}")


def _named(place: Path) -> str:
    return f"{place.parent.name}.{place.name}"
