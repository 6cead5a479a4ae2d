"""What is refused once a delivery is read, gives nothing, or stands at an edge, is treated alike by both engines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from anonymizers.places import Zones
from tests.applying import BADGE, HASHED, SITE, Essay, names, table
from tests.e2e.apply.deliveries import ESSAY, Row
from tests.e2e.apply.test_bad_input import BAD
from tests.e2e.engines.both import on_each, same
from tests.e2e.engines.corpus import COMMUNE, EPCI, HOMES, WEEK

pytestmark = [pytest.mark.spark, pytest.mark.usefixtures("spark")]

NOW = datetime(2027, 6, 1, 12, tzinfo=UTC)
NOTHING = "release.nothing-shown"
REFUSED = {
    "no unit": NOTHING,
    "one unit": NOTHING,
    "one unit holds nearly all": NOTHING,
    "before all calendars": "release.too-early",
    "a value that reads like a total": "release.reserved-label",
}
WAITING = ("all null", "the last second of all", "hours that no clock showed")


@pytest.mark.parametrize("case", REFUSED)
def test_both_engines_refuse_for_the_same_reason(tmp_path: Path, case: str) -> None:
    assert same(on_each(tmp_path, lambda desk: desk.apply(ESSAY, BAD[case][0]), now=NOW))["refused"] == REFUSED[case]


@pytest.mark.parametrize("case", WAITING)
def test_both_engines_find_nothing_due(tmp_path: Path, case: str) -> None:
    given = same(on_each(tmp_path, lambda desk: desk.apply(ESSAY, BAD[case][0]), now=NOW))
    assert given == {"waits until": None}


@dataclass(frozen=True)
class Edge:
    """A policy, its rows, and all that both must say."""

    essay: Essay
    rows: Sequence[Row]
    says: str
    zones: Zones | None = None


STEPS = "\n  - pas: [{champ: commune, niveau: commune}]\n  - pas: [{champ: commune, niveau: epci}]"
EDGES = {
    "no step of the ladder holds": Edge(
        table(
            [BADGE, COMMUNE],
            dimensions="[commune]",
            indicators=[HOMES],
            frequency="annee",
            changes={"echelle": STEPS, "perte_max_pourcent": "1"},
        ),
        [{"badge": name, "commune": code} for code, count in (("57001", 14), ("57003", 5)) for name in names(count)],
        "release.no-step",
        EPCI,
    ),
    "a week of two years, and the totals of its month": Edge(
        table([HASHED, SITE, WEEK], dimensions="[site, horodatage]", indicators=[HOMES], margins="[{par: [site]}]"),
        [
            {"badge": name, "site": "nord", "horodatage": f"{day}T23:59:59.999999+01:00"}
            for day in ("2026-12-28", "2026-12-31", "2027-01-03", "2027-01-04")
            for name in names(13)
        ],
        "site,horodatage,foyers,statut\nnord,2026-W53,13,publie\nnord,2027-W01,13,publie\n"
        "nord,ensemble 2026-12,13,publie\nnord,ensemble 2027-01,13,publie\n",
    ),
}


@pytest.mark.parametrize("edge", EDGES.values(), ids=EDGES)
def test_both_engines_say_the_same_at_an_edge(tmp_path: Path, edge: Edge) -> None:
    given = same(on_each(tmp_path, lambda desk: desk.apply(edge.essay, edge.rows), now=NOW, zones=edge.zones))
    assert given.get("refused", bytes(given.get("csv", b"")).decode()) == edge.says  # type: ignore[call-overload]
