"""The commands as an operator and a DPO call them: identifiers by file or standard input, honest exits."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eclor.cli import app
from eclor.world import KeyKind
from tests.e2e.faults.town import VISITS
from tests.e2e.retention.hamlet import Hamlet, sealed_files

SHE = "B000003"


@pytest.fixture
def command(hamlet: Hamlet, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A shell in the town: it harvested in the past of the machine's real clock."""
    monkeypatch.setenv("ECLOR_HOME", str(hamlet.home))
    monkeypatch.setenv("ECLOR_TERRITORY", str(hamlet.house.settings.territory))
    return CliRunner()


def test_erase_prints_the_receipt_keeps_it_and_says_no_identifier(
    command: CliRunner, hamlet: Hamlet, tmp_path: Path
) -> None:
    done = command.invoke(app, ["erase", "--unit-file", "-", "--kind", "foyer"], input=f"{SHE}\n")
    assert done.exit_code == 0, done.output
    assert "2 ligne(s) effacée(s)" in done.output
    assert SHE not in done.output
    kept = sorted((hamlet.home / "retention" / "receipts").iterdir())
    assert [file.suffix for file in kept] == [".json", ".txt"]
    assert kept[1].read_text() == done.stdout.removesuffix("\n")
    (tmp_path / "units.txt").write_text(f"{SHE}\n")
    again = command.invoke(app, ["erase", "--unit-file", str(tmp_path / "units.txt"), "--kind", "foyer"])
    assert "Nous ne détenions rien" in again.output


def test_access_writes_a_private_folder(command: CliRunner, tmp_path: Path) -> None:
    out = tmp_path / "reponse"
    done = command.invoke(app, ["access", "--unit-file", "-", "--kind", "foyer", "--out", str(out)], input=f"{SHE}\n")
    assert done.exit_code == 0, done.output
    assert "2 ligne(s), 1 jeu(x) regardé(s)" in done.output
    assert len((out / "barrieres.passages.ndjson").read_text().splitlines()) == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["erase", "--unit-file", "-", "--kind", "badge"], "rights.kind"),
        (["erase", "--unit-file", "nowhere.txt", "--kind", "foyer"], "rights.no-file"),
        (["erase", "--unit-file", "long.txt", "--kind", "foyer"], "rights.units"),
        (["erase", "--unit-file", "-", "--kind", "foyer", "--dataset", "nope"], "rights.no-dataset"),
    ],
)
def test_a_wrong_request_is_a_sentence_and_exit_1(
    command: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "long.txt").write_bytes(b"B000001" + b" " * (4 << 20) + b"\n")
    done = command.invoke(app, line, input="x\n")
    assert done.exit_code == 1
    assert said in done.stderr
    assert "Traceback" not in done.output


def changed_at(folder: Path) -> dict[Path, tuple[int, bytes]]:
    """Return each file and folder with its last change, permissions included, and its bytes."""
    return {
        path: (path.stat().st_ctime_ns, path.read_bytes() if path.is_file() else b"")
        for path in (folder, *folder.rglob("*"))
    }


def test_the_report_says_what_will_be_due_and_touches_nothing(command: CliRunner, hamlet: Hamlet) -> None:
    before = changed_at(hamlet.home / "retention")
    later = (datetime.now(UTC) + timedelta(days=120)).isoformat()  # noqa: TID251 - the command reads the real clock
    done = command.invoke(app, ["retention", "report", "--json", "--now", later])
    assert done.exit_code == 0, done.output
    assert [(one["dataset"], one["what"]) for one in json.loads(done.stdout)["due"]] == [
        (VISITS, "zone brute"),
        (VISITS, "clé de pseudonymes"),
    ]
    assert len(sealed_files(hamlet.place)) == 1
    assert changed_at(hamlet.home / "retention") == before
    assert "zone brute" in command.invoke(app, ["retention", "report", "--now", later]).stdout


def test_a_backup_that_keeps_a_destroyed_key_alive_is_named(command: CliRunner, hamlet: Hamlet, tmp_path: Path) -> None:
    shutil.copytree(hamlet.home / "keys", tmp_path / "saved" / "monday" / "keys")
    call = ["retention", "report", "--backups", str(tmp_path / "saved")]
    assert command.invoke(app, call).exit_code == 0
    (tmp_path / "empty").mkdir()
    for none in (tmp_path / "empty", hamlet.home / "keys" / "partitions"):
        refused = command.invoke(app, ["retention", "report", "--backups", str(none)])
        assert (refused.exit_code, "retention.no-backup" in refused.stderr) == (1, True), refused.output
    (name,) = hamlet.ring.names(KeyKind.PARTITION)
    command.invoke(app, ["erase", "--unit-file", "-", "--kind", "foyer"], input=f"{SHE}\n")
    done = command.invoke(app, call)
    assert done.exit_code == 1
    assert f"partitions/{name}" in done.output


def test_run_says_when_nothing_is_due_and_asks_a_person_about_a_clock(command: CliRunner, hamlet: Hamlet) -> None:
    (hamlet.home / "retention" / "clock.json").write_text(
        json.dumps({"instant": "2020-01-01T00:00:00+00:00", "boot": "", "seconds": 0})
    )
    asked = command.invoke(app, ["retention", "run"])
    assert asked.exit_code == 1
    assert "--confirm-clock" in asked.stderr
    done = command.invoke(app, ["retention", "run", "--confirm-clock"])
    assert (done.exit_code, "Rien ne survit à sa date." in done.output) == (0, True), done.output
