"""Rows whose every one has members of its own: they come in, and what is remembered of their layouts stays small."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from eclor.world import FixedClock
from harvesters import collecting
from harvesters.admission import Admission
from harvesters.collecting import Collector
from harvesters.parsing import Row, Shape
from tests.harvesting import NOON, all_of, column, flow


def _collector(folder: Path) -> Collector:
    source = flow(folder, column("badge"), address=str(folder), protocol="json")
    return Collector(Admission.of(source, all_of(source), shape=Shape.NESTED), FixedClock(NOON))


def _rows(count: int, members: int) -> Iterator[Row]:
    for number in range(count):
        yield {"badge": str(number), **{f"of_{_word(number)}_{_word(own)}": 1 for own in range(members)}}


def _word(number: int) -> str:
    """A number in letters: with digits a name may not be told."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def test_the_first_thousand_unmapped_paths_of_a_delivery_are_named(tmp_path: Path) -> None:
    collector = _collector(tmp_path)
    for row in _rows(1_200, 1):
        collector.take(row)
    named = collector.counts.unmapped
    assert (len(named), "of_jjj_a" in named, "of_baaa_a" in named) == (1_000, True, False)
    assert collector.batch()["badge"].to_pylist() == [str(number) for number in range(1_200)]


def test_verdicts_are_kept_up_to_so_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "_MOST_JUDGED", 100)
    collector = _collector(tmp_path)
    for row in _rows(60, 9):
        collector.take(row)
        assert 0 < sum(map(len, collector._verdicts)) <= 100
    wide = next(_rows(1, 500))
    collector.take(wide)
    assert len(collector._verdicts) == 1
    assert collector.batch().num_rows == 61
