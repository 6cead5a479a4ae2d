"""A draft tried on what a home holds: next to all that was published, and the home is as it was, to the byte."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from typer.testing import CliRunner, Result

from charter.demonstration import demonstration_key
from eclor.cli import app
from eclor.simulation.scratch import PREFIX
from tests.e2e.differences.valley import OPENING, SITES, drop
from tests.e2e.faults.town import Town
from tests.policies import changed

SATURDAY = OPENING.replace(day=21)
AUTHOR = "p-environnement"
MONDAY = OPENING.replace(day=23)


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    private = tmp_path / "tmp"
    private.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(private))
    monkeypatch.setenv("ECLOR_HOME", str(tmp_path / "home"))
    yield
    assert list(private.glob(f"{PREFIX}*")) == []


def digest(home: Path) -> Mapping[str, tuple[str, int, int]]:
    """Everything that a home holds: names, contents, modes, instants of the last change."""
    return {
        str(path.relative_to(home)): (
            sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
            path.stat().st_mode,
            path.stat().st_mtime_ns,
        )
        for path in sorted(home.rglob("*"))
    }


def draft(town: Town, *changes: tuple[str, str]) -> Path:
    """A second version of the policy, beside the territory."""
    original = (town.settings.territory / "politiques" / f"{SITES}.yaml").read_text("utf-8")
    file = town.settings.home.parent / "brouillon.yaml"
    file.write_text(changed(original, ("\nversion: 1\n", "\nversion: 2\n"), *changes), "utf-8")
    return file


def simulate(town: Town, file: Path, *more: str, now: datetime | None = None) -> Result:
    at = (now or town.clock.instant + timedelta(minutes=5)).isoformat()
    words = [str(file), "--territory", str(town.settings.territory), "--now", at, *more]
    return CliRunner().invoke(app, ["policy", "simulate", *words])


def report_of(done: Result) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def test_a_draft_is_tried_on_the_rows_held_and_the_home_is_not_touched(town: Town, tmp_path: Path) -> None:
    drop(tmp_path, SITES, "a.csv", SATURDAY, {"VIL": range(20), "AUD": range(20), "OTT": range(12)})
    assert town.walked(SITES, minutes=1).version == 1
    file, home = draft(town, ("k: 11", "k: 15")), town.settings.home
    before = digest(home)
    done = simulate(town, file, "--json")
    assert digest(home) == before
    assert done.exit_code == 0, done.stderr
    said = report_of(done)
    assert (said["rows"]["origin"], said["rows"]["held"], said["ending"]["blank"]) == ("held", 52, True)
    masked = [cell["key"] for cell in said["periods"][0]["cells"] if cell["fate"] == "masked"]
    assert masked == [["OTT", "2026-11-21"]]
    assert said["change"]["version"] == 1
    assert [one["key"] for one in said["change"]["vanished"]] == [["OTT", "2026-11-21"]]
    assert [one["direction"] for one in said["change"]["moves"]] == ["harder"]


def test_what_was_published_counts_and_late_rows_are_judged_with_it(town: Town, tmp_path: Path) -> None:
    drop(tmp_path, SITES, "a.csv", SATURDAY, {"VIL": range(20), "AUD": range(20)})
    assert town.walked(SITES, minutes=1).version == 1
    drop(tmp_path, SITES, "b.csv", SATURDAY, {"VIL": range(20, 25), "AUD": range(20, 31)})
    assert town.walked(SITES, minutes=20).outcome == "unchanged"
    drop(tmp_path, SITES, "c.csv", MONDAY, {"VIL": range(15)})
    assert town.walked(SITES, minutes=20).outcome == "unchanged"
    policy = town.settings.territory / "politiques" / f"{SITES}.yaml"
    before = digest(town.settings.home)
    said = report_of(simulate(town, policy, "--json", now=OPENING.replace(hour=23, minute=30)))
    assert digest(town.settings.home) == before
    cells = {tuple(cell["key"]): cell for period in said["periods"] for cell in period["cells"]}
    assert {key: cell["fate"] for key, cell in cells.items()} == {
        ("AUD", "2026-11-21"): "published",
        ("VIL", "2026-11-21"): "kept",
        ("VIL", "2026-11-23"): "published",
    }
    (reason,) = cells["VIL", "2026-11-21"]["reasons"]
    assert (reason["cause"], reason["facts"]["rule"]) == ("differencing", "revision")
    assert (said["ending"]["blank"], said["change"]) == (False, None)
    assert "en vigueur" in said["no_change"]
    town.clock.instant = OPENING.replace(hour=23, minute=30)
    walked = town.walked(SITES, minutes=0)
    assert walked.version == 2, walked.message_fr


def test_a_dataset_of_which_nothing_is_held_says_so(town: Town) -> None:
    before = digest(town.settings.home)
    done = simulate(town, draft(town))
    assert digest(town.settings.home) == before
    assert (done.exit_code, "n'est encore détenue" in done.stdout) == (0, True), done.stderr


def test_the_act_keeps_the_report_of_the_rows_held_and_takes_no_other(town: Town, tmp_path: Path) -> None:
    drop(tmp_path, SITES, "a.csv", SATURDAY, {"VIL": range(20), "OTT": range(5)})
    assert town.walked(SITES, minutes=1).version == 1
    territory = town.settings.territory
    other, policy = simulate(town, draft(town, ("k: 11", "k: 15")), "--json"), draft(town, ("k: 11", "k: 12"))
    (tmp_path / "autre.json").write_text(other.stdout, "utf-8")
    (territory / "politiques" / f"{SITES}.yaml").write_bytes(policy.read_bytes())
    key = tmp_path / "cle.pem"
    write_key(key, AUTHOR)
    words = ["act", "simuler", SITES, "--person", AUTHOR, "--key", str(key), "--territory", str(territory), "--yes"]
    refused = CliRunner().invoke(app, [*words, "--report", str(tmp_path / "autre.json")])
    assert (refused.exit_code, "[act.other-report]" in refused.stderr, "empreinte" in refused.stderr) == (1, True, True)
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.stderr
    assert "masquées 1" in done.stdout
    (piece,) = (town.settings.home / "acts" / "pieces" / SITES).glob("*.json")
    kept = json.loads(piece.read_bytes())
    assert (piece.stat().st_mode & 0o777, kept["text"]["version"], kept["rows"]["held"]) == (0o600, 2, 25)


def test_a_catalogue_that_cannot_be_read_is_refused_without_a_trace(town: Town, tmp_path: Path) -> None:
    drop(tmp_path, SITES, "a.csv", SATURDAY, {"VIL": range(20)})
    assert town.walked(SITES, minutes=1).version == 1
    home = tmp_path / "autre"
    shutil.copytree(town.settings.home, home)
    for file in home.glob("catalog.sqlite*"):
        file.unlink()
    (home / "catalog.sqlite").write_bytes(b"no database" * 1000)
    before = digest(home)
    words = ["policy", "simulate", str(draft(town)), "--territory", str(town.settings.territory)]
    done = CliRunner().invoke(app, words, env={"ECLOR_HOME": str(home)})
    assert (done.exit_code, "[catalog.no-database]" in done.stderr) == (1, True), done.stderr
    assert digest(home) == before


def write_key(file: Path, person: str) -> None:
    private = Ed25519PrivateKey.from_private_bytes(demonstration_key(person).reveal())
    file.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    file.chmod(0o600)
