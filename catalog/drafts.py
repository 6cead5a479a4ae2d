"""Drafts of datasets that programs wrote in: descriptions, no row. None is ever served: that takes a signed policy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import col, select

from catalog.database import reading, writing
from catalog.models import DraftRow


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft's value."""

    id: str
    name: str
    organization: str
    state: str
    described: dict[str, object]
    writer: str
    made_at: datetime
    changed_at: datetime


def drafts(engine: Engine) -> Sequence[Draft]:
    """Return all drafts, by name."""
    with reading(engine) as session:
        return [_draft(row) for row in session.exec(select(DraftRow).order_by(col(DraftRow.name)))]


def keep_draft(engine: Engine, draft: Draft) -> None:
    """Write a draft in the place of the one of the same identifier, if there is one."""
    with writing(engine) as session:
        session.merge(DraftRow(**{name: getattr(draft, name) for name in Draft.__slots__}))


def drop_draft(engine: Engine, identifier: str) -> None:
    """Forget a draft."""
    with writing(engine) as session:
        if (row := session.get(DraftRow, identifier)) is not None:
            session.delete(row)


def _draft(row: DraftRow) -> Draft:
    return Draft(**{name: getattr(row, name) for name in Draft.__slots__})
