"""eclor verify and eclor journal verify, on a folder, on an address, and on what does not hold."""

import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from typer.testing import CliRunner, Result

from eclor.cli import app
from tests.unit.catalog.publish.released import Home, passages

SLUG = "dechetteries-passages"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = Home(tmp_path_factory.mktemp("home"))
    made.published(passages(made))
    return made


@pytest.fixture
def version(home: Home, tmp_path: Path) -> Path:
    """A site that serves `dataset/NAME/versions/1` as files, and `dataset/NAME/proof.json` as the newest."""
    folder = tmp_path / "dataset" / SLUG / "versions" / "1"
    shutil.copytree(home.catalog.version_folder(SLUG, 1), folder, ignore=shutil.ignore_patterns("rows.sqlite"))
    for path in folder.iterdir():
        path.chmod(0o644)
    shutil.copy(folder / "proof.json", tmp_path / "dataset" / SLUG)
    return folder


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(version: Path) -> Iterator[str]:
    root = version.parents[3]
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(root))) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/dataset/{SLUG}"
        server.shutdown()
        thread.join()


def eclor(*arguments: str, home: Home | None = None) -> Result:
    env = {"ECLOR_HOME": str(home.folder)} if home else {}
    return CliRunner().invoke(app, list(arguments), env=env)


def test_a_version_that_holds_says_what_was_checked(version: Path) -> None:
    result = eclor("verify", str(version))
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "Vérifié.")
    assert "5 lignes, dont 2 masquées" in result.stdout
    assert "mis en vigueur par p-dechets, p-dpo, p-garant" in result.stdout


def test_an_altered_version_is_refused_with_the_file_named(version: Path) -> None:
    (version / "data.csv").write_bytes((version / "data.csv").read_bytes().replace(b"15", b"16", 1))
    result = eclor("verify", str(version))
    assert (result.exit_code, result.stdout) == (1, "Refusé.\n")
    assert "data.csv a été altéré" in result.stderr


@pytest.mark.parametrize("ending", ["/versions/1", "/versions/1/", "/versions/1/proof.json", "", "/proof.json"])
def test_a_version_is_verified_by_its_address(site: str, ending: str) -> None:
    result = eclor("verify", site + ending)
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "Vérifié."), result.stderr


def test_a_served_file_that_was_altered_is_refused(site: str, version: Path) -> None:
    (version / "data.parquet").write_bytes((version / "data.parquet").read_bytes()[:-1] + b"2")
    result = eclor("verify", f"{site}/versions/1")
    assert (result.exit_code, "data.parquet a été altéré" in result.stderr) == (1, True)


def test_a_served_file_longer_than_the_proof_says_is_not_read_to_its_end(site: str, version: Path) -> None:
    with (version / "data.csv").open("ab") as file:
        file.write(bytes(1000))
    result = eclor("verify", f"{site}/versions/1")
    assert "data.csv est plus long que la preuve ne le dit" in result.stderr


@pytest.mark.parametrize("target", ["/nowhere/at/all", "http://127.0.0.1:1/dataset/x", "http://[", "ftp://x"])
def test_a_target_that_is_not_there_is_refused_with_its_cure(target: str) -> None:
    result = eclor("verify", target)
    assert (result.exit_code, result.stdout) == (1, "Refusé.\n")
    assert "…/dataset/JEU/versions/N" in result.stderr


def test_a_folder_without_a_proof_is_refused(tmp_path: Path) -> None:
    assert "proof.json ne se lit pas" in eclor("verify", str(tmp_path)).stderr


def test_a_key_given_must_be_the_one_that_signed(version: Path, home: Home) -> None:
    key = home.catalog.journal.segment(1).key
    assert eclor("verify", str(version), "--key", key).exit_code == 0
    other = eclor("verify", str(version), "--key", "ed25519:" + "A" * 43)
    assert (other.exit_code, "pas par la clé attendue" in other.stderr) == (1, True)


def test_the_whole_journal_is_verified(home: Home) -> None:
    result = eclor("journal", "verify", home=home)
    assert (result.exit_code, result.stdout.splitlines()) == (
        0,
        [
            "2 entrées, 1 versions publiées : la chaîne tient.",
            "0 actes signés : chacun est dans son fichier, à sa place.",
            "Vérifié.",
        ],
    )


def test_a_changed_byte_of_the_journal_is_refused(home: Home) -> None:
    path = home.catalog.journal.folder / "entries.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b'"version":1', b'"version":2'))
    result = eclor("journal", "verify", home=home)
    path.write_bytes(whole)
    assert (result.exit_code, result.stdout) == (1, "Refusé.\n")
    assert "n° 1" in result.stderr
