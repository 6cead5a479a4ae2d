"""A stream's messages are durable before they are safe, recovered after a crash, and never counted twice."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import orjson
import pytest

from eclor.errors import PayloadRefused
from harvesters import write_ahead
from harvesters.intake import AllowedFields
from harvesters.raw_store import RawStore
from harvesters.screening import screen_out
from harvesters.source import Source
from harvesters.streaming import StreamIntake
from harvesters.window import WINDOW, Window
from tests.harvesting import NOON, SteppingClock, all_of, column, flow, rows_of, store_at

LAMP = column("lampe", path="deviceInfo.devEui")
AT = column("vu_a", "date-heure", path="time")
WATTS = column("watts", "entier", path="object.w")


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock()


@pytest.fixture
def store(tmp_path: Path, clock: SteppingClock) -> RawStore:
    return store_at(tmp_path, clock)


def _source(tmp_path: Path, options: str = "{}", *more: str) -> Source:
    return flow(
        tmp_path, LAMP, AT, WATTS, *more, access="mqtt", protocol="chirpstack", address="mqtt://127.0.0.1:1",
        options=options,
    )  # fmt: skip


def _uplink(number: int, **changes: object) -> bytes:
    message: dict[str, object] = {
        "deduplicationId": f"d{number}",
        "time": f"2026-11-24T11:{number % 60:02d}:00Z",
        "deviceInfo": {"devEui": f"{number % 7:016x}"},
        "fCnt": number,
        "object": {"w": number},
        "data": "AA==",
    }
    return orjson.dumps({key: value for key, value in (message | changes).items() if value is not ...})


def _take(intake: StreamIntake, payloads: Iterable[bytes]) -> None:
    for payload in payloads:
        intake.take(topic="application/a/device/d/event/up", payload=payload)


def _open(source: Source, store: RawStore, allowed: AllowedFields | None = None) -> StreamIntake:
    return StreamIntake.of(source, allowed or all_of(source), store=store)


def _watts(source: Source, store: RawStore, tmp_path: Path) -> list[object]:
    raw = store.held(source.dataset, source.name)
    return sorted(int(str(row["watts"])) for row in rows_of(raw, store, tmp_path / "work"))


def _wal(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "raw").rglob("*.wal"))


def test_messages_become_a_partition(tmp_path: Path, store: RawStore, clock: SteppingClock) -> None:
    source = _source(tmp_path)
    with store.harvesting(source), _open(source, store) as intake:
        _take(intake, map(_uplink, range(10)))
        assert intake.pending == 10
        intake.commit()
        assert not store.has(source.dataset, source.name)
        clock.instant += timedelta(minutes=5)
        _take(intake, map(_uplink, range(10, 15)))
        intake.commit()
        intake.seal_if_due()
        assert not store.has(source.dataset, source.name)
        clock.instant += timedelta(minutes=5)
        intake.seal_if_due()
    assert _watts(source, store, tmp_path) == list(range(15))
    (partition,) = store.held(source.dataset, source.name).partitions
    assert (partition.received_from, partition.received_to) == (NOON, NOON + timedelta(minutes=5))
    assert _wal(tmp_path) == []


def test_what_was_committed_survives_a_crash_and_what_was_not_does_not(tmp_path: Path, store: RawStore) -> None:
    source = _source(tmp_path)
    with store.harvesting(source), _open(source, store) as intake:
        _take(intake, map(_uplink, range(10)))
        intake.commit()
        _take(intake, map(_uplink, range(10, 20)))
    restarted = store_at(tmp_path)
    with restarted.harvesting(source), _open(source, restarted) as intake:
        assert _watts(source, restarted, tmp_path) == list(range(10))
        _take(intake, map(_uplink, range(5, 20)))  # the broker says again what it was not told to forget
        intake.commit()
        intake.seal()
    assert _watts(source, restarted, tmp_path) == list(range(20))
    assert restarted.held(source.dataset, source.name).counts.repeated == 5


def test_identities_are_known_after_their_segment_is_sealed(tmp_path: Path, store: RawStore) -> None:
    source = _source(tmp_path)
    for _ in range(2):
        with store.harvesting(source), _open(source, store) as intake:
            _take(intake, map(_uplink, range(10)))
            intake.commit()
            intake.seal()
    assert _watts(source, store, tmp_path) == list(range(10))


@pytest.mark.parametrize(
    ("unreadable", "reason"),
    [
        (lambda number: _uplink(number)[:-9], "payload.json-cut"),
        (lambda number: b"\xff\0" + _uplink(number), "payload.nul"),
        (lambda number: b" " * (1 << 20) + _uplink(number), "payload.too-large"),
    ],
)
def test_messages_that_nobody_can_read_are_counted_and_hold_up_none_behind_them(
    tmp_path: Path, store: RawStore, unreadable: Callable[[int], bytes], reason: str
) -> None:
    source = _source(tmp_path)
    with store.harvesting(source), _open(source, store) as intake:
        _take(intake, map(unreadable, range(30)))
        intake.commit()
        _take(intake, map(_uplink, range(3)))
        intake.commit()
        intake.seal()
    assert _watts(source, store, tmp_path) == [0, 1, 2]
    assert dict(store.held(source.dataset, source.name).counts.reasons) == {reason: 30}


def test_readable_messages_that_are_all_refused_are_not_safe(tmp_path: Path, store: RawStore) -> None:
    source = _source(tmp_path)
    with store.harvesting(source), _open(source, store) as intake:
        _take(intake, [b"{", *(_uplink(number, object={}) for number in range(20))])
        with pytest.raises(PayloadRefused):
            intake.commit()


@pytest.mark.parametrize("cut", [1, 3, 30])
def test_a_record_cut_by_a_crash_is_left_out(tmp_path: Path, store: RawStore, cut: int) -> None:
    source = _source(tmp_path)
    with store.harvesting(source), _open(source, store) as intake:
        for batch in (range(10), range(10, 20)):
            _take(intake, map(_uplink, batch))
            intake.commit()
    (segment,) = _wal(tmp_path)
    segment.write_bytes(segment.read_bytes()[:-cut])
    with store.harvesting(source), _open(source, store):
        assert _watts(source, store, tmp_path) == list(range(10))


def test_blocks_that_a_power_cut_left_empty_are_left_out(tmp_path: Path, store: RawStore) -> None:
    source = _source(tmp_path)
    with store.harvesting(source), _open(source, store) as intake:
        _take(intake, map(_uplink, range(10)))
        intake.commit()
    (segment,) = _wal(tmp_path)
    segment.write_bytes(segment.read_bytes() + bytes(4096))
    with store.harvesting(source), _open(source, store):
        assert _watts(source, store, tmp_path) == list(range(10))


def test_damage_before_the_end_is_refused_and_nothing_is_forgotten(tmp_path: Path, store: RawStore) -> None:
    source = _source(tmp_path)
    with store.harvesting(source), _open(source, store) as intake:
        for batch in (range(10), range(10, 20)):
            _take(intake, map(_uplink, batch))
            intake.commit()
    (segment,) = _wal(tmp_path)
    content = bytearray(segment.read_bytes())
    content[60] ^= 1
    segment.write_bytes(content)
    with store.harvesting(source), pytest.raises(PayloadRefused, match="damaged"):
        _open(source, store)
    assert _wal(tmp_path) == [segment]


def test_nothing_that_is_not_mapped_is_written_and_nothing_in_the_clear(tmp_path: Path, store: RawStore) -> None:
    source = _source(tmp_path)
    with store.harvesting(source), _open(source, store) as intake:
        _take(intake, [_uplink(1, data="MARKER", deviceInfo={"devEui": "SECRET"})])
        intake.commit()
        content = b"".join(path.read_bytes() for path in (tmp_path / "raw").rglob("*") if path.is_file())
        assert b"MARKER" not in content
        assert b"SECRET" not in content
        (record,) = write_ahead.read_segment(_wal(tmp_path)[0], store.world)
        assert record.table.column_names == ["lampe", "vu_a", "vu_a__ambigu", "watts"]


def test_a_message_that_cannot_come_in_is_counted_and_the_others_come(tmp_path: Path, store: RawStore) -> None:
    presence = column("presence", "booleen", path="object.motion")
    source = _source(tmp_path, "{}", presence)
    bad = [
        b"not json",
        b"{}",
        _uplink(1, object={"w": "twelve"}),
        _uplink(2, object={"w": 1, "motion": True}),
        _uplink(3, object={}),
        _uplink(4, time="yesterday"),
    ]
    with store.harvesting(source), _open(source, store, all_of(source, "presence")) as intake:
        _take(intake, [*bad, *map(_uplink, range(10, 13))])
        intake.commit()
        intake.seal()
    assert _watts(source, store, tmp_path) == [10, 11, 12]
    counts = store.held(source.dataset, source.name).counts
    assert (counts.rows, counts.refused) == (9, 6)
    assert counts.reasons == (
        ("intake.missing-column: watts", 1),
        ("intake.not-collected", 1),
        ("intake.retyped-column: vu_a", 1),
        ("intake.retyped-column: watts", 1),
        ("payload.chirpstack-event", 1),
        ("payload.json-syntax", 1),
    )


def test_a_codec_that_changes_stops_the_stream_before_anything_is_forgotten(tmp_path: Path, store: RawStore) -> None:
    source = _source(tmp_path)
    with store.harvesting(source), _open(source, store) as intake:
        _take(intake, map(_uplink, range(5)))
        intake.commit()
        _take(intake, (_uplink(number, object={"watts": number}) for number in range(5, 35)))
        with pytest.raises(PayloadRefused) as refused:
            intake.commit()
    assert refused.value.code == "intake.missing-column-near"
    assert refused.value.facts["near"] == "object.watts"
    with store.harvesting(source), _open(source, store) as intake:
        _take(intake, map(_uplink, range(5, 35)))  # said again, the map corrected
        intake.commit()
        intake.seal()
    assert _watts(source, store, tmp_path) == list(range(35))


def test_a_policy_that_hardens_between_a_crash_and_the_next_start_is_obeyed(tmp_path: Path, store: RawStore) -> None:
    source = _source(tmp_path)
    with store.harvesting(source), _open(source, store) as intake:
        _take(intake, map(_uplink, range(3)))
        intake.commit()
    with store.harvesting(source), _open(source, store, all_of(source, "vu_a")):
        pass
    rows = rows_of(store.held(source.dataset, source.name), store, tmp_path / "work")
    assert [sorted(row) for row in rows] == [["lampe", "watts"]] * 3


def test_a_key_is_held_once_across_flows(tmp_path: Path, store: RawStore) -> None:
    source = _source(tmp_path, '{cle: "lampe,vu_a"}')
    with store.harvesting(source), _open(source, store) as intake:
        _take(intake, map(_uplink, range(10)))
        intake.commit()
        intake.seal()
        _take(intake, (_uplink(number, deduplicationId=f"other{number}") for number in range(5, 15)))
        intake.commit()
        intake.seal()
    assert _watts(source, store, tmp_path) == list(range(15))
    assert store.held(source.dataset, source.name).counts.repeated == 5


def test_a_message_without_an_identifier_is_known_by_its_device_and_counter(tmp_path: Path, store: RawStore) -> None:
    source = _source(tmp_path)
    with store.harvesting(source), _open(source, store) as intake:
        _take(intake, [_uplink(1, deduplicationId=...), _uplink(1, deduplicationId=..., data="BB==")])
        intake.commit()
        intake.seal()
    assert _watts(source, store, tmp_path) == [1]


def test_many_small_partitions_become_one(
    tmp_path: Path, store: RawStore, clock: SteppingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harvesters.compacting._MOST_TODAY", 6)
    source = _source(tmp_path)
    with store.harvesting(source), _open(source, store) as intake:
        for number in range(8):
            clock.instant += timedelta(minutes=1)
            _take(intake, [_uplink(number)])
            intake.commit()
            intake.seal()
        raw = store.held(source.dataset, source.name)
        assert len(raw.partitions) == 3
        clock.instant += timedelta(days=1)
        _take(intake, [_uplink(8)])
        intake.commit()
        intake.seal()
    assert _watts(source, store, tmp_path) == list(range(9))
    raw = store.held(source.dataset, source.name)
    assert [partition.rows for partition in raw.partitions] == [8, 1]
    assert raw.partitions[0].received_from == NOON + timedelta(minutes=1)
    assert raw.partitions[0].received_to == NOON + timedelta(minutes=8)
    assert raw.counts.rows == 9
    keys = {path.stem for path in (tmp_path / "keys" / "partitions").iterdir()}
    assert len(keys) == 3, "two partitions and the window: the keys of what was merged are gone"


def test_the_window_forgets_the_oldest() -> None:
    window = Window()
    window.add_all(number.to_bytes(16) for number in range(WINDOW + 1))
    assert window.add((0).to_bytes(16)), "the oldest is new again"
    assert not window.add((WINDOW).to_bytes(16))


def test_a_message_is_on_the_disk_when_it_is_safe(
    tmp_path: Path, store: RawStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill does not lose what the kernel keeps; only the calls tell that a power cut would not either."""
    source, synced = _source(tmp_path), []
    sync = os.fdatasync
    monkeypatch.setattr(os, "fdatasync", lambda file: (sync(file), synced.append(os.fstat(file).st_size)))
    with store.harvesting(source), _open(source, store) as intake:
        for start in range(0, 30, 10):
            _take(intake, map(_uplink, range(start, start + 10)))
            intake.commit()
            assert synced[-1] == _wal(tmp_path)[0].stat().st_size
    assert len(synced) == 3


FULL = """\
import resource, signal, sys
sys.dont_write_bytecode = True  # a module that is written half is kept by Python, and read by whoever comes next
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))
"""


def test_a_full_disk_stops_the_stream_before_a_message_is_safe(tmp_path: Path, store: RawStore) -> None:
    command = [sys.executable, "-c", FULL + CRASH.replace("== 40", "== 99"), str(tmp_path), "0"]
    full = subprocess.run(command, check=False, capture_output=True, text=True)
    assert "No room left" in full.stderr
    safe = max(int(line) for line in full.stdout.split() if line.isdigit())
    assert 0 < safe < 1000
    source, restarted = _source(tmp_path), store_at(tmp_path)
    with restarted.harvesting(source), _open(source, restarted):
        assert _watts(source, restarted, tmp_path) == list(range(safe))


CRASH = """\
import sys
from pathlib import Path
from tests.unit.harvesters.store.test_streaming import _source, _take, _uplink, _open
from tests.harvesting import store_at
home = Path(sys.argv[1])
source, store = _source(home), store_at(home)
with store.harvesting(source), _open(source, store) as intake:
    for start in range(int(sys.argv[2]), 1000, 10):
        _take(intake, map(_uplink, range(start, start + 10)))
        intake.commit()
        print(start + 10, flush=True)
        if start % 50 == 40:
            intake.seal()
"""


@pytest.mark.parametrize(
    "point", ["stream.taken", "stream.synced", "intake.renamed", "intake.committed", "stream.held", "stream.window"]
)
def test_killed_at_any_point_no_safe_message_is_lost_or_doubled(tmp_path: Path, store: RawStore, point: str) -> None:
    command = [sys.executable, "-c", CRASH, str(tmp_path), "0"]
    killed = subprocess.run(command, env={**os.environ, "ECLOR_FAILPOINT": point}, check=False, capture_output=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    safe = max((int(line) for line in killed.stdout.split() if line.isdigit()), default=0)
    source = _source(tmp_path)
    restarted = store_at(tmp_path)
    with restarted.harvesting(source), _open(source, restarted) as intake:
        _take(intake, map(_uplink, range(max(0, safe - 20), 100)))
        intake.commit()
        intake.seal()
    assert _watts(source, restarted, tmp_path) == list(range(100))
    assert _wal(tmp_path) == []


def test_who_is_screened_out_is_left_out_when_the_segment_is_sealed(store: RawStore, tmp_path: Path) -> None:
    source = _source(tmp_path)
    with store.harvesting(source) as place, _open(source, store) as intake:
        _take(intake, map(_uplink, range(7)))
        intake.commit()
        screen_out(place, ["lampe"], [f"{3:016x}"], until=store.world.clock.now(), world=store.world)
        intake.seal()
    assert _watts(source, store, tmp_path) == [0, 1, 2, 4, 5, 6]
