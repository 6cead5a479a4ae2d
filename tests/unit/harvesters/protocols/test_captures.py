"""Every capture of the protocols that are read: rows counted here by another method than the parser's."""

import csv
import io
import json
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.payloads import read

SHARED = Path(os.environ.get("ECLOR_SHARED", "../shared"))
CAPTURES = SHARED / "captures"

pytestmark = [
    pytest.mark.captures,
    pytest.mark.skipif(not CAPTURES.is_dir(), reason="no captures here: set ECLOR_SHARED to the folder that has them"),
]

REFUSED_ROWS = {
    "alerts/cap_defra_getMessage-invalid.xml": 1,
    "alerts/cap_invalid.cap": 1,
    "alerts/cap_noaa_errors.cap": 1,
    "booking/ical_broken_ical.ics": 1,
    "booking/ical_invalid_duration.ics": 1,
    "booking/ical_issue_1633_freebusy_with_dates.ics": 1,
    "catalogues/ckan_ckan_resource.json": 1,
    "catalogues/dcatus_dcatus_multiple_invalid.json": 1,
    "catalogues/dcatus_dcatus_no_identifier.json": 1,
    "catalogues/datagouv_catalog_datasets.csv": 1,
    "dumping/open311_boston-submitrequest-token.xml": 1,
    "ess/sirene_sample_etablissements_KO_missing_header.csv": 3,
    "ess/sirene_sample_unites_legales_KO.csv": 3,
}
"""Captures some rows of which are refused, by reading them: what CAP requires is missing, cells too few or too many."""

_PHENOMENA = rb"<risque|<DV [^>]*/>|\"phenomenon_id\""
_UNKNOWN_PERSON = "api_entreprise_insee_etablissements_diffusables_personne_physique_non-diffusible.yaml"
REFUSED = {
    "alerts/cap_xee.cap": "payload.xml-dtd",
    "booking/ical_big_bad_calendar.ics": "payload.icalendar-cut",
    "alerts/meteofrance_rain_meudon.json": "payload.vigilance-root",
    "catalogues/ckan_package_show_404.json": "payload.ckan-error",
    "catalogues/dcatus_USGSHydroCached.xml": "payload.xml-dtd",
    "catalogues/dcatus_decode_error.xml": "payload.xml-syntax",
    "catalogues/datagouv_catalog_organizations.csv": "payload.column-twice",
    "culture/scdl_subventions_exemple-duplicate-column.csv": "payload.column-twice",
    "dumping/open311_boston-err-submitrequest-base_is_duplicate.xml": "payload.open311-error",
    "dumping/open311_discovery-boston.json": "payload.open311-discovery",
    "dumping/open311_discovery-dc.xml": "payload.open311-discovery",
    f"ess/{_UNKNOWN_PERSON}": "payload.entreprises-error",
    "mobility/gtfs_badgtfs.zip": "payload.gtfs-missing",
    "catalogues/ods_explore_v21_catalog_facets.json": "payload.opendatasoft-no-records",
    "energy/ods_explore_v21_attachments.json": "payload.opendatasoft-no-records",
    "energy/ods_explore_v21_error_400.json": "payload.opendatasoft-error",
    "energy/ods_explore_v21_error_429.json": "payload.opendatasoft-error",
    "energy/ods_explore_v21_facets.json": "payload.opendatasoft-no-records",
    "sharing/overpass_remark-runtime-error-01.json": "payload.overpass-remark",
    "sharing/overpass_remark-runtime-remark-01.json": "payload.overpass-remark",
    "sharing/overpass_remark-unknown-01.json": "payload.overpass-remark",
}
"""Captures that are refused whole."""

WARNED = {
    "alerts/cap_defra_nws-alert.xml": ["payload.geometry"],  # its polygon ends with three dots
    "alerts/cap_no_optional_fields.cap": ["payload.cap-no-info"],
    "catalogues/tabular_csvdetective_a_test_file.csv": ["payload.header-repeated"],
    "ess/rna_reencode_test.csv": ["payload.damaged-letters"],
    "mobility/bnlc.csv": ["payload.encoded-twice"],
    "mobility/gtfs_sample-feed-1.zip": ["payload.cells-padded"],
    "mobility/ods_v1_eindhoven_zero_results.json": ["payload.page-short"],
    "traffic/comptage-mobilites_channel_exemple-valide.csv": ["payload.no-final-line-end"],
    "waste/ngsi_WasteContainer_example-geojsonfeature.json": ["payload.geometry"],  # as geojson: it is a GeoProperty
}

ROWS = {
    "alerts/cap_australia.cap": 2,
    "alerts/cap_canada.cap": 4,
    "alerts/cap_canada_signed.cap": 4,
    "dumping/open311_dc-services-S0301.xml": 1,
    "dumping/open311_requests_many.xml": 2,
    "dumping/open311_service_list.json": 3,
    "dumping/open311_services_giessen.xml": 8,
    "energy/irve_statique_exemple-valide.csv": 2,
    "mobility/bnlc.csv": 2473,
    "mobility/gtfs_bullrunner-gtfs.zip": 2161,
    "mobility/gtfs_rb_flt-aggregated-gtfs.zip": 2115,
    "mobility/gtfs_sample-feed-1.zip": 74,
    "sharing/overpass_way-02.json": 7,
}
"""Some, counted by hand (grep, unzip and wc) and written down, should the counting below be wrong too."""


def _lines(content: bytes) -> int:
    delimiter = ";" if content.split(b"\n", 1)[0].count(b";") > content.split(b"\n", 1)[0].count(b",") else ","
    text = io.StringIO(content.decode("utf-8", errors="replace"), newline="")
    return sum(1 for record in csv.reader(text, delimiter=delimiter) if record) - 1


def _areas(content: bytes) -> int:
    return len(re.findall(rb"<(?:cap:)?area>", content))


def _feed_lines(content: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = [archive.read(name) for name in archive.namelist() if name.endswith(".txt")]
    return sum(len([line for line in re.split(rb"[\r\n]+", file) if line.strip()]) - 1 for file in files)


def _osm_elements(content: bytes) -> int:
    if content.startswith(b"<"):
        return len(re.findall(rb"\n  <(?:node|way|relation|area) ", content))
    return len(json.loads(content)["elements"])


def _reports(content: bytes) -> int:
    if not content.startswith(b"<"):
        return len(json.loads(content))
    root = ET.fromstring(content)
    return 1 if root.tag == "service_definition" else len(list(root))


def _objects(content: bytes) -> int:
    value = json.loads(content)
    return len(value) if isinstance(value, list) else 1


def _calendar_parts(content: bytes) -> int:
    return len(re.findall(rb"^BEGIN:(?:VEVENT|VFREEBUSY|VAVAILABILITY)", content, re.MULTILINE))


def _establishments(content: bytes) -> int:
    if content[:1] in b"[{":
        return _objects(content)
    return 1 if content.startswith(b"---") else _lines(content)


def _portal_records(content: bytes) -> int:
    answer = json.loads(content)
    return len(answer.get("results", answer.get("records", [answer])))


def _packages(content: bytes) -> int:
    result = json.loads(content).get("result", {})
    return len(result.get("results", result.get("records", "1")))


def _described(content: bytes) -> int:
    if content.startswith(b"{") and b'"dataset"' in content:
        return len(json.loads(content)["dataset"])
    return len(re.findall(rb'a dcat:Dataset\s*;|"@type": "dcat:Dataset"', content))


def _one(_content: bytes) -> int:
    return 1


SETS: dict[str, tuple[str, Callable[[bytes], int]]] = {
    "cap": (r"alerts/cap_.*", _areas),
    "chirpstack": (r".*_ChirpStack_uplink\.json", _one),
    "ckan": (r"catalogues/ckan_(?!frictionless).*", _packages),
    "csv": (r".*\.csv", _lines),
    "dcat": (r"catalogues/dcat(_ap3|us)_.*", _described),
    "enedis": (r"energy/enedis_.*", lambda content: len(re.findall(rb'"value"|<senml ', content))),
    "entreprises": (r"ess/(api_entreprise|sirene)_.*", _establishments),
    "geojson": (r".*geojson.*", _one),
    "gtfs": (r"mobility/gtfs_.*\.zip", _feed_lines),
    "icalendar": (r"booking/ical_.*\.ics", _calendar_parts),
    "irve": (r"energy/irve_.*\.csv", _lines),
    "json": (r".*\.(json|jsonld)", _objects),
    "ngsi-ld": (r".*/ngsi_.*(\.jsonld|geojsonfeature\.json)", _one),
    "ngsi-v2": (r".*/ngsi_.*(?<!geojsonfeature)\.json", _one),
    "ocpi": (r"energy/ocpi_.*", lambda content: content.count(b'"standard"')),
    "openactive": (r"booking/(openactive|rpde)_.*", lambda content: len(json.loads(content)["items"])),
    "open311": (r"dumping/open311_.*", _reports),
    "opendatasoft": (r".*/ods_.*", _portal_records),
    "overpass": (r"sharing/overpass_.*", _osm_elements),
    "ttn": (r".*_ThingsStackCommunity_uplink.*\.json", _one),
    "vigilance": (r"alerts/(vigilance|meteofrance)_.*", lambda content: len(re.findall(_PHENOMENA, content))),
    "xml": (r"culture/decp_.*\.xml", lambda content: len(re.findall(rb"<(?:marche|contrat-concession)>", content))),
}
FILES = {"cap": 13, "ckan": 10, "chirpstack": 7, "csv": 28, "dcat": 15, "enedis": 2, "entreprises": 24, "geojson": 1,
         "gtfs": 8, "icalendar": 16, "irve": 2, "json": 219, "ngsi-ld": 37, "ngsi-v2": 38,
         "ocpi": 1, "open311": 10, "openactive": 8, "opendatasoft": 16, "overpass": 11, "ttn": 8,
         "vigilance": 3, "xml": 2}  # fmt: skip
"""How many captures there are, by `find | wc -l` and the manifest: a pattern that catches none tests nothing."""


def _files(protocol: str) -> list[str]:
    pattern, _ = SETS[protocol]
    names = (path.relative_to(CAPTURES).as_posix() for path in CAPTURES.rglob("*") if path.is_file())
    return sorted(name for name in names if re.fullmatch(pattern, name))


CASES = [(protocol, name) for protocol in SETS for name in _files(protocol)] if CAPTURES.is_dir() else []


def _refusal(protocol: str, name: str) -> str:
    return "" if protocol == "json" else REFUSED.get(name, "")


@pytest.mark.parametrize(("protocol", "name"), CASES)
def test_a_capture_gives_as_many_rows_as_it_has(protocol: str, name: str) -> None:
    content = (CAPTURES / name).read_bytes()
    outcome = read(protocol, content)
    assert outcome.code == _refusal(protocol, name)
    if outcome.code:
        assert outcome.rows == []
        return
    refused = 0 if protocol == "json" else REFUSED_ROWS.get(name, 0)
    assert len(outcome.refused) == refused
    assert len(outcome.rows) + refused == SETS[protocol][1](content)
    assert outcome.warning_codes == ([] if protocol in {"json", "ngsi-ld"} else WARNED.get(name, []))


@pytest.mark.parametrize("protocol", SETS)
def test_no_capture_is_left_out(protocol: str) -> None:
    assert len(_files(protocol)) == FILES[protocol]


@pytest.mark.parametrize(("name", "rows"), ROWS.items())
def test_a_capture_counted_by_hand(name: str, rows: int) -> None:
    protocols = [protocol for protocol in SETS if protocol not in {"csv", "json"} and name in _files(protocol)] or [
        "csv"
    ]
    assert len(read(protocols[0], (CAPTURES / name).read_bytes()).rows) == rows


def test_what_is_listed_above_exists() -> None:
    listed = {*REFUSED, *REFUSED_ROWS, *WARNED, *ROWS}
    assert [name for name in sorted(listed) if not (CAPTURES / name).is_file()] == []


def test_no_number_of_a_capture_becomes_a_float() -> None:
    def floats(value: object) -> bool:
        match value:
            case dict():
                return any(floats(member) for member in value.values())
            case list():
                return any(floats(item) for item in value)
            case _:
                return isinstance(value, float)

    for protocol, name in CASES:
        assert not any(floats(row) for row in read(protocol, (CAPTURES / name).read_bytes()).rows), name


FORMS = ("environment/ngsi_NoiseLevelObserved", "environment/ngsi_NoisePollution", "lighting/ngsi_StreetlightFeeder",
         "lighting/ngsi_StreetlightGroup", "lighting/ngsi_StreetlightModel", "lighting/ngsi_StreetlightControlCabinet",
         "waste/ngsi_WasteContainerIsle", "waste/ngsi_WasteContainerModel")  # fmt: skip
"""Entities whose examples say the same in both forms, read one beside the other."""


@pytest.mark.parametrize("entity", FORMS)
@pytest.mark.parametrize("suffix", [".json", ".jsonld"])
def test_two_forms_of_one_entity_give_the_same_row(entity: str, suffix: str) -> None:
    key_values = read("ngsi-ld", (CAPTURES / f"{entity}_example{suffix}").read_bytes())
    normalized = read("ngsi-ld", (CAPTURES / f"{entity}_example-normalized{suffix}").read_bytes())
    assert key_values.rows == normalized.rows


def test_overpass_says_the_same_in_xml_and_json() -> None:
    xml = read("overpass", (CAPTURES / "sharing/overpass_relation-03.xml").read_bytes())
    answer = read("overpass", (CAPTURES / "sharing/overpass_relation-03.json").read_bytes())
    assert xml.rows == answer.rows


def test_the_carpool_places_keep_their_codes_as_text() -> None:
    rows = read("csv", (CAPTURES / "mobility/bnlc.csv").read_bytes()).rows
    assert rows[0]["insee"] == "01004"
    assert sum(1 for row in rows if row["nbre_pl"] == "") == _grep_empty_places()


def _grep_empty_places() -> int:
    with (CAPTURES / "mobility/bnlc.csv").open(encoding="utf-8", newline="") as file:
        return sum(1 for record in csv.DictReader(file) if not record["nbre_pl"])
