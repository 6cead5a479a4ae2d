"""enedis-index: indexes of meters, written from the guides of SGE; none is taken for a curve, nor a curve for one."""

import pytest

from tests.payloads import as_json, read
from tests.payloads_answers import CURVE, INDEXES

R151 = """<R151><En_Tete_Flux><Identifiant_Flux>R151</Identifiant_Flux><Unite_Mesure_Index>Wh</Unite_Mesure_Index>
<Unite_Mesure_Puissance>VA</Unite_Mesure_Puissance></En_Tete_Flux><PRM><Id_PRM>00000000000001</Id_PRM><Donnees_Releve>
<Date_Releve>2026-11-01</Date_Releve><Id_Calendrier_Fournisseur>FC1</Id_Calendrier_Fournisseur>
<Id_Calendrier_Distributeur>DI3</Id_Calendrier_Distributeur><Classe_Temporelle_Distributeur>
<Id_Classe_Temporelle>HCB</Id_Classe_Temporelle><Libelle_Classe_Temporelle>Creuses</Libelle_Classe_Temporelle>
<Rang_Cadran>1</Rang_Cadran><Valeur>8304</Valeur><Indice_Vraisemblance>0</Indice_Vraisemblance>
</Classe_Temporelle_Distributeur><Classe_Temporelle><Id_Classe_Temporelle>HC</Id_Classe_Temporelle><Valeur>1804</Valeur>
</Classe_Temporelle><Puissance_Maximale><Valeur>7452</Valeur></Puissance_Maximale></Donnees_Releve></PRM></R151>"""
R171 = """<n:R171 xmlns:n="http://www.enedis.fr/stm/R171"><entete><flux>R171</flux></entete><serieMesuresDateesListe>
<serieMesuresDatees><prmId>00000000000001</prmId><type>INDEX</type><grandeurMetier>CONS</grandeurMetier>
<grandeurPhysique>EA</grandeurPhysique><typeCalendrier>D</typeCalendrier>
<codeClasseTemporelle>HPH</codeClasseTemporelle><unite>Wh</unite><mesuresDateesListe>
<mesureDatee><dateFin>2026-07-01T00:51:11</dateFin><valeur>1320</valeur></mesureDatee>
<mesureDatee><dateFin>hier</dateFin><valeur>1</valeur></mesureDatee></mesuresDateesListe></serieMesuresDatees>
</serieMesuresDateesListe></n:R171>"""
BILLED = """<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><a><infoFonctionnelles><pointId>00000000000001
</pointId></infoFonctionnelles></a></e:Header><e:Body><r><seriesMesuresDateesGrilleFrn><serie><grandeurPhysique code="EA"/>
<classeTemporelle code="BASE"/><calendrier code="FC13"/><unite>kWh</unite><mesuresDatees><mesure><valeur>483
</valeur><dateDebut>2026-09-03</dateDebut><dateFin>2026-10-05</dateFin><nature code="REEL"/></mesure></mesuresDatees></serie>
</seriesMesuresDateesGrilleFrn></r></e:Body></e:Envelope>"""  # noqa: E501


def test_the_flow_r151_has_both_grids_and_the_highest_power() -> None:
    grid, supplier, power = read("enedis-index", R151.encode()).rows
    assert (grid["grid"], grid["calendar"], grid["class_id"], grid["register"]) == ("distributeur", "DI3", "HCB", "1")
    assert (grid["kind"], grid["value"], grid["unit"], grid["instant"]) == ("index", "8304", "Wh", "2026-11-01")
    assert (supplier["grid"], supplier["calendar"], supplier["value"]) == ("fournisseur", "FC1", "1804")
    assert (power["kind"], power["measurement_kind"], power["value"], power["unit"]) == (
        "puissance",
        "PMA",
        "7452",
        "VA",
    )
    assert {row["usage_point_id"] for row in (grid, supplier, power)} == {"00000000000001"}
    assert grid.keys() == supplier.keys() == power.keys()


def test_the_flow_r171_says_local_times() -> None:
    outcome = read("enedis-index", R171.encode())
    (row,) = outcome.rows
    assert (row["value"], row["instant"], row["grid"]) == ("1320", "2026-07-01T00:51:11+02:00", "distributeur")
    assert outcome.refused_codes == ["payload.enedis-reading"]


def test_the_flow_r64_has_a_row_a_value_of_a_register() -> None:
    first, second, total = read("enedis-index", as_json(INDEXES)).rows
    assert (first["value"], second["value"], total["value"]) == (100, 110, "420")
    assert (first["class_id"], first["register"], first["plausibility"]) == ("HPH", "1", 0)
    assert (total["class_id"], total["register"]) == (None, "TOT")
    assert (first["grid"], total["grid"]) == ("distributeur", None)


@pytest.mark.parametrize(
    ("label", "grid"), [("Grille Fournisseur", "fournisseur"), ("autre", "autre"), (None, None), (3, 3)]
)
def test_a_grid_is_called_alike_in_every_flow(label: object, grid: object) -> None:
    text = as_json(INDEXES).replace(b'"Distributeur"', as_json(label))
    assert read("enedis-index", text).rows[0]["grid"] == grid


def test_billed_energies_are_between_two_days() -> None:
    (row,) = read("enedis-index", BILLED.encode()).rows
    assert (row["kind"], row["usage_point_id"], row["start"], row["date"]) == (
        "energie", "00000000000001", "2026-09-03", "2026-10-05",
    )  # fmt: skip
    assert (row["value"], row["unit"], row["class_id"], row["measure_type"]) == ("483", "kWh", "BASE", "REEL")


@pytest.mark.parametrize("index", [R151, R171, BILLED, as_json(INDEXES).decode()])
def test_an_index_is_no_curve_and_a_curve_no_index(index: str) -> None:
    refusal = read("enedis", index.encode()).refusal
    assert refusal is not None
    assert (refusal.code, "enedis-index" in str(refusal)) == ("payload.enedis-index", True)
    assert read("enedis-index", as_json(CURVE)).code == "payload.enedis-index-root"
    assert read("enedis-index", b"<R50/>").code == "payload.enedis-index-root"


@pytest.mark.parametrize("odd", [{"mesures": [1]}, {"mesures": [{"contexte": [{}]}]}, {"mesures": 3}, []])
def test_what_has_no_registers_is_refused(odd: object) -> None:
    assert read("enedis-index", as_json(odd)).code == "payload.enedis-index-root"


def test_an_error_is_refused() -> None:
    assert read("enedis-index", b'{"error": "ADAM"}').code == "payload.enedis-error"
    assert read("enedis-index", b"<a><Fault/></a>").code == "payload.enedis-error"
