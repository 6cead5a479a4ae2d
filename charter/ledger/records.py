"""What the ledger says of a version: which periods it published, at which levels, and until when who is in it is known.

Source: LANGUAGE.md section 9, "Ledger".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from anonymizers.differencing.past import Mark, Release
from eclor.names import Period, Slug

Days = tuple[date, date]
"""The first local day and the one after the last."""


@dataclass(frozen=True, slots=True)
class PastPeriod:
    """One period as one version published it. `part` names its sealed half: numbers and unit sets."""

    period: Period
    days: Days | None
    """None for a delivery without time: it could meet any day."""
    levels: tuple[tuple[str, str], ...]
    """The step of the ladder, which a published period keeps."""
    destroyed_on: datetime
    """When the first of its raw rows dies, and its sealed half with it."""
    part: str

    def plain(self) -> dict[str, object]:
        """Return it as JSON holds it."""
        return {
            "period": self.period,
            "days": [day.isoformat() for day in self.days] if self.days else None,
            "levels": [list(level) for level in self.levels],
            "destroyed_on": self.destroyed_on.isoformat(),
            "part": self.part,
        }

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> "PastPeriod":
        """Read it back; a text that is not ours raises `KeyError`, `TypeError` or `ValueError`."""
        days = plain["days"]
        return cls(
            period=Period(str(plain["period"])),
            days=(date.fromisoformat(days[0]), date.fromisoformat(days[1])) if days else None,
            levels=tuple((str(name), str(level)) for name, level in plain["levels"]),
            destroyed_on=datetime.fromisoformat(str(plain["destroyed_on"])),
            part=str(plain["part"]),
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """Which stored rows a release knew: those received before `until`, and the partitions received at that instant."""

    until: datetime
    partitions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastVersion:
    """One version of one dataset. `content` is the digest of its published rows, so that no other takes its place."""

    dataset: Slug
    number: int
    content: str
    policy_digest: str
    group: str
    key_mark: str
    """Tells under which key of the group its units are marked; under another one nothing could be compared."""
    seen: Seen
    periods: tuple[PastPeriod, ...]

    def plain(self) -> dict[str, object]:
        """Return it as JSON holds it."""
        return {
            "format": 1,
            "dataset": self.dataset,
            "number": self.number,
            "content": self.content,
            "policy_digest": self.policy_digest,
            "group": self.group,
            "key_mark": self.key_mark,
            "seen": {"until": self.seen.until.isoformat(), "partitions": list(self.seen.partitions)},
            "periods": [period.plain() for period in self.periods],
        }

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> "PastVersion":
        """Read it back; a text that is not ours raises `KeyError`, `TypeError` or `ValueError`."""
        if plain["format"] != 1:
            raise ValueError
        seen = plain["seen"]
        return cls(
            dataset=Slug(str(plain["dataset"])),
            number=int(plain["number"]),
            content=str(plain["content"]),
            policy_digest=str(plain["policy_digest"]),
            group=str(plain["group"]),
            key_mark=str(plain["key_mark"]),
            seen=Seen(datetime.fromisoformat(str(seen["until"])), tuple(map(str, seen["partitions"]))),
            periods=tuple(PastPeriod.read(period) for period in plain["periods"]),
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """The sealed half of a period: its true numbers, what was shown of each cell, and who is in it.

    `dated` says that the digests of its rows tell their days (`charter.unit_sets`).
    """

    release: Release
    marks: tuple[Mark, ...]
    dated: bool


@dataclass(frozen=True, slots=True)
class DraftPeriod:
    """A period about to be published, as the ledger will hold it."""

    period: Period
    days: Days | None
    levels: tuple[tuple[str, str], ...]
    destroyed_on: datetime
    kept: Kept


@dataclass(frozen=True, slots=True)
class Draft:
    """What a release gives to the ledger, before it has a number."""

    dataset: Slug
    group: str
    key_mark: str
    policy_digest: str
    seen: Seen
    periods: tuple[DraftPeriod, ...]
