"""What offices that pay, help and house write of people is asked about; what the same offices write of things is not.

Numbers and words are drawn by hand; nobody is meant.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from catalog.gates.cells import Cells
from catalog.gates.known_words import KnownWords
from catalog.gates.scanned_column import ScannedColumn
from catalog.gates.unexplained import unexplained_findings

Table = Mapping[str, Sequence[str]]
FEW = ["a", "b", "a", "c"]
ROADS = ["rue Basse", "rue des Prés", "chemin du Four", "rue Neuve"]
HAMLETS = ["Mas Neuf, 48300 Langogne", "idem", "Les Combes, 48000 Mende", "Le Bourg, 48100 Marvejols"]
BONDS = ["chef", "conjointe", "fils", "belle-mère"]
DAYS, MONTHS = ["01", "21", "14", "15"], ["09", "05", "09", "02"]


def doubts(folder: Path, table: Table) -> dict[str, str]:
    path = folder / "any.parquet"
    pq.write_table(pa.table(dict(table)), path)
    with Cells.opened(path, folder) as cells:
        columns = [ScannedColumn(name) for name in table]
        found = [*unexplained_findings(cells, columns, {name: {} for name in table}, KnownWords(lambda _: None))]
    return {name: finding.kind.removeprefix("unexplained-") for name, finding, _ in found}


@pytest.mark.parametrize(
    ("table", "asked"),
    [
        ({"a": FEW, "q": ["568.7848.M", "535.4481.J", "924.7089.B", "916.6261.W"]}, {"q": "number"}),
        ({"a": FEW, "q": ["caf n°796 4710 D", "CAF29 779 0315 D", "sans", "CAF 300 0109 M"]}, {"q": "number"}),
        (
            {"a": FEW, "q": ["32 91 201 967 886 ; 248787442420A", "12 02 180 068 001 ; 248782285024W"] * 2},
            {"q": "number"},
        ),
        ({"a": FEW * 2, "q": ["4790983S", "6255248K", "0683937Q", *["0"] * 5]}, {"q": "number"}),
        ({"mle": ["A42945", "A34082", "A80740", "A19848"]}, {"mle": "number"}),
        ({"NUMLECT": ["A00877", "E01204", "A00412", "A01310"]}, {"NUMLECT": "number"}),
        ({"soin": FEW[:3], "IDE": ["MLT", "s.b.", "AGo"]}, {"IDE": "name"}),
        (
            {"a": FEW[:3], "q": ["N 49 18 25.88 ; W 1 14 32.64", "N 49 39 37.66 ; W 1 16 12.83", ""]},
            {"q": "position"},
        ),
        ({"n°": ["9 bis", "740", "2197", "18"], "voie": ROADS}, {"n°": "street", "voie": "street"}),
        ({"a": FEW, "domicile": HAMLETS}, {"domicile": "street"}),
        (
            {"usager": FEW, "J": DAYS, "M": MONTHS, "A": ["1937", "1936", "1934", "1939"]},
            {"J": "date", "M": "date", "A": "date"},
        ),
        ({"F": FEW, "LIEN": BONDS}, {"LIEN": "life"}),
        ({"ag.": FEW, "arrêt": ["CMO", "CLD psy", "AT genou", "CLM"]}, {"arrêt": "life"}),
        ({"école": FEW, "q": ["asthme, Ventoline", "", "diabète T1, pompe", "lait"]}, {"q": "life"}),
    ],
)
def test_what_an_office_writes_of_somebody_is_asked_about(tmp_path: Path, table: Table, asked: dict[str, str]) -> None:
    assert doubts(tmp_path, table) == asked


@pytest.mark.parametrize(
    "table",
    [
        {"a": FEW * 2, "base": ["3204943", "4571618", "3329832", *["0", "12", "871", "92"], "0"]},
        {"voie": ROADS, "q": ["740", "2197", "1520", "18"]},
        {"type": FEW, "adresse": HAMLETS},
        {"nom": FEW, "J": DAYS, "M": MONTHS, "A": ["2021", "2023", "2022", "2024"]},
        {"sigle": FEW[:3], "q": ["MLT", "sb", "AGo"]},
        {"UAI": ["9748223J", "9745847B", "9744251C", "9748112D"]},
        {
            "poste": FEW,
            "PU 2024": ["0,8332", "1,2062", "0,7822", "0,9171"],
            "PU 2025": ["1,0999", "2,3092", "1,9996", "1,1"],
        },
        {"a": FEW, "dateprel": ["2025-01-09", "2024-04-07", "2024-11-30", "2025-02-02"]},
        {"a": FEW, "dt_plant": ["04/05/2012", "08/12/2005", "25/02/2018", "11/03/1990"]},
        {"a": FEW, "1ère mec": ["30/12/2010", "01/07/2007", "06/02/2011", "15/05/1994"]},
        {"a": FEW, "contenance_m2": ["19671", "26952", "26220", "31877"]},
        {"mle machine": ["A42945", "A34082", "A80740", "A19848"]},
        {"fête": FEW, "q": ["Fêtes des mères", "Noël", "Fête des pères", "14 juillet"]},
    ],
)
def test_what_it_writes_of_things_is_not(tmp_path: Path, table: Table) -> None:
    assert doubts(tmp_path, table) == {}
