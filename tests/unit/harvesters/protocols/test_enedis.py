"""enedis: readings with their instants, in summer and in winter. All payloads but the captures are synthetic."""

import pytest

from tests.payloads import as_json, read
from tests.payloads_answers import CURVE

READING = CURVE["meter_reading"]
SGE = """<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>
<ns:consulterMesuresDetailleesResponse xmlns:ns="http://www.enedis.fr/sge/b2b/services/consultationmesuresdetaillees/v2.0">
<pointId>00000000000001</pointId><grandeur><grandeurMetier>CONS</grandeurMetier><grandeurPhysique>PA</grandeurPhysique>
<unite>W</unite><{0}><v>420</v><d>2026-03-29T03:30:00.000+02:00</d><p>PT30M</p><n>B</n></{0}>
<{0}><v>x</v><d>2026-03-29T04:00:00.000+02:00</d></{0}></grandeur></ns:consulterMesuresDetailleesResponse>
</soap:Body></soap:Envelope>"""


def test_a_table_is_called_one_and_says_what_to_ask_for() -> None:
    outcome = read("enedis", b"Identifiant PRM;Horodate;Valeur\n00000000000001;2026-03-01T00:30:00+01:00;540\n")
    assert outcome.code == "payload.enedis-table"
    assert "JSON" in str(outcome.refusal)


def curve(*dates: str, **reading: object) -> bytes:
    intervals = [{"value": "1", "date": date, **reading} for date in dates]
    return as_json({"meter_reading": {**READING, "interval_reading": intervals}})


def instants(payload: bytes) -> list[object]:
    return [row["instant"] for row in read("enedis", payload).rows]


def test_a_reading_bears_what_its_curve_says() -> None:
    row = read("enedis", as_json(CURVE)).rows[0]
    assert row == {
        "usage_point_id": "00000000000001", "start": "2026-10-25", "end": "2026-10-26", "quality": "BRUT",
        "measurement_kind": "power", "unit": "W", "aggregate": "average", "direction": None, "value": "540",
        "date": "2026-10-25 01:30:00", "instant": "2026-10-25T01:30:00+02:00", "interval_length": "PT30M",
        "interval_s": 1800, "measure_type": "B",
    }  # fmt: skip


def test_the_doubled_hour_keeps_two_instants() -> None:
    ends = [str(instant)[-14:] for instant in instants(as_json(CURVE))]
    assert ends == ["01:30:00+02:00", "02:00:00+02:00", "02:30:00+02:00", "02:00:00+01:00", "02:30:00+01:00",
                    "03:00:00+01:00"]  # fmt: skip


def test_a_curve_that_goes_backwards_begins_with_winter() -> None:
    back = instants(curve("2026-10-25 03:00:00", "2026-10-25 02:30:00", "2026-10-25 02:30:00", "2026-10-25 01:30:00"))
    assert back[1:3] == ["2026-10-25T02:30:00+01:00", "2026-10-25T02:30:00+02:00"]


def test_a_doubled_hour_that_comes_once_is_left_to_intake() -> None:
    assert instants(curve("2026-10-25 02:30:00")) == ["2026-10-25T02:30:00"]
    assert instants(curve("2026-03-29 02:30:00")) == ["2026-03-29T02:30:00"]


@pytest.mark.parametrize(("day", "values"), [("2026-03-29", 46), ("2026-10-25", 50), ("2026-11-22", 48)])
def test_a_day_has_forty_six_forty_eight_or_fifty_half_hours(day: str, values: int) -> None:
    hours = [hour for hour in range(24) if (values, hour) != (46, 2)]
    hours[3:3] = [2] if values == 50 else []
    clocks = [f"{day} {hour:02}:{minute}:00" for hour in hours for minute in ("00", "30")]
    if values == 50:
        clocks[4:8] = [f"{day} 02:00:00", f"{day} 02:30:00"] * 2
    found = instants(curve(*clocks))
    assert len(clocks) == len(set(found)) == values


def test_a_daily_reading_has_a_day() -> None:
    assert instants(curve("2026-11-22")) == ["2026-11-22"]


@pytest.mark.parametrize(
    ("length", "seconds"), [("PT10M", 600), ("PT1H", 3600), ("P1D", None), (None, None), ("PT", None)]
)
def test_the_step_is_in_seconds(length: str | None, seconds: int | None) -> None:
    (row,) = read("enedis", curve("2026-11-22 01:00:00", interval_length=length)).rows
    assert row["interval_s"] == seconds


def test_no_value_is_null_and_never_zero() -> None:
    (row,) = read("enedis", curve("2026-11-22 01:00:00", value=None)).rows
    assert row["value"] is None


@pytest.mark.parametrize(
    "fault", [{"value": "x"}, {"value": ""}, {"value": "NaN"}, {"value": True}, {"date": "hier"}, {"date": None}]
)
def test_a_reading_that_cannot_be_read_is_refused(fault: dict[str, object]) -> None:
    outcome = read("enedis", curve("2026-11-22 01:00:00", **fault))
    assert (outcome.rows, outcome.refused_codes) == ([], ["payload.enedis-reading"])


def test_versions_three_to_five_say_the_same() -> None:
    rows = read("enedis", as_json(CURVE)).rows
    for other in ({"usage_point": [CURVE]}, READING, {"meter_reading": [READING]}):
        assert read("enedis", as_json(other)).rows == rows


@pytest.mark.parametrize("measure", ["mesure", "points"])
def test_the_detailed_measures_of_sge(measure: str) -> None:
    outcome = read("enedis", SGE.format(measure).encode())
    (row,) = outcome.rows
    assert (row["usage_point_id"], row["value"], row["unit"], row["direction"]) == (
        "00000000000001",
        "420",
        "W",
        "CONS",
    )
    assert (row["instant"], row["interval_s"], row["measure_type"]) == ("2026-03-29T03:30:00.000+02:00", 1800, "B")
    assert outcome.refused_codes == ["payload.enedis-reading"]


def _measure(**members: object) -> dict[str, object]:
    """A curve as SGE's flow R63 and Data Connect of 2026 write it (written from Enedis's guides)."""
    points = [{"v": "4078", "d": "2026-09-29 00:30:00", "p": "PT30M", "n": "B", "iv": "0"}, {"v": "x", "d": "hier"}]
    quantity = {"grandeurMetier": "CONS", "grandeurPhysique": "PA", "unite": "W", "points": points, **members}
    period = {"dateDebut": "2026-09-29", "dateFin": "2026-10-01"}
    return {"idPrm": "00000000000001", "etapeMetier": "BRUT", "periode": period, "modeCalcul": "MESURE",
            "grandeur": [quantity]}  # fmt: skip


def test_data_connect_of_2026_and_the_flow_r63_say_the_same() -> None:
    alone = read("enedis", as_json(_measure()))
    assert alone.rows == [{
        "usage_point_id": "00000000000001", "start": "2026-09-29", "end": "2026-10-01", "quality": "BRUT",
        "aggregate": None, "measurement_kind": "PA", "unit": "W", "direction": "CONS", "value": "4078",
        "date": "2026-09-29 00:30:00", "instant": "2026-09-29T00:30:00+02:00", "interval_length": "PT30M",
        "interval_s": 1800, "measure_type": "B",
    }]  # fmt: skip
    assert alone.refused_codes == ["payload.enedis-reading"]
    flow = {"header": {"codeFlux": "R63", "format": "JSON"}, "mesures": [_measure(), _measure()]}
    assert read("enedis", as_json(flow)).rows == alone.rows * 2


def test_a_daily_measure_says_its_step_once() -> None:
    points = [{"v": 14540, "d": "2026-09-29"}]
    (row,) = read("enedis", as_json(_measure(pas="P1D", points=points, unite="Wh"))).rows
    assert (row["value"], row["instant"], row["interval_length"]) == (14540, "2026-09-29", "P1D")


@pytest.mark.parametrize("odd", [{"mesures": [{"idPrm": "1"}]}, {"mesures": [1]}, {"idPrm": "1", "grandeur": [1]},
                                 {"idPrm": "1", "grandeur": {}}, _measure(points={})])  # fmt: skip
def test_an_index_or_what_is_no_curve_is_refused(odd: object) -> None:
    outcome = read("enedis", as_json(odd))
    assert (outcome.rows, outcome.code) == ([], "payload.enedis-root")


def test_the_flow_r50_is_in_watts_and_a_point_without_value_is_null() -> None:
    points = (
        "<PDC><H>2026-01-02T00:30:00+01:00</H><V>20710</V><IV>0</IV></PDC><PDC><H>2026-01-02T01:00:00+01:00</H></PDC>"
    )
    meter = f"<PRM><Id_PRM>00000000000001</Id_PRM><Donnees_Releve>{points}</Donnees_Releve></PRM>"
    head = "<En_Tete_Flux><Identifiant_Flux>R50</Identifiant_Flux><Pas_Publication>30</Pas_Publication></En_Tete_Flux>"
    first, empty = read("enedis", f"<R50>{head}{meter}</R50>".encode()).rows
    assert (first["usage_point_id"], first["value"], first["unit"]) == ("00000000000001", "20710", "W")
    assert (first["instant"], first["interval_s"]) == ("2026-01-02T00:30:00+01:00", 1800)
    assert empty["value"] is None


def test_the_flow_r4x_says_what_each_curve_measures() -> None:
    point = '<Donnees_Point_Mesure Horodatage="2026-03-07T00:00:00+01:00" Valeur_Point="398" Statut_Point="R"/>'
    curves = "".join(
        f"<Donnees_Courbe><Granularite>10</Granularite><Unite_Mesure>{unit}</Unite_Mesure>"
        f"<Grandeur_Metier>CONS</Grandeur_Metier><Grandeur_Physique>{kind}</Grandeur_Physique>{point}</Donnees_Courbe>"
        for unit, kind in (("kW", "EA"), ("kWr", "ERC"))
    )
    head = "<Entete><Nature_De_Courbe_Demandee>Corrigee</Nature_De_Courbe_Demandee></Entete>"
    body = f"<Corps><Identifiant_PRM>00000000000001</Identifiant_PRM>{curves}</Corps>"
    rows = read("enedis", f"<Courbe>{head}{body}</Courbe>".encode()).rows
    assert [(row["unit"], row["measurement_kind"]) for row in rows] == [("kW", "EA"), ("kWr", "ERC")]
    assert {(row["usage_point_id"], row["quality"], row["value"], row["measure_type"], row["interval_s"])
            for row in rows} == {("00000000000001", "Corrigee", "398", "R", 600)}  # fmt: skip


def test_senml_times_count_from_their_base() -> None:
    xml = (
        '<quoalise xmlns="urn:quoalise:0"><data><meta><device><identifier value="1"/></device><measurement>'
        '<physical quantity="power" unit="W"/><sampling interval="1800"/></measurement></meta><sensml>'
        '<senml bn="n" bt="1600041600" t="0" v="5"/><senml t="1800" v="7"/><senml t="x" v="7"/></sensml></data>'
        "</quoalise>"
    )
    outcome = read("enedis", xml.encode())
    assert [row["instant"] for row in outcome.rows] == ["2020-09-14T00:00:00Z", "2020-09-14T00:30:00Z"]
    assert outcome.rows[1]["unit"] == "W"
    assert len(outcome.refused) == 1


def test_an_error_is_refused_whatever_its_form() -> None:
    fault = b'<s:Envelope xmlns:s="x"><s:Body><s:Fault/></s:Body></s:Envelope>'
    for payload in (b'{"error": "ADAM-ERR0123", "error_description": "no measure"}', fault):
        assert read("enedis", payload).code == "payload.enedis-error"
    for payload in (b"[]", b"<a/>", b'{"meter_reading": [1]}'):
        assert read("enedis", payload).code == "payload.enedis-root"
