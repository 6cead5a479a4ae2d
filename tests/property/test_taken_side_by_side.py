"""Rows taken side by side come in, are left out, refused and counted as one by one."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eclor.errors import PayloadRefused
from eclor.world import FixedClock
from harvesters.admission import Admission
from harvesters.collecting import Collector
from harvesters.intake import IntakeCounts
from harvesters.parsing import Columns, Shape
from tests.harvesting import NOON, all_of, column, flow

HEADER = ("id", "weight", "u", "kind", "state", "lon", "lat", "at")
PLAIN = (column("id"), column("weight", "entier"), column("at", "date-heure"))
FLOWS = {
    "plain": (PLAIN, ""),
    "unit": ((column("id"), column("weight", "entier", more=", unite: {chemin: u, valeur: W}")), ""),
    "codes": ((*PLAIN, column("kind", more=", valeurs: [a, b]")), ""),
    "kept": (PLAIN, "    garder: [{chemin: state, valeurs: ['on', 'off']}, {chemin: kind, valeurs: [a]}]"),
    "withdrawn": (PLAIN, "    garder: [{chemin: state, valeurs: ['on'], retirer: id}]"),
    "kept by what is not there": (PLAIN, "    garder: [{chemin: absent, valeurs: ['on']}]"),
    "two paths": ((*PLAIN, column("place", "position", path="lon,lat")), ""),
    "missing": ((*PLAIN, column("absent")), ""),
    "may be missing": ((*PLAIN, column("absent", more=", facultatif: oui")), ""),
}
cells = st.tuples(
    st.text("ab ", min_size=1, max_size=2), st.sampled_from(["1", "2", "x", ""]), st.sampled_from(["W", "W", "kW"]),
    st.sampled_from(["a", "b ", "", "c"]), st.sampled_from(["on", "off", "ON"]), st.sampled_from(["5.9", ""]),
    st.sampled_from(["49.4", "x"]),
    st.sampled_from(["2026-03-29T02:30:00", "2026-11-28T10:00:00Z", "2026-10-25T02:30"]),
)  # fmt: skip
Taken = tuple[list[object], IntakeCounts, str, str, dict[str, set[str]]]


@pytest.fixture(scope="module")
def admissions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Admission]:
    """Declare each flow, as of a table that may have other columns."""
    found = {}
    for name, (columns, more) in FLOWS.items():
        source = flow(tmp_path_factory.mktemp("flow"), *columns, address=str(Path.cwd()), more=more)
        found[name] = Admission.of(source, all_of(source), shape=Shape.NESTED)
    return found


def _taken(admission: Admission, take: Callable[[Collector], pa.Table]) -> Taken:
    """Return the rows that came in, the counts, the refusals of the delivery and of all its rows, who is hidden."""
    collector, rows, refusal = Collector(admission, FixedClock(NOON)), [], ""
    try:
        rows = take(collector).to_pylist()
    except PayloadRefused as refused:
        refusal = str(refused)
    changed = str(collector.changed(name="envoi")) if collector.refused else ""
    return rows, collector.counts, refusal, changed, collector.hidden


@pytest.mark.parametrize(
    ("kind", "said", "stored"),
    [
        ("entier", " 007", {"7"}),
        ("code", Decimal("12.0"), {"12"}),
        ("code", "e\u0301 ", {"\u00e9"}),
        ("code", " ", None),
    ],
)
def test_who_is_hidden_is_named_as_they_are_stored(
    tmp_path: Path, kind: str, said: object, stored: set[str] | None
) -> None:
    more = "    garder: [{chemin: state, valeurs: ['on'], retirer: id}]"
    source = flow(tmp_path, column("id", kind), address=str(Path.cwd()), more=more)
    collector = Collector(Admission.of(source, all_of(source), shape=Shape.NESTED), FixedClock(NOON))
    collector.take({"id": said, "state": "off"})
    assert collector.hidden.get("id") == stored


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(sorted(FLOWS)), st.lists(cells, min_size=1, max_size=5), st.lists(cells, max_size=2))
def test_they_are_taken_as_one_by_one(
    admissions: dict[str, Admission], name: str, rows: list[tuple[str, ...]], before: list[tuple[str, ...]]
) -> None:
    table = pa.table({name: [row[at] for row in rows] for at, name in enumerate(HEADER)})

    def side_by_side(collector: Collector) -> pa.Table:
        for row in before:
            collector.take(dict(zip(HEADER, row, strict=True)))
        return collector.batch_of(Columns(table, 2))

    def one_by_one(collector: Collector) -> pa.Table:
        for row in [*before, *rows]:
            collector.take(dict(zip(HEADER, row, strict=True)))
        return collector.batch()

    assert _taken(admissions[name], side_by_side) == _taken(admissions[name], one_by_one)
