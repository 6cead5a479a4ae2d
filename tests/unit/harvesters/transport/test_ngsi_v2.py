"""A context broker that speaks NGSI v2: the same walk, other words."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest

from eclor.errors import SourceUnavailable
from harvesters.receiving import Keeping
from harvesters.source import Source
from tests.harvesting import column, flow, harvested, rows_of, store_at
from tests.unit.harvesters.transport.conftest import Script, Scripted, answer


def _page(*levels: int, count: int) -> Script:
    entities = [{"id": f"Bin:{level}", "type": "Bin", "level": {"type": "Number", "value": level}} for level in levels]
    return answer(orjson.dumps(entities), kind="application/json", Fiware_Total_Count=str(count))


def _source(tmp_path: Path, server: Scripted) -> Source:
    return flow(
        tmp_path, column("badge", path="id"), column("niveau", "entier", path="level"), access="ngsi-v2",
        protocol="ngsi-v2", address=server.url, options="{type: Bin, locataire: waste, chemin_service: /bins}",
    )  # fmt: skip


def test_all_pages_are_read_with_the_mapped_attributes_alone(tmp_path: Path, server: Scripted) -> None:
    store = store_at(tmp_path)
    server.says(_page(1, 2, count=3), _page(3, count=3))
    raw = harvested(_source(tmp_path, server), store, keeping=Keeping.REPLACE)
    assert [row["niveau"] for row in rows_of(raw, store, tmp_path / "work")] == [1, 2, 3]
    asked = [urlsplit(head.split(" ")[1]) for head in server.heads]
    assert [part.path for part in asked] == ["/v2/entities"] * 2
    said = [parse_qs(part.query) for part in asked]
    assert said[0] == {"limit": ["500"], "offset": ["0"], "options": ["count"], "attrs": ["level"], "type": ["Bin"]}
    assert said[1]["offset"] == ["2"]
    assert "fiware-service: waste" in server.heads[1].lower()
    assert "fiware-servicepath: /bins" in server.heads[1].lower()


def test_fewer_entities_than_announced_are_refused(tmp_path: Path, server: Scripted) -> None:
    server.says(_page(1, 2, count=3), _page(count=3))
    with pytest.raises(SourceUnavailable) as refused:
        harvested(_source(tmp_path, server), store_at(tmp_path), keeping=Keeping.REPLACE)
    assert refused.value.code == "pages.incomplete"
