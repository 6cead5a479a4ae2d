"""A dataset as `/api/v1/datasets` describes it: what anyone may know, nothing of the figures that stay inside."""

from datetime import datetime

from api.links import Links
from catalog.freshness import Freshness, Tried, freshness_of, promised_by
from catalog.views import DatasetView, VersionView


def described(view: DatasetView, tried: Tried, links: Links, now: datetime) -> dict[str, object]:
    """Return a dataset's public description with its current version, if one is served."""
    return {
        "slug": view.slug,
        "title": view.title,
        "description": view.description,
        "kind": view.kind,
        "theme": view.theme,
        "service": view.service,
        "licence": view.licence,
        "simulated": view.simulated,
        "state": view.state,
        "state_reason": view.state_reason,
        "freshness": fresh_plain(freshness_of(view, tried, now), promised_by(view)) if view.collected else None,
        "updated_at": view.updated_at.isoformat(),
        "url": links.dataset(view.slug),
        "records": links.records(view.slug) if view.served else None,
        "version": _version(view.current, links) if view.served and view.current else None,
    }


def fresh_plain(fresh: Freshness, promised: str) -> dict[str, object]:
    """Return how fresh a dataset is: what its declaration promises, when what stands was confirmed, when it is due."""
    return {
        "promised": promised,
        "confirmed_at": fresh.confirmed and fresh.confirmed.isoformat(timespec="seconds"),
        "due_at": fresh.due and fresh.due.isoformat(timespec="seconds"),
        "late": fresh.late,
    }


def _version(version: VersionView, links: Links) -> dict[str, object]:
    return {
        "number": version.number,
        "published_at": version.published_at.isoformat(),
        "periods": [*version.periods],
        "rows": version.rows,
        "masked": version.masked,
        "note": version.note,
        "policy_version": version.policy_version,
        "policy_digest": version.policy_digest,
        "columns": [
            {"name": column.name, "type": column.type, "kind": column.kind, "level": column.level}
            for column in version.columns
        ],
        "files": [
            {
                "name": file.name,
                "url": links.version_file(version.dataset, version.number, file.name),
                "media_type": file.media_type,
                "bytes": file.size_bytes,
                "sha256": file.sha256,
            }
            for file in version.files
        ],
    }
