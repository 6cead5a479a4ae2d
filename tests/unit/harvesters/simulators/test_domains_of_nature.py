"""Water, floods, vigilance, noise and weather: each system speaks as the public one does, and others can read it."""

import json
import subprocess
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from shutil import which

import httpx
import pytest
from starlette.applications import Starlette

from harvesters import protocols
from harvesters.simulators.clock import started_at
from harvesters.simulators.domain_pages import domain_routes
from harvesters.simulators.stage import Given
from harvesters.simulators.systems import prepare
from harvesters.strict_yaml import read_document

BEFORE_SIX = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)
MAP = "/vigilance/public/DPVigilance/v1/cartevigilance/encours"
FLOODS = "/vigicrues/services/1/InfoVigiCru.geojson"
TAP = "/hubeau/api/v1/qualite_eau_potable/resultats_dis"
RIVERS = "/hubeau/api/v2/hydrometrie/observations_tr"
WELLS = "/hubeau/api/v1/niveaux_nappes/chroniques_tr"
ENTITIES = "/capteurs/ngsi-ld/v1/entities"

Asked = Callable[..., Given]


def _rows(protocol: str, given: Given, **options: str) -> list[dict[str, object]]:
    events = list(protocols.load(protocol).parse(given.content, name="x", options=options))
    assert all(isinstance(event, dict) for event in events)
    return [event for event in events if isinstance(event, dict)]


def test_tomorrow_is_not_said_before_the_first_bulletin_of_the_day(asked: Asked) -> None:
    by_night, by_day = (_rows("vigilance", asked("vigilance", MAP, **now)) for now in ({"now": BEFORE_SIX}, {}))
    assert {row["echeance"] for row in by_night} == {"J"}
    assert {row["echeance"] for row in by_day} == {"J", "J1"}
    assert {row["update_time"] for row in by_night} == {"2026-11-23T15:00:00Z"}


def test_floods_have_no_span_of_their_own_and_count_all_the_same(asked: Asked) -> None:
    rows = _rows("vigilance", asked("vigilance", MAP))
    floods = [row for row in rows if row["phenomenon"] == "crues"]
    assert floods
    assert all(row["timelaps_items"] == [] and row["color"] != "inconnu" for row in floods)
    assert {row["domain_kind"] for row in rows} == {"departement", "cote", "zone", "national"}
    assert Counter(str(row["domain_id"]) for row in rows)["54"] == 14


def test_a_reach_that_nobody_watches_is_unknown_and_never_green(asked: Asked) -> None:
    rows = _rows("vigicrues", asked("crues", FLOODS))
    unwatched = rows[-1]
    assert (len(rows), unwatched["niveau"], unwatched["couleur"]) == (3, None, "inconnu")
    assert {row["couleur"] for row in rows[:-1]} <= {"vert", "jaune", "orange", "rouge"}


@pytest.mark.skipif(which("ogrinfo") is None, reason="GDAL is not installed")
def test_gdal_reads_the_map_of_floods(asked: Asked, tmp_path: Path) -> None:
    (tmp_path / "crues.geojson").write_bytes(asked("crues", FLOODS).content)
    command = ["ogrinfo", "-ro", "-so", "-al", str(tmp_path / "crues.geojson")]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Geometry: Line String" in told
    assert "Feature Count: 3" in told


@pytest.fixture(scope="module")
def application(territory: Path, tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    systems = prepare(territory, home=tmp_path_factory.mktemp("waters"), seed=7, clock=started_at(BEFORE_SIX))
    return Starlette(routes=domain_routes(systems))


async def test_a_plain_client_walks_the_pages_of_hubeau(application: Starlette) -> None:
    found, statuses, onward = [], [], f"http://systems{TAP}?size=300&fields=code_commune,resultat_alphanumerique"
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application)) as client:
        while onward:
            answer = await client.get(onward)
            told = answer.json()
            statuses.append(answer.status_code)
            found += told["data"]
            onward = told["next"]
    assert statuses == [206, 206, 200]
    assert len(found) == told["count"] == 8 * 12 * 7
    assert {tuple(row) for row in found} == {("code_commune", "resultat_alphanumerique")}


def test_less_than_can_be_quantified_is_no_value(asked: Asked) -> None:
    rows = _rows("hubeau", asked("eaux", TAP))
    below = [row for row in rows if str(row["resultat_alphanumerique"]).startswith("<")]
    assert 50 < len(below) < len(rows)
    assert all((row["valeur"], row["signe"]) == (None, "<") and row["seuil"] for row in below)
    assert all(row["valeur"] is not None and row["signe"] is None for row in rows if row not in below)


def test_a_river_is_measured_each_hour_of_a_day_and_the_same_again(asked: Asked) -> None:
    once, again = asked("eaux", RIVERS), asked("eaux", RIVERS)
    rows = json.loads(once.content)["data"]
    assert once.content == again.content
    assert len({(row["code_station"], row["grandeur_hydro"], row["date_obs"]) for row in rows}) == 3 * 2 * 24
    assert max(row["date_obs"] for row in rows) == "2026-11-24T10:00:00Z"


def test_a_private_well_is_told_and_not_kept(asked: Asked, territory: Path) -> None:
    told = {row["code_bss"] for row in json.loads(asked("eaux", WELLS).content)["data"]}
    source = (territory / "sources" / "eaux-hubeau.yaml").read_text("utf-8")
    assert {code for code in told if str(code) not in source} == {"SIM-BSS-PRIVE"}


def test_a_noise_meter_tells_decibels_with_their_unit_and_no_sound(asked: Asked) -> None:
    given = asked("capteurs", ENTITIES, type="NoiseLevelObserved", limit="500", count="true")
    rows = _rows("ngsi-ld", given, metadonnees="oui")
    assert given.headers == {"NGSILD-Results-Count": "144"}
    assert len({(row["refDevice"], row["dateObservedFrom"]) for row in rows}) == len(rows) == 6 * 24
    assert {row["@meta"]["LAeq"]["unitCode"] for row in rows} == {"2N"}  # type: ignore[index]
    assert all(30 < float(str(row["LAeq"])) < float(str(row["Lden"])) + 10 for row in rows)
    assert not any("audio" in name.lower() for row in rows for name in row)


def test_the_broker_gives_only_what_is_asked_of_a_type_page_by_page(asked: Asked) -> None:
    page = asked("capteurs", ENTITIES, type="WeatherObserved", limit="10", offset="30", attrs="temperature")
    assert [sorted(each) for each in json.loads(page.content)] == [["id", "temperature", "type"]] * 6
    assert json.loads(asked("capteurs", ENTITIES, type="Unheard").content) == []


def test_an_index_that_is_missing_or_off_the_scale_is_told_and_not_kept(asked: Asked, territory: Path) -> None:
    declared = read_document(territory / "sources" / "air-stations.yaml").plain
    flow = next(each for each in declared["flux"] if each["jeu"] == "indice-air")  # type: ignore[index, call-overload, union-attr]
    kept = flow["garder"][0]["valeurs"]  # type: ignore[index, call-overload]
    told: set[str] = set()
    for day in range(1, 29):
        given = asked("environnement", "/air/indices.geojson", now=datetime(2026, 11, day, 12, tzinfo=UTC))
        rows = [each["properties"] for each in json.loads(given.content)["features"]]
        assert len({(row["code_zone"], row["date_ech"]) for row in rows}) == len(rows) == 8 * 3
        told |= {str(row["code_qual"]) for row in rows}
    assert told - set(kept) == {"0", "7"}
