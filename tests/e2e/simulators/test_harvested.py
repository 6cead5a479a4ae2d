"""Every declared flow of the demonstration walks through the harvesters' door; counts are taken another way."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import httpx
import pytest

from harvesters.harvest import harvest
from harvesters.intake import RawDataset
from harvesters.listening import Listening
from harvesters.receiving import Keeping
from tests.e2e.simulators.flows import TERRITORY, allowed_in, place, sources_of
from tests.e2e.simulators.running import Running
from tests.e2e.simulators.witness import Witness

HUBEAU = "/hubeau/api"


def _harvested(systems: Running, dataset: str, folder: Path, *, access: str) -> list[RawDataset]:
    store, reach = place(systems.where, folder)
    flows = [source for source in sources_of(systems.where) if source.dataset == dataset and source.access == access]
    keeping = Keeping.APPEND if access == "depot" else Keeping.REPLACE
    return [harvest(flow, allowed_in(dataset), keeping=keeping, store=store, reach=reach) for flow in flows]


def _given(systems: Running, path: str) -> bytes:
    return httpx.get(systems.url + path, trust_env=False).content


def test_every_flow_of_the_territory_is_declared_in_a_way_that_the_reader_takes(systems: Running) -> None:
    sources = sources_of(systems.where)
    policies = {file.stem for file in (TERRITORY / "politiques").glob("*.yaml")}
    assert {source.dataset for source in sources} == policies
    assert all(source.simulated for source in sources)


def test_collection_points_come_through_their_data_package(systems: Running, tmp_path: Path) -> None:
    (raw,) = _harvested(systems, "points-de-collecte", tmp_path, access="http")
    assert (raw.rows, raw.counts.refused) == (355, 0)


def test_facilities_come_with_every_property(systems: Running, tmp_path: Path) -> None:
    (raw,) = _harvested(systems, "equipements", tmp_path, access="http")
    assert raw.rows == len(json.loads(_given(systems, "/equipements.geojson"))["features"])
    assert raw.counts.refused == 0


def test_acts_of_birth_come_whole(systems: Running, tmp_path: Path) -> None:
    (raw,) = _harvested(systems, "prenoms", tmp_path, access="http")
    acts = list(csv.DictReader(io.StringIO(_given(systems, "/etat-civil/prenoms.csv").decode())))
    assert (raw.rows, raw.counts.refused) == (len(acts), 0)


def test_passages_come_file_by_file_at_the_first_walk(systems: Running, tmp_path: Path) -> None:
    (raw,) = _harvested(systems, "dechetteries-passages", tmp_path, access="depot")
    files = list((Path(systems.where["depot"]) / "passages").iterdir())
    assert raw.rows == sum(len(file.read_bytes().splitlines()) - 1 for file in files)
    assert raw.counts.refused == 0


def test_waiting_times_come_without_the_vehicles(systems: Running, tmp_path: Path) -> None:
    (raw,) = _harvested(systems, "dechetteries-attente", tmp_path, access="ngsi-ld")
    assert (raw.rows, raw.counts.refused) == (5, 0)
    assert not [path for path in raw.counts.unmapped if "ehicle" in path]


@pytest.mark.parametrize(
    ("dataset", "rows", "left_out"),
    [
        ("bus-retards", 3, "trip_update.vehicle.id"),
        ("bus-vehicules", 0, "vehicle.vehicle.id"),
        ("bus-perturbations", 2, ""),
        ("bus-passages", 74, "MonitoredVehicleJourney.VehicleRef"),
        ("velos-stations", 11, ""),
        ("velos-disponibles", 11, ""),
        ("autos-disponibles", 5, "last_reported"),
        ("trottinettes-libres", 40, ""),
        ("bornes-recharge", 36, ""),
        ("bornes-etat", 36, "evse.last_updated"),
        ("salles-occupation", 100, "organizer"),
        ("remplissage-conteneurs", 150, ""),
        ("parkings", 11, ""),
        ("parkings-places", 5, ""),
        ("lieux-covoiturage", 14, ""),
        ("comptages-routiers", 1152, ""),
        ("vitesses-routes", 8, ""),
        ("lignes-bus", 3, ""),
        ("courses-bus", 55, ""),
        ("calendrier-bus", 1, ""),
        ("horaires-bus", 746, ""),
        ("prescriptions-urbanisme", 64, ""),
        ("marches-modifications", 5, "titulaires"),
        ("extinctions", 100, ""),
        ("batiments-publics", 528, ""),
        ("courts-creneaux", 300, "data.maximumUses"),
        ("production-renouvelable", 1258, ""),
        ("eclairage-consommation", 576, ""),
        ("emploi-ess", 224, ""),
        ("signalements-delais", 3000, "description"),
        ("marches-titulaires", 30, ""),
        ("acteurs-reemploi", 48, ""),
    ],
)
def test_what_is_free_or_on_its_way_comes_without_who_uses_it(
    systems: Running, tmp_path: Path, dataset: str, rows: int, left_out: str
) -> None:
    access = "ngsi-ld" if dataset == "remplissage-conteneurs" else "http"
    (raw,) = _harvested(systems, dataset, tmp_path, access=access)
    assert raw.rows >= rows
    assert (raw.counts.refused, raw.counts.quarantined) == (0, 0)
    assert left_out == "" or left_out in raw.counts.unmapped
    assert not [path for path in raw.counts.unmapped if "plate" in path], "never asked of the broker"


def test_an_exercise_is_counted_and_never_held(systems: Running, tmp_path: Path) -> None:
    after_alerts, after_exercise = _harvested(systems, "alertes", tmp_path, access="http")
    infos = _given(systems, "/cap/alertes.xml").count(b"<info>")
    assert (after_alerts.rows, after_alerts.counts.left_out) == (infos, 0)
    assert (after_exercise.rows, after_exercise.counts.left_out) == (infos, 1)


@pytest.mark.broker
def test_lamps_come_over_mqtt_without_their_radio(systems: Running, tmp_path: Path) -> None:
    (flow,) = [source for source in sources_of(systems.where) if source.access == "mqtt"]
    store, reach = place(systems.where, tmp_path)
    stop = Event()
    with Witness.of(systems.where) as witness:
        listener = Thread(
            target=Listening(flow, store, reach, lambda _state, _code: None).visit,
            args=[allowed_in(flow.dataset)],
            kwargs={"keeping": Keeping.APPEND, "stop": stop},
        )
        listener.start()
        witness.wait_for(500)
        stop.set()
        listener.join(20)
    raw = store.held(flow.dataset, flow.name)
    assert raw.rows > 100
    assert raw.counts.refused == 0
    assert "deviceInfo.devEui" in raw.counts.unmapped


def _pages(systems: Running, path: str, **asked: str) -> int:
    return int(httpx.get(systems.url + path, params=asked, trust_env=False).json()["count"])


def _diffusible(systems: Running) -> int:
    """Bodies that are legal persons and diffusible, on the three pages of the search."""
    pages = [f"/entreprises/search?est_ess=true&page={number}&per_page=25" for number in (1, 2, 3)]
    found = [body for page in pages for body in json.loads(_given(systems, page))["results"]]
    return sum(body["statut_diffusion"] == "O" and body["nature_juridique"] != "1000" for body in found)


@pytest.mark.parametrize(
    ("dataset", "access", "witness"),
    [
        ("vigilance-meteo", "http", lambda systems: 2 * 2 * 7),
        ("crues", "http", lambda systems: _given(systems, "/vigicrues/services/1/InfoVigiCru.geojson").count(b'"gid"')),
        ("niveaux-rivieres", "http", lambda systems: _pages(systems, f"{HUBEAU}/v2/hydrometrie/observations_tr")),
        (
            "niveaux-nappes",
            "http",
            lambda systems: _pages(systems, f"{HUBEAU}/v1/niveaux_nappes/chroniques_tr") * 2 // 3,
        ),
        ("eau-potable", "http", lambda systems: _pages(systems, f"{HUBEAU}/v1/qualite_eau_potable/resultats_dis")),
        ("bruit", "ngsi-ld", lambda systems: 6 * 24),
        ("meteo-locale", "ngsi-ld", lambda systems: 3 * 12),
        ("marches-publics", "http", lambda systems: _given(systems, "/finances/decp.json").count(b'"codeCPV"')),
        ("deliberations", "http", lambda systems: 11 * 11),
        ("agenda-culturel", "http", lambda systems: _given(systems, "/culture/agenda.ics").count(b"CLASS:PUBLIC")),
        ("structures-ess", "http", _diffusible),
    ],
)
def test_rows_come_as_they_are_counted_another_way(
    systems: Running, tmp_path: Path, dataset: str, access: str, witness: Callable[[Running], int]
) -> None:
    (raw,) = _harvested(systems, dataset, tmp_path, access=access)
    assert (raw.rows, raw.counts.refused) == (witness(systems), 0)


def test_what_road_events_say_beside_stays_there(systems: Running, tmp_path: Path) -> None:
    (raw,) = _harvested(systems, "evenements-routiers", tmp_path, access="http")
    told = _given(systems, "/routes/evenements.xml").decode()
    records = [part for part in told.split("<situation ")[1:] if ">real<" in part and ">active<" in part]
    assert raw.rows == sum('type="Accident"' not in record for record in records) > 0
    assert any("generalPublicComment" in path for path in raw.counts.unmapped)
