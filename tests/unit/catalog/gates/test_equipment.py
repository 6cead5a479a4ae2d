"""Meters and modules of public equipment are asked about; those of homes, people and of nothing named are blocked."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from catalog.gates.personal_data import PersonalDataGate
from catalog.gates.recognisers import Decision
from catalog.gates.scanned import ScannedColumn, scan

POINTS = ["76703209497253", "21990512048822"]
MODULES = ["F863663062C01700", "04B64804507E514B"]


def decision(gate: PersonalDataGate, folder: Path, columns: dict[str, list[str]], name: str) -> Decision:
    path = folder / "any.parquet"
    pq.write_table(pa.table(columns), path)
    (finding,) = scan(gate.detector, path, [ScannedColumn(each) for each in columns], scratch=folder)[name]
    return finding.decision


@pytest.mark.parametrize(
    ("beside", "name", "cells", "expected"),
    [
        ("batiment", "pdl", POINTS, Decision.REVIEW),
        ("etablissement", "pce", POINTS, Decision.REVIEW),
        ("armoire", "dev_eui", MODULES, Decision.REVIEW),
        ("commune", "pdl", POINTS, Decision.BLOCK),
        ("zone", "dev_eui", MODULES, Decision.BLOCK),
        ("batiment_logement_locataire", "pdl", POINTS, Decision.BLOCK),
        ("site", "pdl_abonne", POINTS, Decision.BLOCK),
        ("site", "note", [f"PDL {each}" for each in POINTS], Decision.BLOCK),
        ("batiment", "nir", ["2 69 05 49 588 157 80"] * 2, Decision.BLOCK),
    ],
)
def test_what_public_equipment_may_bear_is_asked_about(
    personal_data_gate: PersonalDataGate,
    tmp_path: Path,
    beside: str,
    name: str,
    cells: list[str],
    expected: Decision,
) -> None:
    columns = {beside: ["a", "b"], name: cells, "kwh": ["3", "4"]}
    assert decision(personal_data_gate, tmp_path, columns, name) == expected
