"""Roads, contracts, council, agenda, permissions: each system speaks its format, and what names people stays there."""

import csv
import json
import os
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import frictionless
import icalendar
import jsonschema
import pytest

from harvesters import protocols
from harvesters.simulators.stage import Given
from harvesters.strict_yaml import read_document
from tests.unit.harvesters.simulators.conftest import MORNING

SCHEMAS = Path(os.environ.get("ECLOR_SHARED", "../shared")).resolve() / "captures" / "culture"
needs_schemas = pytest.mark.skipif(not SCHEMAS.is_dir(), reason="ECLOR_SHARED names no folder with the schemas")
ROADS = "{http://datex2.eu/schema/2/2_0}"
CERTIFICATES = "/ademe/data-fair/api/v1/datasets/dpe03existant/lines"
PERMITS = "/urbanisme/dido/v1/datafiles/autorisations/csv"

Asked = Callable[..., Given]


def _flow(territory: Path, source: str, dataset: str) -> dict[str, object]:
    declared = read_document(territory / "sources" / f"{source}.yaml").plain
    return next(flow for flow in declared["flux"] if flow["jeu"] == dataset)  # type: ignore[index, call-overload]


def _kept(flow: dict[str, object]) -> dict[str, list[str]]:
    return {each["chemin"]: each["valeurs"] for each in flow["garder"]}  # type: ignore[attr-defined]


def test_an_xml_library_finds_in_the_roads_feed_what_the_parser_finds(asked: Asked) -> None:
    content = asked("routes", "/routes/evenements.xml").content
    root = ET.fromstring(content)
    rows = list(protocols.load("datex2").parse(content, name="x", options={}))
    assert [each.get("id") for each in root.iter(f"{ROADS}situationRecord")] == [row["id"] for row in rows]  # type: ignore[index]
    assert len(rows) == 18
    assert {each.text for each in root.iter(f"{ROADS}validityStatus")} >= {"active", "suspended"}
    assert all(row["position"] and row["roads"] for row in rows)  # type: ignore[index]


def test_of_road_events_only_the_real_ones_under_way_are_kept_no_accident_and_no_comment(
    asked: Asked, territory: Path
) -> None:
    flow = _flow(territory, "trafic-routes", "evenements-routiers")
    kept = _kept(flow)
    assert kept["informationStatus"] == ["real"]
    assert kept["validity.validityStatus"] == ["active"]
    content = asked("routes", "/routes/evenements.xml").content
    told = [row for row in protocols.load("datex2").parse(content, name="x", options={}) if isinstance(row, dict)]
    assert {str(row["type"]) for row in told} - set(kept["type"]) == {"Accident"}
    assert {row["informationStatus"] for row in told} == {"real", "test"}
    assert "Comment" not in str(flow["colonnes"])


@pytest.mark.parametrize("month", range(1, 13))
def test_some_road_event_is_under_way_in_every_month(asked: Asked, month: int) -> None:
    content = asked("routes", "/routes/evenements.xml", now=datetime(2027, month, 9, 12, tzinfo=UTC)).content
    assert b">active<" in content


@needs_schemas
def test_the_contracts_are_valid_against_the_national_schema(asked: Asked) -> None:
    schema = json.loads((SCHEMAS / "schema_format-commande-publique.json").read_text("utf-8"))
    told = json.loads(asked("marches", "/finances/decp.json").content)
    assert [fault.message for fault in jsonschema.Draft7Validator(schema).iter_errors(told)] == []
    rows = told["marches"]["marche"]
    assert (len(rows), len({row["id"] for row in rows})) == (48, 48)
    changed = {row["id"]: (row, row["modifications"]) for row in rows if row.get("modifications")}
    assert len(changed) > 2
    for row, changes in changed.values():
        days = [each["modification"]["dateNotificationModification"] for each in changes]
        assert row["dateNotification"] < days[0] <= days[-1] < f"{MORNING:%Y-%m}-01"
        assert [each["modification"]["id"] for each in changes] == [*range(1, len(changes) + 1)]


@pytest.mark.parametrize("dataset", ["marches-publics", "marches-modifications"])
def test_who_holds_a_contract_is_told_and_not_read(territory: Path, dataset: str) -> None:
    assert "itulaire" not in str(_flow(territory, "finances-marches", dataset)["colonnes"])


@needs_schemas
def test_the_decisions_are_valid_against_the_common_schema(asked: Asked, tmp_path: Path) -> None:
    (tmp_path / "deliberations.csv").write_bytes(asked("conseil", "/conseil/deliberations.csv").content)
    schema = json.loads((SCHEMAS / "schema_deliberations.json").read_text("utf-8"))
    resource = frictionless.Resource(
        path="deliberations.csv", basepath=str(tmp_path), schema=frictionless.Schema.from_descriptor(schema)
    )
    assert resource.validate().flatten(["type", "note"]) == []


def test_decisions_about_staff_and_aid_are_told_and_not_kept_and_no_object_leaves(
    asked: Asked, territory: Path
) -> None:
    text = asked("conseil", "/conseil/deliberations.csv").content.decode()
    rows = list(csv.DictReader(text.splitlines()))
    kept = _kept(_flow(territory, "conseil-deliberations", "deliberations"))["DELIB_MATIERE_CODE"]
    assert {row["DELIB_MATIERE_CODE"] for row in rows} - set(kept) == {"4.1", "8.2"}
    assert not any("EXEMPLE" in row["DELIB_OBJET"] for row in rows if row["DELIB_MATIERE_CODE"] in kept)
    policy = read_document(territory / "politiques" / "deliberations.yaml").plain
    assert "objet" not in policy["publication"]["colonnes"]  # type: ignore[index, call-overload]


def test_a_calendar_library_reads_the_agenda_and_private_events_are_not_kept(asked: Asked, territory: Path) -> None:
    content = asked("agenda", "/culture/agenda.ics").content
    events = list(icalendar.Calendar.from_ical(content).walk("VEVENT"))
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert (len(events), len({str(event["uid"]) for event in events})) == (60, 60)
    assert Counter(str(event["class"]) for event in events)["PRIVATE"] == 5
    flow = _flow(territory, "agenda-culture", "agenda-culturel")
    assert _kept(flow)["class"] == ["PUBLIC"]
    assert {column["chemin"] for column in flow["colonnes"]} == {"uid", "summary", "location", "dtstart", "dtend"}  # type: ignore[attr-defined]


def test_the_agenda_is_of_the_coming_sixty_days_and_an_event_keeps_its_day(asked: Asked) -> None:
    told: list[dict[str, date]] = []
    for now in (datetime(2026, 11, 29, 12, tzinfo=UTC), datetime(2026, 12, 9, 12, tzinfo=UTC)):
        events = icalendar.Calendar.from_ical(asked("agenda", "/culture/agenda.ics", now=now).content).walk("VEVENT")
        told.append({str(event["uid"]): event.decoded("dtstart").date() for event in events})
        assert all(now.date() <= day < now.date() + timedelta(days=60) for day in told[-1].values())
    earlier, later = told
    both = {uid: day for uid, day in earlier.items() if day >= date(2026, 12, 9)}
    assert len(both) > 30
    assert both.items() <= later.items()


def test_of_a_permission_only_the_columns_asked_for_are_given(asked: Asked, territory: Path) -> None:
    address = str(_flow(territory, "urbanisme-autorisations", "autorisations-urbanisme")["adresse"])
    columns = address.partition("columns=")[2]
    rows = list(
        csv.DictReader(asked("autorisations", PERMITS, columns=columns).content.decode().splitlines(), delimiter=";")
    )
    assert {tuple(row) for row in rows} == {tuple(columns.split(","))}
    assert len({row["NUM_DAU"] for row in rows}) == len(rows) > 900
    assert b"EXEMPLE" in asked("autorisations", PERMITS).content


def test_certificates_come_page_by_page_and_only_what_is_selected(asked: Asked) -> None:
    first = json.loads(asked("dpe", CERTIFICATES, size="1500", select="numero_dpe,etiquette_dpe").content)
    rest = json.loads(asked("dpe", CERTIFICATES, size="1500", after="1500", select="numero_dpe,etiquette_dpe").content)
    rows = first["results"] + rest["results"]
    assert first["next"].startswith(f"http://systems{CERTIFICATES}?")
    assert "next" not in rest
    assert len(rows) == len({row["numero_dpe"] for row in rows}) == first["total"]
    assert {tuple(row) for row in rows} == {("numero_dpe", "etiquette_dpe")}


def test_traffic_orders_have_a_line_and_a_street_and_their_grounds_are_not_read(asked: Asked, territory: Path) -> None:
    content = asked("arretes", "/routes/arretes.xml").content
    root = ET.fromstring(content)
    rows = [row for row in protocols.load("datex2").parse(content, name="x", options={}) if isinstance(row, dict)]
    named = "{http://datex2.eu/schema/3/trafficRegulation}trafficRegulationOrder"
    assert [each.get("id") for each in root.iter(named)] == [row["id"] for row in rows]
    assert {row["geometry"]["type"] for row in rows if row["roads"]} == {"LineString"}  # type: ignore[index]
    assert (len(rows), all("EXEMPLE" in str(row["description"]) for row in rows)) == (34, True)
    assert "description" not in str(_flow(territory, "trafic-routes", "arretes-circulation"))


def test_a_private_water_point_is_told_and_not_kept(asked: Asked, territory: Path) -> None:
    told = [each["properties"] for each in json.loads(asked("incendie", "/incendie/pei.geojson").content)["features"]]
    kept = _kept(_flow(territory, "securite-statistiques", "points-eau-incendie"))["statut"]
    assert len({each["id_pei"] for each in told}) == len(told) == 247
    assert Counter(each["statut"] in kept for each in told) == {True: 235, False: 12}
