"""Rows of the metadata for tests of the database itself; versions in earnest go through `publish`."""

from datetime import UTC, datetime

from catalog.models import DatasetRow, FileRow, VersionRow, WalkRow

DAY = datetime(2026, 11, 24, 6, 12, tzinfo=UTC)


def dataset_row(slug: str, **changed: object) -> DatasetRow:
    """A declared dataset that never published."""
    row = {
        "slug": slug,
        "title": slug.capitalize(),
        "description": "",
        "kind": "snapshot",
        "theme": "dechets",
        "service": "Service déchets",
        "licence": "licence-ouverte-2.0",
        "source": "s",
        "simulated": True,
        "shape": "lignes",
        "declared": {},
        "state": "waiting",
        "withdrawal_delay_s": 900,
        "updated_at": DAY,
    }
    return DatasetRow(**(row | changed))


def version_row(slug: str, number: int, **changed: object) -> VersionRow:
    """A version of three rows, one of them masked."""
    row = {
        "dataset": slug,
        "number": number,
        "published_at": DAY,
        "periods": ["2026-10"],
        "rows": 3,
        "masked": 1,
        "columns": [{"name": "site", "type": "code", "kind": "dimension", "level": "", "decimals": 0}],
        "folder": f"{slug}/versions/{number}",
        "content_digest": "0" * 64,
        "policy_digest": "1" * 64,
        "policy_version": 1,
        "journal_index": number,
    }
    return VersionRow(**(row | changed))


def file_row(version_id: int, name: str) -> FileRow:
    """A file of ten bytes."""
    return FileRow(version_id=version_id, name=name, media_type="text/csv", size_bytes=10, sha256="2" * 64)


def walk_row(run_id: str, **changed: object) -> WalkRow:
    """A walk that published."""
    row = {
        "run_id": run_id,
        "dataset": "a",
        "started_at": DAY,
        "ended_at": DAY,
        "outcome": "published",
        "door": "",
        "internal": {"rows_in": 12},
    }
    return WalkRow(**(row | changed))
