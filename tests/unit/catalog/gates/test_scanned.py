"""The scan of any Parquet file: nested cells, two columns together, names of files and columns, long cells."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from time import process_time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from catalog.gates.column_texts import FEW
from catalog.gates.findings import Context
from catalog.gates.personal_data import PersonalDataGate
from catalog.gates.scanned import OFFICIALS, ScannedColumn, scan, scan_names

HALVES = {
    "nir": [("2690549", "58815780")] * 5,
    "iban": [("FR142004101005", "0500013M02606")] * 5,
    "phone": [("0612", "345678")] * 5,
    "plate": [("AB-123", "CD")] * 5,
    "email": [("sophie.martin", "gmail.com")] * 5,
    "person": [("Kieffer", "Sophie"), ("Weber", "Karim")] * 5,
}


def kinds(gate: PersonalDataGate, folder: Path, columns: Mapping[str, object], **known: object) -> dict[str, set[str]]:
    path = folder / "any.parquet"
    pq.write_table(pa.table(columns), path)
    scanned = [ScannedColumn(name, **known) for name in columns]  # type: ignore[arg-type]
    found = scan(gate.detector, path, scanned, scratch=folder)
    return {name: {finding.kind for finding in tallies} for name, tallies in found.items()}


@pytest.mark.parametrize("kind", HALVES)
def test_halves_in_neighbouring_columns_are_found(
    personal_data_gate: PersonalDataGate, tmp_path: Path, kind: str
) -> None:
    left, right = zip(*HALVES[kind], strict=True)
    found = kinds(personal_data_gate, tmp_path, {"c1": left, "c2": right, "c3": ["ok"] * len(left)})
    assert kind in found["c1"] & found["c2"]
    assert found["c3"] == set()


@pytest.mark.parametrize("letter", ["1", " ", "\U0001f600", "a@"])
def test_a_long_cell_of_one_letter_costs_its_length(
    personal_data_gate: PersonalDataGate, tmp_path: Path, letter: str
) -> None:
    began = process_time()
    kinds(personal_data_gate, tmp_path, {"note": [letter * 60_000]})
    assert process_time() - began < 15


def test_where_somebody_is_is_found_in_numbers_with_decimals(
    personal_data_gate: PersonalDataGate, tmp_path: Path
) -> None:
    where = {"lat": [49.412345, 49.423456], "lon": [5.912345, 5.923456]}
    assert kinds(personal_data_gate, tmp_path, {"id_usager": ["u1", "u2"], **where})["lat"] == {"position"}
    assert kinds(personal_data_gate, tmp_path, {"equipement": ["Banc", "Puits"], **where})["lat"] == set()


def test_codes_beside_codes_are_no_halves(personal_data_gate: PersonalDataGate, tmp_path: Path) -> None:
    columns = {
        "code_insee": ["01004", "01010"],
        "code_postal": ["01500", "01600"],
        "commune": ["Ambérieu", "Anglefort"],
    }
    assert set().union(*kinds(personal_data_gate, tmp_path, columns).values()) == set()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"tel": ["03 82 23 45 67"] * 3}, {"fax": ["", "03 82 23 45 68", ""]}),
        ({"chapitre": ["011"] * 3}, {"vote": ["45000.00"] * 3}),
        ({"elementaire": ["Sophie", "Weber"]}, {"ecole": ["Kieffer", "Karim"]}),
        ({"tarif": ["187.05"] * 3}, {"telephone": ["0382200029"] * 3}),
    ],
)
def test_what_stands_whole_in_one_column_is_no_half(
    personal_data_gate: PersonalDataGate, tmp_path: Path, left: dict[str, object], right: dict[str, object]
) -> None:
    found = kinds(personal_data_gate, tmp_path, left | right)
    assert set().union(*found.values()) == set()


HOME = {"numero": ["3", "12 bis"], "voie": ["rue des Lilas", "Grand-Rue"], "code_postal": ["54400"] * 2}
BORN = {"jour_naissance": ["3", "12"], "mois_naissance": ["05", "juin"], "annee_naissance": ["1961", "1984"]}


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (BORN, dict.fromkeys(BORN, "birth-date")),
        ({"naissJour": [3], "naissMois": [11], "tarif": [4]}, {"naissJour": "birth-date", "naissMois": "birth-date"}),
        ({"j_nais": [3], "m_nais": [11], "mention": ["a"]}, {"j_nais": "birth-date", "m_nais": "birth-date"}),
        ({"date_naissance": [31_245], "tarif": [31_245]}, {"date_naissance": "birth-date"}),
        ({"id_adherent": ["a1"], "anniversaire": ["12/06"]}, {"anniversaire": "birth-date"}),
        ({"tarif": [4], "anniv": ["12/06/2014"]}, {"anniv": "birth-date"}),
        ({"id_resp": ["a1", "a2"]} | HOME, {"numero": "address", "voie": "address"}),
        ({"attribut": ["PDL", "marque"], "valeur": ["76703209497253", "Lacroix"]}, {"valeur": "delivery-point"}),
        ({"nature": ["alloc. CAF", "RG"], "identifiant": ["6773305", "24/001"]}, {"identifiant": "family-allowance"}),
        ({"id_usager": ["a1", "a2"]} | HOME, {"numero": "address", "voie": "address"}),
        ({"numVoie": [3], "nomVoie": ["des Lilas"], "locataire": ["a1"]}, {"numVoie": "address", "nomVoie": "address"}),
    ],
)
def test_what_several_columns_tell_of_somebody_is_found(
    personal_data_gate: PersonalDataGate, tmp_path: Path, columns: dict[str, object], told: dict[str, str]
) -> None:
    found = kinds(personal_data_gate, tmp_path, columns)
    assert {name: kind for name, kind in found.items() if kind} == {name: {kind} for name, kind in told.items()}


@pytest.mark.parametrize(
    "columns",
    [
        {"id_armoire": ["a1", "a2"], "famille_equipement": ["led"] * 2} | HOME,
        {"demandeur": ["Colas"] * 2, "ouvrage ou équipement": ["tranchée"] * 2} | HOME,
        {"rna": ["W543000123"] * 2, "prenom": ["", ""]} | HOME,
        {"jour": [3], "mois": [5], "naissances": [12]},
        {"annee_naissance": ["1961"], "mois_naissance": ["05"], "effectif": [12]},
        {"date_naissance": [1961], "lieu_naissance": ["38185"]},
        {"id_contrat": ["a1"], "anniversaire": ["12/06"]},
        {"compteur": ["PDL", "PDL"], "index": ["76703209497253", "76703209497254"]},
        {"id_abonne": ["a1"], "date_anniversaire_contrat": ["12/06/2026"]},
        {"numero_adherent": ["3"], "rue": ["rue des Lilas"]},
        {"id_usager": ["a1"], "numero": [None], "voie": ["rue des Lilas"]},
    ],
)
def test_equipment_years_and_contracts_tell_of_nobody_together(
    personal_data_gate: PersonalDataGate, tmp_path: Path, columns: dict[str, object]
) -> None:
    assert set().union(*kinds(personal_data_gate, tmp_path, columns).values()) == set()


def test_a_key_tells_of_its_own_row_alone(personal_data_gate: PersonalDataGate, tmp_path: Path) -> None:
    columns: dict[str, object] = {"attribut": ["PDL", "bon"], "valeur": ["", "76703209497253"]}
    assert kinds(personal_data_gate, tmp_path, columns)["valeur"] == {"unexplained-number"}


def test_nested_cells_bytes_and_dotted_names_are_read(personal_data_gate: PersonalDataGate, tmp_path: Path) -> None:
    found = kinds(
        personal_data_gate,
        tmp_path,
        {
            "a.b": [{"tel": ["06 12 34 56 78"]}],
            "numbers": [269_054_958_815_780],
            "floats": [269_054_958_815_780.0],
            "bytes": [b"sophie.martin@exemple.fr"],
            "clean": [5.912345],
        },
    )
    assert found == {"a.b": {"phone"}, "numbers": {"nir"}, "floats": {"nir"}, "bytes": {"email"}, "clean": set()}


def test_numbers_of_more_digits_than_an_integer_holds_are_read(
    personal_data_gate: PersonalDataGate, tmp_path: Path
) -> None:
    ins = pa.array([Decimal(2_690_549_588_157_801_234_567)], pa.decimal128(38, 2))
    assert kinds(personal_data_gate, tmp_path, {"ins_patient": ins}) == {"ins_patient": {"nir"}}


def test_a_name_that_no_list_knows_is_found_far_in_a_long_text(
    personal_data_gate: PersonalDataGate, tmp_path: Path
) -> None:
    long = "le bac est plein ; " * 2_000 + "Le rapport a été remis par Ottokar Zybrowsky hier matin."
    assert kinds(personal_data_gate, tmp_path, {"c": [long]}) == {"c": {"person"}}


def test_bytes_that_are_no_text_raise(personal_data_gate: PersonalDataGate, tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"(?i)utf-?8|blob"):
        kinds(personal_data_gate, tmp_path, {"bytes": [b"\xff\xfe\x00"]})


def test_officials_pass_where_they_are_declared(personal_data_gate: PersonalDataGate, tmp_path: Path) -> None:
    columns = {"elu": ["Sophie Martin", "Karim Weber"]}
    assert kinds(personal_data_gate, tmp_path, columns) == {"elu": {"person"}}
    assert kinds(personal_data_gate, tmp_path, columns, declared=frozenset({OFFICIALS})) == {"elu": set()}


def test_a_very_long_cell_is_read_to_its_end(personal_data_gate: PersonalDataGate, tmp_path: Path) -> None:
    long = "bac plein ; " * 40_000 + "06 12 34 56 78"
    assert kinds(personal_data_gate, tmp_path, {"c": [long, "ok"]}) == {"c": {"phone"}}


def test_the_last_of_many_suspect_texts_is_judged(personal_data_gate: PersonalDataGate, tmp_path: Path) -> None:
    suspect = [f"contact{place}@mairie.fr" for place in range(12_000)]
    assert kinds(personal_data_gate, tmp_path, {"c": [*suspect, "06 12 34 56 78"]}) == {"c": {"phone"}}


def test_texts_that_come_back_are_counted_with_their_rows(personal_data_gate: PersonalDataGate, tmp_path: Path) -> None:
    path = tmp_path / "any.parquet"
    pq.write_table(pa.table({"c": [*[f"lot-{place}" for place in range(FEW + 1)] * 3, *["06 12 34 56 78"] * 2]}), path)
    found = scan(personal_data_gate.detector, path, [ScannedColumn("c")], scratch=tmp_path)
    [tally] = found["c"].values()
    assert (tally.rows, tally.texts, tally.first_row) == (2, 1, (FEW + 1) * 3 + 1)


def test_long_cells_are_counted_row_by_row(personal_data_gate: PersonalDataGate, tmp_path: Path) -> None:
    long = "bac plein ; " * 400
    path = tmp_path / "any.parquet"
    pq.write_table(pa.table({"c": [long, *[f"{long} 06 12 34 56 78"] * 40, "06 12 34 56 78"]}), path)
    found = scan(personal_data_gate.detector, path, [ScannedColumn("c")], scratch=tmp_path)
    [tally] = found["c"].values()
    assert (tally.rows, tally.texts, tally.first_row) == (41, 41, 2)


def test_names_of_files_and_columns_are_read(personal_data_gate: PersonalDataGate) -> None:
    found = scan_names(
        personal_data_gate.detector,
        "export_sophie_martin.csv",
        ["tel_0612345678", "NoteSophieMartin", "code_insee", "rue_jean_jaures", "date_maj"],
    )
    assert {finding.kind for finding in found.file} == {"person"}
    assert {name: {each.kind for each in tallies} for name, tallies in found.columns.items()} == {
        "tel_0612345678": {"phone"},
        "NoteSophieMartin": {"person"},
    }


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
