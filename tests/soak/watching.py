"""What a soak watches from outside: the memory of every process, and every message that the broker passes on."""

import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import orjson
import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from tests.e2e.main_job.running import processes_of

NAMES = ("eclor run", "eclor.cli serve", "eclor.cli intake", "catalog.gates.worker")
MIB = 1024 * 1024


@dataclass
class Memory:
    """Resident bytes of our processes over time, by name."""

    seen: dict[str, list[tuple[float, int]]] = field(default_factory=dict)

    def look(self, home: Path, second: float) -> None:
        for pid, command in processes_of(home).items():
            name = next((name for name in NAMES if name in command), None)
            if name is not None:
                self.seen.setdefault(name, []).append((second, _resident(pid)))

    def growth_mib(self, name: str) -> float:
        """Return by how much the second half of the time made a process grow, on its straight line."""
        half = self.seen[name][len(self.seen[name]) // 2 :]
        seconds, resident = np.array([second for second, _ in half]), np.array([size for _, size in half])
        slope = np.polyfit(seconds, resident, 1)[0]
        return float(slope * (seconds[-1] - seconds[0]) / MIB)


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096
    except (OSError, IndexError):
        return 0


@dataclass
class Witness:
    """Another reader of the same broker, which knows each lamp and instant that was said since it came."""

    client: mqtt.Client
    said: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, home: Path) -> "Witness":
        endpoints = json.loads((home / "endpoints.json").read_text("utf-8"))
        secrets = json.loads(Path(endpoints["secrets"]).read_text("utf-8"))
        user, _, password = secrets["courtier-eclairage"].partition(":")
        witness = cls(mqtt.Client(CallbackAPIVersion.VERSION2, client_id="witness"))
        witness.client.username_pw_set(user, password)
        witness.client.on_message = lambda _client, _data, message: witness._note(message.payload)
        witness.client.on_connect = lambda client, *_: client.subscribe("application/+/device/+/event/up", qos=1)
        witness.client.connect("127.0.0.1", int(endpoints["courtier"].rpartition(":")[2]))
        witness.client.loop_start()
        return witness

    def _note(self, payload: bytes) -> None:
        message = orjson.loads(payload)
        self.said.add((message["deviceInfo"]["tags"]["luminaire"], message["time"]))

    def leave(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()
