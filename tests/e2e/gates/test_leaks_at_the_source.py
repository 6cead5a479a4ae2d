"""A source says in one cell what it should not, in each domain: harvested, treated, it is blocked, and its DPO told."""

import pickle
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from catalog.gates import GATES
from catalog.gates.runner import GateRunner
from catalog.validate import validate
from charter.apply import Release
from charter.compile import Plan
from eclor.errors import GateRefused
from eclor.names import Slug
from tests.e2e.gates.conftest import Demonstration
from tests.e2e.gates.relay import relaying

# Numbers are made by hand with their keys; nobody is meant.
LEAKS = [
    ("acteurs-reemploi", "Ressourcerie 1, Villerupt", "Atelier de Mme Josette Kieffer", "nom", "person"),
    ("agenda-culturel", "Concert de l'école de musique", "Concert : voir Bruno Lallement", "titre", "person"),
    ("alertes", "Orages dans l'après", "joindre j.kieffer@orange.fr l'après", "titre", "email"),
    ("armoires", "AR-54580-01;", "FR7610278055120002041160165;", "id_armoire", "iban"),
    ("associations", "Compagnie culturelle 1, Villerupt", "Chez Mme Josette Kieffer", "titre", "person"),
    ("batiments-publics", "BAT-VIL-01;", "06 12 34 50 98;", "id_batiment", "phone"),
    ("crues", "Alzette amont (simulé)", "Alzette, garde Bruno Lallement", "nom", "person"),
    ("defibrillateurs", "DAE-0001", "1985062412330", "id_dae", "matricule"),
    ("deliberations", "Commande publique/Marchés", "Mme Josette Kieffer/Marchés", "matiere", "person"),
    ("eau-potable", "545802511", "262085439501263", "prelevement", "nir"),
    ("equipements-sportifs", "Terrain de football d'honneur", "Terrain, clé : 0612345098", "nom_equipement", "phone"),
    ("evenements-routiers", "2611-MaintenanceWorks-02-1", "a4:83:e7:2c:91:0f", "id_evenement", "mac"),
    ("lieux-covoiturage", "54580-C-001,Route du plateau", "54580-C-001,Mme Josette Kieffer", "nom_lieu", "person"),
    ("marches-publics", "Collecte des déchets ménagers", "Collecte, voir Bruno Lallement", "objet", "person"),
    ("parkings", "Parking de la gare", "Parking de la gare (AB-482-KR)", "nom_parc", "plate"),
    ("points-eau-incendie", "57041-0001", "+352 621 334 817", "id_pei", "phone"),
    ("points-lumineux", "PL-54580-0001", "AB-482-KR", "id_point", "plate"),
    ("prescriptions-urbanisme", "Espace boisé classé", "Bois de M. Bruno Lallement", "libelle", "person"),
    ("structures-ess", "Association 1 de Villerupt", "Mme Josette Kieffer", "nom", "person"),
    ("subventions", "Association 1,", "FR76 1027 8055 1200 0204 1160 165,", "beneficiaire", "iban"),
]
DROPPED = [
    ("deliberations", "Attribution d'un marché", "Protection de Mme Josette Kieffer"),
    ("indice-air", '"lib_zone":"Villerupt"', '"lib_zone":"Villerupt, 06 12 34 50 98"'),
]
SAID = (
    "Kieffer",
    "Lallement",
    "12 34 50",
    "1234509",
    "6213348",
    "621 334",
    "2780551",
    "AB-482",
    "620854",
    "850624",
    "83:e7",
)


def leaking(demonstration: Demonstration, folder: Path, dataset: str, said: str, leak: str) -> tuple[Release, Plan]:
    """The release that is made of what a source says once its first such words are replaced."""
    systems = demonstration.systems
    with relaying(systems.url, said.encode(), leak.encode()) as url:
        where = {**systems.where, "simulateurs": url}
        return Demonstration(replace(systems, where=where), folder).released(dataset, access="http")


@pytest.mark.parametrize(("dataset", "said", "leak", "column", "kind"), LEAKS, ids=[leak[0] for leak in LEAKS])
def test_a_leak_at_the_source_is_blocked_with_a_report_that_says_where_and_what_to_do(  # noqa: PLR0913 - a leak
    demonstration: Demonstration,
    gates: GateRunner,
    tmp_path: Path,
    *,
    dataset: str,
    said: str,
    leak: str,
    column: str,
    kind: str,
) -> None:
    release, plan = leaking(demonstration, tmp_path, dataset, said, leak)
    with pytest.raises(GateRefused) as raised:
        validate(release, declaration=demonstration.declarations[Slug(dataset)], plan=plan, gates=gates)
    refused = raised.value
    assert refused.code == f"gates.personal-{kind}"
    assert refused.place is not None
    assert refused.place.file == f"{dataset}.csv"
    assert refused.place.column == [each.name for each in release.columns].index(column) + 1
    assert f"« {column} »" in refused.french()
    assert set(refused.internal) == set(GATES)
    everything = pickle.dumps((refused.internal, refused.facts, refused.located(), str(refused), refused.french()))
    assert [each for each in SAID if each in everything.decode("latin-1")] == []


@pytest.mark.parametrize(("dataset", "said", "leak"), DROPPED, ids=[leak[0] for leak in DROPPED])
def test_a_leak_in_what_the_policy_drops_is_in_no_release(
    demonstration: Demonstration, gates: GateRunner, tmp_path: Path, dataset: str, said: str, leak: str
) -> None:
    release, plan = leaking(demonstration, tmp_path, dataset, said, leak)
    validate(release, declaration=demonstration.declarations[Slug(dataset)], plan=plan, gates=gates)
    assert not any(each in str(pq.read_table(release.rows.path).to_pylist()) for each in SAID)
