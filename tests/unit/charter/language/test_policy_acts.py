"""eclor policy check --acts: the state is what the acts say, and a broken link refuses."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from charter.acts import Bindings
from charter.compile import compile_policy
from charter.demonstration import sign_for_demonstration
from charter.reader import read
from charter.territory import load
from eclor.judgement import Bench, Verdict, judge
from harvesters.declaration import read_declaration
from tests.policies import FIXTURES, NOW, changed, text_of

SOURCE = """source: stations
titre: Stations d'essai
exploitant: Service de l'air
simule: oui
flux:
  - jeu: air
    protocole: csv
    acces: depot
    adresse: "{depot}/air"
    toutes_les: 10 minutes
    colonnes:
      - {nom: station, chemin: station, type: code}
      - {nom: heure, chemin: heure, type: date-heure}
      - {nom: valeur, chemin: valeur, type: entier}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A territory whose one policy was opened by its three people."""
    shutil.copytree(FIXTURES / "charter", tmp_path / "charter")
    for name in ("sources", "politiques", "acts"):
        (tmp_path / name).mkdir()
    (tmp_path / "sources" / "stations.yaml").write_text(SOURCE, encoding="utf-8")
    file = tmp_path / "politiques" / "air.yaml"
    file.write_text(text_of("air"), encoding="utf-8")
    plan = compile_policy(read(file), load(tmp_path / "charter"), now=NOW)
    (source,) = read_declaration(tmp_path / "sources" / "stations.yaml", endpoints={"depot": "/nulle/part"})
    bindings = Bindings(
        plan.policy_digest, plan.charter_digest, plan.roles_digest, plan.catalogue_digest, source.digest
    )
    sign_for_demonstration(tmp_path / "acts" / "air.jsonl", policy=plan.policy, bindings=bindings, now=NOW)
    return tmp_path


def verdict(folder: Path, *, etat: str) -> Verdict:
    file = folder / "politiques" / "air.yaml"
    file.write_text(changed(text_of("air"), ("etat: brouillon", f"etat: {etat}")), encoding="utf-8")
    bench = Bench(folder / "charter", NOW + timedelta(hours=1), folder / "acts")
    (found,) = judge([file], bench)
    return found


def codes(found: Verdict) -> list[str]:
    return [refusal.code for refusal in found.refusals]


def test_a_policy_that_was_opened_may_say_it_is_in_force(folder: Path) -> None:
    assert codes(verdict(folder, etat="en-vigueur")) == []
    assert codes(verdict(folder, etat="brouillon")) == []
    assert codes(verdict(folder, etat="signee")) == ["V710"]


@pytest.mark.parametrize(
    ("file", "change", "unadopted"),
    [
        ("sources/stations.yaml", ("10 minutes", "20 minutes"), []),
        (
            "charter/catalogue.yaml",
            ("licence_imposee: cc-by-4.0", "livraison: complete\n    licence_imposee: cc-by-4.0"),
            [],
        ),
        ("charter/roles.yaml", ("nom: Garante d'essai", "nom: Garante changée"), ["V771"]),
        ("charter/charte-socle.yaml", ("titre: Charte d'essai", "titre: Charte changée"), ["V771"]),
    ],
)
def test_a_changed_source_catalogue_or_vote_brings_it_back_to_draft(
    folder: Path, file: str, change: tuple[str, str], unadopted: list[str]
) -> None:
    held = folder / file
    held.write_text(changed(held.read_text(encoding="utf-8"), change), encoding="utf-8")
    assert codes(verdict(folder, etat="en-vigueur")) == ["V710", *unadopted]
    assert codes(verdict(folder, etat="brouillon")) == unadopted


def test_a_broken_link_is_refused(folder: Path) -> None:
    acts = folder / "acts" / "air.jsonl"
    first, second, *rest = acts.read_text(encoding="utf-8").splitlines(keepends=True)
    acts.write_text("".join([second, first, *rest]), encoding="utf-8")
    assert codes(verdict(folder, etat="brouillon")) == ["V752"]
    envelope = json.loads(first)
    acts.write_text(json.dumps({**envelope, "payload": "e30="}) + "\n", encoding="utf-8")
    assert codes(verdict(folder, etat="brouillon"))[0].startswith("V75")


def test_acts_without_their_source_are_refused(folder: Path) -> None:
    (folder / "sources" / "stations.yaml").unlink()
    found = verdict(folder, etat="brouillon")
    assert codes(found) == ["declaration.no-file"]
    assert found.refusals[0].located().startswith("sources/stations.yaml: ")


def test_a_policy_without_acts_is_a_draft(folder: Path) -> None:
    (folder / "acts" / "air.jsonl").unlink()
    assert codes(verdict(folder, etat="brouillon")) == []
    assert codes(verdict(folder, etat="en-vigueur")) == ["V710"]


def test_a_second_policy_of_the_dataset_is_said_before_its_acts(folder: Path) -> None:
    twin = folder / "politiques" / "autre.yaml"
    shutil.copy(folder / "politiques" / "air.yaml", twin)
    acts = folder / "acts" / "air.jsonl"
    acts.write_bytes(acts.read_bytes().replace(b"payload", b"paylaod"))
    bench = Bench(folder / "charter", NOW + timedelta(hours=1), folder / "acts")
    first, second = judge([folder / "politiques" / "air.yaml", twin], bench)
    broken = [refusal.code for refusal in first.refusals]
    assert broken
    assert [refusal.code for refusal in second.refusals] == ["J805", *broken]
