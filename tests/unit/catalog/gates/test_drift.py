"""The drift gate: a release beside the version that it would replace."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from catalog.gates.drift import DriftGate
from catalog.gates.drifting import Shares
from catalog.gates.subject import Drift, Former, Subject, Verdict
from tests.gated import VISITS

EMPTIER = (
    "La colonne « foyers » a 20 % de cases vides, contre 0 % dans la version 3 du 02/03/2026 ; seuil 10 points d'écart."
)
Cells = dict[str, list[str | int | None]]


def cells(rows: int, *, sites: Sequence[str] = ("nord", "sud"), shift: int = 0, empty: int = 0) -> Cells:
    """Rows over some sites; visits from 0 to 99, shifted; the first `empty` households are missing."""
    return {
        "site": [sites[row % len(sites)] for row in range(rows)],
        "horodatage": [f"2026-05-{1 + row % 28:02}" for row in range(rows)],
        "passages": [row % 100 + shift for row in range(rows)],
        "foyers": [None if row < empty else 12 for row in range(rows)],
        "statut": ["publie"] * rows,
    }


def judged(before: Cells, after: Cells, folder: Path, drift: Drift = Drift()) -> Verdict:  # noqa: B008 - frozen
    for name, held in (("former", before), ("release", after)):
        pq.write_table(pa.table(held), folder / f"{name}.parquet")
    former = Former(folder / "former.parquet", 3, "2026-03-02")
    promised = Subject("essai", folder / "release.parquet", 1, VISITS.columns, {}, (), (), former=former, drift=drift)
    return DriftGate().judge(promised, scratch=folder)


def test_a_first_version_is_compared_with_nothing(tmp_path: Path) -> None:
    verdict = DriftGate().judge(replace(VISITS.of((), tmp_path), former=None), scratch=tmp_path)
    assert (verdict.faults, verdict.checks, verdict.internal) == ((), 0, {"compared": False})


def test_the_same_rows_warn_of_nothing(tmp_path: Path) -> None:
    verdict = judged(cells(200), cells(200), tmp_path)
    assert verdict.internal["warnings"] == []
    assert verdict.checks > len(VISITS.columns)


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        (cells(150), "25 % de lignes en moins que la version 3 du 02/03/2026 ; seuil 20 %."),
        (cells(500), "150 % de lignes en plus que la version 3 du 02/03/2026 ; seuil 100 %."),
        (
            cells(200, empty=40),
            EMPTIER,
        ),
    ],
)
def test_a_warning_explains_itself(after: Cells, sentence: str, tmp_path: Path) -> None:
    verdict = judged(cells(200), after, tmp_path)
    assert verdict.faults == ()
    assert verdict.internal["warnings"] == [sentence]


@pytest.mark.parametrize(
    ("after", "column"), [(cells(200, shift=60), "passages"), (cells(200, sites=("nord", "est")), "site")]
)
def test_another_distribution_is_seen(after: Cells, column: str, tmp_path: Path) -> None:
    verdict = judged(cells(200), after, tmp_path)
    assert verdict.public == {"warnings": [{"measure": "shape", "column": column}]}
    assert "seuil 25 centièmes" in str(verdict.internal["warnings"])


def test_what_the_dataset_declares_is_refused(tmp_path: Path) -> None:
    [fault] = judged(cells(200), cells(150), tmp_path, Drift(refuses=True)).faults
    assert (fault.code, fault.facts["change"]) == ("gates.drift-fewer", 25)
    assert judged(cells(200), cells(150), tmp_path, Drift(fewer_percent=25, refuses=True)).faults == ()


def test_few_rows_are_counted_and_not_described(tmp_path: Path) -> None:
    assert judged(cells(50), cells(50, shift=60), tmp_path).internal["warnings"] == []


def test_columns_of_another_type_or_name_are_left_out(tmp_path: Path) -> None:
    after = cells(200)
    after["passages"] = [str(cell) for cell in after["passages"]]
    after.pop("foyers")
    assert judged(cells(200), after, tmp_path).internal["warnings"] == []


@pytest.mark.parametrize("refuses", [False, True])
def test_a_former_version_that_cannot_be_read_refuses_only_where_declared(refuses: bool, tmp_path: Path) -> None:
    subject = replace(VISITS.of((), tmp_path), former=Former(tmp_path / "none.parquet", 1, "2026-03-02"))
    subject = replace(subject, drift=Drift(refuses=refuses))
    if refuses:
        with pytest.raises(Exception, match=r"none\.parquet"):
            DriftGate().judge(subject, scratch=tmp_path)
    else:
        assert DriftGate().judge(subject, scratch=tmp_path).internal == {"compared": False}


def test_the_stability_index_is_that_of_its_definition() -> None:
    assert Shares([0.5, 0.5], [0.5, 0.5]).stability_index() == 0
    assert Shares([0.5, 0.5], [0.9, 0.1]).stability_index() == pytest.approx(0.8789, abs=1e-4)


@pytest.mark.parametrize("drawn", [True, False])
def test_a_portrait_that_was_kept_stands_for_the_version(drawn: bool, tmp_path: Path) -> None:
    """Its rows are read only where it lacks what is asked: a column that has become a closed category."""
    before, after = cells(200), cells(200, shift=60, empty=30)
    told = judged(before, after, tmp_path)
    promised = Subject("essai", tmp_path / "former.parquet", 1, VISITS.columns, {}, (), ())
    noted = DriftGate().judge(promised, scratch=tmp_path).kept
    if not drawn:
        noted = {**noted, "spreads": {}}
    former = Former(tmp_path / ("none.parquet" if drawn else "former.parquet"), 3, "2026-03-02", {"drift": noted})
    latter = replace(promised, rows=tmp_path / "release.parquet", former=former)
    assert DriftGate().judge(latter, scratch=tmp_path) == told


def test_no_value_is_told(tmp_path: Path) -> None:
    verdict = judged(cells(200, sites=("MARQUE", "sud")), cells(200, sites=("est", "MARQUE")), tmp_path)
    assert verdict.public != {"warnings": []}
    assert "MARQUE" not in repr(verdict)
