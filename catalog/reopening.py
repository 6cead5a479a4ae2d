"""The rows of a published version, read back from each of its formats and held against what the policy promises."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from catalog.proof import Proof
from charter.model import Policy
from charter.vocabulary import EmptyCells, Shape, Statistic, YesNo
from eclor.errors import VerificationFailed

PlainRow = Mapping[str, object]
MASKED: Final = "masque"
PUBLISHED: Final = "publie"
NUMBERS: Final = (int, float, Decimal)
_BATCH: Final = 20_000
_ALWAYS_THERE: Final = frozenset({Statistic.ROW_COUNT, Statistic.DISTINCT_COUNT, Statistic.SUM})
"""What a published cell always shows; a mean has no value where no row had one."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What every row of a table keeps: its measures, those always there, and the least that each may show."""

    measures: frozenset[str]
    always: frozenset[str]
    least: Mapping[str, int]
    zero: bool
    """Whether an empty cell is shown as zero."""

    @classmethod
    def of(cls, policy: Policy) -> "Promise":
        """Return what a policy promises of each row."""
        measures = policy.publication.measures or ()
        return cls(
            measures=frozenset(measure.name for measure in measures),
            always=frozenset(measure.name for measure in measures if measure.statistic in _ALWAYS_THERE),
            least=MappingProxyType(dict(_least(policy))),
            zero=policy.guarantees.empty_cells is EmptyCells.PUBLISH,
        )

    def keeps(self, row: PlainRow) -> bool:
        """Say whether a row is either masked and empty, or published and no smaller than its threshold."""
        match row.get("statut"):
            case "masque":
                return all(row.get(name) is None for name in self.measures)
            case "publie":
                there = all(isinstance(row.get(name), NUMBERS) for name in self.always)
                return there and all(self._enough(row.get(name), least) for name, least in self.least.items())
            case _:
                return False

    def _enough(self, value: object, least: int) -> bool:
        return isinstance(value, NUMBERS) and (value >= least or (value == 0 and self.zero))


def _least(policy: Policy) -> Iterator[tuple[str, int]]:
    """Give, for each count of the units that a threshold names, that threshold as rounding shows it."""
    rounding = policy.guarantees.rounding
    base = rounding.round_to if rounding and rounding.active is YesNo.YES and rounding.round_to else 1
    for measure in policy.publication.measures or ():
        for entry in policy.guarantees.minimum_counts or ():
            if measure.statistic is Statistic.DISTINCT_COUNT and entry.fields == (measure.field,):
                yield measure.name, (2 * entry.k + base) // (2 * base) * base


def check_rows(folder: Path, proof: Proof, policy: Policy) -> None:
    """Read every format back. Refuses (`VerificationFailed`, naming the file) rows that differ from what is promised.

    The promise: as many rows and masked rows as the proof says; a masked row shows no measure, in any format; no count
    of units stands under its threshold. Cost: one pass a format, one batch in memory.
    """
    promise = Promise.of(policy) if policy.publication.shape is Shape.TABLE else None
    for name, read in READERS.items():
        try:
            rows, masked, kept = _counted(read(folder / name, proof), promise)
        except (
            ValueError,
            LookupError,
            TypeError,
            OSError,
            ArithmeticError,
            csv.Error,
            pa.ArrowException,
            RecursionError,
        ) as wrong:
            raise VerificationFailed("verify.unreadable", file=name) from wrong
        if (rows, masked) != (proof.rows, proof.masked):
            raise VerificationFailed("verify.counts", file=name)
        if not kept:
            raise VerificationFailed("verify.promise", file=name)


def _counted(rows: Iterator[PlainRow], promise: Promise | None) -> tuple[int, int, bool]:
    """Return how many rows there are, how many are masked, and whether all keep the promise."""
    count = masked = 0
    kept = True
    for row in rows:
        count += 1
        masked += promise is not None and row.get("statut") == MASKED
        kept = kept and (promise is None or promise.keeps(row))
    return count, masked, kept


def _csv_rows(path: Path, proof: Proof) -> Iterator[PlainRow]:
    measures = {column.name for column in proof.columns if column.kind == "measure"}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            yield {name: _number(value) if name in measures else value for name, value in row.items()}


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _json_rows(path: Path, proof: Proof) -> Iterator[PlainRow]:
    """Read the array a line at a time, as it is written: it never stands whole in memory."""
    del proof
    with path.open("rb") as file:
        for line in file:
            text = line.strip().removesuffix(b",")
            if text not in {b"[", b"]"}:
                yield json.loads(text)


def _ndjson_rows(path: Path, proof: Proof) -> Iterator[PlainRow]:
    del proof
    with path.open("rb") as file:
        yield from (json.loads(line) for line in file)


def _parquet_rows(path: Path, proof: Proof) -> Iterator[PlainRow]:
    del proof
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=_BATCH):
            yield from batch.to_pylist()


READERS: Final[Mapping[str, Callable[[Path, Proof], Iterator[PlainRow]]]] = MappingProxyType(
    {
        "data.csv": _csv_rows,
        "data.json": _json_rows,
        "data.ndjson": _ndjson_rows,
        "data.parquet": _parquet_rows,
    }
)
"""The formats that every version has."""
