"""Before door 4: the personal-data gate judges what a source sent, in the columns whose surprises treatment would hide.

A partition of the raw store is judged once while the process lives: a walk costs what is new. What is only a doubt, the
DPO may lift for the partition in which it stands (`catalog.gates.waivers`).
"""

from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Final, TypeAlias

import pyarrow.parquet as pq
from pydantic import TypeAdapter

from catalog.gates import PERSONAL_DATA
from catalog.gates.runner import GateRunner
from catalog.gates.subject import Subject, SubjectColumn, Verdict
from catalog.gates.waivers import Waiver, Waivers
from catalog.notes import PARIS
from eclor.errors import GateRefused, Place
from eclor.names import Sha256, Slug
from eclor.sentences.gates import KINDS
from harvesters.intake import Partition, RawDataset

Cleared: TypeAlias = MutableMapping[Slug, frozenset[str]]
"""By dataset, the partitions in which nothing was found, each with what was asked of it."""

_COLUMNS: Final = TypeAdapter(tuple[SubjectColumn, ...])
_RECEIVED: Final = {f"gates.personal-{kind}": f"gates.received-{kind}" for kind in KINDS}
_TOGETHER: Final = "together.parquet"


@dataclass(frozen=True, slots=True)
class Judge:
    """What the gate is asked of a dataset's columns, what the DPO lifted, and what was found clean before."""

    gates: GateRunner
    dataset: Slug
    columns: tuple[SubjectColumn, ...]
    waivers: Waivers
    cleared: Cleared

    def verdict(self, rows: Path, count: int) -> Verdict:
        """Return what the gate says of so many rows."""
        subject = Subject(
            dataset=self.dataset,
            rows=rows.resolve(),
            count=count,
            columns=self.columns,
            schema={},
            required_measures=(),
            expectations=(),
        )
        return self.gates.run(PERSONAL_DATA, subject)


@dataclass(frozen=True, slots=True)
class _Held:
    """A partition and its rows in clear; `mark` is its name, with what is asked of it."""

    partition: Partition
    file: Path
    mark: str

    @property
    def digest(self) -> Sha256:
        """Return the digest that stands for its rows: its name's, which says nothing of them."""
        return Sha256(sha256(self.partition.stands_for.encode()).hexdigest())

    @property
    def arrived(self) -> str:
        """Return the day and hour, in Paris, by which all its rows had come."""
        return f"{self.partition.received_to.astimezone(PARIS):%Y-%m-%d %H:%M}"


@dataclass(frozen=True, slots=True)
class _Seen:
    """What stands in a partition once the DPO's waivers are heard, and those that were."""

    held: _Held
    verdict: Verdict
    lifted: tuple[Waiver, ...]

    @property
    def is_clean(self) -> bool:
        """Tell whether nothing was found, lifted or not."""
        return not self.verdict.faults and not self.lifted

    @property
    def ends_all(self) -> bool:
        """Tell whether something stands that nobody may lift: the others need not be asked about."""
        return any(not fault.doubt for fault in self.verdict.faults)

    def report(self) -> dict[str, object]:
        """Return what was found, for the DPO."""
        return {**self.verdict.internal, "digest": self.held.digest, "arrived": self.held.arrived}


def judge_received(raw: RawDataset, files: Sequence[Path], judge: Judge) -> Waivers:
    """Judge what is held of a dataset; return the waivers, with those that let these rows through.

    `files` are its partitions in clear, in order, in a private folder. Those that are new are judged together, and each
    by itself only if something is found in them. Refuses (`GateRefused`) what the gate blocks, doubts while nobody
    lifted it, or cannot judge: the refusal tells the first fault, its `internal` the report of each partition at fault.
    """
    if not judge.columns:
        return judge.waivers
    asked = sha256(_COLUMNS.dump_json(judge.columns)).hexdigest()
    pairs = zip(raw.partitions, files, strict=True)
    held = [_Held(partition, file, f"{asked}/{partition.stands_for}") for partition, file in pairs]
    clean = judge.cleared.get(judge.dataset, frozenset()).intersection(one.mark for one in held)
    seen = [*_seen([one for one in held if one.mark not in clean], judge)]
    judge.cleared[judge.dataset] = clean.union(one.held.mark for one in seen if one.is_clean)
    at_fault = [one for one in seen if not one.is_clean]
    if any(one.verdict.faults for one in at_fault):
        raise _refusal(raw, at_fault)
    return replace(judge.waivers, before=tuple(waiver for one in at_fault for waiver in one.lifted))


def _seen(fresh: Sequence[_Held], judge: Judge) -> Iterator[_Seen]:
    """Yield what is found in each partition, as far as one in which something stands that nobody may lift."""
    if len(fresh) > 1:
        together = judge.verdict(_together(fresh, judge.columns), sum(one.partition.rows for one in fresh))
        if not together.faults:
            yield from (_Seen(one, together, ()) for one in fresh)
            return
    for one in fresh:
        seen = _Seen(one, *judge.waivers.heard(judge.verdict(one.file, one.partition.rows), one.digest))
        yield seen
        if seen.ends_all:
            return


def _together(fresh: Sequence[_Held], columns: Sequence[SubjectColumn]) -> Path:
    """Write the columns of several partitions in one file, beside them: to open each costs more than to judge it."""
    names, path = [column.name for column in columns], fresh[0].file.with_name(_TOGETHER)
    tables = (pq.read_table(one.file, columns=names) for one in fresh)
    first = next(tables)
    with pq.ParquetWriter(path, first.schema) as writer:
        for table in chain([first], tables):
            writer.write_table(table)
    return path


def _refusal(raw: RawDataset, at_fault: Sequence[_Seen]) -> GateRefused:
    """Return the refusal of the first fault that stands, with the report of each partition at fault."""
    held, first = next((one.held, fault) for one in at_fault for fault in one.verdict.faults)
    facts = {"row": first.row, "column": first.column, "arrived": held.arrived, **first.facts}
    place = Place(f"{raw.source}/{raw.dataset}", first.row)
    refusal = GateRefused(_RECEIVED.get(first.code, first.code), place=place, dataset=raw.dataset, **facts)
    refusal.internal = {PERSONAL_DATA: {"passed": False, "received": [one.report() for one in at_fault]}}
    return refusal
