"""The personal-data gate, with the real presidio and the real language model."""

from dataclasses import replace
from pathlib import Path

import pytest
from presidio_analyzer import pattern_recognizer
from spacy import util

from catalog.gates import detector as made
from catalog.gates.detector import Detector, ProvedRecognizer
from catalog.gates.personal_data import PersonalDataGate
from catalog.gates.recognisers import Recogniser
from catalog.gates.subject import Fault
from tests.gated import NOTES, Promise, Row, column, notes

FIFTY_THOUSAND = 50_000

PLANTED = [
    ("email", "voir avec sophie.martin@exemple.fr"),
    ("phone", "rappeler au 06 12 34 56 78"),
    ("plate", "camion AB-123-CD"),
    ("nir", "dossier 2 69 05 49 588 157 80"),
    ("iban", "virement FR14 2004 1010 0505 0001 3M02 606"),
    ("person", "Signalé par Sophie Martin, voisine"),
    ("person", "le bac est devant chez M. Kieffer"),
]


def faults(gate: PersonalDataGate, folder: Path, promise: Promise, *rows: Row) -> tuple[Fault, ...]:
    return gate.judge(promise.of(rows, folder), scratch=folder).faults


def test_clean_rows_pass(personal_data_gate: PersonalDataGate, tmp_path: Path) -> None:
    verdict = personal_data_gate.judge(NOTES.of(notes(2_000), tmp_path), scratch=tmp_path)
    assert verdict.faults == ()
    assert verdict.executor.startswith("presidio-analyzer")
    assert {each["decision"] for each in verdict.internal["columns"]} == {"pass"}  # type: ignore[index,union-attr]


@pytest.mark.parametrize(("kind", "text"), PLANTED)
def test_one_row_in_fifty_thousand_is_found(
    personal_data_gate: PersonalDataGate, tmp_path: Path, kind: str, text: str
) -> None:
    found = faults(personal_data_gate, tmp_path, NOTES, *notes(FIFTY_THOUSAND, row_31415=text))
    assert Fault(f"gates.personal-{kind}", 31_415, "commentaire", {"rows": 1}) in found
    assert {fault.code for fault in found} == {f"gates.personal-{kind}"}


def test_rows_are_counted_and_the_first_is_told(personal_data_gate: PersonalDataGate, tmp_path: Path) -> None:
    planted = {f"row_{place}": "appeler le 0612345678" for place in (700, 20, 999)}
    found = faults(personal_data_gate, tmp_path, NOTES, *notes(1_000, row_30="06 98 76 54 32", **planted))
    assert found == (Fault("gates.personal-phone", 20, "commentaire", {"rows": 4}),)


def test_a_name_that_no_list_holds_is_left_to_the_language_model(
    personal_data_gate: PersonalDataGate, tmp_path: Path
) -> None:
    found = faults(
        personal_data_gate, tmp_path, NOTES, *notes(100, row_7="vu par Noureddine Benali hier soir au dépôt")
    )
    assert found == (Fault("gates.personal-person", 7, "commentaire", {"rows": 1}),)


def test_an_agent_s_name_on_every_row_is_found(personal_data_gate: PersonalDataGate, tmp_path: Path) -> None:
    agents = replace(NOTES, columns=(column("code", "code"), column("agent", "texte")))
    rows: tuple[Row, ...] = tuple((f"P{place}", "Martin Sophie") for place in range(200))
    assert faults(personal_data_gate, tmp_path, agents, *rows) == (
        Fault("gates.personal-person", 1, "agent", {"rows": 200}),
    )


@pytest.mark.parametrize(
    ("name", "of_type", "clean", "planted"),
    [
        ("position", "position", "5.91,49.45", "06 12 34 56 78"),
        ("releve_a", "date-heure", "2026-05-04T09:00:00+02:00", "sophie.martin@exemple.fr"),
        ("emprise", "geometrie", '{"type":"Point","coordinates":[5.91,49.45]}', '{"type":"Point","nom":"M. Kieffer"}'),
        ("code", "code", "P0001", "AB-123-CD"),
    ],
)
def test_a_typed_column_passes_by_its_form_alone_and_is_searched_without_it(
    personal_data_gate: PersonalDataGate, tmp_path: Path, name: str, of_type: str, clean: str, planted: str
) -> None:
    promise = replace(NOTES, columns=(column(name, of_type),))
    assert faults(personal_data_gate, tmp_path, promise, (clean,), (None,)) == ()
    [fault] = faults(personal_data_gate, tmp_path, promise, (clean,), (planted,))
    assert (fault.row, fault.column) == (2, name)


def test_a_number_long_enough_to_be_a_person_s_is_searched(
    personal_data_gate: PersonalDataGate, tmp_path: Path
) -> None:
    promise = replace(NOTES, columns=(column("dossier", "entier"),))
    [fault] = faults(personal_data_gate, tmp_path, promise, (12,), (269_054_958_815_780,))
    assert (fault.code, fault.row) == ("gates.personal-nir", 2)


def test_measures_and_status_are_no_texts(personal_data_gate: PersonalDataGate, tmp_path: Path) -> None:
    promise = replace(NOTES, columns=(column("foyers", "entier", "measure"), column("statut", "texte", "status")))
    verdict = personal_data_gate.judge(promise.of(((269_054_958_815_780, "publie"),), tmp_path), scratch=tmp_path)
    assert (verdict.faults, verdict.checks) == ((), 0)


def test_listed_values_are_no_names_yet_hold_no_identifier(
    personal_data_gate: PersonalDataGate, tmp_path: Path
) -> None:
    promise = replace(NOTES, columns=(column("theme", "texte", "dimension", closed=True),))
    assert faults(personal_data_gate, tmp_path, promise, ("Prix Simone Veil",), ("Sophie Martin, maire",)) == ()
    assert faults(personal_data_gate, tmp_path, promise, ("0612345678",)) != ()


def test_no_row_at_all_passes(personal_data_gate: PersonalDataGate, tmp_path: Path) -> None:
    assert faults(personal_data_gate, tmp_path, NOTES) == ()


def test_the_report_holds_no_cell(personal_data_gate: PersonalDataGate, tmp_path: Path) -> None:
    marked = notes(50, row_3="marque@exemple.fr, MARQUE Sophie", row_9="06 12 34 56 78 MARQUE")
    verdict = personal_data_gate.judge(NOTES.of(marked, tmp_path), scratch=tmp_path)
    assert len(verdict.faults) == 3
    assert "marque" not in repr(verdict).casefold()
    assert "06 12" not in repr(verdict)
    told = repr(verdict.internal)
    assert "'score': 1.0, 'example': 'aaaaaa@aaaaaaa.aa'" in told
    assert "'score': 1.0, 'example': '99 99 99 99 99'" in told
    assert "aaaaaa@" not in repr((verdict.faults, verdict.public))


def test_a_missing_language_model_raises_and_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made, "MODEL", "fr_core_news_absent")
    assert not util.is_package("fr_core_news_absent")
    with pytest.raises(ModuleNotFoundError, match="fr_core_news_absent"):
        Detector()


def test_a_pattern_that_runs_out_of_time_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pattern_recognizer, "REGEX_TIMEOUT_SECONDS", 0.2)
    endless = ProvedRecognizer(Recogniser("essai", "(a|aa)+$", "a"), entity="essai 0")
    with pytest.raises(TimeoutError):
        endless.analyze("a" * 60 + "b", ["essai 0"])
