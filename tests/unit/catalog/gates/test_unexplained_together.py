"""What neighbouring columns hold together is asked about in each, where nothing explains it."""

from pathlib import Path

from tests.unit.catalog.gates.test_unexplained import OTHER, doubts


def test_neighbours_are_a_birth_a_house_or_a_position_together(tmp_path: Path) -> None:
    days, months, years = ["14", "3", "21", "8"], ["2", "9", "6", "12"], ["1931", "1964", "1988", "2001"]
    date = {"a": days, "b": months, "c": years}
    assert doubts(tmp_path, {"o": OTHER, **date}) == dict.fromkeys(date, "date")
    assert doubts(tmp_path, {"o": OTHER, "c": years, "b": months, "a": days}) == dict.fromkeys(date, "date")
    assert doubts(tmp_path, {"o": OTHER, **date, "c": ["2021", "2022", "2021", "2023"]}) == {}
    assert doubts(tmp_path, {"o": OTHER, **date, "a": ["14", "33", "41", "50"]}) == {}
    assert doubts(tmp_path, {"jour de pose": days, "b": months, "c": years}) == {}
    streets = ["rue des Récollets", "rue de Metz", "chemin de la Côte", "av. Foch"]
    assert doubts(tmp_path, {"n": days, "v": streets}) == {"n": "street", "v": "street"}
    assert doubts(tmp_path, {"n": days, "bis": OTHER, "v": streets}) == {"n": "street", "v": "street"}
    assert doubts(tmp_path, {"n": days, "t": ["rue", "av.", "chemin", "rue"], "v": OTHER}) == dict.fromkeys(
        "nt", "street"
    )
    assert doubts(tmp_path, {"n": days, "rue": ["des Récollets", "de Metz", "Foch", "Pasteur"]}) == dict.fromkeys(
        ("n", "rue"), "street"
    )
    assert doubts(tmp_path, {"n": ["320", "410", "1001", "777"], "v": streets}) == {}
    assert doubts(tmp_path, {"nom": OTHER, "n": days, "rue": streets}) == {}
    axes = {
        "a": ["49.523310", "49.521187", "49.530044", "49.519821"],
        "b": ["5.760121", "5.771002", "5.741876", "5.78234"],
    }
    assert doubts(tmp_path, {"o": OTHER, **axes}) == dict.fromkeys(axes, "position")
    assert doubts(tmp_path, {"nom": OTHER, **axes}) == {}
    metres = {"a": ["917028", "910889", "923834", "908537"], "b": ["6936835.1", "6935580.2", "6934765.9", "6933193.4"]}
    assert doubts(tmp_path, {"o": OTHER, **metres})["a"] in ("position", "number")


def test_a_year_without_its_century_beside_its_day_and_month_is_a_childs(tmp_path: Path) -> None:
    days, months, years = ["10", "3", "22", "8"], ["7", "11", "6", "2"], ["20", "21", "23", "22"]
    told = dict.fromkeys(("JJ", "MM", "AA"), "date")
    assert doubts(tmp_path, {"g": OTHER, "JJ": days, "MM": months, "AA": years}) == told
    assert doubts(tmp_path, {"g": OTHER, "JJ": days, "MM": months, "T2": years}) == {}
    assert doubts(tmp_path, {"g": OTHER, "JJ": days, "MM": months, "AA": [f"20{each}" for each in years]}) == {}


def test_houses_whose_second_is_cut_short_stand_beside_a_street(tmp_path: Path) -> None:
    houses, streets = ["1190", "7B", "9T", "18"], ["FREDERIC MISTRAL", "DE LA GARANCE", "DU MAS NEUF", "DES CLAOUS"]
    told = dict.fromkeys(("NVOIE", "LVOIE"), "street")
    assert doubts(tmp_path, {"PC": OTHER, "NVOIE": houses, "LVOIE": streets}) == told
    assert doubts(tmp_path, {"PC": OTHER, "PUISSANCE": houses, "LVOIE": streets}) == {}
    assert doubts(tmp_path, {"PC": OTHER, "NVOIE": ["1190", "7", "9", "18"], "LVOIE": streets}) == {}
