import itertools
import json
import subprocess
import sys
from base64 import b64decode
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest

from harvesters.simulators.history import Stopped, write_export
from harvesters.simulators.uplinks import Platform, day_of_uplinks, intervals, uplinks

DAY = date(2026, 11, 22)
LAMPS = 4600


def _interval(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp()) // 900


def _watts(platform: Platform, text: str, commune: str) -> list[int]:
    messages = [json.loads(line) for line in uplinks(platform, _interval(text))]
    return [message["object"]["power_w"] for message in messages if message["deviceInfo"]["tags"]["commune"] == commune]


def test_a_day_has_one_uplink_a_lamp_every_quarter_of_an_hour(platform: Platform) -> None:
    identifiers, lamps, count = set(), Counter(), 0
    for lines in day_of_uplinks(platform, DAY):
        count += len(lines)
        lamps.update(line.split(b'"devEui":"', 1)[1][:16] for line in lines)
        identifiers.update(line[20:56] for line in lines)
    assert count == 441_600
    assert len(lamps) == LAMPS
    assert set(lamps.values()) == {96}
    assert len(identifiers) == 441_600


@pytest.mark.parametrize(("day", "quarters"), [(date(2026, 3, 29), 92), (date(2026, 10, 25), 100), (DAY, 96)])
def test_the_days_of_the_time_change_have_23_and_25_hours(platform: Platform, day: date, quarters: int) -> None:
    assert len(intervals(day, platform)) == quarters


def test_the_day_is_the_local_one(platform: Platform) -> None:
    lines = list(day_of_uplinks(platform, DAY))
    assert json.loads(lines[0][0])["time"] == "2026-11-21T23:00:00.000000+00:00"
    assert json.loads(lines[-1][-1])["time"][:19] == "2026-11-22T22:59:59"


def test_the_lamps_speak_evenly_spread_over_the_interval(platform: Platform) -> None:
    times = [
        datetime.fromisoformat(json.loads(line)["time"]) for line in uplinks(platform, _interval("2026-11-22T12:15Z"))
    ]
    gaps = {(later - earlier) // timedelta(milliseconds=1) for earlier, later in itertools.pairwise(times)}
    assert gaps == {195}
    assert times[0] == datetime(2026, 11, 22, 12, 15, tzinfo=UTC)


def test_a_message_has_the_shape_of_chirpstack_4(platform: Platform) -> None:
    message = json.loads(uplinks(platform, _interval("2026-11-22T20:00Z"))[41])
    assert UUID(message["deduplicationId"]).version == 4
    assert set(message["deviceInfo"]["tags"]) == {"luminaire", "rue", "commune"}
    frame = b64decode(message["data"])
    seen = message["object"]
    assert (int.from_bytes(frame[:2]), frame[2], int.from_bytes(frame[3:4], signed=True)) == (
        seen["power_w"],
        seen["dimming"],
        seen["temperature_c"],
    )
    assert {"fCnt", "fPort", "devAddr", "rxInfo", "txInfo"} <= set(message)


def test_lamps_burn_at_night_and_sleep_by_day(platform: Platform) -> None:
    assert set(_watts(platform, "2026-11-22T12:00+01:00", "54580")) == {1}
    assert min(_watts(platform, "2026-11-22T18:00+01:00", "54580")) > 15


def test_a_commune_switches_off_at_night_and_another_dims(platform: Platform) -> None:
    assert set(_watts(platform, "2026-11-22T02:00+01:00", "57096")) == {1}
    full, dimmed = (sum(_watts(platform, f"2026-11-22T{hour}+01:00", "54580")) for hour in ("20:00", "02:00"))
    assert 0.45 < dimmed / full < 0.55


def test_the_same_seed_and_interval_give_the_same_bytes_in_another_process(
    platform: Platform, territory: Path, seed: int
) -> None:
    here = sha256(b"".join(uplinks(platform, _interval("2026-11-22T20:00Z")))).hexdigest()
    told = subprocess.run(
        [sys.executable, "-c", _ELSEWHERE, str(territory), str(seed), str(_interval("2026-11-22T20:00Z"))],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[4],
    )  # fmt: skip
    assert told.stdout == here


_ELSEWHERE = """
import sys
from hashlib import sha256
from pathlib import Path
from harvesters.simulators.fleet import make_fleet
from harvesters.simulators.parameters import read_parameters
from harvesters.simulators.uplinks import make_platform, uplinks
parameters, seed = read_parameters(Path(sys.argv[1])), int(sys.argv[2])
platform = make_platform(make_fleet(parameters, seed), parameters.town, seed)
sys.stdout.write(sha256(b"".join(uplinks(platform, int(sys.argv[3])))).hexdigest())
"""


def test_another_seed_gives_other_messages(platform: Platform) -> None:
    other = Platform(platform.fleet, platform.town, platform.seed + 1, platform.texts)
    assert uplinks(platform, 1)[0] != uplinks(other, 1)[0]


def test_an_export_that_is_stopped_leaves_nothing(platform: Platform, tmp_path: Path) -> None:
    with pytest.raises(Stopped):
        write_export(platform, DAY, tmp_path, stopping=lambda: True)
    assert list(tmp_path.iterdir()) == []


def test_an_export_removes_those_of_other_days_and_is_made_once(platform: Platform, tmp_path: Path) -> None:
    (tmp_path / "uplinks-2026-11-21-4600-7.ndjson").write_bytes(b"old")
    made = write_export(platform, DAY, tmp_path, stopping=lambda: False)
    first = made.stat().st_mtime_ns
    assert [file.name for file in tmp_path.iterdir()] == [made.name]
    assert write_export(platform, DAY, tmp_path, stopping=lambda: True).stat().st_mtime_ns == first
    made.unlink()
