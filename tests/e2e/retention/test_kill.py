"""kill -9 at each step of a purge and of an erasure, then the same again: all gone, each minute once, nothing lost."""

import signal
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from multiprocessing.context import ForkServerContext

import pytest

from catalog.witnesses import verify_journal
from charter.chain import Kind
from eclor.retention.minutes import Minutes
from eclor.rights.asked import Right
from eclor.world import KeyKind
from harvesters import index
from tests.e2e.faults.town import VISITS
from tests.e2e.faults.walker import context
from tests.e2e.retention import dying
from tests.e2e.retention.hamlet import START, Hamlet, sealed_files

PURGE = [
    "purge.opened",
    "purge.unindexed",
    "purge.key-destroyed",
    "purge.file-gone",
    "purge.minuted",
    "journal.written",
    "purge.journaled",
]
ERASURE = [
    "erase.screened",
    "erase.noted",
    "erase.written",
    "erase.entered",
    "erase.key-destroyed",
    "erase.recorded",
    "erase.kept",
]
VERSION = ["purge.withdrawn", "purge.version-moved"]


@pytest.fixture(scope="session")
def processes() -> ForkServerContext:
    return context()


def killed(processes: ForkServerContext, task: Callable[..., None], *args: object) -> None:
    process = processes.Process(target=task, args=args)
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL


def assert_the_record_is_whole(hamlet: Hamlet) -> list[bytes]:
    """Each full minute has its digest in the public journal, once; none is open; the chain holds."""
    journal = hamlet.house.catalog.journal
    minutes = (hamlet.home / "retention" / "minutes.jsonl").read_bytes().splitlines()
    told = [entry.facts["digest"] for entry in journal.entries() if entry.kind is Kind.PURGE]
    assert told == [sha256(line).hexdigest() for line in minutes]
    assert list(Minutes(hamlet.home, journal, hamlet.house.world).left_open()) == []
    verify_journal(journal, hamlet.house.catalog.published)
    return minutes


@pytest.mark.parametrize("point", PURGE)
def test_a_purge_cut_anywhere_is_finished_by_the_next(processes: ForkServerContext, hamlet: Hamlet, point: str) -> None:
    hamlet.clock.instant += timedelta(days=95)
    killed(processes, dying.purge, hamlet.folder, hamlet.clock.instant, point)
    with dying.again(hamlet) as after:
        assert after.purged(minutes=1).is_clean
        assert sealed_files(after.place) == []
        assert after.ring.names(KeyKind.PARTITION) == ()
        assert len(assert_the_record_is_whole(after)) == 1
        assert after.purged(minutes=1).closed == []
        assert len(assert_the_record_is_whole(after)) == 1


@pytest.mark.parametrize("point", VERSION)
def test_a_version_that_ends_is_whole_or_gone(processes: ForkServerContext, endorsed: Hamlet, point: str) -> None:
    endorsed.clock.instant += timedelta(days=366 * 5 + 1)
    killed(processes, dying.purge, endorsed.folder, endorsed.clock.instant, point)
    with dying.again(endorsed) as after:
        assert after.purged(minutes=1).is_clean
        assert not after.house.catalog.version_folder(VISITS, 1).exists()
        assert list(after.house.catalog.work.glob("*")) == []
        assert_the_record_is_whole(after)
        told = [one for one in after.house.catalog.journal.entries() if one.kind is Kind.WITHDRAWAL]
        assert len(told) == 1


@pytest.mark.parametrize("point", ERASURE)
def test_an_erasure_cut_anywhere_is_made_again_whole(processes: ForkServerContext, hamlet: Hamlet, point: str) -> None:
    hamlet.day(START + timedelta(days=4))
    hamlet.walked(days=2)
    units = ("B000003", "B000004")
    killed(processes, dying.ask, hamlet.folder, hamlet.clock.instant, point, units)
    with dying.again(hamlet) as after:
        answer = after.asks(Right.ERASURE, *units)
        assert sum(done.rows for done in answer.done) == 8, "the receipt tells what both did"
        assert after.kept == [answer]
        assert len((after.home / "retention" / "requests.jsonl").read_bytes().splitlines()) == 1
        indexed = [one for entry in index.entries(after.place) for one in entry.delivery.partitions]
        assert sorted(one.rows for one in indexed) == [36, 36]
        assert {one.identifier for one in indexed} == {file.name.split(".")[0] for file in sealed_files(after.place)}
        raw = {name for name in after.ring.names(KeyKind.PARTITION) if len(name) == 32}
        assert raw == {one.identifier for one in indexed}
        done = after.walked(minutes=1)
        assert (done.outcome, done.version) == ("unchanged", hamlet_version(hamlet)), done.message_fr


def hamlet_version(hamlet: Hamlet) -> int:
    versions = (hamlet.home / "published" / VISITS / "versions").iterdir()
    return max(int(folder.name) for folder in versions)
