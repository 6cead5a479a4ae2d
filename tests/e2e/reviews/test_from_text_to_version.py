"""A text from its delivery to its version: it waits, the DPO reads it, what she confirmed appears."""

import json
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from catalog.gates.runner import GateRunner
from charter.key_files import make_key
from eclor.cli import app
from tests.e2e.faults.town import BENCHES, NOON, put, settle
from tests.e2e.retention.hamlet import Hamlet, LivingClock, _change, opened

ROWS = (
    "id_banc,nom_banc,places\n"
    "B0001,Une latte est cassée,2\n"
    "B0002,Demander à Mme Sophie Durand au 06 12 34 56 78,2\n"
    "B0003,Le voisin du 3 le salit,2\n"
)

MASKED = "{operation: masquer, relecture: dpo}"


@dataclass
class Drawn:
    """Chance that gives one value: the demonstration's key of a person."""

    person: str

    def bytes(self, size: int) -> bytes:
        return sha256(f"eclor-demonstration:{self.person}".encode()).digest()[:size]


@pytest.fixture
def town(tmp_path: Path, gates: GateRunner, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hamlet]:
    territory = settle(tmp_path, only=(BENCHES,))
    source, policy = territory / "sources" / "mobilier.yaml", territory / "politiques" / "bancs.yaml"
    _change(source, ("acces: http", "acces: depot"), ("{serveur}/bancs.csv", str(tmp_path / "bancs")))
    _change(
        policy,
        ("donnees_personnelles: non", "donnees_personnelles: oui"),
        ("categories_personnes: []", "categories_personnes: [riverains]"),
        (
            "categorie: nomenclature\n    usage: technique\n    traitement: {operation: conserver}\n  - nom: places",
            f"categorie: texte-libre\n    usage: sensible\n    traitement: {MASKED}\n  - nom: places",
        ),
        ("periodicite: livraison", "periodicite: mois"),
        ("delai_publication: aucun", "delai_publication: 1 jour"),
        ("applicable: non", "applicable: oui"),
        ("{visa: sans-objet}", "{visa: requis}"),
    )
    _change(
        territory / "charter" / "catalogue.yaml",
        ("{nom: nom_banc, categorie: nomenclature, technique: oui}", "{nom: nom_banc, categorie: texte-libre}"),
    )
    monkeypatch.setenv("ECLOR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ECLOR_TERRITORY", str(territory))
    with opened(tmp_path, gates, LivingClock()) as one:
        put(tmp_path / "bancs", "bancs.csv", ROWS.encode(), at=NOON - timedelta(days=3))
        yield one


def command(*words: object) -> Result:
    return CliRunner().invoke(app, ["review", *(str(word) for word in words)])


def decided(file: Path, *decisions: str) -> None:
    asked = json.loads(file.read_text("utf-8"))
    entries = sorted(asked["lignes"], key=lambda entry: entry["original"])
    for entry, decision in zip(entries, decisions, strict=True):
        entry["decision"] = decision
    file.write_text(json.dumps({**asked, "lignes": entries}), "utf-8")


def test_a_text_appears_once_the_dpo_confirmed_it(town: Hamlet, tmp_path: Path) -> None:
    first = town.walked(BENCHES, minutes=1)
    waited = town.walked(BENCHES, days=2)
    assert (first.outcome, waited.outcome) in {("waiting", "refused"), ("refused", "refused")}, first.message_fr
    assert "eclor review list bancs" in waited.message_fr

    file, key = tmp_path / "a-lire.json", tmp_path / "dpo.pem"
    make_key(key, passphrase=None, randomness=Drawn("p-dpo"))
    listed = command("list", BENCHES, "--out", file)
    assert listed.exit_code == 0, listed.output
    assert "3 texte(s) à relire" in listed.output
    assert "Durand" not in listed.output
    assert file.stat().st_mode & 0o777 == 0o600
    texts = {entry["original"]: entry["texte"] for entry in json.loads(file.read_text("utf-8"))["lignes"]}
    assert texts["Une latte est cassée"] == "Une latte est cassée"
    said = texts["Demander à Mme Sophie Durand au 06 12 34 56 78"]
    assert ("[nom]" in said, "[téléphone]" in said, "Durand" in said, "56" in said) == (True, True, False, False)

    decided(file, "publier", "", "retenir")
    signing = ("decide", BENCHES, "--file", file, "--key", key, "--person")
    refused = command(*signing, "p-garant")
    assert (refused.exit_code, "n'est pas la déléguée" in refused.output) == (1, True)
    assert not (town.home / "reviews" / "bancs.jsonl").exists()
    signed = command(*signing, "p-dpo")
    assert (signed.exit_code, "1 à publier, 1 à retenir" in signed.output) == (0, True), signed.output
    kept = (town.home / "reviews" / "bancs.jsonl").read_bytes()
    payloads = [b64decode(json.loads(line)["payload"]) for line in kept.splitlines()]
    assert len(payloads) == 2
    assert not any(original in payload for payload in payloads for original in (b"Durand", b"latte"))
    assert "1 texte(s) à relire, 1 publié(s), 1 retenu(s)" in command("list", BENCHES).output

    published = town.walked(BENCHES, minutes=10)
    assert (published.outcome, published.rows_out) == ("published", 1), published.message_fr
    content = b"".join(town.public_bytes().values())
    assert said.encode() in content
    for hidden in (b"Durand", "cassée".encode(), b"voisin"):
        assert hidden not in content

    damaged = kept.replace(b'"sig":"', b'"sig":"A', 1)
    (town.home / "reviews" / "bancs.jsonl").write_bytes(damaged)
    assert "n'est pas une décision signée" in town.walked(BENCHES, minutes=10).message_fr
    (town.home / "reviews" / "bancs.jsonl").write_bytes(kept)
    town.purged(confirmed=True, days=150)
    assert (town.home / "reviews" / "bancs.jsonl").read_bytes() == b""


def test_a_review_file_that_a_hand_broke_is_told_where(town: Hamlet, tmp_path: Path) -> None:
    file, key = tmp_path / "a-lire.json", tmp_path / "dpo.pem"
    make_key(key, passphrase=None, randomness=Drawn("p-dpo"))
    signing = ("decide", BENCHES, "--key", key, "--person", "p-dpo", "--file")
    assert "review.no-file" in command(*signing, file).output
    file.write_text('{\n "jeu": "bancs",\n "decision": publier\n}', "utf-8")
    broken = command(*signing, file)
    assert (broken.exit_code, "ligne 3, caractère 14" in broken.output) == (1, True), broken.output
    for other in ('{"jeu": "bancs"}', "[" * 100_000):
        file.write_text(other, "utf-8")
        assert "review.unreadable" in command(*signing, file).output
    file.write_text('{"jeu": "bancs", "consigne": "", "lignes": []}', "utf-8-sig")
    told = command(*signing, file)
    assert (told.exit_code, "0 à publier, 0 à retenir" in told.output) == (0, True), told.output
    assert not (town.home / "reviews").exists()
