"""What a transport may use of the outside, passed in: credentials, patience, the clock, and who is asking."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Final, Protocol

import orjson

from eclor.errors import SourceUnavailable
from eclor.world import Clock, Secret
from harvesters.cursors import Cursor, Memory
from harvesters.manners import Manners
from harvesters.notice import Broker
from harvesters.source import Source

MIB: Final = 1024 * 1024
MESSAGE_BYTES: Final = MIB
"""A longer message of a broker is refused unread: hundreds wait at once."""


class Credentials:
    """Secrets by name: the variable `ECLOR_SECRET_<NAME>` of the environment, else a private file of JSON texts."""

    def __init__(self, environment: Mapping[str, str], *, file: Path | None = None) -> None:
        self._environment = environment
        self._file = file

    def named(self, name: str) -> Secret:
        """Return the secret of that name; refuse (`SourceUnavailable`) one that is nowhere."""
        variable = f"ECLOR_SECRET_{name.upper().replace('-', '_')}"
        text = self._environment.get(variable) or self._kept().get(name)
        if not isinstance(text, str) or not text:
            raise SourceUnavailable("source.no-credential", name=name, variable=variable)
        return Secret(text.encode())

    def _kept(self) -> Mapping[str, object]:
        if self._file is None or not self._file.is_file():
            return {}
        try:
            kept = orjson.loads(self._file.read_bytes())
        except (OSError, orjson.JSONDecodeError) as error:
            raise SourceUnavailable("source.secrets-file", file=self._file.name) from error
        return kept if isinstance(kept, dict) else {}


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how often a source is waited for."""

    connect_s: float = 5
    read_s: float = 30
    """Longest silence in the middle of an answer."""
    whole_s: float = 900
    """Longest time for a whole answer: a source that drips is refused."""
    attempts: int = 4
    first_wait_s: float = 0.5
    longest_wait_s: float = 30
    """Also the longest `Retry-After` that is waited for; beyond, the next round will ask again."""
    most_bytes: int = 2048 * MIB
    pause_s: float = 0.2
    """Between two visits to one host, whichever flow makes them; this machine's own systems need none."""
    quiet_s: float = 2
    """A stream that says nothing for so long is drained…"""
    drain_s: float = 300
    """… and one that never stops is left after so long: the broker keeps the rest."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What a harvest may use of the outside."""

    credentials: Credentials
    clock: Clock
    contact: str
    """Who is asking and why, for the `User-Agent`: a page or an address of the territory."""
    patience: Patience = field(default_factory=Patience)
    manners: Manners = field(default_factory=Manners)

    def secret(self, source: Source) -> str | None:
        """Return the text of the source's secret, if it names one."""
        return None if source.credential is None else self.credentials.named(source.credential).reveal().decode()


@dataclass(frozen=True, slots=True)
class Part:
    """A page of a delivery: the parser reads each by itself."""

    name: str
    stream: BinaryIO


@dataclass(frozen=True, slots=True)
class Payload:
    """One delivery, being read: `finish` is called when the parser has read it, and gives the flow's next cursor.

    It refuses (`SourceUnavailable`) a delivery that did not come whole. `sha256` stands in the cursor.
    """

    name: str
    stream: BinaryIO
    finish: Callable[[], Cursor]
    more: Iterable[Part] = ()
    """What comes after the first page, fetched as it is read."""
    taken: Callable[[], int] = int
    """How many bytes were taken so far: rows may be long."""

    def parts(self) -> Iterator[Part]:
        """Yield all that the delivery is made of."""
        yield Part(self.name, self.stream)
        yield from self.more


Wanted = frozenset[str]
"""The paths of a row that are read: a source that can be asked for less is asked for no other."""


class Fetch(Protocol):
    """Fetches what is new of a flow."""

    def __call__(
        self, source: Source, *, wanted: Wanted, memory: Memory, reach: Reach
    ) -> Generator[Payload, None, None]:
        """Yield the deliveries that are new, oldest first; none when nothing changed. `wanted` are the paths let in.

        Refuses (`SourceUnavailable`) a source that does not answer, or answers something else.
        """
        ...


@dataclass(frozen=True, slots=True)
class Transport:
    """An entry of `harvesters.transport`: how payloads are fetched; a stream has no `fetch`, it is listened to."""

    name: str
    fetch: Fetch | None
    options: tuple[str, ...] = ()
    """Names of the options of a source that this transport reads."""
    needs_key: bool = False
    """Whether the same rows come again: then increments need the option `cle`."""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Options that take one of a few words: the declaration's reader refuses another."""
    numbers: tuple[str, ...] = ()
    """Options that take a whole number above zero."""
    broker: Broker | None = None
    """How it is subscribed to, where it can be."""
