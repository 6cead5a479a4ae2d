"""`eclor policy simulate` on files: what it says of the worked examples, what it refuses, what it leaves behind."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from eclor.cli import app
from eclor.sentences.simulation import INTERNAL
from eclor.simulation.scratch import PREFIX
from tests.applying import Desk
from tests.e2e.apply.deliveries import ESSAY, NOW, sound, write
from tests.policies import SHARED, changed

WORKED = SHARED / "charter" / "worked"
COUNT_OF_ROWS = ("indicateurs:\n", "indicateurs:\n    - {nom: lignes, calcul: comptage-lignes}\n")
"""A column more than what was published has."""


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A temporary folder of its own, empty at the end."""
    private = tmp_path / "tmp"
    private.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(private))
    yield
    assert list(private.glob(f"{PREFIX}*")) == []


def simulate(*words: object) -> Result:
    return CliRunner().invoke(app, ["policy", "simulate", *(str(word) for word in words), "--now", NOW])


def worked(example: str, data: str, *more: object) -> Result:
    folder = WORKED / example
    return simulate(folder / "politique.yaml", "--charter", SHARED / "charter", "--input", folder / data, *more)


def report_of(done: Result) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def fates(said: dict[str, Any]) -> dict[tuple[str, ...], tuple[str, list[str]]]:
    return {
        tuple(cell["key"]): (cell["fate"], [reason["cause"] for reason in cell["reasons"]])
        for period in said["periods"]
        for cell in period["cells"]
    }


@pytest.mark.captures
def test_the_first_example_says_which_cells_hold_too_few_households() -> None:
    done = worked("1-compter-des-foyers", "entree.csv")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == INTERNAL
    assert "seuil : 11 foyers au moins, ici 4" in done.stdout
    assert "seuil : 11 foyers au moins, ici 5" in done.stdout
    assert fates(report_of(worked("1-compter-des-foyers", "entree.csv", "--json"))) == {
        ("nord", "2026-05-04T09:00:00+02:00"): ("published", []),
        ("nord", "2026-05-04T10:00:00+02:00"): ("masked", ["threshold"]),
        ("sud", "2026-05-04T09:00:00+02:00"): ("masked", ["threshold"]),
    }


@pytest.mark.captures
def test_the_second_example_says_who_dominates_and_what_is_masked_for_that() -> None:
    said = report_of(worked("2-dominance-et-totaux", "entree.csv", "--json"))
    found = fates(said)
    assert found["57041", "industrie"] == ("masked", ["dominance"])
    others = {key for key, (fate, _) in found.items() if fate == "masked"} - {("57041", "industrie")}
    assert others == {("57041", "services"), ("54521", "services"), ("54521", "industrie")}
    assert {tuple(found[key][1]) for key in others} == {("complementary",)}
    (cell,) = [one for one in said["periods"][0]["cells"] if one["key"] == ["57041", "industrie"]]
    assert {"indicator": "conso_mwh", "low": 790.0, "high": 1125.0} in cell["bounds"]
    (other,) = [one for one in said["periods"][0]["cells"] if one["key"] == ["57041", "services"]]
    assert other["bounds"] == [
        {"indicator": "entreprises", "low": 1.0, "high": 5.0},
        {"indicator": "conso_mwh", "low": 0.0, "high": 335.0},
    ]
    assert not any(one["bounds_missing"] for one in said["periods"][0]["cells"])
    lost = {one["what"]: (one["hidden"], one["total"]) for one in said["periods"][0]["lost"]}
    assert lost["conso_mwh"] == (970 + 155 + 180 + 280, 2680)


@pytest.mark.captures
def test_the_third_example_keeps_what_late_rows_may_not_change(tmp_path: Path) -> None:
    folder = WORKED / "3-arrivees-tardives"
    words = [folder / "politique.yaml", "--charter", SHARED / "charter", "--input", folder / "entree-v1.csv"]
    first = CliRunner().invoke(app, ["apply", *map(str, words), "--out", str(tmp_path / "v1"), "--now", NOW])
    assert first.exit_code == 0, first.stderr
    before = {path: path.read_bytes() for path in (tmp_path / "v1").rglob("*") if path.is_file()}
    said = report_of(worked(folder.name, "entree-v2.csv", "--previous", tmp_path / "v1", "--json"))
    by_fate = sorted((fate, causes) for fate, causes in fates(said).values())
    assert by_fate == [("kept", ["differencing"]), ("published", []), ("published", [])]
    kept = [cell for cell in said["periods"][0]["cells"] if cell["fate"] == "kept"]
    assert kept[0]["values"][0] == 10
    assert {path: path.read_bytes() for path in (tmp_path / "v1").rglob("*") if path.is_file()} == before


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    one = Desk(tmp_path)
    one.territory(ESSAY)
    (tmp_path / "essai.yaml").write_text(ESSAY.policy(), "utf-8")
    return one


def tried(desk: Desk, data: Path, *more: object, policy: str = "essai.yaml") -> Result:
    return simulate(desk.folder / policy, "--charter", desk.folder / "charter", "--input", data, *more)


def given(desk: Desk, rows: list[dict[str, object]]) -> Path:
    file = desk.folder / "data.csv"
    write(rows, file)
    return file


def test_another_policy_on_the_same_rows_says_what_appears_vanishes_and_moves(desk: Desk) -> None:
    rows = [*sound(12), *({**row, "site": "sud"} for row in sound(20))]
    harder = changed(ESSAY.policy(), ("k: 11", "k: 15"))
    (desk.folder / "dur.yaml").write_text(harder, "utf-8")
    file = given(desk, rows)
    said = report_of(tried(desk, file, "--against", desk.folder / "essai.yaml", "--json", policy="dur.yaml"))["change"]
    assert [one["key"] for one in said["vanished"]] == [["nord", "2026-10-05"]]
    assert (said["appeared"], said["changed"], said["same"]) == ([], [], 1)
    assert [(one["key"], one["direction"]) for one in said["moves"]] == [("comptages, k (foyer)", "harder")]
    back = report_of(tried(desk, file, "--against", desk.folder / "dur.yaml", "--json"))["change"]
    assert [one["key"] for one in back["appeared"]] == [["nord", "2026-10-05"]]
    assert [one["direction"] for one in back["moves"]] == ["softer"]


def test_a_rival_that_could_not_follow_what_was_published_is_compared_all_the_same(desk: Desk) -> None:
    file, charter, first = given(desk, sound()), desk.folder / "charter", desk.folder / "v1"
    words = [desk.folder / "essai.yaml", "--charter", charter, "--input", file, "--out", first, "--now", NOW]
    assert CliRunner().invoke(app, ["apply", *map(str, words)]).exit_code == 0
    (desk.folder / "autre.yaml").write_text(changed(ESSAY.policy(), COUNT_OF_ROWS), "utf-8")
    november = sound(horodatage="2026-11-05T09:00:00+01:00")
    file, more = given(desk, [*sound(), *november]), ("--previous", first, "--json")
    refused = tried(desk, file, *more, policy="autre.yaml")
    assert (refused.exit_code, "[release.former-differs]" in refused.stderr) == (1, True), refused.stderr
    said = report_of(tried(desk, file, "--against", desk.folder / "autre.yaml", *more))
    assert (said["ending"]["blank"], said["no_change"], said["change"]["verdict"]) == (False, "", "publishes")


def test_a_policy_that_leaves_nothing_to_show_says_why_and_exits_1(desk: Desk) -> None:
    done = tried(desk, given(desk, sound(10)), "--json")
    assert done.exit_code == 1
    said = report_of(done)
    assert said["ending"]["verdict"] == "refused"
    assert fates(said) == {("nord", "2026-10-05"): ("masked", ["threshold"])}


def test_a_report_is_written_for_its_owner_alone_and_over_nothing(desk: Desk) -> None:
    out, file = desk.folder / "rapport.json", given(desk, sound())
    done = tried(desk, file, "--json", "--out", out)
    assert (done.exit_code, out.stat().st_mode & 0o777) == (0, 0o600)
    assert json.loads(out.read_bytes())["internal"] == INTERNAL
    again = tried(desk, file, "--out", out)
    assert (again.exit_code, "[simulate.out-exists]" in again.stderr) == (1, True)
    lost = tried(desk, file, "--out", desk.folder / "nulle-part" / "rapport.txt")
    assert (lost.exit_code, "[simulate.not-written]" in lost.stderr) == (1, True)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([{"badge": "B1", "site": "nord"}], "intake.missing-column"),
        (sound(poids="Durand"), "intake.retyped-column"),
        ([{**row, "adresse": "Durand"} for row in sound()], "intake.undeclared-column"),
        (sound(passages=-1), "release.negative"),
        (sound(site="ensemble"), "release.reserved-label"),
    ],
)
def test_bad_rows_are_refused_in_french_and_nothing_is_written(
    desk: Desk, rows: list[dict[str, object]], code: str
) -> None:
    out = desk.folder / "rapport.txt"
    done = tried(desk, given(desk, rows), "--out", out)
    assert (done.exit_code, done.stdout) == (1, "Refusé.\n")
    assert f"[{code}]" in done.stderr
    assert not any(word in done.stderr + done.stdout for word in ("Traceback", "Durand"))
    assert not out.exists()


def test_a_policy_that_does_not_compile_is_refused_with_every_fault(desk: Desk) -> None:
    (desk.folder / "faux.yaml").write_text(changed(ESSAY.policy(), ("k: 11", "k: 2")), "utf-8")
    done = tried(desk, given(desk, sound()), "--out", desk.folder / "rapport.txt", policy="faux.yaml")
    assert (done.exit_code, "faux.yaml:" in done.stderr, done.stdout) == (1, True, "Refusé.\n")
    assert not (desk.folder / "rapport.txt").exists()


def test_what_is_refused_is_one_object_for_a_program(desk: Desk) -> None:
    (desk.folder / "faux.yaml").write_text(changed(ESSAY.policy(), ("k: 11", "k: 5")), "utf-8")
    done = tried(desk, given(desk, sound()), "--json", policy="faux.yaml")
    said = report_of(done)
    assert (done.exit_code, said["accepted"]) == (1, False)
    assert all(message["file"] == said["file"] for message in said["messages"])
    assert {message["code"] for message in said["messages"]} == {"P402"}
    assert all(message["line"] and message["column"] and message["cure"] for message in said["messages"])
    rows = given(desk, sound(passages=-1))
    (of_rows,) = report_of(tried(desk, rows, "--json"))["messages"]
    assert (of_rows["code"], bool(of_rows["message"]), bool(of_rows["cure"])) == ("release.negative", True, True)


def test_what_is_missing_from_the_command_is_said(desk: Desk) -> None:
    file, charter = desk.folder / "essai.yaml", desk.folder / "charter"
    assert "[simulate.no-rows]" in simulate(file, "--charter", charter).stderr
    assert "[simulate.no-charter]" in simulate(file, "--input", given(desk, sound())).stderr
    other = changed(ESSAY.policy(), ("jeu: essai\n", "jeu: autre\n"))
    (desk.folder / "autre.yaml").write_text(other, "utf-8")
    refused = tried(desk, given(desk, sound()), "--against", desk.folder / "autre.yaml")
    assert (refused.exit_code, "[simulate.other-dataset]" in refused.stderr) == (1, True)


def test_what_a_killed_run_left_goes_at_the_next_one(desk: Desk) -> None:
    left = Path(tempfile.gettempdir()) / f"{PREFIX}mort"
    left.mkdir()
    (left / "lock").touch()
    (left / "raw.parquet").write_bytes(b"rows")
    assert tried(desk, given(desk, sound())).exit_code == 0
    assert not left.exists()
