"""When a release is a new version, and which number it gets."""

from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from catalog.models import DatasetRow
from catalog.views import VersionView
from charter.compile import Plan
from charter.vocabulary import YesNo
from eclor.names import Sha256

PRESENCE_PAUSE: Final = timedelta(minutes=5)
"""A dataset that counts who is somewhere now changes no oftener (LANGUAGE.md section 6, G519)."""


class Reason(StrEnum):
    """Why a release made no version."""

    SAME_CONTENT = "same-content"
    TOO_SOON = "too-soon"


def too_soon(current: VersionView | None, plan: Plan, *, now: datetime) -> bool:
    """Say whether a dataset with a column of presence changed less than five minutes ago."""
    counted = any(column.presence is YesNo.YES for column in plan.entry.columns)
    return counted and current is not None and now - current.published_at < PRESENCE_PAUSE


def same_content(current: VersionView, content_digest: Sha256, *, plan: Plan) -> bool:
    """Say whether the current version, still served, already holds these bytes under this very policy."""
    same = (current.content_digest, current.policy_digest) == (content_digest, plan.policy_digest)
    return same and current.withdrawn_at is None


def next_number(row: DatasetRow, versions_folder: Path) -> int:
    """Return a number never given before: above all that the metadata, and the disk, have known."""
    on_disk = [int(path.name) for path in versions_folder.glob("[0-9]*")] if versions_folder.exists() else []
    return max(row.last_number, row.current_version or 0, *on_disk, 0) + 1
