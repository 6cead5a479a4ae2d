"""An address or a position is somebody's home where what stands beside it speaks of people."""

import pytest

from catalog.gates.findings import Context
from catalog.gates.personal_data import PersonalDataGate


@pytest.mark.parametrize(
    ("text", "named", "beside", "other"),
    [
        ("7 rue des Mésanges", "adresse", "dossier", "gymnase"),
        ("Am Sonnenhang 3, 54292 Trier", "Adresse", "Antrag", "Turnhalle"),
        ("49.3211874, 6.1188412", "coordonnees", "foyer", "nom_station"),
    ],
)
def test_beside_a_household_or_a_request_it_is_a_home(
    personal_data_gate: PersonalDataGate, text: str, named: str, beside: str, other: str
) -> None:
    detector = personal_data_gate.detector
    assert detector.by_pattern(text, Context.of(named, beside=[beside])) != frozenset()
    assert detector.by_pattern(text, Context.of(named, beside=[other])) == frozenset()
