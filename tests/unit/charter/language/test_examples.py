"""The fourteen example policies, their digests, and the messages that LANGUAGE.md quotes."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from charter.compile import check
from charter.digests import policy_digest
from charter.reader import parse, read
from charter.territory import Territory, load
from eclor.errors import PolicyRefusals
from tests.policies import SHARED, changed, codes

pytestmark = [
    pytest.mark.captures,
    pytest.mark.skipif(not SHARED.exists(), reason="the folder named by ECLOR_SHARED is missing"),
]
FOLDER = SHARED / "charter"
EXAMPLES = sorted([*FOLDER.glob("politiques/*.yaml"), *FOLDER.glob("worked/*/politique.yaml")])
NOW = datetime(2027, 2, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def shared() -> Territory:
    return load(FOLDER)


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.parent.name + "/" + file.name)
def test_an_example_is_accepted_and_has_the_digest_foreseen(file: Path, shared: Territory) -> None:
    document = read(file)
    assert check(document, shared, now=NOW) == []
    foreseen = json.loads((FOLDER / "worked" / "vecteurs.json").read_text(encoding="utf-8"))["empreintes"]
    assert policy_digest(document.plain) == foreseen[str(file.relative_to(FOLDER))]


def test_there_are_fourteen_examples() -> None:
    assert len(EXAMPLES) == 14


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        (
            "energie-consommation.yaml",
            ("champs: [pdl], k: 11", "champs: [pdl], k: 9"),
            (
                "energie-consommation.yaml:88:50: [P402] k = 9 pour « point-de-livraison » : le socle exige 10. "
                "Aucune dérogation n'est possible."
            ),
        ),
        (
            "dechetteries-passages.yaml",
            ("  delai_retrait: 15 minutes\n", "  delai_retrait: 15 minutes\nconservation: {zone_brute: 3 mois}\n"),
            "dechetteries-passages.yaml:124:1: [L118] Clé « conservation » en double (déjà ligne 104).",
        ),
        (
            "signalements-espace-public.yaml",
            (
                "    categorie: texte-libre\n    usage: sensible\n    traitement: {operation: retirer}",
                "    categorie: texte-libre\n    usage: sensible\n    traitement: {operation: conserver}",
            ),
            (
                "signalements-espace-public.yaml:72:5: [M301] « conserver » interdit pour un champ « texte-libre » "
                "d'usage « sensible » (description). Admis : masquer, retirer."
            ),
        ),
        (
            "dechetteries-passages.yaml",
            ("garanties:", "garantie:"),
            "dechetteries-passages.yaml:88:1: [S202] Clé inconnue « garantie ». Vouliez-vous écrire « garanties » ?",
        ),
    ],
)
def test_a_message_reads_as_the_language_says(name: str, change: tuple[str, str], said: str, shared: Territory) -> None:
    text = changed((FOLDER / "politiques" / name).read_text(encoding="utf-8"), change)
    try:
        found = check(parse(text.encode(), name), shared, now=NOW)
    except PolicyRefusals as refused:
        found = refused.refusals
    assert said in [refusal.located().strip() for refusal in found]


def test_the_same_policy_expires_when_its_last_day_is_over(shared: Territory) -> None:
    document = read(FOLDER / "politiques" / "alertes.yaml")
    last_second, midnight = "2028-12-31T22:59:59+00:00", "2028-12-31T23:00:00+00:00"
    assert check(document, shared, now=datetime.fromisoformat(last_second)) == []
    assert codes(check(document, shared, now=datetime.fromisoformat(midnight))) == ["V705"]
