"""The personal-data gate on a table that others wrote: no clean column of a national register is blocked."""

import csv
import os
from pathlib import Path

import pytest

from catalog.gates.personal_data import PersonalDataGate
from tests.gated import Promise, column

CARPOOL = Path(os.environ.get("ECLOR_SHARED", "../shared")) / "captures" / "mobility" / "bnlc.csv"


@pytest.mark.captures
@pytest.mark.skipif(not CARPOOL.exists(), reason="ECLOR_SHARED names no folder of captures")
def test_no_column_of_the_register_of_carpool_places_is_blocked(tmp_path: Path) -> None:
    with CARPOOL.open(encoding="utf-8", newline="") as file:
        rows = [tuple(cell or None for cell in row) for row in csv.reader(file)]
    columns = tuple(column(str(name).lower(), "texte", category="nomenclature") for name in rows[0])
    gate = PersonalDataGate()
    gate.warm()
    verdict = gate.judge(Promise(columns, {}, ()).of(rows[1:], tmp_path), scratch=tmp_path)
    assert len(rows) - 1 > 2_000
    assert verdict.faults == ()
