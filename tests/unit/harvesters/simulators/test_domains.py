"""The systems of the domains: what they give is a function of stage and clock, and they are asked as any server is."""

import csv
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from shapely import union_all
from shapely.geometry import box, shape
from starlette.applications import Starlette

from harvesters import protocols
from harvesters.simulators.clock import started_at
from harvesters.simulators.domain_pages import domain_routes
from harvesters.simulators.domains import DOMAINS, load, read_domains
from harvesters.simulators.parameters import Parameters
from harvesters.simulators.places import Commune
from harvesters.simulators.stage import Stage
from harvesters.simulators.systems import prepare

NOW = datetime(2026, 11, 24, 10, 20, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 11, 20, tzinfo=UTC)


def _page(territory: Path, domain: str, path: str, stage: Stage) -> bytes:
    return load(domain).pages[path](read_domains(territory)[domain], stage).content


def _stage(parameters: Parameters, communes: Mapping[str, Commune], now: datetime = NOW) -> Stage:
    return Stage(town=parameters.town, communes=communes, seed=7, now=now)


@pytest.fixture(scope="module")
def application(territory: Path, tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    systems = prepare(territory, home=tmp_path_factory.mktemp("domains"), seed=7, clock=started_at(NOW))
    return Starlette(routes=domain_routes(systems))


async def _asked(application: Starlette, path: str, **headers: str) -> httpx.Response:
    transport = httpx.ASGITransport(application)
    async with httpx.AsyncClient(transport=transport, base_url="http://systems") as client:
        return await client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_the_demonstration_has_every_domain_of_the_table(territory: Path) -> None:
    assert set(read_domains(territory)) == set(DOMAINS)


def test_a_territory_without_the_file_has_not_the_system(tmp_path: Path) -> None:
    assert read_domains(tmp_path) == {}


async def test_a_page_that_has_not_changed_is_not_sent_twice(application: Starlette) -> None:
    first = await _asked(application, "/air/mesures.json")
    again = await _asked(application, "/air/mesures.json", if_none_match=first.headers["etag"])
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_the_air_has_one_mean_a_station_and_pollutant_and_an_hour_of_its_own(
    territory: Path, parameters: Parameters, communes: Mapping[str, Commune]
) -> None:
    air, page = read_domains(territory)["environnement"], load("environnement").pages["/air/mesures.json"]
    now, again, later = (page(air, _stage(parameters, communes, instant)) for instant in (NOW, NOW, LATER))
    rows = json.loads(now.content)["data"]
    assert (len(rows), len({(row["code_station"], row["code_polluant"]) for row in rows})) == (12, 12)
    assert {row["date_debut"] for row in rows} == {"2026-11-24T10:00:00+01:00"}
    assert all(row["valeur"] > 0 for row in rows)
    assert now.content == again.content != later.content


def test_a_delivery_point_uses_something_in_each_closed_year_and_is_in_one_iris(
    territory: Path, parameters: Parameters, communes: Mapping[str, Commune]
) -> None:
    content = _page(territory, "energie", "/energie/consommations.csv", _stage(parameters, communes))
    rows = list(csv.DictReader(content.decode().splitlines(), delimiter=";"))
    assert Counter(row["annee"] for row in rows) == {"2024": 14510, "2025": 14510}
    assert len({(row["pdl"], row["code_iris"]) for row in rows}) == 14510
    assert all(int(row["conso_kwh"]) > 0 for row in rows)


def test_reports_begin_with_a_quarter_and_each_is_told_once(
    territory: Path, parameters: Parameters, communes: Mapping[str, Commune]
) -> None:
    told = json.loads(_page(territory, "signalements", "/open311/v2/requests.json", _stage(parameters, communes)))
    days = sorted(each["requested_datetime"][:10] for each in told)
    assert (days[0], days[-1]) == ("2026-04-01", "2026-11-23")
    assert len({each["service_request_id"] for each in told}) == len(told)


def test_a_court_is_booked_once_an_hour_and_only_asked_fields_are_given(
    territory: Path, parameters: Parameters, communes: Mapping[str, Commune]
) -> None:
    stage = replace(_stage(parameters, communes), query={"champs": "court,debut,unheard"})
    booked = json.loads(_page(territory, "sport", "/sport/reservations.json", stage))["reservations"]
    assert {tuple(row) for row in booked} == {("court", "debut")}
    assert len({tuple(row.values()) for row in booked}) == len(booked) > 1000
    assert min(row["debut"] for row in booked) >= "2026-09-01"


def test_every_ground_has_a_sound_outline_inside_the_territory(
    territory: Path, parameters: Parameters, communes: Mapping[str, Commune]
) -> None:
    told = json.loads(_page(territory, "sport", "/sport/terrains.geojson", _stage(parameters, communes)))
    outlines = [shape(feature["geometry"]) for feature in told["features"]]
    assert (len(outlines), all(outline.is_valid and outline.area > 0 for outline in outlines)) == (11, True)
    assert all(outline.within(box(5.85, 49.36, 6.07, 49.52)) for outline in outlines)


def test_trips_are_of_working_days_and_say_no_reason(
    territory: Path, parameters: Parameters, communes: Mapping[str, Commune]
) -> None:
    trips = json.loads(_page(territory, "covoiturage", "/covoiturage/trajets.json", _stage(parameters, communes)))
    told = trips["trajets"]
    left = [datetime.fromisoformat(trip["depart_horodatage"]) for trip in told]
    assert min(left).date().isoformat() == "2026-07-01"
    assert max(instant.weekday() for instant in left) == 4
    assert len({trip["id_trajet"] for trip in told}) == len(told)
    assert not any("motif" in trip for trip in told)


def test_a_timetable_is_read_by_the_parser_and_runs_past_midnight(
    territory: Path, parameters: Parameters, communes: Mapping[str, Commune]
) -> None:
    stage = _stage(parameters, communes)
    archive = _page(territory, "mobilite", "/mobilite/horaires.zip", stage)
    events = list(protocols.load("gtfs").parse(archive, name="horaires.zip", options={}))
    assert all(isinstance(event, dict) for event in events)
    kinds = Counter(event["kind"] for event in events if isinstance(event, dict))
    assert (kinds["stops"], kinds["routes"]) == (37, 3)
    assert any(event.get("departure_time", "") >= "24:00:00" for event in events if isinstance(event, dict))
    said = {(event["kind"], name): event[name] for event in events if isinstance(event, dict) for name in event}
    assert said["trips", "service_id"] == said["calendar", "service_id"]
    names = {event["stop_id"]: event["stop_name"] for event in events if event["kind"] == "stops"}  # type: ignore[index]
    last = {event["trip_id"]: event["stop_id"] for event in events if event["kind"] == "stop_times"}  # type: ignore[index]
    heads = {event["trip_id"]: event["trip_headsign"] for event in events if event["kind"] == "trips"}  # type: ignore[index]
    assert heads == {trip: names[stop] for trip, stop in last.items()}
    assert archive == _page(territory, "mobilite", "/mobilite/horaires.zip", stage)


def test_the_zones_of_a_commune_cover_it_once(
    territory: Path, parameters: Parameters, communes: Mapping[str, Commune]
) -> None:
    told = json.loads(_page(territory, "urbanisme", "/urbanisme/zone-urba.geojson", _stage(parameters, communes)))
    for code, commune in communes.items():
        parts = [shape(each["geometry"]) for each in told["features"] if each["properties"]["insee"] == code]
        whole = shape({"type": "Polygon", "coordinates": [commune.ring]})
        assert len(parts) == 4
        assert union_all(parts).symmetric_difference(whole).area < whole.area / 1000
        assert sum(part.area for part in parts) == pytest.approx(whole.area, rel=0.001)


def test_a_prescription_stands_within_its_commune(
    territory: Path, parameters: Parameters, communes: Mapping[str, Commune]
) -> None:
    address = "/urbanisme/prescription-surf.geojson"
    told = json.loads(_page(territory, "urbanisme", address, _stage(parameters, communes)))["features"]
    assert (len(told), len({each["properties"]["gid"] for each in told})) == (64, 64)
    for each in told:
        outline = shape({"type": "Polygon", "coordinates": [communes[each["properties"]["insee"]].ring]})
        drawn = shape(each["geometry"])
        assert drawn.is_valid
        assert drawn.area > 0
        assert drawn.within(outline.buffer(0.00002))


def test_places_of_reuse_say_who_drew_them_and_only_public_columns_are_asked(
    territory: Path, parameters: Parameters, communes: Mapping[str, Commune]
) -> None:
    told = json.loads(_page(territory, "partage", "/overpass/api/interpreter", _stage(parameters, communes)))
    assert (len(told["elements"]), len({each["id"] for each in told["elements"]})) == (46, 46)
    assert all("user" in each for each in told["elements"])
    asked = (territory / "sources" / "osm-partage.yaml").read_text("utf-8")
    assert not any(f"chemin: {name}," in asked for name in ("user", "uid", "changeset"))
    assert "{nom: id_osm, chemin: reference, type: code}" in asked, "node 1 and way 1 are two places"
