"""vigilance and vigicrues: colours, and what is unknown. The map of V6 and Vigicrues are synthetic, NXFR33 is real."""

import copy
import os
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.payloads import as_json, read
from tests.payloads_answers import REACHES, WARNINGS

ALERTS = Path(os.environ.get("ECLOR_SHARED", "../shared")) / "captures" / "alerts"


def map_of(**changed: object) -> bytes:
    """Return the map with the first phenomenon of the first domain changed."""
    product: Any = copy.deepcopy(WARNINGS)
    domain = product["product"]["periods"][0]["timelaps"]["domain_ids"][0]
    for key, value in changed.items():
        (domain if key in domain else domain["phenomenon_items"][0])[key] = value
    return as_json(product)


class TestVigilance:
    def test_a_phenomenon_of_a_departement_in_a_period_is_a_row(self) -> None:
        wind, floods, other = read("vigilance", as_json(WARNINGS)).rows
        assert (wind["domain_id"], wind["domain_kind"], wind["echeance"]) == ("54", "departement", "J")
        assert (wind["phenomenon_id"], wind["phenomenon"], wind["color"]) == ("1", "vent", "jaune")
        assert (wind["update_time"], wind["end_validity_time"]) == ("2026-11-22T05:01:05Z", "2026-11-22T23:00:00Z")
        assert wind["max_color_id"] == 3
        assert (other["domain_id"], other["color"]) == ("57", "vert")
        assert (floods["phenomenon"], floods["phenomenon_max_color_id"], floods["color"]) == ("crues", 3, "orange")
        assert floods["timelaps_items"] == []

    @pytest.mark.parametrize("level", [None, "", 0, -1])
    def test_no_level_is_unknown_and_never_green(self, level: object) -> None:
        row = read("vigilance", map_of(phenomenon_max_color_id=level)).rows[0]
        assert (row["phenomenon_max_color_id"], row["color"]) == (None, "inconnu")

    @pytest.mark.parametrize("level", [5, "vert", 1.5, True, [], {}])
    def test_another_level_refuses_its_row(self, level: object) -> None:
        outcome = read("vigilance", map_of(phenomenon_max_color_id=level))
        assert (len(outcome.rows), outcome.refused_codes) == (2, ["payload.vigilance-colour"])

    def test_a_domain_without_phenomenon_is_unknown(self) -> None:
        row = read("vigilance", map_of(phenomenon_items=[])).rows[0]
        assert (row["domain_id"], row["phenomenon"], row["color"]) == ("54", None, "inconnu")

    def test_a_stale_map_is_unknown(self) -> None:
        for instant, colours in (("2026-11-22T22:00:00Z", 0), ("2026-11-23T00:00:00+01:00", 3), ("2026-11-24", 9)):
            outcome = read("vigilance", as_json(WARNINGS), instant=instant)
            assert sum(row["color"] == "inconnu" for row in outcome.rows) == (colours if colours < 9 else 0)
            assert (outcome.code == "payload.vigilance-instant") is (colours == 9)

    def test_an_end_off_the_calendar_is_over(self) -> None:
        product = {"periods": [{"end_validity_time": "0001-01-01T00:00:00+10:00",
                                "timelaps": {"domain_ids": [{"domain_id": "57"}]}}]}  # fmt: skip
        (row,) = read("vigilance", as_json({"product": product}), instant="2026-11-22T22:00:00Z").rows
        assert row["color"] == "inconnu"
        assert read("vigilance", b"{}", instant="0001-01-01T00:00:00+10:00").code == "payload.vigilance-instant"

    def test_a_bulletin_keeps_its_kind_whatever_it_holds(self) -> None:
        (row,) = read("vigilance", as_json({"product": {"text_bloc_items": [{"kind": "x", "bloc_id": "1"}]}})).rows
        assert (row["kind"], row["bloc_id"]) == ("texte", "1")

    def test_an_empty_map_is_refused(self) -> None:
        for periods in ([], [{"echeance": "J"}], [{"timelaps": {"domain_ids": []}}]):
            outcome = read("vigilance", as_json({"product": {"periods": periods}}))
            assert (outcome.code, outcome.rows) == ("payload.vigilance-empty", [])

    @pytest.mark.parametrize(
        ("domain", "kind"),
        [("3010", "cote"), ("2A10", "cote"), ("FRA", "national"), ("99", "autre"), ("2B", "departement"),
         ("ZDF_NE", "zone"), (54, "departement"), ("974", "departement"), ("X", "autre")],
    )  # fmt: skip
    def test_domains_are_of_kinds(self, domain: object, kind: str) -> None:
        assert read("vigilance", map_of(domain_id=domain)).rows[0]["domain_kind"] == kind

    def test_a_phenomenon_that_nobody_knows_refuses_its_row(self) -> None:
        for identifier in ("10", [], {}, True):
            outcome = read("vigilance", map_of(phenomenon_id=identifier))
            assert outcome.refused_codes == ["payload.vigilance-phenomenon"]
        assert read("vigilance", b'{"product": {"periods": [3]}}').refused_codes == ["payload.vigilance-phenomenon"]
        assert read("vigilance", map_of(domain_id=None)).refused_codes == ["payload.vigilance-phenomenon"] * 2

    def test_the_bulletins_of_the_texts_are_rows_of_their_own(self) -> None:
        block = {"domain_id": "54", "bloc_id": "BULLETIN_DEPARTEMENTAL", "bloc_items": []}
        texts = {"product": {"type_cdp": "CDP_TEXTES_VIGILANCE", "update_time": "t", "text_bloc_items": [block]}}
        assert read("vigilance", as_json(texts)).rows == [{"kind": "texte", "update_time": "t", **block}]

    def test_an_error_is_refused(self) -> None:
        assert read("vigilance", b'{"code": "900902", "message": "x"}').code == "payload.vigilance-error"
        for payload in (b"[]", b"{}", b"<a/>"):
            assert read("vigilance", payload).code == "payload.vigilance-root"

    @pytest.mark.captures
    @pytest.mark.skipif(not ALERTS.is_dir(), reason="no captures here: set ECLOR_SHARED to the folder that has them")
    def test_the_old_map_has_both_departements_and_local_times(self) -> None:
        rows = read("vigilance", (ALERTS / "vigilance_NXFR33_LFPW_.xml").read_bytes()).rows
        ours = [(row["domain_id"], row["phenomenon"], row["color"]) for row in rows if row["domain_id"] in {"54", "57"}]
        assert ours == [("54", "neige-verglas", "jaune"), ("57", "neige-verglas", "jaune")]
        assert (rows[0]["update_time"], rows[0]["end_validity_time"]) == ("2018-03-18T16:00:00", "2018-03-19T16:00:00")
        assert Counter(row["domain_kind"] for row in rows)["autre"] == 1
        assert [row["color"] for row in rows if row["domain_id"] == "27"] == ["orange", "jaune"]
        seconds = read("vigilance", (ALERTS / "meteofrance_currentphenomenons_32.json").read_bytes()).rows
        assert (seconds[0]["update_time"], seconds[2]["color"]) == ("2020-06-04T14:00:00Z", "orange")


class TestVigicrues:
    def test_a_reach_has_its_level_and_its_colour(self) -> None:
        orne, fensch = read("vigicrues", as_json(REACHES)).rows
        assert (orne["code"], orne["nom"], orne["niveau"], orne["couleur"]) == ("RM15", "Orne aval", 2, "jaune")
        assert (fensch["niveau"], fensch["couleur"]) == (None, "inconnu")

    def test_lambert_93_becomes_degrees(self) -> None:
        geometry = read("vigicrues", as_json(REACHES)).rows[1]["geometry"]
        origin = geometry["coordinates"][0]  # type: ignore[index]
        assert [round(degrees, 5) for degrees in origin] == [
            Decimal(3),
            Decimal("46.5"),
        ]  # of the projection, by decree

    def test_a_level_that_is_none_refuses_its_row(self) -> None:
        reach = {"type": "Feature", "properties": {"CdEntCru": "A", "NivInfViCr": 7}, "geometry": None}
        outcome = read("vigicrues", as_json({"features": [reach, {"properties": {}}, 3]}))
        assert (outcome.rows, outcome.refused_codes) == (
            [],
            ["payload.vigicrues-level", *["payload.vigicrues-measure"] * 2],
        )

    def test_nothing_listed_is_not_covered(self) -> None:
        for answer in ({"features": []}, {"ListEntVigiCru": []}, {"Serie": {"ObssHydro": []}}):
            outcome = read("vigicrues", as_json(answer))
            assert (outcome.rows, outcome.warning_codes) == ([], ["payload.vigicrues-not-covered"])

    def test_observations_in_both_formats(self) -> None:
        series = {"CdStationHydro": "A850061001", "LbStationHydro": "Rosselange", "GrdSerie": "H"}
        simple = {"Serie": {**series, "ObssHydro": [[1784415600000, 0.6], [1784419200000, None]]}}
        first, second = read("vigicrues", as_json(simple)).rows
        assert (first["instant"], first["valeur"], first["unite"]) == ("2026-07-18T23:00:00Z", Decimal("0.6"), "m")
        assert second["valeur"] is None
        said = {"DtObsHydro": "2026-07-19T01:00:00+02:00", "ResObsHydro": 0.6}
        assert read("vigicrues", as_json({"Serie": {**series, "ObssHydro": [said]}})).rows == [first]
        wrong = [[1, 2, 3], ["x", 1], [True, 1], {"DtObsHydro": "2026-07-19T01:00:00Z", "ResObsHydro": "x"}, 3, []]
        outcome = read("vigicrues", as_json({"Serie": {**series, "ObssHydro": wrong}}))
        assert outcome.refused_codes == ["payload.vigicrues-measure"] * 6

    def test_forecasts_have_bounds(self) -> None:
        prev = {"DtPrev": "2026-11-22T08:00:00+00:00", "ResMinPrev": 1.0, "ResMoyPrev": 1.5, "ResMaxPrev": 2.0}
        (row,) = read("vigicrues", as_json({"Simul": {"CdStationHydro": "A", "GrdSimul": "Q", "Prevs": [prev]}})).rows
        assert (row["minimum"], row["valeur"], row["maximum"], row["unite"]) == (1, Decimal("1.5"), 2, "m3/s")

    def test_stations_entities_and_linked_data(self) -> None:
        station = {
            "CdStationHydro": "A",
            "CoordStationHydro": {"CoordXStationHydro": "700000", "CoordYStationHydro": "6600000"},
        }
        (row,) = read("vigicrues", as_json(station)).rows
        assert row["position"] == "3.0000000,46.5000000"
        linked = {"@context": {}, "vic:TerEntVigiCru": {"vic:CdEntVigiCru": "1", "vic:aNMoinsUn": [
            {"vic:CdEntVigiCru": "RM15", "vic:LbEntVigiCru": "Orne", "vic:NivInfViCr": "2"}]}}  # fmt: skip
        (row,) = read("vigicrues", as_json(linked)).rows
        assert (row["code"], row["couleur"]) == ("RM15", "jaune")
        assert read("vigicrues", b'{"CdEntVigiCru": "1", "texte": "x"}').rows[0]["kind"] == "bulletin"

    def test_a_bulletin_has_its_level_and_may_be_of_whom_the_request_says(self) -> None:
        said = {"vic:RefInfoVigiCru": "b1", "vic:DtHrInfoVigiCru": "2026-11-22T10:00:00Z", "vic:NivInfoVigiCru": 3}
        (row,) = read("vigicrues", as_json({"@context": {}, "vic:InfoVigiCru": said})).rows
        assert (row["kind"], row["code"], row["niveau"], row["couleur"]) == ("bulletin", None, 3, "orange")
        assert row["DtHrInfoVigiCru"] == "2026-11-22T10:00:00Z"
        of_one = said | {"vic:porteSurLEntite": {"vic:CdEntVigiCru": "RM15"}}
        assert read("vigicrues", as_json({"vic:InfoVigiCru": of_one})).rows[0]["code"] == "RM15"
        assert read("vigicrues", as_json({"InfoVigiCru": {"NivInfoVigiCru": 9}})).refused_codes == [
            "payload.vigicrues-level"
        ]

    def test_reaches_are_of_the_bulletin_that_their_collection_names(self) -> None:
        reach = {"type": "Feature", "properties": {"cdentcru": "A", "nivinfvicr": "2"}, "geometry": None}
        (row,) = read("vigicrues", as_json({"features": [reach], "DtHrInfoVigiCru": "2026-11-22T10:00:00"})).rows
        assert (row["DtHrInfoVigiCru"], row["niveau"]) == ("2026-11-22T10:00:00", 2)
        linked = {"TronEntVigiCru": {"CdEntVigiCru": "A", "InfoVigiCru": {"NivInfoVigiCru": 1}}, "InfoVigiCru": {}}
        (row,) = read("vigicrues", as_json(linked)).rows
        assert (row["kind"], row["code"], row["couleur"]) == ("entite", "A", "vert")

    def test_an_error_is_refused(self) -> None:
        assert read("vigicrues", b'{"error_msg": "x"}').code == "payload.vigicrues-error"
        assert read("vigicrues", b"[]").code == "payload.vigicrues-root"
