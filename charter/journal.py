"""The journal's files: append only, hash-chained, signed heads; safe with several writers and with kill -9.

`entries.jsonl` holds one entry a line, `heads.jsonl` one signed head a line, `newest.jsonl` the signed head of the last
entry, so that its loss shows before the next head is due; the signing key lies apart, in the home's `keys` folder. A
line is written in one go and synced before its entry is acknowledged. A last line without its line feed was never
acknowledged, unless `newest.jsonl` says so: it is cut off at the next opening, which says so in an entry of its own. A
kill may leave `newest.jsonl` an entry or more behind, never ahead.
"""

import fcntl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from charter.chain import (
    Entry,
    Head,
    Kind,
    Segment,
    check_head,
    follows,
    key_text,
    new_entry,
    read_entry,
    read_head,
    sign_head,
)
from charter.lines import (
    acknowledged,
    add_line,
    cut_torn_line,
    first_line,
    last_line,
    lines,
    lines_from,
    torn_line,
)
from eclor.durable import sync_folder, write_whole
from eclor.errors import PublicationFailed, VerificationFailed
from eclor.failpoints import failpoint
from eclor.world import World

HEAD_EVERY: Final = 1000
"""Entries between two signed heads when nothing is published."""
_MODE_PRIVATE: Final = 0o600


class Journal:
    """The territory's journal in one folder, begun with its key at the first entry."""

    def __init__(self, folder: Path, world: World) -> None:
        self.folder = folder
        self._world = world
        self._entries = folder / "entries.jsonl"
        self._heads = folder / "heads.jsonl"
        self._newest = folder / "newest.jsonl"
        self._key = folder.parent / "keys" / "journal.key"

    def append(self, kind: Kind, **facts: str | int) -> Entry:
        """Write the next entry, synced; a publication, and every thousandth entry, gets a signed head.

        Refuses (`PublicationFailed`) a clock that went back, a lost key, and a full disk: no half line is left; and
        (`VerificationFailed`) a journal whose end was cut off or rewritten.
        """
        with self._alone() as (last, key):
            entry = self._after(last, kind, facts)
            self._add(entry, key)
        return entry

    def mend(self) -> None:
        """Cut off what a kill left of a last line, with its record; begin the journal if there is none.

        Refuses (`VerificationFailed`) one whose end was cut off or rewritten.
        """
        with self._alone():
            pass

    def entries(self) -> Iterator[Entry]:
        """Give all the acknowledged entries from the first, each checked against the one before."""
        previous: Entry | None = None
        for place, line in enumerate(acknowledged(self._entries)):
            entry = read_entry(line, place=place)
            if not follows(previous, entry):
                raise VerificationFailed("journal.broken", index=place)
            yield entry
            previous = entry

    def verified(self) -> Iterator[Entry]:
        """Give all the entries, the chain and every signed head checked: nothing is verified before the last is given.

        Refuses (`VerificationFailed`), naming the entry. Waits for a writer to end its line. Holds the heads in memory
        (about 400 bytes each), one entry at a time.
        """
        with self._lock(fcntl.LOCK_SH):
            heads: dict[int, set[Head]] = {}
            for head in chain(self.heads(), map(read_head, lines(self._newest))):
                heads.setdefault(head.index, set()).add(head)
            key = ""
            for entry in self.entries():
                key = str(entry.facts["key"]) if entry.kind is Kind.OPENING else key
                for head in heads.pop(entry.index, ()):
                    check_head(head, entry, key)
                yield entry
            if torn_line(self._entries):
                raise VerificationFailed("journal.torn", file=self._entries.name)
        if heads:
            raise VerificationFailed("journal.cut-short", index=min(heads))

    def heads(self) -> Iterator[Head]:
        """Give the signed heads as stored, unchecked: what others keep to compare a journal with."""
        return map(read_head, lines(self._heads))

    def segment(self, index: int) -> Segment:
        """Return the proof of one entry: the entries up to the next signed head, signed now if there is none yet.

        Refuses (`VerificationFailed`) an index that the journal does not have.
        """
        with self._alone() as (_, key):
            entries = self.since(index)
            if not entries or entries[0].index != index:
                raise VerificationFailed("journal.no-entry", index=index)
            heads = lines_from(self._heads, index, read_head)
            head = heads[0] if heads else sign_head(entries[-1], key)
            if not heads:
                add_line(self._heads, head.line)
        return Segment(entries[: head.index - index + 1], head, key_text(key.public_key()))

    def since(self, index: int) -> tuple[Entry, ...]:
        """Return the entries from that index on; reads only the end of the file that holds them."""
        return lines_from(self._entries, index, _reader_at(index))

    def last(self) -> Entry | None:
        """Return the newest entry, its place unchecked; none before the first. Reads only the end of the file."""
        line = last_line(self._entries)
        return read_entry(line, place=0) if line else None

    def _after(self, last: Entry, kind: Kind, facts: Mapping[str, str | int]) -> Entry:
        now = self._world.clock.now().replace(microsecond=0)
        if now < last.instant:
            raise PublicationFailed(
                "journal.clock-went-back",
                now=now.isoformat(timespec="seconds"),
                last=last.instant.isoformat(timespec="seconds"),
            )
        return new_entry(last, kind=kind, instant=now, facts=facts)

    def _add(self, entry: Entry, key: Ed25519PrivateKey) -> None:
        add_line(self._entries, entry.line)
        failpoint("journal.written")
        head = sign_head(entry, key).line
        if entry.kind is Kind.PUBLICATION or (entry.index and entry.index % HEAD_EVERY == 0):
            add_line(self._heads, head)
        with suppress(OSError):  # a full disk: the entry stands, and the next one moves it on
            write_whole(self._newest, head + b"\n")

    @contextmanager
    def _alone(self) -> Iterator[tuple[Entry, Ed25519PrivateKey]]:
        """Hold the journal, whole: give its last entry and its key; other writers wait."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "lock").touch()
        with self._lock(fcntl.LOCK_EX):
            cut_torn_line(self._heads)
            key, last = self._signing_key(), self.last()
            self._refuse_lost(last, key)
            yield self._mended(last, key), key

    def _mended(self, last: Entry | None, key: Ed25519PrivateKey) -> Entry:
        """Cut off a torn line once nothing refuses the entry that says so; begin an empty journal. Return the last."""
        torn = torn_line(self._entries)
        if last is None:
            cut_torn_line(self._entries)
            last = self._opened(key)
        if torn:
            facts: dict[str, str | int] = {"bytes": len(torn), "digest": sha256(torn).hexdigest()}
            last = self._after(last, Kind.TORN_LINE, facts)
            cut_torn_line(self._entries)
            self._add(last, key)
        return last

    def _refuse_lost(self, last: Entry | None, key: Ed25519PrivateKey) -> None:
        """Refuse (`VerificationFailed`) an end that the newest head does not know: written on, none would show it."""
        for head in map(read_head, lines(self._newest)):
            if last is None or head.index > last.index:
                raise VerificationFailed("journal.cut-short", index=head.index)
            if head.index == last.index:
                check_head(head, last, key_text(key.public_key()))

    @contextmanager
    def _lock(self, how: int) -> Iterator[None]:
        path = self.folder / "lock"
        if not path.exists():
            yield
            return
        with path.open("rb") as held:
            fcntl.flock(held, how)
            yield

    def _opened(self, key: Ed25519PrivateKey) -> Entry:
        now = self._world.clock.now().replace(microsecond=0)
        facts: dict[str, str | int] = {"key": key_text(key.public_key())}
        entry = new_entry(None, kind=Kind.OPENING, instant=now, facts=facts)
        self._add(entry, key)
        sync_folder(self.folder)
        return entry

    def _signing_key(self) -> Ed25519PrivateKey:
        """Read the key, or make it while the journal is empty. Refuses a key that is not the one it was begun with."""
        opening = first_line(self._entries)
        if not self._key.exists():
            if opening:
                raise PublicationFailed("journal.key-lost")
            self._key.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self._key, self._world.randomness.bytes(32).hex().encode(), mode=_MODE_PRIVATE)
        try:
            key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self._key.read_text()))
        except ValueError as spoilt:
            raise PublicationFailed("journal.key-lost") from spoilt
        if opening and read_entry(opening, place=0).facts.get("key") != key_text(key.public_key()):
            raise PublicationFailed("journal.key-lost")
        return key


def _reader_at(index: int) -> Callable[[bytes], Entry]:
    def read(line: bytes) -> Entry:
        return read_entry(line, place=index)

    return read
