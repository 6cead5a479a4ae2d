"""entreprises: establishments of four sources, and the mask of those that are not diffusible. Most are synthetic."""

import copy
import json
import os
from pathlib import Path

import pytest

from harvesters.parsing import Row
from tests.payloads import as_json, read
from tests.payloads_answers import ESTABLISHMENT, PERSON, SIRENE

ESS = Path(os.environ.get("ECLOR_SHARED", "../shared")) / "captures" / "ess"
SEARCH: dict[str, object] = {
    "results": [
        {
            "siren": "123456789", "nom_complet": "LA RECYCLERIE", "nom_raison_sociale": "LA RECYCLERIE",
            "nature_juridique": "9260", "statut_diffusion": "O", "complements": {"est_ess": True},
            "dirigeants": [{"nom": "MARTIN"}],
            "siege": {"siret": "12345678900012", "commune": "54580", "activite_principale": "38.32Z"},
            "matching_etablissements": [
                {"siret": "12345678900020", "commune": "57038", "activite_principale": "47.79Z", "adresse": "3 RUE X",
                 "etat_administratif": "A", "tranche_effectif_salarie": "01", "statut_diffusion_etablissement": "O"},
                {"siret": "12345678900038", "commune": "57565", "activite_principale": "47.79Z",
                 "etat_administratif": "F"},
            ],
        },
        {"siren": "987654321", "nom_complet": "[NON-DIFFUSIBLE]", "statut_diffusion": "P", "nature_juridique": "1000",
         "dirigeants": [{"nom": "DURAND"}], "matching_etablissements": [],
         "siege": {"siret": "98765432100011", "commune": "57038", "adresse": "[NON-DIFFUSIBLE]",
                   "code_postal": "57390"}},
    ],
    "total_results": 2, "page": 1, "per_page": 25, "total_pages": 1,
}  # fmt: skip
HEAD = ("siren", "siret", "diffusible", "nom", "naf", "categorie_juridique", "etat", "code_commune", "effectif", "ess")


def facts(row: Row) -> tuple[object, ...]:
    return tuple(row[key] for key in HEAD)


def one(establishment: object) -> Row:
    (row,) = read("entreprises", as_json({"header": {"statut": 200}, "etablissement": establishment})).rows
    return row


def text_of(row: Row) -> str:
    return json.dumps(row, default=str, ensure_ascii=False)


def test_an_establishment_says_the_same_facts_in_every_form() -> None:
    sirene = ("123456789", "12345678900012", True, "LA RECYCLERIE", "38.32Z", "9260", "A", "57038", None, "O")
    assert facts(read("entreprises", as_json(SIRENE)).rows[0]) == sirene
    first, second, masked = read("entreprises", as_json(SEARCH)).rows
    assert facts(first) == (
        "123456789",
        "12345678900020",
        True,
        "LA RECYCLERIE",
        "47.79Z",
        "9260",
        "A",
        "57038",
        "01",
        True,
    )
    assert (second["siret"], second["etat"]) == ("12345678900038", "F")
    assert facts(masked) == ("987654321", "98765432100011", False, None, None, "1000", None, "57038", None, None)


def test_the_present_period_is_the_open_one() -> None:
    row = one(ESTABLISHMENT)
    assert row["periode"]["dateDebut"] == "2020-01-01"  # type: ignore[index]
    assert len(row["periodesEtablissement"]) == 2  # type: ignore[arg-type]


@pytest.mark.parametrize("status", ["P", "N", "X"])
@pytest.mark.parametrize("where", ["statutDiffusionEtablissement", "statutDiffusionUniteLegale"])
def test_what_is_not_diffusible_shows_neither_name_nor_address(status: str, where: str) -> None:
    person = copy.deepcopy(PERSON)
    for holder in (person, person["uniteLegale"]):
        holder.update({key: "O" for key in holder if key.startswith("statutDiffusion")})  # type: ignore[union-attr]
    (person["uniteLegale"] if "Unite" in where else person)[where] = status  # type: ignore[index]
    row = one(person)
    assert row["diffusible"] is False
    assert not any(word in text_of(row) for word in ("MARTIN", "LÉA", "MINES", "57390"))
    assert (row["code_commune"], row["naf"], row["categorie_juridique"]) == ("57038", "38.32Z", "1000")
    assert row["adresseEtablissement"]["libelleVoieEtablissement"] is None  # type: ignore[index]


def test_no_status_at_all_is_masked_too() -> None:
    bare = {
        "siren": "123456789",
        "siret": "12345678900012",
        "denominationUniteLegale": "X",
        "codeCommuneEtablissement": "57038",
    }
    row = one(bare)
    assert (row["diffusible"], row["denominationUniteLegale"], row["code_commune"]) == (False, None, "57038")


def test_a_member_that_nobody_knows_is_masked() -> None:
    row = one(PERSON | {"surnomUsuel": "Léa la brocante", "contacts": [{"tel": "0600000000"}, "0600000000"]})
    assert "brocante" not in text_of(row)
    assert "0600000000" not in text_of(row)


def test_numbers_are_texts_of_nine_and_fourteen_digits() -> None:
    for siret in (12345678900012, "1.23457E+13", "1234567890001", "99999999900012", True):
        outcome = read("entreprises", as_json([ESTABLISHMENT | {"siret": siret}]))
        assert (outcome.rows, outcome.refused_codes) == ([], ["payload.entreprises-number"])


def test_no_result_is_no_row_and_an_error_is_refused() -> None:
    none = read("entreprises", b'{"header": {"statut": 404, "message": "Aucun"}}')
    assert (none.code, none.rows, none.warning_codes) == ("", [], ["payload.entreprises-none"])
    for error in ('{"header": {"statut": 429}}', '{"erreur": "x"}', '{"errors": []}', '{"fault": {"code": 900802}}'):
        assert read("entreprises", error.encode()).code == "payload.entreprises-error"
    for root in (b"{}", b'{"results": 1}'):
        assert read("entreprises", root).code == "payload.entreprises-root"


def test_a_unit_is_a_row_without_siret() -> None:
    unit = {"siren": "123456789", "statutDiffusionUniteLegale": "O",
            "periodesUniteLegale": [
                {"dateFin": None, "denominationUniteLegale": "LA RECYCLERIE",
                 "etatAdministratifUniteLegale": "C"}]}  # fmt: skip
    for answer in ({"header": {"statut": 200}, "uniteLegale": unit}, {"header": {}, "unitesLegales": [unit]}):
        (row,) = read("entreprises", as_json(answer)).rows
        assert (row["siret"], row["nom"], row["etat"]) == (None, "LA RECYCLERIE", "C")


class TestStock:
    HEADER = (
        "siren,siret,statutDiffusionEtablissement,libelleVoieEtablissement,codeCommuneEtablissement,"
        "enseigne1Etablissement\n"
    )

    def stock(self, *lines: str) -> bytes:
        return (self.HEADER + "".join(f"{line}\n" for line in lines)).encode()

    def test_a_line_is_a_row_and_the_mask_holds(self) -> None:
        payload = self.stock(
            "123456789,12345678900012,O,DES MINES,57038,CHEZ LÉA", "123456789,12345678900020,N,DES MINES,57038,CHEZ LÉA"
        )
        first, second = read("entreprises", payload).rows
        assert (first["enseigne1Etablissement"], first["diffusible"]) == ("CHEZ LÉA", True)
        assert (second["enseigne1Etablissement"], second["libelleVoieEtablissement"], second["code_commune"]) == (
            None,
            None,
            "57038",
        )

    def test_a_number_spoilt_by_a_spreadsheet_refuses_its_line(self) -> None:
        outcome = read("entreprises", self.stock("123456789,1.23457E+13,O,,57038,"))
        assert [(row.code, row.place.line) for row in outcome.refused] == [("payload.entreprises-number", 2)]

    def test_another_table_is_refused(self) -> None:
        assert read("entreprises", b"nom,ville\nA,B\n").code == "payload.entreprises-columns"
        assert read("entreprises", b"siren,nom\n123456789,").code == ""
        assert read("entreprises", b"siren,nom\n12345").code == "payload.cut-short"


@pytest.mark.captures
@pytest.mark.skipif(not ESS.is_dir(), reason="no captures here: set ECLOR_SHARED to the folder that has them")
def test_no_capture_names_someone_who_is_not_diffusible() -> None:
    for file in sorted(ESS.glob("api_entreprise_*personne_physique_non*.yaml")):
        for row in read("entreprises", file.read_bytes()).rows:
            assert "MOREAU" not in text_of(row)
    for row in read("entreprises", (ESS / "sirene_api_results.json").read_bytes()).rows:
        assert ("DANEY" in text_of(row)) is False
        names = [value for key, value in row["uniteLegale"].items() if key.startswith("nomUnite")]  # type: ignore[attr-defined]
        assert row["diffusible"] or names == [None]
