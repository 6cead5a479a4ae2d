"""The command on a cluster: a standalone master and two workers, each a process of its own; too long for every day.

All on this machine, so that the folder has one path everywhere, which docs/operator/spark.md asks of several.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.applying import HASHED, SITE, Desk, table
from tests.e2e.apply.deliveries import NOW, write
from tests.e2e.engines.conftest import QUICK
from tests.e2e.engines.corpus import COUNT, DAY, HOMES

pytestmark = [pytest.mark.soak, pytest.mark.spark, pytest.mark.usefixtures("spark")]

WORKERS = 2
ESSAY = table(
    [HASHED, SITE, DAY],
    dimensions="[site, horodatage]",
    indicators=[COUNT, HOMES],
    margins="[{par: [site]}, {par: [horodatage]}, {par: []}]",
)


def rows() -> list[dict[str, object]]:
    """Two thousand visits, three a household; of one site, too few a day to be shown."""
    return [
        {
            "badge": f"Marque-{number // 3:04}",
            "site": ("nord", "sud", "est")[number % 3] if number % 23 else "ouest",
            "horodatage": f"2026-10-{1 + number % 28:02}T09:00:00+02:00",
        }
        for number in range(2000)
    ]


@contextmanager
def running(name: str, *words: str, folder: Path) -> Iterator[Path]:
    """Run a part of Spark itself; gives its log."""
    import pyspark  # noqa: PLC0415 - an extra, which the fixture of the folder has looked for

    home, log = Path(pyspark.__file__).parent, folder / f"{name}.log"
    master = {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "JAVA_TOOL_OPTIONS": QUICK}
    with log.open("wb") as out:
        part = subprocess.Popen(
            [home / "bin" / "spark-class", f"org.apache.spark.deploy.{name}", "--host", "127.0.0.1", *words],
            env={**os.environ, **master},
            cwd=folder,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            yield log
        finally:
            part.terminate()
            part.wait()


def wait_for(said: str, log: Path, times: int = 1) -> None:
    for _ in range(600):
        if log.read_text("utf-8", "replace").count(said) >= times:
            return
        time.sleep(0.2)
    raise AssertionError(log.read_text("utf-8", "replace"))


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Start a master and its workers; gives their address and the folder of the executors' logs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address, port = f"spark://127.0.0.1:{probe.getsockname()[1]}", str(probe.getsockname()[1])
    folder = tmp_path / "cluster"
    folder.mkdir()
    with ExitStack() as parts:
        log = parts.enter_context(running("master.Master", "--port", port, "--webui-port", "0", folder=folder))
        wait_for("New state: ALIVE", log)
        for number in range(WORKERS):
            place = folder / str(number)
            place.mkdir()
            asked = ("--cores", "1", "--memory", "1g", "--webui-port", "0", "--work-dir", str(place), address)
            parts.enter_context(running("worker.Worker", *asked, folder=place))
        wait_for("Registering worker", log, times=WORKERS)
        yield address, folder


def applied(folder: Path, engine: str, more: Mapping[str, str]) -> None:
    asked = ["apply", "essai.yaml", "--charter", "charter", "--input", "data.csv", "--now", NOW]
    done = subprocess.run(
        [sys.executable, "-m", "eclor.cli", *asked, "--out", engine, "--engine", engine],
        cwd=folder,
        env={**os.environ, "JAVA_TOOL_OPTIONS": QUICK, "PYTHONPATH": str(Path(__file__).parents[3]), **more},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "Appliqué.\n", "")


def test_a_cluster_gives_the_same_release_and_its_logs_hold_no_raw_value(
    tmp_path: Path, cluster: tuple[str, Path]
) -> None:
    address, logs = cluster
    Desk(tmp_path).plan(ESSAY)
    (tmp_path / "essai.yaml").write_text(ESSAY.policy(), "utf-8")
    write(rows(), tmp_path / "data.csv")
    applied(tmp_path, "duckdb", {})
    applied(tmp_path, "spark", {"ECLOR_SPARK_MASTER": address, "SPARK_LOCAL_IP": "127.0.0.1"})
    for name in ("release.csv", "release.parquet"):
        assert (tmp_path / "spark" / name).read_bytes() == (tmp_path / "duckdb" / name).read_bytes()
    assert b"masque" in (tmp_path / "spark" / "release.csv").read_bytes()
    said = [log.read_text("utf-8", "replace") for log in sorted(logs.glob("*/app-*/*/stderr"))]
    assert len(said) == WORKERS
    assert all("Finished task" in one and "Marque-" not in one for one in said)
