"""Two towns that differ by one secret give the same bytes, whatever is asked of them."""

from datetime import timedelta
from pathlib import Path

import pytest

from catalog.gates.runner import GateRunner
from eclor.rights.asked import Right
from tests.attack.public_bytes import Answers, Visits, answers, differing, open_nomenclature, publish, told, town
from tests.e2e.retention.hamlet import START


def day(prefix: str = "B", /, **counts: int) -> Visits:
    return [(f"{prefix}{site}{badge:04d}", site) for site, count in counts.items() for badge in range(count)]


def seen(folder: Path, gates: GateRunner, visits: Visits, *, nomenclature: bool = False) -> Answers:
    with town(folder, gates, open_nomenclature if nomenclature else None) as one:
        publish(one, START, visits, minutes=1)
        return answers(one.home)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, gates: GateRunner) -> tuple[Path, Answers]:
    folder = tmp_path_factory.mktemp("plain")
    return folder, seen(folder, gates, day(VIL=20, AUD=20, OTT=5))


def test_everything_is_asked_and_a_public_number_is_seen(plain: tuple[Path, Answers], gates: GateRunner) -> None:
    """The comparison can fail: one more person at a site that is shown is told in many places."""
    folder, before = plain
    assert sum(status == 200 for status, _, _ in before.values()) > 100
    assert differing(before, seen(folder, gates, day(VIL=21, AUD=20, OTT=5)))


def test_a_masked_value_changes_no_byte(plain: tuple[Path, Answers], gates: GateRunner) -> None:
    folder, before = plain
    assert differing(before, seen(folder, gates, day(VIL=20, AUD=20, OTT=7))) == []


def test_the_same_counts_of_other_people_change_no_byte(plain: tuple[Path, Answers], gates: GateRunner) -> None:
    folder, before = plain
    assert differing(before, seen(folder, gates, day("C", VIL=20, AUD=20, OTT=5))) == []


def test_a_rare_value_of_an_open_nomenclature_is_nowhere(tmp_path: Path, gates: GateRunner) -> None:
    there = seen(tmp_path, gates, day(VIL=20, AUD=20, QXW=5), nomenclature=True)
    assert "QXW" not in told(there)
    assert differing(there, seen(tmp_path, gates, day(VIL=20, AUD=20), nomenclature=True)) == []
    assert differing(there, seen(tmp_path, gates, day(VIL=20, AUD=20, QXV=4), nomenclature=True)) == []


def test_an_erasure_between_two_periods_changes_no_byte(tmp_path: Path, gates: GateRunner) -> None:
    found = []
    for erased in (False, True):
        with town(tmp_path, gates) as one:
            publish(one, START, day(VIL=20, AUD=20), minutes=1)
            if erased:
                assert one.asks(Right.ERASURE, "BVIL0003").done[0].rows == 1
            later = [visit for visit in day(VIL=20, AUD=20) if visit[0] != "BVIL0003"]
            publish(one, START + timedelta(days=1), later, days=1)
            found.append(answers(one.home))
    assert differing(*found) == []
