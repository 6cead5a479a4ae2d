"""What columns and notes are called by hands that no list foresaw: what is taken, and its false friends, left."""

import pytest

from catalog.gates.findings import Context
from catalog.gates.personal_data import PersonalDataGate

# Numbers are made by hand; nobody is meant.
TAKEN = [
    ("matricule", "1985081234541", "CNS-Nummer"),
    ("matricule", "1985081234541", "13-stellige Nr."),
    ("matricule", "1985081234541", "n° sécurité sociale"),
    ("personal-number", "520507", "Personalnummer"),
    ("personal-number", "520507", "Kunden-Nr."),
    ("identity-document", "9914294880", "titre séj."),
    ("plate", "VF 7409", "nummernschild"),
    ("plate", "Fahrzeug VF 7409 abgestellt", "texte"),
    ("phone", "621-123-456", "Handy"),
    ("phone", "gsm 621/12/34/56", "texte"),
    ("address", "12 rue de la Gare", "lieu de signification"),
    ("position", "49.51635, 5.89837", "dép. maison (lat, lon)"),
    ("position", "49.51635", "retour_maison"),
    ("birth-date", "13.1.1999", "geb."),
    ("birth-date", "26/01/2016", "anniv"),
    ("birth-date", "19661", "naissance"),
    ("person", "Karim + Léa", "binôme"),
    ("person", "Karim - Quettier", "conducteur / passager"),
    ("person", "remboursé à Nathalie W.", "note"),
    ("person", "place de m. martin occupée", "note"),
]
LEFT = [
    ("1985081234541", "reference"),
    ("20240115001", "nr"),
    ("520507", "personal"),
    ("520507", "Nummer der Linie"),
    ("9914294880", "séjours"),
    ("véhicules de 2015 à remplacer", "note"),
    ("PKW ab 2015, Fahrzeuge en 2019", "note"),
    ("621-123-456", "référence"),
    ("621-12-34-56", "référence"),
    ("12 rue de la Gare", "lieu de stockage"),
    ("49.51635, 5.89837", "départ maison des associations (lat, lon)"),
    ("13.1.1999", "gebäude"),
    ("26/01/2016", "anniversaire du contrat"),
    ("54580", "commune de naissance"),
    ("1961", "année de naissance"),
    ("Karim + Léa", "spectacle"),
    ("Alpha - Bravo", "equipage"),
    ("Nord - Sud - Karim", "binôme"),
    ("mois de mai à Nathalie", "note"),
    ("place m. martin", "note"),
]


@pytest.mark.parametrize(("kind", "text", "named"), TAKEN)
def test_it_is_taken(personal_data_gate: PersonalDataGate, kind: str, text: str, named: str) -> None:
    found = personal_data_gate.detector.by_pattern(text, Context.of(named))
    assert kind in {finding.kind for finding in found}


@pytest.mark.parametrize(("text", "named"), LEFT)
def test_its_false_friend_is_left(personal_data_gate: PersonalDataGate, text: str, named: str) -> None:
    assert personal_data_gate.detector.by_pattern(text, Context.of(named)) == frozenset()


@pytest.mark.parametrize(
    ("named", "beside", "told"),
    [
        ("année naiss.", ["jour", "mois"], True),
        ("an_naiss", ["mois_naiss", "jour_naiss"], True),
        ("geburtsjahr", ["tag", "monat"], True),
        ("année naiss.", ["mois", "effectif"], False),
        ("annee", ["jour", "mois"], False),
        ("effectif", ["jour", "mois", "annee_naissance"], False),
    ],
)
def test_a_year_of_birth_is_told_beside_its_day_and_month(
    personal_data_gate: PersonalDataGate, named: str, beside: list[str], told: bool
) -> None:
    found = personal_data_gate.detector.by_pattern("1961", Context.of(named, beside=beside))
    assert [each.kind for each in found] == ["birth-date"] * told
