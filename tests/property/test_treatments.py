"""Every treatment, on DuckDB: never finer, null in null out, whatever the order of the rows."""

import hashlib
import hmac
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.columns import OUTSIDE, band_labels, sortable
from anonymizers.instants import label_of_bucket, period_of
from anonymizers.kit import check_treatment, is_monotone
from anonymizers.places import ZoneGrain
from anonymizers.pooling import POOLED
from anonymizers.times import Grain, hour_label, span_holding, span_labelled
from anonymizers.treatments import (
    TREATMENTS,
    aggregate,
    bins,
    cap,
    count_units,
    grouping,
    keep,
    mask,
    pooled_zone,
    pseudonymise,
    round_to,
    time_grain,
    zone_grain,
    zone_of_position,
)
from eclor.engine.limits import Limits
from eclor.engine.session import Session, opened_session
from eclor.world import Secret

PARIS = ZoneInfo("Europe/Paris")
KEY = bytes(range(32))
PERIOD = date(2026, 5, 1)
EPCI = {"57001": "E1", "57002": "E1", "57003": "E2"}
BOUNDS = (0, 5, 20)
GROUPS = (("wood", ("bois", "branches")), ("rest", ("verre",)))
COARSER = {
    Grain.HOUR: Grain.DAY,
    Grain.DAY: Grain.WEEK,
    Grain.MONTH: Grain.QUARTER,
    Grain.QUARTER: Grain.YEAR,
}

TEXTS = st.one_of(st.none(), st.text(alphabet=st.characters(exclude_categories=["C"]), max_size=8))
NUMBERS = st.one_of(st.none(), st.integers(-(2**53), 2**53))
INSTANTS = st.one_of(
    st.none(),
    st.datetimes(datetime.fromisoformat("1971-01-01T00:00:00"), datetime.fromisoformat("2037-01-01T00:00:00")),
    # around both clock changes of 2026, where mistakes live
    st.builds(
        lambda base, seconds: base + timedelta(seconds=seconds),
        st.sampled_from([datetime.fromisoformat("2026-03-29T01:00:00"), datetime.fromisoformat("2026-10-25T01:00:00")]),
        st.integers(-9000, 9000),
    ),
)
COMMUNES = st.one_of(st.none(), st.sampled_from(sorted(EPCI)), st.sampled_from(["570010101", "570020000", "5700"]))

PLACES = {"5.9,49.4": "57002", "6,49.5": "57001"}
"""What a session holds of positions; any other is in no zone."""
CONFIRMED = {"a": "z", "b": "y"}
"""What a session holds of texts that a person read."""
PLACED = st.one_of(st.none(), st.sampled_from([*PLACES, "7,50"]))

Treat = Callable[[Any], Any]
CASES: dict[str, tuple[pa.DataType, st.SearchStrategy[Any], Treat]] = {
    "aggregate": (pa.string(), TEXTS, aggregate.treat),
    "bins": (pa.int64(), NUMBERS, partial(bins.treat, bounds=BOUNDS)),
    "bins, sortable": (pa.int64(), NUMBERS, partial(bins.treat, bounds=BOUNDS, written=sortable)),
    "cap": (pa.int64(), NUMBERS, partial(cap.treat, ceiling=10)),
    "count_units": (pa.string(), TEXTS, count_units.treat),
    "grouping": (
        pa.string(),
        st.one_of(st.none(), st.sampled_from(["bois", "branches", "verre", "autre", ""])),
        partial(grouping.treat, groups=GROUPS),
    ),
    "keep": (pa.string(), TEXTS, keep.treat),
    "mask": (pa.string(), TEXTS, partial(mask.treat, name="note")),
    "pooled_zone": (pa.string(), COMMUNES, pooled_zone.treat),
    "pseudonymise": (
        pa.string(),
        TEXTS,
        partial(pseudonymise.treat, dataset="jeu", name="badge", period=ibis.literal(PERIOD)),
    ),
    "round_to": (pa.int64(), NUMBERS, partial(round_to.treat, base=10)),
    **{
        f"time_grain {grain.value}": (pa.timestamp("us"), INSTANTS, partial(time_grain.treat, grain=grain))
        for grain in Grain
    },
    "zone_of_position": (pa.string(), PLACED, partial(zone_of_position.treat, grain=ZoneGrain.COMMUNE)),
    "zone_grain commune": (pa.string(), COMMUNES, partial(zone_grain.treat, grain=ZoneGrain.COMMUNE)),
    "zone_grain epci": (pa.string(), COMMUNES, partial(zone_grain.treat, grain=ZoneGrain.EPCI)),
    "zone_grain iris": (pa.string(), COMMUNES, partial(zone_grain.treat, grain=ZoneGrain.IRIS)),
}


class Bench:
    """One open session, and columns brought to it."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def treated(self, kind: pa.DataType, values: Sequence[Any], treat: Treat) -> list[Any]:
        return self.columns({"value": (kind, values)}, lambda raw: treat(raw.value))

    def columns(self, columns: dict[str, tuple[pa.DataType, Sequence[Any]]], treat: Treat) -> list[Any]:
        read = pa.table({name: pa.array(values, kind) for name, (kind, values) in columns.items()})
        numbered = read.append_column("position", pa.array(range(read.num_rows)))
        self.session._connection.register("given", numbered)
        self.session._connection.execute("CREATE OR REPLACE TEMP TABLE raw AS SELECT * FROM given")
        raw = ibis.table(ibis.schema(numbered.schema), name="raw")
        answer = self.session.arrow(raw.select("position", out=treat(raw)))
        return [row["out"] for row in sorted(answer.to_pylist(), key=lambda row: row["position"])]


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with tempfile.TemporaryDirectory() as folder, opened_session((), Limits(Path(folder))) as session:
        session.know_any_local_time()
        session.hold_keys({PERIOD: Secret(KEY)})
        session.hold_zones({**EPCI, f"{POOLED}57001": "57003"})
        session.know_labels(band_labels(BOUNDS))
        scope = zone_of_position.scope_of(ZoneGrain.COMMUNE)
        known = [{"scope": scope, "content": at, "known": zone} for at, zone in PLACES.items()]
        read = mask.scope_of("note")
        known += [{"scope": read, "content": text, "known": said} for text, said in CONFIRMED.items()]
        session.know_values(pa.Table.from_pylist(known))
        yield Bench(session)


def test_the_table_finds_each_treatment() -> None:
    modules = (aggregate, bins, cap, count_units, grouping, keep, mask, pooled_zone, pseudonymise, round_to, time_grain)
    found = {m.__name__.rpartition(".")[2]: m.treat for m in (*modules, zone_grain, zone_of_position)}
    assert list(TREATMENTS) == sorted(found)
    for name, place in TREATMENTS.items():
        module, _, attribute = place.partition(":")
        assert getattr(import_module(module), attribute) is found[name]


def test_an_empty_text_is_no_unit_and_no_value(bench: Bench) -> None:
    for name in ("aggregate", "count_units", "grouping"):
        kind, _, treat = CASES[name]
        assert bench.treated(kind, ["", "bois"], treat)[0] is None


def test_every_treatment_of_the_table_is_tried_here() -> None:
    tried = {name.split(" ")[0].rstrip(",") for name in CASES}
    assert tried == set(TREATMENTS)


def declared_monotone(name: str) -> bool:
    declared: bool = import_module(TREATMENTS[name.partition(" ")[0].rstrip(",")].partition(":")[0]).MONOTONE
    return declared


@pytest.mark.parametrize("name", CASES)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_each_holds_what_the_kit_asks_of_a_treatment(bench: Bench, name: str, data: st.DataObject) -> None:
    kind, values, treat = CASES[name]
    drawn = data.draw(st.lists(values, min_size=1, max_size=6))
    check_treatment(lambda given: bench.treated(kind, given, treat), drawn, monotone=declared_monotone(name))


TURNED = {
    "bins": [6, 25],
    "grouping": ["bois", "verre"],
    "mask": ["a", "b"],
    "pseudonymise": ["a", "b", "c", "d", "e"],
    "pooled_zone": ["57001", "57002"],
    "zone_grain epci": ["57003", "99999"],
    "zone_of_position": ["5.9,49.4", "6,49.5"],
}
"""Values that a treatment which is not monotone puts in another order."""


def test_what_is_declared_not_monotone_is_not(bench: Bench) -> None:
    for name, values in TURNED.items():
        kind, _, treat = CASES[name]
        assert not is_monotone(partial(bench.treated, kind, treat=treat), values), name
    turned = {name.split(" ")[0] for name in TURNED}
    assert turned == {name for name in TREATMENTS if not declared_monotone(name)}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(INSTANTS.filter(lambda value: value is not None), min_size=2, max_size=6), st.sampled_from(list(COARSER))
)
def test_instants_together_at_a_level_are_together_at_the_next(
    bench: Bench, instants: list[datetime], grain: Grain
) -> None:
    fine = bench.treated(pa.timestamp("us"), instants, partial(time_grain.treat, grain=grain))
    coarse = bench.treated(pa.timestamp("us"), instants, partial(time_grain.treat, grain=COARSER[grain]))
    coarser_of = dict(zip(fine, coarse, strict=True))
    assert [coarser_of[value] for value in fine] == coarse


@settings(max_examples=60, deadline=None)
@given(st.lists(INSTANTS.filter(lambda value: value is not None), min_size=1, max_size=6))
def test_labels_in_the_engine_are_those_of_the_calendar(bench: Bench, instants: list[datetime]) -> None:
    """Expected from the zone database and `datetime`, not from the engine."""
    local = [instant.replace(tzinfo=UTC).astimezone(PARIS) for instant in instants]
    hours = [at.replace(minute=0, second=0, microsecond=0).isoformat() for at in local]
    said = bench.treated(pa.timestamp("us"), instants, partial(labelled, grain=Grain.HOUR))
    assert said == hours
    for grain in (Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR):
        said = bench.treated(pa.timestamp("us"), instants, partial(labelled, grain=grain))
        assert said == [span_holding(grain, at.date()).label for at in local]


def labelled(column: Any, *, grain: Grain) -> Any:
    return label_of_bucket(time_grain.treat(column, grain=grain), grain=grain)


@settings(max_examples=60, deadline=None)
@given(st.lists(INSTANTS.filter(lambda value: value is not None), min_size=1, max_size=6), st.data())
def test_the_period_of_a_cell_is_that_of_its_first_day_and_of_a_week_its_thursday(
    bench: Bench, instants: list[datetime], data: st.DataObject
) -> None:
    grain = data.draw(st.sampled_from([Grain.HOUR, Grain.DAY, Grain.WEEK, Grain.MONTH]))
    frequency = data.draw(st.sampled_from([Grain.MONTH, Grain.QUARTER, Grain.YEAR]))

    def period(column: Any) -> Any:
        return period_of(time_grain.treat(column, grain=grain), grain=grain, frequency=frequency)

    days = [instant.replace(tzinfo=UTC).astimezone(PARIS).date() for instant in instants]
    if grain is Grain.WEEK:
        days = [day - timedelta(days=day.weekday()) + timedelta(days=3) for day in days]
    assert bench.treated(pa.timestamp("us"), instants, period) == [span_holding(frequency, day).first for day in days]


def test_an_ambiguous_hour_is_a_cell_of_its_own_on_the_autumn_night(bench: Bench) -> None:
    first, second = datetime.fromisoformat("2026-10-25T00:30:00"), datetime.fromisoformat("2026-10-25T01:30:00")
    columns = {
        "value": (pa.timestamp("us"), [first, second, first]),
        "ambiguous": (pa.bool_(), [False, False, True]),
    }

    def treat(raw: Any) -> Any:
        return time_grain.treat(raw.value, grain=Grain.HOUR, ambiguous=raw.ambiguous)

    buckets = bench.columns(columns, treat)
    expected = ["2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00", "2026-10-25T02:00:00"]
    assert [hour_label(bucket) for bucket in buckets] == expected
    assert bench.columns(columns, lambda raw: label_of_bucket(treat(raw), grain=Grain.HOUR)) == expected


@settings(max_examples=50, deadline=None)
@given(
    st.text(alphabet=st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1).filter(lambda text: text.strip())
)
def test_a_pseudonym_is_the_hmac_of_python(bench: Bench, value: str) -> None:
    treat = partial(pseudonymise.treat, dataset="jeu", name="badge", period=ibis.literal(PERIOD))
    message = "jeu\x1fbadge\x1f" + unicodedata.normalize("NFC", value.strip())
    assert bench.treated(pa.string(), [value], treat) == [hmac.new(KEY, message.encode(), hashlib.sha256).hexdigest()]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-(2**60), 2**60), min_size=1, max_size=6), st.integers(2, 1000))
def test_rounding_is_to_the_nearest_multiple_half_up(bench: Bench, values: list[int], base: int) -> None:
    outs = bench.treated(pa.int64(), values, partial(round_to.treat, base=base))
    for value, out in zip(values, outs, strict=True):
        assert out % base == 0
        assert -base <= 2 * (value - out) < base


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(-30, 60), min_size=1, max_size=8))
def test_a_band_holds_its_value(bench: Bench, values: list[int]) -> None:
    for value, label in zip(values, bench.treated(pa.int64(), values, partial(bins.treat, bounds=BOUNDS)), strict=True):
        if value < BOUNDS[0]:
            assert label == OUTSIDE
        elif label.endswith("+"):
            assert value >= int(label[:-1])
        else:
            low, high = label.split("-")
            assert int(low) <= value < int(high)


@given(
    st.dates(date(1990, 1, 1), date(2040, 12, 31)),
    st.sampled_from([grain for grain in Grain if grain is not Grain.HOUR]),
)
def test_a_label_names_its_span(day: date, grain: Grain) -> None:
    span = span_holding(grain, day)
    assert span.first <= day < span.after
    assert span_labelled(span.label) == span


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)), st.sampled_from([Grain.MONTH, Grain.QUARTER, Grain.YEAR]))
def test_the_weeks_of_a_period_are_those_whose_thursday_it_holds(day: date, grain: Grain) -> None:
    period = span_holding(grain, day)
    thursdays = [
        period.first + timedelta(days=offset)
        for offset in range((period.after - period.first).days)
        if (period.first + timedelta(days=offset)).isoweekday() == 4
    ]
    assert [week.first + timedelta(days=3) for week in period.parts(Grain.WEEK)] == thursdays
