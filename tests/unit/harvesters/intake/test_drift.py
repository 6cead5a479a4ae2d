"""A source that changes: each kind of change stops its dataset, shows the difference and proposes the cure."""

from pathlib import Path

import pytest

from eclor.errors import DeclarationRefused, PayloadRefused
from harvesters.units import UNITS
from tests.harvesting import column, drop, flow, harvested, rows_of, store_at

FLUX = column("flux", "code", more=", valeurs: [verre, papier, emballages]")
WATTS = column("w", "entier", path="p.v", more=", unite: {chemin: p.u, valeur: W}")
TABLE = (column("badge", "code"), column("poids", "entier"))


def refusal(tmp_path: Path, name: str, content: bytes, *columns: str, protocol: str = "csv") -> PayloadRefused:
    """Take a good delivery, then another: the refusal of that one, and what was held is still held."""
    good = GOOD[protocol, len(columns)] if "CODGEO" not in columns[-1] else b"badge,CODGEO_2025\nA1,54580\n"
    drop(tmp_path / "in", f"a{name}", good)
    source, store = flow(tmp_path, *columns, address=str(tmp_path / "in"), protocol=protocol), store_at(tmp_path)
    before = rows_of(harvested(source, store), store, tmp_path / "one")
    drop(tmp_path / "in", f"b{name}", content)
    with pytest.raises(PayloadRefused) as refused:
        harvested(source, store)
    assert rows_of(store.held(source.dataset, source.name), store, tmp_path / "two") == before
    return refused.value


GOOD = {
    ("csv", 2): b"badge,poids\nA1,12\n",
    ("csv", 1): b'flux\nverre\n""\n',
    ("json", 1): b'{"p": {"v": 5, "u": "W"}}\n',
}
CHANGES = {
    "missing": (b"badge\nA1\n", TABLE, "intake.missing-column", ("poids",), "colonnes"),
    "renamed": (
        b"badge,poids_kg\nA1,12\n", TABLE, "intake.missing-column-near", ("poids", "poids_kg"), "chemin: poids_kg"
    ),
    "renamed beyond likeness": (
        b"badge,masse\nA1,12\n", TABLE, "intake.missing-column-near", ("poids", "masse"), "chemin: masse"
    ),
    "communes of another year": (
        b"badge,CODGEO_2026\nA1,54580\n", (column("badge", "code"), column("commune", "code", path="CODGEO_2025")),
        "intake.missing-column-near", ("CODGEO_2025", "CODGEO_2026"), "chemin: CODGEO_2026",
    ),
    "retyped": (b"badge,poids\nA1,douze\nA2,un\n", TABLE, "intake.retyped-column", ("poids", "entier"), "seuls"),
    "spoilt by a spreadsheet": (
        b"badge,poids\n2.45701E+13,1\n2.45701E+13,2\n", TABLE, "intake.retyped-column", ("badge", "code"), "tableur"
    ),
    "new": (b"badge,poids,agent\nA1,12,X\n", TABLE, "intake.undeclared-column", ("agent",), "déclarez-la"),
    "another code list": (
        b"flux\nverre\ntextile\n", (FLUX,), "intake.code-list-changed", ("flux", "papier"), "valeurs"
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_of_a_table_stops_it_shows_the_difference_and_its_cure(tmp_path: Path, change: str) -> None:
    content, columns, code, shown, cure = CHANGES[change]
    refused = refusal(tmp_path, ".csv", content, *columns)
    assert refused.code == code
    assert not [word for word in shown if word not in refused.french() or word not in refused.english()]
    assert cure in refused.french()
    values = ("douze", "textile", "A1", "X,")
    told = refused.told()
    assert cure.partition(" ")[0] in told["cure_fr"]
    assert not [value for value in values if value in refused.located() + str(refused) + str(told)]


@pytest.mark.parametrize(
    ("unit", "code"),
    [('"kW"', "intake.unit-changed-known"), ('"Marqueur"', "intake.unit-changed"), ('["kW"]', "intake.unit-changed")],
)
def test_another_unit_is_named_if_it_is_one_and_never_any_other_word(tmp_path: Path, unit: str, code: str) -> None:
    content = f'{{"p": {{"v": 5, "u": {unit}}}}}\n'.encode()
    refused = refusal(tmp_path, ".ndjson", content, WATTS, protocol="json")
    assert refused.code == code
    assert (unit.strip('"') in refused.french()) == (unit.strip('"') in UNITS)
    assert "« W »" in refused.french()


def test_what_everybody_reads_of_a_change_names_nothing_that_came(tmp_path: Path) -> None:
    refused = refusal(tmp_path, ".csv", CHANGES["renamed"][0], *TABLE)
    told = refused.told()
    assert "poids_kg" not in str(told) + refused.told_french()
    assert (
        told["fr"] == "« … » (colonne « poids ») manque dans la livraison ; « … », nouvelle, lui ressemble : renommée ?"
    )


def test_a_code_list_goes_with_codes(tmp_path: Path) -> None:
    with pytest.raises(DeclarationRefused) as refused:
        flow(tmp_path, column("poids", "entier", more=", valeurs: ['1']"), address=str(tmp_path))
    assert refused.value.code == "declaration.codes"
