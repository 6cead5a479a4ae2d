"""What readers get (`tests/contract` runs this file on PostgreSQL)."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session

from catalog import reading
from catalog.database import reading as reading_session
from catalog.database import writing
from catalog.models import DatasetRow
from tests.unit.catalog.database.rows import DAY, dataset_row, file_row, version_row, walk_row


def point_at(session: Session, slug: str, number: int) -> None:
    row = session.get_one(DatasetRow, slug)
    row.current_version, row.state = number, "served"


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """Dataset `a` has versions 1 and 2, `b` has version 1 withdrawn, `c` never published."""
    with writing(engine) as filled:
        filled.add_all([dataset_row("c", state="refused", state_reason="non"), dataset_row("a"), dataset_row("b")])
        filled.flush()
        for slug, number in (("a", 1), ("b", 1), ("a", 2)):
            row = version_row(slug, number, withdrawn_at=DAY if slug == "b" else None)
            filled.add(row)
            filled.flush()
            filled.add_all([file_row(row.id or 0, "data.json"), file_row(row.id or 0, "data.csv")])
        point_at(filled, "a", 2)
        point_at(filled, "b", 1)
        filled.add_all([walk_row("first"), walk_row("second", outcome="refused", door="validate")])
    with reading_session(engine) as opened:
        yield opened


def test_datasets_come_by_slug_each_with_its_current_version(session: Session) -> None:
    seen = [(view.slug, view.current and view.current.number, view.served) for view in reading.datasets(session)]
    assert seen == [("a", 2, True), ("b", 1, False), ("c", None, False)]


def test_four_queries_list_any_number_of_datasets(session: Session, engine: Engine) -> None:
    asked: list[str] = []

    def count(_c: object, _cur: object, statement: str, *_rest: object) -> None:
        asked.extend(["SELECT"] * statement.startswith("SELECT"))

    event.listen(engine, "before_cursor_execute", count)
    reading.datasets(session)
    assert len(asked) == 4


def test_a_dataset_that_was_never_declared_is_none(session: Session) -> None:
    assert reading.dataset(session, "d") is None
    assert reading.current_version(session, "d") is None
    assert reading.version(session, "a", 3) is None
    assert reading.files(session, "a", 3) == ()


def test_a_dataset_that_never_published_has_no_version(session: Session) -> None:
    view = reading.dataset(session, "c")
    assert view is not None
    assert (view.current, view.state, view.state_reason) == (None, "refused", "non")
    assert reading.versions(session, "c") == ()


def test_versions_come_newest_first_with_their_files_by_name(session: Session) -> None:
    seen = reading.versions(session, "a")
    assert [version.number for version in seen] == [2, 1]
    assert [[file.name for file in version.files] for version in seen] == [["data.csv", "data.json"]] * 2
    assert (seen[0].columns[0].kind, seen[0].periods) == ("dimension", ("2026-10",))


def test_a_listener_gets_what_it_missed_in_order(session: Session) -> None:
    first, *later = reading.newer_versions(session, 0)
    assert [(version.dataset, version.number) for version in later] == [("b", 1), ("a", 2)]
    assert [version.number for version in reading.newer_versions(session, first.id, slug="a")] == [2]
    assert reading.newer_versions(session, later[-1].id) == ()


def test_the_newest_versions_come_first_over_all_datasets(session: Session) -> None:
    assert [(one.dataset, one.number) for one in reading.latest_versions(session, 2)] == [("a", 2), ("b", 1)]


def test_the_last_walk_says_how_it_ended_without_internal_figures(session: Session) -> None:
    walk = reading.last_walk(session, "a")
    assert walk is not None
    assert (walk.run_id, walk.outcome, walk.door) == ("second", "refused", "validate")
    assert not hasattr(walk, "internal")
    assert reading.last_walk(session, "c") is None


def test_totals_count_what_is_served(session: Session) -> None:
    assert reading.totals(reading.datasets(session)) == reading.Totals(datasets=1, rows=3, masked=1)
