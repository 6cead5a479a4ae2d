"""A feed whose vehicles keep their identifiers over trips is refused. Feeds are written by hand."""

import json
from pathlib import Path

import pytest

from eclor.errors import PayloadRefused
from harvesters.intake import RawDataset
from harvesters.raw_store import RawStore
from harvesters.receiving import Keeping
from tests.harvesting import column, drop, flow, harvested, store_at

HOME = (5.93, 49.47)
FAR = (5.95, 49.48)


def _feed(minute: int, **places: tuple[float, float] | str) -> bytes:
    bikes = [
        {"bike_id": name, "is_reserved": False, "is_disabled": False}
        | ({"station_id": place} if isinstance(place, str) else {"lon": place[0], "lat": place[1]})
        for name, place in places.items()
    ]
    return json.dumps(
        {"last_updated": 1795334400 + 60 * minute, "ttl": 60, "version": "2.3", "data": {"bikes": bikes}}
    ).encode()


def _taken(folder: Path, *feeds: bytes) -> tuple[RawDataset, RawStore]:
    store = store_at(folder / "home")
    source = flow(folder, column("type", path="kind"), address=str(folder / "drop"), protocol="gbfs")
    raw = None
    for number, content in enumerate(feeds):
        drop(folder / "drop", f"{number}.json", content)
        raw = harvested(source, store, keeping=Keeping.REPLACE)
    assert raw is not None
    return raw, store


def test_a_vehicle_that_moved_under_its_identifier_refuses_the_feed(tmp_path: Path) -> None:
    with pytest.raises(PayloadRefused) as refused:
        _taken(tmp_path, _feed(0, a=HOME, b=HOME), _feed(1, a=FAR, b=HOME))
    assert refused.value.code == "payload.gbfs-not-rotated"
    assert refused.value.facts["count"] == 1


def test_a_bicycle_docked_elsewhere_under_its_identifier_refuses_the_feed(tmp_path: Path) -> None:
    with pytest.raises(PayloadRefused) as refused:
        _taken(tmp_path, _feed(0, a="086"), _feed(1, a="087"))
    assert refused.value.code == "payload.gbfs-not-rotated"


@pytest.mark.parametrize(
    "later",
    [
        {"a": HOME, "b": HOME},
        {"a": (HOME[0] + 0.0005, HOME[1] - 0.0005), "b": HOME},  # pushed aside
        {"new": FAR, "b": HOME},  # a trip, and another identifier
        {"b": HOME},
        {"a": "086", "b": HOME},  # nobody knows where the station is
    ],
)
def test_a_feed_that_rotates_is_taken(tmp_path: Path, later: dict[str, tuple[float, float] | str]) -> None:
    raw, _ = _taken(tmp_path, _feed(0, a=HOME, b=HOME), _feed(1, **later))
    assert raw.rows == len(later)


def test_no_identifier_and_no_place_is_remembered(tmp_path: Path) -> None:
    _taken(tmp_path, _feed(0, velo_persistant=HOME))
    kept = [path.read_bytes() for path in (tmp_path / "home").rglob("*.json")]
    assert any(b"recall" in content for content in kept)
    assert not any(b"velo_persistant" in content or b"5.93" in content for content in kept)
