"""What makes two runs differ, passed in: the clock, the randomness, the keys (architecture, decision 9)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_bytes
from typing import Protocol

from eclor.names import Period, Slug


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


@dataclass(frozen=True, slots=True)
class World:
    """The clock, the randomness and the keys of one run."""

    clock: Clock
    randomness: Randomness
    keys: KeyRing
