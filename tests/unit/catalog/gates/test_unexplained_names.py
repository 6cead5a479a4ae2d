"""A column of people's names is asked about, whatever it is called, unless a word says whose names they are.

The names are drawn by hand; nobody is meant.
"""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from catalog.gates.cells import Cells
from catalog.gates.personal_data import PersonalDataGate
from catalog.gates.recognisers import Decision
from catalog.gates.scanned import scan
from catalog.gates.scanned_column import OFFICIALS, ScannedColumn
from catalog.gates.unexplained import unexplained_findings
from catalog.gates.unexplained_names import is_made_of_a_name, is_name_alone
from charter.apply import ReleaseColumn

SURNAMES = ["TRAN", "DESMET", "AIT-KACI", "HOFFELT"]
LABELS = ["MOUGEOT C", "FRISON M.L.", "PAQUIN/THIRION", "LAMORLETTE A ET B"]
CAPITALS = ["MKIEFFER", "DPOIROT", "JPGENOT", "COM57\\cwolff"]
LOGINS = ["mclement", "gpasquini", "vschmitt", "dortiz"]
HANDLES = ["franck.o", "elif_noel57", "xlenagrosx", "s.demir"]


def asked(gate: PersonalDataGate, folder: Path, cells: Sequence[str | None], column: ScannedColumn) -> bool:
    path = folder / "any.parquet"
    pq.write_table(pa.table({"groupe": ["a"] * len(cells), column.name: pa.array(cells, pa.string())}), path)
    with Cells.opened(path, folder) as opened:
        found = [*unexplained_findings(opened, [column], {column.name: {}}, gate.detector.words)]
    assert {(name, finding.kind, finding.decision) for name, finding, _ in found} <= {
        (column.name, "unexplained-name", Decision.REVIEW)
    }
    return bool(found)


@pytest.mark.parametrize("cells", [SURNAMES, LABELS, LOGINS, CAPITALS, HANDLES, ["Conceição", "Kowalczyk", "-", None]])
def test_names_that_nothing_explains_are_asked_about(
    personal_data_gate: PersonalDataGate, tmp_path: Path, cells: list[str | None]
) -> None:
    assert asked(personal_data_gate, tmp_path, cells, ScannedColumn("USR_02"))


@pytest.mark.parametrize(
    "cells",
    [
        ["Voirie", "Eau", "Espaces verts", "Déchets"],
        ["TRAN", "Acier", "Fonte", "PVC", "Béton", "Bois"],
        ["TRAN", "TRAN", "TRAN", None],
        ["cantine", "garderie", "crosse", "paulownia"],
        ["en-cours", "clos", "abandon", "refus_def"],
        ["led_54", "sodium_70", "iodure_100", "ballon"],
        ["S001", "S002", "S003", "S004"],
        ["SCI DU LAC", "COMMUNE STADE", "EAU ET BOIS", "GAZ P"],
        ["TITRE", "MANDAT", "ORDRE", "AVOIR"],
        ["CTRLMAJ", "SOLDE", "RAPPRO", "EXPORT"],
    ],
)
def test_words_and_codes_are_no_names(
    personal_data_gate: PersonalDataGate, tmp_path: Path, cells: list[str | None]
) -> None:
    assert not asked(personal_data_gate, tmp_path, cells, ScannedColumn("USR_02"))


@pytest.mark.parametrize("name", ["commune", "lib_quartier", "fournisseur", "marque", "Prénom", "site internet"])
def test_a_word_says_whose_names_they_are(personal_data_gate: PersonalDataGate, tmp_path: Path, name: str) -> None:
    assert not asked(personal_data_gate, tmp_path, SURNAMES, ScannedColumn(name))
    assert not asked(personal_data_gate, tmp_path, SURNAMES, ScannedColumn("USR_02", words=f"{name} du lot"))


def test_what_is_listed_signed_or_of_another_type_is_not_asked_about(
    personal_data_gate: PersonalDataGate, tmp_path: Path
) -> None:
    listed = ScannedColumn("USR_02", closed=True)
    signed = ScannedColumn("USR_02", declared=frozenset({OFFICIALS}))
    typed = ScannedColumn("USR_02", of_type=ReleaseColumn("USR_02", "date", "dimension"))
    assert not any(asked(personal_data_gate, tmp_path, SURNAMES, each) for each in (listed, signed, typed))


def test_the_gate_asks_of_what_it_does_not_recognise(personal_data_gate: PersonalDataGate, tmp_path: Path) -> None:
    path = tmp_path / "any.parquet"
    pq.write_table(pa.table({"USR_02": [None, *SURNAMES], "USR_03": ["PERI", "REST", "ALSH", "PERI", "PERI"]}), path)
    columns = [ScannedColumn("USR_02"), ScannedColumn("USR_03")]
    found = scan(personal_data_gate.detector, path, columns, scratch=tmp_path)
    [(finding, tally)] = found["USR_02"].items()
    assert (finding.kind, tally.rows, tally.first_row) == ("unexplained-name", 4, 2)
    assert found["USR_03"] == {}


def test_a_name_within_a_word_is_told_from_a_word(personal_data_gate: PersonalDataGate) -> None:
    words = personal_data_gate.detector.words
    assert all(is_name_alone(each, words) for each in ("Desmet", "DESMET", "Ait-Kaci"))
    assert not any(is_name_alone(each, words) for each in ("desmet", "D.", "Desmet 3", "Fonte", ""))
    assert all(is_made_of_a_name(each, words) for each in (*LOGINS, "elif_noel57", "s.demir"))
    assert not any(is_made_of_a_name(each, words) for each in ("cantine", "12-34", "pvc_125", "Franck.o", ""))
