"""ngsi-ld, ngsi-v2: every form of an entity gives the same row, and nothing of it is lost."""

import copy
from decimal import Decimal

import pytest

from harvesters import strict_json
from tests.payloads import ENTITY, as_json, read

ROW = {
    "id": "urn:ngsi-ld:Site:1",
    "type": "Site",
    "attente": 7,
    "vuA": "2026-11-22T08:00:00Z",
    "lieu": {"type": "Point", "coordinates": [Decimal("5.93"), Decimal("49.47")]},
    "gerePar": "urn:ngsi-ld:Service:dechets",
}
CONCISE = {
    **{key: ENTITY[key] for key in ("id", "type", "@context")},
    "attente": {"value": 7, "observedAt": "2026-11-22T08:00:00Z", "unitCode": "MIN"},
    "vuA": {"value": {"@type": "DateTime", "@value": "2026-11-22T08:00:00Z"}},
    "lieu": {"type": "Point", "coordinates": [5.93, 49.47]},
    "gerePar": {"object": "urn:ngsi-ld:Service:dechets"},
}
KEY_VALUES = {
    "id": "urn:ngsi-ld:Site:1", "type": "Site", "attente": 7, "vuA": "2026-11-22T08:00:00Z",
    "lieu": {"type": "Point", "coordinates": [5.93, 49.47]}, "gerePar": "urn:ngsi-ld:Service:dechets",
}  # fmt: skip
V2 = {
    "id": "urn:ngsi-ld:Site:1",
    "type": "Site",
    "attente": {"type": "Number", "value": 7, "metadata": {"unitCode": {"type": "Text", "value": "MIN"}}},
    "vuA": {"type": "DateTime", "value": "2026-11-22T08:00:00Z"},
    "lieu": {"type": "geo:json", "value": {"type": "Point", "coordinates": [5.93, 49.47]}},
    "gerePar": {"type": "Text", "value": "urn:ngsi-ld:Service:dechets"},
}

_CORE = "https://uri.etsi.org/ngsi-ld/"
_OURS = "https://sites.example/modele#"
EXPANDED = {
    "@id": "urn:ngsi-ld:Site:1",
    "@type": [f"{_OURS}Site"],
    f"{_OURS}attente": [{"@type": [f"{_CORE}Property"], f"{_CORE}hasValue": [{"@value": 7}],
                         f"{_CORE}observedAt": [{"@type": f"{_CORE}DateTime", "@value": "2026-11-22T08:00:00Z"}]}],
    f"{_OURS}vuA": [{"@type": [f"{_CORE}Property"],
                     f"{_CORE}hasValue": [{"@type": f"{_CORE}DateTime", "@value": "2026-11-22T08:00:00Z"}]}],
    f"{_OURS}lieu": [{"@type": [f"{_CORE}GeoProperty"], f"{_CORE}hasValue": [{
        "@type": ["https://purl.org/geojson/vocab#Point"],
        "https://purl.org/geojson/vocab#coordinates": [{"@list": [{"@value": 5.93}, {"@value": 49.47}]}]}]}],
    f"{_OURS}gerePar": [{"@type": [f"{_CORE}Relationship"],
                         f"{_CORE}hasObject": [{"@id": "urn:ngsi-ld:Service:dechets"}]}],
}  # fmt: skip
WITHOUT_CONTEXT = {
    "id": "urn:ngsi-ld:Site:1",
    "type": f"{_OURS}Site",
    **{_OURS + name: ENTITY[name] for name in ("attente", "vuA", "lieu", "gerePar")},
}


def _feature(entity: dict[str, object]) -> dict[str, object]:
    properties = {key: value for key, value in entity.items() if key not in {"id", "@context"}}
    geometry = {"type": "Point", "coordinates": [5.93, 49.47]}
    return {"id": entity["id"], "type": "Feature", "geometry": geometry, "properties": properties}


class TestNgsi:
    @pytest.mark.parametrize("protocol", ["ngsi-ld", "ngsi-v2"])
    @pytest.mark.parametrize(
        "form",
        [ENTITY, CONCISE, KEY_VALUES, V2, _feature(ENTITY), _feature(KEY_VALUES), EXPANDED, WITHOUT_CONTEXT],
        ids=["normalized", "concise", "key-values", "v2", "feature", "feature of key-values", "expanded", "no context"],
    )
    def test_every_form_of_an_entity_gives_the_same_row(self, protocol: str, form: dict[str, object]) -> None:
        assert read(protocol, as_json(form)).rows == [ROW]
        assert read(protocol, as_json([form, form])).rows == [ROW, ROW]

    def test_collections_and_notifications_are_entities(self) -> None:
        collection = {"type": "FeatureCollection", "features": [_feature(ENTITY)]}
        notification = {"id": "urn:n", "type": "Notification", "subscriptionId": "s", "data": [ENTITY]}
        v2 = {"subscriptionId": "s", "data": [V2]}
        for payload in (collection, notification, v2):
            assert read("ngsi-ld", as_json(payload)).rows == [ROW]

    def test_dates_are_text_at_any_level(self) -> None:
        date = {"@type": "DateTime", "@value": "2026-11-22T08:00:00Z"}
        entity = {**KEY_VALUES, "plage": {"type": "Property", "value": [{"de": date}, date]}}
        assert read("ngsi-ld", as_json(entity)).rows[0]["plage"] == [{"de": date["@value"]}, date["@value"]]

    def test_no_entity_is_no_row_and_no_fault(self) -> None:
        outcome = read("ngsi-ld", b"[]")
        assert (outcome.code, outcome.rows, outcome.refused) == ("", [], [])

    def test_what_is_said_about_an_attribute_is_given_when_asked(self) -> None:
        (row,) = read("ngsi-ld", as_json(ENTITY), metadonnees="oui").rows
        assert row["@meta"] == {"attente": {"observedAt": "2026-11-22T08:00:00Z", "unitCode": "MIN"}}

    def test_several_values_of_an_attribute_stand_under_their_dataset(self) -> None:
        entity = copy.deepcopy(ENTITY)
        entity["attente"] = [{"type": "Property", "value": 7}, {"type": "Property", "value": 9, "datasetId": "urn:b"}]
        assert read("ngsi-ld", as_json(entity)).rows[0]["attente"] == {"dataset": {"@none": 7, "urn:b": 9}}

    def test_what_has_no_identifier_is_a_refused_row(self) -> None:
        outcome = read("ngsi-ld", as_json([{"type": "Site"}, {"id": 1, "type": "Site"}, 3, KEY_VALUES]))
        assert outcome.refused_codes == ["payload.ngsi-entity"] * 3
        assert len(outcome.rows) == 1

    def test_several_types_are_a_list(self) -> None:
        assert read("ngsi-ld", as_json({**ENTITY, "type": ["Site", "Batiment"]})).rows == [
            ROW | {"type": ["Site", "Batiment"]}
        ]

    def test_a_notification_may_hold_features(self) -> None:
        collection = {"type": "FeatureCollection", "features": [_feature(ENTITY), _feature(KEY_VALUES)]}
        notification = {"id": "urn:n", "type": "Notification", "subscriptionId": "s", "data": collection}
        assert read("ngsi-ld", as_json(notification)).rows == [ROW, ROW]

    def test_null_is_none(self) -> None:
        assert read("ngsi-ld", as_json({**KEY_VALUES, "attente": "urn:ngsi-ld:null"})).rows == [ROW | {"attente": None}]

    @pytest.mark.parametrize(
        "attente",
        [
            [
                {"type": "Property", "value": 7, "observedAt": "2026-11-22T08:00:00Z", "instanceId": "urn:i:2"},
                {"type": "Property", "value": 5, "observedAt": "2026-11-22T07:00:00Z", "instanceId": "urn:i:1"},
            ],
            {"type": "Property", "values": [[7, "2026-11-22T08:00:00Z"], [5, "2026-11-22T07:00:00Z"]]},
        ],
        ids=["normalized", "simplified"],
    )
    def test_what_an_attribute_was_over_time_is_all_given(self, attente: object) -> None:
        (row,) = read("ngsi-ld", as_json({**ENTITY, "attente": attente})).rows
        assert row["attente"] == [
            {"value": 7, "observedAt": "2026-11-22T08:00:00Z"},
            {"value": 5, "observedAt": "2026-11-22T07:00:00Z"},
        ]

    def test_one_value_over_time_is_a_list_of_one_as_two_are_a_list_of_two(self) -> None:
        instance = {"type": "Property", "value": 7, "observedAt": "2026-11-22T08:00:00Z"}
        row = read("ngsi-ld", as_json(ENTITY | {"attente": [instance]})).rows[0]
        assert row["attente"] == [{"value": 7, "observedAt": "2026-11-22T08:00:00Z"}]

    @pytest.mark.parametrize("protocol", ["ngsi-ld", "ngsi-v2"])
    def test_notifications_that_come_together_or_over_mqtt_give_their_entities(self, protocol: str) -> None:
        form = ENTITY if protocol == "ngsi-ld" else V2
        told = {"id": "urn:n", "type": "Notification", "subscriptionId": "urn:s", "data": [form, form]}
        borne = {"metadata": {"Content-Type": "application/json"}, "body": told}
        (row,) = read(protocol, as_json(form)).rows
        assert read(protocol, as_json([told, told])).rows == [row] * 4
        assert read(protocol, as_json(borne)).rows == [row] * 2
        assert read(protocol, as_json([borne, form])).rows == [row] * 3
        kept = {"id": "urn:e", "type": "Courrier", "metadata": {"a": 1}, "body": {"subscriptionId": "x"}}
        assert [one["id"] for one in read(protocol, as_json([kept])).rows] == ["urn:e"]

    def test_a_notification_of_one_entity_that_is_no_array_is_that_entity(self) -> None:
        notification = {"id": "urn:n", "type": "Notification", "subscriptionId": "urn:s", "data": ENTITY}
        assert read("ngsi-ld", as_json(notification)).rows == read("ngsi-ld", as_json(ENTITY)).rows

    def test_two_values_of_one_dataset_are_both_given(self) -> None:
        attente = [{"value": 7, "datasetId": "urn:b"}, {"value": 9, "datasetId": "urn:b"}]
        (row,) = read("ngsi-ld", as_json({**ENTITY, "attente": attente})).rows
        assert row["attente"] == [
            {"value": 7, "observedAt": None, "datasetId": "urn:b"},
            {"value": 9, "observedAt": None, "datasetId": "urn:b"},
        ]

    @pytest.mark.parametrize(
        "value",
        [
            [{"name": "plastique", "value": 3}],
            [{"name": "plastique", "value": 3}, {"name": "verre", "value": 4}],
            {"type": "Property", "values": [[7], 5]},
        ],
        ids=["one object", "two objects", "no pairs"],
    )
    def test_what_only_looks_like_an_attribute_stays_as_it_came(self, value: object) -> None:
        assert read("ngsi-ld", as_json({**KEY_VALUES, "flux": value})).rows == [ROW | {"flux": value}]

    @pytest.mark.parametrize("kind", [["Point"], {"a": 1}], ids=["list", "object"])
    def test_a_type_that_is_no_text_is_no_fault(self, kind: object) -> None:
        (row,) = read("ngsi-ld", as_json({**KEY_VALUES, "flux": {"type": kind, "value": 3}})).rows
        assert row["flux"] == 3


@pytest.mark.parametrize("error", [
    {"type": "https://uri.etsi.org/ngsi-ld/errors/ResourceNotFound", "title": "Entity not found", "status": 404},
    {"error": "NotFound", "description": "The requested entity has not been found."},
])  # fmt: skip
def test_the_error_of_a_broker_is_no_entity(error: dict[str, object]) -> None:
    outcome = read("ngsi-ld", as_json(error))
    assert (outcome.rows, outcome.refused, outcome.code) == ([], [], "payload.ngsi-error")
    named = {"id": "urn:x", "type": "T", **{name: "x" for name in error if name != "type"}}
    assert read("ngsi-v2", as_json(named)).code == ""
    assert read("ngsi-ld", as_json({"type": "Alert", "title": "x"})).refused_codes == ["payload.ngsi-entity"]


def test_addresses_that_end_alike_stay_whole() -> None:
    """Nothing of an entity is lost, nor its type replaced."""
    entity = {"id": "urn:x", "type": "https://a.example/T", "https://a.example/n": 1, "https://b.example#n": 2,
              "https://a.example/type": "velo", "https://a.example/m/": 3}  # fmt: skip
    assert read("ngsi-ld", as_json(entity)).rows == [{
        "id": "urn:x", "type": "T", "https://a.example/n": 1, "https://b.example#n": 2,
        "https://a.example/type": "velo", "m": 3,
    }]  # fmt: skip


def test_expanded_texts_lists_and_what_is_said_of_attributes() -> None:
    entity = {
        "@id": "urn:x", "@type": [f"{_OURS}A", f"{_OURS}B"],
        f"{_OURS}nom": [{"@type": [f"{_CORE}LanguageProperty"], f"{_CORE}hasLanguageMap": [
            {"@language": "fr", "@value": "Lampe"}, {"@language": "de", "@value": "Leuchte"}]}],
        f"{_OURS}adresse": [{"@type": [f"{_CORE}Property"], f"{_CORE}unitCode": [{"@value": "C62"}],
                             f"{_CORE}hasValue": [{"@type": ["https://schema.org/PostalAddress"],
                                                   "https://schema.org/ville": [{"@value": "Metz"}]}]}],
        f"{_OURS}niveaux": [{"@type": [f"{_CORE}Property"], f"{_CORE}hasValue": [{"@value": 1}, {"@value": 2}],
                             "https://a.example/hasValue": [{"@value": 3}]}],
    }  # fmt: skip
    (row,) = read("ngsi-ld", as_json([entity]), metadonnees="oui").rows
    assert row == {
        "id": "urn:x", "type": ["A", "B"], "nom": {"fr": "Lampe", "de": "Leuchte"}, "niveaux": [1, 2],
        "adresse": {"type": "PostalAddress", "ville": "Metz"},
        "@meta": {"adresse": {"unitCode": "C62"}, "niveaux": {"hasValue": 3}},
    }  # fmt: skip
    odd = {
        "@id": "urn:x",
        "@type": ["T"],
        "n": [{f"{_CORE}hasLanguageMap": [{"@language": "fr"}, {"@language": {}}, {}, 3]}],
    }
    assert read("ngsi-ld", as_json(odd)).rows == [
        {"id": "urn:x", "type": "T", "n": {"fr": None, "{}": None, "None": None}}
    ]
    assert read("ngsi-ld", as_json({"@id": "urn:x"})).refused_codes == ["payload.ngsi-entity"]
    assert read("ngsi-ld", as_json({"@id": 3, "@type": ["T"]})).refused_codes == ["payload.ngsi-entity"]


@pytest.mark.parametrize(
    ("kind", "value", "geometry"),
    [
        ("geo:point", "49.47, 5.93", ("Point", [5.93, 49.47])),
        ("geo:line", ["49,5", "50,6"], ("LineString", [[5, 49], [6, 50]])),
        ("geo:polygon", ["49,5", "50,6", "51,5", "49,5"], ("Polygon", [[[5, 49], [6, 50], [5, 51], [5, 49]]])),
        ("geo:box", ["49,5", "50,6"], ("Polygon", [[[5, 49], [6, 49], [6, 50], [5, 50], [5, 49]]])),
    ],
)
def test_the_simple_locations_of_v2_say_the_latitude_first(
    kind: str, value: object, geometry: tuple[str, object]
) -> None:
    (row,) = read("ngsi-v2", as_json({**V2, "lieu": {"type": kind, "value": value, "metadata": {}}})).rows
    written = strict_json.read(as_json(geometry[1]), name="")
    assert row["lieu"] == {"type": geometry[0], "coordinates": written}


@pytest.mark.parametrize("value", ["ici", ["49.47,5.93"], None, 3, "49.47", {"a": 1}])
def test_a_simple_location_that_cannot_be_read_stays_as_it_came(value: object) -> None:
    (row,) = read("ngsi-v2", as_json({**V2, "lieu": {"type": "geo:point", "value": value}})).rows
    assert row["lieu"] == value
