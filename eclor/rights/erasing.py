"""Erasure and objection: who asks is screened out first, then every partition that holds them is written again.

The order closes every way round: what is on its way meets the screen when it is held, what is held is rewritten. What
was done is written down before it is done, so that a request cut by a kill is made again and its receipt still says
all. No published aggregate changes; a version whose rows hold the person's own record goes, and a rectified one comes.
"""

import hmac
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from sqlmodel import col, select

from anonymizers.times import PARIS
from catalog.database import reading
from catalog.models import VersionRow
from catalog.recovery import settle
from charter.vocabulary import Shape, YesNo
from eclor.durable import write_whole
from eclor.errors import Busy, EclorError
from eclor.failpoints import failpoint
from eclor.house import House
from eclor.retention.destroying import withdraw_rectified
from eclor.retention.due import Search, code_of
from eclor.retention.leftovers import REQUESTS_KEY
from eclor.retention.minutes import FOLDER, said
from eclor.retention.month_of_requests import add_request, requests
from eclor.retention.running import retention_lock
from eclor.rights.asked import Asked, Right
from eclor.rights.held_rows import Held, Shelf, partitions, rows_of, shelves, waiting
from eclor.world import FileKeyRing
from harvesters.intake import Partition
from harvesters.locks import waiting_for
from harvesters.receiving import APPEND_LOCK
from harvesters.rewriting import rewrite
from harvesters.screening import holding, screen_out


@dataclass(slots=True)
class Done:
    """What a request did to one dataset. `removed` counts rows by the partition they were in."""

    dataset: str
    removed: dict[str, int] = field(default_factory=dict)
    since: str = ""
    waiting: int = 0
    screened: bool = False
    refused: bool = False
    """An objection that the policy does not admit (`opposition.applicable: non`)."""
    versions: list[int] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Return how many rows were taken out."""
        return sum(self.removed.values())


@dataclass(frozen=True, slots=True)
class Answer:
    """A request that was executed, without the identifiers."""

    reference: str
    right: Right
    kind: str
    units: int
    at: datetime
    done: tuple[Done, ...]


def erase(asked: Asked, house: House, *, keep: Callable[[Answer], None]) -> Answer:
    """Execute an erasure or an objection, everywhere at once. May be made again after a kill, and twice.

    `keep` writes the receipt down: what was done is forgotten only after it, so that a kill loses no receipt.
    Refuses (`Busy`) while a purge runs, (`EclorError`) what cannot be read: the request is then not closed, and what is
    done stays done.
    """
    with retention_lock(house):
        now, diary = house.world.clock.now(), _Diary.of(asked, house)
        for shelf in shelves(asked, house):
            _erase_on(shelf, asked, house, diary=diary, now=now)
        answer = Answer(diary.reference, asked.right, asked.kind, len(asked.units), now, tuple(diary.done.values()))
        if not any(one["reference"] == answer.reference for one in requests(house.settings.home)):
            add_request(house.settings.home, _record(answer))
        failpoint("erase.recorded")
        keep(answer)
        failpoint("erase.kept")
        diary.close()
    return answer


def _erase_on(shelf: Shelf, asked: Asked, house: House, *, diary: "_Diary", now: datetime) -> None:
    done = diary.of_dataset(shelf.dataset)
    objects = asked.right is Right.OBJECTION
    done.refused = objects and shelf.policy is not None and shelf.policy.retention.objection.applicable is YesNo.NO
    if done.refused:
        return
    done.screened = objects
    shelf.place.mkdir(mode=0o700, parents=True, exist_ok=True)
    with waiting_for(shelf.place / APPEND_LOCK):
        screen_out(shelf.place, shelf.columns, asked.units, until=None if objects else now, world=house.world)
    failpoint("erase.screened")
    try:
        done.waiting = sum(table.num_rows for table in waiting(shelf, asked, house))
        _rewrite_all(shelf, asked, house, diary=diary)
    except (EclorError, OSError) as refusal:
        raise EclorError("rights.unreadable", dataset=shelf.dataset, cause=code_of(refusal)) from refusal
    if shelf.policy is not None:
        of_rows = shelf.policy.publication.shape is Shape.ROWS
        published = _published(shelf, house) if of_rows or done.rows else []
        if of_rows:
            _withdraw_versions(shelf, published, asked, house, diary=diary, now=now)


def _rewrite_all(shelf: Shelf, asked: Asked, house: House, *, diary: "_Diary") -> None:
    """Rewrite until no partition holds the units: one that was merged meanwhile is looked at too."""
    seen = set[str]()
    while fresh := [one for one in partitions(shelf) if one.partition.identifier not in seen]:
        for one in fresh:
            seen.add(one.partition.identifier)
            if rows := _rows_of(shelf, one, asked, house):
                diary.write_down(shelf, one.partition, rows)
                if _rewrite(shelf, one.partition, asked, house) is None:
                    diary.strike_out(shelf, one.partition)


def _rows_of(shelf: Shelf, one: Held, asked: Asked, house: House) -> int:
    """Count the units' rows in a partition; none in one that went while we looked: it is merged into a fresh one."""
    try:
        return rows_of(shelf, one, asked, house)
    except Busy:
        return 0


def _rewrite(shelf: Shelf, partition: Partition, asked: Asked, house: House) -> int | None:
    origin = _origin(shelf, partition)
    return rewrite(
        shelf.place, partition, lambda table: _without(table, shelf, asked), origin=origin, world=house.world
    )


def _without(table: pa.Table, shelf: Shelf, asked: Asked) -> pa.Table:
    return table.filter(pc.invert(holding(table, shelf.columns, asked.units)))


def _origin(shelf: Shelf, partition: Partition) -> str:
    """Of a table nothing new came in; of rows in their own right, a rectified version must come."""
    of_rows = shelf.policy is not None and shelf.policy.publication.shape is Shape.ROWS
    return "" if of_rows else partition.stands_for


def _published(shelf: Shelf, house: House) -> list[VersionRow]:
    """Return the versions that are out.

    Whoever looked at what is held before that names a version first: a walk under way then publishes none of them.
    """
    chosen = select(VersionRow).where(VersionRow.dataset == shelf.dataset, col(VersionRow.withdrawn_at).is_(None))
    with house.catalog.publishing(house.world):
        settle(house.catalog)
        with reading(house.catalog.engine) as session:
            return list(session.exec(chosen))


def _withdraw_versions(
    shelf: Shelf, published: list[VersionRow], asked: Asked, house: House, *, diary: "_Diary", now: datetime
) -> None:
    """End the versions that could hold the record: all since its first row came in, and those that show it.

    A version made of a delivery that a later one replaced shows who is in no row that is held.
    """
    ring = FileKeyRing(house.settings.home / "keys", house.world.randomness)
    search, done = Search(house, ring, now, "eclor erase"), diary.of_dataset(shelf.dataset)
    since = datetime.fromisoformat(done.since).replace(microsecond=0) if done.rows else None  # as a version's instant
    numbers = [
        row.number
        for row in published
        if (since is not None and row.published_at >= since) or _shows(row, shelf, asked, house)
    ]
    done.versions = sorted({*done.versions, *numbers})
    diary.save()
    withdraw_rectified(search, shelf.dataset, done.versions)


def _shows(row: VersionRow, shelf: Shelf, asked: Asked, house: House) -> bool:
    """Say whether a published file names a unit. Refuses (`EclorError`) one that cannot be read."""
    file = house.catalog.version_folder(row.dataset, row.number) / "data.parquet"
    if not file.exists():
        return False
    try:
        columns = [name for name in shelf.columns if name in pq.read_schema(file).names]
        table = pq.read_table(file, columns=columns)
    except (OSError, pa.ArrowException) as refusal:
        raise EclorError("rights.unreadable", dataset=shelf.dataset, cause=type(refusal).__name__) from refusal
    return bool(columns) and bool(pc.any(holding(table, columns, asked.units)).as_py())


def _record(answer: Answer) -> dict[str, object]:
    """Return the internal record: for the DPO, without identifiers, never public; the receipt says more.

    Of each dataset a few figures, so that the line stays shorter than what `charter.lines` mends after a kill.
    """
    return {
        "reference": answer.reference,
        "month": f"{answer.at.astimezone(PARIS):%Y-%m}",
        "at": said(answer.at),
        "right": answer.right.value,
        "kind": answer.kind,
        "units": answer.units,
        "datasets": [_figures(done) for done in answer.done],
    }


def _figures(done: Done) -> dict[str, object]:
    said: dict[str, object] = {"partitions": len(done.removed), "rows": done.rows, "since": done.since}
    said |= {"waiting": done.waiting, "screened": done.screened, "refused": done.refused}
    said["versions"] = len(done.versions)
    return {"dataset": done.dataset, **{name: fact for name, fact in said.items() if fact}}


@dataclass(slots=True)
class _Diary:
    """What a request has done so far, on the disk before it is done; named by a keyed mark of the request."""

    file: Path
    reference: str
    done: dict[str, Done]

    @classmethod
    def of(cls, asked: Asked, house: House) -> "_Diary":
        """Return the diary of a request, as a kill left it if it did."""
        key = house.world.keys.partition_key(REQUESTS_KEY).reveal()
        text = "\x1f".join([asked.right, asked.kind, *sorted(asked.datasets), "", *sorted(asked.units)])
        mark = hmac.digest(key, text.encode(), "sha256").hex()[:32]
        folder = house.settings.home / FOLDER / "requests"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = folder / f"{mark}.json"
        if not file.exists():
            return cls(file, house.world.randomness.bytes(8).hex(), {})
        plain = json.loads(file.read_bytes())
        return cls(file, plain["reference"], {one["dataset"]: Done(**one) for one in plain["done"]})

    def of_dataset(self, dataset: str) -> Done:
        return self.done.setdefault(dataset, Done(dataset))

    def write_down(self, shelf: Shelf, partition: Partition, rows: int) -> None:
        done = self.of_dataset(shelf.dataset)
        done.removed[partition.identifier] = rows
        done.since = min(done.since or "9999", partition.received_from.isoformat())
        self.save()
        failpoint("erase.noted")

    def strike_out(self, shelf: Shelf, partition: Partition) -> None:
        """Take back what was written down of a partition that went meanwhile: its rows count where they are now."""
        del self.of_dataset(shelf.dataset).removed[partition.identifier]
        self.save()

    def save(self) -> None:
        plain = {"reference": self.reference, "done": [asdict(one) for one in self.done.values()]}
        write_whole(self.file, json.dumps(plain).encode(), mode=0o600)

    def close(self) -> None:
        self.file.unlink(missing_ok=True)
