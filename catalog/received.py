"""Before door 4: the personal-data gate judges what a source sent, in the columns whose surprises treatment would hide.

Each partition of the raw store is judged by itself, and once while the process lives: a walk costs what is new. What
is only a doubt, the DPO may lift for the partition in which it stands (`catalog.gates.waivers`).
"""

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Final, TypeAlias

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

Cleared: TypeAlias = MutableMapping[Slug, frozenset[Sha256]]
"""By dataset, the partitions in which nothing was found, each with what was asked of it."""

_COLUMNS: Final = TypeAdapter(tuple[SubjectColumn, ...])
_RECEIVED: Final = {f"gates.personal-{kind}": f"gates.received-{kind}" for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Judge:
    """Who judges what is received: the gates, what the DPO lifted, and what was found clean before."""

    gates: GateRunner
    waivers: Waivers
    cleared: Cleared


@dataclass(frozen=True, slots=True)
class _Seen:
    """What stands in a partition once the DPO's waivers are heard, and those that were."""

    partition: Partition
    rows: Sha256
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
        return {"rows": self.rows, "arrived": _arrival(self.partition), **self.verdict.internal}


def judge_received(raw: RawDataset, files: Sequence[Path], columns: Sequence[SubjectColumn], judge: Judge) -> Waivers:
    """Judge what is held of a dataset; return the waivers, with those that let these rows through.

    `files` are its partitions in clear, in order. Refuses (`GateRefused`) what the gate blocks, doubts while nobody
    lifted it, or cannot judge: the refusal tells the first fault, its `internal` the report of each partition at fault.
    """
    if not columns:
        return judge.waivers
    asked = sha256(_COLUMNS.dump_json(tuple(columns))).hexdigest()
    marks = [Sha256(f"{asked}/{partition.stands_for}") for partition in raw.partitions]
    clean = {*marks} & judge.cleared.get(raw.dataset, frozenset())
    seen: list[_Seen] = []
    for partition, file, mark in zip(raw.partitions, files, marks, strict=True):
        if mark in clean:
            continue
        one = _judged(_subject(raw, partition, file, columns), partition, judge)
        if one.is_clean:
            clean.add(mark)
        else:
            seen.append(one)
        if one.ends_all:
            break
    judge.cleared[raw.dataset] = frozenset(clean)
    if any(one.verdict.faults for one in seen):
        raise _refusal(raw, seen)
    return replace(judge.waivers, before=tuple(waiver for one in seen for waiver in one.lifted))


def _subject(raw: RawDataset, partition: Partition, file: Path, columns: Sequence[SubjectColumn]) -> Subject:
    return Subject(
        dataset=raw.dataset,
        rows=file.resolve(),
        count=partition.rows,
        columns=tuple(columns),
        schema={},
        required_measures=(),
        expectations=(),
    )


def _judged(subject: Subject, partition: Partition, judge: Judge) -> _Seen:
    rows = Sha256(sha256(partition.stands_for.encode()).hexdigest())
    verdict, lifted = judge.waivers.heard(judge.gates.run(PERSONAL_DATA, subject), rows)
    return _Seen(partition, rows, verdict, lifted)


def _refusal(raw: RawDataset, seen: Sequence[_Seen]) -> GateRefused:
    """Return the refusal of the first fault that stands, with the report of each partition at fault."""
    partition, first = next((one.partition, fault) for one in seen for fault in one.verdict.faults)
    told = {"row": first.row, "column": first.column, "arrived": _arrival(partition), **first.facts}
    place = Place(f"{raw.source}/{raw.dataset}", first.row)
    refusal = GateRefused(_RECEIVED.get(first.code, first.code), place=place, dataset=raw.dataset, **told)
    refusal.internal = {PERSONAL_DATA: {"passed": False, "received": [one.report() for one in seen]}}
    return refusal


def _arrival(partition: Partition) -> str:
    return f"{partition.received_to.astimezone(PARIS):%Y-%m-%d %H:%M}"
