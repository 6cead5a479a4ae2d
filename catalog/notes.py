"""Why a version came, in a few French words for its page: the period it closes, the delivery, the new policy."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from catalog.declaration import Kind
from eclor.names import Period
from eclor.sentences.catalog import NOTES

PARIS: Final = ZoneInfo("Europe/Paris")


def note_of(
    kind: Kind, *, periods: Iterable[Period], former: Iterable[Period], at: datetime, new_policy: int | None = None
) -> str:
    """Return the note of a version published `at`; `new_policy` is the policy's version where it alone is new."""
    if new_policy is not None:
        return NOTES["policy"].format(version=new_policy)
    closed = sorted(set(periods) - set(former))
    match kind:
        case Kind.SERIES if closed:
            first, last = period_words(closed[0]), period_words(closed[-1])
            return first.capitalize() if first == last else NOTES["periods"].format(first=first, last=last)
        case Kind.SERIES:
            return NOTES["revision"]
        case Kind.SNAPSHOT:
            return NOTES["delivery"].format(day=format_date(at.astimezone(PARIS), "d MMMM y", locale="fr"))
        case Kind.LIVE:
            return NOTES["state"].format(at=format_datetime(at.astimezone(PARIS), "d MMMM y, HH:mm", locale="fr"))


def period_words(period: Period) -> str:
    """Return a period's label as people say it: `octobre 2026`, `semaine 47 de 2026`; an unknown label as it is."""
    year = period[:4]
    if match := re.fullmatch(r"\d{4}-W(\d{2})", period):
        return NOTES["week"].format(number=int(match[1]), year=year)
    if match := re.fullmatch(r"\d{4}-T([1-4])", period):
        return NOTES["quarter"].format(number=match[1], year=year)
    if re.fullmatch(r"\d{4}-\d{2}", period):
        return format_date(date.fromisoformat(f"{period}-01"), "MMMM y", locale="fr")
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", period):
        return format_date(date.fromisoformat(period), "d MMMM y", locale="fr")
    return period
