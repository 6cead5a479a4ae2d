"""What the API and the pages ask the catalogue: read only, a constant number of queries each, frozen values out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from catalog.freshness import CONFIRMING, Tried
from catalog.models import DatasetRow, FileRow, ServingChangeRow, VersionRow, WalkRow
from catalog.runs import runs
from catalog.views import (
    DatasetView,
    FileView,
    ServingChange,
    Totals,
    VersionView,
    WalkView,
    dataset_view,
    serving_change,
    version_view,
    walk_view,
)
from eclor.names import Slug


def datasets(session: Session) -> tuple[DatasetView, ...]:
    """Return every declared dataset, whatever its state, by slug. Four queries."""
    rows = session.exec(select(DatasetRow).order_by(col(DatasetRow.slug))).all()
    current = select(VersionRow).join(
        DatasetRow,
        (col(DatasetRow.slug) == col(VersionRow.dataset)) & (col(DatasetRow.current_version) == col(VersionRow.number)),
    )
    by_slug: dict[str, VersionView] = {
        version.dataset: version for version in _with_files(session, session.exec(current).all())
    }
    issued = first_published(session)
    return tuple(dataset_view(row, by_slug.get(row.slug), issued.get(row.slug)) for row in rows)


def dataset(session: Session, slug: str) -> DatasetView | None:
    """Return one dataset with its current version, or None if it was never declared."""
    row = session.get(DatasetRow, slug)
    return (
        None if row is None else dataset_view(row, current_version(session, slug), first_published(session).get(slug))
    )


def first_published(session: Session) -> dict[str, datetime]:
    """Return when the first version of each dataset was published, withdrawn since or not."""
    first = select(VersionRow.dataset, func.min(VersionRow.published_at)).group_by(VersionRow.dataset)
    return dict(session.exec(first).all())


def current_version(session: Session, slug: str) -> VersionView | None:
    """Return the version that the dataset points at, withdrawn or not, or None if none was ever published."""
    row = session.get(DatasetRow, slug)
    return None if row is None or row.current_version is None else version(session, slug, row.current_version)


def version(session: Session, slug: str, number: int) -> VersionView | None:
    """Return one version of a dataset, withdrawn or not, or None if it does not exist."""
    chosen = select(VersionRow).where(VersionRow.dataset == slug, VersionRow.number == number)
    found = _with_files(session, session.exec(chosen).all())
    return found[0] if found else None


def versions(session: Session, slug: str) -> tuple[VersionView, ...]:
    """Return all the versions of a dataset, newest first, withdrawn ones included."""
    chosen = select(VersionRow).where(VersionRow.dataset == slug).order_by(col(VersionRow.number).desc())
    return _with_files(session, session.exec(chosen).all())


def files(session: Session, slug: str, number: int) -> tuple[FileView, ...]:
    """Return the files of one version by name; none if it does not exist."""
    found = version(session, slug, number)
    return found.files if found else ()


def newer_versions(
    session: Session, after_id: int, *, slug: str | None = None, most: int | None = None
) -> tuple[VersionView, ...]:
    """Return the versions published after the one of that id, oldest first: what a live listener has missed.

    With `most`, the newest so many of them.
    """
    chosen = select(VersionRow).where(col(VersionRow.id) > after_id).order_by(col(VersionRow.id).desc()).limit(most)
    if slug is not None:
        chosen = chosen.where(VersionRow.dataset == slug)
    return _with_files(session, session.exec(chosen).all()[::-1])


def latest_versions(session: Session, limit: int) -> tuple[VersionView, ...]:
    """Return the `limit` newest versions over all datasets, newest first, withdrawn ones included."""
    chosen = select(VersionRow).order_by(col(VersionRow.id).desc()).limit(limit)
    return _with_files(session, session.exec(chosen).all())


def news(session: Session, most: int) -> tuple[VersionView, ...]:
    """Return the newest versions that nothing withdrew, newest first; of a live dataset only the state of now."""
    chosen = (
        select(VersionRow)
        .join(DatasetRow, col(DatasetRow.slug) == col(VersionRow.dataset))
        .where((col(DatasetRow.kind) != "live") | (col(DatasetRow.current_version) == col(VersionRow.number)))
        .where(col(VersionRow.withdrawn_at).is_(None), col(VersionRow.closed_at).is_(None))
        .order_by(col(VersionRow.id).desc())
        .limit(most)
    )
    return _with_files(session, session.exec(chosen).all())


def last_walk(session: Session, slug: str) -> WalkView | None:
    """Return how the dataset's last walk ended, or None if it never walked."""
    chosen = select(WalkRow).where(WalkRow.dataset == slug).order_by(col(WalkRow.id).desc()).limit(1)
    row = session.exec(chosen).first()
    return None if row is None else walk_view(row)


def tried(session: Session, slug: str) -> Tried:
    """Return the last walk of a dataset and the last one that confirmed what stands. Two queries."""
    last = last_walk(session, slug)
    if last is None or last.outcome in CONFIRMING:
        return Tried(last, last)
    chosen = (
        select(WalkRow)
        .where(WalkRow.dataset == slug, col(WalkRow.outcome).in_(CONFIRMING))
        .order_by(col(WalkRow.id).desc())
        .limit(1)
    )
    row = session.exec(chosen).first()
    return Tried(last, None if row is None else walk_view(row))


def next_end(session: Session, now: datetime) -> datetime | None:
    """Return when the calendar next ends the serving of some version, or None if it ends none."""
    return session.exec(select(func.min(VersionRow.served_until)).where(col(VersionRow.served_until) > now)).one()


def last_told(session: Session) -> dict[str, int]:
    """Return the last thing told of what leaves of each dataset and what does not: it only ever rises."""
    newest = select(ServingChangeRow.dataset, func.max(ServingChangeRow.journal_index)).group_by(
        ServingChangeRow.dataset
    )
    return dict(session.exec(newest).all())


def serving_changes(session: Session, most: int, *, now: datetime) -> tuple[ServingChange, ...]:
    """Return the last things told of what leaves and what does not, newest first.

    What the calendar ended and nobody wrote down yet is among them.
    """
    told = session.exec(select(ServingChangeRow).order_by(col(ServingChangeRow.journal_index).desc()).limit(most))
    over = (
        select(VersionRow)
        .where(col(VersionRow.served_until) <= now)
        .where(col(VersionRow.withdrawn_at).is_(None), col(VersionRow.closed_at).is_(None))
        .order_by(col(VersionRow.id).desc())
        .limit(most)
    )
    found = [*_grouped(session.exec(over)), *map(serving_change, told)]
    return tuple(sorted(found, key=lambda one: one.told_at, reverse=True)[:most])


def _grouped(rows: Iterable[VersionRow]) -> Iterator[ServingChange]:
    """Give what the calendar ended, the versions of a dataset that ended together as one."""
    together: defaultdict[tuple[str, datetime, str], list[int]] = defaultdict(list)
    for row in rows:
        if row.served_until is not None:
            together[row.dataset, row.served_until, row.until_reason].append(row.number)
    for (dataset, until, reason), numbers in together.items():
        name = f"{dataset}-{max(numbers)}-{until:%Y%m%d%H%M%S}"
        yield ServingChange(name, Slug(dataset), runs(numbers), "closed", reason, until, until)


def totals(shown: Iterable[DatasetView]) -> Totals:
    """Count over the datasets that are served."""
    current = [view.current for view in shown if view.served and view.current]
    return Totals(len(current), sum(one.rows for one in current), sum(one.masked for one in current))


def _with_files(session: Session, rows: Sequence[VersionRow]) -> tuple[VersionView, ...]:
    """Return the versions in the order given, each with its files, in one more query."""
    of_version: defaultdict[int, list[FileRow]] = defaultdict(list)
    if rows:
        for file in session.exec(select(FileRow).where(col(FileRow.version_id).in_([row.id for row in rows]))):
            of_version[file.version_id].append(file)
    return tuple(version_view(row, of_version[row.id or 0]) for row in rows)
