"""A journal in a home of its own, and a clock that a test moves."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from charter.chain import Kind
from charter.journal import Journal
from eclor.names import Period, Slug
from eclor.world import Secret, SystemRandomness, World
from tests.keyrings import NoLedgerKeys

START = datetime(2026, 11, 24, 6, 12, 30, tzinfo=UTC)


@dataclass
class MovingClock:
    instant: datetime = START

    def now(self) -> datetime:
        return self.instant

    def move(self, step: timedelta) -> None:
        self.instant += step


@dataclass
class NoKeys(NoLedgerKeys):
    """The journal asks no key of the ring."""

    asked: list[str] = field(default_factory=list)

    def pseudonym_key(self, dataset: Slug, period: Period) -> Secret:
        raise AssertionError

    def partition_key(self, partition: str) -> Secret:
        raise AssertionError

    def destroy_partition_key(self, partition: str) -> None:
        raise AssertionError


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture
def opened(tmp_path: Path, clock: MovingClock) -> Callable[[], Journal]:
    return lambda: Journal(tmp_path / "journal", World(clock, SystemRandomness(), NoKeys()))


@pytest.fixture
def journal(opened: Callable[[], Journal]) -> Journal:
    return opened()


def publish(journal: Journal, version: int = 1) -> int:
    facts = {"dataset": "a", "version": version, "digest": "d" * 64, "policy_digest": "p" * 64, "policy_version": 1}
    return journal.append(Kind.PUBLICATION, **facts).index


def withdraw(journal: Journal, reason: str = "capteur défectueux") -> int:
    return journal.append(Kind.WITHDRAWAL, dataset="a", version=1, reason=reason).index
