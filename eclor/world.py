"""What makes two runs differ, passed in: the clock, the randomness, the keys (architecture, decision 9)."""

import os
import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from eclor.durable import sync_folder
from eclor.errors import Busy, Place, SettingsRefused
from eclor.names import Period, Slug

KEY_SIZE: Final = 32
"""Bytes of an AES-256 or HMAC-SHA-256 key."""
_NONCE_SIZE: Final = 12
_KEY_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")
_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")


class KeyKind(StrEnum):
    """What a key protects, which is also the name of its folder."""

    PSEUDONYM = "pseudonyms"
    PARTITION = "partitions"
    COMPARISON = "comparisons"
    LEDGER = "ledgers"


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...


class Randomness(Protocol):
    """Gives unpredictable bytes."""

    def bytes(self, size: int) -> bytes:
        """Return `size` bytes."""
        ...


class Secret:
    """Bytes that never show: no repr, no str, no pickling; `reveal` is greppable."""

    __slots__ = ("_value",)

    def __init__(self, value: bytes) -> None:
        self._value = value

    def reveal(self) -> bytes:
        """Return the bytes, at the last moment, to the one function that needs them."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce__(self) -> str:
        message = "a secret is not pickled"
        raise TypeError(message)


class KeyRing(Protocol):
    """Finds or makes keys; each is kept apart from what it protects, and dies alone."""

    def pseudonym_key(self, dataset: Slug, period: Period) -> Secret:
        """Return the 32-byte HMAC key of a dataset's rotation period, made at first use."""
        ...

    def partition_key(self, partition: str) -> Secret:
        """Return the 32-byte AES-GCM key of one raw partition, made at first use."""
        ...

    def destroy_partition_key(self, partition: str) -> None:
        """Forget one raw partition's key for ever; what it encrypted can no longer be read."""
        ...

    def comparison_key(self, group: str) -> Secret:
        """Return the 32-byte HMAC key of a comparison group's unit marks, made at first use."""
        ...

    def destroy_comparison_key(self, group: str) -> None:
        """Forget a comparison group's key for ever: its marks say nothing of any unit any more."""
        ...

    def ledger_key(self, part: str) -> Secret:
        """Return the 32-byte AES-GCM key of one part of the ledger, made at first use."""
        ...

    def destroy_ledger_key(self, part: str) -> None:
        """Forget the key of one part of the ledger for ever; its unit marks can no longer be read."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's present instant in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one place where the machine's clock is read


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still, for replays and `--now`."""

    instant: datetime

    def now(self) -> datetime:
        """Return the instant it was set to."""
        return self.instant


class SystemRandomness:
    """The operating system's randomness."""

    def bytes(self, size: int) -> bytes:
        """Return `size` bytes fit for keys."""
        return token_bytes(size)


class FileKeyRing:
    """Keys in a private folder (0700): each in a file of its own (0600), wrapped by a master key, made at first use.

    Wrapping is AES-256-GCM with the key's kind and name as associated data, so that no file stands in for another.
    A key is written whole and linked to its name, so two processes that make it at once hold the same one.
    """

    def __init__(self, folder: Path, randomness: Randomness | None = None) -> None:
        self._folder = folder
        self._randomness = randomness or SystemRandomness()

    def pseudonym_key(self, dataset: Slug, period: Period) -> Secret:
        """Return the 32-byte HMAC key of a dataset's rotation period, made at first use."""
        return self._wrapped("pseudonyms", f"{dataset}.{period}")

    def partition_key(self, partition: str) -> Secret:
        """Return the 32-byte AES-GCM key of one raw partition, made at first use."""
        return self._wrapped("partitions", partition)

    def destroy_pseudonym_key(self, dataset: Slug, period: Period) -> None:
        """Forget a rotation period's key for ever: its pseudonyms can no longer be made again."""
        self._destroy("pseudonyms", f"{dataset}.{period}")

    def destroy_partition_key(self, partition: str) -> None:
        """Forget one raw partition's key for ever; what it encrypted can no longer be read."""
        self._destroy("partitions", partition)

    def comparison_key(self, group: str) -> Secret:
        """Return the 32-byte HMAC key of a comparison group's unit marks, made at first use."""
        return self._wrapped("comparisons", group)

    def destroy_comparison_key(self, group: str) -> None:
        """Forget a comparison group's key for ever: its marks say nothing of any unit any more."""
        self._destroy("comparisons", group)

    def ledger_key(self, part: str) -> Secret:
        """Return the 32-byte AES-GCM key of one part of the ledger, made at first use."""
        return self._wrapped("ledgers", part)

    def destroy_ledger_key(self, part: str) -> None:
        """Forget the key of one part of the ledger for ever; its unit marks can no longer be read."""
        self._destroy("ledgers", part)

    def names(self, kind: KeyKind) -> tuple[str, ...]:
        """Return the names of the keys of a kind that are held now, in order."""
        return tuple(sorted(path.stem for path in (self._folder / kind).glob("[!.]*.key")))

    def made_at(self, kind: KeyKind, name: str) -> datetime | None:
        """Return when a key was made, by its file; none if it is not held."""
        with suppress(FileNotFoundError):
            return datetime.fromtimestamp(self._path(kind, name).stat().st_mtime, UTC)
        return None

    def fingerprint(self, kind: KeyKind, name: str) -> str:
        """Return the SHA-256 of a key as it is stored, wrapped; empty if it is not held. Makes no key."""
        with suppress(FileNotFoundError):
            return sha256(self._path(kind, name).read_bytes()).hexdigest()
        return ""

    def found(self, kind: KeyKind, name: str) -> Secret | None:
        """Return a key that is held; none if it is not. Makes no key, and writes nothing."""
        with suppress(FileNotFoundError):
            master = AESGCM((self._folder / "master.key").read_bytes())
            return self._unwrapped(self._path(kind, name), master, kind, name)
        return None

    def destroy(self, kind: KeyKind, name: str) -> None:
        """Forget a key for ever, whatever it protects; one that is not held is forgotten already."""
        self._destroy(kind, name)

    def _path(self, kind: str, name: str) -> Path:
        return self._folder / kind / f"{_checked(name)}.key"

    def _wrapped(self, kind: str, name: str) -> Secret:
        master = AESGCM(_found_or_made(self._folder / "master.key", self._randomness.bytes(KEY_SIZE)))
        path = self._path(kind, name)
        if not path.exists():
            nonce = self._randomness.bytes(_NONCE_SIZE)
            label = f"{kind}/{name}".encode()
            _found_or_made(path, nonce + master.encrypt(nonce, self._randomness.bytes(KEY_SIZE), label))
        return self._unwrapped(path, master, kind, name)

    def _unwrapped(self, path: Path, master: AESGCM, kind: str, name: str) -> Secret:
        content = path.read_bytes()
        if content and not any(content):
            raise Busy("keys.ending", place=Place(str(path)))
        try:
            return Secret(master.decrypt(content[:_NONCE_SIZE], content[_NONCE_SIZE:], f"{kind}/{name}".encode()))
        except (InvalidTag, ValueError) as error:
            raise SettingsRefused("keys.damaged", place=Place(str(path))) from error

    def _destroy(self, kind: str, name: str) -> None:
        path = self._path(kind, name)
        with suppress(FileNotFoundError), path.open("r+b") as file:
            file.write(bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            sync_folder(path.parent)


def _checked(name: str) -> str:
    if not _KEY_NAME.fullmatch(name):
        message = "a key's name is letters, digits, dots, hyphens and underscores"
        raise ValueError(message)
    return name


def _found_or_made(path: Path, content: bytes) -> bytes:
    """Return what the file holds; if there is none, make it with `content`, whole, durable and readable by us only."""
    with suppress(FileNotFoundError):
        return path.read_bytes()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = path.parent / f".{token_bytes(8).hex()}"
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(made, path)
    finally:
        made.unlink(missing_ok=True)
    sync_folder(path.parent)
    return path.read_bytes()


@dataclass(frozen=True, slots=True)
class Uptime:
    """For how many seconds this boot of the machine has lasted, sleep included; `boot` names it, empty if unknown."""

    boot: str
    seconds: float


def machine_uptime() -> Uptime:
    """Return the machine's uptime, which nobody can set: what its clock is compared with."""
    try:
        return Uptime(_BOOT.read_text("ascii").strip(), time.clock_gettime(time.CLOCK_BOOTTIME))
    except (OSError, AttributeError):
        return Uptime("", 0.0)


@dataclass(frozen=True, slots=True)
class World:
    """The clock, the randomness and the keys of one run; and since when the machine is up."""

    clock: Clock
    randomness: Randomness
    keys: KeyRing
    uptime: Callable[[], Uptime] = machine_uptime
