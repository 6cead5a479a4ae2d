"""Rules that hold for whatever a source sends."""

import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from math import floor
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from eclor.errors import PayloadRefused
from eclor.names import FieldName
from eclor.world import Secret
from harvesters import write_ahead
from harvesters.admission import Admission
from harvesters.intake import AllowedFields, IntakeCounts
from harvesters.layout import found_at, layout_of
from harvesters.parsing import Shape
from harvesters.sealed_file import read_sealed, write_sealed
from harvesters.source import MappedColumn
from harvesters.storage_types import CellRefused, half_up, read_decimal, read_integer, read_text
from harvesters.times import NoSuchTime, read_instant
from harvesters.write_ahead import Record, Segment
from tests.harvesting import column, flow, world

PARIS = ZoneInfo("Europe/Paris")
naive_instants = st.datetimes(datetime.fromisoformat("1975-01-01"), datetime.fromisoformat("2060-01-01"))
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(naive_instants, offsets)
def test_an_instant_with_its_offset_is_that_instant(naive: datetime, offset: timezone) -> None:
    aware = naive.replace(tzinfo=offset)
    read = read_instant(aware.isoformat())
    assert read.utc.replace(tzinfo=UTC) == aware
    assert not read.ambiguous


@given(naive_instants)
@example(datetime.fromisoformat("2026-03-29T02:30:00"))
@example(datetime.fromisoformat("2026-10-25T02:30:00"))
@example(datetime.fromisoformat("2026-10-25T03:00:00"))
def test_a_local_time_shows_as_it_was_written_on_a_clock_in_paris(naive: datetime) -> None:
    both = [naive.replace(tzinfo=PARIS, fold=fold).astimezone(UTC) for fold in (0, 1)]
    shown = [instant.astimezone(PARIS).replace(tzinfo=None) for instant in both]
    if naive not in shown:
        with pytest.raises(NoSuchTime):
            read_instant(naive.isoformat())
        return
    read = read_instant(naive.isoformat())
    assert read.utc.replace(tzinfo=UTC).astimezone(PARIS).replace(tzinfo=None, fold=0) == naive
    assert read.ambiguous == (both[0] != both[1])
    assert read.utc.replace(tzinfo=UTC) == min(both), "the doubled hour is read as summer"


@given(st.integers(-(2**70), 2**70), st.integers(1, 2**40))
def test_half_up_is_the_nearest_integer_and_the_greater_in_the_middle(numerator: int, denominator: int) -> None:
    assert half_up(numerator, denominator) == floor(Fraction(numerator, denominator) + Fraction(1, 2))


numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=6)


@given(numbers, st.integers(1, 10_000), st.integers(1, 10_000))
def test_a_factor_is_applied_exactly(number: Decimal, times: int, per: int) -> None:
    assume((times, per) != (1, 1))
    mapped = MappedColumn(FieldName("c"), "c", "entier", times=times, per=per)
    exact = Fraction(number) * times / per
    assert read_integer(number, mapped) == read_integer(f"{number:f}", mapped) == floor(exact + Fraction(1, 2))


@given(numbers, st.integers(1, 6))
def test_a_decimal_is_exact_or_refused(number: Decimal, decimals: int) -> None:
    fits = (Fraction(number) * 10**decimals).denominator == 1
    try:
        read = read_decimal(number, MappedColumn(FieldName("c"), "c", "decimal", decimals=decimals))
    except CellRefused:
        assert not fits
        return
    assert fits
    assert read == number
    assert read.as_tuple().exponent == -decimals


@given(st.text())
def test_a_text_is_read_once_for_all(text: str) -> None:
    mapped = MappedColumn(FieldName("c"), "c", "texte")
    try:
        read = read_text(text, mapped)
    except CellRefused:
        assert not text.isprintable()
        return
    assert read_text(read, mapped) == read
    assert unicodedata.is_normalized("NFC", read)


@given(st.one_of(st.floats(), st.booleans(), st.lists(st.integers()), st.binary(), st.text(max_size=20)))
def test_no_cell_gives_anything_but_an_integer_or_a_refusal(cell: object) -> None:
    try:
        read = read_integer(cell, MappedColumn(FieldName("c"), "c", "entier"))
    except CellRefused:
        return
    assert isinstance(read, int)
    assert not isinstance(cell, bool)


members = st.text(st.characters(codec="ascii", categories=["L"]), min_size=1, max_size=3)
leaves = st.integers() | st.text(max_size=3) | st.none()
trees = st.recursive(leaves, lambda below: st.dictionaries(members, below), max_leaves=8)
nested = st.dictionaries(members, trees, min_size=1)


def _leaves(value: object, above: str = "") -> dict[str, object]:
    if not isinstance(value, dict) or not value:
        return {above: value}
    found: dict[str, object] = {}
    for name, below in value.items():
        found |= _leaves(below, f"{above}.{name}" if above else name)
    return found


@given(nested, st.data())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_every_leaf_is_either_stored_where_it_is_mapped_or_named(row: dict[str, object], data: st.DataObject) -> None:
    leaves = _leaves(row)
    mapped = data.draw(st.lists(st.sampled_from(sorted(leaves)), unique=True, min_size=1))
    with TemporaryDirectory() as folder:
        columns = [column(f"c{number}", path=path) for number, path in enumerate(mapped)]
        source = flow(Path(folder), *columns, address="/x", protocol="json")
    allowed = AllowedFields.of(collected=[item.name for item in source.columns], refused=())
    verdict = Admission.of(source, allowed, shape=Shape.NESTED).judge(layout_of(row))
    assert set(verdict.unmapped) == set(leaves) - set(mapped)
    assert [found_at(row, ways[0]) for ways in verdict.steps] == [leaves[path] for path in mapped]
    assert verdict.missing == ()


@given(nested, st.data())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_refused_path_never_passes_whatever_stands_around_it(row: dict[str, object], data: st.DataObject) -> None:
    refused = data.draw(st.sampled_from(sorted(_leaves(row))))
    with TemporaryDirectory() as folder:
        columns = [column("kept", path="x.kept", more=", facultatif: oui"), column("refused", path=refused)]
        source = flow(Path(folder), *columns, address="/x", protocol="json")
    admission = Admission.of(source, AllowedFields.of(collected=["kept"], refused=["refused"]), shape=Shape.NESTED)
    with pytest.raises(PayloadRefused):
        admission.judge(layout_of(row))


@given(st.binary(max_size=200), st.integers(0), st.integers(1, 255))
def test_no_changed_byte_of_a_sealed_file_opens(content: bytes, at: int, change: int) -> None:
    key = Secret(bytes(range(32)))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "p.enc"
        write_sealed(path, memoryview(content), key=key, name="p", prefix=bytes(8))
        assert b"".join(read_sealed(path, key=key, name="p")) == content
        sealed = bytearray(path.read_bytes())
        sealed[at % len(sealed)] ^= change
        path.write_bytes(sealed)
        with pytest.raises(PayloadRefused):
            b"".join(read_sealed(path, key=key, name="p"))


@given(st.lists(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=4), min_size=1, max_size=4), st.floats(0, 1))
@settings(max_examples=25, deadline=None)
def test_wherever_a_segment_is_cut_its_first_records_are_whole(batches: list[list[int]], kept: float) -> None:
    with TemporaryDirectory() as folder:
        home = Path(folder)
        ours = world(home)
        segment = Segment(home, "flow", ours)
        lengths = [segment.path.stat().st_size]
        for batch in batches:
            identities = tuple(number.to_bytes(16, signed=True) for number in batch)
            counts = IntakeCounts(rows=len(batch), reasons=(("a", 1),), unmapped=("x.y",))
            table = pa.table({"n": pa.array(batch, pa.int64())})
            segment.append(Record(table, identities, counts, ours.clock.now()))
            lengths.append(segment.path.stat().st_size)
        segment.close()
        cut = int(kept * lengths[-1])
        segment.path.write_bytes(segment.path.read_bytes()[:cut])
        records = write_ahead.read_segment(segment.path, ours)
        assert [record.table["n"].to_pylist() for record in records] == batches[
            : sum(size <= cut for size in lengths[1:])
        ]
