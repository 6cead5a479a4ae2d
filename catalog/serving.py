"""Which versions may leave, written where those who serve read it: told in the journal first, each change once.

What the acts on a policy close, they may open again; what the calendar will end is written beforehand, so that it ends
even while nothing runs but the server. A version withdrawn for good stays so.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import func
from sqlalchemy.orm import load_only
from sqlmodel import Session, col, select

from catalog.catalogue import Catalog
from catalog.database import reading, writing
from catalog.models import ServingChangeRow, VersionRow
from catalog.runs import numbers_of, runs
from charter.chain import Entry, Kind
from eclor.failpoints import failpoint

CHANGES: Final = frozenset({Kind.CLOSING, Kind.REOPENING})
"""Entries that say what is closed and what is open again."""
WITHDRAWN: Final = "withdrawn"
"""What `ServingChangeRow.change` says of what is withdrawn for good."""
_SERVING: Final = load_only(
    VersionRow.number,  # type: ignore[arg-type]
    VersionRow.closed_at,  # type: ignore[arg-type]
    VersionRow.closed_reason,  # type: ignore[arg-type]
    VersionRow.served_until,  # type: ignore[arg-type]
    VersionRow.until_reason,  # type: ignore[arg-type]
)


@dataclass(frozen=True, slots=True)
class Closed:
    """Why versions may not leave, in French for anyone, and since when."""

    reason: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Ending:
    """What the calendar will say of a version, and from when."""

    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What a settlement changed: the versions closed and those open again, as runs of numbers; empty if none."""

    closed: str = ""
    reopened: str = ""


@dataclass(slots=True)
class Read:
    """Up to which entry the journal was read for what it says of serving; not yet at the start of a process."""

    last: int | None = None


def settle(catalog: Catalog, dataset: str, states: Mapping[int, Closed | Ending | None]) -> Told:
    """Write the state of each version of a dataset: closed now, served until an instant, or served.

    One at a time: the caller holds the lock on it. Only what changed is journaled; a version that is not among
    `states`, or withdrawn for good, stays as it is.
    """
    rows = {number: row for number, row in _rows(catalog, dataset).items() if number in states}
    closing = _to_close(rows, states)
    reopening = [number for number, row in rows.items() if row.closed_at and not isinstance(states[number], Closed)]
    entries = [_closing(catalog, dataset, runs(numbers), closed) for closed, numbers in closing.items()]
    if reopening:
        entries.append(catalog.journal.append(Kind.REOPENING, dataset=dataset, versions=runs(reopening)))
    failpoint("serving.journaled")
    changed = {number: ending for number, row in rows.items() if not _ends_at(row, ending := _ending(states[number]))}
    if entries or changed:
        with writing(catalog.engine) as session:
            for entry in entries:
                tell(session, entry)
            _set_ends(session, dataset, changed)
    return Told(runs(number for numbers in closing.values() for number in numbers), runs(reopening))


def _to_close(rows: Mapping[int, VersionRow], states: Mapping[int, Closed | Ending | None]) -> dict[Closed, list[int]]:
    """Return the versions to close, by what closes them: those that nothing closes yet, or something else."""
    closing: dict[Closed, list[int]] = defaultdict(list)
    for number, row in rows.items():
        state = states[number]
        if isinstance(state, Closed) and row.closed_reason != state.reason:
            closing[state].append(number)
    return closing


def tell(session: Session, entry: Entry) -> None:
    """Write what an entry says of versions, and remember that it was; one that was written already changes nothing.

    Of versions that the metadata do not know yet nothing is written: a recovery brings them first.
    """
    if session.get(ServingChangeRow, entry.index) is not None:
        return
    dataset, versions = str(entry.facts["dataset"]), str(entry.facts["versions"])
    closed = entry.kind is Kind.CLOSING
    reason = str(entry.facts["reason"]) if closed else ""
    since = datetime.fromisoformat(str(entry.facts["since"])) if closed else entry.instant
    numbers = numbers_of(versions)
    chosen = select(VersionRow).where(VersionRow.dataset == dataset, col(VersionRow.number).in_(numbers))
    rows = session.exec(chosen).all()
    if not rows:
        return
    for row in rows:
        row.closed_at, row.closed_reason = (since, reason) if closed else (None, "")
        session.add(row)
    change = "closed" if closed else "reopened"
    remember(session, entry, change=change, versions=versions, reason=reason, since=since)


def remember(session: Session, entry: Entry, *, change: str, versions: str, reason: str, since: datetime) -> None:
    """Keep a change for the feed of withdrawals, under its entry's number; once."""
    if session.get(ServingChangeRow, entry.index) is None:
        made = ServingChangeRow(
            journal_index=entry.index,
            dataset=str(entry.facts["dataset"]),
            versions=versions,
            change=change,
            reason=reason,
            since=since,
            told_at=entry.instant,
        )
        session.add(made)


def replay(catalog: Catalog, read: Read) -> None:
    """Write what the journal told and a kill kept from the metadata; the caller holds the lock on serving.

    Reads what the journal says after the last entry read; at first, after the last change that the metadata hold.
    """
    last = _last_told(catalog) if read.last is None else read.last
    news = catalog.journal.since(last + 1)
    if left := [entry for entry in news if entry.kind in CHANGES]:
        with writing(catalog.engine) as session:
            for entry in left:
                tell(session, entry)
    read.last = news[-1].index if news else last


def _last_told(catalog: Catalog) -> int:
    """Return the last change told under the lock on serving: a withdrawal for good is told without it."""
    chosen = select(func.max(ServingChangeRow.journal_index)).where(ServingChangeRow.change != WITHDRAWN)
    with reading(catalog.engine) as session:
        known = session.exec(chosen).one()
    return -1 if known is None else known


def inherit(session: Session, made: VersionRow) -> None:
    """Give a new version the state of the last one made under the same policy.

    One that a revocation overtook is born closed; it ends with the others, even if nobody settles it any more.
    """
    chosen = (
        select(VersionRow)
        .where(VersionRow.dataset == made.dataset, VersionRow.policy_digest == made.policy_digest)
        .where(VersionRow.policy_version == made.policy_version)
        .order_by(col(VersionRow.number).desc())
    )
    if (before := session.exec(chosen).first()) is not None:
        made.closed_at, made.closed_reason = before.closed_at, before.closed_reason
        made.served_until, made.until_reason = before.served_until, before.until_reason


def _rows(catalog: Catalog, dataset: str) -> dict[int, VersionRow]:
    """Return what is written of the serving of versions, and nothing else of them."""
    chosen = select(VersionRow).where(VersionRow.dataset == dataset, col(VersionRow.withdrawn_at).is_(None))
    with reading(catalog.engine) as session:
        return {row.number: row for row in session.exec(chosen.options(_SERVING))}


def _closing(catalog: Catalog, dataset: str, versions: str, closed: Closed) -> Entry:
    since = closed.since.astimezone(UTC).isoformat(timespec="seconds")
    return catalog.journal.append(Kind.CLOSING, dataset=dataset, versions=versions, reason=closed.reason, since=since)


def _ending(state: Closed | Ending | None) -> Ending | None:
    return state if isinstance(state, Ending) else None


def _ends_at(row: VersionRow, ending: Ending | None) -> bool:
    if ending is None:
        return row.served_until is None
    return (row.served_until, row.until_reason) == (ending.at, ending.reason)


def _set_ends(session: Session, dataset: str, changed: Mapping[int, Ending | None]) -> None:
    chosen = select(VersionRow).where(VersionRow.dataset == dataset, col(VersionRow.number).in_([*changed]))
    for row in session.exec(chosen):
        ending = changed[row.number]
        row.served_until, row.until_reason = (ending.at, ending.reason) if ending else (None, "")
        session.add(row)


def datasets_with_versions(catalog: Catalog) -> Iterable[str]:
    """Return the datasets of which a version was ever published."""
    with reading(catalog.engine) as session:
        return tuple(session.exec(select(VersionRow.dataset).distinct().order_by(VersionRow.dataset)))
