"""Every way to stop leaves no process; a second start gives the same bytes."""

import os
import signal
import subprocess
from hashlib import sha256
from pathlib import Path
from queue import Queue

import httpx
import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from tests.e2e.main_job.running import until
from tests.e2e.simulators.running import Running, command, ends_within, processes_of, running

PATHS = ("/dechets/points-de-collecte.csv", "/equipements.geojson", "/etat-civil/prenoms.csv", "/cap/alertes.xml",
         "/ngsi-ld/v1/entities?type=RecyclingCentreQueue&attrs=waitingMinutes")  # fmt: skip


def _bytes_of(started: Running) -> dict[str, str]:
    given = {path: httpx.get(started.url + path, trust_env=False).content for path in PATHS}
    given |= {file.name: file.read_bytes() for file in (Path(started.where["depot"]) / "passages").iterdir()}
    return {name: sha256(content).hexdigest() for name, content in given.items()}


def test_same_seed_and_clock_give_the_same_bytes(tmp_path: Path) -> None:
    with running(tmp_path / "one") as first, running(tmp_path / "two") as second:
        assert _bytes_of(first) == _bytes_of(second)
        assert len(_bytes_of(first)) == len(PATHS) + 31 + 23


def test_a_second_start_on_the_same_folder_changes_nothing(tmp_path: Path) -> None:
    with running(tmp_path) as first:
        before, login = _bytes_of(first), first.login("courtier-eclairage")
    with running(tmp_path) as second:
        assert _bytes_of(second) == before
        assert second.login("courtier-eclairage") == login


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_signal_stops_everything(tmp_path: Path, number: int) -> None:
    with running(tmp_path) as started:
        until(lambda: len(processes_of(tmp_path)) == 4, 15, "four processes")  # one may not bear its name yet
        pids = processes_of(tmp_path)
        os.kill(started.process.pid, number)
        started.process.wait(20)
        assert ends_within(pids, 15)
        assert started.process.returncode == (0 if number != signal.SIGKILL else -signal.SIGKILL)
    assert processes_of(tmp_path) == []


def test_the_end_of_stdin_stops_everything(tmp_path: Path) -> None:
    with running(tmp_path) as started:
        pids = processes_of(tmp_path)
        started.process.stdin.close()
        assert started.process.wait(20) == 0
        assert ends_within(pids, 0)


def test_a_broker_that_is_killed_comes_back_on_its_port(tmp_path: Path) -> None:
    with running(tmp_path) as started:
        (broker,) = [pid for pid in processes_of(tmp_path) if _name(pid) == "mosquitto"]
        os.kill(broker, signal.SIGKILL)
        assert ends_within([broker], 10)
        told: Queue[object] = Queue()
        client = mqtt.Client(CallbackAPIVersion.VERSION2)
        client.username_pw_set(*started.login("courtier-eclairage"))
        client.on_connect = lambda _c, _u, _f, reason, _p: told.put(reason)
        client.reconnect_delay_set(1, 1)
        client.connect_async("127.0.0.1", started.port)
        client.loop_start()
        assert told.get(timeout=20) == "Success"
        client.disconnect()
        client.loop_stop()


def _name(pid: int) -> str:
    return Path(f"/proc/{pid}/comm").read_text().strip()


def test_a_folder_serves_one_run_and_one_seed(tmp_path: Path) -> None:
    with running(tmp_path):
        second = subprocess.run(command(tmp_path), check=False, capture_output=True, text=True, stdin=subprocess.PIPE)
        assert (second.returncode, second.stdout) == (1, "")
        assert "another run" in second.stderr
    other = subprocess.run(
        command(tmp_path, seed="8"), check=False, capture_output=True, text=True, stdin=subprocess.PIPE
    )  # fmt: skip
    assert (other.returncode, other.stdout) == (1, "")
    assert "seed 7" in other.stderr


def test_a_clock_without_an_offset_is_refused(tmp_path: Path) -> None:
    asked = [*command(tmp_path)[:-1], "2026-11-24T13:00:00"]
    told = subprocess.run(asked, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert told.returncode == 2
    assert "offset" in told.stderr
