"""What readers of the catalogue get: frozen values, free of any open session."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Final

from catalog.models import NOT_COLLECTED, DatasetRow, FileRow, ServingChangeRow, VersionRow, WalkRow
from charter.release_parts import ReleaseColumn
from eclor.names import Period, Sha256, Slug


@dataclass(frozen=True, slots=True)
class FileView:
    """One file of a version. `name` is also its path inside the version's folder."""

    name: str
    media_type: str
    size_bytes: int
    sha256: Sha256


@dataclass(frozen=True, slots=True)
class VersionView:
    """One published version; `withdrawn_at` is set once its bytes may no longer leave.

    `served_until` is when the calendar ends that: whoever serves asks `version_at` an instant.
    """

    id: int
    dataset: Slug
    number: int
    published_at: datetime
    periods: tuple[Period, ...]
    rows: int
    masked: int
    columns: tuple[ReleaseColumn, ...]
    folder: str
    content_digest: Sha256
    policy_digest: Sha256
    policy_version: int
    journal_index: int
    note: str
    withdrawn_at: datetime | None
    withdrawn_reason: str
    files: tuple[FileView, ...]
    served_until: datetime | None = None
    until_reason: str = ""

    def file(self, name: str) -> FileView | None:
        """Return the file of that name, if this version has it."""
        return next((file for file in self.files if file.name == name), None)


@dataclass(frozen=True, slots=True)
class DatasetView:
    """A dataset, and its current version if one was ever published."""

    slug: Slug
    title: str
    description: str
    kind: str
    theme: str
    declared: Mapping[str, object]
    service: str
    licence: str
    source: str
    simulated: bool
    shape: str
    state: str
    state_reason: str
    withdrawal_delay_s: int
    updated_at: datetime
    current: VersionView | None
    issued: datetime | None = None
    """When its first version was published, if one was."""

    @property
    def served(self) -> bool:
        """Say whether bytes may leave: a current version, withdrawn neither itself nor with its dataset."""
        return self.state != "withdrawn" and self.current is not None and self.current.withdrawn_at is None

    @property
    def collected(self) -> bool:
        """Say whether rows of it may ever come in: what is not collected is only announced, with its reason."""
        return self.state != NOT_COLLECTED

    @property
    def withdrawn_since(self) -> datetime:
        """Return since when a withdrawn dataset is."""
        return (self.current and self.current.withdrawn_at) or self.updated_at


@dataclass(frozen=True, slots=True)
class WalkView:
    """One walk of one dataset through the doors, without the figures that stay inside."""

    run_id: str
    dataset: Slug
    started_at: datetime
    ended_at: datetime
    outcome: str
    door: str
    version: int | None
    message_fr: str
    message_en: str
    told: Mapping[str, object] = field(default_factory=dict)
    """What anybody may read of how it ended (`WalkRow.told`)."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What the home page counts: datasets now served, rows and masked cells of their current versions."""

    datasets: int
    rows: int
    masked: int


def file_view(row: FileRow) -> FileView:
    """Return a file's value."""
    return FileView(row.name, row.media_type, row.size_bytes, Sha256(row.sha256))


def version_view(row: VersionRow, files: Iterable[FileRow]) -> VersionView:
    """Return a version's value with its files, by name."""
    return VersionView(
        id=row.id or 0,
        dataset=Slug(row.dataset),
        number=row.number,
        published_at=row.published_at,
        periods=tuple(Period(period) for period in row.periods),
        rows=row.rows,
        masked=row.masked,
        columns=tuple(ReleaseColumn(**column) for column in row.columns),  # type: ignore[arg-type]
        folder=row.folder,
        content_digest=Sha256(row.content_digest),
        policy_digest=Sha256(row.policy_digest),
        policy_version=row.policy_version,
        journal_index=row.journal_index,
        note=row.note,
        withdrawn_at=row.withdrawn_at or row.closed_at,
        withdrawn_reason=row.withdrawn_reason if row.withdrawn_at else row.closed_reason,
        files=tuple(file_view(file) for file in sorted(files, key=lambda file: file.name)),
        served_until=row.served_until,
        until_reason=row.until_reason,
    )


def version_at(version: VersionView, now: datetime) -> VersionView:
    """Return a version as the calendar has it at an instant: withdrawn once the time that it is served is over."""
    until = version.served_until
    if version.withdrawn_at is not None or until is None or now < until:
        return version
    return replace(version, withdrawn_at=until, withdrawn_reason=version.until_reason)


def dataset_view(row: DatasetRow, current: VersionView | None, issued: datetime | None = None) -> DatasetView:
    """Return a dataset's value with its current version, withdrawn with it."""
    copied = {one.name: getattr(row, one.name) for one in fields(DatasetView) if one.name not in _JOINED}
    return _with_its_version(DatasetView(current=current, issued=issued, **copied))


_JOINED: Final = frozenset({"current", "issued"})
"""What a dataset's own row does not hold."""


def dataset_at(view: DatasetView, now: datetime) -> DatasetView:
    """Return a dataset as the calendar has it at an instant."""
    if view.current is None:
        return view
    return _with_its_version(replace(view, current=version_at(view.current, now)))


def _with_its_version(view: DatasetView) -> DatasetView:
    current = view.current
    if view.state == "withdrawn" or current is None or current.withdrawn_at is None:
        return view
    return replace(view, state="withdrawn", state_reason=current.withdrawn_reason)


@dataclass(frozen=True, slots=True)
class ServingChange:
    """What was told of versions: `withdrawn` for good, `closed` until served again, or `reopened`."""

    name: str
    """What tells it from all others, for ever."""
    dataset: Slug
    versions: str
    change: str
    reason: str
    since: datetime
    told_at: datetime


def serving_change(row: ServingChangeRow) -> ServingChange:
    """Return a change's value; it is known by its entry in the journal."""
    return ServingChange(
        name=f"e{row.journal_index}",
        dataset=Slug(row.dataset),
        versions=row.versions,
        change=row.change,
        reason=row.reason,
        since=row.since,
        told_at=row.told_at,
    )


def walk_view(row: WalkRow) -> WalkView:
    """Return a walk's value; `internal` is not copied."""
    return WalkView(**{one.name: getattr(row, one.name) for one in fields(WalkView)})
