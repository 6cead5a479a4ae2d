"""The versions around a version: the one before and the one after that may leave, and those withdrawn in between."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, func, select

from catalog.models import VersionRow


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Numbers of the nearest versions that may leave; None where there is none."""

    former: int | None
    later: int | None


@dataclass(frozen=True, slots=True)
class Replaced:
    """A version that no longer leaves, and its public reason, in French."""

    number: int
    reason: str


def neighbours(session: Session, slug: str, number: int, *, now: datetime) -> Neighbours:
    """Return the versions next to that one at an instant, leaving out what is withdrawn, closed or ended by then."""
    of_dataset = and_(col(VersionRow.dataset) == slug, _served(now))
    former = select(func.max(VersionRow.number)).where(of_dataset, col(VersionRow.number) < number)
    later = select(func.min(VersionRow.number)).where(of_dataset, col(VersionRow.number) > number)
    return Neighbours(session.exec(former).one(), session.exec(later).one())


def replaced(session: Session, slug: str, *, after: int, before: int, now: datetime) -> tuple[Replaced, ...]:
    """Return the versions between two numbers that no longer leave, oldest first, with their reasons."""
    chosen = (
        select(VersionRow)
        .where(VersionRow.dataset == slug, VersionRow.number > after, VersionRow.number < before, ~_served(now))
        .order_by(col(VersionRow.number))
    )
    return tuple(Replaced(row.number, _reason(row)) for row in session.exec(chosen))


def _served(now: datetime) -> ColumnElement[bool]:
    unending = col(VersionRow.served_until).is_(None)
    kept = and_(col(VersionRow.withdrawn_at).is_(None), col(VersionRow.closed_at).is_(None))
    return and_(kept, or_(unending, col(VersionRow.served_until) > now))


def _reason(row: VersionRow) -> str:
    if row.withdrawn_at is not None:
        return row.withdrawn_reason
    return row.closed_reason if row.closed_at is not None else row.until_reason
