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
