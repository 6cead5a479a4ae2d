"""What the calendar ends stops leaving when its instant comes, though nobody writes it down."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlmodel import select

from api.refusals import WithHeaders
from api.shelf import Shelf
from catalog.database import writing
from catalog.models import VersionRow
from tests.serving import POINTS, SERIES, fill
from tests.unit.catalog.publish.released import Home

UNTIL = datetime(2029, 3, 31, 22, tzinfo=UTC)
REASON = "La politique de ce jeu a expiré."


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """The series is served until an instant, the points for ever."""
    made = fill(Home(tmp_path))
    with writing(made.catalog.engine) as session:
        for row in session.exec(select(VersionRow).where(VersionRow.dataset == SERIES)):
            row.served_until, row.until_reason = UNTIL, REASON
            session.add(row)
    yield made
    made.catalog.engine.dispose()


def answered(shelf: Shelf, slug: str, number: int) -> str:
    try:
        asyncio.run(shelf.version(slug, number))
    except WithHeaders as refusal:
        return str(refusal.facts["reason"])
    return "served"


def test_each_server_compares_with_its_own_clock(home: Home) -> None:
    ticks = count(0, 10)
    home.clock.instant = UNTIL - timedelta(seconds=1)
    shelf = Shelf(home.catalog.engine, home.clock, ticks=lambda: float(next(ticks)))
    assert [answered(shelf, SERIES, 1), answered(shelf, SERIES, 2)] == ["served"] * 2
    home.clock.instant = UNTIL
    assert [answered(shelf, SERIES, 1), answered(shelf, SERIES, 2)] == [REASON] * 2
    assert answered(shelf, POINTS, 1) == "served"


def test_a_server_that_starts_later_serves_nothing_of_it(home: Home) -> None:
    home.clock.instant = UNTIL + timedelta(days=400)
    shelf = Shelf(home.catalog.engine, home.clock)
    views = asyncio.run(shelf.datasets())
    assert (views[SERIES].state, views[SERIES].state_reason, views[SERIES].served) == ("withdrawn", REASON, False)
    assert views[SERIES].withdrawn_since == UNTIL
    assert views[POINTS].served
