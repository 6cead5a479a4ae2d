"""Claim: intake takes at least 15,000 MQTT messages per CPU second, QoS 1, acknowledged after the durable write.

A real mosquitto and a publisher in a process of its own feed ChirpStack uplinks (about 900 bytes, six columns mapped)
to a listener in a process of its own, so that only its CPU counts: user and system, all threads, from the connection
to the last partition sealed; imports apart. `python -m benchmarks.intake [messages]`; the median of three rounds.
"""

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import orjson
import pyarrow as pa
import structlog

from eclor.world import FileKeyRing, SystemClock, SystemRandomness, World
from harvesters.declaration import read_declaration
from harvesters.intake import AllowedFields
from harvesters.listening import drain
from harvesters.raw_store import RawStore
from harvesters.reach import Credentials, Patience, Reach
from harvesters.receiving import Keeping
from harvesters.source import Source

TARGET = 15_000
ROUNDS = 3
LAMPS = 4_600
PART = 40_000
_DECLARATION = """\
source: lamps
titre: Lamps
exploitant: Lighting
simule: oui
flux:
  - jeu: lighting
    protocole: chirpstack
    acces: mqtt
    adresse: "{broker}"
    toutes_les: 1 jour
    options: {sujet: "application/+/device/+/event/up", cle: "lamp,at"}
    colonnes:
      - {nom: lamp, chemin: deviceInfo.devEui, type: code}
      - {nom: street, chemin: deviceInfo.tags.rue, type: texte}
      - {nom: commune, chemin: deviceInfo.tags.commune, type: code}
      - {nom: at, chemin: time, type: date-heure}
      - {nom: energy_wh, chemin: object.power_w, type: entier, multiplier: 900, diviser: 3600}
      - {nom: dimming, chemin: object.dimming, type: entier}
"""


def uplink(number: int) -> bytes:
    """Return the uplink of a lamp; every number is another message."""
    lamp, interval = number % LAMPS, number // LAMPS
    hour, minute = divmod(interval * 15, 60)
    return orjson.dumps(
        {
            "deduplicationId": f"{number:08x}-50a6-4dc2-8145-2df1bbc70d9e",
            "time": f"2026-11-{1 + hour // 24:02d}T{hour % 24:02d}:{minute:02d}:{lamp % 60:02d}.404859+00:00",
            "deviceInfo": {
                "tenantId": "52f14cd4-c6f1-4fbd-8f87-4025e1d49242",
                "tenantName": "Town",
                "applicationId": "ca739e26-7b67-4f14-b69e-d568c22a5a75",
                "applicationName": "Lighting",
                "deviceProfileId": "605d08d4-65f5-4d2c-8a5a-3d2457662f79",
                "deviceName": f"L{lamp:05d}",
                "devEui": f"{lamp:016x}",
                "tags": {"rue": f"rue {lamp % 97}", "commune": f"{54000 + lamp % 8}"},
            },
            "devAddr": "20000001",
            "adr": True,
            "dr": 5,
            "fCnt": interval,
            "fPort": 2,
            "confirmed": False,
            "data": "AXUQAwABBAAA",
            "object": {"power_w": number % 90, "dimming": 100, "temperature_c": 9},
            "rxInfo": [{"gatewayId": "6a7e111a10000000", "uplinkId": number, "rssi": -85, "snr": 11.5, "channel": 2}],
            "txInfo": {"frequency": 868500000, "modulation": {"lora": {"bandwidth": 125000, "spreadingFactor": 7}}},
        }
    )


@contextmanager
def broker(folder: Path) -> Iterator[int]:
    """Run mosquitto on loopback; give its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    configuration = folder / "mosquitto.conf"
    configuration.write_text(
        f"listener {port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 2000000\nmax_inflight_messages 100\n"
        "log_dest none\n"
    )
    program = shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin:/usr/bin:/opt/homebrew/sbin")
    if program is None:
        raise SystemExit("no mosquitto here")
    running = subprocess.Popen([program, "-c", str(configuration)])
    try:
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
        yield port
    finally:
        running.terminate()
        running.wait()


def listener(home: Path, port: int) -> None:
    """Be the measured process: say ready, drain, say what it took."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    (home / "lamps.yaml").write_text(_DECLARATION)
    (source,) = read_declaration(home / "lamps.yaml", endpoints={"broker": f"mqtt://127.0.0.1:{port}"})
    world = World(SystemClock(), SystemRandomness(), FileKeyRing(home / "keys"))
    store, allowed = RawStore(home / "raw", world), AllowedFields.of(collected=_names(source), refused=())
    reach = Reach(Credentials({}), world.clock, "benchmark", Patience(quiet_s=3))
    pa.array([0])  # has pyarrow import pandas, which takes as long as thousands of messages
    print("ready", flush=True)
    began = time.process_time()
    drain(source, allowed, keeping=Keeping.APPEND, store=store, reach=reach)
    cpu_s = time.process_time() - began
    raw = store.held(source.dataset, source.name)
    print(json.dumps({"cpu_s": cpu_s, "rows": raw.rows, "refused": raw.counts.refused}), flush=True)


def _names(source: Source) -> list[str]:
    return [column.name for column in source.columns]


def written(folder: Path, count: int) -> list[Path]:
    """Write uplinks in parts: beyond some 60,000 lines `mosquitto_pub -l` ends, content, before the last."""
    parts = []
    for first in range(0, count, PART):
        parts.append(folder / f"{first}.ndjson")
        parts[-1].write_bytes(b"".join(uplink(number) + b"\n" for number in range(first, min(first + PART, count))))
    return parts


def publish(parts: list[Path], port: int) -> None:
    """Send them at QoS 1."""
    publishing = ["mosquitto_pub", "-p", str(port), "-q", "1", "-t", "application/a/device/d/event/up", "-l"]
    for part in parts:
        with part.open("rb") as lines:
            subprocess.run(publishing, stdin=lines, check=True)


def one_round(count: int) -> float:
    """Return the messages per CPU second of one round."""
    with tempfile.TemporaryDirectory() as temporary, broker(Path(temporary)) as port:
        parts = written(Path(temporary), count)  # before the listener, which leaves a source that stays quiet
        command = [sys.executable, "-m", "benchmarks.intake", "--listen", temporary, str(port)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout is not None
            assert running.stdout.readline() == "ready\n"
            publish(parts, port)
            taken = json.loads(running.stdout.readline())
    assert taken["rows"] == count, taken
    return count / float(taken["cpu_s"])


def main(count: int = 120_000) -> int:
    """Measure, print, and return 0 if the target holds."""
    rates = [one_round(count) for _ in range(ROUNDS)]
    size = len(uplink(count - 1))
    rate = median(rates)
    print(f"intake: {count:,} MQTT messages of {size} bytes, QoS 1: {rate:,.0f} per CPU s (target {TARGET:,})")
    return 0 if rate >= TARGET else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--listen"]:
        listener(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        raise SystemExit(main(*map(int, sys.argv[1:])))
