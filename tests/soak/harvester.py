"""A child that harvests the demonstration while its systems misbehave, one flow after the other, until its stdin ends.

`python -m tests.soak.harvester SYSTEMS_HOME FOLDER`, what the systems announced on the first line of stdin. Each trial
is a line of JSON on stdout. The lamps misbehave all the while, and are listened to from before the first trial on.
"""

import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pyarrow.parquet as pq
import structlog

from eclor.errors import EclorError, SourceUnavailable
from harvesters.harvest import harvest
from harvesters.intake import AllowedFields, Partition
from harvesters.listening import Listening
from harvesters.raw_store import RawStore
from harvesters.reach import MIB, Reach
from harvesters.receiving import Keeping
from harvesters.simulators.leash import when_stdin_ends
from harvesters.simulators.misbehaviour import FILE, Misbehaviour, write_orders
from harvesters.source import Source
from tests.e2e.simulators.flows import CALM, allowed_in, place, sources_of, system_behind

TROUBLES = "lamps=late,duplicate,malformed,slow,truncated,slow,huge,slow"
PATIENCE = replace(CALM, read_s=60, whole_s=300, most_bytes=8 * MIB)
"""Waits for simulators that share a busy machine; hangs up on what is huge."""
VISITS = 3
_ARCHIVES = frozenset({"gtfs", "netex"})
"""Of these a flow reads its own members: others may come damaged, and its rows be right."""
_AGAIN = 3
"""Times that a live source is read beside, until nothing changed between the two readings."""


@dataclass(frozen=True)
class Trial:
    """A flow before, while and after its system misbehaved."""

    dataset: str
    kind: str
    codes: tuple[str, ...]
    """What each visit was refused for; empty where it was not."""
    calm: tuple[str, str]
    """The same of the visits before and after, to a system that behaves."""
    untouched: bool
    """Whether what was held stayed, to the partition, where every visit was refused."""
    recovered: bool
    """Whether the visits to a system that behaves were taken."""
    same: bool
    """Whether what is held then is what somebody who was never misled reads."""
    as_announced: bool
    """Whether the bytes that were accepted last are those that the system's strong ETag speaks of."""


@dataclass(frozen=True)
class Harvester:
    """One flow, its own store, and where its system takes orders."""

    flow: Source
    allowed: AllowedFields
    store: RawStore
    reach: Reach
    orders: Path

    def tried(self, kind: Misbehaviour) -> Trial:
        self._order()
        first = self._visit(self.store)
        before = self._partitions()
        self._order(f"{system_behind(self.flow)}={kind.value}")
        codes = tuple(self._visit(self.store) for _ in range(VISITS))
        after = self._partitions()
        self._order()
        same = any(self._as_others_read() for _ in range(_AGAIN))
        calm = first, self._visit(self.store)
        return Trial(
            self.flow.dataset, kind.value, codes, calm,
            untouched=before == after or "" in codes,
            same=same,
            recovered=calm == ("", ""),
            as_announced=self._as_announced(),
        )  # fmt: skip

    def _partitions(self) -> tuple[Partition, ...]:
        try:
            return self.store.held(self.flow.dataset, self.flow.name).partitions
        except SourceUnavailable:  # nothing was ever taken: a trial that failed, told as one
            return ()

    def _order(self, *orders: str) -> None:
        write_orders(self.orders, [TROUBLES, *orders])

    def _visit(self, store: RawStore) -> str:
        try:
            harvest(self.flow, self.allowed, keeping=Keeping.REPLACE, store=store, reach=self.reach)
        except EclorError as refusal:
            return refusal.code
        return ""

    def _as_others_read(self) -> bool:
        with tempfile.TemporaryDirectory() as folder:
            other = RawStore(Path(folder) / "raw", self.store.world)
            if (self._visit(self.store), self._visit(other)) != ("", ""):
                return False
            return self._rows(self.store, Path(folder) / "one") == self._rows(other, Path(folder) / "two")

    def _rows(self, store: RawStore, scratch: Path) -> tuple[int, int]:
        """Return what tells one bag of rows from another, whatever their order, in little memory."""
        raw = store.held(self.flow.dataset, self.flow.name)
        count = told = 0
        with store.opened(raw, into=scratch) as files:
            for batch in (batch for file in files for batch in pq.ParquetFile(file).iter_batches(10_000)):
                for row in batch.to_pylist():
                    count, told = count + 1, told + int.from_bytes(hashlib.sha256(str(row).encode()).digest())
        return count, told

    def _as_announced(self) -> bool:
        if self.flow.protocol in _ARCHIVES or "pages" in self.flow.options:
            return True
        cursor = self.store.cursor(self.flow)
        announced = str(cursor.get("etag") or "").strip('"')
        return not announced or announced == cursor["sha256"]


def harvesters(home: Path, folder: Path, where: dict[str, str]) -> Iterator[Harvester]:
    """Every flow that is asked for over HTTP but the lighting's export of a day, which passes as it is."""
    for flow in sources_of(where):
        if flow.access not in {"mqtt", "depot"} and "historique" not in flow.endpoint:
            store, reach = place(where, folder / flow.flow, PATIENCE)
            yield Harvester(flow, allowed_in(flow.dataset), store, reach, home / FILE)


def main(home: Path, folder: Path) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    where = json.loads(sys.stdin.readline())
    stop, listening = Event(), Event()
    when_stdin_ends(stop.set)
    (lamps,) = [flow for flow in sources_of(where) if flow.access == "mqtt"]
    store, reach = place(where, folder)
    told = Listening(lamps, store, reach, lambda _state, _code: listening.set())
    asked = {"keeping": Keeping.APPEND, "stop": stop}
    listener = Thread(target=told.visit, args=[allowed_in(lamps.dataset)], kwargs=asked)
    listener.start()
    listening.wait()
    kinds, flows = list(Misbehaviour), list(harvesters(home, folder, where))
    for number in count():
        if stop.is_set():
            break
        harvester = flows[number % len(flows)]
        trial = harvester.tried(kinds[(number + number // len(flows)) % len(kinds)])
        sys.stdout.write(json.dumps(asdict(trial)) + "\n")
        sys.stdout.flush()
    listener.join()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
