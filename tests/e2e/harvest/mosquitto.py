"""A real mosquitto on loopback that a test starts, stops and kills, and a publisher at QoS 1."""

import getpass
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import orjson
import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

LOGIN = "reader:secret"
TOPIC = "application/a/device/{}/event/up"
CONFIGURATION = """\
listener {port} 127.0.0.1
allow_anonymous false
password_file {folder}/passwords
persistence true
persistence_location {folder}/
autosave_interval 1
max_queued_messages 200000
log_dest none
user {user}
"""
"""`user`: it keeps the user that starts it, root included, so that its folder may be private."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _program() -> str | None:
    return shutil.which("mosquitto", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


available = _program() is not None


@dataclass(slots=True)
class Mosquitto:
    """A broker with its own folder and port; what it persists stays between starts."""

    folder: Path
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    @classmethod
    def in_folder(cls, folder: Path) -> "Mosquitto":
        folder.mkdir()
        broker = cls(folder, free_port())
        (folder / "mosquitto.conf").write_text(
            CONFIGURATION.format(port=broker.port, folder=folder, user=getpass.getuser())
        )
        user, _, password = LOGIN.partition(":")
        words = ["mosquitto_passwd", "-b", "-c", str(folder / "passwords"), user, password]
        subprocess.run(words, check=True, stderr=subprocess.DEVNULL)
        return broker

    @property
    def url(self) -> str:
        return f"mqtt://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.process = subprocess.Popen([str(_program()), "-c", str(self.folder / "mosquitto.conf")])
        end = time.monotonic() + 10
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            assert self.process.poll() is None
        raise AssertionError("mosquitto does not listen")

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(10)
            self.process = None


def uplink(number: int) -> bytes:
    return orjson.dumps(
        {
            "deduplicationId": f"{number:08x}-50a6-4dc2-8145-2df1bbc70d9e",
            "time": f"2026-11-{1 + number // 1440 % 28:02d}T{number // 60 % 24:02d}:{number % 60:02d}:00+00:00",
            "deviceInfo": {"devEui": f"{number % 97:016x}", "tenantName": "Town"},
            "fCnt": number,
            "object": {"w": number},
            "data": "AXUQAwABBAAA",
            "rxInfo": [{"gatewayId": "6a7e111a10000000"}],
        }
    )


def publisher(broker: Mosquitto) -> mqtt.Client:
    client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id="publisher")
    client.username_pw_set(*LOGIN.split(":"))
    client.max_queued_messages_set(0)
    client.reconnect_delay_set(min_delay=1, max_delay=1)
    client.connect("127.0.0.1", broker.port)
    client.loop_start()
    return client


def publish(client: mqtt.Client, numbers: Iterable[int]) -> None:
    """Publish at QoS 1 and wait until the broker has them all."""
    sent = [client.publish(TOPIC.format(number % 97), uplink(number), qos=1) for number in numbers]
    for one in sent:
        one.wait_for_publish(20)
