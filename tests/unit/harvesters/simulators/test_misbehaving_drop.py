"""A file that is dropped wrong is refused whole, and once it is put right every row of it is held, once."""

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from eclor.errors import PayloadRefused
from harvesters.raw_store import RawStore
from harvesters.simulators.drop import Drop
from harvesters.simulators.misbehaving_drop import MisbehavingDrop
from harvesters.simulators.misbehaviour import FILE, Orders, write_orders
from tests.harvesting import column, flow, harvested, rows_of, store_at

DAYS = tuple(date(2026, 11, 1) + timedelta(days=number) for number in range(3))
BADGES = 40


def _content(day: date) -> bytes:
    rows = (f"B{number:03d},{day}T08:{number:02d}:00Z\n" for number in range(BADGES))
    return "".join(["badge,heure\n", *rows]).encode()


@pytest.fixture
def drop(tmp_path: Path) -> MisbehavingDrop:
    right = Drop(tmp_path / "in", "passages-{jour}.csv", ZoneInfo("Europe/Paris"), _content)
    return MisbehavingDrop(right, Orders(tmp_path / FILE, seed=7))


def _visit(tmp_path: Path, store: RawStore) -> str:
    columns = (column("badge"), column("heure", "date-heure"))
    source = flow(tmp_path, *columns, address=str(tmp_path / "in"), options='{cle: "badge,heure"}')
    try:
        harvested(source, store)
    except PayloadRefused as refused:
        return refused.code
    return ""


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("duplicate", {"intake.key-twice"}),
        ("malformed", {"payload.nul"}),
        ("truncated", {"intake.maybe-cut", "payload.cut-short"}),
        ("huge", {"payload.line-too-long"}),
        ("late", {""}),
        ("slow", {""}),
        ("redirected", {""}),
    ],
)
def test_what_is_dropped_wrong_is_refused_and_held_once_it_is_put_right(
    tmp_path: Path, drop: MisbehavingDrop, kind: str, codes: set[str]
) -> None:
    store = store_at(tmp_path)
    write_orders(tmp_path / FILE, [f"depot=slow,{kind}"])
    drop.look(DAYS)
    assert drop.owed == ({DAYS[1]} if kind not in {"slow", "redirected"} else set())
    assert _visit(tmp_path, store) in codes
    drop.look(())
    assert drop.owed == set()
    assert _visit(tmp_path, store) == ""
    raw = store.held("visits", "barriers")
    rows = [(row["badge"], row["heure"]) for row in rows_of(raw, store, tmp_path / "work")]
    assert len(rows) == len(set(rows)) == BADGES * len(DAYS)
