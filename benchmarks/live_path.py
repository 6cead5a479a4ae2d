"""Claim: from a source's message to the event of the API it takes less than a second, at 1,000 messages a second.

A real mosquitto; `eclor run` with the `eclor serve` and `eclor intake` that it starts; a publisher in a process of its
own says at QoS 1 how full 200 containers are, each message with its instant; a client listens to `/api/v1/live/`. A
message's latency ends with the first event that shows its container as of that instant or later. Wall seconds, as they
are felt, so the load stands beside. `python -m benchmarks.live_path [seconds]`.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Final

import httpx
import orjson
import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from benchmarks.intake import broker
from benchmarks.serving import free_port
from eclor.world import SystemClock
from tests.e2e.faults.town import CONTAINERS, settle

TARGET_S = 1.0
RATE = 1_000
CODES = 200
_TICK_S: Final = 0.02
_PATIENCE_S: Final = 120
CLOCK: Final = SystemClock()
_SOURCE: Final = """\
source: courtier
titre: Courtier
exploitant: Essais
description: Des conteneurs qui parlent par MQTT.
simule: oui
flux:
  - jeu: conteneurs
    protocole: json
    acces: mqtt
    adresse: "mqtt://127.0.0.1:{port}"
    toutes_les: 1 heure
    options: {{sujet: "conteneurs/+", cle: code, instant: vu_a}}
    colonnes:
      - {{nom: code, chemin: code, type: code}}
      - {{nom: niveau, chemin: niveau, type: decimal, decimales: 2}}
      - {{nom: vu_a, chemin: vu_a, type: date-heure}}
"""


@dataclass(slots=True)
class Heard:
    """What the client was told: of each event when it came, and as of when it shows each container."""

    events: list[tuple[float, dict[str, float]]] = field(default_factory=list)

    def listen(self, address: str) -> None:
        """Listen until the server hangs up."""
        try:
            with httpx.stream("GET", address, timeout=_PATIENCE_S) as answer:
                for line in answer.iter_lines():
                    if line.startswith("data: "):
                        self._note(json.loads(line.removeprefix("data: ")), at=CLOCK.now().timestamp())
        except httpx.HTTPError:
            return

    def _note(self, state: dict[str, list[dict[str, str]]], *, at: float) -> None:
        self.events.append((at, {row["code"]: _seconds(row["vu_a"]) for row in state["records"]}))

    def latencies(self, said: list[tuple[str, float]]) -> list[float]:
        """Return of each message how long it was until an event showed it, or a later one of its container."""
        waiting, found = said, []
        for at, shown in self.events:
            found += [at - instant for code, instant in waiting if shown.get(code, 0) >= instant]
            waiting = [(code, instant) for code, instant in waiting if shown.get(code, 0) < instant]
        assert not waiting, f"{len(waiting)} messages never came"
        return sorted(found)


def _seconds(text: str) -> float:
    instant = datetime.fromisoformat(text)
    return round((instant if instant.tzinfo else instant.replace(tzinfo=UTC)).timestamp(), 3)


def publisher(port: int, seconds: float) -> None:
    """Say `RATE` messages a second, then print what was said."""
    client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id="conteneurs")
    client.max_inflight_messages_set(1_000)
    client.connect("127.0.0.1", port)
    client.loop_start()
    said: list[tuple[str, float]] = []
    began = time.monotonic()
    while (passed := time.monotonic() - began) < seconds:
        sent = [_say(client, number) for number in range(len(said), int(passed * RATE))]
        said += sent
        time.sleep(_TICK_S)
    last = client.publish("conteneurs/fin", b"{}", qos=1)
    last.wait_for_publish(_PATIENCE_S)
    client.disconnect()
    client.loop_stop()
    print(json.dumps(said), flush=True)


def _say(client: mqtt.Client, number: int) -> tuple[str, float]:
    code, instant = f"C{number % CODES:03d}", round(CLOCK.now().timestamp(), 3)
    seen = datetime.fromtimestamp(instant, UTC).isoformat(timespec="milliseconds")
    message = {"code": code, "niveau": number % 100 / 100, "vu_a": seen}
    client.publish(f"conteneurs/{code}", orjson.dumps(message), qos=1)
    return code, instant


def said_in(port: int, seconds: float) -> list[tuple[str, float]]:
    """Have a process publish for so long; return what it said."""
    command = [sys.executable, "-m", "benchmarks.live_path", "--publish", str(port), str(seconds)]
    told = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    return [(code, instant) for code, instant in json.loads(told)]


@contextmanager
def running(territory: Path, home: Path, port: int) -> Iterator[None]:
    """Run the main job until the block ends."""
    environment = {**os.environ, "ECLOR_TERRITORY": str(territory), "ECLOR_HOME": str(home), "PORT": str(port)}
    command = [sys.executable, "-m", "eclor.cli", "run"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
        assert process.poll() is None, "eclor run ended"
    finally:
        process.terminate()
        process.wait()


def first_state(address: str, broker_port: int) -> None:
    """Say something until the API shows it."""
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end:
        said_in(broker_port, 0.3)
        try:
            with httpx.stream("GET", address, timeout=5) as answer:
                if any(line.startswith("data: ") for line in answer.iter_lines()):
                    return
        except httpx.HTTPError:
            time.sleep(1)
    raise SystemExit("nothing was ever published")


def main(seconds: float = 20) -> int:
    """Measure, print, and return 0 if the target holds."""
    with tempfile.TemporaryDirectory() as temporary, broker(Path(temporary)) as broker_port:
        folder, port = Path(temporary), free_port()
        territory = settle(folder, only=[CONTAINERS])
        (territory / "sources" / "courtier.yaml").write_text(_SOURCE.format(port=broker_port))
        address, heard = f"http://127.0.0.1:{port}/api/v1/live/{CONTAINERS}", Heard()
        with running(territory, folder / "home", port):
            first_state(address, broker_port)
            listening = Thread(target=heard.listen, args=[address])
            listening.start()
            said = said_in(broker_port, seconds)
            load = os.getloadavg()[0]
            time.sleep(15)  # what was said last is shown
        listening.join()
        versions = [*(folder / "home" / "published").glob("*/versions/*")]
        size = sum(file.stat().st_size for one in versions for file in one.rglob("*") if file.is_file())
    took = heard.latencies(said)
    middle, late, last = took[len(took) // 2], took[len(took) * 99 // 100], took[-1]
    print(
        f"live path, {len(said):,} messages in {seconds:.0f} s of {CODES} containers, {len(heard.events)} events: ",
        end="",
    )
    print(f"median {middle:.2f} s, 99 % {late:.2f} s, last {last:.2f} s (target {TARGET_S}; load {load:.1f})")
    print(f"  a version takes {size / len(versions) / 1024:.0f} KiB")
    return 0 if late < TARGET_S else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--publish"]:
        publisher(int(sys.argv[2]), float(sys.argv[3]))
    else:
        raise SystemExit(main(*map(float, sys.argv[1:])))
