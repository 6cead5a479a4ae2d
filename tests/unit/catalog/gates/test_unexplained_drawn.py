"""Digits drawn by lot are asked about whatever letters stand around them; those of a series, a year or a thing are not.

The numbers are drawn by hand; nobody is meant.
"""

from pathlib import Path

import pytest

from tests.unit.catalog.gates.test_unexplained import BIRTHS, OTHER, doubts


@pytest.mark.parametrize(
    ("name", "cells", "kind"),
    [
        ("NOCPT", ["D12FA794337", "C23EA502554", "D13EA241076", "G14EA069798"], "number"),
        ("Seriennr.", ["SEN-38474307-22", "HYD-07668971-23", "DIE-93080443-20", "HYD-19679283-18"], "number"),
        ("documento", ["FRA19TD04991", "FRA19LF84347", "FRA13YH40031", "ESP16DM53026"], "number"),
        ("adr_radio", ["SAP-89949655", "SAP-62732245", "SAP-03196916", "SAP-39332041"], "number"),
        ("k", ["u/118877/x", "u/904411/x", "u/502236/x", "u/377190/x"], "number"),
        (
            "ELEC/GAZ",
            ["E 21'815'450'361'428", "E 06-5453-3331-2836", "E 03.682.735.067.591", "E 0943.9272.6671.85"],
            "number",
        ),
        (
            "identifier",
            [
                f'[{{"system":"urn:oid:1.2","value":"{each}"}}]'
                for each in ("10004514393", "10002175924", "810103817655")
            ],
            "number",
        ),
        ("piece_id_hash", ["CPLN2HK3K", "YHL5CGW5Z", "VDL8M96T5", "K4LG94JL6"], "number"),
        ("UG", [f"RES BEL AIR BAT {each} ESC 4 ETG 2 PTE 0{place}8" for place, each in enumerate("ABCD")], "street"),
        ("n° de série", ["QDS 94377000", "TCH67047801", "QDS 46003722", "TCH04444059"], "number"),
        (
            "avis",
            ["hab. principale Les Vents, 46250 Cazals", "prop. résidant La Lande, 24550 Loubejac", "RAS"],
            "street",
        ),
        ("série", ["A16EB746301", "D20GA046972", "C17FA441798", "A22GA010356"], "number"),
        ("EAN", ["541449266555522151", "541444667413388854", "541442340333054463"], "number"),
        ("wo", ["LUREF E 91903 / N 85433", "LUREF E 87258 / N 77475", "LUREF E 77457 / N 84349"], "position"),
        ("Gebuertsmount", ["April 2016", "Dezember 2016", "Januar 2017", "März 2014"], "date"),
    ],
)
def test_what_was_drawn_by_lot_is_asked_about(tmp_path: Path, name: str, cells: list[str], kind: str) -> None:
    assert doubts(tmp_path, {"groupe": OTHER[: len(cells)], name: cells}) == {name: kind}


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("k", ["u/100231/x", "u/100232/x", "u/100233/x", "u/100234/x"]),
        ("k", ["u/118877/x", "u/904411/x"]),
        ("k", ["u/118877/x"] * 4),
        ("code inventaire", ["DAE-118877", "DAE-904411", "DAE-502236", "DAE-377190"]),
        ("mois", ["April 2016", "Dezember 2016", "Januar 2017", "März 2014"]),
        ("dépôt", [f"le {each} a" for each in (*BIRTHS[2:], "03/02/2019", "17/11/2023")]),
        ("n° mérimée", ["PA00805572", "IA54137432", "PA54931299", "PA00106170"]),
        ("création", ["13/11/1889", "16/02/1883", "08/02/1851", "14/05/1817"]),
        ("GTIN", ["03017620422003", "03274080005003", "03229820129488", "07613036271806"]),
        ("avis", ["accueil à la mairie, 46250 Cazals", "rejet au fossé, 24550 Loubejac", "RAS", "RAS"]),
        ("md5", [2 * each for each in ("9e107d9d372bb682", "6bd816d3542a419d", "e4d909c290d0fb1c")]),
    ],
)
def test_what_follows_or_is_explained_is_not(tmp_path: Path, name: str, cells: list[str]) -> None:
    assert doubts(tmp_path, {"groupe": OTHER[: len(cells)], name: cells}) == {}
