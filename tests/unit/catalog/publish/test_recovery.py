"""What a recovery does besides the kills of `tests/e2e/publish`."""

import shutil
from pathlib import Path

from sqlalchemy import text

from catalog import reading
from catalog.catalogue import open_catalog
from catalog.database import reading as session_of
from catalog.database import writing
from catalog.recovery import Ending, recover
from catalog.registry import Terms, declare, withdraw
from catalog.views import VersionView
from tests.unit.catalog.publish.released import PLACES, START, Home, places

SLUG = "points-de-collecte"


def versions(home: Home) -> list[VersionView]:
    with session_of(home.catalog.engine) as session:
        return list(reading.versions(session, SLUG))


def test_nothing_to_recover_changes_nothing(home: Home) -> None:
    home.published(places(home))
    before = {path: path.stat().st_mtime_ns for path in home.folder.rglob("*") if path.is_file()}
    assert recover(home.catalog, home.world) == ()
    after = {path: path.stat().st_mtime_ns for path in home.folder.rglob("*") if path.is_file()}
    changed = {path.name for path in before if before[path] != after.get(path)}
    assert changed <= {".lock", "lock", "catalog.sqlite", "catalog.sqlite-wal", "catalog.sqlite-shm"}


def test_a_half_made_folder_that_no_entry_names_goes(home: Home) -> None:
    half = home.catalog.work / "abcd"
    half.mkdir(parents=True)
    (half / "data.csv").write_bytes(b"site\n")
    assert recover(home.catalog, home.world) == ()
    assert not half.exists()


def test_a_lost_database_is_made_again_from_the_versions_and_the_journal(home: Home) -> None:
    home.published(places(home))
    home.clock.move(days=1)
    home.published(places(home, PLACES[:1]))
    withdraw(home.catalog, SLUG, 1, reason="position fausse", now=home.clock.now())
    before = [(one.number, one.withdrawn_reason, one.files, one.columns, one.note) for one in versions(home)]
    home.catalog.engine.dispose()
    for path in home.folder.glob("catalog.sqlite*"):
        path.unlink()

    home.catalog = open_catalog(home.settings, home.world)
    assert recover(home.catalog, home.world) == ()  # nobody declared the dataset yet: nothing is abandoned
    with writing(home.catalog.engine) as session:
        declare(session, places(home).declaration, Terms(), now=START)
    endings = [(one.version, one.ending) for one in recover(home.catalog, home.world)]
    assert endings == [("1", Ending.FINISHED), ("2", Ending.FINISHED)]
    assert [(one.number, one.withdrawn_reason, one.files, one.columns, one.note) for one in versions(home)] == before


def test_a_version_whose_folder_was_taken_away_is_abandoned_rather_than_served(home: Home) -> None:
    entry = home.published(places(home))
    with writing(home.catalog.engine) as session:
        session.execute(text("DELETE FROM file"))
        session.execute(text("DELETE FROM version"))
        session.execute(text("UPDATE dataset SET current_version = NULL, last_number = 0"))
    shutil.rmtree(entry.folder)
    (ended,) = recover(home.catalog, home.world)
    assert ended.ending is Ending.ABANDONED
    assert versions(home) == []
    assert home.published(places(home)).version == "2"


def test_a_torn_line_of_the_journal_is_mended_at_the_start(home: Home) -> None:
    home.published(places(home))
    with Path(home.catalog.journal.folder / "entries.jsonl").open("ab") as file:
        file.write(b'{"dataset":')
    recover(home.catalog, home.world)
    list(home.catalog.journal.verified())
    assert [entry.kind.value for entry in home.catalog.journal.entries()] == ["opening", "publication", "torn-line"]


def test_the_folder_of_another_version_does_not_stand_in_for_a_lost_one(home: Home) -> None:
    first = home.published(places(home))
    home.clock.move(days=1)
    second = home.published(places(home, PLACES[:1]))
    shutil.rmtree(second.folder)
    shutil.copytree(first.folder, second.folder)
    with writing(home.catalog.engine) as session:
        session.execute(text("DELETE FROM file WHERE version_id = (SELECT id FROM version WHERE number = 2)"))
        session.execute(text("DELETE FROM version WHERE number = 2"))
        session.execute(text("UPDATE dataset SET current_version = 1, last_number = 1"))
    (ended,) = recover(home.catalog, home.world)
    assert (ended.version, ended.ending) == ("2", Ending.ABANDONED)
    assert [one.number for one in versions(home)] == [1]
