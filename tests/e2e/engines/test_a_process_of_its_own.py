"""The command on Spark, as an operator types it: it says what the other engine says, and leaves nothing behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.applying import Desk
from tests.e2e.apply.deliveries import ESSAY, NOW, sound, write
from tests.e2e.engines.conftest import QUICK

pytestmark = [pytest.mark.spark, pytest.mark.usefixtures("spark")]


def test_the_command_answers_alone_and_ends_its_spark(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.plan(ESSAY)
    (tmp_path / "essai.yaml").write_text(ESSAY.policy(), "utf-8")
    write(sound(), tmp_path / "data.csv")
    asked = ["apply", "essai.yaml", "--charter", "charter", "--input", "data.csv", "--now", NOW]
    before = set(tmp_path.iterdir())
    for engine in ("spark", "duckdb"):
        done = subprocess.run(
            [sys.executable, "-m", "eclor.cli", *asked, "--out", engine, "--engine", engine],
            cwd=tmp_path,
            env={**os.environ, "JAVA_TOOL_OPTIONS": QUICK, "PYTHONPATH": str(Path(__file__).parents[3])},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "Appliqué.\n", "")
    assert set(tmp_path.iterdir()) - before == {tmp_path / "spark", tmp_path / "duckdb"}
    for name in ("release.csv", "release.parquet"):
        assert (tmp_path / "spark" / name).read_bytes() == (tmp_path / "duckdb" / name).read_bytes()
    assert not [line for line in _command_lines() if str(tmp_path) in line]


ASKING = """
import sys
from pathlib import Path
from eclor.engine.limits import Engine, Limits
from eclor.engine.session import opened_session
from eclor.errors import SettingsRefused
try:
    with opened_session((), Limits(Path.cwd(), engine=Engine.SPARK, spark_master=sys.argv[1])):
        print("started", flush=True)
except SettingsRefused as refusal:
    print(refusal.code, flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("master", ["local[many]", "nowhere://there"])
def test_an_address_that_takes_no_one_is_refused_and_leaves_nothing_running(tmp_path: Path, master: str) -> None:
    """Looked at while the process that asked still lives: its end would end what it had started."""
    with subprocess.Popen(
        [sys.executable, "-c", ASKING, master],
        cwd=tmp_path,
        env={**os.environ, "JAVA_TOOL_OPTIONS": QUICK, "PYTHONPATH": str(Path(__file__).parents[3])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as asking:
        assert asking.stdout is not None
        said = asking.stdout.readline()
        left = [line for line in _command_lines() if str(tmp_path) in line]
        asking.communicate("")
    assert (said, left) == ("engine.no-cluster\n", [])


def _command_lines() -> list[str]:
    """What runs now: a Spark that outlived its command would name its folder."""
    return [_read(place / "cmdline") for place in Path("/proc").iterdir() if place.name.isdigit()]


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode(errors="replace")
    except OSError:
        return ""  # it ended meanwhile
