"""Bicycles, scooters, charge points, car parks, halls and containers: read as any client would."""

import csv
import io
import json
import os
import re
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import defusedxml.ElementTree
import frictionless
import icalendar
import jsonschema
import pytest
from ruamel.yaml import YAML

from harvesters import protocols
from harvesters.rotation import Rotation
from harvesters.simulators.clock import started_at
from harvesters.simulators.systems import prepare
from tests.unit.harvesters.simulators.conftest import Asked

NOON = datetime(2026, 11, 24, 12, 20, tzinfo=UTC)
SHARED = Path(os.environ.get("ECLOR_SHARED", "../shared"))
ROADS = "{http://datex2.eu/schema/3/roadTrafficData}"
SCOOTERS = "/trottinettes/free_bike_status.json"
COUNT = {"type": "integer", "minimum": 0}
STATION_STATUS = {  # GBFS 3.0, station_status.json: what it requires
    "type": "object",
    "required": ["last_updated", "ttl", "version", "data"],
    "properties": {
        "last_updated": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        "ttl": COUNT,
        "version": {"const": "3.0"},
        "data": {
            "required": ["stations"],
            "properties": {
                "stations": {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "required": ["station_id", "is_installed", "is_renting", "is_returning", "last_reported"],
                        "properties": {
                            "station_id": {"type": "string"},
                            "is_renting": {"type": "boolean"},
                            "last_reported": {"type": "string"},
                            "num_vehicles_available": COUNT,
                            "num_docks_available": COUNT,
                        },
                    },
                }
            },
        },
    },
}
FREE_BIKE_STATUS = {  # GBFS 2.3, free_bike_status.json: what it requires
    "type": "object",
    "required": ["last_updated", "ttl", "version", "data"],
    "properties": {
        "last_updated": COUNT,
        "ttl": COUNT,
        "version": {"const": "2.3"},
        "data": {
            "required": ["bikes"],
            "properties": {
                "bikes": {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "required": ["bike_id", "is_reserved", "is_disabled", "vehicle_type_id", "lat", "lon",
                                     "current_range_meters"],
                        "properties": {"bike_id": {"type": "string"}, "is_disabled": {"type": "boolean"},
                                       "lat": {"type": "number"}, "current_range_meters": COUNT},
                    },
                }
            },
        },
    },
}  # fmt: skip


def _policy(territory: Path, dataset: str) -> dict[str, dict]:
    policy = YAML(typ="safe").load((territory / "politiques" / f"{dataset}.yaml").read_text("utf-8"))
    return {field["nom"]: field["traitement"] for field in policy["champs"]}


def _columns_of(territory: Path, dataset: str) -> set[str]:
    declared = YAML(typ="safe").load((territory / "sources" / "vehicules-partages.yaml").read_text("utf-8"))
    (flow,) = [flow for flow in declared["flux"] if flow["jeu"] == dataset]
    return {column["chemin"] for column in flow["colonnes"]}


@pytest.mark.parametrize("system", ["velos", "autos", "trottinettes"])
def test_discovery_names_files_that_are_there(asked: Asked, system: str) -> None:
    data = json.loads(asked("vehicules-partages", f"/{system}/gbfs.json", NOON).content)["data"]
    feeds = data.get("feeds") or data["fr"]["feeds"]
    assert len(feeds) >= 3
    for feed in feeds:
        told = json.loads(asked("vehicules-partages", feed["url"].removeprefix("http://systems"), NOON).content)
        assert told["data"], feed["name"]


def test_stations_have_bicycles_and_docks_by_the_schema(asked: Asked) -> None:
    status = json.loads(asked("vehicules-partages", "/velos/station_status.json", NOON).content)
    jsonschema.validate(status, STATION_STATUS)
    described = json.loads(asked("vehicules-partages", "/velos/station_information.json", NOON).content)
    docks = {station["station_id"]: station["capacity"] for station in described["data"]["stations"]}
    parts = ("num_vehicles_available", "num_vehicles_disabled", "num_docks_available")
    told = {one["station_id"]: sum(one[part] for part in parts) for one in status["data"]["stations"]}
    assert told == docks


def test_cars_are_at_their_places_or_out_and_four_belong_to_each(asked: Asked, territory: Path) -> None:
    described = json.loads(asked("vehicules-partages", "/autos/station_information.json", NOON).content)["data"]
    status = json.loads(asked("vehicules-partages", "/autos/station_status.json", NOON).content)["data"]
    places = {station["station_id"]: station["capacity"] for station in described["stations"]}
    assert min(places.values()) >= 4, "one car's trip would be somebody's"
    assert len(places) == 5
    for station in status["stations"]:
        counts = {one["vehicle_type_id"]: one["count"] for one in station["vehicle_types_available"]}
        assert counts.keys() == {"essence", "electrique"}
        assert sum(counts.values()) == station["num_bikes_available"]
        assert station["num_bikes_available"] + station["num_docks_available"] == places[station["station_id"]]
    assert "last_reported" not in _columns_of(territory, "autos-disponibles")


def test_a_scooter_has_a_new_name_after_each_trip_and_three_decimals(asked: Asked) -> None:
    places = defaultdict(set)
    former: object = None
    for step in range(0, 24 * 60, 45):
        content = asked("vehicules-partages", SCOOTERS, NOON + timedelta(minutes=step)).content
        jsonschema.validate(json.loads(content), FREE_BIKE_STATUS)
        rotation = Rotation(former)
        for row in protocols.load("gbfs").parse(content, name="free", options={}):
            rotation.see(row)  # type: ignore[arg-type]
        former = rotation.settle(name="free")
        for bike in json.loads(content)["data"]["bikes"]:
            places[bike["bike_id"]].add((bike["lon"], bike["lat"]))
            assert len(f"{bike['lon']}".partition(".")[2]) <= 3
    assert len(places) > 200, "sixty scooters, several trips a day"
    assert {len(where) for where in places.values()} == {1}


def test_the_range_of_a_scooter_leaves_by_bands_and_its_last_report_is_not_asked(territory: Path) -> None:
    assert _policy(territory, "trottinettes-libres")["autonomie_km"]["tranches"] == [0, 10, 20, 30]
    assert "last_reported" not in _columns_of(territory, "trottinettes-libres")


@pytest.mark.skipif(not SHARED.is_dir(), reason="no schemas here: set ECLOR_SHARED to the folder that has them")
@pytest.mark.parametrize(
    ("domain", "path", "schema", "rows"),
    [
        ("recharge", "/recharge/irve.csv", "energy/schema_irve-statique.json", 36),
        ("stationnement", "/stationnement/parcs.csv", "mobility/schema_stationnement.json", 11),
    ],
)
def test_a_table_is_valid_by_its_national_schema(
    asked: Asked, tmp_path: Path, domain: str, path: str, schema: str, rows: int
) -> None:
    (tmp_path / "table.csv").write_bytes(asked(domain, path, NOON).content)
    fields = json.loads((SHARED / "captures" / schema).read_text("utf-8"))["fields"]
    header = (tmp_path / "table.csv").read_text("utf-8").splitlines()[0].split(",")
    known = {field["name"]: field for field in fields}
    chosen = frictionless.Schema.from_descriptor({"fields": [known[name] for name in header]})
    resource = frictionless.Resource(path="table.csv", basepath=str(tmp_path), schema=chosen)
    report = resource.validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]
    assert report.tasks[0].stats["rows"] == rows
    assert {name for name, field in known.items() if field.get("constraints", {}).get("required")} <= set(header)


def test_locations_page_by_their_link_up_to_the_total(asked: Asked) -> None:
    query, seen, page = {"limit": "5"}, [], None
    while page is None or "Link" in page.headers:
        page = asked("recharge", "/ocpi/cpo/2.2.1/locations", NOON, **query)
        assert json.loads(page.content)["status_code"] == 1000
        seen += json.loads(page.content)["data"]
        following = page.headers.get("Link", "").partition("?")[2].partition(">")[0]
        query = dict(pair.split("=") for pair in following.split("&")) if following else {}
    assert len({location["id"] for location in seen}) == len(seen) == int(page.headers["X-Total-Count"]) == 14


def test_every_status_of_a_charge_point_is_in_one_group_and_no_instant_is_asked(asked: Asked, territory: Path) -> None:
    told = json.loads(asked("recharge", "/ocpi/cpo/2.2.1/locations", NOON).content)["data"]
    statuses = {evse["status"] for location in told for evse in location["evses"]}
    groups = _policy(territory, "bornes-etat")["occupation"]["regroupement"]
    assert {"AVAILABLE", "CHARGING"} <= statuses <= {status for group in groups for status in group["depuis"]}
    assert "last_updated" not in (territory / "sources" / "recharge-operateur.yaml").read_text("utf-8")


def test_points_are_the_same_in_the_table_and_in_the_locations(asked: Asked) -> None:
    table = csv.DictReader(io.StringIO(asked("recharge", "/recharge/irve.csv", NOON).content.decode()))
    told = json.loads(asked("recharge", "/ocpi/cpo/2.2.1/locations", NOON).content)["data"]
    points = [evse["evse_id"] for location in told for evse in location["evses"]]
    assert sorted(points) == sorted(row["id_pdc_itinerance"] for row in table)


def test_spaces_left_are_counted_and_leave_by_bands(asked: Asked, territory: Path) -> None:
    path = "/stationnement/api/explore/v2.1/catalog/datasets/places/records"
    page = json.loads(asked("stationnement", path, NOON, select="id,libres", limit="3").content)
    assert (page["total_count"], [sorted(row) for row in page["results"]]) == (5, [["id", "libres"]] * 3)
    for hour in range(24):
        rows = json.loads(asked("stationnement", path, NOON + timedelta(hours=hour)).content)["results"]
        assert all(0 <= row["libres"] <= row["capacite"] for row in rows)
    assert _policy(territory, "parkings-places")["places_libres"]["operation"] == "generaliser"
    catalogue = YAML(typ="safe").load((territory / "charter" / "catalogue.yaml").read_text("utf-8"))
    (entry,) = [entry for entry in catalogue["jeux"] if entry["jeu"] == "parkings-places"]
    assert [column["nom"] for column in entry["colonnes"] if column.get("presence") == "oui"] == ["places_libres"]


def test_halls_tell_whole_hours_and_nothing_of_who_or_why(asked: Asked) -> None:
    content = asked("salles", "/salles/occupation.ics", NOON).content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    halls = icalendar.Calendar.from_ical(content).walk("VFREEBUSY")
    assert len(halls) == 10
    for hall in halls:
        assert set(hall) == {"UID", "DTSTAMP", "ORGANIZER", "DTSTART", "DTEND", "FREEBUSY"}
        assert hall["FREEBUSY"]
    assert not any(word in content for word in (b"SUMMARY", b"DESCRIPTION", b"ATTENDEE", b"RRULE"))


def test_the_parser_gives_each_busy_time_of_the_announced_weeks(asked: Asked) -> None:
    content = asked("salles", "/salles/occupation.ics", NOON).content
    rows = list(protocols.load("icalendar").parse(content, name="halls.ics", options={"fenetre": "annoncee"}))
    unfolded = content.replace(b"\r\n ", b"")
    assert len(rows) == sum(line.count(b"/") for line in unfolded.split(b"\r\n") if line.startswith(b"FREEBUSY"))
    for row in rows:
        start, end = (datetime.fromisoformat(str(row[side])) for side in ("dtstart", "dtend"))  # type: ignore[index]
        assert (start.minute, end.minute) == (0, 0)
        assert end - start >= timedelta(hours=1)


def test_containers_say_how_full_they_are_and_a_plate_that_is_not_asked(territory: Path, tmp_path: Path) -> None:
    systems = prepare(territory, home=tmp_path, seed=7, clock=started_at(NOON))
    full = [entity for entity in systems.entities() if entity["type"] == "WasteContainer"]
    levels = [entity["fillingLevel"]["value"] for entity in full]  # type: ignore[index]
    assert 150 < len(full) < 220
    assert 0 <= min(levels) < 0.2
    assert 0.8 < max(levels) <= 1
    assert {entity["fillingQuality"]["value"] for entity in full} == {"measured", "silent"}  # type: ignore[index]
    assert all("license_plate" in entity for entity in full)
    declared = (territory / "sources" / "dechets-capteurs.yaml").read_text("utf-8")
    assert not any(name in declared for name in ("license_plate", "dateLastEmptying", "RFID"))


def test_carpool_places_are_under_the_licence_of_their_base_and_a_third_say_no_spaces(asked: Asked) -> None:
    rows = list(csv.DictReader(io.StringIO(asked("covoiturage", "/covoiturage/lieux.csv", NOON).content.decode())))
    assert (len(rows), len({row["id_lieu"] for row in rows})) == (14, 14)
    assert 1 <= sum(row["nbre_pl"] == "" for row in rows) <= 9


def test_hours_of_the_roads_are_counted_each_once(asked: Asked, territory: Path) -> None:
    rows = json.loads(asked("mesures-routes", "/routes/comptages.json", NOON).content)["measures"]
    assert len({(row["channel_id"], row["start_date"]) for row in rows}) == len(rows) == 4 * 2 * 2 * 72
    assert {row["mobility_type"] for row in rows} == {"CAR", "TRUCK"}
    for dataset, column in (("comptages-routiers", "passages"), ("vitesses-routes", "debit")):
        assert _policy(territory, dataset)[column]["tranches"][:2] == [0, 6]


def test_a_mean_speed_is_never_that_of_fewer_than_six_vehicles(asked: Asked, territory: Path) -> None:
    declared = YAML(typ="safe").load((territory / "datasets" / "vitesses-routes.yaml").read_text("utf-8"))
    (stops,) = [each["parametres"] for each in declared["attentes"] if each["attente"] == "vide-la-ou"]
    assert stops == {"column": "vitesse_km_h", "dit": "debit", "valeurs": ["0-6"]}
    seen = defaultdict(set)
    for hour in range(24):
        content = asked("mesures-routes", "/routes/vitesses.xml", NOON + timedelta(hours=hour)).content
        root = defusedxml.ElementTree.fromstring(content)
        measured = root.findall(f".//{ROADS}siteMeasurements")
        assert len(measured) == 8
        for site in measured:
            flow = int(site.findtext(f".//{ROADS}vehicleFlowRate"))
            seen[flow < 6].add(site.findtext(f".//{ROADS}speed"))
    assert seen[True] == {None}
    assert None not in seen[False]


def test_past_hours_of_a_hall_are_not_kept_for_long_and_a_busy_time_ends_after_it_begins(territory: Path) -> None:
    policy = YAML(typ="safe").load((territory / "politiques" / "salles-occupation.yaml").read_text("utf-8"))
    assert policy["conservation"]["versions_publiees"] == "1 mois"
    declared = YAML(typ="safe").load((territory / "datasets" / "salles-occupation.yaml").read_text("utf-8"))
    pairs = [each["parametres"] for each in declared["attentes"] if each["attente"].endswith("greater_than_b")]
    assert pairs == [{"column_A": "fin", "column_B": "debut"}]


@pytest.mark.parametrize(
    ("dataset", "column", "lets", "stops"),
    [
        ("trottinettes-libres", "position", ("5.912,49.45", "6,49.4"), ("5.9123,49.45", "5.912,49.4501")),
        ("salles-occupation", "debut", ("2026-11-24T09:00:00+01:00",), ("2026-11-24T09:30:00+01:00",)),
        ("salles-occupation", "fin", ("2026-11-24T12:00:00+01:00",), ("2026-11-24T12:00:15+01:00",)),
    ],
)
def test_what_is_finer_than_promised_stops_the_dataset(
    territory: Path, dataset: str, column: str, lets: tuple[str, ...], stops: tuple[str, ...]
) -> None:
    declared = YAML(typ="safe").load((territory / "datasets" / f"{dataset}.yaml").read_text("utf-8"))
    (regex,) = [
        each["parametres"]["regex"]
        for each in declared["attentes"]
        if each["attente"] == "expect_column_values_to_match_regex" and each["parametres"]["column"] == column
    ]
    assert all(re.fullmatch(regex, value) for value in lets)
    assert not any(re.fullmatch(regex, value) for value in stops)
