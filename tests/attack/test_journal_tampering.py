"""An attacker with the journal's files, and without its key, is seen."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from shutil import copytree

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from catalog.witnesses import verify_journal
from charter.chain import public_key, read_segment, sign_head
from charter.journal import Journal
from eclor.errors import VerificationFailed
from eclor.world import FixedClock, SystemRandomness, World
from tests.unit.charter.journal.conftest import NoKeys, publish, withdraw

WORLD = World(FixedClock(datetime(2026, 11, 24, 6, 12, tzinfo=UTC)), SystemRandomness(), NoKeys())


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    made = Journal(tmp_path / "journal", WORLD)
    publish(made, 1)
    withdraw(made)
    publish(made, 2)
    list(made.verified())
    return made


def refused(journal: Journal) -> bool:
    try:
        list(journal.verified())
    except VerificationFailed:
        return True
    return False


@pytest.mark.parametrize("name", ["entries.jsonl", "heads.jsonl", "newest.jsonl"])
def test_any_changed_byte_is_seen(journal: Journal, name: str) -> None:
    path = journal.folder / name
    whole = path.read_bytes()
    unseen = []
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        unseen += [] if refused(journal) else [place]
    assert unseen == []


def test_the_last_entry_is_told_before_a_head_is_due(journal: Journal) -> None:
    withdraw(journal)
    path = journal.folder / "entries.jsonl"
    *others, last = path.read_bytes().splitlines(keepends=True)
    for written in ([], others, [*others, last[:-1]], [*others, last.replace(b"capteur", b"Capteur")]):
        path.write_bytes(b"".join(written))
        assert refused(journal)
        with pytest.raises(VerificationFailed):
            withdraw(journal)  # what is written on would hide it
        assert path.read_bytes() == b"".join(written)


@pytest.mark.parametrize("line", [b"[" * 9999, b'{"digest":1,"index":3,"signature":2}', b'{"digest":"a","index":"3"}'])
def test_a_newest_head_that_is_none_is_refused(journal: Journal, line: bytes) -> None:
    (journal.folder / "newest.jsonl").write_bytes(line + b"\n")
    assert refused(journal)
    with pytest.raises(VerificationFailed, match="signed head"):
        withdraw(journal)


def test_a_kill_before_the_newest_head_is_no_fault(journal: Journal) -> None:
    newest = journal.folder / "newest.jsonl"
    before = newest.read_bytes()
    withdraw(journal)
    assert newest.read_bytes() != before
    newest.write_bytes(before)
    assert not refused(journal)


def rewritten(lines: list[bytes], change: Callable[[dict[str, object]], None]) -> list[bytes]:
    """Change the second entry, and link the later ones anew."""
    entry = json.loads(lines[1])
    change(entry)
    chain = [lines[0], rfc8785.dumps(entry)]
    for line in lines[2:]:
        linked = json.loads(line) | {"precedent": sha256(chain[-1]).hexdigest()}
        chain.append(rfc8785.dumps(linked))
    return chain


def test_a_chain_linked_anew_is_seen_by_its_signed_heads(journal: Journal) -> None:
    path = journal.folder / "entries.jsonl"
    chain = rewritten(path.read_bytes().splitlines(), lambda entry: entry.update(digest="e" * 64))
    path.write_bytes(b"".join(line + b"\n" for line in chain))
    with pytest.raises(VerificationFailed) as seen:
        list(journal.verified())
    assert seen.value.code == "journal.head-differs"


def test_entries_cut_off_under_a_signed_head_are_seen(journal: Journal) -> None:
    path = journal.folder / "entries.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    with pytest.raises(VerificationFailed) as seen:
        list(journal.verified())
    assert (seen.value.code, seen.value.facts["index"]) == ("journal.cut-short", 3)


def test_a_head_signed_by_another_key_is_seen(journal: Journal, tmp_path: Path) -> None:
    last = journal.since(3)[0]
    forged = sign_head(last, Ed25519PrivateKey.from_private_bytes(bytes(32)))
    path = journal.folder / "heads.jsonl"
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0] + forged.line + b"\n")
    with pytest.raises(VerificationFailed) as seen:
        list(journal.verified())
    assert seen.value.code == "journal.head-signature"


@pytest.mark.parametrize("part", ["entries", "head", "key"])
def test_any_changed_character_of_a_segment_is_seen(journal: Journal, part: str) -> None:
    plain = journal.segment(2).plain()
    assert read_segment(plain).entries[0].index == 2
    texts = list(plain["entries"]) if part == "entries" else [plain[part]]
    unseen = []
    for number, text in enumerate(texts):
        for place in range(len(text)):
            changed = text[:place] + chr(ord(text[place]) ^ 1) + text[place + 1 :]
            value = [*texts[:number], changed, *texts[number + 1 :]] if part == "entries" else changed
            try:
                read_segment(plain | {part: value})
            except VerificationFailed:
                continue
            unseen.append(place)
    assert unseen == []


def test_a_segment_with_something_more_is_refused(journal: Journal) -> None:
    with pytest.raises(VerificationFailed):
        read_segment(journal.segment(2).plain() | {"note": "vrai"})


def test_a_public_key_has_one_way_to_be_written(journal: Journal) -> None:
    key = journal.segment(2).key
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    same = []
    for letter in alphabet:
        try:
            same += (
                [letter]
                if public_key(key[:-1] + letter).public_bytes_raw() == public_key(key).public_bytes_raw()
                else []
            )
        except VerificationFailed:
            continue
    assert same == [key[-1]]


def test_two_copies_that_went_on_apart_are_told_by_the_heads_of_the_other(journal: Journal, tmp_path: Path) -> None:
    copied = tmp_path / "copy"
    copytree(tmp_path / "keys", copied / "keys")
    copytree(journal.folder, copied / "journal")
    other, kept = Journal(copied / "journal", WORLD), tuple(journal.heads())
    publish(journal, 3)
    publish(other, 4)
    for one, another in ((journal, other), (other, journal)):
        assert verify_journal(one, tmp_path / "published", known=kept).entries == 5
        with pytest.raises(VerificationFailed, match="two copies"):
            verify_journal(one, tmp_path / "published", known=tuple(another.heads()))


def test_a_journal_cut_back_with_its_heads_is_told_by_a_head_that_was_kept(journal: Journal, tmp_path: Path) -> None:
    kept = tuple(journal.heads())
    for name, least in (("entries.jsonl", 2), ("heads.jsonl", 1)):
        path = journal.folder / name
        path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:least]))
    assert refused(journal)
    (journal.folder / "newest.jsonl").unlink()
    assert not refused(journal)
    with pytest.raises(VerificationFailed):
        verify_journal(journal, tmp_path / "published", known=kept)
