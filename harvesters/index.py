"""The plain index of the raw store: one small file a delivery, which says what is held and never a value.

A delivery is held from the moment its file has its name. `sequence` orders the deliveries of a dataset; one that
`replaces` hides all earlier ones of its flow. `cursor` is what the flow remembers after it, committed with its rows.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import orjson

from eclor.durable import write_whole
from eclor.errors import Busy, PayloadRefused, Place
from eclor.names import FieldName
from harvesters.cursors import Cursor
from harvesters.intake import Delivery, IntakeCounts, Partition, RawColumn

SUFFIX: Final = ".delivery.json"
_FORMAT: Final = 1
_LOOKS: Final = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One delivery of the index."""

    sequence: int
    flow: str
    replaces: bool
    absorbs: tuple[int, ...]
    """Sequences of the deliveries of which this one holds the rows: they are hidden."""
    cursor: Cursor
    delivery: Delivery

    @property
    def file_name(self) -> str:
        """Return the name of the entry's file, which orders as the deliveries came."""
        return f"{self.sequence:010d}{SUFFIX}"


def write_entry(folder: Path, entry: Entry) -> None:
    """Write or replace an entry's file, whole and durable."""
    plain = {"format": _FORMAT, **asdict(entry)}
    write_whole(folder / entry.file_name, orjson.dumps(plain, option=orjson.OPT_INDENT_2), mode=0o600)


def sweep_halves(folder: Path) -> None:
    """Remove the index files that a crash left half written. Under the commit lock."""
    for half in folder.glob(f".*{SUFFIX}.*"):
        half.unlink(missing_ok=True)


def entries(folder: Path) -> list[Entry]:
    """Return all the entries of a dataset's folder, oldest first; refuse (`PayloadRefused`) one that cannot be read."""
    for _ in range(_LOOKS):
        # An entry that goes while we look was hidden by one that came: look again, else neither is seen.
        with suppress(FileNotFoundError):
            return [_read(path) for path in sorted(folder.glob(f"*{SUFFIX}"))]
    raise Busy("store.busy", folder=folder.name)


def held(all_entries: list[Entry]) -> list[Entry]:
    """Return the entries that a later one does not hide, oldest rows first."""
    replacing = {entry.flow: entry.sequence for entry in all_entries if entry.replaces}
    absorbed = {sequence for entry in all_entries for sequence in entry.absorbs}
    shown = [
        entry
        for entry in all_entries
        if entry.sequence >= replacing.get(entry.flow, 0) and entry.sequence not in absorbed
    ]
    return sorted(shown, key=lambda entry: min(entry.absorbs, default=entry.sequence))


def next_sequence(folder: Path) -> int:
    """Return the sequence of the next delivery; under the commit lock."""
    return max((entry.sequence for entry in entries(folder)), default=0) + 1


def newest(folder: Path) -> str:
    """Return the name of the last delivery's file, or "" before the first; costs a look at the folder."""
    return max((path.name for path in folder.glob(f"*{SUFFIX}")), default="")


def without(entry: Entry, identifier: str) -> Entry:
    """Return an entry that no longer holds a partition.

    It keeps its cursor, unless it was whole and holds nothing now: its source is then asked for all of it again.
    """
    partitions = tuple(other for other in entry.delivery.partitions if other.identifier != identifier)
    cursor = {} if entry.replaces and not partitions else entry.cursor
    return replace(entry, cursor=cursor, delivery=replace(entry.delivery, partitions=partitions))


def holds(entry: Entry, identifier: str) -> bool:
    """Say whether an entry holds the partition of that identifier."""
    return any(partition.identifier == identifier for partition in entry.delivery.partitions)


def is_held(folder: Path, identifier: str) -> bool:
    """Say whether a folder holds that partition now, one that a later delivery hides included."""
    return any(holds(entry, identifier) for entry in entries(folder))


def changed(entry: Entry, identifier: str, into: Partition) -> Entry:
    """Return an entry that holds another partition in the place of one."""
    partitions = tuple(into if one.identifier == identifier else one for one in entry.delivery.partitions)
    return replace(entry, delivery=replace(entry.delivery, partitions=partitions))


def _read(path: Path) -> Entry:
    try:
        plain = orjson.loads(path.read_bytes())
        if plain["format"] != _FORMAT:
            raise PayloadRefused("store.damaged", place=Place(path.name))
        return Entry(
            sequence=plain["sequence"],
            flow=plain["flow"],
            replaces=plain["replaces"],
            absorbs=tuple(plain["absorbs"]),
            cursor=plain["cursor"],
            delivery=_delivery(plain["delivery"]),
        )
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise PayloadRefused("store.damaged", place=Place(path.name)) from error


def _delivery(plain: dict[str, Any]) -> Delivery:
    counts = plain["counts"]
    counts["unmapped"] = tuple(counts["unmapped"])
    counts["reasons"] = tuple((reason, times) for reason, times in counts["reasons"])
    return Delivery(
        columns=tuple(
            RawColumn(FieldName(column["name"]), column["type"], int(column["decimals"])) for column in plain["columns"]
        ),
        partitions=tuple(_partition(partition) for partition in plain["partitions"]),
        counts=IntakeCounts(**counts),
        received_at=datetime.fromisoformat(str(plain["received_at"])),
    )


def _partition(plain: Mapping[str, str]) -> Partition:
    return Partition(
        identifier=plain["identifier"],
        rows=int(plain["rows"]),
        received_from=datetime.fromisoformat(plain["received_from"]),
        received_to=datetime.fromisoformat(plain["received_to"]),
        origin=plain.get("origin", ""),
        sealed=plain.get("sealed", ""),
    )
