"""What anybody may read of a refusal of the gates: which column and which rule, and no count nor row of what came."""

import pytest

from eclor.errors import GateRefused, Place
from eclor.sentences import SENTENCES

COUNTS = {
    "row": 8_117,
    "rows": 77_177,
    "count": 66_166,
    "promised": 55_155,
    "change": 44_144,
    "share": 33_133,
    "former": 22_122,
    "error": "jean.marqueur@orange.fr",
    "arrived": "2019-08-17 11:06",
}
NAMED = {
    "dataset": "lieux",
    "column": "remarque",
    "gate": "schema",
    "expectation": "expect_column_values_to_be_unique",
    "reason": "Un lieu a un seul nom.",
    "kind": "type-error",
    "rule": "entier",
    "reference": "https://schema.example.org/lieux",
    "seconds": 60,
    "megabytes": 900,
    "version": 3,
    "date": "02/03/2026",
    "threshold": 20,
}


@pytest.mark.parametrize("code", sorted(code for code in SENTENCES if code.startswith("gates.")))
def test_no_count_of_a_gate_is_told(code: str) -> None:
    refused = GateRefused(code, place=Place("lieux.csv", 8_118, 3), **COUNTS, **NAMED)
    said = str(refused.told()) + refused.told_french()
    assert not [one for one in (*COUNTS.values(), 8_118) if str(one) in said]
    assert "{" not in refused.told_french()


def test_the_column_that_holds_a_person_is_told() -> None:
    refused = GateRefused("gates.personal-phone", **COUNTS, **NAMED)
    assert "remarque" in refused.told()["fr"]
    assert "77177" in refused.located()
