"""`eclor verify` on what the main job published: it holds; one byte changed anywhere, and it does not."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eclor.cli import app
from tests.e2e.main_job.conftest import Job
from tests.e2e.main_job.running import ECLOR

pytestmark = [pytest.mark.broker, pytest.mark.xdist_group("main-job"), pytest.mark.timeout(600)]
SLUG = "dechetteries-passages"
PRIVATE = {"rows.sqlite"}
"""Served by pages, never as a file: the proof does not speak of it."""


def said(*words: str, environment: Mapping[str, str] | None = None) -> tuple[int, str]:
    result = CliRunner(env=dict(environment or {})).invoke(app, list(words))
    return result.exit_code, result.output


@pytest.mark.parametrize("slug", ["alertes", "dechetteries-passages", "eclairage-telemetrie", "points-de-collecte"])
def test_a_version_is_verified_by_its_folder(job: Job, slug: str) -> None:
    code, told = said("verify", str(job.newest(slug)))
    assert (code, told.splitlines()[-1]) == (0, "Vérifié."), told


def test_a_version_is_verified_by_its_address(job: Job) -> None:
    target = f"{job.url}/dataset/{SLUG}/versions/{job.newest(SLUG).name}"
    done = subprocess.run([ECLOR, "verify", target], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Vérifié."), done.stderr


def test_one_byte_changed_in_any_published_file_is_seen(job: Job, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(job.newest(SLUG), tmp_path / "copy"))
    files = sorted(file for file in copy.iterdir() if file.name not in PRIVATE)
    assert len(files) >= 12
    for file in files:
        content = file.read_bytes()
        middle = len(content) // 2
        file.chmod(0o644)
        file.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
        code, told = said("verify", str(copy))
        assert (code, "Refusé." in told) == (1, True), (file.name, told)
        file.write_bytes(content)
    assert said("verify", str(copy))[0] == 0, "all bytes are back"


def test_one_byte_changed_in_the_journal_is_seen(job: Job, tmp_path: Path) -> None:
    home = job.second.home
    copy = tmp_path / "home"
    for name in ("published", "keys", "journal", "acts"):  # the run goes on: what is published was told before
        shutil.copytree(home / name, copy / name)
    environment = {**os.environ, "ECLOR_HOME": str(copy)}
    code, told = said("journal", "verify", environment=environment)
    assert code == 0, told
    for name in ("entries.jsonl", "heads.jsonl"):
        file = copy / "journal" / name
        content = file.read_bytes()
        for place in (len(content) // 5, len(content) // 2, len(content) - 10):
            file.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
            code, told = said("journal", "verify", environment=environment)
            assert (code, "Refusé." in told) == (1, True), (name, place, told)
        file.write_bytes(content)


def test_no_version_stands_on_a_waiver(job: Job) -> None:
    """The territory is clean: nobody lifted a doubt for it, and each gate passed."""
    proofs = [json.loads(file.read_bytes()) for file in job.published.glob("*/versions/*/proof.json")]
    verdicts = [gate["public"] for proof in proofs for gate in proof["gates"]]
    assert len({proof["dataset"] for proof in proofs}) > 60
    assert {verdict["verdict"] for verdict in verdicts} == {"passed"}
    assert not any("waived" in verdict for verdict in verdicts)
