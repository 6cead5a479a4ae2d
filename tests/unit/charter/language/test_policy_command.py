"""eclor policy check: verdict on stdout, faults on stderr, exit codes, JSON, and no engine loaded."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest
from typer.testing import CliRunner, Result

from eclor.cli.policy import app
from tests.policies import FIXTURES, NAMES, changed, text_of

NOW = "2026-11-24T12:00:00Z"
CHARTER = FIXTURES / "charter"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["check", *map(str, words), "--charter", str(CHARTER), "--now", NOW])


def policy(tmp_path: Path, name: str, *changes: tuple[str, str]) -> Path:
    file = tmp_path / f"{name}.yaml"
    file.write_text(changed(text_of(name), *changes), encoding="utf-8")
    return file


def test_accepted_policies_say_only_so(tmp_path: Path) -> None:
    ran = run(*(policy(tmp_path, name) for name in ("attente", "chantiers", "air")))
    assert (ran.exit_code, ran.stdout, ran.stderr) == (0, "Accepté.\n", "")


GENRES = "regroupement: [{valeur: vegetal, depuis: [%s]}, {valeur: mineral, depuis: [%s]}]"


@pytest.mark.parametrize(
    ("change", "warned"),
    [
        (("{operation: agreger}", "{operation: generaliser, " + GENRES % ("bois", "metaux, gravats") + "}"), []),
        (
            ("{operation: agreger}", "{operation: generaliser, " + GENRES % ("bois", "métaux, gravats") + "}"),
            ["[J812] Les groupes de « genre »", "[J813] Aucun groupe de « genre » ne prend : metaux."],
        ),
        (("base: 5}", "base: 22}"), []),
        (("active: oui, base: 5}", "active: non, base: 23}"), []),
        (("base: 5}", "base: 23}"), ["[G529] Arrondi à 23, un compte de 11 paraîtrait « 0 » (« passages »)"]),
        (
            ("niveaux: [heure, jour]", "niveaux: [heure, jour, semaine]"),
            ["[G530] Aucun pas de l'échelle ne prend le niveau « semaine » de « horodatage »"],
        ),
    ],
    ids=[
        "groups of the whole list",
        "groups of another word",
        "least count kept",
        "nothing rounded",
        "least count rounded away",
        "level that no step takes",
    ],
)
def test_what_is_hardly_meant_only_warns(tmp_path: Path, change: tuple[str, str], warned: list[str]) -> None:
    ran = run(policy(tmp_path, "passages", change))
    assert (ran.exit_code, ran.stdout) == (0, "Accepté.\n")
    told = [line.partition("Avertissement : ")[2] for line in ran.stderr.splitlines() if "[J808]" not in line]
    assert [line[: len(words)] for line, words in zip(told, warned, strict=True)] == warned


def test_one_refused_policy_refuses_with_its_fault_first_and_the_verdict_apart(tmp_path: Path) -> None:
    refused = policy(tmp_path, "air", ("periodicite: jour", "periodicite: direct"))
    ran = run(policy(tmp_path, "attente"), refused)
    assert (ran.exit_code, ran.stdout) == (1, "Refusé.\n")
    first = ran.stderr.splitlines()[0]
    assert first.startswith(f"{refused}:34:3: [G516] Un tableau ne paraît pas à la périodicité « direct ».")


def test_a_missing_zone_table_only_warns(tmp_path: Path) -> None:
    territory = tmp_path / "territoire"
    shutil.copytree(CHARTER, territory / "charter")
    (territory / "zones").mkdir()
    (territory / "zones" / "iris.geojson").touch()
    (territory / "zones" / "populations.csv").touch()
    words = [str(policy(tmp_path, "passages")), "--charter", str(territory / "charter"), "--now", NOW]
    ran = CliRunner().invoke(app, ["check", *words])
    assert (ran.exit_code, ran.stdout) == (0, "Accepté.\n")
    (warning,) = ran.stderr.splitlines()
    assert "Avertissement : [J808] La table « zones/communes.geojson » manque" in warning


def test_json_gives_one_object_a_file(tmp_path: Path) -> None:
    refused = policy(tmp_path, "passages", ("k: 11}", "k: 9}"))
    ran = run(policy(tmp_path, "air"), refused, "--json")
    air, passages = map(json.loads, ran.stdout.splitlines())
    assert ran.exit_code == 1
    assert (air["accepted"], air["messages"]) == (True, [])
    assert passages["file"] == str(refused)
    assert passages["accepted"] is False
    assert passages["messages"] == [
        {
            "code": "P402",
            "line": 95,
            "column": 39,
            "message": "k = 9 pour « foyer » : le socle exige 11.",
            "cure": "Écrivez 11 ou plus, ou une dérogation votée, datée, d'au moins 5.",
        }
    ]
    assert ran.stderr == ""


def test_two_policies_of_one_dataset_are_refused(tmp_path: Path) -> None:
    twin = tmp_path / "autre.yaml"
    shutil.copy(policy(tmp_path, "air"), twin)
    ran = run(tmp_path / "air.yaml", twin)
    assert ran.exit_code == 1
    assert f"{twin}:3:1: [J805]" in ran.stderr


def test_a_refused_charter_is_said_before_all_policies(tmp_path: Path) -> None:
    folder = tmp_path / "charter"
    shutil.copytree(CHARTER, folder)
    text = (folder / "charte-socle.yaml").read_text(encoding="utf-8")
    (folder / "charte-socle.yaml").write_text(
        changed(text, ("duree_max: 12 mois", "duree_max: 2 ans")), encoding="utf-8"
    )
    ran = CliRunner().invoke(app, ["check", str(policy(tmp_path, "air")), "--charter", str(folder)])
    assert (ran.exit_code, ran.stdout) == (1, "Refusé.\n")
    first, last = ran.stderr.splitlines()
    assert first.startswith(f"{folder}/charte-socle.yaml:23:15: [P421]")
    assert "[P425] Le socle, les rôles ou le catalogue sont refusés : cette politique n'est pas jugée." in last


@pytest.mark.parametrize(
    "words",
    [
        ["absent.yaml", "--charter", str(CHARTER)],
        [str(FIXTURES / "politiques" / "air.yaml"), "--charter", "nulle-part"],
        [str(FIXTURES / "politiques" / "air.yaml"), "--charter", str(CHARTER), "--now", "demain"],
        [str(FIXTURES / "politiques" / "air.yaml"), "--charter", str(CHARTER), "--now", "9999-12-31T23:59:59Z"],
        [str(FIXTURES / "politiques" / "air.yaml")],
        ["--charter", str(CHARTER)],
    ],
)
def test_a_command_that_cannot_be_understood_is_a_usage_error(words: list[str]) -> None:
    ran = CliRunner().invoke(app, ["check", *words])
    assert ran.exit_code == 2
    assert ran.stdout == ""


def test_an_unreadable_policy_is_refused_without_a_traceback(tmp_path: Path) -> None:
    file = tmp_path / "politique.yaml"
    file.write_bytes(b"\xff\xfe\x00")
    ran = run(file)
    assert (ran.exit_code, ran.stdout) == (1, "Refusé.\n")
    assert ran.stderr.startswith(f"{file}:1:1: [L103]")


def test_checking_loads_no_engine_and_costs_little_a_policy() -> None:
    script = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from eclor.judgement import Bench, judge\n"
        "from datetime import datetime, UTC\n"
        f"bench = Bench(Path({str(CHARTER)!r}), datetime(2026, 11, 24, tzinfo=UTC))\n"
        f"files = [Path({str(FIXTURES)!r}) / 'politiques' / f'{{name}}.yaml' for name in {NAMES!r}]\n"
        "assert not any(v.refusals for v in judge(files, bench))\n"
        "begun = time.process_time()\n"
        "judge(files * 5, bench)\n"
        "spent = (time.process_time() - begun) / (5 * len(files))\n"
        "heavy = {'ibis', 'duckdb', 'pyarrow', 'pandas', 'presidio_analyzer', 'fastapi'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
        "assert spent < 0.05, spent\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


SISTERS = "{comparer_a: [passages, attente, badges], tardifs"


@pytest.mark.parametrize(
    ("compared", "warned"),
    [("[passages, attente, badges]", ""), ("[passages, attente]", "badges"), ("[passages, badges]", "")],
    ids=["all", "without those of the same units", "without those of nobody"],
)
def test_a_table_not_compared_with_one_of_the_same_units_warns(tmp_path: Path, compared: str, warned: str) -> None:
    ran = run(policy(tmp_path, "passages", (SISTERS, f"{{comparer_a: {compared}, tardifs")))
    assert (ran.exit_code, ran.stdout) == (0, "Accepté.\n")
    told = [line.partition("[J809] ")[2] for line in ran.stderr.splitlines() if "[J809]" in line]
    assert [line[: len(f"« {warned} »")] for line in told] == ([f"« {warned} »"] if warned else [])


@pytest.mark.parametrize(("category", "told"), [("foyer", []), ("appareil", ["appareil) que cette politique (foyer)"])])
def test_a_table_compared_with_one_of_other_units_warns(tmp_path: Path, category: str, told: list[str]) -> None:
    """The run refuses both side by side: what they say together cannot be known."""
    charter = copytree(CHARTER, tmp_path / "charter")
    catalogue = (CHARTER / "catalogue.yaml").read_text(encoding="utf-8")
    before, entry, after = catalogue.partition("- jeu: badges\n")
    other = after.replace("{nom: badge, categorie: foyer}", f"{{nom: badge, categorie: {category}}}")
    (charter / "catalogue.yaml").write_text(before + entry + other, encoding="utf-8")
    words = ["check", str(policy(tmp_path, "passages")), "--charter", str(charter), "--now", NOW]
    ran = CliRunner().invoke(app, words)
    assert (ran.exit_code, ran.stdout) == (0, "Accepté.\n")
    warned = [line for line in ran.stderr.splitlines() if "[J814]" in line]
    assert [line.partition("« badges », qui compte autre chose (")[2].partition(".")[0] for line in warned] == told
