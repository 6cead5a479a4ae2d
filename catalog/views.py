"""What readers of the catalogue get: frozen values, free of any open session."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from catalog.models import DatasetRow, FileRow, VersionRow, WalkRow
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
    """One published version; `withdrawn_at` is set once its bytes may no longer leave."""

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

    @property
    def served(self) -> bool:
        """Say whether bytes may leave: a current version, withdrawn neither itself nor with its dataset."""
        return self.state != "withdrawn" and self.current is not None and self.current.withdrawn_at is None


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
        withdrawn_at=row.withdrawn_at,
        withdrawn_reason=row.withdrawn_reason,
        files=tuple(file_view(file) for file in sorted(files, key=lambda file: file.name)),
    )


def dataset_view(row: DatasetRow, current: VersionView | None) -> DatasetView:
    """Return a dataset's value with its current version."""
    copied = {field.name: getattr(row, field.name) for field in fields(DatasetView) if field.name != "current"}
    return DatasetView(current=current, **copied)


def walk_view(row: WalkRow) -> WalkView:
    """Return a walk's value; `internal` is not copied."""
    return WalkView(**{field.name: getattr(row, field.name) for field in fields(WalkView)})
