"""The journal is a chain that only grows."""

import fcntl
import json
import os
import shutil
import stat
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from charter.chain import Kind, read_entry
from charter.journal import HEAD_EVERY, Journal
from eclor.errors import PublicationFailed, VerificationFailed
from eclor.world import SystemClock, SystemRandomness, World
from tests.unit.charter.journal.conftest import MovingClock, NoKeys, publish, withdraw


def stored(journal: Journal) -> list[bytes]:
    return (journal.folder / "entries.jsonl").read_bytes().splitlines()


def heads(journal: Journal) -> list[dict[str, object]]:
    return [json.loads(line) for line in (journal.folder / "heads.jsonl").read_bytes().splitlines()]


def test_an_entry_is_canonical_and_holds_the_digest_of_the_one_before(journal: Journal) -> None:
    withdraw(journal)
    opening, withdrawal = stored(journal)
    before = sha256(opening).hexdigest()
    expected = (
        '{"dataset":"a","index":1,"instant":"2026-11-24T06:12:30Z","kind":"withdrawal","precedent":"'
        + before
        + '","reason":"capteur défectueux","version":1}'
    )
    assert withdrawal.decode() == expected
    assert json.loads(opening)["precedent"] == "0" * 64


def test_the_first_entry_names_the_key_and_the_key_is_for_its_owner_only(journal: Journal) -> None:
    journal.mend()
    key = journal.folder.parent / "keys" / "journal.key"
    public = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key.read_text())).public_key().public_bytes_raw()
    assert json.loads(stored(journal)[0])["key"].startswith("ed25519:")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert public.hex() not in key.read_text()


def test_a_second_opening_goes_on_with_the_same_chain(opened: Callable[[], Journal]) -> None:
    assert [withdraw(opened()), withdraw(opened()), publish(opened())] == [1, 2, 3]
    list(opened().verified())


def test_a_publication_gets_a_signed_head(journal: Journal) -> None:
    withdraw(journal)
    index = publish(journal)
    last = stored(journal)[-1]
    assert [(head["index"], head["digest"]) for head in heads(journal)] == [(index, sha256(last).hexdigest())]


def test_every_thousandth_entry_gets_a_signed_head(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("charter.lines.os.fsync", lambda _: None)
    for _ in range(HEAD_EVERY + 3):
        withdraw(journal)
    assert [head["index"] for head in heads(journal)] == [HEAD_EVERY]
    list(journal.verified())


def test_who_holds_the_lock_copies_a_journal_of_one_state(journal: Journal, opened: Callable[[], Journal]) -> None:
    """What docs/operator/backup.md does with `flock` while others sign and publish."""
    publish(journal)
    copy = journal.folder.with_name("copy")
    with (journal.folder / "lock").open("rb") as lock, ThreadPoolExecutor(1) as pool:
        fcntl.flock(lock, fcntl.LOCK_SH)
        waits = pool.submit(publish, opened())
        copy.mkdir()
        shutil.copy(journal.folder / "entries.jsonl", copy)
        with pytest.raises(TimeoutError):
            waits.result(timeout=0.2)
        shutil.copy(journal.folder / "newest.jsonl", copy)
        fcntl.flock(lock, fcntl.LOCK_UN)
        waits.result()
    held, copied = (list(Journal(folder, journal._world).verified()) for folder in (journal.folder, copy))
    assert (len(held), copied) == (3, held[:2])


def test_a_segment_goes_to_the_next_signed_head(journal: Journal) -> None:
    first = withdraw(journal)
    publish(journal)
    publish(journal, 2)
    segment = journal.segment(first)
    assert [entry.index for entry in segment.entries] == [1, 2]
    assert segment.head.index == 2


def test_a_segment_signs_a_head_where_there_is_none(journal: Journal) -> None:
    publish(journal)
    last = withdraw(journal)
    assert journal.segment(last).head.index == last
    assert [head["index"] for head in heads(journal)] == [1, 2]


def test_a_segment_is_found_far_from_the_end(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("charter.lines.WINDOW", 500)
    indexes = [publish(journal, version) for version in range(1, 40)]
    assert [journal.segment(index).entries[0].facts["version"] for index in indexes] == list(range(1, 40))


def test_an_entry_that_is_not_there_is_refused(journal: Journal) -> None:
    with pytest.raises(VerificationFailed, match="no entry 7"):
        journal.segment(7)


def test_a_fact_that_its_kind_does_not_have_is_a_bug(journal: Journal) -> None:
    with pytest.raises(ValueError, match="holds"):
        journal.append(Kind.WITHDRAWAL, dataset="a", version=1, reason="", rows_in=3120)


def test_a_clock_that_went_back_is_refused(journal: Journal, clock: MovingClock) -> None:
    withdraw(journal)
    clock.move(timedelta(seconds=-1))
    with pytest.raises(PublicationFailed) as refused:
        withdraw(journal)
    assert refused.value.code == "journal.clock-went-back"
    assert len(stored(journal)) == 2


def test_a_torn_last_line_is_cut_off_with_its_record(journal: Journal, opened: Callable[[], Journal]) -> None:
    withdraw(journal)
    with (journal.folder / "entries.jsonl").open("ab") as file:
        file.write(b'{"dataset":"a","ind')
    with pytest.raises(VerificationFailed) as refused:
        list(opened().verified())
    assert refused.value.code == "journal.torn"
    opened().mend()
    assert json.loads((journal.folder / "newest.jsonl").read_bytes())["index"] == 2
    last = json.loads(stored(journal)[-1])
    assert (last["kind"], last["bytes"], last["index"]) == ("torn-line", 19, 2)
    list(opened().verified())


def test_a_torn_line_stays_until_its_record_can_be_written(journal: Journal, clock: MovingClock) -> None:
    withdraw(journal)
    path = journal.folder / "entries.jsonl"
    torn = path.read_bytes() + b'{"dataset":"a","ind'
    path.write_bytes(torn)
    clock.move(timedelta(days=-1))
    with pytest.raises(PublicationFailed):
        journal.mend()
    assert path.read_bytes() == torn
    clock.move(timedelta(days=1))
    journal.mend()
    assert json.loads(stored(journal)[-1])["kind"] == "torn-line"


def test_a_torn_line_is_none_for_who_reads_what_was_acknowledged(journal: Journal) -> None:
    withdraw(journal)
    acknowledged = list(journal.entries())
    with (journal.folder / "entries.jsonl").open("ab") as file:
        file.write(b'{"dataset":"a","ind')
    assert list(journal.entries()) == acknowledged
    assert journal.last() == acknowledged[-1]


def test_a_torn_opening_is_begun_anew_and_said(journal: Journal) -> None:
    journal.folder.mkdir()
    (journal.folder / "entries.jsonl").write_bytes(b'{"ind')
    journal.mend()
    assert [json.loads(line)["kind"] for line in stored(journal)] == ["opening", "torn-line"]
    list(journal.verified())


@pytest.mark.parametrize("spoilt", [b"", b"zz", b"ab" * 31, b"\xff"])
def test_a_spoilt_key_stops_the_journal(journal: Journal, spoilt: bytes) -> None:
    withdraw(journal)
    (journal.folder.parent / "keys" / "journal.key").write_bytes(spoilt)
    with pytest.raises(PublicationFailed, match=r"journal\.key"):
        withdraw(journal)


def test_a_lost_key_stops_the_journal(journal: Journal) -> None:
    withdraw(journal)
    key = journal.folder.parent / "keys" / "journal.key"
    key.unlink()
    with pytest.raises(PublicationFailed, match=r"journal\.key"):
        withdraw(journal)
    assert not key.exists()


def test_another_key_stops_the_journal(journal: Journal) -> None:
    withdraw(journal)
    (journal.folder.parent / "keys" / "journal.key").write_text("ab" * 32)
    with pytest.raises(PublicationFailed, match=r"journal\.key"):
        withdraw(journal)


def test_a_refused_write_leaves_no_half_line(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    withdraw(journal)
    real = os.write

    def full(descriptor: int, content: bytes) -> int:
        if len(content) < 100:
            raise OSError(28, "No space left on device")
        return real(descriptor, content[:60])

    monkeypatch.setattr("charter.lines.os.write", full)
    with pytest.raises(PublicationFailed) as refused:
        withdraw(journal)
    monkeypatch.undo()
    assert refused.value.code == "catalog.no-room"
    list(journal.verified())
    assert withdraw(journal) == 2


def many(folder: Path, count: int) -> None:
    journal = Journal(folder, World(SystemClock(), SystemRandomness(), NoKeys()))
    for _ in range(count):
        withdraw(journal)


def test_several_processes_write_one_chain(tmp_path: Path) -> None:
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
        list(pool.map(many, [tmp_path / "journal"] * 3, [20] * 3))
    journal = Journal(tmp_path / "journal", World(SystemClock(), SystemRandomness(), NoKeys()))
    list(journal.verified())
    assert len(stored(journal)) == 61


def test_an_empty_journal_verifies(journal: Journal) -> None:
    list(journal.verified())
    assert list(journal.entries()) == []


def test_an_entry_has_one_way_to_be_written(journal: Journal) -> None:
    journal.mend()
    (line,) = stored(journal)
    assert read_entry(line, place=0).line == line
    for other in (line.replace(b":", b": ", 1), b" " + line, line.replace(b'"kind"', b'"k\\u0069nd"')):
        with pytest.raises(VerificationFailed):
            read_entry(other, place=0)
