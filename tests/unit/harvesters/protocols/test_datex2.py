"""DATEX II: what the domain guide says goes wrong, and the forms of both versions. Payloads are written by hand."""

from decimal import Decimal
from io import BytesIO
from xml.etree.ElementTree import Element

import pytest

from harvesters.xml_stream import records
from tests.payloads import as_json, read
from tests.payloads_mobility import SITUATION

V3 = """<mc:messageContainer xmlns:mc="http://datex2.eu/schema/3/messageContainer"
 xmlns:sit="http://datex2.eu/schema/3/situation" xmlns:com="http://datex2.eu/schema/3/common"
 xmlns:loc="http://datex2.eu/schema/3/locationReferencing" xmlns:ex="http://datex2.eu/schema/3/exchangeInformation"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <mc:payload xsi:type="sit:SituationPublication" lang="fr">
  <com:publicationTime>2026-11-22T08:00:00Z</com:publicationTime>
  <sit:situation id="s1"><sit:headerInformation><com:informationStatus>real</com:informationStatus>
   </sit:headerInformation>
   <sit:situationRecord xsi:type="sit:MaintenanceWorks" id="r1" version="4">
    <sit:validity><com:validityStatus>suspended</com:validityStatus></sit:validity>
    <sit:generalPublicComment><sit:comment><com:values><com:value lang="fr">Travaux</com:value></com:values>
    </sit:comment></sit:generalPublicComment>
    <sit:locationReference xsi:type="loc:LinearLocation"><loc:gmlLineString srsName="{system}"><loc:posList>{positions}
    </loc:posList></loc:gmlLineString></sit:locationReference>
   </sit:situationRecord></sit:situation></mc:payload>
 <mc:exchangeInformation><ex:exchangeContext><ex:codedExchangeProtocol>{protocol}</ex:codedExchangeProtocol>
 </ex:exchangeContext></mc:exchangeInformation></mc:messageContainer>"""

V3_JSON = {
    "payload": [
        {
            "modelBaseVersionG": "3",
            "sitSituationPublication": {
                "lang": "fr",
                "publicationTime": "2026-11-22T08:00:00Z",
                "situation": [
                    {
                        "idG": "s1",
                        "headerInformation": {"informationStatus": {"value": "real"}},
                        "situationRecord": [
                            {
                                "sitMaintenanceWorks": {
                                    "idG": "r1",
                                    "versionG": "4",
                                    "validity": {"validityStatus": {"value": "suspended"}},
                                    "generalPublicComment": [
                                        {"comment": {"values": [{"lang": "fr", "value": "Travaux"}]}}
                                    ],
                                    "locationReference": {
                                        "locLinearLocation": {
                                            "gmlLineString": {"srsName": "WGS 84", "posList": "49.47 5.93 49.48 5.94"}
                                        }
                                    },
                                }
                            }
                        ],
                    }
                ],
            },
        }
    ],
    "exchangeInformation": {"exchangeContext": {"codedExchangeProtocol": {"value": "snapshotPull"}}},
}

MEASURED = """<d2LogicalModel xmlns="http://datex2.eu/schema/2/2_0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<payloadPublication xsi:type="MeasuredDataPublication"><siteMeasurements>
<measurementSiteReference id="M1" version="1"/>
<measurementTimeDefault>2026-11-22T08:06:00+01:00</measurementTimeDefault>
{values}</siteMeasurements></payloadPublication></d2LogicalModel>"""
SPEED = '<measuredValue index="{index}"><measuredValue><basicData xsi:type="TrafficSpeed"><averageVehicleSpeed>{inner}</averageVehicleSpeed></basicData></measuredValue></measuredValue>'  # noqa: E501


def _v3(*, system: str = "WGS 84", positions: str = "49.47 5.93 49.48 5.94", protocol: str = "snapshotPull") -> bytes:
    return V3.format(system=system, positions=positions, protocol=protocol).encode()


def _v2(*, status: str = "real", validity: str = "active") -> str:
    return SITUATION.format(status=status, validity=validity)


def test_the_soap_envelope_changes_nothing() -> None:
    wrapped = _v2()
    bare = wrapped[wrapped.index("<d2LogicalModel") : wrapped.index("</soap:Body>")]
    assert read("datex2", bare.encode()).rows == read("datex2", wrapped.encode()).rows


def test_a_record_has_its_version_and_its_situation() -> None:
    first, second = read("datex2", _v2().encode()).rows
    assert (first["id"], first["version"], first["type"]) == ("s1-1", "2", "MaintenanceWorks")
    assert first["group"] == {"id": "s1", "version": "3"}
    assert first["roads"] == "A30"
    assert second["geometry"] is None
    assert second["position"] is None


def test_a_comment_is_french_where_it_can_be() -> None:
    first, _ = read("datex2", _v2().encode()).rows
    assert first["generalPublicComment"] == [{"comment": "Travaux", "comment@de": "Baustelle"}]


@pytest.mark.parametrize("status", ["suspended", "definedByValidityTimeSpec", "active"])
def test_the_validity_is_said_as_it_stands(status: str) -> None:
    first, _ = read("datex2", _v2(validity=status).encode()).rows
    assert first["validity"]["validityStatus"] == status  # type: ignore[index]


@pytest.mark.parametrize("status", ["test", "technicalExercise", "securityExercise"])
def test_an_exercise_can_be_told(status: str) -> None:
    assert {row["informationStatus"] for row in read("datex2", _v2(status=status).encode()).rows} == {status}


@pytest.mark.parametrize("method", ["singleElementUpdate", "allElementUpdate"])
def test_a_delta_ends_nothing_and_says_so(method: str) -> None:
    assert read("datex2", _v2().replace("snapshot<", f"{method}<").encode()).warning_codes == ["payload.datex2-delta"]


def test_a_delta_of_version_3_is_told_after_its_records() -> None:
    assert read("datex2", _v3(protocol="deltaPush")).warning_codes == ["payload.datex2-delta"]
    assert read("datex2", _v3()).warning_codes == []


def test_json_and_xml_of_version_3_give_the_same_row() -> None:
    (xml,), (answer,) = read("datex2", _v3()).rows, read("datex2", as_json(V3_JSON)).rows
    assert xml["validity"] == {"validityStatus": "suspended"}
    assert xml["geometry"] == {
        "type": "LineString",
        "coordinates": [[Decimal("5.93"), Decimal("49.47")], [Decimal("5.94"), Decimal("49.48")]],
    }
    assert answer == xml


def test_positions_may_span_lines_and_be_in_luxembourg_s_metres() -> None:
    (row,) = read("datex2", _v3(positions="49.47 5.93\n   49.48\n5.94")).rows
    assert len(row["geometry"]["coordinates"]) == 2  # type: ignore[index]
    (row,) = read("datex2", _v3(system="EPSG:2169", positions="65000 61000 65100 61100")).rows
    (lon, lat), _ = row["geometry"]["coordinates"]  # type: ignore[index]
    assert 5.8 < lon < 6.1
    assert 49.3 < lat < 49.6


@pytest.mark.parametrize(
    ("system", "positions"),
    [("WGS 84", "0 0 0 0"), ("WGS 84", "49.47 5.93 49.48"), ("WGS 84", "a b c d"), ("EPSG:99999", "1 2 3 4"),
     ("WGS 84", "149.4 5.9 149.5 5.9"), ("EPSG:2154", "1e300 1e300 1 1")],
)  # fmt: skip
def test_a_place_that_is_none_is_no_geometry(system: str, positions: str) -> None:
    outcome = read("datex2", _v3(system=system, positions=positions))
    assert [row["geometry"] for row in outcome.rows] == [None]
    assert outcome.warning_codes == ["payload.geometry"]


def _speeds(*inner: str) -> dict[str, object]:
    values = "".join(SPEED.format(index=index, inner=one) for index, one in enumerate(inner))
    (row,) = read("datex2", MEASURED.format(values=values).encode()).rows
    return row


def test_minus_one_is_no_speed() -> None:
    assert _speeds("<speed>42.0</speed>")["averageVehicleSpeed"] == "42.0"
    assert _speeds("<speed>0</speed>")["averageVehicleSpeed"] == "0"
    assert _speeds("<speed>-1</speed>")["averageVehicleSpeed"] is None
    assert _speeds("<dataError>true</dataError><speed>30</speed>")["averageVehicleSpeed"] is None


def test_two_lanes_are_not_one_speed() -> None:
    row = _speeds("<speed>42.0</speed>", "<speed>50.0</speed>")
    assert row["averageVehicleSpeed"] is None
    assert len(row["measuredValue"]) == 2  # type: ignore[arg-type]


def test_what_is_numbered_is_a_list_though_one_alone_comes_and_what_it_wraps_is_none() -> None:
    """A path that holds for two lanes holds for one: EN 16157 numbers what may repeat (`index`, `vmsIndex`…)."""
    inner = {"basicData": {"@type": "TrafficSpeed", "averageVehicleSpeed": {"speed": "42.0"}}}
    assert _speeds("<speed>42.0</speed>")["measuredValue"] == [{"index": "0", "measuredValue": inner}]
    unit = (
        '<vmsUnit><vmsUnitReference id="U1" version="1"/><vms vmsIndex="1"><vms><vmsMessage messageIndex="1">'
        "<vmsMessage>"
        '<textPage pageNumber="1"><vmsText><vmsTextLine lineIndex="1"><vmsTextLine><vmsTextLine>BOUCHON</vmsTextLine>'
        "</vmsTextLine></vmsTextLine></vmsText></textPage></vmsMessage></vmsMessage></vms></vms></vmsUnit>"
    )
    (row,) = read("datex2", _generic("VmsPublication", unit)).rows
    (message,) = row["vms"][0]["vms"]["vmsMessage"]  # type: ignore[index]
    (page,) = message["vmsMessage"]["textPage"]
    (line,) = page["vmsText"]["vmsTextLine"]
    assert line["vmsTextLine"] == {"vmsTextLine": "BOUCHON"}


def _generic(publication: str, held: str) -> bytes:
    return (
        '<d2LogicalModel xmlns="http://datex2.eu/schema/2/2_0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<payloadPublication xsi:type="{publication}">{held}</payloadPublication></d2LogicalModel>'
    ).encode()


def test_a_record_without_identifier_is_refused_and_counted() -> None:
    outcome = read("datex2", _v2().replace(' id="s1-1"', "").encode())
    assert outcome.refused_codes == ["payload.datex2-no-id"]
    assert outcome.refused[0].facts == {"number": 1}
    assert [row["id"] for row in outcome.rows] == ["s1-2"]


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ("<incidents><incident id='1'/></incidents>", "payload.datex2-root"),
        ("<d2LogicalModel/>", "payload.datex2-root"),
        ("<d2LogicalModel><exchange/><situationRecord id='1'/></d2LogicalModel>", "payload.datex2-root"),
        ('{"payload": []}', "payload.datex2-root"),
        ('{"payload": [{"tmpTrafficManagementPublication": {}}]}', "payload.datex2-publication"),
        (_v2().replace("SituationPublication", "TrafficViewPublication"), "payload.datex2-publication"),
        ("<s:Envelope xmlns:s='x'><s:Body><s:Fault/></s:Body></s:Envelope>", "payload.datex2-fault"),
        ("<d2LogicalModel><exchange><denyReason>unknown</denyReason></exchange></d2LogicalModel>",
         "payload.datex2-fault"),
        ("<html><body>Index of /events</body></html>", "payload.html"),
    ],
)  # fmt: skip
def test_what_is_no_publication_is_refused(payload: str, code: str) -> None:
    outcome = read("datex2", payload.encode())
    assert (outcome.code, outcome.rows) == (code, [])


def test_a_publication_may_be_the_root_under_its_own_name() -> None:
    text = _v3().decode()
    named = text[text.index("<com:publicationTime") : text.index("</mc:payload>")]
    declared = text[text.index(" xmlns:mc=") : text.index(">")]
    root = f"<sit:situationPublication{declared}>{named}</sit:situationPublication>"
    assert read("datex2", root.encode()).rows == read("datex2", text.encode()).rows


@pytest.mark.parametrize(
    "payload",
    [
        MEASURED.replace("siteMeasurements", "siteMeasures").format(values=""),
        '{"payload": [{"roaMeasuredDataPublication": {"siteMeasures": [{"reference": {"idG": "M1"}}]}}]}',
    ],
)
def test_a_publication_of_what_is_no_row_says_so(payload: str) -> None:
    outcome = read("datex2", payload.encode())
    assert (outcome.code, outcome.rows) == ("", [])
    assert [warning.code for warning in outcome.warnings] == ["payload.datex2-no-record"]


def test_a_publication_of_nothing_warns_of_nothing() -> None:
    text = V3.format(system="", positions="", protocol="snapshotPull")
    payload = text[: text.index("<sit:situation ")] + text[text.index("</mc:payload>") :]
    empty_json = '{"payload": [{"sitSituationPublication": {"publicationCreator": {"country": "fr"}}}]}'
    for outcome in (read("datex2", payload.encode()), read("datex2", empty_json.encode())):
        assert (outcome.code, outcome.rows, outcome.warnings) == ("", [], [])


def test_one_charging_point_is_a_list_like_two() -> None:
    point = {"aegiElectricChargingPointStatus": {"reference": {"idG": "p"}, "status": {"value": "blocked"}}}
    station = {"reference": {"idG": "s"}, "refillPointStatus": [point]}
    site = {"reference": {"idG": "i"}, "energyInfrastructureStationStatus": [station]}
    publication = {"aegiEnergyInfrastructureStatusPublication": {"energyInfrastructureSiteStatus": [site]}}
    (row,) = read("datex2", as_json({"messageContainer": {"payload": [publication]}})).rows
    read_point = {"@type": "ElectricChargingPointStatus", "reference": {"id": "p"}, "status": "blocked"}
    assert row["energyInfrastructureStationStatus"] == [{"reference": {"id": "s"}, "refillPointStatus": [read_point]}]


def test_a_language_left_empty_is_not_the_text() -> None:
    spoken = '<com:value lang="fr">Travaux</com:value>'
    others = '<com:value lang="fr"/><com:value lang="is">Vegavinna</com:value>'
    (row,) = read("datex2", _v3().decode().replace(spoken, others).encode()).rows
    assert row["generalPublicComment"] == [{"comment": "Vegavinna", "comment@fr": None}]


def test_two_texts_in_one_language_are_both_kept() -> None:
    spoken = '<com:value lang="fr">Travaux</com:value>'
    others = spoken + '<com:value lang="de">Bau</com:value><com:value lang="fr">de nuit</com:value>'
    (row,) = read("datex2", _v3().decode().replace(spoken, others).encode()).rows
    assert row["generalPublicComment"] == [{"comment": "Travaux\nde nuit", "comment@de": "Bau"}]


def test_a_position_has_no_exponent() -> None:
    text = _v2()
    start, end = text.index("<longitude>"), text.index("</longitude>")
    payload = f"{text[:start]}<longitude>0.0000005{text[end:]}"
    assert read("datex2", payload.encode()).rows[0]["position"] == "0.0000005,49.47"


def test_a_text_in_languages_may_hold_what_is_no_text() -> None:
    record = {"idG": "r", "comment": {"values": [{"lang": "fr", "value": "Travaux"}, "Works"]}}
    situation = {"situationRecord": [record]}
    payload = as_json({"payload": {"sitSituationPublication": {"situation": [situation]}}})
    assert read("datex2", payload).rows[0]["comment"] == "Travaux"


def test_an_exchange_that_only_says_it_is_alive_does_not_end_what_is_held() -> None:
    outcome = read("datex2", b"<d2LogicalModel><exchange><keepAlive>true</keepAlive></exchange></d2LogicalModel>")
    assert (outcome.code, outcome.rows) == ("payload.datex2-alive", [])


def test_a_large_publication_streams() -> None:
    text = _v2()
    start, end = text.index("<situation id"), text.index("</situation>") + len("</situation>")
    payload = (text[:start] + text[start:end] * 1_000 + text[end:]).encode()
    assert len(read("datex2", payload).rows) == 2_000


def test_attributes_beside_the_records_count_as_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harvesters.xml_stream._MAX_BESIDE", 1_000_000)
    text = _v2()
    at = text.index("<situation id")
    payload = (text[:at] + f'<a x="{"x" * 9_000}"/>' * 150 + text[at:]).encode()
    assert read("datex2", payload).code == "payload.xml-record-too-large"


def test_text_between_elements_is_not_kept() -> None:
    body = (f"<a/>{'x' * 500_000}<situationRecord/>" * 20).encode()
    stream = BytesIO(b"<payload><b>" + body + b"</b></payload>")
    held = 0
    for _, above in records(b"<?xml version='1.0'?>", stream, name="x", is_record=_is_situation):
        held = max(held, sum(len(one.tail or "") + len(one.text or "") for one in above[-1].iter()))
    assert held <= 1_000_000


def _is_situation(element: Element, _above: list[Element]) -> bool:
    return element.tag == "situationRecord"


def test_a_record_that_never_ends_is_refused_before_it_fills_the_memory() -> None:
    text = _v2()
    at = text.index("<roadMaintenanceType>")
    payload = (text[:at] + "<a/>" * 420_000 + text[at:]).encode()
    assert read("datex2", payload).code == "payload.xml-record-too-large"


V1 = """<d2LogicalModel modelBaseVersion="1.0" xmlns="http://datex2.eu/schema/1_0/1_0"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><payloadPublication xsi:type="{kind}">{inner}
</payloadPublication></d2LogicalModel>"""


def test_the_sites_of_version_1_are_known_by_a_text_and_their_quantities_are_numbers() -> None:
    """As Luxembourg's motorways are published."""
    values = (
        '<measuredValue index="0"><basicDataValue xsi:type="TrafficSpeed"><averageVehicleSpeed>87</averageVehicleSpeed>'
        '</basicDataValue></measuredValue><measuredValue index="1"><basicDataValue xsi:type="TrafficFlow">'
        "<vehicleFlow>{flow}</vehicleFlow></basicDataValue></measuredValue>"
    )
    sites = "".join(
        f"<siteMeasurements><measurementSiteReference>A3.{number}</measurementSiteReference><measurementTimeDefault>"
        f"2026-11-22T08:05:00+01:00</measurementTimeDefault>{values.format(flow=flow)}</siteMeasurements>"
        for number, flow in enumerate(("1200", "-1"))
    )
    rows = read("datex2", V1.format(kind="MeasuredDataPublication", inner=sites).encode()).rows
    assert [(row["id"], row["averageVehicleSpeed"], row["vehicleFlowRate"], row["occupancy"]) for row in rows] == [
        ("A3.0", "87", "1200", None), ("A3.1", "87", None, None),
    ]  # fmt: skip
    assert rows[0]["time"] == "2026-11-22T08:05:00+01:00"


def test_the_records_of_version_1_have_a_version_and_texts_in_their_languages() -> None:
    inner = (
        '<situation id="S"><situationRecord xsi:type="Accident" id="R">'
        "<situationRecordVersion>2</situationRecordVersion>"
        '<generalPublicComment><comment><value lang="de">Unfall</value><value lang="fr">Accident</value></comment>'
        "</generalPublicComment><vehicles><value>3</value></vehicles><speed><value><high>9</high></value></speed>"
        "</situationRecord></situation>"
    )
    (row,) = read("datex2", V1.format(kind="SituationPublication", inner=inner).encode()).rows
    assert (row["id"], row["version"], row["type"]) == ("R", "2", "Accident")
    assert row["generalPublicComment"] == [{"comment": "Accident", "comment@de": "Unfall"}]
    assert (row["vehicles"], row["speed"]) == ({"value": "3"}, {"value": {"high": "9"}})
