"""Which days hold rows is known without a scan where the files' statistics tell, and is then what a scan says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anonymizers.times import Grain
from charter.apply import Held
from charter.compile import Plan
from charter.dimensions import dimensions_at, time_dimension
from charter.due import closing_of
from charter.grains import GRAINS, step_levels
from charter.model import Catalogue
from charter.raw_table import collected_fields
from charter.run import Run
from charter.stored_days import stored_days
from eclor.engine.limits import Limits
from eclor.engine.session import opened_session
from eclor.errors import GuaranteeBroken
from eclor.names import FieldName, Slug, SourceName
from harvesters.intake import IntakeCounts, RawColumn, RawDataset
from tests.applying import BADGE, NOW, Desk, table

TIME = "horodatage date-heure temps quasi-identifiant {operation: generaliser, niveaux: [semaine, mois]}"
LADDER = {
    "echelle": "\n  - pas: [{champ: horodatage, niveau: semaine}]\n  - pas: [{champ: horodatage, niveau: mois}]",
    "perte_max_pourcent": "20",
}
ESSAY = table(
    [BADGE, TIME],
    dimensions="[horodatage]",
    indicators=["{nom: foyers, calcul: comptage-distinct, champ: badge}"],
    changes=LADDER,
)
FIRST = datetime(2026, 6, 1)  # noqa: DTZ001 - stored instants are naive UTC
MOMENTS = st.lists(st.none() | st.integers(0, 200 * 24), min_size=1, max_size=6)


@dataclass(frozen=True)
class Bench:
    """A compiled policy and where its files are written."""

    desk: Desk
    plan: Plan
    catalogue: Catalogue

    @contextmanager
    def held(self, groups: list[list[int | None]], *, statistics: bool) -> Iterator[Run]:
        """Give a run on one file: a group of rows each, of instants in hours after `FIRST`."""
        file = self.desk.folder / f"rows-{statistics}.parquet"
        written(file, groups, statistics=statistics)
        columns = tuple(RawColumn(FieldName(f.name), f.type.value) for f in collected_fields(self.plan.policy))
        raw = RawDataset(Slug("essai"), SourceName("essais"), columns, (), 1, IntakeCounts(), NOW)
        with opened_session((file,), Limits(self.desk.folder)) as session:
            yield Run(self.plan, Held(raw, (file,), None, self.catalogue, None), session, self.desk.world)


@pytest.fixture
def bench(desk: Desk) -> Bench:
    return Bench(desk, desk.plan(ESSAY), desk.territory(ESSAY).catalogue)


def written(file: Path, groups: list[list[int | None]], *, statistics: bool) -> None:
    schema = pa.schema([("badge", pa.string()), ("horodatage", pa.timestamp("us")), ("horodatage__ambigu", pa.bool_())])
    with pq.ParquetWriter(file, schema, write_statistics=statistics) as writer:
        for hours in groups:
            at = [None if each is None else FIRST + timedelta(hours=each) for each in hours]
            columns = [["B"] * len(at), at, [False] * len(at)]
            writer.write_table(pa.table([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema))


def periods(run: Run) -> dict[Grain, tuple[str, ...]]:
    """Return the periods of the days found, at every level of time of the ladder."""
    time = time_dimension(dimensions_at(run.plan.policy, step_levels(run.plan.policy)[0]))
    assert time is not None
    days, closing = stored_days(run, time), closing_of(run)
    grains = [GRAINS[levels[time.name]] for levels in step_levels(run.plan.policy)]
    return {grain: tuple(span.label for span in closing.periods(days, grain)) for grain in grains}


@given(st.lists(MOMENTS, min_size=1, max_size=3))
@settings(derandomize=True, max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_statistics_tell_the_periods_that_a_scan_finds(bench: Bench, groups: list[list[int | None]]) -> None:
    with bench.held(groups, statistics=True) as told, bench.held(groups, statistics=False) as scanned:
        assert periods(told) == periods(scanned)


def test_a_month_and_its_neighbour_are_known_without_reading_a_row(bench: Bench) -> None:
    with bench.held([[0, 100, 24 * 31], [None, None]], statistics=True) as run:
        deaf = replace(run, session=None)
        assert periods(deaf)[Grain.MONTH] == ("2026-06", "2026-07")


def test_a_month_between_two_others_is_looked_for(bench: Bench) -> None:
    with bench.held([[0, 24 * 35, 24 * 62]], statistics=True) as run:
        assert periods(run)[Grain.MONTH] == ("2026-06", "2026-07", "2026-08")


def test_rows_to_come_are_looked_behind(bench: Bench) -> None:
    """The last day of all is to come; one of the same month is past, and waits for its period to close."""
    bench.desk.now = FIRST.replace(tzinfo=UTC) + timedelta(days=40)
    with bench.held([[0, 24 * 35, 24 * 55]], statistics=True) as run:
        assert periods(run)[Grain.MONTH] == ("2026-06", "2026-07")


def test_a_day_before_all_is_refused_without_reading_a_row(bench: Bench) -> None:
    with bench.held([[-24 * 366 * 120, 5]], statistics=True) as run, pytest.raises(GuaranteeBroken) as refused:
        periods(replace(run, session=None))
    assert refused.value.code == "release.too-early"
