"""A clock that jumps never deletes early."""

from dataclasses import replace
from datetime import timedelta

import pytest

from eclor.errors import EclorError
from eclor.retention.clock import believed_now
from eclor.retention.running import heartbeat
from eclor.world import Uptime
from tests.e2e.retention.hamlet import START, Hamlet, sealed_files


def test_a_leap_is_not_time_that_passed(hamlet: Hamlet) -> None:
    hamlet.clock.leap(timedelta(days=100))
    with pytest.raises(EclorError) as refused:
        hamlet.purged()
    assert refused.value.code == "retention.clock-leapt"
    assert len(sealed_files(hamlet.place)) == 1


def test_what_is_written_under_a_leapt_clock_is_no_evidence_for_it(hamlet: Hamlet) -> None:
    """After a reboot the walks go on, the journal gets entries, days pass: still nothing is destroyed."""
    hamlet.clock.boot = "two"
    hamlet.clock.leap(timedelta(days=100))
    for _ in range(4):
        hamlet.walked(days=1)
        heartbeat(hamlet.house)
        with pytest.raises(EclorError, match="retention"):
            hamlet.purged()
    assert len(sealed_files(hamlet.place)) == 1


def test_nothing_comes_out_by_a_clock_that_leapt_and_all_does_once_it_is_right(hamlet: Hamlet) -> None:
    hamlet.day(START + timedelta(days=4))
    before = hamlet.public_bytes()
    hamlet.clock.leap(timedelta(days=60))
    done = hamlet.walked(minutes=1)
    assert (done.outcome, done.door) == ("refused", "compile")
    assert "[run.clock-leapt] L'horloge dit 2027-01-23" in done.message_fr
    assert hamlet.public_bytes() == before, "the journal of the right time still takes entries"
    hamlet.clock.leap(timedelta(days=-60))
    assert "[run.clock-went-back]" in hamlet.walked(minutes=1).message_fr, "once, of the walk of that clock"
    done = hamlet.walked(days=3)
    assert (done.outcome, done.version) == ("published", 2), done.message_fr


def test_a_person_who_looked_at_the_clock_lets_the_walks_go_on(hamlet: Hamlet) -> None:
    hamlet.day(START + timedelta(days=4))
    hamlet.clock.leap(timedelta(days=20))
    assert "[run.clock-leapt]" in hamlet.walked(minutes=1).message_fr
    hamlet.purged(confirmed=True)
    done = hamlet.walked(minutes=1)
    assert (done.outcome, done.version) == ("published", 2), done.message_fr


def test_a_machine_that_slept_a_night_walks_on(hamlet: Hamlet) -> None:
    hamlet.day(START + timedelta(days=4))
    hamlet.walked(days=2)
    hamlet.clock.leap(timedelta(hours=30))
    assert hamlet.walked(minutes=1).outcome == "published"


def test_a_clock_behind_the_time_that_passed_is_told_what_time_it_is(hamlet: Hamlet) -> None:
    hamlet.clock.leap(timedelta(hours=-3))
    with pytest.raises(EclorError) as refused:
        hamlet.purged(hours=4)
    now, last = str(refused.value.facts["now"]), str(refused.value.facts["last"])
    assert now < last


def test_a_leap_that_comes_back_is_forgotten(hamlet: Hamlet) -> None:
    hamlet.clock.leap(timedelta(days=100))
    with pytest.raises(EclorError, match="retention"):
        hamlet.purged()
    hamlet.clock.leap(timedelta(days=-100))
    assert hamlet.purged(hours=1).is_clean
    assert len(sealed_files(hamlet.place)) == 1


def test_a_clock_that_went_back_destroys_nothing(hamlet: Hamlet) -> None:
    hamlet.purged(days=89)
    hamlet.clock.leap(timedelta(days=-1))
    with pytest.raises(EclorError) as refused:
        hamlet.purged()
    assert refused.value.code == "retention.clock-went-back"


def test_a_leap_over_a_reboot_needs_a_person(hamlet: Hamlet) -> None:
    hamlet.clock.boot = "two"
    hamlet.clock.leap(timedelta(days=100))
    with pytest.raises(EclorError) as refused:
        hamlet.purged()
    assert refused.value.code == "retention.clock-leapt"
    assert hamlet.purged(confirmed=True).is_clean
    assert sealed_files(hamlet.place) == []


def test_a_night_off_needs_nobody(hamlet: Hamlet) -> None:
    hamlet.purged(days=80)
    hamlet.clock.boot = "two"
    hamlet.clock.leap(timedelta(hours=30))
    assert hamlet.purged().is_clean


def test_a_lost_mark_falls_back_on_the_journal(hamlet: Hamlet) -> None:
    (hamlet.home / "retention" / "clock.json").unlink()
    hamlet.clock.instant += timedelta(days=100)
    with pytest.raises(EclorError) as refused:
        hamlet.purged()
    assert refused.value.code == "retention.clock-leapt"
    assert len(sealed_files(hamlet.place)) == 1


def test_a_broken_mark_is_no_permission(hamlet: Hamlet) -> None:
    (hamlet.home / "retention" / "clock.json").write_text("{")
    with pytest.raises(EclorError) as refused:
        hamlet.purged(days=100)
    assert refused.value.code == "retention.clock-unreadable"


def test_nobody_confirms_a_clock_that_is_behind_the_journal(hamlet: Hamlet) -> None:
    hamlet.clock.leap(timedelta(days=-10))
    with pytest.raises(EclorError) as refused:
        hamlet.purged(confirmed=True)
    assert refused.value.code == "retention.clock-went-back"


def test_without_an_uptime_only_a_short_gap_is_believed(hamlet: Hamlet) -> None:
    folder = hamlet.home / "elsewhere"
    world = replace(hamlet.house.world, uptime=lambda: Uptime("", 0.0))
    believed_now(folder, world, known=None)
    hamlet.clock.instant += timedelta(hours=20)
    assert believed_now(folder, world, known=None) == hamlet.clock.instant
    hamlet.clock.instant += timedelta(hours=40)
    with pytest.raises(EclorError, match="retention"):
        believed_now(folder, world, known=None)
