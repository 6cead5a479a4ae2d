"""A territory that is no demonstration opens from nothing, publishes, is revoked: by commands, as people run them."""

import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from charter.chain import Kind
from charter.journal import Journal
from eclor.world import FileKeyRing, SystemClock, SystemRandomness, World
from tests.unit.docs.pages import EXAMPLE, ROOT, blocks, page

pytestmark = pytest.mark.xdist_group("acts")
WHERE = "/srv/depots/velos"
PEOPLE = ("p-mobilite", "p-dpo", "p-garant")


@dataclass
class Place:
    """A territory, its home, its people's keys."""

    folder: Path

    def eclor(self, *words: str, says: str = "", **environment: str) -> "subprocess.CompletedProcess[str]":
        held = {"ECLOR_HOME": str(self.folder / "home"), "ECLOR_TERRITORY": str(self.folder / "pays")}
        return subprocess.run(
            [sys.executable, "-m", "eclor.cli", *words],
            cwd=ROOT,
            env=held | environment | {"PATH": "/usr/bin:/bin", "COLUMNS": "200"},
            input=says,
            capture_output=True,
            text=True,
            check=False,
        )

    def act(self, kind: str, person: str, *words: str, says: str = "oui\n") -> "subprocess.CompletedProcess[str]":
        target = () if kind == "adopter" else ("velos-prets",)
        key = str(self.folder / f"{person}.pem")
        return self.eclor("act", kind, *target, "--person", person, "--key", key, *words, says=says)

    def reports(self) -> list[Path]:
        return sorted((self.folder / "home" / "acts" / "pieces" / "velos-prets").glob("*.json"))

    def journaled(self) -> list[str]:
        home, randomness = self.folder / "home", SystemRandomness()
        world = World(SystemClock(), randomness, FileKeyRing(home / "keys", randomness))
        entries = Journal(home / "journal", world).entries()
        return [str(entry.facts["act"]) for entry in entries if entry.kind is Kind.ACT]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A new territory's folder: keys made by their people, written in roles.yaml; a month of loans dropped."""
    one = Place(tmp_path_factory.mktemp("pays"))
    territory, drop = one.folder / "pays", one.folder / "depot"
    shutil.copytree(EXAMPLE, territory)
    drop.mkdir()
    for file, old, new in (
        (territory / "sources" / "velos-gestionnaire.yaml", WHERE, str(drop)),
        (territory / "territoire.yaml", "demonstration: oui", "demonstration: non"),
    ):
        assert old in file.read_text("utf-8")
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    roles = territory / "charter" / "roles.yaml"
    for person in PEOPLE:
        made = one.eclor("key", "new", "--out", str(one.folder / f"{person}.pem"))
        assert made.returncode == 0, made.stderr
        text, line = roles.read_text("utf-8"), made.stdout.strip()
        roles.write_text(re.sub(rf'(identifiant: {person}, .*cle: ")[^"]*', rf"\g<1>{line}", text), "utf-8")
    script = next(block for block in blocks(page("territory/nouveau-territoire.md"), "python"))
    loans = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    (drop / "prets-2026-10.csv").write_text(loans, "utf-8")
    time.sleep(2.5)  # the drop takes a file that is quiet for two seconds
    return one


def test_a_territory_opens_publishes_and_is_revoked_by_its_people(place: Place) -> None:
    assert "[V761]" in place.act("simuler", "p-mobilite").stderr
    assert "[V757]" in place.eclor("run", "--once").stdout.replace("\n", "")
    assert "Il manque" in place.act("adopter", "p-dpo").stdout
    assert "Adopté" in place.act("adopter", "p-garant").stdout
    submitted = place.act("simuler", "p-mobilite")
    assert (submitted.returncode, "n'est encore détenue" in submitted.stdout) == (0, True), submitted.stderr
    assert [file.stat().st_mode & 0o777 for file in place.reports()] == [0o600]
    declined = place.act("viser", "p-dpo", says="non\n")
    assert (declined.returncode, "Rien n'a été signé" in declined.stdout) == (1, True)
    assert "[V763]" in place.act("viser", "p-garant").stderr
    for kind, person in (("viser", "p-dpo"), ("signer", "p-garant"), ("mettre-en-vigueur", "p-mobilite")):
        done = place.act(kind, person)
        assert done.returncode == 0, done.stderr
        assert "Prêts de vélos par station" in done.stdout
        assert "empreinte" in done.stdout
    published = place.eclor("run", "--once")
    assert "published, version 1" in published.stdout, published.stdout + published.stderr
    version = place.folder / "home" / "published" / "velos-prets" / "versions" / "1"
    verified = place.eclor("verify", str(version))
    assert "Vérifié." in verified.stdout
    revoked = place.act("revoquer", "p-dpo", "--motif", "essai", "--yes")
    assert "État : revoquee" in revoked.stdout
    after = place.eclor("run", "--once")
    assert after.returncode == 1
    assert "[V776]" in after.stdout.replace("\n", "")
    told = place.eclor("act", "list", "velos-prets").stdout
    assert [kind in told for kind in ("simuler", "viser", "signer", "mettre-en-vigueur", "revoquer")] == [True] * 5
    assert "état revoquee" in told
    assert place.journaled() == [
        *("adopter", "adopter", "simuler", "viser", "signer", "mettre-en-vigueur"),
        "revoquer",
    ]
    assert "Vérifié." in place.eclor("journal", "verify").stdout


def test_a_locked_key_opens_with_its_passphrase_alone(place: Place) -> None:
    file = str(place.folder / "locked.pem")
    made = place.eclor("key", "new", "--out", file, "--passphrase-env", "PHRASE", PHRASE="rouge")
    assert made.stdout.startswith("ed25519:")
    words = ("act", "adopter", "--person", "p-dpo", "--key", file, "--passphrase-env", "PHRASE")
    assert "[key.unreadable]" in place.eclor(*words, PHRASE="bleu").stderr
    assert "[key.no-passphrase]" in place.eclor(*words).stderr
    assert "[V766]" in place.eclor(*words, "--yes", PHRASE="rouge").stderr
    assert "rouge" not in made.stdout + made.stderr


def test_a_key_is_its_owner_s_alone_and_never_overwritten(place: Place) -> None:
    file = place.folder / "p-dpo.pem"
    before = file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    assert "[key.exists]" in place.eclor("key", "new", "--out", str(file)).stderr
    assert file.read_bytes() == before
    shared = place.folder / "shared.pem"
    shutil.copy(file, shared)
    shared.chmod(0o644)
    refused = place.eclor("act", "adopter", "--person", "p-dpo", "--key", str(shared), "--yes")
    assert "[key.open-to-others]" in refused.stderr


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_what_is_no_key_is_refused_in_french(place: Place, content: bytes) -> None:
    file = place.folder / "none.pem"
    file.write_bytes(content)
    file.chmod(0o600)
    refused = place.eclor("act", "adopter", "--person", "p-dpo", "--key", str(file), "--yes")
    assert (refused.returncode, "[key.unreadable]" in refused.stderr, "Traceback" in refused.stderr) == (1, True, False)


def test_a_key_that_is_not_there_is_not_called_a_wrong_passphrase(place: Place) -> None:
    refused = place.eclor("act", "adopter", "--person", "p-dpo", "--key", str(place.folder / "nulle-part.pem"), "--yes")
    assert (refused.returncode, "[key.no-file]" in refused.stderr) == (1, True)


def test_a_report_is_needed_to_submit(place: Place) -> None:
    missing = place.act("simuler", "p-mobilite", "--report", str(place.folder / "nulle-part.json"))
    assert "[act.no-report]" in missing.stderr
