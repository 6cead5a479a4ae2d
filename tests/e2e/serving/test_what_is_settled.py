"""What acts close and open again: written once in the journal and in the metadata, whatever is killed between."""

from datetime import UTC, datetime
from errno import ENOSPC
from pathlib import Path

import pytest

from catalog.database import reading, writing
from catalog.reading import dataset, next_end, serving_changes, version
from catalog.recovery import recover
from catalog.registry import Terms, declare, withdraw
from catalog.serving import Told
from catalog.views import VersionView
from charter.chain import Kind
from charter.vocabulary import ActKind
from eclor.serving import settle_all
from tests.e2e.serving.hall import Hall
from tests.serving import POINTS, SERIES, fill
from tests.unit.catalog.publish.released import Home, passages, places


def seen(hall: Hall, number: int, slug: str = SERIES) -> VersionView:
    with reading(hall.home.catalog.engine) as session:
        found = version(session, slug, number)
    assert found is not None
    return found


def state(hall: Hall, slug: str = SERIES) -> str:
    with reading(hall.home.catalog.engine) as session:
        found = dataset(session, slug)
    assert found is not None
    return found.state


def test_what_is_in_force_is_served_until_its_grace_ends(hall: Hall) -> None:
    assert hall.settled() == Told()
    assert seen(hall, 2).withdrawn_at is None
    assert seen(hall, 2).served_until == datetime(2029, 3, 31, 22, tzinfo=UTC)
    with reading(hall.home.catalog.engine) as session:
        assert next_end(session, hall.home.clock.now()) == datetime(2029, 3, 31, 22, tzinfo=UTC)
    assert hall.told() == []


def test_a_stop_closes_every_version_and_two_reopen_them(hall: Hall) -> None:
    assert hall.does(ActKind.STOP, "p-dechets") == Told(closed="1-2")
    stopped = hall.home.clock.now()
    assert (state(hall), state(hall, POINTS)) == ("withdrawn", "served")
    assert (seen(hall, 1).withdrawn_at, seen(hall, 2).withdrawn_at) == (stopped.replace(microsecond=0),) * 2
    assert "arrêté depuis le 25 novembre 2026" in seen(hall, 2).withdrawn_reason
    assert hall.does(ActKind.RESUME, "p-dpo") == Told()
    assert hall.does(ActKind.RESUME, "p-garant") == Told(reopened="1-2")
    assert (state(hall), seen(hall, 1).withdrawn_at) == ("served", None)
    assert [entry.kind for entry in hall.told()] == [Kind.CLOSING, Kind.REOPENING]


def test_settling_again_says_nothing_again(hall: Hall) -> None:
    hall.does(ActKind.REVOKE, "p-garant")
    assert hall.settled(days=1) == Told()
    assert hall.settled(days=400) == Told()
    assert len(hall.told()) == 1
    assert "révoquée le 25 novembre 2026" in seen(hall, 1).withdrawn_reason


def test_a_version_that_a_revocation_overtook_is_born_closed(hall: Hall) -> None:
    under_way = passages(hall.home)
    hall.does(ActKind.REVOKE, "p-garant")
    hall.home.published(under_way)
    assert "révoquée" in seen(hall, 3).withdrawn_reason
    assert hall.settled() == Told()


def test_acts_that_do_not_read_or_lost_a_stop_serve_nothing(hall: Hall) -> None:
    acts = hall.desk.file(SERIES)
    whole = acts.read_bytes()
    hall.settled()
    acts.write_bytes(whole.replace(b'"', b"'", 3))
    assert hall.settled(minutes=1) == Told(closed="1-2")
    assert "ne se lisent plus" in seen(hall, 1).withdrawn_reason
    acts.write_bytes(whole)
    assert hall.settled(minutes=1) == Told(reopened="1-2")
    hall.does(ActKind.STOP, "p-dpo")
    acts.write_bytes(whole)
    hall.settled(minutes=1)
    assert "ne se lisent plus" in seen(hall, 1).withdrawn_reason
    acts.unlink()
    hall.settled(minutes=1)
    assert state(hall) == "withdrawn"


@pytest.mark.parametrize("by_recovery", [False, True])
def test_a_kill_between_the_journal_and_the_metadata_is_caught_up_once(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, *, by_recovery: bool
) -> None:
    class Killed(BaseException):
        pass

    def kill(name: str) -> None:
        if name == "serving.journaled":
            raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("catalog.serving.failpoint", kill)
        with pytest.raises(Killed):
            hall.does(ActKind.STOP, "p-dpo")
    assert seen(hall, 2).withdrawn_at is None
    withdraw(hall.home.catalog, POINTS, 1, reason="Fin.", now=hall.home.clock.now())
    if by_recovery:
        recover(hall.home.catalog, hall.home.world)
        assert seen(hall, 2).withdrawn_at is not None
    assert hall.settled() == Told()
    assert seen(hall, 2).withdrawn_at is not None
    assert [entry.kind for entry in hall.told()] == [Kind.CLOSING, Kind.WITHDRAWAL]


def test_one_counter_catches_up_with_what_another_process_left(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    counter = hall.counter
    assert settle_all(counter) == {SERIES: Told(), POINTS: Told()}
    with monkeypatch.context() as patched:
        patched.setattr("catalog.serving.tell", lambda *_: None)
        hall.does(ActKind.STOP, "p-dpo")
    assert seen(hall, 2).withdrawn_at is None
    assert settle_all(counter)[SERIES] == Told()
    assert seen(hall, 2).withdrawn_at is not None


@pytest.mark.parametrize("suffix", ["jsonl", "journal"])
def test_what_cannot_be_read_of_the_acts_closes(hall: Hall, suffix: str) -> None:
    hall.settled()
    file = hall.desk.folder / f"{SERIES}.{suffix}"
    file.unlink()
    file.mkdir()
    assert settle_all(hall.counter) == {SERIES: Told(closed="1-2"), POINTS: Told()}
    assert "ne se lisent plus" in seen(hall, 1).withdrawn_reason


def test_a_note_that_is_no_text_is_made_again(hall: Hall) -> None:
    hall.settled()
    (hall.desk.folder / f"{SERIES}.journal").write_bytes(b"\xff\xfe\x00\n" * 9)
    assert settle_all(hall.counter)[SERIES] == Told()


def test_a_full_disk_closes_nothing(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(ENOSPC, "full")

    monkeypatch.setattr("eclor.serving.journal_acts", full)
    assert isinstance(settle_all(hall.counter)[SERIES], OSError)
    assert seen(hall, 2).withdrawn_at is None


def test_a_metadata_that_was_lost_comes_back_closed(tmp_path: Path) -> None:
    hall = Hall.opened(tmp_path)
    fill(hall.home)
    hall.does(ActKind.STOP, "p-dpo")
    withdraw(hall.home.catalog, SERIES, 1, reason="Fin.", now=hall.home.clock.now())
    before = (seen(hall, 1).withdrawn_reason, seen(hall, 2).withdrawn_reason)
    hall.home.catalog.engine.dispose()
    for file in tmp_path.glob("catalog.sqlite*"):
        file.unlink()
    after = Hall(Home(tmp_path, clock=hall.home.clock))
    recover(after.home.catalog, after.home.world)
    with writing(after.home.catalog.engine) as session:
        for made in (passages(after.home), places(after.home)):
            declare(session, made.declaration, Terms(), now=after.home.clock.now())
    recover(after.home.catalog, after.home.world)
    assert (seen(after, 1).withdrawn_reason, seen(after, 2).withdrawn_reason) == before
    with reading(after.home.catalog.engine) as session:
        told = serving_changes(session, 10, now=after.home.clock.now())
    assert [(one.change, one.versions) for one in told] == [("withdrawn", "1"), ("closed", "1-2")]


def test_a_version_withdrawn_for_good_keeps_its_reason_and_never_returns(hall: Hall) -> None:
    withdraw(hall.home.catalog, SERIES, 1, reason="Fin de conservation.", now=hall.home.clock.now())
    assert hall.does(ActKind.STOP, "p-dpo") == Told(closed="2")
    hall.does(ActKind.RESUME, "p-dpo")
    assert hall.does(ActKind.RESUME, "p-garant") == Told(reopened="2")
    assert seen(hall, 1).withdrawn_reason == "Fin de conservation."


def test_an_expiry_is_told_before_anybody_writes_it_down_and_then_once(hall: Hall) -> None:
    hall.settled()
    hall.home.clock.instant = datetime(2029, 4, 1, 9, tzinfo=UTC)
    with reading(hall.home.catalog.engine) as session:
        unsaid = serving_changes(session, 10, now=hall.home.clock.now())
    assert [(one.dataset, one.change, one.versions) for one in unsaid] == [(SERIES, "closed", "1-2")]
    assert hall.settled() == Told(closed="1-2")
    assert "a expiré" in seen(hall, 2).withdrawn_reason
    assert seen(hall, 2).withdrawn_at == datetime(2029, 3, 31, 22, tzinfo=UTC)
    assert hall.settled() == Told()


def test_an_act_stands_and_says_so_when_the_servers_cannot_be_told(hall: Hall) -> None:
    hall.home.catalog.engine.dispose()
    database = hall.home.folder / "catalog.sqlite"
    for beside in hall.home.folder.glob("catalog.sqlite-*"):
        beside.unlink()
    whole = database.read_bytes()
    database.write_bytes(b"nothing that is a database" * 100)
    done = hall.command("arreter", "p-dpo")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "Signé et consigné : arreter" in done.stdout
    assert "[serving.not-written]" in done.stderr
    database.write_bytes(whole)
    told = hall.eclor("serving")
    assert f"{SERIES} : Plus servi" in told.stdout
    assert f"{POINTS} : rien ne change." in told.stdout
    assert told.returncode == 0


def test_the_command_fails_and_names_what_it_could_not_settle(hall: Hall) -> None:
    hall.home.clock.instant = datetime(2036, 1, 1, tzinfo=UTC)
    hall.home.catalog.journal.append(Kind.REOPENING, dataset="autre", versions="1")
    acts = hall.desk.file(SERIES)
    acts.write_bytes(acts.read_bytes().replace(b'"', b"'", 3))
    done = hall.eclor("serving")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert f"{SERIES} : " in done.stderr
    assert "[journal.clock-went-back]" in done.stderr
    assert f"{SERIES} : " not in done.stdout
