"""Pages of real families of interfaces, walked and read by their own parsers."""

from pathlib import Path

import orjson
import pytest

from harvesters.receiving import Keeping
from tests.harvesting import column, flow, harvested, rows_of, store_at
from tests.unit.harvesters.transport.conftest import Script, Scripted, answer


def _page(body: object, *, status: str = "200 OK", **headers: str) -> Script:
    return answer(orjson.dumps(body), status=status, kind="application/json", **headers)


def _hubeau(onward: str | None, *texts: str) -> Script:
    data = [{"code": text, "resultat_alphanumerique": text, "resultat_numerique": 0.5} for text in texts]
    status = "206 Partial Content" if onward else "200 OK"
    return _page({"count": 3, "next": onward, "api_version": "v1", "data": data}, status=status)


def _rpde(onward: str, *items: dict[str, object]) -> Script:
    return _page({"next": onward, "items": list(items), "license": "https://creativecommons.org/licenses/by/4.0/"})


def _item(number: int, state: str = "updated") -> dict[str, object]:
    item: dict[str, object] = {"state": state, "kind": "Slot", "id": f"s{number}", "modified": 2**60 + number}
    return item | ({"data": {"name": "court"}} if state == "updated" else {})


def _location(number: int) -> dict[str, object]:
    connector = {"id": "1", "standard": "IEC_62196_T2"}
    evse = {"uid": f"E{number}", "status": "AVAILABLE", "connectors": [connector]}
    place = {"latitude": "49.47", "longitude": "5.93"}
    return {"id": f"L{number}", "coordinates": place, "evses": [evse], "last_updated": "2026-11-24T10:00:00Z"}


def _ocpi(*numbers: int, **headers: str) -> Script:
    data = [_location(number) for number in numbers]
    return _page({"status_code": 1000, "timestamp": "2026-11-24T10:00:00Z", "data": data}, X_Total_Count="3", **headers)


_FAMILIES = {
    "hubeau": (
        "code", [_hubeau("/x?page=2", "0,5", "<0,5"), _hubeau(None, "7")], ["0,5", "<0,5", "7"],
    ),
    "openactive": (
        "id", [_rpde("/x?after=2", _item(1), _item(2, "deleted")), _rpde("/x?after=3", _item(3)), _rpde("/x?after=3")],
        ["s1", "s2", "s3"],
    ),
    "ocpi": (
        "evse.uid", [_ocpi(1, 2, Link='</x?offset=2>; rel="next"'), _ocpi(3)], ["E1", "E2", "E3"],
    ),
    "opendatasoft": (
        "name", [_page({"total_count": 3, "results": [{"name": "a"}, {"name": "b"}]}),
                 _page({"total_count": 3, "results": [{"name": "c"}]})], ["a", "b", "c"],
    ),
    "udata": (
        "id", [_page({"total": 2, "next_page": "/x?page=2", "data": [{"id": "1", "title": "one"}]}),
               _page({"total": 2, "next_page": None, "data": [{"id": "2", "title": "two"}]})], ["1", "2"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("protocol", list(_FAMILIES))
def test_a_family_is_walked_and_read(tmp_path: Path, server: Scripted, protocol: str) -> None:
    path, scripts, expected = _FAMILIES[protocol]
    way = {"openactive": "rpde"}.get(protocol, protocol)
    source = flow(
        tmp_path, column("code", path=path), access="http", protocol=protocol, address=f"{server.url}/x",
        options=f"{{pages: {way}}}",
    )  # fmt: skip
    store = store_at(tmp_path)
    server.says(*scripts)
    raw = harvested(source, store, keeping=Keeping.REPLACE)
    assert [row["code"] for row in rows_of(raw, store, tmp_path / "work")] == expected
    assert len(server.heads) == len(scripts)
