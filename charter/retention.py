"""When each thing that is kept ends: clocks start at receipt, end of rotation, publication (LANGUAGE.md section 9)."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from anonymizers.times import PARIS, Grain, Span, midnight
from charter.durations import Duration
from charter.model import Charter, Policy
from charter.periods import rotation_of
from charter.vocabulary import ArchiveVisa

_MONTH: Final = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_QUARTER: Final = re.compile(r"(\d{4})-T([1-4])", re.ASCII)
_YEAR: Final = re.compile(r"(\d{4})", re.ASCII)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Terms:
    """How long a dataset's things are kept, in the words that were signed; `rule` says which text they are of."""

    rule: str
    raw_store: str
    pseudonym_key: str
    published_versions: str
    rotation: str
    visa: ArchiveVisa
    reference: str = ""

    @classmethod
    def of_policy(cls, policy: Policy, charter: Charter) -> "Terms":
        """Return the terms of a policy; of the charter, what it has no word for."""
        kept, longest = policy.retention, charter.retention
        return cls(
            rule=f"{policy.dataset}, politique version {policy.version}",
            raw_store=kept.raw_store,
            pseudonym_key=kept.pseudonym_key or longest.pseudonym_key_max,
            published_versions=kept.published_versions,
            rotation=policy.pseudonyms.rotation if policy.pseudonyms else charter.pseudonyms.rotation_max,
            visa=kept.archives.visa,
            reference=kept.archives.reference or "",
        )

    @classmethod
    def of_charter(cls, charter: Charter) -> "Terms":
        """Return the longest that the charter allows, for what no policy speaks of; versions then wait for a visa."""
        longest = charter.retention
        return cls(
            rule=f"{charter.identifier}, socle version {charter.version}",
            raw_store=longest.raw_store_max,
            pseudonym_key=longest.pseudonym_key_max,
            published_versions=longest.published_versions_max,
            rotation=charter.pseudonyms.rotation_max,
            visa=ArchiveVisa.REQUIRED,
        )

    def raw_ends(self, received: datetime) -> datetime:
        """Return when rows received at an instant end."""
        return _after(self.raw_store, received)

    def version_ends(self, published: datetime) -> datetime:
        """Return when a version published at an instant ends."""
        return _after(self.published_versions, published)

    def key_ends(self, label: str) -> datetime | None:
        """Return when the pseudonym key of a rotation ends; none for a label that is no rotation's."""
        end = rotation_end(label, Duration.parse(self.rotation))
        return None if end is None else _after(self.pseudonym_key, midnight(end))

    @property
    def may_end_versions(self) -> bool:
        """Say whether the archives let published versions be destroyed."""
        return self.visa is not ArchiveVisa.REQUIRED


def rotation_end(label: str, rotation: Duration) -> date | None:
    """Return the first day after the rotation of that label, as `charter.periods` writes labels; none for any other."""
    try:
        if found := _MONTH.fullmatch(label):
            return Span(date(int(found[1]), int(found[2]), 1), Grain.MONTH).after
        if found := _QUARTER.fullmatch(label):
            return Span(date(int(found[1]), int(found[2]) * 3 - 2, 1), Grain.QUARTER).after
        if found := _YEAR.fullmatch(label):
            return Span(date(int(found[1]), 1, 1), Grain.YEAR).after
        if _DAY.fullmatch(label):
            first = date.fromisoformat(label)
            turn = rotation_of(first, rotation)
            return turn.after if turn.first == first else rotation.after_day(first)
    except ValueError:
        return None
    return None


def _after(duration: str, instant: datetime) -> datetime:
    return Duration.parse(duration).after(instant.astimezone(PARIS))
