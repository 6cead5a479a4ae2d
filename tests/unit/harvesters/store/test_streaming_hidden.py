"""Who a stream's message says may no longer be shown is marked before the message is safe."""

from pathlib import Path

import orjson
import pytest

from harvesters.raw_store import RawStore
from harvesters.source import Source
from harvesters.streaming import StreamIntake
from tests.harvesting import SteppingClock, all_of, column, flow, rows_of, store_at


@pytest.fixture
def store(tmp_path: Path) -> RawStore:
    return store_at(tmp_path, SteppingClock())


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return flow(
        tmp_path, column("lampe", path="deviceInfo.devEui"), column("watts", "entier", path="object.w"),
        access="mqtt", protocol="chirpstack", address="mqtt://127.0.0.1:1",
        more="    garder: [{chemin: object.vue, valeurs: ['oui'], retirer: lampe}]",
    )  # fmt: skip


def _uplink(number: int, lamp: str, shown: str) -> bytes:
    return orjson.dumps(
        {
            "deduplicationId": f"d{number}",
            "time": f"2026-11-24T11:{number:02d}:00Z",
            "deviceInfo": {"devEui": lamp},
            "object": {"w": number, "vue": shown},
            "data": "AA==",
        }
    )


def _committed(source: Source, store: RawStore, *, sealed: bool) -> None:
    with store.harvesting(source), StreamIntake.of(source, all_of(source), store=store) as intake:
        for number, (lamp, shown) in enumerate([("a", "oui"), ("b", "oui"), ("b", "non")]):
            intake.take(topic="application/a/device/d/event/up", payload=_uplink(number, lamp, shown))
        intake.commit()
        if sealed:
            intake.seal()


@pytest.mark.parametrize("sealed", [True, False])
def test_their_rows_are_left_out_even_after_a_crash(
    source: Source, store: RawStore, tmp_path: Path, *, sealed: bool
) -> None:
    _committed(source, store, sealed=sealed)
    restarted = store_at(tmp_path, SteppingClock())
    with restarted.harvesting(source), StreamIntake.of(source, all_of(source), store=restarted):
        pass
    raw = restarted.held(source.dataset, source.name)
    assert [row["lampe"] for row in rows_of(raw, restarted, tmp_path / "work")] == ["a"]
