"""Drafts of datasets that programs wrote in: descriptions, no row. None is ever served: that takes a signed policy."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from catalog.database import reading, writing
from catalog.models import DraftRow


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft's value; `state` is `draft` or `deleted`, as its writer left it."""

    id: str
    name: str
    organization: str
    state: str
    described: dict[str, object]
    writer: str
    made_at: datetime
    changed_at: datetime


class Taken(Exception):
    """A draft whose name or identifier another took a moment before."""


Change = Callable[[Draft], Draft]


def drafts(engine: Engine) -> Sequence[Draft]:
    """Return all drafts, by name."""
    with reading(engine) as session:
        return [_draft(row) for row in session.exec(select(DraftRow).order_by(col(DraftRow.name)))]


def count_drafts(engine: Engine) -> int:
    """Count the drafts."""
    with reading(engine) as session:
        return session.exec(select(func.count()).select_from(DraftRow)).one()


def add_draft(engine: Engine, draft: Draft) -> None:
    """Write a new draft. Raises `Taken`."""
    with _taken(), writing(engine) as session:
        session.add(_row(draft))


def change_draft(engine: Engine, identifier: str, change: Change) -> Draft | None:
    """Change a draft, one writer at a time: none is lost to another. None if there is no such draft. Raises `Taken`."""
    with _taken(), writing(engine) as session:
        chosen = select(DraftRow).where(DraftRow.id == identifier).with_for_update()
        row = session.exec(chosen).first()
        if row is None:
            return None
        changed = change(_draft(row))
        session.merge(_row(changed))
        return changed


def drop_draft(engine: Engine, identifier: str) -> None:
    """Forget a draft."""
    with writing(engine) as session:
        if (row := session.get(DraftRow, identifier)) is not None:
            session.delete(row)


@contextmanager
def _taken() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise Taken from error


def _row(draft: Draft) -> DraftRow:
    return DraftRow(**{name: getattr(draft, name) for name in Draft.__slots__})


def _draft(row: DraftRow) -> Draft:
    return Draft(**{name: getattr(row, name) for name in Draft.__slots__})
