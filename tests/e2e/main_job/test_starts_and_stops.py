"""`eclor run` says what it did, stops all that it started, and publishes nothing twice."""

import os
import subprocess
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
from ruamel.yaml import YAML

from tests.e2e.main_job.conftest import LIGHTING, Job, versions_of
from tests.e2e.main_job.running import ECLOR, ROOT

pytestmark = [pytest.mark.broker, pytest.mark.xdist_group("main-job"), pytest.mark.timeout(600)]
CARDS = {
    file.stem: YAML(typ="safe").load(file.read_text("utf-8"))
    for file in (ROOT / "policies" / "ccphva" / "datasets").glob("*.yaml")
}
LIVE = {slug for slug, card in CARDS.items() if card["nature"] == "direct"}
OUT = {slug for slug, card in CARDS.items() if card["nature"] != "non-collecte"} - {"prenoms"}
ASKED = OUT - {LIGHTING, "remplissage-conteneurs"}
"""Those that no broker tells: what one tells comes out once `eclor intake` has listened."""
BY_DAY = {"bus-vehicules"}
"""Buses in service: by night and at weekends, when none runs, the list is empty."""


def test_all_that_is_asked_for_is_out_when_it_is_ready(job: Job) -> None:
    table = job.first.table
    assert {slug for slug, line in table.items() if line.ending == "version 1"} == ASKED
    for slug in ASKED:
        line = table[slug]
        assert line.rows_in is not None
        assert line.rows_out is not None
        assert line.rows_in >= line.rows_out
        assert line.rows_out > 0 or slug in BY_DAY
    assert any(line.startswith("ready: http://127.0.0.1:") for line in job.first.lines)
    assert (table["dechetteries-passages"].withheld or 0) > 0


def test_first_names_are_refused_with_their_reason(job: Job) -> None:
    line = job.first.table["prenoms"]
    assert (line.rows_out, line.withheld) == (None, None)
    assert line.ending.startswith("refused by the charter")
    reason = "\n".join(job.first.lines).partition("see below")[2]
    assert "[release.no-step]" in reason
    assert "Rien n'est" in reason
    assert "prenoms" not in versions_of(job.second.home)


def test_it_says_that_all_of_it_is_simulated(job: Job) -> None:
    assert any("données simulées" in line for line in job.first.lines)


def test_the_lighting_comes_from_a_whole_day_of_messages(job: Job) -> None:
    (said,) = [line for line in job.first.lines if line.startswith(f"● {LIGHTING}: published")]
    rows_in = int(said.partition("(")[2].partition(" rows in")[0].replace(",", ""))
    assert rows_in >= 4600 * 24 * 4


def test_ctrl_c_stops_all_that_was_started(job: Job) -> None:
    commands = "\n".join(job.first.at_work.values())
    for started in ("eclor run", "harvesters.simulators", "eclor.cli serve", "eclor.cli intake", "mosquitto"):
        assert started in commands, commands
    assert job.first.exit_code == 0
    assert job.first.survivors == {}


def test_a_second_start_is_ready_sooner(job: Job) -> None:
    assert job.ready_s < job.first.ready_s


def test_a_second_start_publishes_nothing_twice(job: Job) -> None:
    now, before = versions_of(job.second.home), job.first.versions
    assert {slug: now[slug] for slug in now if slug not in LIVE} == {slug: [1] for slug in OUT - LIVE}
    for slug in LIVE:
        assert now[slug][: len(before[slug])] == before[slug]
        states = [_rows(job.published / slug / "versions" / str(number)) for number in now[slug]]
        assert all(former != latter for former, latter in pairwise(states))


def _rows(version: Path) -> bytes:
    return (version / "data.csv").read_bytes()


def test_a_second_run_on_a_home_at_work_says_so_and_the_first_goes_on(job: Job) -> None:
    environment = {**os.environ, "ECLOR_HOME": str(job.second.home), "COLUMNS": "200"}
    second = subprocess.run(
        [ECLOR, "run", "--once"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert second.returncode == 1
    assert "[catalog.busy]" in second.stdout
    assert str(job.second.process.pid) in second.stdout
    assert job.second.process.poll() is None
    assert httpx.get(f"{job.url}/readyz", trust_env=False).is_success
