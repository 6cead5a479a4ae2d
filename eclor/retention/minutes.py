"""Minutes of destruction (`proces-verbal`): written down before, closed after, in full here and by digest in public.

`minutes.jsonl` is private: it counts rows and holds digests. The journal's entry says which dataset, what, under which
rule, and the digest of the minute, whose random identifier keeps anyone from guessing it.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import orjson

from charter.chain import Kind
from charter.journal import Journal
from charter.lines import add_line, cut_torn_line, lines
from eclor.durable import sync_folder, write_whole
from eclor.errors import VerificationFailed
from eclor.failpoints import failpoint
from eclor.world import World

FOLDER: Final = "retention"
_LINES: Final = "minutes.jsonl"
_OPEN: Final = "open"
MOST_THINGS: Final = 100
"""Of one minute, so that its line stays shorter than what `charter.lines` mends after a kill."""


class What(StrEnum):
    """What is destroyed, in the words of the minute."""

    RAW = "zone brute"
    STREAM = "messages en attente"
    WINDOW = "empreintes de messages"
    PSEUDONYM_KEY = "clé de pseudonymes"
    LEDGER = "registre des différences"
    VERSION = "version publiée"
    LEFTOVER = "reste sans emploi"


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that ends: its name, since when and until when it was due to be kept, what it was.

    `count` is rows, or files of a version; `digest` is the SHA-256 of its bytes before, `key` that of its stored key.
    """

    name: str
    since: str
    due: str
    count: int
    digest: str
    key: str


@dataclass(frozen=True, slots=True)
class Minute:
    """What ends together: one dataset, one kind, one rule. `place` is its folder in the raw store, if it has one."""

    identifier: str
    dataset: str
    place: str
    what: What
    rule: str
    who: str
    begun: str
    things: tuple[Thing, ...]


class Minutes:
    """The minutes of a home. One writer at a time: its caller holds the retention lock."""

    def __init__(self, home: Path, journal: Journal, world: World) -> None:
        self.folder = home / FOLDER
        self._journal = journal
        self._world = world
        self._opened = set[str]()
        (self.folder / _OPEN).mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        cut_torn_line(self.folder / _LINES)

    def open(self, minute: Minute) -> None:
        """Write down what is about to be destroyed: a kill from here on is finished by the next run."""
        plain = orjson.dumps(asdict(minute), option=orjson.OPT_SORT_KEYS)
        write_whole(self.folder / _OPEN / f"{minute.identifier}.json", plain, mode=0o600)
        self._opened.add(minute.identifier)
        failpoint("purge.opened")

    def left_open(self) -> Iterator[Minute]:
        """Give the minutes that a kill or a failure left open, oldest name first."""
        for path in sorted((self.folder / _OPEN).glob("[!.]*.json")):
            yield _read(orjson.loads(path.read_bytes()))

    def close(self, minute: Minute) -> None:
        """Record that all of it is destroyed: the full minute, its digest in the public journal; once each."""
        line = self._line(minute.identifier)
        if line is None:
            ended = self._world.clock.now().isoformat(timespec="seconds")
            line = orjson.dumps({**asdict(minute), "ended": ended}, option=orjson.OPT_SORT_KEYS)
            add_line(self.folder / _LINES, line)
            (self.folder / _LINES).chmod(0o600)
            failpoint("purge.minuted")
            self._publish(minute, line)
        elif not self._is_public(line):
            self._publish(minute, line)
        with suppress(FileNotFoundError):
            (self.folder / _OPEN / f"{minute.identifier}.json").unlink()
        sync_folder(self.folder / _OPEN)

    def _publish(self, minute: Minute, line: bytes) -> None:
        if minute.what is What.LEFTOVER:
            return  # what a crash left is no fact of the dataset, and could tell of an erasure that was cut
        self._journal.append(
            Kind.PURGE,
            dataset=minute.dataset,
            what=minute.what.value,
            rule=minute.rule,
            digest=sha256(line).hexdigest(),
        )
        failpoint("purge.journaled")

    def _line(self, identifier: str) -> bytes | None:
        """Return the line that a former run may have written; of a minute opened here there is none, once."""
        if identifier in self._opened:
            self._opened.discard(identifier)
            return None
        needle = identifier.encode()
        found = (line for line in lines(self.folder / _LINES) if needle in line)
        return next((line for line in found if orjson.loads(line)["identifier"] == identifier), None)

    def _is_public(self, line: bytes) -> bool:
        digest = sha256(line).hexdigest()
        return any(entry.kind is Kind.PURGE and entry.facts["digest"] == digest for entry in self._journal.entries())


def closed_minutes(home: Path) -> Iterator[dict[str, Any]]:
    """Give the minutes of a home, oldest first, as plain maps; writes nothing, and leaves out a line half written."""
    with suppress(VerificationFailed):
        for line in lines(home / FOLDER / _LINES):
            yield orjson.loads(line)


def said(instant: datetime) -> str:
    """Return an instant as a minute writes it."""
    return instant.isoformat(timespec="seconds")


def _read(plain: dict[str, Any]) -> Minute:
    things = tuple(Thing(**thing) for thing in plain.pop("things"))
    return Minute(**{**plain, "what": What(plain["what"])}, things=things)
