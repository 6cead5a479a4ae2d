"""Claim: one day of 4,600 lamps goes from the broker to a published version in 60 CPU seconds and 600 MB.

A real mosquitto and a publisher in a process of its own send the day's 441,600 uplinks of the demonstration territory
at QoS 1, kept by the broker; a process of its own then drains them, applies the signed policy, passes the three gates
and publishes. CPU is user and system of all its threads and of the gates' worker together. Memory is its own peak;
that of the gates' worker, which is what great-expectations, presidio and a language model take, is said beside.
`python -m benchmarks.lighting_day`.
"""

import json
import resource
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import structlog

from benchmarks.intake import broker
from eclor.house import House, open_house
from eclor.names import Slug
from eclor.opening import open_demonstration
from eclor.pipeline import walk
from eclor.settings import Settings
from eclor.standing import allowed_fields, plan_in_force
from eclor.world import FileKeyRing, FixedClock, SystemRandomness, World
from harvesters.listening import drain
from harvesters.reach import Patience
from harvesters.receiving import Keeping
from harvesters.simulators.fleet import make_fleet
from harvesters.simulators.parameters import read_parameters
from harvesters.simulators.uplinks import day_of_uplinks, make_platform

TERRITORY = Path(__file__).parents[1] / "policies" / "ccphva"
DAY = date(2026, 11, 17)
CPU_S = 60
MEGABYTES = 600
SEED = 1
INTERVALS_A_PART = 10
DATASET = Slug("eclairage-telemetrie")


def publish_day(folder: Path, port: int) -> int:
    """Send the day's uplinks to the broker; return their number.

    In parts: beyond some 60,000 lines `mosquitto_pub -l` ends, content, before it has sent them all.
    """
    parameters = read_parameters(TERRITORY)
    platform = make_platform(make_fleet(parameters, SEED), parameters.town, SEED)
    intervals, count = list(day_of_uplinks(platform, DAY)), 0
    for first in range(0, len(intervals), INTERVALS_A_PART):
        lines = [uplink + b"\n" for interval in intervals[first : first + INTERVALS_A_PART] for uplink in interval]
        part = folder / "uplinks.ndjson"
        part.write_bytes(b"".join(lines))
        publishing = ["mosquitto_pub", "-p", str(port), "-q", "1", "-t", "application/a/device/d/event/up", "-l"]
        with part.open("rb") as stream:
            subprocess.run(publishing, stdin=stream, check=True)
        count += len(lines)
    return count


def measured(home: Path, port: int) -> None:
    """Be the measured process: say ready, walk, say what it took."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    secrets = home / "secrets.json"
    secrets.write_text(json.dumps({"courtier-eclairage": "reader:anyone"}))
    randomness = SystemRandomness()
    clock = FixedClock(datetime.combine(DAY + timedelta(days=2), time(12), tzinfo=UTC))
    endpoints = {
        "simulateurs": "http://127.0.0.1:9",
        "courtier": f"mqtt://127.0.0.1:{port}",
        "depot": str(home),
        "secrets": str(secrets),
    }
    world = World(clock, randomness, FileKeyRing(home / "keys", randomness))
    with open_house(Settings(territory=TERRITORY, home=home), endpoints=endpoints, world=world) as house:
        open_demonstration(house)
        _subscribe(house)
        print("ready", flush=True)
        sys.stdin.readline()
        before = resource.getrusage(resource.RUSAGE_SELF)
        done = walk(DATASET, house, run_id="bench", at_door=lambda _: None)
        after = resource.getrusage(resource.RUSAGE_SELF)
    worker = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = {
        "outcome": done.outcome,
        "rows_in": done.rows_in,
        "message": done.message_en,
        "walk_s": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "gates_s": worker.ru_utime + worker.ru_stime,
        "walk_mb": after.ru_maxrss / 1024,
        "gates_mb": worker.ru_maxrss / 1024,
    }
    print(json.dumps(told), flush=True)


def _subscribe(house: House) -> None:
    """Make the broker keep what comes for us, as it does between two rounds."""
    allowed = allowed_fields(plan_in_force(DATASET, house))
    reach = replace(house.reach, patience=Patience(quiet_s=0.2))
    for flow in (flow for flow in house.flows(DATASET) if flow.access == "mqtt"):
        drain(flow, allowed, keeping=Keeping.APPEND, store=house.store, reach=reach)


def main() -> int:
    """Measure, print, and return 0 if the targets hold."""
    with tempfile.TemporaryDirectory() as temporary, broker(Path(temporary)) as port:
        home = Path(temporary) / "home"
        home.mkdir()
        command = [sys.executable, "-m", "benchmarks.lighting_day", "--walk", str(home), str(port)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout is not None
            assert running.stdin is not None
            assert running.stdout.readline() == "ready\n"
            count = publish_day(Path(temporary), port)
            running.stdin.write("go\n")
            running.stdin.flush()
            taken = json.loads(running.stdout.readline())
    assert (taken["outcome"], taken["rows_in"]) == ("published", count), taken
    cpu_s = taken["walk_s"] + taken["gates_s"]
    print(
        f"lighting day: {count:,} messages from broker to version: {taken['walk_s']:.1f} CPU s and "
        f"{taken['gates_s']:.1f} in the gates (target {CPU_S} together), "
        f"{taken['walk_mb']:.0f} MB (target {MEGABYTES}), beside {taken['gates_mb']:.0f} MB in the gates"
    )
    return 0 if cpu_s <= CPU_S and taken["walk_mb"] <= MEGABYTES else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--walk"]:
        measured(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        raise SystemExit(main())
