"""What is held, how it is replaced, opened and destroyed, and what a crash leaves behind."""

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pytest

from eclor.errors import Busy, PayloadRefused, SourceUnavailable
from harvesters.index import entries
from harvesters.intake import IntakeCounts, RawDataset
from harvesters.raw_store import RawStore
from harvesters.receiving import Keeping
from harvesters.rewriting import rewrite
from tests.harvesting import NOON, SteppingClock, all_of, column, drop, flow, harvested, rows_of, store_at, world

COLUMNS = (column("badge"), column("poids", "entier"))


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock()


@pytest.fixture
def store(tmp_path: Path, clock: SteppingClock) -> RawStore:
    return store_at(tmp_path, clock)


def _deliver(tmp_path: Path, store: RawStore, name: str, *lines: str, keeping: Keeping = Keeping.APPEND) -> RawDataset:
    drop(tmp_path / "in", name, ["badge,poids", *lines])
    source = flow(tmp_path, *COLUMNS, address=str(tmp_path / "in"))
    return harvested(source, store, keeping=keeping)


def _badges(tmp_path: Path, store: RawStore, raw: RawDataset) -> list[object]:
    return sorted(str(row["badge"]) for row in rows_of(raw, store, tmp_path / "work"))


def _sealed(tmp_path: Path) -> set[str]:
    return {path.name for path in (tmp_path / "raw").rglob("*.enc")}


def _keys(tmp_path: Path) -> set[str]:
    return {path.stem for path in (tmp_path / "keys" / "partitions").iterdir()}


def test_nothing_is_held_before_the_first_delivery(tmp_path: Path, store: RawStore) -> None:
    source = flow(tmp_path, *COLUMNS, address=str(tmp_path / "in"))
    assert not store.has(source.dataset, source.name)
    with pytest.raises(SourceUnavailable, match="Nothing was received"):
        store.held(source.dataset, source.name)


def test_increments_join_what_is_held(tmp_path: Path, store: RawStore, clock: SteppingClock) -> None:
    _deliver(tmp_path, store, "a.csv", "A1,1")
    clock.instant += timedelta(hours=1)
    raw = _deliver(tmp_path, store, "b.csv", "B2,2", "C3,3")
    assert _badges(tmp_path, store, raw) == ["A1", "B2", "C3"]
    assert (raw.rows, len(raw.partitions)) == (3, 2)
    assert [partition.received_to for partition in raw.partitions] == [NOON, NOON + timedelta(hours=1)]
    assert raw.received_at == NOON + timedelta(hours=1)
    assert [(item.name, item.type) for item in raw.columns] == [("badge", "code"), ("poids", "entier")]
    since = store.held(raw.dataset, raw.source, received_since=NOON + timedelta(minutes=1))
    assert since.rows == 2


def _digests(tmp_path: Path) -> set[str]:
    return {sha256(path.read_bytes()).hexdigest() for path in (tmp_path / "raw").rglob("*.enc")}


def test_each_partition_is_known_by_the_bytes_that_are_stored(tmp_path: Path, store: RawStore) -> None:
    _deliver(tmp_path, store, "a.csv", "A1,1", "B2,2")
    raw = _deliver(tmp_path, store, "b.csv", "B2,2")
    assert len(raw.partitions) == 2
    assert {partition.sealed for partition in raw.partitions} == _digests(tmp_path)
    place, first = store.place(raw.dataset, raw.source), raw.partitions[0]
    assert rewrite(place, first, lambda table: table.slice(0, 1), origin=first.identifier, world=store.world) == 1
    rewritten = store.held(raw.dataset, raw.source)
    assert {partition.sealed for partition in rewritten.partitions} == _digests(tmp_path)
    assert first.sealed not in _digests(tmp_path)


def test_an_entry_written_before_digests_were_kept_is_read(tmp_path: Path, store: RawStore) -> None:
    raw = _deliver(tmp_path, store, "a.csv", "A1,1")
    (path,) = (tmp_path / "raw").rglob("*.delivery.json")
    plain = json.loads(path.read_bytes())
    del plain["delivery"]["partitions"][0]["sealed"]
    path.write_text(json.dumps(plain))
    (partition,) = store.held(raw.dataset, raw.source).partitions
    assert partition == replace(raw.partitions[0], sealed="")


def test_a_complete_delivery_replaces_and_the_former_keys_die(tmp_path: Path, store: RawStore) -> None:
    first = _deliver(tmp_path, store, "a.csv", "A1,1", keeping=Keeping.REPLACE)
    former = first.partitions[0].identifier
    raw = _deliver(tmp_path, store, "b.csv", "B2,2", keeping=Keeping.REPLACE)
    assert _badges(tmp_path, store, raw) == ["B2"]
    assert former not in _keys(tmp_path)
    assert _sealed(tmp_path) == {f"{raw.partitions[0].identifier}.parquet.enc"}
    with pytest.raises(Busy, match="taken out"), store.opened(first, into=tmp_path / "work"):
        pass


def test_a_file_that_is_lost_while_the_index_names_it_is_told_as_lost(tmp_path: Path, store: RawStore) -> None:
    raw = _deliver(tmp_path, store, "a.csv", "A1,1")
    (file,) = (tmp_path / "raw").rglob("*.enc")
    file.unlink()
    with pytest.raises(PayloadRefused, match="missing"), store.opened(raw, into=tmp_path / "work"):
        pass
    with pytest.raises(PayloadRefused, match="missing"):
        list(store.tables(raw, ["badge"]))


def test_each_file_is_taken_once(tmp_path: Path, store: RawStore) -> None:
    _deliver(tmp_path, store, "a.csv", "A1,1")
    _deliver(tmp_path, store, "b.csv", "B2,2")
    before = _sealed(tmp_path)
    raw = _deliver(tmp_path, store, "b.csv", "B2,2")
    assert raw.rows == 2
    assert _sealed(tmp_path) == before


def test_opened_files_are_private_and_go(tmp_path: Path, store: RawStore) -> None:
    raw = _deliver(tmp_path, store, "a.csv", "A1,1")
    with store.opened(raw, into=tmp_path / "work") as files:
        assert [file.suffix for file in files] == [".parquet"]
        assert files[0].parent.stat().st_mode & 0o777 == 0o700
        assert files[0].read_bytes()[:4] == b"PAR1"
    assert not files[0].parent.exists()
    with pytest.raises(RuntimeError, match="of the reader"), store.opened(raw, into=tmp_path / "work") as files:
        raise RuntimeError("of the reader")
    assert not list((tmp_path / "work").glob("opened-*"))


def test_a_destroyed_partition_cannot_be_read_even_from_a_copy(tmp_path: Path, store: RawStore) -> None:
    first = _deliver(tmp_path, store, "a.csv", "A1,1")
    both = _deliver(tmp_path, store, "b.csv", "B2,2")
    doomed = first.partitions[0]
    (file,) = (tmp_path / "raw").rglob(f"{doomed.identifier}*")
    shutil.copy(file, tmp_path / "backup")
    store.destroy(doomed)
    left = store.held(both.dataset, both.source)
    assert _badges(tmp_path, store, left) == ["B2"]
    assert doomed.identifier not in _keys(tmp_path)
    assert not file.exists()
    shutil.copy(tmp_path / "backup", file)
    with pytest.raises(Busy, match="taken out") as refused, store.opened(first, into=tmp_path / "work"):
        pass
    assert "damaged" in str(refused.value.__cause__)
    assert _deliver(tmp_path, store, "a.csv", "A1,1").rows == 1, "a purged file is not taken again"


def test_a_damaged_partition_is_refused(tmp_path: Path, store: RawStore) -> None:
    raw = _deliver(tmp_path, store, "a.csv", "A1,1")
    (file,) = (tmp_path / "raw").rglob("*.enc")
    file.write_bytes(file.read_bytes()[:-1] + b"\0")
    with pytest.raises(PayloadRefused, match="damaged"), store.opened(raw, into=tmp_path / "work"):
        pass


def test_a_damaged_index_is_refused(tmp_path: Path, store: RawStore) -> None:
    raw = _deliver(tmp_path, store, "a.csv", "A1,1")
    (file,) = (tmp_path / "raw").rglob("*.delivery.json")
    for content in (b"", b"{}", file.read_bytes()[:-40], b'{"format": 2}', b"[]"):
        file.write_bytes(content)
        with pytest.raises(PayloadRefused, match="damaged"):
            store.held(raw.dataset, raw.source)


def test_the_index_holds_no_value(tmp_path: Path, store: RawStore) -> None:
    drop(tmp_path / "in", "a.csv", ["badge,poids", "MARKER,1", "MARKER2,x", "A,2"])
    source = flow(tmp_path, *COLUMNS, address=str(tmp_path / "in"))
    harvested(source, store)
    for path in (tmp_path / "raw").rglob("*"):
        assert not path.is_file() or b"MARKER" not in path.read_bytes()


def test_a_column_that_changes_type_between_held_deliveries_is_refused(tmp_path: Path, store: RawStore) -> None:
    _deliver(tmp_path, store, "a.csv", "A1,1")
    drop(tmp_path / "in", "b.csv", ["badge,poids", "B2,2"])
    source = flow(tmp_path, column("badge"), column("poids", "texte"), address=str(tmp_path / "in"))
    with pytest.raises(PayloadRefused, match="changed its type"):
        harvested(source, store)


def test_a_large_delivery_makes_several_partitions_and_is_held_at_once(
    tmp_path: Path, store: RawStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harvesters.receiving.PARTITION_ROWS", 10)
    monkeypatch.setattr("harvesters.receiving.GROUP_ROWS", 10)
    source = flow(tmp_path, *COLUMNS, address=str(tmp_path / "in"))
    table = pa.table({"badge": [str(number) for number in range(10)], "poids": list(range(10))})
    with store.receiving(source, ()) as receipt:
        for _ in range(3):
            receipt.add(table)
        assert not store.has(source.dataset, source.name)
        receipt.commit(keeping=Keeping.APPEND, counts=IntakeCounts(), cursor={})
    raw = store.held(source.dataset, source.name)
    assert [partition.rows for partition in raw.partitions] == [10, 10, 10]


def test_an_abandoned_delivery_leaves_nothing(tmp_path: Path, store: RawStore) -> None:
    source = flow(tmp_path, *COLUMNS, address=str(tmp_path / "in"))
    with store.receiving(source, ()) as receipt:
        receipt.add(pa.table({"badge": ["A"], "poids": [1]}))
        receipt._write_group()
        receipt._close_partition()
        assert _keys(tmp_path)
    assert not _keys(tmp_path)
    assert not _sealed(tmp_path)
    assert not list((tmp_path / "raw").rglob(".staging-*"))


CRASH = """\
import sys
from pathlib import Path
from tests.harvesting import column, drop, flow, harvested, store_at
from harvesters.receiving import Keeping
home = Path(sys.argv[1])
source = flow(home, column("badge"), column("poids", "entier"), address=str(home / "in"))
harvested(source, store_at(home), keeping=Keeping[sys.argv[2]])
"""


@pytest.mark.parametrize(
    ("point", "arrived", "keeping"),
    [
        ("intake.staged", False, Keeping.APPEND),
        ("intake.renamed", False, Keeping.REPLACE),
        ("intake.committed", True, Keeping.APPEND),
        ("intake.committed", True, Keeping.REPLACE),
    ],
)
def test_a_crash_leaves_the_former_state_or_the_new_one(
    tmp_path: Path, store: RawStore, point: str, arrived: bool, keeping: Keeping
) -> None:
    _deliver(tmp_path, store, "a.csv", "A1,1", keeping=keeping)
    drop(tmp_path / "in", "b.csv", ["badge,poids", "B2,2"])
    command = [sys.executable, "-c", CRASH, str(tmp_path), keeping.name]
    killed = subprocess.run(command, env={**os.environ, "ECLOR_FAILPOINT": point}, check=False, capture_output=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    source = flow(tmp_path, *COLUMNS, address=str(tmp_path / "in"))
    restarted = store_at(tmp_path)
    former, both = ["A1"], ["B2"] if keeping is Keeping.REPLACE else ["A1", "B2"]
    raw = restarted.held(source.dataset, source.name)
    assert _badges(tmp_path, restarted, raw) == (both if arrived else former)
    assert _sealed(tmp_path) == {f"{partition.identifier}.parquet.enc" for partition in raw.partitions}
    assert _keys(tmp_path) == {partition.identifier for partition in raw.partitions}
    assert not list((tmp_path / "raw").rglob(".staging-*"))
    again = harvested(source, restarted, keeping=keeping)
    assert _badges(tmp_path, restarted, again) == both, "nothing is lost, nothing counts twice"


@pytest.mark.parametrize("late", ["harvesters.receiving.purge_hidden", "eclor.durable.sync_folder"])
def test_what_goes_wrong_after_the_index_has_its_name_takes_nothing_back(
    tmp_path: Path, store: RawStore, monkeypatch: pytest.MonkeyPatch, late: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(late, fail)
        with pytest.raises(OSError, match="input/output"):
            _deliver(tmp_path, store, "a.csv", "A1,1")
    source = flow(tmp_path, *COLUMNS, address=str(tmp_path / "in"))
    restarted = store_at(tmp_path)
    if restarted.has(source.dataset, source.name):
        assert _badges(tmp_path, restarted, restarted.held(source.dataset, source.name)) == ["A1"]
    assert _badges(tmp_path, restarted, harvested(source, restarted)) == ["A1"]


FULL = """\
import resource, signal, sys
sys.dont_write_bytecode = True  # a module that is written half is kept by Python, and read by whoever comes next
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (700, 700))
"""
"""No file may grow beyond 700 bytes: EFBIG, which a full disk's ENOSPC is handled like."""


def test_a_full_disk_is_said_and_what_was_held_stays(tmp_path: Path, store: RawStore) -> None:
    _deliver(tmp_path, store, "a.csv", "A1,1")
    drop(tmp_path / "in", "b.csv", ["badge,poids", "B2,2"])
    full = subprocess.run(
        [sys.executable, "-c", FULL + CRASH, str(tmp_path), "APPEND"], check=False, capture_output=True, text=True
    )
    assert "store.no-room" in full.stderr or "No room left" in full.stderr
    assert full.returncode == 1
    source = flow(tmp_path, *COLUMNS, address=str(tmp_path / "in"))
    restarted = store_at(tmp_path)
    assert _badges(tmp_path, restarted, restarted.held(source.dataset, source.name)) == ["A1"]
    assert len(_keys(tmp_path)) == len(_sealed(tmp_path)) == 1
    assert _badges(tmp_path, restarted, harvested(source, restarted)) == ["A1", "B2"]


def test_all_of_a_delivery_is_on_the_disk_before_it_is_held(
    tmp_path: Path, store: RawStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill does not lose what the kernel keeps; only the calls tell that a power cut would not either."""
    steps: list[str] = []
    sync, replaced = os.fsync, Path.replace

    def fsync(file: int) -> None:
        sync(file)
        steps.append("synced " + Path(f"/proc/self/fd/{file}").readlink().name)

    def replace(path: Path, target: Path) -> Path:
        steps.append(f"named {target.name}")
        return replaced(path, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    raw = _deliver(tmp_path, store, "a.csv", "A1,1")
    identifier = raw.partitions[0].identifier
    key, sealed = next(i for i, step in enumerate(steps) if "partitions" in step), f"synced {identifier}.parquet.enc"
    held = steps.index("named 0000000001.delivery.json")
    assert key < steps.index(sealed) < held, "the key, then what it seals, then the index"
    assert "synced visits" in steps[steps.index(sealed) : held], "the names of the partitions"
    assert steps[held - 1].startswith("synced .0000000001.delivery.json"), "what the index says"
    assert "synced visits" in steps[held:], "its name"


def test_the_staging_of_a_living_process_is_not_swept(tmp_path: Path, store: RawStore) -> None:
    source = flow(tmp_path, *COLUMNS, address=str(tmp_path / "in"))
    with store.receiving(source, ()) as receipt:
        receipt.add(pa.table({"badge": ["A"], "poids": [1]}))
        RawStore(tmp_path / "raw", world(tmp_path))
        receipt.commit(keeping=Keeping.APPEND, counts=IntakeCounts(), cursor={})
    assert store.held(source.dataset, source.name).rows == 1


def test_plain_files_that_a_crash_left_go_at_the_next_opening(tmp_path: Path, store: RawStore) -> None:
    raw = _deliver(tmp_path, store, "a.csv", "A1,1")
    dead = tmp_path / "work" / "opened-dead"
    dead.mkdir(parents=True)
    (dead / "x.parquet").write_text("plain")
    with store.opened(raw, into=tmp_path / "work") as files:
        assert not dead.exists()
        with store.opened(raw, into=tmp_path / "work"):
            assert files[0].exists(), "a reader that lives keeps its own"


def test_a_flow_is_harvested_by_one_run_at_a_time(tmp_path: Path, store: RawStore) -> None:
    drop(tmp_path / "in", "a.csv", ["badge,poids", "A1,1"])
    source = flow(tmp_path, *COLUMNS, address=str(tmp_path / "in"))
    with store.harvesting(source), pytest.raises(Busy, match="Another harvest"):
        harvested(source, store_at(tmp_path))
    assert harvested(source, store).rows == 1


def test_a_repeated_key_is_held_once(tmp_path: Path, store: RawStore) -> None:
    source = flow(tmp_path, *COLUMNS, address=str(tmp_path / "in"), options="{cle: badge}")
    drop(tmp_path / "in", "a.csv", ["badge,poids", "A1,1", "B2,2"])
    harvested(source, store)
    drop(tmp_path / "in", "b.csv", ["badge,poids", "B2,2", "C3,3"])
    raw = harvested(source, store)
    assert _badges(tmp_path, store, raw) == ["A1", "B2", "C3"]
    assert raw.counts.repeated == 1


def test_a_key_twice_in_a_table_refuses_it(tmp_path: Path, store: RawStore) -> None:
    source = flow(tmp_path, *COLUMNS, address=str(tmp_path / "in"), options="{cle: badge}")
    drop(tmp_path / "in", "a.csv", ["badge,poids", "A1,1", "A1,2"])
    with pytest.raises(PayloadRefused) as refused:
        harvested(source, store)
    assert refused.value.code == "intake.key-twice"
    assert not store.has(source.dataset, source.name)


def test_the_cursor_is_committed_with_the_rows(tmp_path: Path, store: RawStore) -> None:
    raw = _deliver(tmp_path, store, "a.csv", "A1,1")
    (entry,) = entries(store.place(raw.dataset, raw.source))
    assert set(entry.cursor) == {"taken", "sha256", "terms"}
    source = flow(tmp_path, *COLUMNS, address=str(tmp_path / "in"))
    assert store.cursor(source) == entry.cursor
    assert all_of(source).collected == {"badge", "poids"}
