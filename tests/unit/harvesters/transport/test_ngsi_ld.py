"""A context broker's entities: page by page, only the attributes that are mapped."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest

from eclor.errors import EclorError
from harvesters.raw_store import RawStore
from harvesters.receiving import Keeping
from harvesters.source import Source
from tests.harvesting import all_of, column, flow, harvested, rows_of, store_at
from tests.unit.harvesters.transport.conftest import Script, Scripted, answer


@pytest.fixture
def store(tmp_path: Path) -> RawStore:
    return store_at(tmp_path)


def _entity(number: int, wait: object = 5) -> dict[str, object]:
    return {
        "id": f"urn:ngsi-ld:Queue:{number}",
        "type": "Queue",
        "site": {"type": "Property", "value": f"S{number}"},
        "wait": {"type": "Property", "value": wait, "unitCode": "MIN"},
    }


def _page(*entities: dict[str, object], count: int) -> Script:
    return answer(orjson.dumps(list(entities)), kind="application/json", NGSILD_Results_Count=str(count))


def _source(tmp_path: Path, server: Scripted, more: str = "") -> Source:
    wait = column("attente", "entier", path="wait", more=', unite: {chemin: "@meta.wait.unitCode", valeur: MIN}')
    return flow(
        tmp_path, column("site"), wait, column("vehicules", "entier", path="vehicleCount"),
        access="ngsi-ld", protocol="ngsi-ld", address=server.url,
        options=f"{{type: Queue, metadonnees: oui{more}}}",
    )  # fmt: skip


def _rows(tmp_path: Path, source: Source, store: RawStore) -> list[dict[str, object]]:
    raw = harvested(source, store, allowed=all_of(source, "vehicules"), keeping=Keeping.REPLACE)
    return rows_of(raw, store, tmp_path / "work")


def _asked(head: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(head.split(" ")[1]).query)


def test_all_pages_are_read(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    server.says(_page(_entity(1), _entity(2), count=3), _page(_entity(3, 7), count=3))
    rows = _rows(tmp_path, _source(tmp_path, server), store)
    assert rows == [{"site": "S1", "attente": 5}, {"site": "S2", "attente": 5}, {"site": "S3", "attente": 7}]
    assert [_asked(head)["offset"] for head in server.heads] == [["0"], ["2"]]


def test_only_mapped_attributes_are_asked_for_and_never_a_refused_one(
    tmp_path: Path, server: Scripted, store: RawStore
) -> None:
    server.says(_page(_entity(1), count=1))
    source = _source(tmp_path, server, ', contexte: "http://c/x.jsonld", locataire: waste')
    _rows(tmp_path, source, store)
    asked = _asked(server.heads[0])
    assert asked["attrs"] == ["site,wait"]
    assert asked["type"] == ["Queue"]
    assert asked["count"] == ["true"]
    assert 'link: <http://c/x.jsonld>; rel="http://www.w3.org/ns/json-ld#context"' in server.heads[0].lower()
    assert "ngsild-tenant: waste" in server.heads[0].lower()


def test_a_broker_that_sends_a_refused_attribute_all_the_same_is_refused(
    tmp_path: Path, server: Scripted, store: RawStore
) -> None:
    server.says(_page({**_entity(1), "vehicleCount": {"type": "Property", "value": 3}}, count=1))
    with pytest.raises(Exception, match="forbids collecting"):
        _rows(tmp_path, _source(tmp_path, server), store)


def test_another_unit_stops_the_dataset(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    seconds = {**_entity(1), "wait": {"type": "Property", "value": 300, "unitCode": "SEC"}}
    server.says(_page(seconds, count=1))
    with pytest.raises(Exception, match="the unit of “attente” changed"):
        _rows(tmp_path, _source(tmp_path, server), store)


def test_the_same_entities_write_nothing(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    server.says(_page(_entity(1), count=1))
    source = _source(tmp_path, server)
    _rows(tmp_path, source, store)
    before = sorted((tmp_path / "raw").rglob("*"))
    _rows(tmp_path, source, store)
    assert sorted((tmp_path / "raw").rglob("*")) == before


def test_no_entity_at_all_is_a_state(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    server.says(_page(_entity(1), count=1), _page(count=0))
    source = _source(tmp_path, server)
    assert len(_rows(tmp_path, source, store)) == 1
    assert _rows(tmp_path, source, store) == []


@pytest.mark.parametrize(
    ("scripts", "code"),
    [
        ((_page(_entity(1), count=3), _page(count=3)), "pages.incomplete"),
        ((answer(b"<html></html>", kind="text/html"),), "payload.html"),
        ((answer(b'[{"id"', kind="application/json"),), "payload.json-cut"),
        ((answer(b'{"a": 1}', kind="application/json"),), "pages.no-list"),
        ((_page(_entity(1), count=10_000_000),), "source.too-many-entities"),
        ((answer(b"{}", status="400 Bad Request", kind="application/problem+json"),), "source.status"),
    ],
)
def test_what_is_no_list_of_entities_is_refused(
    tmp_path: Path, server: Scripted, store: RawStore, scripts: tuple[Script, ...], code: str
) -> None:
    server.says(*scripts)
    with pytest.raises(EclorError) as refused:
        _rows(tmp_path, _source(tmp_path, server), store)
    assert refused.value.code == code
