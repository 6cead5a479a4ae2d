"""At term: rows, keys and versions are gone, a copy cannot be opened, and the minute proves it."""

import json
import shutil
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from catalog.database import reading
from catalog.reading import version
from charter.chain import Kind
from charter.ledger.records import PastPeriod, PastVersion, Seen
from charter.ledger.store import CELLS, UNITS
from eclor.errors import Busy, PayloadRefused
from eclor.names import Period
from eclor.retention.backups import surviving
from eclor.retention.minutes import What
from eclor.retention.running import retention_lock
from eclor.retention.stops import stopped
from eclor.world import KeyKind
from harvesters.sealed_file import read_sealed
from tests.e2e.faults.town import VISITS
from tests.e2e.retention.hamlet import Hamlet, sealed_files


def purges(hamlet: Hamlet) -> list[dict[str, object]]:
    return [dict(entry.facts) for entry in hamlet.house.catalog.journal.entries() if entry.kind is Kind.PURGE]


def test_the_day_before_its_term_nothing_goes_and_the_day_after_all_is_gone(hamlet: Hamlet, tmp_path: Path) -> None:
    (sealed,) = sealed_files(hamlet.place)
    copies = tmp_path / "backup"
    shutil.copytree(hamlet.home / "keys", copies / "keys")
    shutil.copy(sealed, copies / sealed.name)
    digest = sha256(sealed.read_bytes()).hexdigest()
    name = sealed.name.removesuffix(".parquet.enc")
    key = hamlet.ring.fingerprint(KeyKind.PARTITION, name)
    assert hamlet.purged(days=80).closed == []
    assert sealed.exists()
    outcome = hamlet.purged(days=15)
    assert outcome.is_clean
    assert {minute.what for minute in outcome.closed} == {What.RAW}
    assert sealed_files(hamlet.place) == []
    assert name not in hamlet.ring.names(KeyKind.PARTITION)
    with pytest.raises(PayloadRefused):
        list(read_sealed(copies / sealed.name, key=hamlet.ring.partition_key(name), name=name))
    hamlet.ring.destroy(KeyKind.PARTITION, name)
    (line,) = (hamlet.home / "retention" / "minutes.jsonl").read_bytes().splitlines()
    (thing,) = json.loads(line)["things"]
    assert (thing["count"], thing["digest"], thing["key"]) == (40, digest, key)
    (entry,) = purges(hamlet)
    assert entry == {
        "dataset": VISITS,
        "what": "zone brute",
        "rule": "conservation.zone_brute 3 mois (passages, politique version 1)",
        "digest": sha256(line).hexdigest(),
    }
    assert f"partitions/{name}" in surviving(copies, hamlet.ring)
    assert hamlet.purged(minutes=1).closed == []


def test_the_public_entry_holds_no_count_no_digest_of_rows_and_no_partition(hamlet: Hamlet) -> None:
    (sealed,) = sealed_files(hamlet.place)
    digest = sha256(sealed.read_bytes()).hexdigest()
    hamlet.purged(days=100)
    public = (hamlet.home / "journal" / "entries.jsonl").read_bytes()
    assert digest.encode() not in public
    assert sealed.name.removesuffix(".parquet.enc").encode() not in public


def test_a_pseudonym_key_ends_after_its_rotation_and_a_later_one_stays(hamlet: Hamlet) -> None:
    hamlet.day(hamlet.clock.instant + timedelta(days=35))
    assert hamlet.walked(days=38).version == 2
    assert hamlet.ring.names(KeyKind.PSEUDONYM) == (f"{VISITS}.2026-11", f"{VISITS}.2026-12")
    outcome = hamlet.purged(days=62)
    assert What.PSEUDONYM_KEY in {minute.what for minute in outcome.closed}
    assert hamlet.ring.names(KeyKind.PSEUDONYM) == (f"{VISITS}.2026-12",)


def test_what_is_published_after_a_purge_still_carries_its_past(hamlet: Hamlet) -> None:
    hamlet.purged(days=93)
    assert sealed_files(hamlet.place) == []
    hamlet.day(hamlet.clock.instant - timedelta(days=2))
    done = hamlet.walked(minutes=5)
    assert (done.outcome, done.version) == ("published", 2), done.message_fr
    assert set(hamlet.csv(1).splitlines()) < set(hamlet.csv(2).splitlines())


def test_a_version_waits_for_the_archives_visa(hamlet: Hamlet) -> None:
    outcome = hamlet.purged(days=366 * 5 + 1)
    assert What.VERSION not in {minute.what for minute in outcome.closed}
    assert outcome.is_clean
    assert hamlet.csv(1)


def test_a_version_ends_with_its_reason_its_bytes_and_its_minute(endorsed: Hamlet) -> None:
    folder = endorsed.house.catalog.version_folder(VISITS, 1)
    outcome = endorsed.purged(days=366 * 5 + 1)
    assert What.VERSION in {minute.what for minute in outcome.closed}
    assert not folder.exists()
    with reading(endorsed.house.catalog.engine) as session:
        ended = version(session, VISITS, 1)
    assert ended is not None
    assert ended.withdrawn_at is not None
    assert "conservation" in ended.withdrawn_reason
    assert any("AD57-2026-14" in str(entry["rule"]) for entry in purges(endorsed))
    assert endorsed.purged(minutes=1).closed == []


def test_a_failed_purge_stops_its_dataset_alone_until_it_succeeds(hamlet: Hamlet) -> None:
    obstacle = hamlet.place / ".commit.lock"
    obstacle.unlink()
    obstacle.mkdir()
    hamlet.clock.instant += timedelta(days=100)
    outcome = hamlet.purged(minutes=1)
    assert set(outcome.failed) == {VISITS}
    assert len(sealed_files(hamlet.place)) == 1
    hamlet.purged(minutes=1)
    assert len(list((hamlet.home / "retention" / "open").glob("*.json"))) == 1
    obstacle.rmdir()
    done = hamlet.walked(minutes=1)
    assert (done.outcome, done.door) == ("refused", "compile")
    assert "[retention.purge-failed]" in done.message_fr
    assert hamlet.purged(minutes=1).is_clean
    assert sealed_files(hamlet.place) == []
    assert hamlet.walked(minutes=1).outcome in {"unchanged", "published"}


@pytest.mark.parametrize("broken", ["0000000001.delivery.json", ".screen"])
def test_a_dataset_that_cannot_be_looked_at_stops_alone(hamlet: Hamlet, broken: str) -> None:
    other = hamlet.home / "raw" / "barrieres" / "autre"
    (other / broken).mkdir(parents=True)
    outcome = hamlet.purged(days=100)
    assert set(outcome.failed) == {"autre"}
    assert {minute.what for minute in outcome.closed} >= {What.RAW, What.PSEUDONYM_KEY}
    assert sealed_files(hamlet.place) == []
    assert set(stopped(hamlet.home)) == {"autre"}
    shutil.rmtree(other)
    assert hamlet.purged(minutes=1).is_clean
    assert stopped(hamlet.home) == {}


def test_rows_that_no_purge_took_stop_their_dataset_by_themselves(hamlet: Hamlet) -> None:
    hamlet.clock.instant += timedelta(days=100)
    done = hamlet.walked(minutes=1)
    assert "[retention.overdue]" in done.message_fr


def test_two_purges_at_once_are_one(hamlet: Hamlet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eclor.retention.running.PATIENCE_S", 0.1)
    with retention_lock(hamlet.house), pytest.raises(Busy) as refused:
        hamlet.purged(days=100)
    assert "une purge est en cours (processus" in refused.value.french()
    assert len(sealed_files(hamlet.place)) == 1


def test_leftovers_go_and_what_is_used_stays(hamlet: Hamlet) -> None:
    orphan = "0" * 32
    hamlet.ring.partition_key(orphan)
    plain = hamlet.home / "work" / "apply-dead"
    plain.mkdir()
    (plain / "rows.parquet").write_bytes(b"rows")
    used = set(hamlet.ring.names(KeyKind.PARTITION)) - {orphan}
    outcome = hamlet.purged(days=10)
    (minute,) = outcome.closed
    assert minute.what is What.LEFTOVER
    assert not plain.exists()
    assert set(hamlet.ring.names(KeyKind.PARTITION)) == used
    assert purges(hamlet) == []


def test_the_sets_of_units_of_the_ledger_end_on_their_day_with_the_key_of_their_group(hamlet: Hamlet) -> None:
    place, now = hamlet.home / "ledger" / "source.barrieres" / VISITS, hamlet.clock.instant
    place.mkdir(parents=True)
    parts = {"a" * 32: now + timedelta(days=10), "b" * 32: now + timedelta(days=20)}
    periods = tuple(PastPeriod(Period(f"2026-11-{day}"), None, (), parts[part], part) for day, part in enumerate(parts))
    past = PastVersion(VISITS, 1, "c", "p", "source.barrieres", "k", Seen(now, ()), periods)
    (place / "1.json").write_text(json.dumps(past.plain()))
    for part in parts:
        hamlet.ring.ledger_key(part)
        for ending in (CELLS, UNITS):
            (place / f"{part}{ending}").write_bytes(b"sealed")
    hamlet.ring.comparison_key("source.barrieres")
    (minute,) = hamlet.purged(days=11).closed
    assert (minute.what, [thing.name for thing in minute.things]) == (What.LEDGER, ["a" * 32])
    assert hamlet.ring.names(KeyKind.LEDGER) == ("b" * 32,)
    assert hamlet.ring.names(KeyKind.COMPARISON) == ("source.barrieres",)
    assert len(hamlet.purged(days=11).closed) == 1
    assert sorted(file.name for file in place.iterdir()) == ["1.json"]
    assert hamlet.ring.names(KeyKind.LEDGER) == hamlet.ring.names(KeyKind.COMPARISON) == ()


def test_a_line_of_the_journal_that_was_half_written_stops_no_purge(hamlet: Hamlet) -> None:
    with (hamlet.home / "journal" / "entries.jsonl").open("ab") as file:
        file.write(b'{"dataset":"pass')
    assert hamlet.purged(minutes=1).is_clean
    assert len(hamlet.purged(days=95).closed) == 1
