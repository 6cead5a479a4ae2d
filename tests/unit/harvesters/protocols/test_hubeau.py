"""hubeau: pages, results that are bounds, comma decimals. Synthetic: no free capture of Hub'Eau exists."""

from decimal import Decimal

import pytest

from harvesters.parsing import Row
from tests.payloads import as_json, read
from tests.payloads_answers import WATER


def one(**element: object) -> Row:
    (row,) = read("hubeau", as_json({"count": 1, "data": [element]})).rows
    return row


def test_a_bound_is_not_a_value() -> None:
    nitrates, lead, smell = read("hubeau", as_json(WATER)).rows
    assert (nitrates["valeur"], nitrates["signe"], nitrates["seuil"]) == (Decimal("12.5"), None, None)
    assert (lead["valeur"], lead["signe"], lead["seuil"], lead["resultat_numerique"]) == (
        None,
        "<",
        Decimal("0.5"),
        None,
    )
    assert lead["resultat_alphanumerique"] == "<0,5"
    assert (smell["valeur"], smell["signe"]) == (None, None)


@pytest.mark.parametrize(
    ("text", "value", "sign", "bound"),
    [("12,5", "12.5", None, None), ("< 0.5", None, "<", "0.5"), (">300", None, ">", "300"), ("≤1", None, "<", "1"),
     ("<=0.10", None, "<", "0.10"), ("-3", "-3", None, None),
     ("N.M.", None, None, None), ("", None, None, None), ("1e9", None, None, None)],
)  # fmt: skip
def test_results_as_they_are_written(text: str, value: str | None, sign: str | None, bound: str | None) -> None:
    row = one(resultat_alphanumerique=text)
    expected = (value and Decimal(value), sign, bound and Decimal(bound))
    assert (row["valeur"], row["signe"], row["seuil"]) == expected


@pytest.mark.parametrize(("remark", "sign"), [("10", "<"), (10, "<"), ("2", "<"), ("7", "<"), ("3", ">"), ("0", "?")])
def test_a_remark_makes_a_bound_of_a_number(remark: object, sign: str) -> None:
    row = one(resultat=0.5, code_remarque=remark, limite_quantification=0.5)
    assert (row["valeur"], row["signe"], row["resultat"]) == (None, sign, None)
    assert row["seuil"] == (None if sign == "?" else Decimal("0.5"))
    assert one(resultat=0.5, code_remarque="1")["valeur"] == Decimal("0.5")


def test_a_height_is_left_as_it_is() -> None:
    row = one(code_station="A123", grandeur_hydro="H", resultat_obs=1250, date_obs="2026-11-22T08:00:00Z")
    assert (row["resultat_obs"], row["valeur"]) == (1250, Decimal(1250))
    assert one(niveau_nappe_eau=210.5) == {"niveau_nappe_eau": Decimal("210.5")}


def test_a_page_with_a_next_one_is_read_and_one_alone_must_be_whole() -> None:
    page = {**WATER, "count": 9, "next": "https://hubeau.exemple/?page=2"}
    assert read("hubeau", as_json(page)).warnings == []
    outcome = read("hubeau", as_json({**WATER, "count": 9}))
    assert (len(outcome.rows), outcome.warning_codes) == (3, ["payload.page-short"])


def test_features_give_their_geometry() -> None:
    feature = {
        "type": "Feature",
        "properties": {"code_station": "A1"},
        "geometry": {"type": "Point", "coordinates": [5.9, 49.4]},
    }
    lost = feature | {"geometry": {"type": "Point", "coordinates": [920000, 6930000]}}
    outcome = read("hubeau", as_json({"type": "FeatureCollection", "features": [feature, lost]}))
    assert [row["geometry"] is None for row in outcome.rows] == [False, True]
    assert outcome.warning_codes == ["payload.geometry"]


def test_errors_are_refused() -> None:
    assert (
        read("hubeau", b'{"code": "InvalidRequest", "message": "x", "field_errors": []}').code == "payload.hubeau-error"
    )
    assert read("hubeau", b"[]").code == "payload.hubeau-root"
    assert read("hubeau", b'{"data": [1]}').refused_codes == ["payload.not-an-object"]
