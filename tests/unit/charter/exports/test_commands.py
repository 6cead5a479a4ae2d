"""`eclor policy export` and `eclor register`: what is written, what is refused, what has aged."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from charter.exports import EXPORTS
from eclor.cli import app
from tests.policies import FIXTURES, NAMES, NOW, text_of
from tests.unit.charter.exports.subjects import named

AT = ("--now", NOW.isoformat())


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments), *AT])


def exported(file: Path, *options: str | Path) -> Result:
    return run("policy", "export", file, "--charter", FIXTURES / "charter", *options)


@pytest.fixture(autouse=True)
def _home_of_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECLOR_HOME", str(tmp_path / "home"))


@pytest.fixture
def territory(tmp_path: Path) -> Path:
    """A territory of our own policies, each under the name of its dataset; no act was made."""
    made = tmp_path / "territoire"
    shutil.copytree(FIXTURES / "charter", made / "charter")
    (made / "politiques").mkdir()
    (made / "sources").mkdir()
    for name in NAMES:
        (made / "politiques" / f"{named(name).policy.dataset}.yaml").write_text(text_of(name), encoding="utf-8")
    return made


def policy_of(territory: Path, name: str) -> Path:
    return territory / "politiques" / f"{named(name).policy.dataset}.yaml"


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_is_written_and_found_true_until_its_policy_changes(
    name: str, tmp_path: Path, territory: Path
) -> None:
    policy, file = policy_of(territory, "passages"), tmp_path / "export"
    made = exported(policy, "--format", name)
    assert made.exit_code == 0
    assert named("passages").digest in made.stdout
    file.write_text(made.stdout, encoding="utf-8")
    assert exported(policy, "--check", file).stdout == "À jour.\n"
    policy.write_text(text_of("passages").replace("k: 11}", "k: 12}"), encoding="utf-8")
    aged = exported(policy, "--check", file)
    assert (aged.exit_code, aged.stdout) == (1, "Refusé.\n")
    assert "[register.stale]" in aged.stderr


def test_a_draft_is_never_called_in_force(territory: Path) -> None:
    made = json.loads(exported(policy_of(territory, "passages"), "--format", "aipd").stdout)
    assert made["politique"]["etat"] == "brouillon"


def test_a_policy_that_does_not_compile_is_not_exported(territory: Path) -> None:
    policy = policy_of(territory, "passages")
    policy.write_text(text_of("passages").replace("k: 11}", "k: 10}"), encoding="utf-8")
    refused = exported(policy, "--format", "dpv")
    assert (refused.exit_code, refused.stdout) == (1, "Refusé.\n")
    assert "[P402]" in refused.stderr


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"rien", "register.no-digest"),
        (b"\xff\xfe\x00", "register.no-digest"),
        (b"", "register.no-digest"),
        (b"a" * 64 + b" " + b"b" * 64, "register.several-digests"),
        (b"a" * 65, "register.no-digest"),
    ],
)
def test_what_is_no_export_is_not_taken_for_one(content: bytes, code: str, tmp_path: Path, territory: Path) -> None:
    file = tmp_path / "export"
    file.write_bytes(content)
    refused = exported(policy_of(territory, "air"), "--check", file)
    assert refused.exit_code == 1
    assert f"[{code}]" in refused.stderr


def test_an_unknown_format_is_a_wrong_call(territory: Path) -> None:
    assert exported(policy_of(territory, "air"), "--format", "pdf").exit_code == 2


def test_a_register_is_written_and_found_true_until_a_policy_changes(tmp_path: Path, territory: Path) -> None:
    made = run("register", "--territory", territory, "--acts", tmp_path)
    assert made.exit_code == 0
    assert len(made.stdout.splitlines()) == 1 + len(NAMES)
    file = tmp_path / "registre.csv"
    file.write_text(made.stdout, encoding="utf-8")
    assert run("register", "--territory", territory, "--check", file).stdout == "À jour.\n"
    policy_of(territory, "air").write_text(text_of("air").replace("version: 1", "version: 2", 1), encoding="utf-8")
    aged = run("register", "--territory", territory, "--check", file)
    assert (aged.exit_code, aged.stdout) == (1, "Refusé.\n")
    assert "[register.stale]" in aged.stderr
    policy_of(territory, "air").unlink()
    assert "[register.other-datasets]" in run("register", "--territory", territory, "--check", file).stderr


def test_one_policy_that_cannot_be_read_leaves_no_register(territory: Path) -> None:
    policy_of(territory, "air").write_text("jeu: {", encoding="utf-8")
    policy_of(territory, "trajets").rename(territory / "politiques" / "autre.yaml")
    refused = run("register", "--territory", territory)
    assert (refused.exit_code, refused.stdout) == (1, "Refusé.\n")
    assert "[L100]" in refused.stderr
    assert "[V759]" in refused.stderr


def test_a_register_as_json_has_two_tables(territory: Path) -> None:
    made = json.loads(run("register", "--territory", territory, "--format", "json").stdout)
    assert made.keys() == {"traitements", "sans_donnee_personnelle"}
