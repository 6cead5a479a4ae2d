"""A file of all rows now held, brought in through the harvesters' own door: same parsers, same types, same refusals."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from charter.model import Policy, PolicyField
from charter.vocabulary import YesNo
from eclor.errors import PayloadRefused, Place
from eclor.names import Slug
from harvesters import protocols
from harvesters.admission import Admission
from harvesters.collecting import BATCH_ROWS, Collector
from harvesters.declaration import read_declaration
from harvesters.intake import AllowedFields, Delivery, Partition, RawDataset, rows_held
from harvesters.parsing import Columns, Event, RefusedRow, Shape
from harvesters.source import Source

READERS: Final[Mapping[str, str]] = MappingProxyType({".csv": "csv", ".ndjson": "json", ".parquet": "parquet"})
"""What reads a file, by its ending."""

_PARQUET: Final = "parquet"
RAW_FILE: Final = "raw.parquet"


def read_delivery(
    file: Path, policy: Policy, *, received: datetime, into: Path, held_since: datetime | None = None
) -> tuple[RawDataset, tuple[Path, ...]]:
    """Read a CSV, NDJSON or Parquet file of a policy's columns; write its rows, typed, in the private folder `into`.

    A table (LANGUAGE.md section 5, "Delivery"): a column that is undeclared, or that is not collected, refuses it
    whole. `held_since` is when its retention begins, where that is not when it came. Refuses (`PayloadRefused`) what
    cannot be read for sure; rows that are refused one by one are counted.
    """
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        raise PayloadRefused("apply.unknown-ending", place=Place(str(file)), known=" ".join(READERS))
    source = _declared(policy, reader, file, into)
    allowed = AllowedFields.of(
        collected=[field.name for field in policy.fields if field.collected is YesNo.YES],
        refused=[field.name for field in policy.fields if field.collected is YesNo.NO],
    )
    collector = Collector(Admission.of(source, allowed, shape=Shape.TABLE))
    rows = _written(collector, _events(file, reader), into / RAW_FILE)
    counts = collector.settle(name=str(file))
    since = held_since or received
    partition = Partition(_identifier(into / RAW_FILE), rows, since, since)
    delivery = Delivery(collector.admission.columns, (partition,), counts, received)
    return rows_held(Slug(policy.dataset), source.name, [delivery]), (into / RAW_FILE,)


def _identifier(file: Path) -> str:
    """Return the name of these rows and no others: a later result knows whether it holds the same."""
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _declared(policy: Policy, reader: str, file: Path, into: Path) -> Source:
    """Declare the file as the only flow of a source, through door 1; its columns are headed by their names."""
    flow = {
        "jeu": policy.dataset,
        "protocole": "csv" if reader == _PARQUET else reader,
        "acces": "depot",
        "adresse": file.name,
        "toutes_les": "1 jour",
        "colonnes": [_column(field) for field in policy.fields if field.collected is YesNo.YES],
    }
    source = {"source": policy.dataset, "titre": policy.title, "exploitant": "eclor apply", "simule": "non"}
    declaration = into / "declared" / file.name  # what a refusal names
    declaration.parent.mkdir(exist_ok=True)
    declaration.write_text(json.dumps({**source, "flux": [flow]}, ensure_ascii=False), "utf-8")
    (declared,) = read_declaration(declaration, endpoints={})
    return declared


def _column(field: PolicyField) -> dict[str, object]:
    column: dict[str, object] = {"nom": field.name, "chemin": field.name, "type": field.type.value}
    return column if field.decimals is None else {**column, "decimales": field.decimals}


def _written(collector: Collector, events: Iterator[Event | Columns], path: Path) -> int:
    """Type the rows, batch by batch, and write them; count those that came in."""
    rows = 0
    writer: pq.ParquetWriter | None = None
    for batch in _batches(collector, events):
        writer = writer or pq.ParquetWriter(path, batch.schema, compression="zstd")
        writer.write_table(batch)
        rows += batch.num_rows
    if writer is not None:
        writer.close()
    return rows


def _batches(collector: Collector, events: Iterator[Event | Columns]) -> Iterator[pa.Table]:
    for event in events:
        if isinstance(event, RefusedRow):
            collector.refuse(event)
        elif isinstance(event, dict):
            collector.take(event)
        elif isinstance(event, Columns):
            yield collector.batch_of(event)
        if collector.pending >= BATCH_ROWS:
            yield collector.batch()
    yield collector.batch()


def _events(file: Path, reader: str) -> Iterator[Event | Columns]:
    with _opened(file) as stream:
        if reader == _PARQUET:
            yield from _parquet_rows(stream, file)
        else:
            protocol = protocols.load(reader)
            yield from (protocol.columns or protocol.parse)(stream, name=str(file), options={})


@contextmanager
def _opened(file: Path) -> Iterator[BinaryIO]:
    try:
        stream = file.open("rb")
    except OSError as error:
        raise PayloadRefused("payload.no-file", place=Place(str(file))) from error
    with stream:
        yield stream


def _parquet_rows(stream: BinaryIO, file: Path) -> Iterator[Event]:
    try:
        table = pq.ParquetFile(stream)
        for batch in table.iter_batches(batch_size=BATCH_ROWS):
            yield from batch.to_pylist()
    except pa.ArrowException:
        unreadable = True
    else:
        unreadable = False
    if unreadable:
        raise PayloadRefused("apply.unreadable-parquet", place=Place(str(file)))
