"""A file of all rows now held, brought in through the harvesters' own door: same parsers, same types, same refusals."""

from collections import deque
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO, Final

from charter.model import Policy
from charter.vocabulary import YesNo
from eclor.errors import PayloadRefused, Place
from eclor.names import Slug
from eclor.offline.flow import Flow, plain_flow
from eclor.offline.parquet import ParquetRows
from eclor.world import FixedClock
from harvesters.admission import Admission
from harvesters.intake import AllowedFields, Delivery, IntakeCounts, Partition, RawDataset, rows_held
from harvesters.reach import Payload
from harvesters.reading import Reading
from harvesters.scrutiny import Scrutiny

RAW_FILE: Final = "raw.parquet"


def read_delivery(  # noqa: PLR0913 - what is read, as what, when it came, and where to
    file: Path,
    policy: Policy,
    *,
    received: datetime,
    into: Path,
    held_since: datetime | None = None,
    flow: Flow | None = None,
    scrutiny: Scrutiny | None = None,
) -> tuple[RawDataset, tuple[Path, ...]]:
    """Read a file as a flow delivers it; write its rows, typed, in the private folder `into`.

    Without a flow it is a CSV, NDJSON or Parquet of the policy's columns. `held_since` is when its retention begins,
    where that is not when it came. Refuses (`PayloadRefused`) what cannot be read for sure; rows that are refused one
    by one are counted, or with `scrutiny` refuse the file.
    """
    read_by = flow or plain_flow(file, policy, into)
    allowed = AllowedFields.of(
        collected=[field.name for field in policy.fields if field.collected is YesNo.YES],
        refused=[field.name for field in policy.fields if field.collected is YesNo.NO],
    )
    admission = Admission.of(read_by.source, allowed, shape=read_by.shape)
    rows, since = ParquetRows(into / RAW_FILE), held_since or received
    reading = Reading(read_by.protocol, admission, read_by.keeping, rows, FixedClock(since), scrutiny)
    counts = _read(file, reading, rows)
    partition = Partition(_identifier(into / RAW_FILE), rows.rows, since, since)
    delivery = Delivery(admission.columns, (partition,), counts, received)
    return rows_held(Slug(policy.dataset), read_by.source.name, [delivery]), (into / RAW_FILE,)


def _read(file: Path, reading: Reading, rows: ParquetRows) -> IntakeCounts:
    """Read a file into typed rows, whole; return what was seen."""
    with closing(rows), _opened(file) as stream:
        deque(reading.rows(Payload(str(file), stream, dict, taken=stream.tell)), maxlen=0)
        counts = reading.settle(name=str(file))
    return replace(counts, repeated=counts.repeated + reading.watch.twice)


def _identifier(file: Path) -> str:
    """Return the name of these rows and no others: a later result knows whether it holds the same."""
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


@contextmanager
def _opened(file: Path) -> Iterator[BinaryIO]:
    try:
        stream = file.open("rb")
    except OSError as error:
        raise PayloadRefused("payload.no-file", place=Place(str(file))) from error
    with stream:
        yield stream
